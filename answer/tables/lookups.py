"""Rows of tables that a question picks: by their name, by a bound on their figures, or the sum of the others."""

import re
from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass, replace

from answer.bounds import asks_for_bound, limits_in
from answer.features import coverage
from answer.figures import figure_in
from answer.question import AnswerType, Question
from answer.tables.conditions import asked_terms, rows_meeting
from answer.tables.grids import Column, Cosines, Grid, column_meant, names_itself, numeric_columns
from answer.tables.measures import measure_terms
from index import without_tables
from index.terms import analyze

__all__ = ["FIT", "NOT_OF_CELLS", "Lookup", "lacking", "rows_named", "rows_within"]

_IN_ALL = re.compile(
    r"\b(?:overall|altogether|in all|in total|total|combined|(?:the|its|their) (?:whole|entire)(?! table))\b",
    re.IGNORECASE,
)
_IN_ALL_TERMS = frozenset(analyze("overall altogether total combined whole entire"))
_OF_ASKING = frozenset(
    analyze(
        "number amount figure value level size total vs versus compare difference differ give "
        "contact ask call turn reach responsible"
    )
)
NOT_OF_CELLS = frozenset({AnswerType.REASON, AnswerType.SOURCE, AnswerType.SUMMARY})
FIT = 0.75  # the share of a question's weight that a table's words must hold for its rows to answer without more ado
_BEHIND = re.compile(r"\s*[,(].*", re.DOTALL)
_FIT_NAMED = 0.6  # where a question has a word of a column's name, and not only of what it measures
_FIT_BOUND = 0.5  # where the figures of a named column keep to a bound that the question sets
_KEYED = 0.25  # the share of a question's weight that a row's name must have for the row to be what is asked about


@dataclass(frozen=True, slots=True)
class Lookup:
    """Rows that a question picks from a table."""

    grid: Grid
    rows: tuple[int, ...]


def rows_within(
    question: Question, grids: Sequence[Grid], idf: Callable[[str], float], cosines: Cosines
) -> Lookup | None:
    """Return the rows whose figures keep to the bound that a question sets: 'Which had over 5,000 in 2019?'.

    None when no table holds what the question speaks of, or when two of them do.

    Args:
        question: as read.
        grids: tables that are near, nearest first.
        idf: gives the rarity of a term.
        cosines: gives the cosine of a text with each of several.
    """
    bound = limits_in(question.text)
    if bound is None or question.answer_type in NOT_OF_CELLS:
        return None
    limit = question.terms_of(bound.text)
    found = []
    for grid in grids:
        column = column_meant(question, grid, numeric_columns(grid, dated=bound.dated), cosines)
        if column is None or lacking(question, grid) - limit:
            continue
        parts = grid.parts()
        kept = [row for row in parts if bound.holds(figure_in(grid.cells[row][column.number]))]
        met = rows_meeting(question, grid, limit)
        held = tuple(row for row in kept if met is None or row in met.rows)
        if held and len(held) < len(parts) and _fits(question, grid, held, column, limit, idf, _FIT_BOUND):
            found.append((column.named, Lookup(grid, held)))
    best = [lookup for named, lookup in found if named == max(named for named, _ in found)]
    return best[0] if len(best) == 1 else None


def rows_named(
    question: Question, grids: Sequence[Grid], idf: Callable[[str], float], cosines: Cosines
) -> Lookup | None:
    """Return the rows that a question names when it asks for one of their columns: 'How loud is model B2?'.

    A question for all of something is answered by the row of sums. None when no row is named, when no column is plainly
    meant, or when the table does not hold what else the question speaks of.

    Args:
        question: as read.
        grids: tables that are near, nearest first.
        idf: gives the rarity of a term.
        cosines: gives the cosine of a text with each of several.
    """
    if question.answer_type in NOT_OF_CELLS or asks_for_bound(question.text):
        return None
    asked = asked_terms(question)
    for grid in grids:
        rows, held, in_all = _named(question, grid, asked)
        if not rows or lacking(question, grid):
            continue
        others = [column for column in range(len(grid.block.columns)) if column != _name_column(grid, rows[0])]
        besides = replace(question, terms=tuple(term for term in question.terms if term not in held))
        column = column_meant(besides, grid, others, cosines)
        if not column:
            continue
        plain = question.terms_of(grid.block.columns[column.number]).intersection(besides.terms)
        keyed = in_all or coverage([term for term in asked if term not in plain], held, idf) >= _KEYED
        if keyed and _fits(question, grid, rows, column, in_all, idf, _FIT_NAMED if plain else FIT):
            met = rows_meeting(question, grid)
            return Lookup(grid, tuple(row for row in rows if met and row in met.rows) or tuple(rows))
    return None


def _named(
    question: Question, grid: Grid, asked: Collection[str]
) -> tuple[list[int], Collection[str], Collection[str]]:
    """The rows that a question names, or the sums that it asks for, with the terms of the names, and of asking so."""
    names = {row: _name_terms(question, grid.name(row), asked) for row in range(len(grid.cells))}
    named = [row for row, name in names.items() if name and name.issubset(asked) and names_itself(question, grid, row)]
    rows = [row for row in named if not any(names[row] < names[other] for other in named)]
    in_all: frozenset[str] = frozenset()
    if not named and _IN_ALL.search(question.text):
        in_all = _IN_ALL_TERMS.intersection(asked)
        rows = [row for row in names if grid.is_sum(row)]
    return rows, in_all.union(*(names[row] for row in rows)), in_all


def _name_terms(question: Question, name: str, asked: Collection[str]) -> set[str]:
    """The terms of a row's name, those before a bracket or comma where a question does not have the others."""
    whole = question.terms_of(name)
    return whole if whole.issubset(asked) else question.terms_of(_BEHIND.sub("", name))


def _fits(  # noqa: PLR0913, PLR0917 - all that a question may be met by
    question: Question,
    grid: Grid,
    rows: Sequence[int],
    column: Column,
    met: Collection[str],
    idf: Callable[[str], float],
    least: float = FIT,
) -> bool:
    """Say whether rows, what stands over them, and the measure of the column hold nearly all that a question asks."""
    held = grid.heading.union(met, *(question.terms_of(grid.row_text(row)) for row in rows))
    name = set(analyze(grid.block.columns[column.number]))
    words = [word for word in question.text.split() if name & measure_terms(word)]
    measured = {term for word in words for term in analyze(word)}
    return coverage(asked_terms(question), held | measured | _OF_ASKING, idf) >= least


def lacking(question: Question, grid: Grid) -> set[str]:
    """Return the names and figures of a question that a table does not hold, the number of a table aside."""
    wanted = (question.names | question.figures) & question.terms_of(without_tables(question.text))
    cells = question.terms_of(" ".join(grid.row_text(row) for row in range(len(grid.cells))))
    return set(wanted) - grid.heading - cells


def _name_column(grid: Grid, row: int) -> int:
    return grid.cells[row].index(grid.name(row)) if grid.name(row) else 0
