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
    "smallest least lowest shortest fewest earliest lightest cheapest slowest youngest driest thinnest narrowest "
    "minimum first oldest nearest coldest weakest poorest shallowest softest".split()
)
_HIGH = frozenset("most maximum last".split())
_NO_DEGREE = frozenset(
    "west forest interest request test rest harvest invest suggest guest honest modest protest best chest nest latest "
    "northwest southwest contest arrest priest quest digest suggest".split()
) - {"latest"}
_DATED = frozenset("earliest latest newest oldest first last youngest".split())
_FIGURE = re.compile(r"-?\d[\d,\u00a0 ]*(?:\.\d+)?")
_YEAR = re.compile(r"(?:1[5-9]|20)\d\d$")
_WORD = re.compile(r"[a-z]+")

Cosines = Callable[[str, Sequence[str]], Sequence[float]]


@dataclass(frozen=True, slots=True)
class Extreme:
    """The rows with the extreme figure of a column, and the cosine (-1 to 1) of the question and that column."""

    rows: tuple[int, ...]
    similarity: float


def asks_for_extreme(question: Question) -> bool:
    """Say whether a question asks for the most or least of something."""
    return bool(_degrees(question))


def find_extreme(
    question: Question, grid: Grid, cosines: Callable[[str, Sequence[str]], Sequence[float]]
) -> Extreme | None:
    """Return the rows of a table with the extreme that a question asks for; None when no column is plainly meant.

    Args:
        question: as read.
        grid: the table.
        cosines: gives the cosine of a text with each of several.
    """
    degrees = _degrees(question)
    if not degrees or len(grid.cells) < 2:
        return None
    columns = [c for c in range(len(grid.block.columns)) if _is_numeric(grid, c, dated=bool(degrees & _DATED))]
    if not columns:
        return None
    names = [
        f"{grid.block.columns[0]}: the {' '.join(sorted(degrees))} {grid.block.columns[c]}. {grid.block.label}"
        for c in columns
    ]
    near = dict(zip(columns, cosines(question.text, names), strict=True))
    shared = {c: len(set(question.terms) & question.terms_of(grid.block.columns[c])) for c in columns}
    column = max(columns, key=lambda c: (shared[c], near[c]))
    values = {row: value for row, cells in enumerate(grid.cells) if (value := _figure(cells[column])) is not None}
    named = (set(question.terms) & question.terms_of(" ".join(" ".join(cells) for cells in grid.cells))) - grid.heading
    named -= {term for degree in degrees for term in analyze(degree)}
    wanted = {row: v for row, v in values.items() if named <= question.terms_of(grid.row_text(row))} or values
    extreme = (min if degrees & _LOW else max)(wanted.values())
    return Extreme(tuple(row for row, value in wanted.items() if value == extreme), near[column])


def _degrees(question: Question) -> set[str]:
    words = set(_WORD.findall(without_tables(question.text).lower()))  # 'the first table' asks for no extreme
    superlatives = {w for w in words if w.endswith("est") and len(w) > 5 and w not in _NO_DEGREE}
    return superlatives | (words & (_LOW | _HIGH))


def _is_numeric(grid: Grid, column: int, *, dated: bool) -> bool:
    """Say whether a column holds figures: years where dates are asked for, and no running numbers."""
    cells = [row[column] for row in grid.cells if row[column]]
    figures = [value for cell in cells if (value := _figure(cell)) is not None]
    years = sum(bool(_YEAR.match(cell.strip())) for cell in cells)
    counting = figures == list(range(1, len(figures) + 1))
    return (
        len(figures) >= max(2, 0.6 * len(cells)) and (not years or (years > len(cells) / 2) is dated) and not counting
    )


def _figure(cell: str) -> float | None:
    match = _FIGURE.search(cell)
    return float(re.sub(r"[^\d.-]", "", match.group())) if match else None
