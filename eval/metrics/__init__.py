"""One metric a file; a metric that does not apply to a question is None, a miss is zero."""

from eval.metrics.attribution import attribution
from eval.metrics.calibration import Bin, bins, brier, expected_calibration_error
from eval.metrics.citation_precision import citation_precision
from eval.metrics.citation_recall import citation_recall
from eval.metrics.correctness import correctness, facts_right, within_length
from eval.metrics.exact_match import exact_match
from eval.metrics.latency import percentile, percentiles
from eval.metrics.length import length, without_markers
from eval.metrics.literalness import literalness
from eval.metrics.memory import peak_memory
from eval.metrics.ndcg import ndcg_at
from eval.metrics.overlap import Sentences, stands_at
from eval.metrics.recall import evidence_recall, first_ranks, recall_at, retrieved
from eval.metrics.reciprocal_rank import reciprocal_rank
from eval.metrics.refusal import false_refusal, refusal_precision, refusal_recall
from eval.metrics.token_f1 import best_f1, token_f1
from eval.metrics.wholeness import wholeness

__all__ = [
    "Bin",
    "Sentences",
    "attribution",
    "best_f1",
    "bins",
    "brier",
    "citation_precision",
    "citation_recall",
    "correctness",
    "evidence_recall",
    "exact_match",
    "expected_calibration_error",
    "facts_right",
    "false_refusal",
    "first_ranks",
    "length",
    "literalness",
    "ndcg_at",
    "peak_memory",
    "percentile",
    "percentiles",
    "recall_at",
    "reciprocal_rank",
    "refusal_precision",
    "refusal_recall",
    "retrieved",
    "stands_at",
    "token_f1",
    "wholeness",
    "within_length",
    "without_markers",
]
