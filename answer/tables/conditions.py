"""The conditions that a question sets on the rows of a table by what their cells say: 'in Lyme', 'checked weekly'."""

import re
from collections.abc import Collection, Iterable, Iterator, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from enum import IntEnum

from answer.figures import figure_in
from answer.question import Question
from answer.tables.grids import Grid, denies, is_none, names_itself, says_none
from answer.tables.measures import asking_terms, measure_terms
from answer.tables.ranges import range_in
from index import without_tables
from index.terms import analyze

__all__ = ["Met", "asked_terms", "rows_meeting"]

_PARTS = re.compile(r"[,;:]\s+|\s*[()\[\];]\s*|\s+(?:and|or|&|/)\s+|(?<=[^\W\d])/(?=[^\W\d])")
_LONGEST = 6  # words of a value; a longer one is a description, whose words may stand in a question by chance
# What a question denies: a few words behind 'not' and its like.
_DENIED = re.compile(
    r"(?:\bnot|n[’']t|\bnever|\bother than|\bexcept(?: for)?|\bwithout)((?:\s+[\w’'-]+){1,5})", re.IGNORECASE
)
_HAS_NONE = re.compile(
    r"\bno\s+(?!(?:more|less|fewer|longer|later|one)\b)((?:[\w’'-]+\W*){1,3})"
    r"|\b(?:without(?: an?| any)?|lacks?|lacking|(?:\w+n[’']t|not) (?:have|offer|charge|give)(?: an?| any)?)\s+"
    r"((?:[\w’'-]+\W*){1,3})"
    r"|\b(\w+)\s+nothing\b"
    r"|\b(?:nobody|no one|none|nothing)\s+(?:(?:is|are|was|were|has|have|been)\s+)*((?:[\w’'-]+\W*){1,3})",
    re.IGNORECASE,
)


_NOBODY = re.compile(r"\b(?:nobody|no one)\b", re.IGNORECASE)
_YES = re.compile(r"\W*(?:yes|y|true|✓|✔|x|•|●)\W*|[✓✔•●]", re.IGNORECASE)
_YES_OR_NO = re.compile(rf"(?:{_YES.pattern}|\W*(?:no|n|false|n/?a)?\W*)", re.IGNORECASE)


class _Kind(IntEnum):
    """How plainly a value stands in a cell: within it, as one of the things it lists, or as all that it says."""

    WITHIN = 1
    LISTED = 2
    WHOLE = 3


@dataclass(frozen=True, slots=True)
class _Condition:
    """What a question asks of the cells of some columns, in terms: `rows` are those of which it is true."""

    value: frozenset[str]
    kind: _Kind
    columns: frozenset[int]
    rows: frozenset[int]


@dataclass(frozen=True, slots=True)
class _Group:
    """Conditions on the same columns, one of which a row must meet.

    `of_names` is 2 where each row has its own name there, 1 where rows are named there, else 0; `named` says that a
    value has a name of the question.
    """

    conditions: tuple[_Condition, ...]
    rows: frozenset[int]
    of_names: int
    named: bool

    @property
    def kind(self) -> _Kind:
        """The least plain of its kinds."""
        return min(condition.kind for condition in self.conditions)


@dataclass(frozen=True, slots=True)
class Met:
    """The rows that meet the conditions of a question, in terms; none where each is met and no row meets all.

    `values` are then those that no row has together, as the table writes them. `plain` is that one of the conditions
    is for all that a cell says.
    """

    rows: tuple[int, ...]
    terms: frozenset[str]
    values: tuple[str, ...] = ()
    plain: bool = True


def rows_meeting(question: Question, grid: Grid, but: Collection[str] = ()) -> Met | None:
    """Return the rows that meet what a question asks of their cells; None when it asks nothing of them.

    Values of one column are alternatives, those of several columns must come together. Where no row has them so, what
    stands only within cells, or among other things, is asked no longer, nor what is asked of a row that is named.

    Args:
        question: as read.
        grid: the table.
        but: terms of the question that set no such condition.
    """
    asked = set(asked_terms(question)).difference(but)
    values = [*_maximal(_values(question, grid, asked)), *_ranges(question, grid, asked)]
    values += _names(question, grid, asked.difference(*(c.value for c in values)))
    values += _lacks(question, grid)
    values += _told(question, grid, asked.difference(*(c.value for c in values)))
    groups = sorted(_grouped(values, question, grid), key=lambda g: (-g.of_names, -g.kind, not g.named, len(g.rows)))
    if not groups:
        return None
    terms = frozenset().union(*(c.value for c in values))
    plain = [g for g in groups if g.kind is _Kind.WHOLE]
    if len(plain) > 1 and not plain[0].of_names and not _common(plain):
        return Met((), terms, tuple(_written(g.conditions[0], grid) for g in plain))
    while not (rows := _common(groups)):
        groups.pop()
    return Met(tuple(sorted(rows.intersection(grid.parts()) or rows)), terms, plain=bool(plain))


