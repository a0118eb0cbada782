"""Flatten inline markup into lines: spaces as a page shows them, the markers of notes, the pages that begin."""

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from core.records import Page, Span
from ingest.lines import Line
from ingest.markup.tree import plain, roles, words

if TYPE_CHECKING:
    from lxml.etree import _Element

__all__ = ["Inline", "page_of"]

_PAGE = re.compile(r"(?:^|\s)(\d{1,5}|[ivxlcdm]+|[A-Za-z]{1,2}[-.]?\d{1,4})\.?$", re.IGNORECASE)
_CUT = re.compile(r"(?<![–—/‐-]) ")  # lines joined behind a dash take no space, so a line must not end at one


@dataclass(slots=True)
class Inline:
    """The text of one block as it comes in; `pages` are the offsets at which a page begins within it."""

    pieces: list[str] = field(default_factory=list)
    length: int = 0
    spaced: bool = True
    marks: list[Span] = field(default_factory=list)
    pages: list[tuple[int, Page]] = field(default_factory=list)

    @property
    def text(self) -> str:
        """The text so far, without the space at its end."""
        return "".join(self.pieces).rstrip()

    def add(self, text: str | None) -> None:
        """Append text; of spaces that meet one stays, and none at the beginning."""
        if not text:
            return
        shown = plain(text)
        if self.spaced:
            shown = shown.removeprefix(" ")
        if shown:
            self.pieces.append(shown)
            self.length += len(shown)
            self.spaced = shown.endswith(" ")

    def place(self) -> tuple[int, int]:
        """Return where the text ends now, for `mark`."""
        return self.length, len(self.pieces)

    def mark(self, place: tuple[int, int]) -> None:
        """Note that what was appended since `place` is the marker of a note."""
        text = "".join(self.pieces[place[1] :])
        begin = place[0] + len(text) - len(text.lstrip())
        if text.strip():
            self.marks.append((begin, begin + len(text.strip())))

    def whole(self) -> Line:
        """Return the text as one line of no number, whatever pages it stands on."""
        text = self.text
        return Line(text, 0, None, marks=tuple(_with_brackets(text, mark) for mark in self.marks))

    def lines(self, number: int, page: Page | None) -> tuple[Line, ...]:
        """Return the text as lines, one for each page that it stands on; nothing when there is none."""
        text = self.text
        self.marks = [_with_brackets(text, mark) for mark in self.marks]
        cuts: list[tuple[int, Page | None]] = [(0, page)]
        for offset, begun in self.pages:
            space = _CUT.search(text, max(offset - 1, 0))
            if offset == 0:
                cuts = [(0, begun)]
            elif space and space.end() > cuts[-1][0]:
                cuts.append((space.end(), begun))
        ends = [*(start for start, _ in cuts[1:]), len(text) + 1]
        return tuple(
            Line(text[start : end - 1], number, on, marks=self._marks(start, end))
            for (start, on), end in zip(cuts, ends, strict=True)
            if text[start : end - 1]
        )

    def _marks(self, start: int, end: int) -> tuple[Span, ...]:
        return tuple((a - start, b - start) for a, b in self.marks if start <= a < end)


def _with_brackets(text: str, mark: Span) -> Span:
    """A marker with the brackets that stand about it."""
    begin, end = mark
    return (begin - 1, end + 1) if text[max(begin - 1, 0) : begin] + text[end : end + 1] in ("[]", "()") else mark


def page_of(element: "_Element") -> Page | None:
    """Return the printed page that an element says begins at it, or None."""
    if not roles(element) & {"pagebreak"}:
        return None
    name = re.sub(r"^(?:page|pg|p)(?=\d)|[_-]", " ", element.get("id") or "", flags=re.IGNORECASE)
    for said in (element.get("title"), element.get("aria-label"), words(element), name):
        match = _PAGE.search((said or "").strip())
        if match:
            return int(match.group(1)) if match.group(1).isdigit() else match.group(1)
    return None
