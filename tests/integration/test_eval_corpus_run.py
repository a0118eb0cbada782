"""A corpus of two small documents, asked for real: resumed after a kill, scored, and nothing left behind."""

import dataclasses
import json
import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from core.settings import Settings
from eval.corpus_data import load_corpus
from eval.corpus_report import citation_recalls

ROOT = Path(__file__).resolve().parents[2]
TOWNS = ("Alder", "Birch", "Cedar", "Elm", "Fir", "Hazel", "Larch", "Maple", "Oak", "Pine", "Rowan", "Willow")


def text_of(first: int) -> str:
    """Twelve facts with a year each; the two documents name the same towns with other years."""
    facts = [f"The mill of {town}ton was built in {first + 7 * n} by the river." for n, town in enumerate(TOWNS)]
    return "\n\n".join(facts) + "\n"


@pytest.fixture(scope="module")
def folder(tmp_path_factory) -> Path:
    path = tmp_path_factory.mktemp("corpus")
    documents = [{"doc_id": f"mills {first}", "title": "Mills", "text": text_of(first)} for first in (1700, 1900)]
    questions = [
        {
            "qid": f"{first}-{town}-{n}",
            "doc_id": f"mills {first}",
            "question": f"{asked} {town}ton built?",
            "answers": [str(first + 7 * place)],
            "answerable": True,
            "evidence": [f"built in {first + 7 * place} by"],
        }
        for first in (1700, 1900)
        for place, town in enumerate(TOWNS)
        for n, asked in enumerate(("When was the mill of", "In what year was the mill of"))
    ]
    questions.append(
        {"qid": "none", "doc_id": "mills 1700", "question": "Who is the president of Mars?", "answers": [],
         "answerable": False}
    )  # fmt: skip
    for name, lines in (("documents", documents), ("questions", questions)):
        text = "".join(json.dumps(line) + "\n" for line in lines)
        (path / f"{name}.jsonl").write_text(text, encoding="utf-8")
    return path


def start(folder: Path, out: Path) -> "subprocess.Popen[str]":
    command = [sys.executable, "-m", "eval.corpus", str(folder), "--out", str(out), "--workers", "2"]
    return subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)


def children_of(pid: int) -> list[int]:
    return [int(found) for found in Path(f"/proc/{pid}/task/{pid}/children").read_text().split()]


def wait_for(what, seconds: float = 240) -> None:
    end = time.monotonic() + seconds
    while not what():
        assert time.monotonic() < end, "it took too long"
        time.sleep(0.02)


def ids_in(out: Path) -> list[str]:
    return [json.loads(line)["id"] for line in (out / "answers.jsonl").read_text(encoding="utf-8").splitlines()]


@pytest.fixture(scope="module")
def resumed(folder, tmp_path_factory):
    """A run that was killed in the middle, and what the run that went on printed."""
    out = tmp_path_factory.mktemp("runs") / "run"
    first = start(folder, out)
    answers = out / "answers.jsonl"
    wait_for(lambda: answers.is_file() and answers.read_bytes().count(b"\n") >= 3)
    workers = children_of(first.pid)
    os.kill(first.pid, signal.SIGKILL)
    first.communicate()
    wait_for(lambda: not any(Path(f"/proc/{pid}").exists() for pid in workers))
    with answers.open("ab") as file:
        file.write(b'{"id": "1700-Al')
    second = start(folder, out)
    printed, complained = second.communicate(timeout=500)
    assert second.returncode == 0, complained
    return out, printed, complained


def test_a_killed_run_goes_on_and_asks_every_question_once(folder, resumed):
    out, _, complained = resumed
    assert sorted(ids_in(out)) == sorted(load_corpus(folder).questions)
    assert complained == ""
    (session,) = json.loads((out / "run.json").read_text(encoding="utf-8"))["sessions"]  # a killed one notes nothing
    assert 0 < session["questions"] < 49
    assert session["cpu_s"] > 0


def test_each_question_is_answered_from_its_own_document(resumed):
    out, printed, _ = resumed
    summary = json.loads((out / "summary.json").read_text(encoding="utf-8"))
    assert summary["hit_rate"] > 0.9
    assert summary["citation_recall"] > 0.9
    assert summary["refused_unanswerable"] == 1.0
    assert summary["false_refusals"] < 0.1
    assert printed.strip() == (out / "summary.md").read_text(encoding="utf-8").strip()
    for line in (out / "answers.jsonl").read_text(encoding="utf-8").splitlines():
        record = json.loads(line)
        for citation in record["citations"]:
            century = record["id"][:2]
            assert citation["document"].startswith(f"mills {century}")
            assert f" {century}" in citation["quote"] or "Mills" in citation["quote"]


def test_nothing_of_the_indexes_is_left(resumed):
    out, _, _ = resumed
    names = ["answers.jsonl", "run.json", "summary.json", "summary.md"]
    assert sorted(path.name for path in out.iterdir()) == names


def test_evidence_is_recalled_where_a_quote_stands_at_it(folder, tmp_path):
    corpus = load_corpus(folder)
    wrong = dataclasses.replace(corpus.questions["1700-Elm-0"], evidence=("the mill on the moon",))
    corpus = dataclasses.replace(corpus, questions={**corpus.questions, wrong.qid: wrong})
    text = text_of(1700)
    start = text.index("The mill of Alderton")
    quote = {"start": start, "end": text.index("river.") + 6}
    elsewhere = {"start": text.index("The mill of Oakton"), "end": len(text)}
    records = {"1700-Alder-0": {"citations": [elsewhere, quote]}, "1700-Birch-0": {"citations": [quote]}}
    told = []
    recalls = citation_recalls(corpus, records, Settings(), tmp_path, told.append)
    assert (recalls["1700-Alder-0"], recalls["1700-Birch-0"], recalls["1900-Alder-0"]) == (1.0, 0.0, 0.0)
    assert "none" not in recalls
    assert told == ["question '1700-Elm-0': its evidence is not in the text, which counts as not cited"]
