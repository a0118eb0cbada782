"""The reading report: everything that reading changed or left out, with line numbers, and whether it can be undone."""

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from core.records import Block, BlockKind, Page, Span
from ingest.document import ReadDocument
from ingest.quality import quality_warnings
from ingest.trace import restore, trace

__all__ = ["Event", "ReadingReport", "reading_report"]

_HYPHENS = ("-", "‐")
_SPACE = re.compile(r"\s")


@dataclass(frozen=True, slots=True)
class Event:
    """Something that reading did; `line` to `last` are raw lines from 1, `page` is where the first stands."""

    kind: str
    line: int
    last: int
    page: Page | None
    text: str


@dataclass(frozen=True, slots=True)
class ReadingReport:
    """What reading a file did, by line; `restored` of `lines` raw lines come back letter for letter from the text."""

    document: str
    events: tuple[Event, ...]
    warnings: tuple[str, ...]
    lines: int
    restored: int


@dataclass(frozen=True, slots=True)
class _Map:
    """Where raw lines went: their numbers, and where each begins in the clean text, by rising offset."""

    read: ReadDocument
    numbers: Sequence[int]
    starts: Sequence[int]

    def lines_of(self, block: Block) -> Sequence[int]:
        """Return the raw lines of a block."""
        return self.numbers[bisect_left(self.starts, block.start) : bisect_left(self.starts, block.end)]

    def line_at(self, offset: int) -> int:
        """Return the raw line that the character at `offset` comes from; 0 when there is none."""
        position = bisect_right(self.starts, offset) - 1
        return self.numbers[position] if position >= 0 else 0


def reading_report(read: ReadDocument) -> ReadingReport:
    """Return the report on a document that was just read."""
    traced = trace(read)
    back = restore(read.document.text, traced)
    placed = sorted(read.placed, key=lambda p: p.clean)
    where = _Map(read, [p.number for p in placed], [p.clean[0] for p in placed])
    events = [
        *_hyphens(read, {line.number: line.clean for line in traced if line.clean}),
        *_joins(where),
        *_dropped(read),
        *_tables(where),
        *_notes(where),
    ]
    return ReadingReport(
        document=read.document.id,
        events=tuple(sorted(events, key=lambda event: (event.line, event.last))),
        warnings=(*read.reading.warnings, *quality_warnings(read.document)),
        lines=len(read.reading.lines),
        restored=sum(a == b for a, b in zip(back, read.reading.lines, strict=True)),
    )


def _hyphens(read: ReadDocument, spans: dict[int, Span]) -> Iterator[Event]:
    """What became of each hyphen at a line's end; those inside a table that was sorted into rows are not told."""
    text = read.document.text
    for number, (_, end) in spans.items():
        raw = read.reading.lines[number - 1].rstrip()
        if not raw.endswith(_HYPHENS) or len(raw) < 2 or raw[-2].isspace():
            continue
        left = max(text.rfind(" ", 0, end), text.rfind("\n", 0, end)) + 1
        space = _SPACE.search(text, end)
        right = space.start() if space else len(text)
        kept = text.endswith(_HYPHENS, 0, end)
        shown = text[left:right] if kept else f"{text[left:end]}-|{text[end:right]} → {text[left:right]}"
        page = read.document.page_at(end - 1)
        yield Event("hyphen kept" if kept else "hyphen undone", number, number, page, shown)


def _joins(where: _Map) -> Iterator[Event]:
    """The lines that became one paragraph, and where a page, a table or a blank line stood between them."""
    document = where.read.document
    page_starts = sorted(offset for offset, _ in document.page_marks)
    for block in document.blocks:
        numbers = where.lines_of(block)
        if block.kind is BlockKind.TABLE or len(numbers) < 2:
            continue
        page = document.page_at(block.start)
        yield Event("lines joined", numbers[0], numbers[-1], page, f"{len(numbers)} lines are one {block.kind}")
        turned = page_starts[bisect_right(page_starts, block.start) : bisect_left(page_starts, block.end)]
        crossed = {where.line_at(offset) for offset in turned}
        for before, after in pairwise(numbers):
            if after != before + 1 or after in crossed:
                yield Event("joined across a break", before, after, page, f"line {before} goes on at line {after}")


def _dropped(read: ReadDocument) -> Iterator[Event]:
    for line in read.reading.dropped:
        yield Event(f"dropped: {line.why}", line.number, line.number, line.page, line.text)


def _tables(where: _Map) -> Iterator[Event]:
    document = where.read.document
    for block in document.blocks:
        if block.kind is not BlockKind.TABLE:
            continue
        numbers = where.lines_of(block) or [0]
        shape = f"{len(block.lines)} lines whose cells could not be told"
        if block.columns:
            rows = sum("\t" in document.text[slice(*line)] for line in block.lines) - 1
            shape = f"{rows} rows of {len(block.columns)} columns"
        said = f"{block.label or 'no caption'}: {shape}"
        yield Event("table", min(numbers), max(numbers), document.page_at(block.start), said)


def _notes(where: _Map) -> Iterator[Event]:
    document = where.read.document
    for ref in document.note_refs:
        line = where.line_at(ref.start)
        yield Event("note linked", line, line, document.page_at(ref.start), f"marker {ref.number}")
