import json
import subprocess
from importlib.resources import files
from pathlib import Path

import pytest

from core.errors import IbidError, InputError
from eval import floors as module
from eval.bootstrap import Interval
from eval.dataset import load_questions
from eval.floors import Bound, Floors, below_floors, earlier_floors, load_floors, lowered, raised, save_floors
from eval.provenance import fingerprint, git, is_shallow

FILE = Path(module.__file__).with_name("floors.json")


def floors(questions: str = "abc", **bounds: tuple[float, float]) -> Floors:
    return Floors(questions, "dev", {name: Bound(*bound) for name, bound in bounds.items()})


OLD = floors(correct=(0.8, 0.02), false_refusal=(0.1, 0.02))


def test_a_number_worse_than_its_floor_by_more_than_the_noise_is_named():
    assert below_floors({"correct": 0.79, "false_refusal": 0.11}, OLD.bounds) == ()
    assert below_floors({"correct": 0.78, "false_refusal": 0.12}, OLD.bounds) == ()
    said = below_floors({"correct": 0.77, "false_refusal": 0.13}, OLD.bounds)
    assert [line.split()[0] for line in said] == ["correct", "false_refusal"]
    (line,) = below_floors({"correct": 0.9}, OLD.bounds)
    assert line == "false_refusal applies to no question, and has the floor 0.100"


@pytest.mark.parametrize(
    ("new", "said"),
    [
        (floors(correct=(0.8, 0.02), false_refusal=(0.1, 0.02)), 0),
        (floors(correct=(0.9, 0.12), false_refusal=(0.05, 0.01)), 0),
        (floors(correct=(0.79, 0.0), false_refusal=(0.1, 0.02)), 1),
        (floors(correct=(0.8, 0.02), false_refusal=(0.11, 0.0)), 1),
        (floors(correct=(0.8, 0.03), false_refusal=(0.1, 0.02)), 1),  # looser by its noise
        (floors(correct=(0.9, 0.13), false_refusal=(0.1, 0.02)), 1),
        (floors(false_refusal=(0.2, 0.02)), 2),
        (floors(questions="xyz", correct=(0.1, 0.02)), 0),  # measured on other questions
    ],
)
def test_floors_of_the_same_questions_only_move_up(new, said):
    assert len(lowered(new, OLD)) == said


def test_raised_floors_are_what_was_measured_and_its_standard_error():
    intervals = {name: Interval(0, 1, 0.0304) for name in ("correct", "recall@10", "false_refusal")}
    new = raised(OLD, {"correct": 0.8567, "recall@10": 0.9, "false_refusal": 0.1201, "words": 50}, intervals)
    assert new.bounds["correct"] == Bound(0.856, 0.03)
    assert new.bounds["recall@10"] == Bound(0.9, 0.03)
    assert new.bounds["false_refusal"] == OLD.bounds["false_refusal"]  # it was better before
    assert set(new.bounds) == {"correct", "recall@10", "false_refusal"}
    better = raised(OLD, {"correct": 0.801, "false_refusal": 0.0876}, intervals)
    assert better.bounds["correct"] == Bound(0.801, 0.021)  # the worst that it allows stays 0.78
    assert better.bounds["false_refusal"] == Bound(0.088, 0.03)
    assert lowered(new, OLD) == lowered(better, OLD) == ()


def test_floors_are_written_and_read_again(tmp_path):
    save_floors(OLD, tmp_path / "floors.json")
    assert load_floors(tmp_path / "floors.json") == OLD


@pytest.mark.parametrize("text", ["", "[]", '{"correct": {"floor": 0.8, "noise": 0.1}}'])
def test_a_file_that_holds_no_floors_is_said(tmp_path, text):
    (tmp_path / "floors.json").write_text(text, encoding="utf-8")
    with pytest.raises(InputError, match="does not hold floors"):
        load_floors(tmp_path / "floors.json")
    with pytest.raises(InputError, match="cannot read"):
        load_floors(tmp_path / "none.json")


