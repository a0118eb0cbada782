"""Tell what a question asks of that the rows which would answer it lack: 'the Clock Tower', 'group E'."""

import re
from collections.abc import Iterator, Sequence

from answer.evidence import Evidence
from answer.question import NAME, Question
from answer.tables.extremes import DEGREE
from answer.tables.grids import Grid, near_grids
from answer.tables.measures import measure_terms
from core.records import PassageKind
from index import Index, without_tables
from index.terms import analyze

__all__ = ["absent_from_rows", "without_other_rows"]

# 'group E', 'ward 7': a word with a letter or number behind it, which no unit follows.
_LABELLED = re.compile(r"\b([^\W\d_]{3,}) ([A-Z]|\d{1,2}|[A-Z]\d{1,2})(?=[\s?,.]*(?:$|[?,.]|\s(?!%)))")
_RUN = re.compile(rf"(?:{NAME.pattern})(?:(?: (?:of|for|the|and|&))* (?:{NAME.pattern}))*")
_THING = re.compile(r"\b(?:do|does|did|has|had|of|by) (?:the|an?) ([a-z]{4,})\b")  # 'How much did the brewery take?'
_ADJECTIVE = re.compile(r".*(?:er|ed|ing|al|ic|ive|ous|ary|an|ern|ful|able|ible|less|ish)")
_LIKE = 0.42  # the cosine of a word and what a row or column is called that may be the same thing in other words
_ONE = r"(?:the|an?|any|is there an?)"


def absent_from_rows(question: Question, quotes: Sequence[Evidence], index: Index) -> str:
    """Return what a question asks of and no quoted row speaks of, as written; '' for nothing, or where prose leads.

    Args:
        question: as read.
        quotes: that would answer.
        index: gives the documents, and knows which terms they hold.
    """
    if not quotes or quotes[0].hit.passage.kind is not PassageKind.TABLE:
        return ""
    grids = list(near_grids(question, quotes, index.documents))
    if not grids:
        return ""
    held = set().union(*(_speaks_of(grid, question) for grid in grids))
    held.update(*(question.terms_of(f"{quote.antecedent} {quote.text}") for quote in quotes))
    text = without_tables(question.text)
    found = (*_names(text, question, held), *_labels(text, grids), *_kinds(text, question, grids, index, held))
    return next(iter((*found, *_things(text, question, grids[0], index))), "")


def without_other_rows(question: Question, quotes: Sequence[Evidence], index: Index) -> tuple[Evidence, ...]:
    """Return quotes without rows of other things than a question names, where another quote has what it names.

    Args:
        question: as read.
        quotes: that would answer.
        index: gives the documents.
    """
    rows = [quote for quote in quotes if quote.hit.passage.kind is PassageKind.TABLE]
    grids = list(near_grids(question, rows, index.documents)) if rows and quotes[1:] else []
    if not grids:
        return tuple(quotes)
    prose = [quote for quote in quotes if quote not in rows]
    said = set().union(*(question.terms_of(quote.text) for quote in prose))
    held = set().union(*(_speaks_of(grid, question) for grid in grids))
    missing = list(_names(without_tables(question.text), question, held))
    if quotes[0] in prose and any(question.terms_of(name) <= said for name in missing):
        return tuple(prose)
    naming = [grid for grid in grids if _names_a_row(question, grid)]
    if naming and len(naming) < len(grids):
        others = [grid for grid in grids if grid not in naming]
        return tuple(q for q in quotes if not any(_is_of(q, grid) for grid in others))
    return tuple(quotes)


def _names_a_row(question: Question, grid: Grid) -> bool:
    """Say whether a question has the whole name of one of a table's rows, in words that are not over all of them."""
    names = (question.terms_of(grid.name(row)) for row in grid.parts())
    return any(name and name <= set(question.terms) and not name <= grid.heading for name in names)


def _is_of(quote: Evidence, grid: Grid) -> bool:
    return quote.hit.passage.document_id == grid.document.id and quote.span in grid.rows


def _speaks_of(grid: Grid, question: Question) -> set[str]:
    """The terms of a table, of what stands over it, and of the title of its document."""
    rows = (grid.row_text(row) for row in range(len(grid.cells)))
    return set(grid.heading).union(question.terms_of(grid.document.title), *map(question.terms_of, rows))


def _names(text: str, question: Question, held: set[str]) -> Iterator[str]:
    """Yield the proper names none of whose words a table has."""
    for match in _RUN.finditer(text):
        terms = question.terms_of(match.group()) & set(question.terms)
        if terms and not terms & held:
            yield match.group()


def _labels(text: str, grids: Sequence[Grid]) -> Iterator[str]:
    """Yield what is called by a letter or a number, where a table has others that are called so and not it."""
    for match in _LABELLED.finditer(text):
        word, label = match.groups()
        if not analyze(word):
            continue
        of_kind = [label_ for grid in grids for label_ in _labels_of(grid, set(analyze(word)))]
        if len(of_kind) > 1 and label not in of_kind:
            yield match.group()


def _labels_of(grid: Grid, kind: set[str]) -> Iterator[str]:
    """Yield the letters and numbers by which a table calls things of a kind, in its names of columns and cells."""
    for column, name in enumerate(grid.block.columns):
        words = name.split()
        if kind <= set(analyze(name)):
            yield words[-1]
            if len(words) == 1:
                yield from (row[column] for row in grid.cells if len(row[column]) <= 2)
        if len(name) == 1:
            yield name
    for row in range(len(grid.cells)):
        found = (label for cell in grid.cells[row] for label in _LABELLED.findall(cell))
        yield from (behind for word, behind in found if kind <= set(analyze(word)))


def _kinds(text: str, question: Question, grids: Sequence[Grid], index: Index, held: set[str]) -> Iterator[str]:
    """Yield the words of no document that tell one thing of a column's kind from the others: 'the polo club'."""
    for grid in grids:
        for column in _columns_of_names(grid):
            for kind in grid.block.columns[column].split():
                for match in re.finditer(rf"\b{_ONE} ([^\W\d_]{{3,}}) {re.escape(kind)}\b", text, re.IGNORECASE):
                    terms = question.terms_of(match[1])
                    if (
                        terms
                        and not terms & held
                        and not DEGREE.fullmatch(match[1])
                        and not any(map(index.knows, terms))
                    ):
                        yield match[1]


def _things(text: str, question: Question, grid: Grid, index: Index) -> Iterator[str]:
    """Yield the things that no document speaks of, and no row is called anything like: 'the brewery'."""
    for match in _THING.finditer(text):
        terms = question.terms_of(match[1])
        if not terms or any(map(index.knows, terms)) or measure_terms(match[1]):
            continue
        if DEGREE.fullmatch(match[1]) or _ADJECTIVE.fullmatch(match[1]):
            continue
        names = [grid.name(row) for row in grid.parts()]
        others = [*filter(None, names), *filter(None, grid.block.columns), grid.block.label]
        if max(index.cosines(match[1], others)) < _LIKE:
            yield match[1]


def _columns_of_names(grid: Grid) -> list[int]:
    """The columns whose cells are names of things, all or most of them different."""
    found = []
    for column in range(len(grid.block.columns)):
        cells = [row[column] for row in grid.cells if row[column]]
        worded = sum(any(ch.isalpha() for ch in cell) for cell in cells)
        if cells and worded > len(cells) / 2 and len(set(cells)) > len(cells) / 2:
            found.append(column)
    return found
