"""How soon does the first evidence come? Its mean over questions is the MRR."""

from collections.abc import Sequence

from core.records import Hit
from eval.dataset import EvidenceSpan
from eval.metrics.recall import first_ranks

__all__ = ["reciprocal_rank"]


def reciprocal_rank(hits: Sequence[Hit], quotes: Sequence[Sequence[EvidenceSpan]]) -> float | None:
    """Return 1 / the rank at which the first gold quote is held, 0 when none is; None without gold quotes."""
    if not quotes:
        return None
    return max((1 / rank for rank in first_ranks(hits, quotes) if rank), default=0.0)
