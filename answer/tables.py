"""Answer from tables: the rows that a question names, the extreme of a column, or the table whole."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from answer.evidence import Evidence
from answer.features import coverage
from answer.question import AnswerType, Question
from core.records import Block, BlockKind, Document, Span
from index import Index
from index.terms import analyze
from ingest import block_at, row_cells

__all__ = ["FIT", "TableAnswer", "answer_from_table", "whole_table"]

MOST_WORDS = 180  # a longer table is cut after a row
MOST_ROWS = 12
FIT = 0.75  # the share of a question's weight that a table's words must hold for its rows to answer without more ado
_LEADING = 6  # passages among which a table must be to be considered

_DOWN = re.compile(
    r"\b(?:smallest|least|lowest|shortest|fewest|earliest|lightest|cheapest|slowest|youngest|driest|thinnest|"
    r"narrowest|minimum|first|oldest|nearest|coldest|weakest|poorest|newest down)\b"
)
_UP = re.compile(
    r"\b(?:most|maximum|latest|newest|last|\w{2,}(?:gest|test|hest|iest|dest|lest|nest|mest|rest|pest|est))\b"
)
_NOT_UP = frozenset(
    "west forest interest request test rest harvest invest suggest guest honest modest protest best chest nest".split()
)
_DATED = re.compile(r"\b(?:earliest|latest|newest|oldest|first|last|most recent)\b")
_FIGURE = re.compile(r"-?\d[\d,  ]*(?:\.\d+)?")
_YEAR = re.compile(r"(?:1[5-9]|20)\d\d$")
_WHOLE = re.compile(r"\b(?:whole|entire|full|complete|all)\b|\b(?:show|list|give)\b", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class TableAnswer:
    """The rows that answer, as evidence, and the share (0 to 1) of the question's weight that the table holds."""

    rows: tuple[Evidence, ...]
    fit: float


@dataclass(frozen=True, slots=True)
class _Table:
    """A table among the hits: where its caption and rows stand, and its cells, merged ones filled."""

    document: Document
    block: Block
    rows: tuple[Span, ...]
    cells: tuple[tuple[str, ...], ...]
    heading: frozenset[str]

    def row_text(self, i: int) -> str:
        """Return a row as text."""
        return " ".join(self.cells[i])


def answer_from_table(
    question: Question, evidence: Sequence[Evidence], index: Index, documents: Mapping[str, Document]
) -> TableAnswer | None:
    """Return the rows of a table among the best passages that answer; None when no table does better than prose.

    Args:
        question: as read.
        evidence: scored sentences, best first.
        index: gives the rarity of terms, and passages by place.
        documents: by id.
    """
    best: TableAnswer | None = None
    for table in _leading_tables(question, evidence, documents):
        chosen = _extreme(question, table) or (_named_rows(question, table, index) if _leads(table, evidence) else [])
        if not chosen:
            continue
        held = set(table.heading).union(*(question.terms_of(table.row_text(i)) for i in chosen))
        fit = coverage([t for t in question.terms if t not in _superlatives(question)], held, index.idf)
        rows = tuple(_as_evidence(table, i, evidence, index) for i in chosen[:MOST_ROWS])
        if best is None or fit > best.fit:
            best = TableAnswer(tuple(row for row in rows if row), fit)
    return best if best and best.rows else None


def whole_table(quotes: Sequence[Evidence], documents: Mapping[str, Document]) -> Evidence | None:
    """Return the only quote widened from a caption to the rows under it; footnotes and source line are left off.

    None when there are other quotes, when this one is no caption, or when the cells of its table are not known.
    """
    if len(quotes) != 1:
        return None
    caption = quotes[0]
    document = documents[caption.hit.passage.document_id]
    start, end = caption.span
    table = next((b for b in document.blocks if b.kind is BlockKind.TABLE and b.start == start), None)
    if table is None or not table.columns or end != start + len(table.label):
        return None
    for _, row_end in (line for line in table.lines if "\t" in document.text[line[0] : line[1]]):
        if len(document.text[start:row_end].split()) > MOST_WORDS:
            break
        end = row_end
    return replace(caption, span=(start, end), text=document.text[start:end])


