"""Write blocks of lines as one clean text, and keep where each line and page went."""

from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass, field

from core.records import NoteRef, Page, Span
from ingest.hyphens import Vocabulary, join_lines
from ingest.lines import Line

__all__ = ["Placed", "TextWriter"]


@dataclass(frozen=True, slots=True)
class Placed:
    """Where a raw line went: `clean` is its slice of the clean text, or that of the table row that begins in it."""

    number: int
    clean: Span
    row: bool = False


@dataclass(slots=True)
class TextWriter:
    """The clean text so far, in pieces, with the pages, raw lines and note markers that stand in it."""

    vocabulary: Vocabulary
    pieces: list[str] = field(default_factory=list)
    length: int = 0
    page_marks: list[tuple[int, Page]] = field(default_factory=list)
    placed: list[Placed] = field(default_factory=list)
    refs: list[NoteRef] = field(default_factory=list)

    @property
    def text(self) -> str:
        """The clean text so far."""
        return "".join(self.pieces)

    def page_at(self, offset: int) -> Page | None:
        """Return the page on which the character at `offset` stands, or None when no pages are marked."""
        index = bisect_right(self.page_marks, offset, key=lambda mark: mark[0]) - 1
        return self.page_marks[max(index, 0)][1] if self.page_marks else None

    def part(self, separator: str) -> None:
        """Append what parts the text so far from what comes; nothing at the beginning or behind another separator."""
        if self.pieces and self.pieces[-1].strip("\n"):
            self.pieces.append(separator)
            self.length += len(separator)

    def write(self, lines: Sequence[Line], *, joined: bool = True) -> tuple[str, Span]:
        """Append lines as one piece; return it and where it stands. Hyphens at line ends stay unless `joined`."""
        begin = self.length
        text, starts = join_lines([line.text for line in lines], self.vocabulary if joined else Vocabulary(()))
        ends = [*starts[1:], len(text)]
        for line, start, end in zip(lines, starts, ends, strict=True):
            if line.page is not None and (not self.page_marks or self.page_marks[-1][1] != line.page):
                self.page_marks.append((begin + start, line.page))
            if line.number:
                self.placed.append(Placed(line.number, (begin + start, begin + end), row=not joined))
            self.refs.extend(_ref(line, mark, begin + start) for mark in line.marks)
        self.pieces.append(text)
        self.length += len(text)
        return text, (begin, self.length)


def _ref(line: Line, mark: Span, offset: int) -> NoteRef:
    return NoteRef(line.text[slice(*mark)].strip("[]()^ "), offset + mark[0], offset + mark[1])
