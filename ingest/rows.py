"""Rows of tables as a person reads them: each cell behind the name of its column."""

from bisect import bisect_left, bisect_right
from collections.abc import Mapping, Sequence
from functools import lru_cache

from core.records import Block, Document, Passage, PassageKind, Span

__all__ = ["block_at", "labelled_row", "passage_reading", "row_cells", "spanned_columns"]


def block_at(document: Document, offset: int) -> Block:
    """Return the block that the character at an offset stands in."""
    return document.blocks[bisect_right(document.blocks, offset, key=lambda block: block.start) - 1]


def row_cells(document: Document, table: Block, row: Span) -> tuple[str, ...]:
    """Return the cells of a row of a table; one that a cell above spans has what that cell says."""
    cells = document.text[slice(*row)].split("\t")
    for column, above in _spans_into(table, row):
        cells[column] = document.text[slice(*table.lines[above])].split("\t")[column]
    return tuple(cells)


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


def labelled_row(document: Document, row: Span) -> str:
    """Return a row as 'Name: Kunlun Fund | Level: City | Scale: 10'; any other text as it stands."""
    table = block_at(document, row[0])
    cells = row_cells(document, table, row)
    if len(cells) != len(table.columns):
        return document.text[slice(*row)]
    pairs = zip(table.columns, cells, strict=True)
    return " | ".join(f"{column}: {cell}" if column else cell for column, cell in pairs if cell)
