"""The command line of the evaluation; what it runs is tested beside it."""

import dataclasses
import json
from types import SimpleNamespace

import pytest

from eval import corpus, validate
from eval.__main__ import main
from tests.unit.test_eval_faults import HOME, INDEX, WHERE, quoted


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


@pytest.mark.parametrize(
    ("run", "arguments"),
    [(main, []), (corpus.main, ["DIR", "--out", "RUN"]), (validate.main, ["SET"])],
)
def test_a_setting_out_of_its_bounds_is_one_line_on_stderr(run, arguments, questions, monkeypatch, capsys):
    monkeypatch.setenv("IBID_TOP", "0")
    arguments = [str(questions) if given == "SET" else given for given in arguments]
    assert run(arguments) == 1
    said = capsys.readouterr().err
    assert "setting 'top': got '0', Input should be greater than or equal to 1 (from IBID_TOP)" in said
    assert said.count("\n") == 1


def test_the_help_tells_of_the_commands(capsys):
    assert call("--help") == 0
    assert "compare" in capsys.readouterr().out


class Answers:
    """Quotes where carp live, or refuses."""

    refuses = False

    def __init__(self, index, settings) -> None:
        self.warmed = False

    def warm(self) -> None:
        self.warmed = True

    def ask(self, question: str, history=()):
        assert self.warmed  # else the first latency is that of loading the models
        return quoted(question, None if self.refuses else HOME)


@pytest.fixture
def questions(tmp_path, monkeypatch):
    monkeypatch.setattr(
        "index.open_index", lambda settings: SimpleNamespace(documents=INDEX.documents, close=lambda: None)
    )
    monkeypatch.setattr("answer.Answerer", Answers)
    path = tmp_path / "set.jsonl"
    lines = [dataclasses.asdict(WHERE), dataclasses.asdict(WHERE) | {"id": "held-out", "split": "test"}]
    path.write_text("\n".join(map(json.dumps, lines)), encoding="utf-8")
    return path


def test_a_set_is_asked_and_reported(questions, tmp_path, capsys):
    assert call("--questions", str(questions), "--out", str(tmp_path / "out")) == 0
    assert sorted(p.name for p in (tmp_path / "out").iterdir()) == ["set-dev.html", "set-dev.json", "set-dev.md"]
    assert "set-dev.md" in capsys.readouterr().out
    record = json.loads((tmp_path / "out" / "set-dev.json").read_text(encoding="utf-8"))
    assert ([o["id"] for o in record["outcomes"]], record["summary"]["all"]["correct"]) == (["where"], 1.0)


@pytest.mark.parametrize(
    ("options", "name"),
    [((), "eval-chapter09"), (("--corpus", "mine"), "mine"), (("--corpus", "default"), "default")],
)
def test_the_bundled_set_asks_a_corpus_of_its_own(questions, tmp_path, monkeypatch, options, name):
    asked, added = [], []
    monkeypatch.setattr("eval.dataset.load_questions", lambda path, split: (WHERE,))
    monkeypatch.setattr("index.add_documents", lambda settings, sources: added.append(settings.corpus))
    monkeypatch.setattr(
        "index.open_index",
        lambda settings: (
            asked.append(settings.corpus) or SimpleNamespace(documents=INDEX.documents, close=lambda: None)
        ),
    )
    assert call("--out", str(tmp_path), *options) == 0
    assert (asked, added) == ([name], [] if options else [name])


def test_a_set_of_ones_own_asks_the_default_corpus(questions, tmp_path):
    assert call("--questions", str(questions), "--out", str(tmp_path)) == 0
    record = json.loads((tmp_path / "set-dev.json").read_text(encoding="utf-8"))
    assert record["settings"]["corpus"] == "default"


def test_the_test_split_is_told_on_demand_only(questions, tmp_path):
    given = ("--questions", str(questions), "--split", "all", "--out", str(tmp_path))
    told = []
    for more in ((), ("--show-test",)):
        assert call(*given, *more) == 0
        told.append([o["id"] for o in json.loads((tmp_path / "set-all.json").read_text(encoding="utf-8"))["outcomes"]])
    assert told == [["where"], ["where", "held-out"]]


def test_floors_are_recorded_held_and_of_one_question_set(questions, tmp_path, monkeypatch, capsys):
    floors = tmp_path / "floors.json"
    given = ("--questions", str(questions), "--out", str(tmp_path / "out"), "--floors", str(floors))
    assert call(*given) == 1
    assert "cannot read the floors" in capsys.readouterr().err
    assert call(*given, "--raise-floors") == 0
    assert json.loads(floors.read_text(encoding="utf-8"))["bounds"]["correct"] == {"floor": 1.0, "noise": 0.0}
    assert call(*given) == 0
    monkeypatch.setattr(Answers, "refuses", True)
    assert call(*given) == 1
    said = capsys.readouterr().err
    assert "correct is 0.000, worse than its floor 1.000" in said
    assert "literal applies to no question, and has the floor 1.000" in said
    text = questions.read_text(encoding="utf-8")
    questions.write_text("\n".join(reversed(text.split("\n"))) + "\n", encoding="utf-8")
    assert call(*given) == 1  # other bytes of the same questions
    assert "worse than its floor" in capsys.readouterr().err
    questions.write_text(text.replace("Where do carp live?", "Where do carp dwell?"), encoding="utf-8")
    assert call(*given) == 1
    assert "floors of other questions" in capsys.readouterr().err


def test_a_split_without_questions_is_said(questions, capsys):
    questions.write_text(questions.read_text(encoding="utf-8").splitlines()[0], encoding="utf-8")
    assert call("--questions", str(questions), "--split", "test") == 1
    assert "no question of the split 'test'" in capsys.readouterr().err
