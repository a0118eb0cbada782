"""From a question set to a report, with an answerer that is wrong in known ways."""

import dataclasses
import json
from pathlib import Path

import pytest

from answer.reader import READER_SHA256
from core.errors import InputError
from core.records import Answer, Citation
from core.settings import Settings
from eval.dataset import load_questions, problems
from eval.report import write_report
from eval.run import run, summarize
from tests.unit.answer_fakes import FakeIndex

INDEX = FakeIndex("# Ponds\n\n## Carp\n\nCarp live in the northern pond. They eat maize.\n")
RIGHT = {
    "id": "q1",
    "kind": "factoid",
    "question": "Where do carp live?",
    "answer": "In the northern pond",
    "must": [["northern pond"]],
    "must_not": [],
    "evidence": ["Carp live in the northern pond."],
    "section": "Carp",
    "answerable": True,
    "history": [],
    "split": "dev",
}
NONE = RIGHT | {
    "id": "q2", "kind": "unanswerable", "question": "Who feeds pike?", "must": [], "evidence": [], "answerable": False,
}  # fmt: skip


class Scripted:
    """Answers with the whole of the first hit, or refuses."""

    def __init__(self, refuses: bool, shift: int = 0) -> None:
        self.refuses, self.shift = refuses, shift

    def ask(self, question: str, history=()) -> Answer:
        hits = INDEX.search(question, top=5)
        start, end = next(h for h in hits if "Carp live" in h.passage.text).passage.sentences[0]
        quote = INDEX.documents["d0"].text[start:end]
        citation = Citation(1, "d0", ("Carp",), None, quote, start + self.shift, end + self.shift, "d0#0001")
        citations = () if self.refuses else (citation,)
        return Answer(question, "" if self.refuses else f"{quote} [1]", citations, self.refuses, "", 0.5, hits)


@pytest.fixture
def questions(tmp_path):
    path = tmp_path / "set.jsonl"
    path.write_text(json.dumps(RIGHT) + "\n\n" + json.dumps(NONE) + "\n", encoding="utf-8")
    return path


def test_a_right_answer_and_a_missing_refusal_are_told_apart(questions):
    outcomes = run(load_questions(questions), Scripted(refuses=False), INDEX.documents)
    assert [(o.scores["correct"], o.broke) for o in outcomes] == [(1.0, ""), (0.0, "not refused")]
    summary = summarize(outcomes)
    assert (summary["correct"], summary["refusal_recall"], summary["false_refusal"]) == (0.5, 0.0, 0.0)
    assert summary["literal"] == 1.0


def test_injected_faults_show(questions):
    chosen = load_questions(questions)
    assert summarize(run(chosen, Scripted(refuses=False, shift=1), INDEX.documents))["literal"] == 0.0
    refused = summarize(run(chosen, Scripted(refuses=True), INDEX.documents))
    assert (refused["correct_answerable"], refused["refusal_recall"], refused["false_refusal"]) == (0, 1, 1)


def test_passages_behind_the_ranked_ones_are_no_retrieval(questions):
    (question,) = [q for q in load_questions(questions) if q.id == "q1"]
    names = ("recall@1", "recall@10", "evidence_recall", "mrr", "ndcg@10")

    def scored(hits):
        answer = dataclasses.replace(Scripted(refuses=False).ask(question.question), hits=hits)
        (outcome,) = run([question], type("Fixed", (), {"ask": lambda self, q, h=(): answer})(), INDEX.documents)
        return [outcome.scores[name] for name in names], outcome.ranks

    (found,) = [h for h in INDEX.search(question.question, top=5) if "Carp live" in h.passage.text]
    behind = dataclasses.replace(found, retrievers=("place",), score=0.0)
    other = dataclasses.replace(found, passage=dataclasses.replace(found.passage, start=0, end=1))
    assert scored((found,)) == ([1.0] * 5, (1,))
    assert scored((other, behind)) == ([0.0] * 5, (None,))
    assert scored((behind,)) == ([None] * 5, ())


def written(questions, folder, **options):
    outcomes = run(load_questions(questions), Scripted(refuses=True), INDEX.documents)
    path = write_report(
        outcomes, folder, "set-dev", settings=Settings(), documents=INDEX.documents, questions=questions, **options
    )
    return {form: path.with_suffix(form).read_text(encoding="utf-8") for form in (".md", ".html", ".json")}


def test_the_report_names_every_miss_and_how_it_was_made(questions, tmp_path):
    forms = written(questions, tmp_path / "out")
    assert "**q1** (factoid) Where do carp live?" in forms[".md"]
    assert "<b>Where do carp live?</b>" in forms[".html"]
    assert "**q2**" not in forms[".md"]
    assert "<b>Who feeds pike?</b>" not in forms[".html"]
    record = json.loads(forms[".json"])
    assert record["summary"]["all"]["correct"] == 0.5
    assert record["intervals"]["all"]["correct"] == {"low": 0, "high": 1, "error": pytest.approx(0.35, abs=0.02)}
    assert record["broke"] == {"all": {"refused": 1}, "factoid": {"refused": 1}, "unanswerable": {}}
    assert [point["recall"] for point in record["curve"]] == [1.0] * 20
    assert record["outcomes"][0]["evidence_ranks"] == [1]
    assert record["settings"]["top"] == 20
    assert record["versions"]["numpy"]
    assert len(record["model"]["sha256"]) == len(record["questions"]["sha256"]) == 64
    assert record["model"]["reader"] == {"file": "reader.onnx", "sha256": READER_SHA256}
    assert record["documents"] == {"d0": "0"}


