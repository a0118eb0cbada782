"""Rows of tables as a person reads them: each cell behind the name of its column."""

from bisect import bisect_right

from core.records import Block, Document, Passage, PassageKind, Span

__all__ = ["block_at", "labelled_row", "passage_reading", "row_cells"]


def block_at(document: Document, offset: int) -> Block:
    """Return the block that the character at an offset stands in."""
    return document.blocks[bisect_right(document.blocks, offset, key=lambda block: block.start) - 1]


def row_cells(document: Document, table: Block, row: Span) -> tuple[str, ...]:
    """Return the cells of a row of a table; one that a cell above spans has what that cell says."""
    cells = document.text[slice(*row)].split("\t")
    if table.merged and row in table.lines:
        number = table.lines.index(row)
        for column in range(len(cells)):
            above = next(r for r in range(number, -1, -1) if (r, column) not in table.merged)
            if above != number:
                cells[column] = document.text[slice(*table.lines[above])].split("\t")[column]
    return tuple(cells)


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
