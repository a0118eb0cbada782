"""From a question set to a report, with an answerer that is wrong in known ways."""

import dataclasses
import json

import pytest

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
    ],
)
def test_a_question_set_that_cannot_be_trusted_is_told(questions, changes, said):
    (question,) = [dataclasses.replace(q, **changes) for q in load_questions(questions) if q.id == "q1"]
    found = problems([question], list(INDEX.documents.values()))
    assert (said is None and not found) or any(said in line for line in found)


def test_ids_used_twice_are_told(questions):
    (question, _) = load_questions(questions)
    assert problems([question, question], list(INDEX.documents.values())) == ("q1: the id is used twice",)


def test_a_line_that_is_no_question_is_named_by_its_number(questions):
    questions.write_text(questions.read_text(encoding="utf-8") + '{"id": "q3"}\n', encoding="utf-8")
    with pytest.raises(InputError, match="line 4 is not a question"):
        load_questions(questions)


def test_splits_are_kept_apart(questions):
    assert len(load_questions(questions, "dev")) == 2
    assert load_questions(questions, "test") == ()