def test_questions_of_the_test_split_are_counted_and_not_told(questions, tmp_path):
    questions.write_text(questions.read_text(encoding="utf-8").replace('"dev"', '"test"'), encoding="utf-8")
    forms = written(questions, tmp_path / "out")
    for form in forms.values():
        assert not any(told in form for told in ("q1", "carp", "Carp", "pond", "pike"))
    record = json.loads(forms[".json"])
    assert (record["hidden"], record["outcomes"]) == (2, [])
    assert record["broke"]["factoid"] == {"refused": 1}
    assert record["summary"]["factoid"]["false_refusal"] == 1
    forms = written(questions, tmp_path / "out", show_test=True)
    assert all("Where do carp live?" in form for form in forms.values())
    record = json.loads(forms[".json"])
    assert (record["hidden"], len(record["outcomes"])) == (0, 2)


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({}, None),
        ({"evidence": ["Carp live in the southern pond."]}, "evidence is not in the text"),
        ({"must": [["southern"]]}, "no alternative"),
        ({"kind": "riddle"}, "unknown kind"),
        ({"answerable": False}, "do not agree"),
        ({"split": "train"}, "expected dev or test"),
        ({"question": " \n"}, "q1: the question is empty"),
        ({"question": "x" * 2001}, "q1: the question has 2001 characters, expected at most 2000"),
        ({"must": [["northern pond", " "]]}, "q1: must holds an empty text"),
        ({"must_not": [""]}, "q1: must_not holds an empty text"),
        ({"evidence": ["Carp live in the northern pond.", " "]}, "q1: evidence holds an empty text"),
        ({"must": [["orthern pond", "9"]]}, None),
    ],
)
def test_a_question_set_that_cannot_be_trusted_is_told(questions, changes, said):
    (question,) = [dataclasses.replace(q, **changes) for q in load_questions(questions) if q.id == "q1"]
    found = problems([question], list(INDEX.documents.values()))
    assert bool(found) == (said is not None)
    assert said is None or said in found[0]


def test_ids_used_twice_are_told(questions):
    (question, _) = load_questions(questions)
    assert problems([question, question], list(INDEX.documents.values())) == ("q1: the id is used twice",)


def test_a_line_that_is_no_question_is_named_by_its_number(questions):
    questions.write_text(questions.read_text(encoding="utf-8") + '{"id": "q3"}\n', encoding="utf-8")
    with pytest.raises(InputError, match="line 4 is not a question"):
        load_questions(questions)


def test_a_byte_order_mark_and_other_ends_of_lines_than_a_line_feed_do_no_harm(questions):
    line = json.dumps(RIGHT | {"question": "Where\u2028do carp\x85live?"}, ensure_ascii=False)
    questions.write_bytes(b"\xef\xbb\xbf" + f"{line}\r\n{json.dumps(NONE)}\r\n".encode())
    assert [q.question for q in load_questions(questions)] == ["Where\u2028do carp\x85live?", "Who feeds pike?"]


@pytest.mark.parametrize("encoding", ["cp1252", "utf-16"])
def test_a_file_that_is_not_utf8_is_said_in_one_line(questions, encoding):
    text = json.dumps(RIGHT) + "\n" + json.dumps(NONE | {"question": "Où?"}, ensure_ascii=False)
    questions.write_bytes(text.encode(encoding))
    line = {"cp1252": 2, "utf-16": 1}[encoding]
    with pytest.raises(InputError, match=rf"set\.jsonl line {line} is not UTF-8: save it as UTF-8$"):
        load_questions(questions)


def test_what_is_left_out_of_a_line_has_a_default(questions):
    left_out = ("must_not", "section", "history", "split")
    questions.write_text(json.dumps({k: v for k, v in RIGHT.items() if k not in left_out}), encoding="utf-8")
    (question,) = load_questions(questions)
    assert (question.must_not, question.section, question.history, question.split) == ((), "", (), "dev")


def test_the_examples_of_the_guide_are_questions(questions):
    guide = (Path(__file__).resolve().parents[2] / "docs" / "questions.md").read_text(encoding="utf-8")
    lines = [line.strip() for line in guide.splitlines() if line.strip().startswith('{"id"')]
    questions.write_text("\n".join(lines), encoding="utf-8")
    found = load_questions(questions)
    assert [q.kind for q in found] == ["numeric", "unanswerable", "followup"]
    assert not [line for line in problems(found, ()) if "not in the text" not in line]


def test_splits_are_kept_apart(questions):
    assert len(load_questions(questions, "dev")) == 2
    assert load_questions(questions, "test") == ()
