"""One metric a file; a metric that does not apply to a question is None, a miss is zero."""

from eval.metrics.citations import citation_precision, citation_recall, literalness
from eval.metrics.correctness import correctness, within_length
from eval.metrics.latency import percentile
from eval.metrics.retrieval import recall_at, reciprocal_rank

__all__ = [
    "citation_precision",
    "citation_recall",
    "correctness",
    "literalness",
    "percentile",
    "recall_at",
    "reciprocal_rank",
    "within_length",
]
