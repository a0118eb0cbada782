"""A corpus of documents and questions, answered by fakes in real processes: checked, resumed, scored by hand."""

import json
import os
from contextlib import contextmanager
from pathlib import Path

import pytest

from answer import answer_record
from core.errors import IbidError, InputError
from core.records import Answer, Citation
from core.settings import Settings
from eval import corpus_store
from eval.corpus import main, run_corpus
from eval.corpus_data import CorpusQuestion, load_corpus
from eval.corpus_report import area_under_curve, score, summarize
from eval.corpus_store import open_run
from eval.metrics import token_f1

PONDS = {"doc_id": "a/ponds", "title": "Ponds", "text": "Carp eat maize. Pike eat carp."}
TREES = {"doc_id": "trees", "title": "", "text": "The oak is old. The elm is ill."}
LOST = {"doc_id": "lost", "title": "", "text": "unreadable"}


def asked(qid: str, word: str, gold: str | None, doc_id: str = "a/ponds") -> dict:
    answers = [gold] if gold else []
    return {
        "qid": qid, "doc_id": doc_id, "question": f"What of {word}?", "answers": answers, "answerable": bool(gold),
    }  # fmt: skip


QUESTIONS = [
    asked("q1", "maize", "maize"),
    asked("q2", "Pike", "the carp."),
    asked("q3", "bream", None),
    asked("q4", "oak", "young", "trees"),
    asked("q5", "ash", "ill", "trees"),
]


@contextmanager
def open_fake(document, settings):
    """Answers with the first sentence that holds the question's last word; some words do harm."""
    (settings.home / "left-over").write_text("x", encoding="utf-8")
    if document.text == "unreadable":
        raise InputError("it cannot\nbe read")

    def ask(question: str) -> Answer:
        word = question.removeprefix("What of ").rstrip("?")
        if word == "crash":
            raise ValueError("boom")
        if word == "die":
            os._exit(7)
        if word == "threads":
            return Answer(question, os.environ["OMP_NUM_THREADS"], (), True, "", 0.0, ())
        found = next((s for s in document.text.split(". ") if word in s), None)
        if found is None:
            return Answer(question, f"It does not say. Closest: {document.text}", (), True, "No.", 0.25, ())
        start = document.text.index(found)
        citation = Citation(1, "document", ("A", "B"), 3, found, start, start + len(found), "document#0")
        return Answer(question, f"{found} [1]", (citation,), False, "", 0.75, ())

    yield ask


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    path = tmp_path / "corpus"
    path.mkdir()
    write(path, [PONDS, TREES], QUESTIONS)
    return path


def write(folder: Path, documents: list[dict], questions: list[dict]) -> None:
    for name, lines in (("documents", documents), ("questions", questions)):
        text = "".join(json.dumps(line) + "\n" for line in lines)
        (folder / f"{name}.jsonl").write_text(text, encoding="utf-8")


def answer_all(folder: Path, out: Path, settings: Settings | None = None, workers: int = 1, **options) -> int:
    return run_corpus(load_corpus(folder), out, settings or Settings(), workers=workers, opens=open_fake, **options)


def lines_of(out: Path) -> list[dict]:
    return [json.loads(line) for line in (out / "answers.jsonl").read_text(encoding="utf-8").splitlines()]


def test_every_question_is_answered_from_its_own_document_and_the_scratch_is_gone(folder, tmp_path):
    told = []
    assert answer_all(folder, tmp_path / "run", workers=2, progress=told.append) == 0
    records = {record["id"]: record for record in lines_of(tmp_path / "run")}
    assert {i: r["refused"] for i, r in records.items()} == {
        "q1": False, "q2": False, "q3": True, "q4": False, "q5": True,
    }  # fmt: skip
    assert [c["document"] for c in records["q1"]["citations"]] == ["a/ponds"]
    assert told == [0, 1, 2, 3, 4, 5]
    assert sorted(path.name for path in (tmp_path / "run").iterdir()) == [
        "answers.jsonl", "run.json", "summary.json", "summary.md",
    ]  # fmt: skip


def test_a_line_is_what_the_machine_interface_prints(folder, tmp_path):
    answer_all(folder, tmp_path / "run")
    (line,) = [record for record in lines_of(tmp_path / "run") if record["id"] == "q1"]
    document = load_corpus(folder).documents["a/ponds"]
    with open_fake(document, Settings(home=tmp_path)) as ask:
        expected = answer_record(ask("What of maize?"), question_id="q1", latency_ms=line["latency_ms"])
    expected["citations"][0]["document"] = "a/ponds"
    assert list(line.items()) == list(expected.items())


