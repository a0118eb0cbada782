"""The tables that answers may come from: their cells, their columns, and which of them a question is near."""

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from answer.evidence import Evidence
from answer.figures import YEAR, figure_in
from answer.question import Question
from answer.tables.measures import asking_terms, measure_terms
from core.records import Block, Document, Span
from index.terms import analyze
from ingest import block_at, row_cells

__all__ = [
    "Column",
    "Cosines",
    "Grid",
    "column_meant",
    "denies",
    "is_none",
    "leads",
    "names_itself",
    "near_grids",
    "numeric_columns",
    "says_none",
]

_SUM = re.compile(
    r"\W*(?:(?:grand |sub-?)?totals?|all|overall|sum|altogether)(?:,? (?:of|for|in)\b.*)?\W*$|.*, (?:all|total)$", re.I
)
_SUM_OF = re.compile(r"\W*(?:[Tt]otal|[Aa]ll)(?: [a-z][\w’'-]*){1,3}\W*$")  # 'Total income', no 'All Saints'
_MEAN = re.compile(r"\W*(?:means?|averages?|medians?)(?: (?:of|for|value)\b.*)?\W*$", re.IGNORECASE)
_ONLY_YEAR = re.compile(r"(?:1[5-9]|20)\d\d$")
_OF_ALL = re.compile(
    r"\b(?:all|sum|(?:sub-?)?totals?|overall|altogether|combined|(?:the|its|their) (?:whole|entire))\b", re.IGNORECASE
)
_NONE = re.compile(r"\W*(?:none|nil|no|never|0|free|vacant|unknown|n/?a|[-–—])?\W*", re.IGNORECASE)
_NO_VALUE = re.compile(r"\W*(?:not|no)\s+[a-z]+\W*$", re.IGNORECASE)
_DENIES = re.compile(r"\b(?:not|no|never|without|lacks?|missing)\b|n[’']t\b", re.IGNORECASE)
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

    def said(self, row: int) -> str:
        """Return a row as text less the cells that say there is no value: 'not measured', 'no data'."""
        return " ".join(cell for cell in self.cells[row] if not says_none(cell))

    def name(self, row: int) -> str:
        """Return the first cell of a row that holds a letter: what the row is of."""
        return next((cell for cell in self.cells[row] if any(ch.isalpha() for ch in cell)), "")

    def is_sum(self, row: int) -> bool:
        """Say whether a row sums the others up."""
        name = self.name(row)
        return bool(_SUM.match(name) or _SUM_OF.match(name))

    def parts(self) -> list[int]:
        """Return the rows that are neither sums nor means of the others."""
        return [row for row in range(len(self.cells)) if not self.is_sum(row) and not _MEAN.match(self.name(row))]

    def years(self) -> dict[int, int]:
        """Return the columns in whose names one year stands, with the year."""
        found = {column: YEAR.findall(name) for column, name in enumerate(self.block.columns)}
        return {column: int(years[0]) for column, years in found.items() if len(years) == 1}


@dataclass(frozen=True, slots=True)
class Column:
    """The number of a column that a question is about; `named` when the question has a word or measure of its name."""

    number: int
    named: bool


def denies(text: str) -> bool:
    """Say whether a question asks for what is not."""
    return bool(_DENIES.search(text))


def says_none(cell: str) -> bool:
    """Say whether a cell says that there is no value: 'not measured', 'no data'."""
    return bool(_NO_VALUE.match(cell))


def is_none(cell: str) -> bool:
    """Say whether a cell says that there is none: it is empty, has a dash or 'none', or says there is no value."""
    return says_none(cell) or bool(_NONE.fullmatch(cell))


def names_itself(question: Question, grid: Grid, row: int) -> bool:
    """Say whether a question that has the name of a row means the row: of a sum, the name may just say what all are."""
    if not grid.is_sum(row) or _OF_ALL.search(question.text):
        return True
    sums = sum(grid.is_sum(other) for other in range(len(grid.cells)))
    return sums > 1 or not question.terms_of(grid.name(row)) <= grid.heading


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
    wanted = measure_terms(question.text).union(question.terms)
    names = {c: grid.block.columns[c] for c in columns}
    shared = {c: len(wanted & (question.terms_of(name) | set(analyze(name)))) for c, name in names.items()}
    if not any(shared.values()):
        asking = asking_terms(question.text)
        shared = {c: len(asking & set(analyze(name))) for c, name in names.items()}
        by_word = [c for c in columns if shared[c]]
        if len(by_word) == 1:
            return Column(by_word[0], named=False)
    tied = [c for c in columns if shared[c] == max(shared.values())]
    years = {c: year for c, year in grid.years().items() if c in tied}
    named = bool(shared[tied[0]])
    if len(tied) > 1 and len(years) == len(tied) and not any(map(_ONLY_YEAR.match, question.figures)):
        return Column(max(years, key=lambda c: years[c]), named)
    near = dict(zip(tied, cosines(question.text, [names[c] for c in tied]), strict=True))
    first, *others = sorted(tied, key=lambda c: -near[c])
    apart = all(near[first] >= near[other] + _APART for other in others)
    return Column(first, named) if named or (near[first] >= _NEAR and apart) else None


def numeric_columns(grid: Grid, *, dated: bool = False) -> list[int]:
    """Return the columns of figures: of years and nothing else where dates are wanted, no codes or row numbers."""
    return [column for column in range(len(grid.block.columns)) if _is_numeric(grid, column, dated=dated)]


def _is_numeric(grid: Grid, column: int, *, dated: bool) -> bool:
    cells = [cell for row in grid.cells if (cell := row[column]) and (figure_in(cell) is not None or not is_none(cell))]
    figures = [value for cell in cells if (value := figure_in(cell)) is not None]
    years = sum(bool(_ONLY_YEAR.match(cell.strip())) for cell in cells) > len(cells) / 2
    counting = figures == list(range(1, len(figures) + 1))
    return len(figures) >= max(2, 0.6 * len(cells)) and years is dated and not counting
