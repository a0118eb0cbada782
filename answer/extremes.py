"""Questions for the most of something: which column of a table is meant, and which row has the extreme figure."""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from answer.grids import Grid
from answer.question import Question
from index import without_tables
from index.terms import analyze

__all__ = ["Extreme", "asks_for_extreme", "find_extreme"]

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
# Of how often or how fast a thing is, a table mostly has the interval or duration, whose least is the most.
_RATE = re.compile(r"\b(?:(?:most|least) (?:often|frequent\w*|quick\w*|fast)|fastest|quickest|slowest)\b")
_FIGURE = re.compile(r"(?<!\w)-?\d(?:[\d,\u00a0 ]*\d)?(?:\.\d+)?")  # glued to a letter it is a code
_YEAR = re.compile(r"(?:1[5-9]|20)\d\d$")
_NEAR = 0.2  # the cosine of a question and a column's bare name; chosen on the made documents of tests/data/reading
_APART = 0.1  # by how much the next column must be farther
_WORD = re.compile(r"[a-z]+")

Cosines = Callable[[str, Sequence[str]], Sequence[float]]


@dataclass(frozen=True, slots=True)
class Extreme:
    """The rows with the extreme figure of a column, and the cosine (-1 to 1) of the question and what they answer."""

    rows: tuple[int, ...]
    similarity: float


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
    columns = [c for c in range(len(grid.block.columns)) if _is_numeric(grid, c, dated=dated)]
    if len(grid.cells) < 2 or not columns:
        return None
    only_dates = dated and len(columns) == 1
    column = columns[0] if only_dates else _column_meant(question, grid, columns, cosines)
    if column is None:
        return None
    named = (set(question.terms) & question.terms_of(" ".join(" ".join(cells) for cells in grid.cells))) - grid.heading
    named -= {term for degree in degrees for term in analyze(degree)}
    values = {
        row: value
        for row, cells in enumerate(grid.cells)
        if named <= question.terms_of(grid.row_text(row)) and (value := _figure(cells[column])) is not None
    }
    if not values:
        return None
    extreme = (min if degrees & _LOW else max)(values.values())
    rows = tuple(row for row, value in values.items() if value == extreme)
    degree, (first, name) = " ".join(sorted(degrees)), (grid.block.columns[0], grid.block.columns[column])
    (similarity,) = cosines(question.text, [f"{first}: the {degree} {name}. {grid.block.label}"])
    return Extreme(rows, similarity)


def _column_meant(question: Question, grid: Grid, columns: Sequence[int], cosines: Cosines) -> int | None:
    """Return the column whose name shares most words with a question, else the one plainly nearest in meaning."""
    names = [grid.block.columns[c] for c in columns]
    shared = [len(set(question.terms) & question.terms_of(name)) for name in names]
    near = cosines(question.text, names)
    first, *others = sorted(zip(shared, near, columns, strict=True), reverse=True)
    if not first[0] and (first[1] < _NEAR or any(first[1] < other[1] + _APART for other in others)):
        return None
    return first[2]


def _degrees(question: Question) -> set[str]:
    words = set(_WORD.findall(without_tables(question.text).lower()))  # 'the first table' asks for no extreme
    superlatives = {w for w in words if w.endswith("est") and len(w) > 5 and w not in _NO_DEGREE}
    return superlatives | (words & (_LOW | _HIGH | _DATED))


def _is_numeric(grid: Grid, column: int, *, dated: bool) -> bool:
    """Say whether a column holds figures: years and nothing else where dates are asked for, no codes or row numbers."""
    cells = [row[column] for row in grid.cells if row[column]]
    figures = [value for cell in cells if (value := _figure(cell)) is not None]
    years = sum(bool(_YEAR.match(cell.strip())) for cell in cells) > len(cells) / 2
    counting = figures == list(range(1, len(figures) + 1))
    return len(figures) >= max(2, 0.6 * len(cells)) and years is dated and not counting


def _figure(cell: str) -> float | None:
    match = _FIGURE.search(cell)
    return float(re.sub(r"[^\d.-]", "", match.group())) if match else None