def test_the_summary_counts_by_hand(folder, tmp_path):
    answer_all(folder, tmp_path / "run")
    summary = json.loads((tmp_path / "run" / "summary.json").read_text(encoding="utf-8"))
    # q1 alone hits: q2 quotes 'eat carp' where 'the carp.' is gold, q4 is wrong, and q5 is refused, though what its
    # refusal shows holds the gold.
    assert (summary["questions"], summary["answerable"], summary["hit_rate"]) == (5, 4, 0.25)
    assert summary["token_f1"] == pytest.approx((2 / 4 + 2 / 4 + 0 + 0) / 4)
    assert summary["refused_unanswerable"] == 1.0
    assert summary["false_refusals"] == 0.25
    assert summary["balanced_accuracy"] == (0.75 + 1) / 2
    assert summary["auc"] == (1 + 1 + 1 + 0.5) / 4
    assert summary["documents"]["trees"]["questions"] == 2
    assert summary["documents"]["trees"]["balanced_accuracy"] is None
    assert summary["questions_per_second"] > 0
    text = (tmp_path / "run" / "summary.md").read_text(encoding="utf-8")
    assert "| trees | 2 | 0.000 |" in text


def test_a_run_goes_on_where_it_stopped_and_a_half_written_line_is_dropped(folder, tmp_path):
    out, told = tmp_path / "run", []
    answer_all(folder, out)
    whole = (out / "answers.jsonl").read_bytes().splitlines(keepends=True)
    (out / "answers.jsonl").write_bytes(b"".join(whole[:3]) + whole[3][:20])
    (out / "scratch").mkdir()
    (out / "scratch" / "left-over").write_text("x", encoding="utf-8")
    assert answer_all(folder, out, progress=told.append) == 0
    assert (out / "answers.jsonl").read_bytes().splitlines(keepends=True)[:3] == whole[:3]
    assert sorted(record["id"] for record in lines_of(out)) == ["q1", "q2", "q3", "q4", "q5"]
    assert told == [3, 4, 5]
    assert [s["questions"] for s in json.loads((out / "run.json").read_text())["sessions"]] == [5, 2]
    assert not (out / "scratch").exists()


def test_a_run_that_is_done_only_writes_its_summary_again(folder, tmp_path):
    out = tmp_path / "run"
    answer_all(folder, out)
    before = (out / "summary.json").read_text(encoding="utf-8")
    (out / "summary.json").unlink()
    corpus = load_corpus(folder)
    assert run_corpus(corpus, out, Settings(), workers=2, opens=None) == 0  # nothing is opened
    assert (out / "summary.json").read_text(encoding="utf-8") == before


@pytest.mark.parametrize("what", ["documents", "questions", "settings", "program"])
def test_a_run_begun_with_something_else_is_refused(folder, tmp_path, monkeypatch, what):
    out = tmp_path / "run"
    with open_run(out, load_corpus(folder).hashes, Settings()):
        pass
    settings = Settings()
    if what == "settings":
        settings = Settings(top=7)
    elif what == "program":
        monkeypatch.setattr(corpus_store, "_PROGRAM", ("core",))
    else:
        path = folder / f"{what}.jsonl"
        path.write_text(path.read_text(encoding="utf-8") + "\n", encoding="utf-8")
    with pytest.raises(InputError, match=rf"was begun with other {what}: give another --out"):
        answer_all(folder, out, settings)


def test_where_an_index_would_lie_is_no_setting_of_the_run(folder, tmp_path):
    with open_run(tmp_path / "run", load_corpus(folder).hashes, Settings()):
        pass
    answer_all(folder, tmp_path / "run", Settings(home=tmp_path / "elsewhere", corpus="other"))
    assert len(lines_of(tmp_path / "run")) == 5


def test_what_fails_is_told_in_a_line_counts_as_wrong_and_harms_no_other(folder, tmp_path):
    out, told = tmp_path / "run", []
    write(folder, [PONDS, LOST], [*QUESTIONS[:3], asked("q6", "crash", "maize"), asked("q7", "any", None, "lost")])
    assert answer_all(folder, out, complain=told.append) == 2
    assert sorted(told) == ["document 'lost': it cannot be read", "question 'q6': ValueError: boom"]
    summary = json.loads((out / "summary.json").read_text(encoding="utf-8"))
    assert (summary["questions"], summary["without_answer"]) == (5, 2)
    assert summary["hit_rate"] == 1 / 3
    assert summary["refused_unanswerable"] == 1 / 2
    assert summary["balanced_accuracy"] == (2 / 3 + 1 / 2) / 2
    assert summary["documents"]["lost"]["latency_p50_ms"] is None
    assert answer_all(folder, out) == 2  # they are asked again


