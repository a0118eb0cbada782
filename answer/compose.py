"""Write the answer: quotes with their citations, or a refusal that names what came nearest."""

import logging
import re
from collections.abc import Mapping, Sequence
from dataclasses import replace

from answer.evidence import Evidence
from answer.voice import hear
from core.citing.secondary import write_secondary
from core.citing.styles import Style
from core.records import Citation, Difference, Document, Hit, Page, Ruled, Span, Voice
from core.settings import Settings
from index import QUOTES_WITHHELD, Index, count_event
from ingest import block_at, labelled_row, raised_text

__all__ = ["WITHHELD", "cite", "even_spaces", "lead_words", "refusal_text", "with_hits", "write_quotes"]

_NEAREST = 2
# The reason of a refusal to show quotes that are not in the source.
WITHHELD = "What was found is not shown: it differs from the source at its place. Index the document anew."
_SECONDARY = (Style.APA, Style.CHICAGO, Style.BIBTEX)
_LOG = logging.getLogger(__name__)


def cite(
    quotes: Sequence[Evidence], documents: Mapping[str, Document], settings: Settings | None = None
) -> tuple[Citation, ...]:
    """Return a citation for each quote, with whose voice it is in; markers count from 1.

    Only a quote that stands literally at its offsets in the document is cited; another one is dropped, so nothing is
    ever shown that the source does not say. What is dropped is logged, and counted in the corpus of `settings`.
    """
    citations: list[Citation] = []
    for evidence in quotes:
        document, (start, end) = documents[evidence.hit.passage.document_id], evidence.span
        if not _stands(evidence, documents):
            _LOG.warning("withheld a quote: %s says something else at %d to %d", document.id, start, end)
            continue
        page = document.page_at(start)
        voice, secondary = _voice(document, evidence.span, page)
        citations.append(
            Citation(
                marker=len(citations) + 1,
                document=document.id,
                section=evidence.hit.passage.section,
                page=page,
                quote=evidence.text,
                start=start,
                end=end,
                passage_id=evidence.hit.passage.id,
                voice=voice,
                secondary=secondary,
            )
        )
    if settings and len(citations) < len(quotes):
        count_event(settings, QUOTES_WITHHELD, len(quotes) - len(citations))
    return tuple(citations)


def with_hits(hits: Sequence[Hit], quotes: Sequence[Evidence], index: Index) -> tuple[Hit, ...]:
    """Return the hits, and behind them those that quotes come from and that were not ranked.

    A quote of a whole table comes from the passages of all its rows.
    """
    known = {hit.passage.id for hit in hits}
    found = (hit for q in quotes for hit in (q.hit, *index.hits_in(q.hit.passage.document_id, q.span)))
    more = {hit.passage.id: hit for hit in found if hit.passage.id not in known}
    return (*hits, *(replace(hit, rank=rank) for rank, hit in enumerate(more.values(), start=len(hits) + 1)))


def lead_words(verdict: Ruled, differences: Sequence[Difference]) -> str:
    """Return the words that an answer with a verdict leads with; none for one without."""
    told = ", ".join(f"you asked {d.written}, the text says {d.found}" for d in differences)
    instead = f"It says instead{f' ({told})' * bool(told)}:"
    return {Ruled.YES: "Yes.", Ruled.NO: f"No. {instead}", Ruled.INSTEAD: instead}.get(verdict, "")


def write_quotes(citations: Sequence[Citation], documents: Mapping[str, Document]) -> str:
    """Return the quotes as running text, each with its marker; note markers are raised, as they were in print."""
    return " ".join(f"{_readable(c, documents[c.document])} [{c.marker}]" for c in citations)


def refusal_text(evidence: Sequence[Evidence], reason: str, documents: Mapping[str, Document]) -> str:
    """Return what is said when the documents do not answer: so much, why, and the nearest passages.

    Of what is nearest, too, only what stands literally in its document is told.
    """
    if reason == WITHHELD:
        return reason
    nearest: dict[str, str] = {}
    for e in (e for e in evidence if _stands(e, documents)):
        place = ", ".join(
            part
            for part in (" > ".join(e.hit.passage.section), f"p. {e.hit.passage.page}" * bool(e.hit.passage.page))
            if part
        )
        nearest.setdefault(e.hit.passage.id, f"“{even_spaces(e.text)}”" + (f" ({place})" if place else ""))
        if len(nearest) == _NEAREST:
            break
    noun = "document does" if len(documents) == 1 else "documents do"
    text = f"The {noun} not say. {reason}"
    return text + (" Closest: " + "; ".join(nearest.values()) if nearest else "")


def _stands(evidence: Evidence, documents: Mapping[str, Document]) -> bool:
    """Say whether the document says at a quote's offsets what the quote does."""
    return documents[evidence.hit.passage.document_id].text[slice(*evidence.span)] == evidence.text


def _voice(document: Document, span: Span, page: Page | None) -> tuple[Voice, dict[str, str]]:
    """Whose voice a quote is in, and how what it reports or quotes is cited, by style."""
    heard = hear(document, span)
    written = {
        style.value: write_secondary(
            document,
            page,
            style,
            works=heard.works,
            speakers=heard.voice.speakers,
            quoted=heard.voice.kind == "quotation",
        )
        for style in _SECONDARY
        if heard.voice.kind != "own" and heard.voice.speakers
    }
    return heard.voice, written


def _readable(citation: Citation, document: Document) -> str:
    text = raised_text(document, (citation.start, citation.end))
    if "\n" in text and "\t" in text:
        lines = [" | ".join(filter(None, line.split("\t"))) for line in text.split("\n")]
        left_out = _rows_after(citation, document)
        return "\n\n".join([*lines, *([f"… and {left_out} more in the source"] if left_out else [])])
    if "\t" in text:
        text = labelled_row(document, (citation.start, citation.end), raised=True)
    return even_spaces(text)


def _rows_after(citation: Citation, document: Document) -> int:
    """How many rows of a table stand behind a quote of it."""
    table = block_at(document, citation.start)
    return sum(start >= citation.end and "\t" in document.text[start:end] for start, end in table.lines)


def even_spaces(text: str) -> str:
    """Return a text as an answer shows it: each run of white space is one space."""
    return re.sub(r"\s+", " ", text)
