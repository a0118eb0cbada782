"""Sentences that stand near one in its document, whether they were found or not."""

from collections.abc import Iterable
from dataclasses import replace

from answer.evidence import Evidence
from core.records import BlockKind, Document, Span
from index import Index
from ingest import block_at

__all__ = ["NEARBY", "behind", "sentences_behind", "within_paragraph"]

NEARBY = 1200  # characters between the first of several sentences and the last that is told of


def behind(told: Evidence, evidence: Iterable[Evidence]) -> list[Evidence]:
    """Return those of some sentences that stand not far behind one, in the order of the text."""
    document, end = told.hit.passage.document_id, told.span[1]
    found = {e.span: e for e in evidence if e.hit.passage.document_id == document and end <= e.span[0] < end + NEARBY}
    return [found[span] for span in sorted(found)]


def sentences_behind(told: Evidence, index: Index) -> list[Evidence]:
    """Return the sentences that stand not far behind one, in the order of the text, whether they were found or not."""
    end = told.span[1]
    document = index.documents[told.hit.passage.document_id]
    level = _depth(document, told)
    found = behind(told, _sentences(told, (end, end + NEARBY), index))
    return [replace(e, under=_depth(document, e) - level) for e in found]


def within_paragraph(told: Evidence, index: Index) -> tuple[Evidence | None, Evidence | None]:
    """Return the sentences before and behind one in its paragraph; None where it opens or ends that."""
    block = block_at(index.documents[told.hit.passage.document_id], told.span[0])
    near = [e for e in _sentences(told, (block.start, block.end), index) if block.start <= e.span[0] < block.end]
    before = max((e for e in near if e.span[1] <= told.span[0]), key=lambda e: e.span, default=None)
    return before, min((e for e in near if e.span[0] >= told.span[1]), key=lambda e: e.span, default=None)


def _depth(document: Document, told: Evidence) -> int:
    """How deep in lists the paragraph of a sentence stands."""
    block = block_at(document, told.span[0])
    return block.level if block.kind is BlockKind.PARAGRAPH else 0


def _sentences(told: Evidence, place: Span, index: Index) -> list[Evidence]:
    """The sentences of the passages, of the kind that one is from, that overlap a slice of its document."""
    passage = told.hit.passage
    return [
        Evidence(hit, span, hit.passage.text[span[0] - hit.passage.start : span[1] - hit.passage.start])
        for hit in index.hits_in(passage.document_id, place)
        if hit.passage.kind is passage.kind
        for span in hit.passage.sentences
    ]