def asked_terms(question: Question) -> list[str]:
    """Return the terms of a question less the number of the table that it names."""
    kept = question.terms_of(without_tables(question.text))
    return [term for term in question.terms if term in kept]


def _values(question: Question, grid: Grid, asked: AbstractSet[str]) -> Iterator[_Condition]:
    """Yield the conditions that are set by what a cell says, or one of the things that it lists."""
    found: dict[tuple[frozenset[str], _Kind], dict[int, set[int]]] = {}
    asks_for_none = denies(question.text)
    for row, cells in enumerate(grid.cells):
        means_itself = names_itself(question, grid, row)
        for column, cell in enumerate(cells):
            if (says_none(cell) and not asks_for_none) or not means_itself:
                continue
            whole = frozenset(question.terms_of(cell))
            things = [part for part in _PARTS.split(cell) if part]
            parts = {frozenset(question.terms_of(part)) for part in things if all(map(_is_short, things))}
            if not whole and _is_lettered(cell, column, question, grid):
                found.setdefault((frozenset({cell}), _Kind.WHOLE), {}).setdefault(column, set()).add(row)
            of_cell = [(whole, _Kind.WHOLE)] * _is_short(cell) + [(part, _Kind.LISTED) for part in parts - {whole}]
            for value, kind in of_cell:
                if value and value <= asked and not value <= set(analyze(grid.block.columns[column])):
                    found.setdefault((value, kind), {}).setdefault(column, set()).add(row)
    for (value, kind), columns in found.items():
        if kind is _Kind.WHOLE:  # a cell that lists a value among others has it, too
            listed = found.get((value, _Kind.LISTED), {})
            both = {c: columns.get(c, set()) | listed.get(c, set()) for c in {*columns, *listed}}
            yield _condition(question, grid, value, kind, both)
        elif (value, _Kind.WHOLE) not in found:
            yield _condition(question, grid, value, kind, {c: _holding(value, c, question, grid) for c in columns})


def _is_lettered(cell: str, column: int, question: Question, grid: Grid) -> bool:
    """Say whether a question names a cell whose letter is no term of its own, behind a word over it: 'group A'."""
    behind = re.search(rf"\b([^\W\d]+) {re.escape(cell)}(?![\w’'-])", question.text) if cell else None
    over = question.terms_of(grid.block.columns[column])
    return bool(behind and cell.isalpha() and cell.isupper() and question.terms_of(behind[1]) & over)


def _names(question: Question, grid: Grid, asked: AbstractSet[str]) -> Iterator[_Condition]:
    """Yield the conditions that are set by a name or figure that stands within cells."""
    for term in sorted((question.names | question.figures).intersection(asked) - grid.heading):
        value = frozenset({term})
        columns = {c: _holding(value, c, question, grid) for c in range(len(grid.block.columns))}
        if columns := {c: rows for c, rows in columns.items() if rows}:
            yield _condition(question, grid, value, _Kind.WITHIN, columns)


def _holding(value: frozenset[str], column: int, question: Question, grid: Grid) -> set[int]:
    """The rows that have a value within their cell of a column."""
    return {row for row, cells in enumerate(grid.cells) if value <= question.terms_of(cells[column])}


def _ranges(question: Question, grid: Grid, asked: AbstractSet[str]) -> Iterator[_Condition]:
    """Yield the conditions that figures set on columns of ranges whose measure a question names: 'at 25 degrees'."""
    wanted = measure_terms(question.text).union(question.terms)
    for figure in sorted(question.figures & asked):
        value = figure_in(figure)
        for column, name in enumerate(grid.block.columns):
            ranges = {row: found for row, cells in enumerate(grid.cells) if (found := range_in(cells[column]))}
            filled = sum(bool(cells[column]) for cells in grid.cells)
            if value is None or len(ranges) < max(2, filled / 2) or not wanted & set(analyze(name)):
                continue
            rows = frozenset(row for row, found in ranges.items() if found.holds(value))
            if rows:
                yield _Condition(frozenset({figure}), _Kind.WHOLE, frozenset({column}), rows)


