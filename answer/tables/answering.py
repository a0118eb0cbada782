"""Answer from tables: the rows that a question names, the extreme of a column, a source line, or the table whole."""

import re
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace

from answer.bounds import asks_for_bound
from answer.evidence import Evidence
from answer.features import coverage
from answer.question import AnswerType, Question
from answer.tables.conditions import Met, asked_terms, rows_meeting
from answer.tables.extremes import asks_for_extreme, find_extreme
from answer.tables.grids import Grid, denies, leads, near_grids
from answer.tables.lookups import FIT, NOT_OF_CELLS, lacking, rows_named, rows_within
from answer.tables.uncaptioned import table_under_heading
from answer.tables.whole import LISTS, MOST_WORDS, SHOWS
from core.records import BlockKind, Document, PassageKind, Span
from index import Index

__all__ = [
    "TableAnswer",
    "answer_from_table",
    "as_evidence",
    "but_source_lines",
    "captioned",
    "speaks_of_table",
    "whole_table",
    "with_rows_meant",
]

MOST_ROWS = 12

_NEAR = 3  # sentences; a table that holds one of the best so many is near to a question
# By how much prose may be nearer to a question than the rows of a column that it names; by the documents of tests/data.
_NAMED_COLUMN = 0.15

_WHOLE = re.compile(
    r"\b(?:whole|entire|full|complete|all|show|list|give|display|(?:every|each) (?:row|line|entry))\b", re.IGNORECASE
)
_SEVERAL = re.compile(r"\W*(?:who|which|what) (?:are|were)\b", re.IGNORECASE)
_PLURAL = re.compile(r"\b(?:which|what) ([a-z]+s)\b", re.IGNORECASE)
_ORIGIN = re.compile(r"\b(?:come from|comes from|came from|taken from|based on|sources?|origins?)\b", re.IGNORECASE)
_OF_A_TABLE = re.compile(r"\b(?:tables?|figures|numbers|data)\b", re.IGNORECASE)
_TABLE = re.compile(r"\btables?\b(?! \d)", re.IGNORECASE)
_FIT_LISTED = 0.5  # the share of the weight of a question for all of something that stands over its rows
_MEASURED = re.compile(r"\d[\d.,]*\s*(?:[%°€$£]\s?\w?|[^\W\d_]+)")  # a figure with its unit
_SOURCE_LINE = re.compile(r"(?:Data )?Sources?\s*:", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class TableAnswer:
    """The rows that answer, as evidence; `sure` says that they answer whatever the confidence is.

    Sure that none does, `reason` says why.
    """

    rows: tuple[Evidence, ...]
    sure: bool
    reason: str = ""


def answer_from_table(question: Question, evidence: Sequence[Evidence], index: Index) -> TableAnswer | None:
    """Return the rows of a table among the retrieved passages that answer; None when no table does.

    Args:
        question: as read.
        evidence: scored sentences, best first; not empty.
        index: gives the documents, the rarity of terms, cosines, and passages by place.
    """
    captions = {e.hit.passage.start for e in evidence if e.hit.passage.id in index.tables_named(question.text)}
    grids = sorted(near_grids(question, evidence, index.documents), key=lambda grid: grid.block.start not in captions)
    of_cells = question.answer_type not in NOT_OF_CELLS or any(_asks_for_names(question, grid) for grid in grids)
    look = rows_within(question, grids, index.idf, index.cosines)  # before what is most: 'a first plant before 1990'
    extreme = of_cells and not look and asks_for_extreme(question)
    if extreme and (found := _extreme_rows(question, evidence, grids, index)):
        return TableAnswer(found, sure=True)
    look = look or rows_named(question, grids, index.idf, index.cosines)
    if look:
        spans = [look.grid.rows[row] for row in look.rows[:MOST_ROWS]]
        return TableAnswer(as_evidence(look.grid, spans, evidence, index), sure=True)
    if of_cells and (found := _rows_that_meet(question, evidence, grids, index)):
        return TableAnswer(found, sure=True)
    if under := table_under_heading(question, evidence, index):
        return TableAnswer((under,), sure=True)
    if not grids or not (grids[0].block.start in captions or leads(grids[0], evidence)):
        return None
    grid = next((g for g in grids if _is_asked_for(question, g, index)), grids[0])
    if _ORIGIN.search(question.text) and _OF_A_TABLE.search(question.text) and (line := _source_line(grid)):
        return TableAnswer(as_evidence(grid, [line], evidence, index), sure=True)
    of_number = grid.block.start in captions and set(asked_terms(question)) <= grid.heading | SHOWS
    if grid.block.label and (of_number or _is_asked_for(question, grid, index)):
        caption = (grid.block.start, grid.block.start + len(grid.block.label))
        shown = whole_table(as_evidence(grid, [caption], evidence, index), question, index.documents)
        return TableAnswer((shown,), sure=True) if shown else None
    met = rows_meeting(question, grid)
    if met and not met.rows:
        return _none(question, grid, met, evidence, index)
    chosen = _named_rows(question, grid, met, index)
    rows = as_evidence(grid, [grid.rows[row] for row in chosen[:MOST_ROWS]], evidence, index)
    held = grid.heading.union(*(question.terms_of(grid.row_text(row)) for row in chosen))
    fits = coverage(asked_terms(question), held, index.idf) >= FIT or _has_key(question, grid, chosen, held)
    sure = (
        fits
        and of_cells
        and not asks_for_bound(question.text)
        and not lacking(question, grid) - (met.terms if met else set())
    )
    return TableAnswer(rows, sure) if rows else None


def speaks_of_table(text: str, index: Index) -> bool:
    """Say whether a question is about a table as such, or about where figures come from."""
    return bool(index.tables_named(text) or (_ORIGIN.search(text) and _OF_A_TABLE.search(text)))


def with_rows_meant(
    question: Question, quotes: Sequence[Evidence], evidence: Sequence[Evidence], index: Index
) -> tuple[Evidence, ...]:
    """Return quotes with those rows of a table that meet what a question asks of its cells, and no others of it.

    Args:
        question: as read.
        quotes: chosen as sentences; rows of a table among them.
        evidence: scored sentences, best first.
        index: gives the documents, and passages by place.
    """
    kept = list(quotes)
    for grid in near_grids(question, [q for q in quotes if "\t" in q.text], index.documents):
        met = rows_meeting(question, grid)
        rows = [q for q in kept if q.hit.passage.document_id == grid.document.id and q.span in grid.rows]
        if not met or not met.rows or not rows:
            continue
        meant = as_evidence(grid, [grid.rows[row] for row in met.rows[:MOST_ROWS]], evidence, index)
        at = kept.index(rows[0])
        kept[at:] = [*meant, *(q for q in kept[at:] if q not in rows)]
    return tuple(kept)


def but_source_lines(question: Question, evidence: Sequence[Evidence]) -> list[Evidence]:
    """Return evidence without what tables say of their sources, but where only that has a name that is asked for."""
    others = [e for e in evidence if not (e.hit.passage.kind is PassageKind.TABLE and _SOURCE_LINE.match(e.text))]
    lacking = question.names.difference(*(question.terms_of(e.text) for e in others))
    return [e for e in evidence if e in others or lacking & question.terms_of(e.text)] if lacking else others


def whole_table(quotes: Sequence[Evidence], question: Question, documents: Mapping[str, Document]) -> Evidence | None:
    """Return a caption among the quotes widened to the rows under it; footnotes and source line are left off.

    None when the first caption is not the only quote and the question does not ask for a table whole, or when the
    cells of its table are not known.
    """
    captions = [(quote, table) for quote in quotes if (table := captioned(quote, documents))]
    if not captions or (len(quotes) > 1 and not _WHOLE.search(question.text)):
        return None
    caption, (document, lines) = max(captions, key=lambda pair: pair[0].score)
    start, end = caption.span
    for _, row_end in lines:
        if len(document.text[start:row_end].split()) > MOST_WORDS:
            break
        end = row_end
    return replace(caption, span=(start, end), text=document.text[start:end])


def captioned(quote: Evidence, documents: Mapping[str, Document]) -> tuple[Document, tuple[Span, ...]] | None:
    """Return the rows of the table of which a quote is the caption, and its document; None for any other quote."""
    document = documents[quote.hit.passage.document_id]
    start, end = quote.span
    table = next((b for b in document.blocks if b.kind is BlockKind.TABLE and b.start == start), None)
    if table is None or not table.columns or end != start + len(table.label):
        return None
    return document, tuple(line for line in table.lines if "\t" in document.text[slice(*line)])


def _extreme_rows(
    question: Question, evidence: Sequence[Evidence], grids: Sequence[Grid], index: Index
) -> tuple[Evidence, ...]:
    """The extreme rows of the table whose column is nearest to the question, if nearer than any sentence."""
    found = [(extreme, grid) for grid in grids if (extreme := find_extreme(question, grid, index.cosines))]
    if not found:
        return ()
    extreme, grid = max(found, key=lambda pair: pair[0].similarity)
    prose = max((e.feature("sentence_cosine") for e in evidence if "\t" not in e.text), default=0.0)
    if extreme.similarity < prose - _NAMED_COLUMN * extreme.named and not leads(grid, evidence):
        return ()
    return as_evidence(grid, [grid.rows[row] for row in extreme.rows[:MOST_ROWS]], evidence, index)


def _rows_that_meet(
    question: Question, evidence: Sequence[Evidence], grids: Sequence[Grid], index: Index
) -> tuple[Evidence, ...]:
    """The rows that meet the conditions of a question in a table that is near and has nearly all that it asks."""
    for grid in grids:
        if not any(leads(grid, evidence[place:]) for place in range(min(_NEAR, len(evidence)))):
            continue
        met = rows_meeting(question, grid)
        if (
            not met
            or not met.rows
            or not met.plain
            or lacking(question, grid) - met.terms
            or asks_for_bound(question.text)
        ):
            continue
        held = grid.heading.union(met.terms, *(question.terms_of(grid.row_text(row)) for row in met.rows))
        if coverage(asked_terms(question), held, index.idf) >= FIT:
            rows = _named_rows(question, grid, met, index)
            return as_evidence(grid, [grid.rows[row] for row in rows[:MOST_ROWS]], evidence, index)
    return ()


def _is_asked_for(question: Question, grid: Grid, index: Index) -> bool:
    """Say whether a question asks for a table whole by what it is of: 'Show the table of pumps', 'List all codes'."""
    if not _WHOLE.search(question.text):
        return False
    asked = set(asked_terms(question)) - SHOWS
    if _TABLE.search(question.text):
        return asked <= grid.heading
    wants = LISTS.search(question.text) and bool(asked) and not rows_meeting(question, grid)
    return bool(wants) and coverage(sorted(asked), grid.heading, index.idf) >= _FIT_LISTED


def _source_line(grid: Grid) -> Span | None:
    text = grid.document.text
    return next((line for line in grid.block.lines if _SOURCE_LINE.match(text, line[0])), None)


def _none(question: Question, grid: Grid, met: Met, evidence: Sequence[Evidence], index: Index) -> TableAnswer | None:
    """That no row has what a question asks to have together, if the table has all else and no sentence says so."""
    held = grid.heading.union(*(question.terms_of(grid.row_text(row)) for row in range(len(grid.cells))))
    elsewhere = any(met.terms <= question.terms_of(e.text) for e in evidence if "\t" not in e.text)
    if elsewhere or coverage(asked_terms(question), held, index.idf) < FIT:
        return None
    *first, last = (f"‘{value}’" for value in met.values)
    return TableAnswer((), sure=True, reason=f"No row of its table has {', '.join(first)} and {last} together.")


def _named_rows(question: Question, grid: Grid, met: Met | None, index: Index) -> list[int]:
    """The rows that meet a question's conditions and hold most of what else it names and the heading does not."""
    said = grid.row_text if denies(question.text) else grid.said
    cells = question.terms_of(" ".join(map(said, range(len(grid.cells)))))
    named = (set(asked_terms(question)) & cells) - grid.heading - (met.terms if met else set())
    if met and len(named) < 2:  # one word more may stand in a row by chance
        return list(met.rows)
    if not named:
        return list(range(len(grid.cells))) if _asks_for_all(question, grid, index) else []
    measured = _measured_rows(question, grid)
    rows = [row for row in measured if row in met.rows] or met.rows if met else measured
    shares = {row: coverage(named, question.terms_of(said(row)), index.idf) for row in rows}
    return [row for row, share in shares.items() if share == max(shares.values())]


def _measured_rows(question: Question, grid: Grid) -> list[int]:
    """The rows that hold the figures of a question with their units, if any does; '15 percent' is not '15 °C'."""
    rows = list(range(len(grid.cells)))
    for measured in _MEASURED.findall(question.text):
        wanted = "".join(measured.casefold().split())
        holding = [row for row in rows if wanted in "".join(grid.row_text(row).casefold().split())]
        rows = holding or rows
    return rows


def _asks_for_all(question: Question, grid: Grid, index: Index) -> bool:
    wants_all = question.answer_type is AnswerType.LIST or any(p.search(question.text) for p in (_WHOLE, _SEVERAL))
    wants_all = wants_all or _asks_for_names(question, grid)
    return wants_all and coverage(asked_terms(question), grid.heading, index.idf) >= FIT


def _asks_for_names(question: Question, grid: Grid) -> bool:
    """Say whether a question asks for things as the first column calls them: 'Which causes' those under 'Cause'."""
    called = question.terms_of(grid.block.columns[0])
    return any(called and called == question.terms_of(plural) for plural in _PLURAL.findall(question.text))


def _has_key(question: Question, grid: Grid, rows: Sequence[int], held: Collection[str]) -> bool:
    """Say whether a question gives a row's own code ('E09') and asks of little else that the table does not hold."""
    codes = {term for term in question.terms if any(ch.isdigit() for ch in term) and any(ch.isalpha() for ch in term)}
    keyed = len(rows) == 1 and any(question.terms_of(cell) <= codes for cell in grid.cells[rows[0]][:2] if cell)
    return keyed and sum(term not in held for term in question.terms) <= 3


def as_evidence(grid: Grid, spans: Sequence[Span], evidence: Sequence[Evidence], index: Index) -> tuple[Evidence, ...]:
    """Lines of a table as evidence: as they were scored, or with the passages that hold them where not retrieved."""
    scored = {(e.hit.passage.document_id, e.span): e for e in evidence}
    found = []
    for span in spans:
        text = grid.document.text[slice(*span)]
        if (known := scored.get((grid.document.id, span))) is not None:
            found.append(known)
        elif hits := index.hits_in(grid.document.id, span):
            found.append(replace(evidence[0], hit=hits[0], span=span, text=text))
    return tuple(found)
