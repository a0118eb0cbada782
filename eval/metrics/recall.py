"""Was the evidence among the passages retrieved?"""

from collections.abc import Sequence

from core.records import Hit
from eval.dataset import EvidenceSpan

__all__ = ["evidence_recall", "first_ranks", "recall_at", "retrieved"]

Quotes = Sequence[Sequence[EvidenceSpan]]


def retrieved(hits: Sequence[Hit]) -> tuple[Hit, ...]:
    """Return the hits that a search ranked, without those that an answerer put behind them for its quotes.

    Those were found by their place alone and have no score (answer.compose.with_hits); a passage that a question names
    is found by its place too, but is ranked first and scored.
    """
    return tuple(hit for hit in hits if hit.retrievers != ("place",) or hit.score > 0)


def first_ranks(hits: Sequence[Hit], quotes: Quotes) -> tuple[int | None, ...]:
    """Return for each gold quote how many hits it takes, from the first on, to hold it; None when all do not.

    A quote is given by all its places, and held when passages hold at least half its characters at one of them.
    """
    ranks = [[rank for place in places if (rank := _rank(hits, place))] for places in quotes]
    return tuple(min(found, default=None) for found in ranks)


def recall_at(k: int, hits: Sequence[Hit], quotes: Quotes) -> float | None:
    """Return the share of gold quotes that the first k hits hold; None without any."""
    if not quotes:
        return None
    return sum(rank is not None and rank <= k for rank in first_ranks(hits, quotes)) / len(quotes)


def evidence_recall(hits: Sequence[Hit], quotes: Quotes) -> float | None:
    """Return the share of gold quotes that stand in what was retrieved: all hits; None without any."""
    return recall_at(len(hits), hits, quotes)


def _rank(hits: Sequence[Hit], place: EvidenceSpan) -> int | None:
    start, end = place.span
    held: set[int] = set()
    for rank, hit in enumerate(hits, start=1):
        if hit.passage.document_id == place.document:
            held.update(range(max(start, hit.passage.start), min(end, hit.passage.end)))
        if len(held) * 2 >= end - start:
            return rank
    return None
