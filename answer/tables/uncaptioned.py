"""Show a table without a caption whole, by the heading that it stands under."""

from collections.abc import Sequence
from dataclasses import replace

from answer.evidence import Evidence
from answer.question import Question
from answer.tables.whole import LISTS, MOST_WORDS, SHOWS
from core.records import Block, BlockKind, Document
from index import Index

__all__ = ["table_under_heading"]


def table_under_heading(question: Question, evidence: Sequence[Evidence], index: Index) -> Evidence | None:
    """Return the rows of a table under the names of its columns; None where no one table is asked for so.

    Args:
        question: asks to be shown or given something.
        evidence: scored sentences, best first, whose document is looked into; not empty.
        index: gives the document, and passages by place.
    """
    asked = set(question.terms) - SHOWS
    if not asked or not LISTS.search(question.text):
        return None
    document = index.documents[evidence[0].hit.passage.document_id]
    bare = [b for b in document.blocks if b.kind is BlockKind.TABLE and b.columns and not b.label and b.section]
    named = [table for table in bare if asked <= question.terms_of(table.section[-1])]
    if len(named) != 1:
        return None
    hits = index.hits_in(document.id, named[0].lines[1])
    span = named[0].start, _end(document, named[0])
    return replace(evidence[0], hit=hits[0], span=span, text=document.text[slice(*span)]) if hits else None


def _end(document: Document, table: Block) -> int:
    """Where the last row ends that there is room for."""
    ends = [end for _, end in table.lines[:2]]
    for _, end in table.lines[2:]:
        if len(document.text[table.start : end].split()) > MOST_WORDS:
            break
        ends.append(end)
    return ends[-1]
