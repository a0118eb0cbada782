"""Write the answer: quotes with their citations, or a refusal that names what came nearest."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import replace

from answer.evidence import Evidence
from core.records import Citation, Document, Hit
from index import Index
from ingest import block_at, labelled_row, raised_text

__all__ = ["cite", "refusal_text", "with_hits", "write_quotes"]

_NEAREST = 2


def cite(quotes: Sequence[Evidence], documents: Mapping[str, Document]) -> tuple[Citation, ...]:
    """Return a citation for each quote; markers count from 1.

    Only a quote that stands literally at its offsets in the document is cited; another one is dropped, so nothing is
    ever shown that the source does not say.
    """
    citations: list[Citation] = []
    for evidence in quotes:
        document, (start, end) = documents[evidence.hit.passage.document_id], evidence.span
        if document.text[start:end] != evidence.text:
            continue
        citations.append(
            Citation(
                marker=len(citations) + 1,
                document=document.id,
                section=evidence.hit.passage.section,
                page=document.page_at(start),
                quote=evidence.text,
                start=start,
                end=end,
                passage_id=evidence.hit.passage.id,
            )
        )
    return tuple(citations)


def with_hits(hits: Sequence[Hit], quotes: Sequence[Evidence], index: Index) -> tuple[Hit, ...]:
    """Return the hits, and behind them those that quotes come from and that were not ranked.

    A quote of a whole table comes from the passages of all its rows.
    """
    known = {hit.passage.id for hit in hits}
    found = (hit for q in quotes for hit in (q.hit, *index.hits_in(q.hit.passage.document_id, q.span)))
    more = {hit.passage.id: hit for hit in found if hit.passage.id not in known}
    return (*hits, *(replace(hit, rank=rank) for rank, hit in enumerate(more.values(), start=len(hits) + 1)))


def write_quotes(citations: Sequence[Citation], documents: Mapping[str, Document]) -> str:
    """Return the quotes as running text, each with its marker; note markers are raised, as they were in print."""
    return " ".join(f"{_readable(c, documents[c.document])} [{c.marker}]" for c in citations)


def refusal_text(evidence: Sequence[Evidence], reason: str) -> str:
    """Return what is said when the documents do not answer: so much, why, and the nearest passages."""
    nearest: dict[str, str] = {}
    for e in evidence:
        place = ", ".join(
            part
            for part in (" > ".join(e.hit.passage.section), f"p. {e.hit.passage.page}" * bool(e.hit.passage.page))
            if part
        )
        nearest.setdefault(e.hit.passage.id, f"“{_one_line(e.text)}”" + (f" ({place})" if place else ""))
        if len(nearest) == _NEAREST:
            break
    text = f"The document does not say. {reason}"
    return text + (" Closest: " + "; ".join(nearest.values()) if nearest else "")


def _readable(citation: Citation, document: Document) -> str:
    text = raised_text(document, (citation.start, citation.end))
    if "\n" in text and "\t" in text:
        lines = [" | ".join(filter(None, line.split("\t"))) for line in text.split("\n")]
        left_out = _rows_after(citation, document)
        return "\n\n".join([*lines, *([f"… and {left_out} more in the source"] if left_out else [])])
    if "\t" in text:
        text = labelled_row(document, (citation.start, citation.end), raised=True)
    return _one_line(text)


def _rows_after(citation: Citation, document: Document) -> int:
    """How many rows of a table stand behind a quote of it."""
    table = block_at(document, citation.start)
    return sum(start >= citation.end and "\t" in document.text[start:end] for start, end in table.lines)


def _one_line(text: str) -> str:
    return re.sub(r"\s+", " ", text)
