"""The tables that answers may come from: their cells, and which of them a question is near."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from answer.evidence import Evidence
from answer.question import Question
from core.records import Block, Document, Span
from ingest import block_at, row_cells

__all__ = ["Grid", "leads", "near_grids"]


@dataclass(frozen=True, slots=True)
class Grid:
    """A table whose cells are known, merged ones filled; `rows` are its slices, `heading` the terms over its cells."""

    document: Document
    block: Block
    rows: tuple[Span, ...]
    cells: tuple[tuple[str, ...], ...]
    heading: frozenset[str]

    def row_text(self, row: int) -> str:
        """Return a row as text."""
        return " ".join(self.cells[row])


def near_grids(question: Question, evidence: Sequence[Evidence], documents: Mapping[str, Document]) -> Iterator[Grid]:
    """Yield the tables that hold a retrieved passage, nearest first."""
    seen: set[tuple[str, int]] = set()
    for e in evidence:
        document = documents[e.hit.passage.document_id]
        block = block_at(document, e.hit.passage.start)
        if not block.columns or (document.id, block.start) in seen:
            continue
        seen.add((document.id, block.start))
        rows = tuple(line for line in block.lines[1:] if document.text.count("\t", *line) == len(block.columns) - 1)
        cells = tuple(row_cells(document, block, row) for row in rows)
        heading = question.terms_of(" ".join((block.label, *block.columns, *block.section)))
        if rows:
            yield Grid(document, block, rows, cells, frozenset(heading))


def leads(grid: Grid, evidence: Sequence[Evidence]) -> bool:
    """Say whether the best sentence of all is one of a table's."""
    best = evidence[0]
    return best.hit.passage.document_id == grid.document.id and grid.block.start <= best.span[0] < grid.block.end
