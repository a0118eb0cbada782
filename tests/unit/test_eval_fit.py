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
    weights, bias, threshold, held_out = fit_confidence(rows, answerable, documents, np.zeros(200, dtype=bool), 0.1)
    confidence = 1 / (1 + np.exp(-(rows @ weights + bias)))
    assert (held_out[answerable] < threshold).mean() <= 0.1
    assert (confidence[answerable] < threshold).mean() == pytest.approx(0.1, abs=0.03)
    assert (confidence[~answerable] < threshold).mean() > 0.8


def test_a_document_is_judged_by_a_fit_on_the_others():
    rows = np.array([[1.0], [0.0], [1.0], [0.0], [1.0], [0.0]])
    answerable = np.array([True, False, True, False, False, True])  # the third document is the other way round
    documents = np.array([0, 0, 1, 1, 2, 2])
    *_, held_out = fit_confidence(rows, answerable, documents, np.zeros(6, dtype=bool), 0.5)
    assert held_out[4] > 0.5 > held_out[5]


def test_the_confidence_means_what_it_says_where_a_quarter_has_no_answer():
    generator = np.random.default_rng(0)
    answerable = np.arange(400) < 200  # the writer of the questions asked as many that have none
    rows = generator.normal(size=(400, 1)) + np.outer(answerable, [1.5])
    documents = np.arange(400) % 4
    *_, held_out = fit_confidence(rows, answerable, documents, np.zeros(400, dtype=bool), 0.1)
    mean = 0.75 * held_out[answerable].mean() + 0.25 * held_out[~answerable].mean()
    assert mean == pytest.approx(0.75, abs=0.02)


def test_many_questions_without_an_answer_do_not_pull_the_confidence_down():
    rows = np.array([[1.0], [1.0], [0.0], [0.0], *[[0.0]] * 30])
    answerable = np.array([True, True, True, False, *[False] * 30])
    documents = np.array([0, 1, 0, 1, *[0, 1] * 15])
    weights, bias, *_ = fit_confidence(rows, answerable, documents, np.zeros(34, dtype=bool), 0.0)
    assert 1 / (1 + np.exp(-(weights[0] + bias))) > 0.75


def test_a_document_that_answers_nothing_does_not_decide_the_threshold():
    rows = np.array([[1.0], [0.0], [1.0], [0.0], [0.2], [0.1]])
    answerable = np.array([True, False, True, False, False, False])
    documents = np.array([0, 0, 1, 1, 2, 2])
    _, _, threshold, held_out = fit_confidence(rows, answerable, documents, np.zeros(6, dtype=bool), 0.0)
    assert threshold == held_out[answerable].min()


def test_one_document_alone_is_refused_before_anything_is_fitted():
    with pytest.raises(typer.BadParameter, match="--documents DIR"):
        main()
