"""How near to the top does all evidence stand?"""

import math
from collections.abc import Sequence

from core.records import Hit
from eval.dataset import EvidenceSpan
from eval.metrics.recall import first_ranks

__all__ = ["ndcg_at"]


def ndcg_at(k: int, hits: Sequence[Hit], quotes: Sequence[Sequence[EvidenceSpan]]) -> float | None:
    """Return the normalised discounted cumulative gain of the gold quotes (0 to 1); None without gold quotes.

    Each quote is an item of gain 1, discounted by log2(place + 1) (Järvelin and Kekäläinen 2002). Quotes that one hit
    brings take successive places, so that no ranking is better than the ideal one.
    """
    if not quotes:
        return None
    gain, last = 0.0, 0
    for rank in sorted(rank for rank in first_ranks(hits, quotes) if rank):
        last = max(rank, last + 1)
        gain += _discounted(last) * (last <= k)
    return gain / sum(_discounted(place) for place in range(1, min(k, len(quotes)) + 1))


def _discounted(place: int) -> float:
    return 1 / math.log2(place + 1)
