import numpy as np
import pytest

from eval.fit import fit_confidence, fit_ranker


def test_the_ranker_learns_which_feature_tells():
    generator = np.random.default_rng(0)
    groups = []
    for _ in range(40):
        rows = generator.normal(size=(6, 2))
        groups.append((rows, rows[:, 0] == rows[:, 0].max(), 1.0))
    weights = fit_ranker(groups)
    assert weights[0] > 1
    assert abs(weights[1]) < weights[0] / 4


def test_the_threshold_keeps_false_refusals_within_bounds_and_the_weights_fit_raw_signals():
    generator = np.random.default_rng(0)
    answerable = np.arange(200) < 120
    rows = generator.normal(size=(200, 2)) + np.outer(answerable, [3, 0])
    weights, bias, threshold = fit_confidence(rows, answerable, 0.1)
    confidence = 1 / (1 + np.exp(-(rows @ weights + bias)))
    assert (confidence[answerable] < threshold).mean() == pytest.approx(0.1, abs=0.03)
    assert (confidence[~answerable] < threshold).mean() > 0.8
