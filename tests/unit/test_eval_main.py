"""The command line of the evaluation; what it runs is tested beside it."""

import json

import pytest

from eval.__main__ import main


def call(*arguments: str) -> int:
    try:
        return main(list(arguments))
    except SystemExit as stop:
        return int(stop.code or 0)


def test_two_runs_are_compared(tmp_path, capsys):
    paths = []
    for name, right in (("a", 1.0), ("b", 0.0)):
        scores = {"correct": right, "latency_ms": 1.0, "confidence": 0.5, "answerable": 1.0, "right": right}
        outcome = {"id": "q1", "question": "Q?", "scores": scores, "broke": "" if right else "refused"}
        (tmp_path / name).write_text(json.dumps({"outcomes": [outcome]}), encoding="utf-8")
        paths.append(str(tmp_path / name))
    assert call("compare", *paths) == 0
    assert "Right in A, wrong in B: 1\n  q1 (refused) Q?" in capsys.readouterr().out


def test_a_file_that_is_no_run_is_one_line_on_stderr(tmp_path, capsys):
    assert call("compare", str(tmp_path / "a"), str(tmp_path / "b")) == 1
    said = capsys.readouterr().err
    assert said.startswith("ibid eval: cannot read ")
    assert said.count("\n") == 1


@pytest.mark.parametrize(
    ("arguments", "said"), [(("--split", "train"), "expected dev, test or all"), (("--raise-floors",), "goes with")]
)
def test_options_that_do_not_go_together_are_a_usage_error(arguments, said, capsys):
    assert call(*arguments) == 2
    assert said in capsys.readouterr().err


def test_the_help_tells_of_the_commands(capsys):
    assert call("--help") == 0
    assert "compare" in capsys.readouterr().out
