"""Cut raw text into numbered lines on pages, and lines into chunks: runs without a blank line or page break."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import accumulate, pairwise
from typing import Self

from core.records import Page, Span
from ingest.pagelines import numbered_pages
from ingest.tabs import tab_cells

__all__ = ["Chunk", "Line", "chunks", "read_lines", "split_rows", "text_width"]

# Kinds of space that an extractor leaves where the book had an ordinary one, and characters that show nothing.
_SPACES = re.compile(r"[\u00a0\u2000-\u200a\u202f\u205f\u3000]")
_TAB = "    "  # wide enough to part cells
_INVISIBLE = re.compile(r"[\u00ad\u200b\u2060\ufeff\x00-\x08\x0b\x0e-\x1f]")

LONG_LINE = 200  # characters; a line longer than any printed one is a whole paragraph that nobody wrapped


@dataclass(frozen=True, slots=True)
class Line:
    """A line of the raw text without its margins; `number` counts from 1, `page` is None when no pages are marked.

    `cells` are what tabs part in it, none where no tab stands between words. `marks` are the slices of `text` that the
    file itself shows to be markers of notes, brackets and all; a line with marks has no runs of spaces.
    """

    text: str
    number: int
    page: Page | None
    indent: int = 0
    marks: tuple[Span, ...] = ()
    cells: tuple[str, ...] = ()

    @classmethod
    def of_cells(cls, cells: "Sequence[Line]", separator: str, page: Page | None = None) -> Self:
        """Return texts set beside each other as one line, which has the marks of them all."""
        starts = accumulate((len(cell.text) + len(separator) for cell in cells), initial=0)
        marks = tuple((a + start, b + start) for cell, start in zip(cells, starts, strict=False) for a, b in cell.marks)
        return cls(separator.join(cell.text for cell in cells), 0, page, marks=marks)


@dataclass(frozen=True, slots=True)
class Chunk:
    """Lines that stand together; `after_blank` and `after_break` say what parts it from the chunk before."""

    lines: tuple[Line, ...]
    after_blank: bool
    after_break: bool

    @property
    def text(self) -> str:
        """The lines as one, joined by spaces."""
        return " ".join(line.text for line in self.lines)

    def cut(self, begin: int, end: int) -> "Chunk":
        """Return the lines from `begin` up to `end`; what is not the head of the chunk stands apart from it."""
        if begin == 0:
            return replace(self, lines=self.lines[:end])
        return Chunk(self.lines[begin:end], after_blank=True, after_break=False)


def read_lines(raw: str) -> tuple[Line, ...]:
    """Return the lines of a raw text, blank ones too, with their pages."""
    rows = [(number, turned, _cleaned(row)) for number, turned, row in _rows(raw)]
    texts = [row for _, _, row in rows]
    starts = {i for i, (_, turned, _) in enumerate(rows) if turned} or numbered_pages(texts) or _page_starts(texts)
    page = 0 if starts else None
    lines = []
    for position, (number, _, row) in enumerate(rows):
        if page is not None and (position in starts or page == 0):
            page += 1
        text = row.replace("\t", _TAB)
        lines.append(Line(text.strip(" "), number, page, len(text) - len(text.lstrip(" ")), cells=tab_cells(row)))
    return tuple(lines)


def split_rows(raw: str) -> list[str]:
    """Return the rows of a raw text as they stand."""
    return raw.replace("\r\n", "\n").replace("\r", "\n").replace("\v", "\n").split("\n")


def _rows(raw: str) -> Iterator[tuple[int, bool, str]]:
    """Yield each row with its number, and whether it starts a page: a form feed parts the row that it stands in."""
    for number, row in enumerate(split_rows(raw), start=1):
        for i, piece in enumerate(row.split("\f")):
            if i or piece or "\f" not in row:
                yield number, i > 0, piece


def _cleaned(row: str) -> str:
    """A row with plain spaces and without characters that show nothing; a soft hyphen that ends it is a hyphen."""
    row = re.sub("\u00ad(?=[ \t]*$)", "-", row)
    return _SPACES.sub(" ", _INVISIBLE.sub("", row))


def chunks(lines: Sequence[Line]) -> Iterator[Chunk]:
    """Group lines into chunks."""
    current: list[Line] = []
    last: Line | None = None  # the last line with text
    blank = broken = False
    for line in lines:
        turned = bool(line.text and last and line.page != last.page)
        if current and (not line.text or turned or _is_paragraph(line) or _is_paragraph(current[-1])):
            yield Chunk(tuple(current), blank, broken)
            blank, broken, current = not turned, False, []
        if line.text:
            broken = broken or turned
            current.append(line)
            last = line
        else:
            blank = True
    if current:
        yield Chunk(tuple(current), blank, broken)


def _is_paragraph(line: Line) -> bool:
    return len(line.text) > LONG_LINE and not line.cells


def text_width(groups: Sequence[Chunk]) -> int:
    """Return the width in characters to which running text was wrapped; 0 when it was not.

    It is the 80th percentile of the lines that end no chunk: short last lines and headings say nothing about it.
    """
    lines = (line for chunk in groups if len(chunk.lines) > 2 for line in chunk.lines[:-1])
    lengths = sorted(len(line.text) for line in lines if line.text and not line.cells)
    return lengths[int(len(lengths) * 0.8)] if lengths else 0


def _page_starts(rows: Sequence[str]) -> set[int]:
    """Return the positions of rows that start a page where no form feed tells: lone one-space indents far apart.

    Some PDF extractors print one space before the first line of each page and none before any other line. It is
    taken for that only where such lines are rare and regular, as pages are.
    """
    marked = [p for p, row in enumerate(rows) if re.match(r" \S", row)]
    gaps = sorted(b - a for a, b in pairwise(marked))
    if len(marked) < 3 or marked[0] > 2 or gaps[0] < 10 or not 20 <= gaps[len(gaps) // 2] <= 90:
        return set()
    return set(marked)
