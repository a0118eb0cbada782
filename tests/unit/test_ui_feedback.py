"""Ratings and wrong passages: what is kept, where, and that nothing of it is lost or torn."""

import json
import threading
from dataclasses import replace

import pytest
from ui_samples import answer, document, refusal

from core.errors import IbidError, InputError
from core.settings import Settings
from eval.dataset import load_questions, problems
from ui.feedback import LONGEST_COMMENT, Judgement, case_of, cases_file, keep, keep_case, log_file

DOCUMENTS = {"herons": document()}


def lines(path):
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]


def test_a_rating_is_a_line_with_the_answer_and_its_quotes(home):
    path = keep(home, Judgement("k1", answer(), "down", " too short ", ("Earlier?",)))
    (kept,) = lines(path)
    assert path == log_file(home) == home.home / "feedback.jsonl"
    assert (kept["id"], kept["rating"], kept["comment"], kept["history"]) == ("k1", "down", "too short", ["Earlier?"])
    assert (kept["corpus"], kept["refused"], kept["confidence"]) == ("test", False, 0.8765)
    assert [quote["quote"] for quote in kept["quotes"]] == [c.quote for c in answer().citations]
    assert kept["quotes"][0]["section"] == "HABITS > Hunting"


def test_lines_are_added_and_none_is_changed(home):
    keep(home, Judgement("k1", answer(), "up"))
    keep(home, Judgement("k1", answer(), "none"))
    assert [kept["rating"] for kept in lines(log_file(home))] == ["up", "none"]


def test_a_line_that_a_crash_left_open_does_not_swallow_the_next(home):
    home.home.mkdir(parents=True)
    log_file(home).write_text('{"torn": ', encoding="utf-8")
    keep(home, Judgement("k1", answer(), "up"))
    first, second = log_file(home).read_text(encoding="utf-8").splitlines()
    assert first == '{"torn": '
    assert json.loads(second)["id"] == "k1"


def test_many_at_once_leave_whole_lines(home):
    threads = [
        threading.Thread(target=keep, args=(home, Judgement(f"k{i}", answer(), "up", "word " * 400))) for i in range(20)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert {kept["id"] for kept in lines(log_file(home))} == {f"k{i}" for i in range(20)}


def test_half_a_surrogate_pair_in_a_comment_is_kept_as_a_question_mark(home):
    (kept,) = lines(keep(home, Judgement("k1", answer(), "up", "so \ud83d")))
    assert kept["comment"] == "so ?"


def test_a_comment_that_is_too_long_is_one_line(home):
    with pytest.raises(InputError, match=r"the comment has 4001 characters: write at most 4000"):
        keep(home, Judgement("k1", answer(), "up", "x" * (LONGEST_COMMENT + 1)))
    assert not log_file(home).exists()


def test_a_folder_that_cannot_be_written_is_one_line(tmp_path):
    (tmp_path / "file").write_text("", encoding="utf-8")
    with pytest.raises(IbidError, match="cannot keep this in"):
        keep(Settings(home=tmp_path / "file", corpus="test"), Judgement("k1", answer(), "up"))


def test_a_wrong_passage_is_a_question_that_the_evaluation_reads_and_asks_to_complete(home):
    path = keep_case(home, Judgement("k1", refusal(), "wrong passage", "Owls wait too"), DOCUMENTS)
    assert path == cases_file(home) == home.home / "wrong-passages-test.jsonl"
    (question,) = load_questions(path)
    assert (question.id, question.kind, question.answer) == ("wrong-k1", "factoid", "Owls wait too")
    assert "wrong-k1: no evidence" in problems([question], list(DOCUMENTS.values()))


def test_words_of_the_document_in_a_comment_are_evidence_as_they_stand_there():
    case = case_of(Judgement("k1", answer(), "wrong passage", 'They strike: "they strike &  eat."'), DOCUMENTS)
    assert case["evidence"] == ["They strike & eat"]
    assert case["section"] == "HABITS"
    whole = case_of(Judgement("k1", answer(), "wrong passage", "they STRIKE & eat"), DOCUMENTS)
    assert whole["evidence"] == ["They strike & eat"]


def test_a_follow_up_keeps_what_it_followed():
    said = replace(answer(), completed="What do herons eat?")
    case = case_of(Judgement("k1", said, "wrong passage", "eels", ("What do herons do?",)), DOCUMENTS)
    assert (case["kind"], case["history"]) == ("followup", ["What do herons do?"])
    alone = case_of(Judgement("k1", answer(), "wrong passage", "eels", ("What do herons do?",)), DOCUMENTS)
    assert (alone["kind"], alone["history"]) == ("factoid", [])
