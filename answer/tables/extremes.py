"""Questions for the most of something: which column of a table is meant, and which row has the extreme figure."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from answer.question import Question
from answer.tables.amounts import amounts_in
from answer.tables.conditions import rows_meeting
from answer.tables.grids import Column, Cosines, Grid, column_meant, numeric_columns
from answer.tables.measures import measure_terms
from answer.tables.sums import addends
from index import without_tables
from index.terms import analyze

__all__ = ["DEGREE", "Extreme", "asks_for_extreme", "find_extreme"]

_LOW = frozenset(
    "smallest least lowest shortest fewest earliest lightest cheapest slowest driest thinnest narrowest "
    "minimum first oldest nearest coldest weakest poorest shallowest softest".split()
)
_HIGH = frozenset("most maximum".split())
_NO_DEGREE = frozenset(
    "west forest interest request test rest harvest invest suggest guest honest modest protest best chest nest "
    "northwest southwest contest arrest priest quest digest latest".split()
)
_DATED = frozenset("earliest latest newest oldest first last youngest".split())
_AGED = frozenset({"oldest", "youngest"})
# Of how often or how fast a thing is, a table mostly has the interval or duration, whose least is the most.
_RATE = re.compile(r"\b(?:(?:most|least) (?:quick\w*|fast)|fastest|quickest|slowest)\b")
_OFTEN = re.compile(r"\b(?:most|least) (?:often|frequent\w*)\b")
_ORDINALS = ("first", "second", "third", "fourth", "fifth")
_NTH = re.compile(r"\b(second|third|fourth|fifth)[- ](?:\w+est|most|least|highest|lowest)\b", re.IGNORECASE)
_RANKED = re.compile(r"\b(?:came|comes?|rank(?:s|ed)?|placed?) (?:in )?(second|third|fourth|fifth)\b", re.IGNORECASE)
_BOUND = re.compile(r"\bat (?:most|least)\b")
_WORD = re.compile(r"[a-z]+")
DEGREE = re.compile(r"\w{3,}est|most|least|first|last|same|other|next|second|third|new|old|main", re.IGNORECASE)
# 'Which hill is the highest?', with nothing behind that would tell of what: what the word measures is meant.
_BARE = re.compile(
    r"\b(?:is|are|was|were) (?:the )?(?:second |third )?(\w+)(?:(?: of)? all| of them)?\W*$", re.IGNORECASE
)
_VALUE = 5  # words; a longer cell is a description, whose words set no condition that rows must meet


@dataclass(frozen=True, slots=True)
class Extreme:
    """The rows with the extreme figure of a column, and the cosine (-1 to 1) of the question and what they answer.

    `named` says that the question has a word or measure of the column's name.
    """

    rows: tuple[int, ...]
    similarity: float
    named: bool


def asks_for_extreme(question: Question) -> bool:
    """Say whether a question asks for the most or least of something."""
    return bool(_degrees(question)) and not _RATE.search(question.text.lower())


def find_extreme(question: Question, grid: Grid, cosines: Cosines) -> Extreme | None:
    """Return the rows of a table with the extreme that a question asks for; None when the table has no such rows.

    Args:
        question: as read; it asks for an extreme.
        grid: the table.
        cosines: gives the cosine of a text with each of several.
    """
    degrees = _degrees(question)
    dated = bool(degrees & _DATED)
    columns = numeric_columns(grid, dated=dated)
    aged = not columns and bool(degrees & _AGED)  # ages and no dates: the oldest has the most of them
    columns = numeric_columns(grid) if aged else columns
    if len(grid.cells) < 2 or not columns:
        return None
    bare = None if dated else _BARE.search(question.text)
    measured = _measured(bare[1], grid, columns) if bare else []
    only_dates = dated and not aged and len(columns) == 1
    column = Column(measured[0], named=True) if measured else column_meant(question, grid, columns, cosines)
    if column is None and only_dates:  # 'Which pond came first?' has no word for a date
        column = Column(columns[0], named=False)
    if column is None or (_OFTEN.search(question.text.lower()) and not _counts(grid, column)):
        return None
    met = rows_meeting(question, grid, {term for degree in degrees for term in analyze(degree)})
    within = _within_sum(question, grid, column.number)
    of_parts = (grid.cells[row] for row in grid.parts())
    of_rows = " ".join(cell for cells in of_parts for cell in cells if len(cell.split()) <= _VALUE)
    named = (set(question.terms) & question.terms_of(of_rows)) - grid.heading
    named -= {term for degree in degrees for term in analyze(degree)}
    amounts = amounts_in([cells[column.number] for cells in grid.cells])
    values = {
        row: value
        for row in within or (met.rows if met else range(len(grid.cells)))
        if named <= question.terms_of(grid.row_text(row)) and (value := amounts[row]) is not None
    }
    parts = {row: values[row] for row in grid.parts() if row in values}
    lowest = "youngest" in degrees if aged else bool(degrees & _LOW)
    ranked = sorted(set((parts or values).values()), reverse=not lowest)
    place = _place(question)
    if place >= len(ranked):
        return None
    extreme = ranked[place]
    rows = tuple(row for row, value in (parts or values).items() if value == extreme)
    degree, (first, name) = " ".join(sorted(degrees)), (grid.block.columns[0], grid.block.columns[column.number])
    (similarity,) = cosines(question.text, [f"{first}: the {degree} {name}. {grid.block.label}"])
    return Extreme(rows, similarity, column.named)


def _measured(degree: str, grid: Grid, columns: Sequence[int]) -> list[int]:
    """The columns whose names tell what a superlative measures: of 'highest', those of heights."""
    wanted = measure_terms(re.sub(r"est$", "", degree.lower())) | measure_terms(degree)
    return [column for column in columns if wanted & set(analyze(grid.block.columns[column]))]


def _within_sum(question: Question, grid: Grid, column: int) -> tuple[int, ...]:
    """The rows that add up to a sum which a question names: of 'spending, all' those of spending."""
    over = {row: question.terms_of(grid.name(row)) for row in range(len(grid.cells)) if grid.is_sum(row)}
    of_each = frozenset.intersection(*map(frozenset, over.values())) if over else frozenset()
    named = [row for row, terms in over.items() if (terms - of_each) & set(question.terms)]
    return addends(grid, named[0], column) if len(named) == 1 < len(over) else ()


def _counts(grid: Grid, column: Column) -> bool:
    """Say whether a column that a question names tells how often: of an interval the least would be the most often."""
    of_time = measure_terms("often duration")
    return column.named and not of_time & set(analyze(grid.block.columns[column.number]))


def _place(question: Question) -> int:
    """Return how many are to be passed over: 1 for 'the second largest'."""
    named = _NTH.search(question.text) or _RANKED.search(question.text)
    return _ORDINALS.index(named.group(1).lower()) if named else 0


def _degrees(question: Question) -> set[str]:
    plain = _BOUND.sub(" ", without_tables(question.text).lower())  # 'the first table', 'at most' ask for no extreme
    words = set(_WORD.findall(plain))
    superlatives = {w for w in words if w.endswith("est") and len(w) > 5 and w not in _NO_DEGREE}
    found = superlatives | (words & (_LOW | _HIGH | _DATED))
    return found or ({"most"} if _RANKED.search(plain) else set())
