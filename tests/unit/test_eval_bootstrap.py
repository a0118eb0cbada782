import numpy as np
import pytest
from scipy.stats import bootstrap

from eval.bootstrap import RESAMPLES, interval, resample
from eval.summary import LABELS, columns, intervals, statistics


def row(**scores):
    return {"correct": 1.0, "latency_ms": 10.0, "confidence": 0.5, "answerable": 1.0, "right": 1.0} | scores


def test_resamples_are_the_same_each_time_and_draw_every_question_about_equally():
    drawn = resample(4)
    assert drawn.shape == (RESAMPLES, 4)
    assert np.array_equal(drawn, resample(4))
    assert np.bincount(drawn.ravel(), minlength=4) == pytest.approx([RESAMPLES] * 4, rel=0.1)


def test_the_interval_of_two_opposite_questions_is_everything():
    # the mean of two draws is 0, 1/2 or 1 with the chances 1/4, 1/2, 1/4: its standard error is sqrt(1/8)
    found = interval(np.array([0.0, 1.0])[resample(2)].mean(axis=1))
    assert (found.low, found.high) == (0, 1)
    assert found.error == pytest.approx(0.125**0.5, rel=0.05)


def test_the_interval_agrees_with_scipy():
    values = (np.arange(100) < 80).astype(float)
    theirs = bootstrap((values,), np.mean, n_resamples=5000, method="percentile", rng=1)
    ours = interval(values[resample(100)].mean(axis=1))
    assert (ours.low, ours.high) == pytest.approx(tuple(theirs.confidence_interval), abs=0.015)
    assert ours.error == pytest.approx(theirs.standard_error, rel=0.1)


def test_no_interval_where_nothing_applies():
    assert interval(np.full(3, np.nan)) is None


def test_a_number_is_the_mean_over_the_questions_that_it_applies_to():
    rows = [row(false_refusal=1.0), row(false_refusal=0.0), row(false_refusal=None)]
    found = statistics(columns(rows))
    assert found["false_refusal"] == 0.5
    assert "refusal_recall" not in statistics(columns([row(refusal_recall=None)]))


def test_the_interval_of_a_share_of_few_questions_minds_only_those():
    rows = [row(refusal_precision=1.0)] * 3 + [row(refusal_precision=None)] * 7
    found = intervals(columns(rows))["refusal_precision"]
    assert (found.low, found.high, found.error) == (1, 1, 0)


def test_calibration_and_latency_are_of_all_questions_together():
    rows = [
        row(confidence=0.9, right=1.0, latency_ms=1.0),
        row(confidence=0.9, right=0.0, latency_ms=9.0),
        row(right=None),
    ]
    found = statistics(columns(rows))
    assert found["ece_right"] == pytest.approx(0.4)  # of the two that were answered: 0.9 against 1/2
    assert (found["latency_p50_ms"], found["latency_p95_ms"]) == (9, 10)
    assert set(found) <= set(LABELS)
