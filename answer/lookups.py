"""Rows of tables that a question picks: by their name, by a bound on their figures, or the sum of the others."""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from answer.features import coverage
from answer.grids import Cosines, Grid, column_meant, figure_in, numeric_columns
from answer.question import AnswerType, Question
from index import without_tables
from index.terms import analyze

__all__ = ["Lookup", "lacking", "rows_named", "rows_within"]

_NUMBERS = "zero one two three four five six seven eight nine ten eleven twelve".split()
_BOUND = re.compile(
    r"\b(?P<more>over|above|more than|greater than|larger than|higher than|longer than|exceed(?:s|ed|ing)?|at least|"
    r"no (?:fewer|less) than)|\b(?P<less>under|below|less than|fewer than|lower than|smaller than|shorter than|"
    r"at most|up to|no more than)",
    re.IGNORECASE,
)
_LIMIT = re.compile(rf"\s+(?:[a-z]{{1,3}} ?|[$€£]\s?)?(?P<figure>\d[\d,.]*\d|\d|(?:{'|'.join(_NUMBERS)})\b)", re.I)
_CLOSED = re.compile(r"at least|at most|up to|no (?:fewer|less|more)", re.IGNORECASE)
_IN_ALL = re.compile(r"\b(?:overall|altogether|in all|in total|total|combined)\b", re.IGNORECASE)
_IN_ALL_TERMS = frozenset(analyze("overall altogether total combined"))
_NOT_OF_CELLS = frozenset({AnswerType.REASON, AnswerType.SOURCE, AnswerType.SUMMARY})
_KEYED = 0.25  # the share of a question's weight that a row's name must have for the row to be what is asked about


@dataclass(frozen=True, slots=True)
class _Bound:
    """A limit that figures must keep to: above it or below, itself among them when `closed`."""

    figure: str
    limit: float
    above: bool
    closed: bool

    def holds(self, value: float | None) -> bool:
        if value is None:
            return False
        return (value > self.limit if self.above else value < self.limit) or (self.closed and value == self.limit)


@dataclass(frozen=True, slots=True)
class Lookup:
    """Rows that a question picks from a table."""

    grid: Grid
    rows: tuple[int, ...]


def rows_within(question: Question, grids: Sequence[Grid], cosines: Cosines) -> Lookup | None:
    """Return the rows whose figures keep to the bound that a question sets: 'Which had over 5,000 in 2019?'.

    Args:
        question: as read.
        grids: tables that are near, nearest first.
        cosines: gives the cosine of a text with each of several.
    """
    bound = _bound(question.text)
    if bound is None or question.answer_type in _NOT_OF_CELLS:
        return None
    limit_terms = question.terms_of(bound.figure)
    meant = [(grid, column_meant(question, grid, numeric_columns(grid), cosines)) for grid in grids]
    found = [(grid, column) for grid, column in meant if column and not lacking(question, grid) - limit_terms]
    for grid, column in sorted(found, key=lambda pair: not pair[1].named):
        parts = [row for row in range(len(grid.cells)) if not grid.is_total(row)]
        held = tuple(row for row in parts if bound.holds(figure_in(grid.cells[row][column.number])))
        if held and len(held) < len(parts):
            return Lookup(grid, held)
    return None


def rows_named(
    question: Question, grids: Sequence[Grid], idf: Callable[[str], float], cosines: Cosines
) -> Lookup | None:
    """Return the rows that a question names when it asks for one of their columns: 'How loud is model B2?'.

    A question for all of something is answered by the row of totals. None when no row is named, when the table lacks
    something that the question names, or when no column is plainly meant.

    Args:
        question: as read.
        grids: tables that are near, nearest first.
        idf: gives the rarity of a term.
        cosines: gives the cosine of a text with each of several.
    """
    if question.answer_type in _NOT_OF_CELLS:
        return None
    asked = question.terms_of(without_tables(question.text)) & set(question.terms)
    for grid in grids:
        names = {row: question.terms_of(grid.name(row)) for row in range(len(grid.cells))}
        named = [row for row, name in names.items() if name and name <= asked]
        longest = [row for row in named if not any(names[row] < names[other] for other in named)]
        if not named and _IN_ALL.search(question.text):
            longest = [row for row in names if grid.is_total(row)]
        held = set().union(*(names[row] for row in longest)) | (asked & _IN_ALL_TERMS)
        if not longest or lacking(question, grid) or coverage(asked, held, idf) < _KEYED:
            continue
        others = [column for column in range(len(grid.block.columns)) if column != _name_column(grid, longest[0])]
        if column_meant(question, grid, others, cosines) is not None:
            return Lookup(grid, tuple(longest))
    return None


def lacking(question: Question, grid: Grid) -> set[str]:
    """Return the names and figures of a question that a table does not hold, the number of a table aside."""
    wanted = (question.names | question.figures) & question.terms_of(without_tables(question.text))
    cells = question.terms_of(" ".join(grid.row_text(row) for row in range(len(grid.cells))))
    return set(wanted) - grid.heading - cells


def _bound(text: str) -> _Bound | None:
    for words in _BOUND.finditer(text):
        if limit := _LIMIT.match(text, words.end()):
            figure = limit["figure"].lower()
            value = float(_NUMBERS.index(figure)) if figure in _NUMBERS else float(figure.replace(",", "").rstrip("."))
            return _Bound(limit["figure"], value, above=bool(words["more"]), closed=bool(_CLOSED.match(words.group())))
    return None


def _name_column(grid: Grid, row: int) -> int:
    return grid.cells[row].index(grid.name(row)) if grid.name(row) else 0