def test_a_process_that_dies_ends_the_run_and_what_was_answered_is_kept(folder, tmp_path):
    out = tmp_path / "run"
    write(folder, [PONDS], [*QUESTIONS[:2], asked("q8", "die", "x")])
    with pytest.raises(IbidError, match=r"answered 'a/ponds' died \(exit code 7\).*same command again"):
        answer_all(folder, out)
    assert [record["id"] for record in lines_of(out)] == ["q1", "q2"]
    assert not (out / "scratch").exists()


def test_a_process_has_one_thread(folder, tmp_path):
    write(folder, [PONDS], [asked("q9", "threads", None)])
    answer_all(folder, tmp_path / "run")
    assert lines_of(tmp_path / "run")[0]["answer"] == "1"


def test_two_processes_do_not_answer_into_one_folder(folder, tmp_path):
    corpus = load_corpus(folder)
    with (
        open_run(tmp_path / "run", corpus.hashes, Settings()),
        pytest.raises(IbidError, match="another process is answering into"),
    ):
        answer_all(folder, tmp_path / "run")


def test_other_folders_and_broken_runs_are_left_alone(folder, tmp_path):
    out = tmp_path / "run"
    with pytest.raises(InputError, match="cannot write to"):
        answer_all(folder, folder / "questions.jsonl")
    with pytest.raises(InputError, match="holds other files and no run"):
        answer_all(folder, folder)
    assert sorted(path.name for path in folder.iterdir()) == ["documents.jsonl", "questions.jsonl"]
    with open_run(out, load_corpus(folder).hashes, Settings()) as run:
        for qid in ("q1", "q2", "q1"):
            run.append({"id": qid})
    with pytest.raises(InputError, match=r"answers\.jsonl line 3 is not the one answer"):
        answer_all(folder, out)
    (out / "run.json").write_text("{", encoding="utf-8")
    with pytest.raises(InputError, match=r"run\.json is broken: give another --out"):
        answer_all(folder, out)


def test_other_keys_blank_lines_and_a_byte_order_mark_are_passed_over(folder):
    path = folder / "questions.jsonl"
    line = json.dumps(QUESTIONS[0] | {"paragraph_span": [0, 3], "evidence": ["Carp eat maize."]})
    path.write_text(f"\n{line}\n\n", encoding="utf-8-sig")
    assert load_corpus(folder).questions == {
        "q1": CorpusQuestion("q1", "a/ponds", "What of maize?", ("maize",), True, ("Carp eat maize.",))
    }


BAD = [
    ("questions", "{", r"questions\.jsonl line 2 is not one of the questions: Invalid JSON"),
    ("documents", "[1]", r"documents\.jsonl line 2 is not one of the documents"),
    ("documents", json.dumps({"doc_id": "d"}), "line 2 .*: text: Field required"),
    ("documents", json.dumps(PONDS), "line 2: the doc_id 'a/ponds' is used twice"),
    ("documents", json.dumps(PONDS | {"doc_id": "b", "text": " \n"}), "line 2: the text of 'b' is empty"),
    ("documents", json.dumps(PONDS | {"doc_id": ""}), "line 2: the doc_id is empty"),
    ("questions", json.dumps(QUESTIONS[0]), "line 2: the qid 'q1' is used twice"),
    ("questions", json.dumps(asked("q2", "x", "y", "nosuch")), "line 2: no document has the doc_id 'nosuch'"),
    ("questions", json.dumps(QUESTIONS[1] | {"question": " "}), "line 2: the question 'q2' is empty"),
    ("questions", json.dumps(QUESTIONS[1] | {"question": "x" * 9999}), "line 2: the question has 9999 characters"),
    ("questions", json.dumps(QUESTIONS[1] | {"answers": []}), "line 2: answerable is true, but there are no answers"),
    ("questions", json.dumps(QUESTIONS[1] | {"answers": [" "]}), "line 2: an answer or an evidence quote is empty"),
    ("questions", json.dumps(QUESTIONS[1] | {"qid": ""}), "line 2: the qid is empty"),
    ("questions", '{"qid": "\\ud800"}', "line 2 .*JSON"),
    ("questions", "\udce9", r"questions\.jsonl line 2 is not UTF-8: save it as UTF-8"),
]