def _lacks(question: Question, grid: Grid) -> Iterator[_Condition]:
    """Yield the condition that a question for what has none of something sets, where it is plain in which column."""
    for match in _HAS_NONE.finditer(question.text):
        words = next(filter(None, match.groups()))
        value = frozenset(question.terms_of(match.group()))
        called = value | measure_terms(words) | (asking_terms("who") if _NOBODY.search(match.group()) else set())
        parts = grid.parts()
        none = {
            column: frozenset(row for row in parts if is_none(grid.cells[row][column]))
            for column in range(len(grid.block.columns))
        }
        none = {column: rows for column, rows in none.items() if 0 < len(rows) < len(parts)}
        named = [c for c in none if called & question.terms_of(grid.block.columns[c])] or list(none)
        if value and len(named) == 1:
            yield _Condition(value, _Kind.WHOLE, frozenset(named), none[named[0]])


def _told(question: Question, grid: Grid, asked: AbstractSet[str]) -> Iterator[_Condition]:
    """Yield the conditions on columns that say just yes or no, by a word of their names: 'Which are open?'."""
    lacked = frozenset().union(*(question.terms_of(match.group()) for match in _HAS_NONE.finditer(question.text)))
    for column, name in enumerate(grid.block.columns):
        cells = [row[column] for row in grid.cells]
        value = asked & question.terms_of(name) - lacked
        plain = [cell for cell in cells if _YES_OR_NO.fullmatch(cell)]
        if not value or not any(map(_YES.fullmatch, plain)) or 2 * len(plain) < len(cells):
            continue
        true = frozenset(row for row, cell in enumerate(cells) if _YES.fullmatch(cell))
        false = frozenset(row for row, cell in enumerate(cells) if cell and is_none(cell))
        rows = false if _is_denied(question, frozenset(value)) else true
        yield _Condition(frozenset(value), _Kind.WHOLE, frozenset({column}), rows)


def _condition(
    question: Question, grid: Grid, value: frozenset[str], kind: _Kind, columns: dict[int, set[int]]
) -> _Condition:
    """A condition on the columns that a question names, if it names any of those that have the value; else on all."""
    wanted = measure_terms(question.text).union(question.terms) - value
    named = {c for c in columns if wanted & question.terms_of(grid.block.columns[c])}
    kept = {c: rows for c, rows in columns.items() if c in named} or columns
    rows = frozenset().union(*kept.values())
    if _is_denied(question, value) and not any(says_none(grid.cells[row][c]) for c in kept for row in kept[c]):
        rows = frozenset(row for row in range(len(grid.cells)) if any(grid.cells[row][c] for c in kept)) - rows
    return _Condition(value, kind, frozenset(kept), rows)


def _is_denied(question: Question, value: frozenset[str]) -> bool:
    return any(value <= question.terms_of(denied) for denied in _DENIED.findall(question.text))


def _maximal(conditions: Iterable[_Condition]) -> Iterator[_Condition]:
    """Yield the conditions whose value is no part of another's."""
    found = list(conditions)
    yield from (c for c in found if not any(c.value < other.value for other in found))


def _grouped(conditions: Sequence[_Condition], question: Question, grid: Grid) -> Iterator[_Group]:
    by_columns: dict[frozenset[int], list[_Condition]] = {}
    for condition in conditions:
        by_columns.setdefault(condition.columns, []).append(condition)
    for columns, held in by_columns.items():
        together = _common(held)  # a cell may list them all
        rows = together or frozenset().union(*(c.rows for c in held))
        own = all(_tells_apart(grid, column) for column in columns)
        first = all(any(grid.cells[row][column] == grid.name(row) for column in columns) for row in rows)
        of_names = 2 if own else int(first)
        yield _Group(tuple(held), rows, of_names, any(c.value & question.names for c in held))


def _tells_apart(grid: Grid, column: int) -> bool:
    """Say whether the cells of a column are names, each of one row."""
    cells = [row[column] for row in grid.cells]
    return len(set(cells)) == len(cells) and sum(any(ch.isalpha() for ch in cell) for cell in cells) > len(cells) / 2


def _common(of: Sequence[_Condition | _Group]) -> frozenset[int]:
    first, *others = of
    return first.rows.intersection(*(other.rows for other in others))


def _written(condition: _Condition, grid: Grid) -> str:
    """A value as the table writes it."""
    cells = (grid.cells[row][column] for row in sorted(condition.rows) for column in sorted(condition.columns))
    return next((cell for cell in cells if condition.value <= {*analyze(cell), cell}), " ".join(condition.value))


def _is_short(text: str) -> bool:
    return 0 < len(text.split()) <= _LONGEST
