"""Rows of tables as a person reads them: each cell behind the name of its column."""

from bisect import bisect_left, bisect_right
from collections.abc import Mapping, Sequence
from functools import lru_cache

from core.records import Block, Document, Passage, PassageKind, Span
from ingest.notes import raised_text, unmarked_text

__all__ = ["block_at", "labelled_row", "passage_reading", "row_cells", "row_says", "spanned_columns"]

_LEVELS = " – "  # between the names of a column where a table has several rows of them


def block_at(document: Document, offset: int) -> Block:
    """Return the block that the character at an offset stands in."""
    return document.blocks[bisect_right(document.blocks, offset, key=lambda block: block.start) - 1]


def row_cells(document: Document, table: Block, row: Span) -> tuple[str, ...]:
    """Return the cells of a row without note markers; one that a cell above spans has what that cell says."""
    return tuple(unmarked_text(document, cell) for cell in _cells(document, table, row))


def row_says(document: Document, span: Span) -> tuple[Span, ...]:
    """Return the slices that a row of a table says something with, the names of its columns too; else just `span`."""
    table = block_at(document, span[0])
    if not table.columns or span not in table.lines:
        return (span,)
    cells, names = _cells(document, table, span), _parted(document, table.lines[0])
    return (*cells, *(name for name, (start, end) in zip(names, cells, strict=False) if start < end))


def _cells(document: Document, table: Block, row: Span) -> list[Span]:
    """The slices of a row's cells; of one that a cell above spans, that cell's."""
    cells = _parted(document, row)
    for column, above in _spans_into(table, row):
        cells[column] = _parted(document, table.lines[above])[column]
    return cells


def _parted(document: Document, line: Span) -> list[Span]:
    start, _ = line
    spans = []
    for cell in document.text[slice(*line)].split("\t"):
        spans.append((start, start + len(cell)))
        start += len(cell) + 1
    return spans


def spanned_columns(table: Block, row: Span) -> tuple[int, ...]:
    """Return the columns of a row whose cells one above spans, from the left."""
    return tuple(column for column, _ in _spans_into(table, row))


def _spans_into(table: Block, row: Span) -> Sequence[Span]:
    """The cells of a row that one above spans, as (column, row of the one above)."""
    if not table.merged:
        return ()
    number = bisect_left(table.lines, row)
    return _spans(table.merged).get(number, ()) if table.lines[number : number + 1] == (row,) else ()


@lru_cache(maxsize=8)
def _spans(merged: frozenset[tuple[int, int]]) -> Mapping[int, Sequence[Span]]:
    """The spanned cells of a table by their rows: found once, since each of thousands of rows asks for them.

    A name of a column that goes on from the left has no cell above it.
    """
    above: dict[tuple[int, int], int] = {}
    rows: dict[int, list[Span]] = {}
    for row, column in sorted(merged):
        if row:
            above[row, column] = above.get((row - 1, column), row - 1)
            rows.setdefault(row, []).append((column, above[row, column]))
    return rows


def passage_reading(document: Document, passage: Passage) -> str:
    """Return a passage as it reads alone: a row of a table behind its caption, each cell behind its column's name."""
    if passage.kind is not PassageKind.TABLE or "\t" not in passage.text:
        return passage.text
    caption = block_at(document, passage.start).label
    return " | ".join(filter(None, (caption, labelled_row(document, (passage.start, passage.end)))))


def labelled_row(document: Document, row: Span, *, raised: bool = False) -> str:
    """Return a row as 'Mill: North | River: Aire | Wheels: 10'; any other text as it stands.

    With `raised`, the markers of notes are set as they are in print.
    """

    def shown(span: Span) -> str:
        return raised_text(document, span) if raised else document.text[slice(*span)]

    table = block_at(document, row[0])
    cells = [shown(cell) for cell in _cells(document, table, row)]
    if len(cells) != len(table.columns):
        return shown(row)
    pairs = zip(_column_names(table, [shown(name) for name in _parted(document, table.lines[0])]), cells, strict=True)
    return " | ".join(f"{column}: {cell}" if column else cell for column, cell in pairs if cell)


def _column_names(table: Block, names: Sequence[str]) -> Sequence[str]:
    """The names of a table's columns, each behind those of the levels above that go on over it from the left.

    The levels of a name are parted by a dash: of 'Cost – Nets' and 'Staff' the second is 'Cost – Staff' where the cell
    'Cost' spans both.
    """
    full: list[str] = []
    for column, name in enumerate(names):
        left = full[-1].split(_LEVELS) if full and name and (0, column) in table.merged else []
        own = name.split(_LEVELS)
        full.append(_LEVELS.join([*left[: max(0, len(left) - len(own))], *own]))
    return full
