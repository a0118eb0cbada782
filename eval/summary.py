"""From the scores of questions to the numbers of a report, with confidence intervals."""

from collections.abc import Callable, Mapping, Sequence

import numpy as np
from numpy.typing import NDArray

from eval.bootstrap import Interval, interval, resample
from eval.metrics import expected_calibration_error, percentiles

__all__ = ["LABELS", "STATISTICS", "Columns", "columns", "intervals", "statistics"]

Floats = NDArray[np.float64]
Columns = Mapping[str, Floats]  # one value a question, or (resamples, questions); NaN where a score does not apply
Scores = Mapping[str, float | None]

# What each number is called, in the order of a report; all are from 0 to 1 but the last four.
LABELS: Mapping[str, str] = {
    "correct": "right",
    "correct_answerable": "right, of answerable",
    "exact_match": "exact match",
    "token_f1": "token F1",
    "quote_f1": "token F1 of the best quote",
    "recall@1": "recall@1",
    "recall@3": "recall@3",
    "recall@5": "recall@5",
    "recall@10": "recall@10",
    "evidence_recall": "evidence recall",
    "mrr": "MRR",
    "ndcg@10": "nDCG@10",
    "citation_precision": "citation precision",
    "citation_recall": "citation recall",
    "literal": "quotes literal",
    "whole": "quotes whole",
    "attribution": "citations attributed",
    "refusal_precision": "refusal precision",
    "refusal_recall": "refusal recall",
    "false_refusal": "false refusals",
    "confidence": "mean confidence",
    "brier_answerable": "Brier score, answerable",
    "ece_answerable": "calibration error, answerable",
    "brier_right": "Brier score, right",
    "ece_right": "calibration error, right",
    "words": "words of an answer",
    "latency_p50_ms": "latency p50, ms",
    "latency_p95_ms": "latency p95, ms",
    "latency_p99_ms": "latency p99, ms",
}


def _mean(name: str) -> Callable[[Columns], Floats]:
    def compute(table: Columns) -> Floats:
        there = ~np.isnan(table[name])
        total, count = np.where(there, table[name], 0.0).sum(axis=-1), there.sum(axis=-1)
        mean: Floats = np.divide(total, count, out=np.full(np.shape(count), np.nan), where=count > 0)
        return mean

    return compute


def _percentile(share: float) -> Callable[[Columns], Floats]:
    return lambda table: percentiles(table["latency_ms"], share)


def _calibration_error(came_true: str) -> Callable[[Columns], Floats]:
    """Of the confidence, over the questions of which it is known whether they came true."""

    def error(table: Columns) -> Floats:
        pairs = np.stack((table["confidence"], table[came_true]))
        rows = pairs.reshape(2, -1, pairs.shape[-1]).swapaxes(0, 1)
        kept = (row[:, ~np.isnan(row[1])] for row in rows)
        return np.array([expected_calibration_error(*row) for row in kept]).reshape(pairs.shape[1:-1])

    return error


_COMPUTED: Mapping[str, Callable[[Columns], Floats]] = {
    "ece_answerable": _calibration_error("answerable"),
    "ece_right": _calibration_error("right"),
    "latency_p50_ms": _percentile(0.5),
    "latency_p95_ms": _percentile(0.95),
    "latency_p99_ms": _percentile(0.99),
}

# What is known of one question.
_SCORES = (*(name for name in LABELS if name not in _COMPUTED), "answerable", "right", "latency_ms")

# Each gives one number of shape () for questions of shape (n,), and (resamples,) for (resamples, n).
STATISTICS: Mapping[str, Callable[[Columns], Floats]] = {name: _COMPUTED.get(name, _mean(name)) for name in LABELS}


def columns(rows: Sequence[Scores]) -> Columns:
    """Return the scores of questions by name, float of shape (questions,); NaN for None and for what is missing."""
    return {name: np.array([row.get(name) for row in rows], dtype=np.float64) for name in _SCORES}


def statistics(table: Columns) -> dict[str, float]:
    """Return every number that applies."""
    found = {name: float(of(table)) for name, of in STATISTICS.items()}
    return {name: value for name, value in found.items() if not np.isnan(value)}


def intervals(table: Columns) -> dict[str, Interval]:
    """Return the confidence interval of every number that applies."""
    drawn = resample(len(table["correct"]))
    resampled = {name: values[drawn] for name, values in table.items()}
    found = {name: interval(of(resampled)) for name, of in STATISTICS.items()}
    return {name: bounds for name, bounds in found.items() if bounds}
