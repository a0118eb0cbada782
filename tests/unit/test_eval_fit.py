import numpy as np
import pytest
import typer

from eval.fit import fit_confidence, fit_ranker, main


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
    documents = np.arange(200) % 4
    weights, bias, threshold, held_out = fit_confidence(rows, answerable, documents, np.ones(200), 0.1)
    confidence = 1 / (1 + np.exp(-(rows @ weights + bias)))
    assert (held_out[answerable] < threshold).mean() <= 0.1
    assert (confidence[answerable] < threshold).mean() == pytest.approx(0.1, abs=0.03)
    assert (confidence[~answerable] < threshold).mean() > 0.8


def test_a_document_is_judged_by_a_fit_on_the_others():
    rows = np.array([[1.0], [0.0], [1.0], [0.0], [1.0], [0.0]])
    answerable = np.array([True, False, True, False, False, True])  # the third document is the other way round
    documents = np.array([0, 0, 1, 1, 2, 2])
    *_, held_out = fit_confidence(rows, answerable, documents, np.ones(6), 0.5)
    assert held_out[4] > 0.5 > held_out[5]


def test_a_question_counts_by_its_weight():
    rows = np.array([[1.0], [1.0], [0.0], [0.0]])
    answerable = np.array([True, False, True, False])
    heavy = np.array([9.0, 1.0, 1.0, 9.0])
    weights, *_ = fit_confidence(
        np.tile(rows, (2, 1)), np.tile(answerable, 2), np.repeat([0, 1], 4), np.tile(heavy, 2), 0
    )
    assert weights[0] > 0


def test_a_document_that_answers_nothing_does_not_decide_the_threshold():
    rows = np.array([[1.0], [0.0], [1.0], [0.0], [0.2], [0.1]])
    answerable = np.array([True, False, True, False, False, False])
    documents = np.array([0, 0, 1, 1, 2, 2])
    _, _, threshold, held_out = fit_confidence(rows, answerable, documents, np.ones(6), 0.0)
    assert threshold == held_out[answerable].min()


def test_one_document_alone_is_refused_before_anything_is_fitted():
    with pytest.raises(typer.BadParameter, match="--documents DIR"):
        main()
