import json

import numpy as np
import pytest

from core.errors import InputError
from eval.compare import compare, comparison_text, load_record, mcnemar


def outcome(number: int, right: float, words: float = 10.0):
    scores = {"correct": right, "words": words, "latency_ms": 5.0, "confidence": 0.5, "false_refusal": None}
    return {"id": f"q{number}", "question": f"Q{number}?", "scores": scores, "broke": "" if right else "refused"}


def record(rights, **changes):
    return {"outcomes": [outcome(n, right, **changes) for n, right in enumerate(rights)]}


def test_mcnemar_is_a_binomial_test_of_the_pairs_that_differ():
    a, b = np.array([1.0] * 9 + [0.0] + [1.0] * 30), np.array([0.0] * 9 + [1.0] + [1.0] * 30)
    assert mcnemar(a, b) == pytest.approx(2 * (1 + 10) / 2**10)  # at most 1 of 10, either way
    assert mcnemar(a, a) == 1


def test_mcnemar_is_only_for_outcomes_of_the_same_questions():
    a = np.array([1.0, 0.0, np.nan])
    assert mcnemar(a, np.array([0.0, 0.0, np.nan])) == 1
    assert mcnemar(a, np.array([1.0, np.nan, np.nan])) is None
    assert mcnemar(a, np.array([0.5, 0.0, np.nan])) is None


def test_two_runs_are_compared_question_by_question():
    found = compare(record([1, 1, 1, 0], words=10.0), record([1, 0, 0, 1], words=12.0))
    rows = {row.name: row for row in found.rows}
    assert (rows["correct"].a, rows["correct"].b, rows["correct"].difference) == (0.75, 0.5, -0.25)
    assert rows["correct"].low < -0.25 < rows["correct"].high
    assert rows["correct"].p == 1  # one of three: 2 * (1 + 3) / 8
    assert (rows["words"].difference, rows["words"].low, rows["words"].high, rows["words"].p) == (2, 2, 2, None)
    assert [c.id for c in found.lost] == ["q1", "q2"]
    assert [(c.id, c.broke) for c in found.won] == [("q3", "refused")]
    assert "false_refusal" not in rows


def test_a_number_that_one_run_lacks_is_a_dash():
    measured = {"outcomes": [outcome(n, 1) for n in range(2)]}
    for o in measured["outcomes"]:
        o["scores"]["attribution"] = 0.5
    found = compare(record([1, 1]), measured)
    (row,) = [row for row in found.rows if row.name == "attribution"]
    assert (row.a, row.b, row.difference, row.low, row.high, row.p) == (None, 0.5, None, None, None, None)
    (line,) = [s for s in comparison_text(found, "a", "b").splitlines() if s.startswith("citations attributed")]
    assert line.split()[2:] == ["–", "0.500", "–"]
    (line,) = [
        s
        for s in comparison_text(compare(measured, record([1, 1])), "a", "b").splitlines()
        if s.startswith("citations attributed")
    ]
    assert line.split()[2:] == ["0.500", "–", "–"]


def test_only_questions_asked_in_both_are_compared():
    found = compare(record([1, 1, 0]), record([1, 1]))
    assert (found.paired, found.unpaired) == (2, 1)
    with pytest.raises(InputError, match="share no question"):
        compare(record([1]), {"outcomes": [outcome(9, 1)]})


def test_the_text_tells_numbers_and_changes():
    text = comparison_text(compare(record([1, 1, 1, 0]), record([1, 0, 0, 1])), "a.json", "b.json")
    assert "4 questions asked in both" in text
    assert "Right in A, wrong in B: 2\n  q1 (refused) Q1?\n  q2 (refused) Q2?" in text
    assert "Wrong in A, right in B: 1\n  q3 (refused) Q3?" in text
    (line,) = [line for line in text.splitlines() if line.startswith("right ")]
    assert line.split()[1:4] == ["0.750", "0.500", "-0.250"]
    assert line.split()[-1] == "1.000"


@pytest.mark.parametrize(
    ("text", "said"),
    [
        (None, "cannot read"),
        ("{", "is not the JSON that 'ibid eval' writes"),
        ("[]", "is not the JSON that 'ibid eval' writes"),
        ('{"summary": {}}', "is not the JSON that 'ibid eval' writes"),
        ('{"outcomes": []}', "--show-test"),
    ],
)
def test_what_is_no_run_is_said(tmp_path, text, said):
    path = tmp_path / "run.json"
    if text is not None:
        path.write_text(text, encoding="utf-8")
    with pytest.raises(InputError, match=said):
        load_record(path)


def test_a_run_is_read(tmp_path):
    path = tmp_path / "run.json"
    path.write_text(json.dumps(record([1])), encoding="utf-8")
    assert load_record(path) == record([1])