def test_the_floors_of_this_checkout_are_not_lower_than_those_of_its_history():
    if is_shallow():
        pytest.skip("a shallow clone has no history to hold the floors against")
    now = load_floors(FILE)
    assert set(now.bounds) == set(module.HEADLINE)
    assert [line for before in earlier_floors() for line in lowered(now, before)] == []


def test_the_floors_of_this_checkout_are_of_the_bundled_development_questions():
    asked = load_questions(Path(str(files("eval.questions") / "chapter09.jsonl")), "dev")
    assert (load_floors(FILE).questions, load_floors(FILE).split) == (fingerprint(asked), "dev")


def test_the_fingerprint_is_of_the_questions_and_not_of_the_bytes(tmp_path):
    line = {"id": "a", "kind": "factoid", "question": "Où?", "answer": "x", "must": [["x"]], "evidence": ["x"]}
    one, other = line | {"answerable": True}, line | {"answerable": True, "id": "b"}

    def of(*lines: str) -> str:
        (tmp_path / "set.jsonl").write_text("\n".join(lines), encoding="utf-8")
        return fingerprint(load_questions(tmp_path / "set.jsonl", "dev"))

    plain = of(json.dumps(one), json.dumps(other))
    turned = dict(reversed(list(other.items())))
    held_out = json.dumps(one | {"id": "c", "split": "test"})
    assert of(json.dumps(turned, ensure_ascii=False), "", json.dumps(one | {"history": []}), held_out) == plain
    assert of(json.dumps(one)) != plain
    assert of(json.dumps(one), json.dumps(other | {"must": [["y"]]})) != plain


def test_a_shallow_clone_is_said(tmp_path, monkeypatch):
    who = ["-c", "user.name=T", "-c", "user.email=t@example.org"]
    source, clone = tmp_path / "source", tmp_path / "clone"
    subprocess.run(["git", "init", "-q", str(source)], check=True)
    for number in range(2):
        save_floors(floors(correct=(0.8 - number / 10, 0.0)), source / "floors.json")
        subprocess.run(["git", "add", "floors.json"], cwd=source, check=True)
        subprocess.run(["git", *who, "commit", "-q", "-m", "Set floors"], cwd=source, check=True)
    subprocess.run(["git", "clone", "-q", "--depth", "1", source.as_uri(), str(clone)], check=True)
    monkeypatch.setattr("eval.provenance._ROOT", source)
    assert not is_shallow()
    assert len(earlier_floors("floors.json")) == 2
    monkeypatch.setattr("eval.provenance._ROOT", clone)
    assert is_shallow()
    with pytest.raises(IbidError, match="shallow clone: git fetch --unshallow"):
        earlier_floors("floors.json")


def test_earlier_floors_come_from_the_last_commits_that_changed_them(tmp_path, monkeypatch):
    def commit(floors: Floors) -> None:
        save_floors(floors, tmp_path / "floors.json")
        subprocess.run(["git", "add", "floors.json"], cwd=tmp_path, check=True)
        who = ["-c", "user.name=T", "-c", "user.email=t@example.org"]
        subprocess.run(["git", *who, "commit", "-q", "-m", "Set floors"], cwd=tmp_path, check=True)

    monkeypatch.setattr("eval.provenance._ROOT", tmp_path)
    assert earlier_floors("floors.json") == ()  # no repository
    subprocess.run(["git", "init", "-q"], cwd=tmp_path, check=True)
    assert earlier_floors("floors.json") == ()  # no commit
    higher = floors(correct=(0.9, 0.02), false_refusal=(0.1, 0.02))
    commit(OLD)
    commit(higher)
    assert earlier_floors("floors.json") == (higher, OLD)
    assert lowered(OLD, higher) != ()


def test_without_git_there_are_no_earlier_floors(monkeypatch):
    monkeypatch.setenv("PATH", "")
    assert git("--version") == ""
    assert earlier_floors() == ()