def _leading_tables(
    question: Question, evidence: Sequence[Evidence], documents: Mapping[str, Document]
) -> Iterator[_Table]:
    """Yield the tables whose cells are known and that hold one of the best passages."""
    seen: set[tuple[str, int]] = set()
    hits = {e.hit.passage.id: e.hit for e in evidence}.values()
    best = dict.fromkeys([e.hit.passage.id for e in evidence][: 3 * _LEADING])
    for hit in hits:
        passage = hit.passage
        if hit.rank > _LEADING and passage.id not in list(best)[:_LEADING]:
            continue
        document = documents[passage.document_id]
        block = block_at(document, passage.start)
        if not block.columns or (document.id, block.start) in seen:
            continue
        seen.add((document.id, block.start))
        rows = tuple(line for line in block.lines[1:] if document.text.count("\t", *line) == len(block.columns) - 1)
        cells = tuple(row_cells(document, block, row) for row in rows)
        heading = question.terms_of(" ".join((block.label, *block.columns, *block.section)))
        yield _Table(document, block, rows, cells, frozenset(heading))


def _leads(table: _Table, evidence: Sequence[Evidence]) -> bool:
    """Say whether the best sentence of all is one of a table's."""
    best = evidence[0]
    return best.hit.passage.document_id == table.document.id and table.block.start <= best.span[0] < table.block.end


def _extreme(question: Question, table: _Table) -> list[int]:
    """The row with the largest or smallest figure, when that is asked and one column is plainly meant."""
    direction = _direction(question.text.lower())
    if not direction or len(table.cells) < 2:
        return []
    dated = bool(_DATED.search(question.text.lower()))
    columns = [c for c in range(len(table.block.columns)) if _is_numeric(table, c, dated=dated)]
    asked = set(question.terms)
    fits = {c: len(asked.intersection(_stems(table.block.columns[c]))) for c in columns}
    best = [c for c in columns if fits[c] == max(fits.values())]
    if len(best) != 1:
        return []
    named = _cell_terms(question, table) - _superlatives(question)
    values = {i: value for i, row in enumerate(table.cells) if (value := _figure(row[best[0]])) is not None}
    wanted = {i: v for i, v in values.items() if named <= question.terms_of(table.row_text(i))} or values
    extreme = (max if direction > 0 else min)(wanted.values())
    return [i for i, value in wanted.items() if value == extreme]


def _named_rows(question: Question, table: _Table, index: Index) -> list[int]:
    """The rows that hold most of what the question names and the table's heading does not."""
    named = _cell_terms(question, table)
    if not named:
        return list(range(len(table.cells))) if _asks_for_all(question, table, index) else []
    shares = [coverage(named, question.terms_of(table.row_text(i)), index.idf) for i in range(len(table.cells))]
    return [i for i, share in enumerate(shares) if share == max(shares)]


def _asks_for_all(question: Question, table: _Table, index: Index) -> bool:
    wants_all = question.answer_type is AnswerType.LIST or bool(_WHOLE.search(question.text))
    return wants_all and coverage(question.terms, table.heading, index.idf) >= FIT


def _cell_terms(question: Question, table: _Table) -> set[str]:
    """The terms of a question that stand in the cells of a table and not in its caption or the names of its columns."""
    cells = question.terms_of(" ".join(cell for row in table.cells for cell in row))
    return (set(question.terms) & cells) - table.heading


def _direction(text: str) -> int:
    if _DOWN.search(text):
        return -1
    return int(any(word not in _NOT_UP for word in _UP.findall(text)))


def _superlatives(question: Question) -> set[str]:
    text = question.text.lower()
    words = [*_DOWN.findall(text), *(word for word in _UP.findall(text) if word not in _NOT_UP)]
    return {term for word in words for term in analyze(word)}


def _is_numeric(table: _Table, column: int, *, dated: bool) -> bool:
    cells = [row[column] for row in table.cells if row[column]]
    figures = [cell for cell in cells if _figure(cell) is not None]
    years = sum(bool(_YEAR.match(cell.strip())) for cell in cells)
    counting = [_figure(cell) for cell in figures] == list(range(1, len(figures) + 1))
    return bool(cells) and len(figures) >= 0.6 * len(cells) and (years > len(cells) / 2) is dated and not counting


def _figure(cell: str) -> float | None:
    match = _FIGURE.search(cell)
    return float(re.sub(r"[^\d.-]", "", match.group())) if match else None


def _stems(text: str) -> set[str]:
    return set(analyze(text))


def _as_evidence(table: _Table, i: int, evidence: Sequence[Evidence], index: Index) -> Evidence | None:
    """A row as evidence: as it was scored, or with the passage that holds it when that was not retrieved."""
    document, span = table.document, table.rows[i]
    for e in evidence:
        if e.hit.passage.document_id == document.id and e.span == span:
            return e
    hits = index.hits_in(document.id, span)
    return replace(evidence[0], hit=hits[0], span=span, text=document.text[slice(*span)]) if hits else None
