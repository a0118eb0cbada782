"""When a quoted span counts as gold evidence, and which sentences a span takes in."""

from collections.abc import Iterable, Mapping, Sequence

from core.records import Answer, Citation, Span
from eval.dataset import EvidenceSpan

__all__ = ["Sentences", "cited_sentences", "sentences_of", "stands_at"]

Sentences = Mapping[str, Sequence[Span]]  # the sentences and table rows of each document, by its id


def stands_at(citation: Citation | EvidenceSpan, gold: Iterable[EvidenceSpan]) -> bool:
    """Say whether a span shares with a gold quote at least half the characters of the shorter of the two."""
    place = _place(citation)
    return any(place.document == g.document and _meet(place.span, g.span) for g in gold)


def sentences_of(place: EvidenceSpan, sentences: Sentences) -> tuple[EvidenceSpan, ...]:
    """Return the sentences that a span takes in; the span itself where the document's sentences are not known."""
    found = tuple(EvidenceSpan(place.document, s) for s in sentences.get(place.document, ()) if _meet(s, place.span))
    return found or (place,)


def cited_sentences(answer: Answer, sentences: Sentences) -> tuple[EvidenceSpan, ...]:
    """Return the sentences that an answer cites, each once, in order."""
    return tuple(dict.fromkeys(s for c in answer.citations for s in sentences_of(_place(c), sentences)))


def _place(citation: Citation | EvidenceSpan) -> EvidenceSpan:
    if isinstance(citation, EvidenceSpan):
        return citation
    return EvidenceSpan(citation.document, (citation.start, citation.end))


def _meet(a: Span, b: Span) -> bool:
    shared = min(a[1], b[1]) - max(a[0], b[0])
    return shared > 0 and shared * 2 >= min(a[1] - a[0], b[1] - b[0])
