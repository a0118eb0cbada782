"""The tables that answers may come from: their cells, their columns, and which of them a question is near."""

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from answer.evidence import Evidence
from answer.measures import measure_terms
from answer.question import Question
from core.records import Block, Document, Span
from index.terms import analyze
from ingest import block_at, row_cells

__all__ = ["Column", "Cosines", "Grid", "column_meant", "figure_in", "leads", "near_grids", "numeric_columns"]

_TOTAL = re.compile(
    r"\W*(?:(?:grand |sub-?)?totals?|overall|sum|mean|average|altogether|all)\b|.*, (?:all|total)$", re.I
)
_FIGURE = re.compile(r"(?<!\w)-?\d(?:[\d,\u00a0 ]*\d)?(?:\.\d+)?")  # glued to a letter it is a code
_YEAR = re.compile(r"(?:1[5-9]|20)\d\d$")
_NEAR = 0.2  # the cosine of a question and a column's bare name; chosen on the made documents of tests/data/reading
_APART = 0.1  # by how much the next column must be farther

Cosines = Callable[[str, Sequence[str]], Sequence[float]]


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

    def name(self, row: int) -> str:
        """Return the first cell of a row that holds a letter: what the row is of."""
        return next((cell for cell in self.cells[row] if any(ch.isalpha() for ch in cell)), "")

    def is_total(self, row: int) -> bool:
        """Say whether a row sums the others up."""
        return bool(_TOTAL.match(self.name(row)))

    def years(self) -> dict[int, int]:
        """Return the columns that are named by a year, with the year."""
        names = enumerate(self.block.columns)
        return {column: int(name) for column, name in names if _YEAR.match(name.strip())}


@dataclass(frozen=True, slots=True)
class Column:
    """The number of a column that a question is about; `named` when the question has a word or measure of its name."""

    number: int
    named: bool


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


def column_meant(question: Question, grid: Grid, columns: Sequence[int], cosines: Cosines) -> Column | None:
    """Return the column that a question is about, None when that is not plain.

    It is the one whose name shares most words with the question, else the one plainly nearest in meaning; of columns
    named by years the one of the year that is asked for, and the latest when none is.
    """
    if not columns:
        return None
    names = [grid.block.columns[c] for c in columns]
    wanted = measure_terms(question.text).union(question.terms)
    shared = [len(wanted & (question.terms_of(name) | set(analyze(name)))) for name in names]
    years = {column: year for column, year in grid.years().items() if column in columns}
    if not any(shared) and len(years) == len(columns) and not any(map(_YEAR.match, question.figures)):
        return Column(max(years, key=lambda column: years[column]), named=False)
    near = cosines(question.text, names)
    first, *others = sorted(zip(shared, near, columns, strict=True), reverse=True)
    if not first[0] and (first[1] < _NEAR or any(first[1] < other[1] + _APART for other in others)):
        return None
    return Column(first[2], named=bool(first[0]))


def numeric_columns(grid: Grid, *, dated: bool = False) -> list[int]:
    """Return the columns of figures: of years and nothing else where dates are wanted, no codes or row numbers."""
    return [column for column in range(len(grid.block.columns)) if _is_numeric(grid, column, dated=dated)]


def figure_in(cell: str) -> float | None:
    """Return the first figure of a cell."""
    match = _FIGURE.search(cell)
    return float(re.sub(r"[^\d.-]", "", match.group())) if match else None


def _is_numeric(grid: Grid, column: int, *, dated: bool) -> bool:
    cells = [row[column] for row in grid.cells if row[column]]
    figures = [value for cell in cells if (value := figure_in(cell)) is not None]
    years = sum(bool(_YEAR.match(cell.strip())) for cell in cells) > len(cells) / 2
    counting = figures == list(range(1, len(figures) + 1))
    return len(figures) >= max(2, 0.6 * len(cells)) and years is dated and not counting
