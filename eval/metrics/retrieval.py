"""Was the evidence among the passages retrieved?"""

from collections.abc import Sequence

from core.records import Hit
from eval.dataset import EvidenceSpan

__all__ = ["covers", "recall_at", "reciprocal_rank"]


def covers(hits: Sequence[Hit], gold: EvidenceSpan) -> bool:
    """Say whether passages hold at least half the characters of a gold quote."""
    start, end = gold.span
    held = {
        offset
        for hit in hits
        if hit.passage.document_id == gold.document
        for offset in range(max(start, hit.passage.start), min(end, hit.passage.end))
    }
    return len(held) * 2 >= end - start


def recall_at(k: int, hits: Sequence[Hit], quotes: Sequence[Sequence[EvidenceSpan]]) -> float | None:
    """Return the share of gold quotes, each given by all its places, that the first k hits hold; None without any."""
    if not quotes:
        return None
    return sum(any(covers(hits[:k], place) for place in places) for places in quotes) / len(quotes)


def reciprocal_rank(hits: Sequence[Hit], quotes: Sequence[Sequence[EvidenceSpan]]) -> float | None:
    """Return 1 / rank of the first hit that holds a gold quote, 0 when none does; None without gold quotes."""
    if not quotes:
        return None
    places = [place for group in quotes for place in group]
    return next((1 / hit.rank for hit in hits if any(covers([hit], place) for place in places)), 0.0)
