"""Mark in the quotes of an answer what answers: a span to be set in bold, or the items of a list."""

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import replace

from answer.figures import figure_in
from answer.listing import cell_items, items_in
from answer.question import Question
from answer.sought import Sought, asks_for_several, sought_in
from answer.spans import NUMERIC, answer_span
from core.records import BlockKind, Citation, Document, Span
from ingest import block_at

__all__ = ["with_forms"]

_BRACKETS = re.compile(r"\([^()]*\)|\[[^\[\]]*\]")
_KIND = re.compile(r"\b(?:which|what)\s+([\w’'-]+)", re.IGNORECASE)
_COUNTING = re.compile(r"\d{1,3}\.?")  # the number of a row


def with_forms(
    question: Question,
    citations: Sequence[Citation],
    documents: Mapping[str, Document],
    idf: Callable[[str], float] = lambda term: 1.0,
    asked: Question | None = None,
) -> tuple[Citation, ...]:
    """Return the citations, the first with the span that answers, or those of a list with its items.

    The items of a sentence or of one row's cell are of one citation; of several rows each has one. Where what answers
    is not plain, citations are as they were.

    Args:
        question: as read, with what it leaves out.
        citations: in the order of the answer.
        documents: by id.
        idf: gives the rarity of a term.
        asked: the question as it was asked, where that differs; it tells better what is wanted: 'When?'.
    """
    if not citations:
        return ()
    wanted = asked if asked and sought_in(asked) else question
    several, sought = asks_for_several(wanted), sought_in(wanted)
    if _is_row(citations[0], documents):
        return _with_cells(question, sought, citations, documents, several=several)
    if several:
        return _with_items(citations, documents)
    first, document = citations[0], documents[citations[0].document]
    if sought is None or "\t" in first.quote:
        return tuple(citations)
    span = answer_span(question, sought, first.quote, _masked(document, first), idf)
    highlighted = replace(first, highlight=_placed(first, span)) if span else first
    return (highlighted, *citations[1:])


def _with_items(citations: Sequence[Citation], documents: Mapping[str, Document]) -> tuple[Citation, ...]:
    """The citations, the first that enumerates anything with its items; two may be a list in the first of all."""
    for i, c in enumerate(citations):
        items = () if "\t" in c.quote else items_in(c.quote, _masked(documents[c.document], c))
        if len(items) > 2 or (items and not i):
            listed = replace(c, items=tuple(_placed(c, item) for item in items))
            return (*citations[:i], listed, *citations[i + 1 :])
    return tuple(citations)


def _with_cells(
    question: Question,
    sought: Sought | None,
    citations: Sequence[Citation],
    documents: Mapping[str, Document],
    *,
    several: bool,
) -> tuple[Citation, ...]:
    """The citations, those that are rows of the first one's table with the cell that is asked for."""
    document = documents[citations[0].document]
    table = block_at(document, citations[0].start)
    rows = [
        c
        for c in citations
        if c.document == document.id and _is_row(c, documents) and block_at(document, c.start) == table
    ]
    columns = {_column_asked(question, sought, table.columns, c.quote.split("\t")) for c in rows}
    column = columns.pop() if len(columns) == 1 else None
    if column is None:
        return tuple(citations)
    cells = {c.marker: _cell(c, column) for c in rows}
    if several and len(rows) == 1:
        start, end = cells[rows[0].marker]
        items = tuple((start + a, start + b) for a, b in cell_items(document.text[start:end]))
        if len(items) > 1:
            return tuple(replace(c, items=items) if c is rows[0] else c for c in citations)
    shown = {marker: cell for marker, cell in cells.items() if cell[0] < cell[1]}
    if several and len(rows) > 1:
        return tuple(replace(c, items=(shown[c.marker],)) if c.marker in shown else c for c in citations)
    return tuple(replace(c, highlight=shown[c.marker]) if c.marker in shown else c for c in citations)


def _is_row(citation: Citation, documents: Mapping[str, Document]) -> bool:
    """Say whether a quote is one row of a table whose cells are known."""
    table = block_at(documents[citation.document], citation.start)
    return table.kind is BlockKind.TABLE and 1 < len(table.columns) == citation.quote.count("\t") + 1


def _column_asked(
    question: Question, sought: Sought | None, columns: Sequence[str], cells: Sequence[str]
) -> int | None:
    """Return the column of a row that a question asks for, by its name or by what it holds; None in doubt.

    The cell that has most of the question's words is what it asks about, not what it asks for.
    """
    names = [question.terms_of(name) for name in columns]
    kind = _KIND.search(question.text)
    noun = question.terms_of(kind[1]) if kind else set()
    says = [question.terms_of(cell) for cell in cells]
    kinds = [i for i, terms in enumerate(says) if noun & terms]
    if len(kinds) == 1 and not any(name.intersection(question.terms) for name in names):
        return kinds[0]  # 'Which mill' asks for the cell that says 'mill'
    wanted = set(question.terms).difference(noun, *names)
    held = [len(terms & wanted) for terms in says]
    asks = [len(name.intersection(question.terms)) for name in names]
    about = max(range(len(cells)), key=lambda i: (held[i], -asks[i], i not in kinds)) if max(held) else None
    told = set() if about is None else says[about]
    asks = [len(name.intersection(question.terms) - told) + 2 * (i in kinds) for i, name in enumerate(names)]
    open_ = [i for i, cell in enumerate(cells) if cell and i != about and (i or not _COUNTING.fullmatch(cell))]
    figures = [i for i, cell in enumerate(cells) if i and i != about and figure_in(cell) is not None]
    if sought in NUMERIC:
        open_ = figures
    named = [i for i in open_ if asks[i] and asks[i] == max(asks[j] for j in open_)]
    if len(named) == 1:
        return named[0]
    if sought in NUMERIC:
        return figures[0] if len(figures) == 1 else None
    if sought in (Sought.NAME, Sought.PERSON, Sought.PLACE) and about is None and open_:
        return open_[0]
    only = sought in (None, Sought.NAME) and about is not None and len(open_) == 1
    return open_[0] if only and set(figures) <= {open_[0]} else None


def _cell(citation: Citation, column: int) -> Span:
    """Where a cell of a row that is quoted stands."""
    cells = citation.quote.split("\t")
    start = citation.start + sum(len(cell) + 1 for cell in cells[:column])
    return start, start + len(cells[column])


def _masked(document: Document, citation: Citation) -> list[Span]:
    """What of a quote answers nothing: its citations in brackets, and the markers of notes."""
    return [(start - citation.start, end - citation.start) for start, end in _beside(document, citation)]


def _beside(document: Document, citation: Citation) -> Iterator[Span]:
    cited = [c for c in document.cited if citation.start <= c.start and c.end <= citation.end]
    for bracket in _BRACKETS.finditer(document.text, citation.start, citation.end):
        if any(bracket.start() < c.start and c.end < bracket.end() for c in cited):
            yield bracket.span()
    for ref in document.note_refs:
        if citation.start <= ref.start and ref.end <= citation.end:
            yield ref.start, ref.end
    for c in cited:
        if c.form == "narrative" and (year := re.search(r"\([^()]*\)", c.raw)):
            yield c.start + year.start(), c.start + year.end()


def _placed(citation: Citation, span: Span) -> Span:
    return citation.start + span[0], citation.start + span[1]