@pytest.mark.parametrize(("name", "line", "said"), BAD)
def test_bad_input_is_one_line_with_its_number_and_nothing_is_begun(folder, capsys, name, line, said):
    write(folder, [PONDS], QUESTIONS[:1])
    path = folder / f"{name}.jsonl"
    path.write_bytes(path.read_bytes() + f"{line}\n".encode(errors="surrogateescape"))
    with pytest.raises(InputError, match=said):
        load_corpus(folder)
    out = folder.parent / "run"
    assert main([str(folder), "--out", str(out)]) == 1
    error = capsys.readouterr().err
    assert error.startswith("ibid eval corpus: ")
    assert error.count("\n") == 1
    assert not out.exists()


def test_missing_and_empty_files_are_named(folder):
    (folder / "questions.jsonl").write_text("\n", encoding="utf-8")
    with pytest.raises(InputError, match="has no questions"):
        load_corpus(folder)
    (folder / "documents.jsonl").unlink()
    with pytest.raises(InputError, match=r"cannot read .*documents\.jsonl: No such file"):
        load_corpus(folder)


def question(*answers: str) -> CorpusQuestion:
    return CorpusQuestion("q", "d", "?", answers, bool(answers))


def answered(text: str, *quotes: str, refused: bool = False) -> dict:
    citations = [{"marker": n, "quote": quote} for n, quote in enumerate(quotes, start=1)]
    return {"answer": text, "refused": refused, "citations": citations, "confidence": 0.5, "latency_ms": 1.0}


def test_scores_of_one_answer_by_hand():
    found = score(question("Elm", "the old oak"), answered("The Oak grew. [1] It is OLD. [2]", "The Oak grew.", "Old"))
    # 'oak grew' and 'old oak' share one word of two and two; no gold string stands in the text.
    assert (found["hit_rate"], found["token_f1"], found["exact_match"]) == (0.0, 2 * 1 / 3, 0.0)
    exact = score(question("1820–21"), answered("In 1820-21 [1]", "the  1820-21."))
    assert (exact["hit_rate"], exact["token_f1"], exact["exact_match"]) == (1.0, 1.0, 1.0)


def test_neither_a_marker_nor_what_a_refusal_shows_is_a_hit():
    assert score(question("1"), answered("It grew. [1] It fell. [2]", "It grew.", "It fell."))["hit_rate"] == 0.0
    assert score(question("[3]"), answered("See [3] there. [1]", "See [3] there."))["hit_rate"] == 1.0
    assert score(question("7"), answered("It grew in 1700. [1]", "It grew in 1700."))["hit_rate"] == 0.0
    assert score(question("1700"), answered("It grew in 1700.² [1]", "It grew in 1700.2"))["hit_rate"] == 1.0
    refused = score(question("maize"), answered("Closest: “maize”", refused=True))
    assert (refused["hit_rate"], refused["false_refusals"], refused["answered"]) == (0.0, 1.0, 0.0)


def test_no_answer_scores_zero_and_is_no_refusal():
    missing = score(question("maize"), None)
    assert {name: missing[name] for name in ("hit_rate", "token_f1", "exact_match", "false_refusals", "answered")} == {
        "hit_rate": 0.0, "token_f1": 0.0, "exact_match": 0.0, "false_refusals": 0.0, "answered": 0.0,
    }  # fmt: skip
    assert score(question(), None)["refused_unanswerable"] == 0.0


def test_what_does_not_apply_is_none_and_no_zero():
    found = summarize([(question(), score(question(), answered("No.", refused=True)))])
    assert (found["hit_rate"], found["auc"], found["balanced_accuracy"], found["citation_recall"]) == (None,) * 4
    assert (found["refused_unanswerable"], found["latency_p95_ms"]) == (1.0, 1.0)


def test_the_area_is_the_share_of_pairs_in_order():
    positive, negative = [0.9, 0.5, 0.5, 0.2], [0.5, 0.1, 0.2]
    pairs = [(p > n) + (p == n) / 2 for p in positive for n in negative]
    assert area_under_curve(positive, negative) == sum(pairs) / len(pairs)
    assert area_under_curve([1.0], []) is None


def test_token_f1_is_that_of_squad():
    assert token_f1("The pike, and the carp.", "pike carp") == pytest.approx(2 * 2 / (3 + 2))
    assert token_f1("a the", "pike") == 0.0
