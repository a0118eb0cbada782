"""The load test's own sums and judgements, by hand."""

import json

import pytest

from benchmarks.load.clients import Said, said_in_record
from benchmarks.load.judge import judge, key_of, latency
from benchmarks.load.people import Added, Asked, Question, Seen, crowd_of
from benchmarks.load.report import as_record, write
from benchmarks.load.trial import Trial

QUESTION = Question("q1", "Who kept the light?")
OLD = said_in_record({"refused": False, "answer": "Edith [1]", "citations": [{"document": "g", "start": 1, "end": 9}]})
NEW = said_in_record({"refused": False, "answer": "Ada [1]", "citations": [{"document": "h", "start": 3, "end": 7}]})
ADDED = Added(4.0, 6.0)


def asked(begun, ended, said=OLD, way="program", error=""):
    return Asked(QUESTION, way, begun, ended, said, error)


def judged(*answers, added=ADDED):
    seen = Seen(answers, added, 10.0)
    return judge(
        seen, {key_of(QUESTION): OLD}, {key_of(QUESTION): NEW}, lambda name, record: "Edith" in record["answer"]
    )


def test_an_answer_is_what_the_question_gets_alone_before_or_after_the_document_came():
    fine = [asked(1, 2), asked(3, 5), asked(3, 5, NEW), asked(5, 7), asked(5, 7, NEW), asked(7, 8, NEW)]
    assert judged(*fine).different == ()
    assert judged(asked(1, 2, NEW)).different == ("q1 (program, 1.0 to 2.0 s)",)
    assert judged(asked(7, 8, OLD)).different == ("q1 (program, 7.0 to 8.0 s)",)


def test_the_clock_of_a_record_does_not_count_and_all_else_does():
    record = {"refused": True, "answer": "No", "citations": []}
    assert said_in_record(record | {"latency_ms": 5}) == said_in_record(record | {"latency_ms": 7})
    assert said_in_record(record | {"answer": "Yes"}) != said_in_record(record)


def test_what_the_page_shows_is_held_against_the_quotes():
    assert judged(asked(1, 2, Said(False, OLD.spots), "page")).different == ()
    assert judged(asked(1, 2, Said(False, NEW.spots), "page")).different
    assert judged(asked(1, 2, Said(True, ()), "page")).different


def test_errors_are_told_and_are_no_answers():
    found = judged(asked(1, 2, None, error="it broke"), asked(1, 2), added=Added(4.0, 6.0, "no room"))
    assert found.answers == 1
    assert found.errors == ("q1 (program): it broke", "adding the document: no room")


def test_the_share_of_right_answers_is_that_of_the_programs():
    assert judged(asked(1, 2), asked(7, 8, NEW), asked(1, 2, Said(False, OLD.spots), "page")).right == 0.5


def test_quantiles_are_times_that_were_measured():
    assert latency(range(1, 101)) == {"n": 100, "p50": 50, "p95": 95, "p99": 99, "max": 100}
    assert latency([3.0, 1.0, 2.0]) == {"n": 3, "p50": 2.0, "p95": 3.0, "p99": 3.0, "max": 3.0}
    assert latency([]) == {}


def test_answers_a_second_and_the_times_while_the_document_comes_in():
    numbers = judged(asked(1, 2), asked(3, 5), asked(7, 9, NEW)).numbers
    assert numbers["answers_a_second"] == pytest.approx(0.3)
    assert (numbers["adding_n"], numbers["adding_max"]) == (1, 2)
    assert numbers["add_s"] == 2


def test_a_conversation_at_the_page_is_the_history_of_its_questions():
    questions = [QUESTION, Question("q2", "And when?", ("Who built it?",))]
    crowd = crowd_of(questions, people=3, pages=1, seconds=1, think=1, seed=4, most=3)
    page, *programs = crowd.scripts
    assert [len(question.history) for question in page] == [0, 1, 2]
    assert {question.id for question in page} == {"q1"}, "a follow-up of the set has a history of its own"
    assert all(question in questions for script in programs for question in script)
    assert crowd == crowd_of(questions, people=3, pages=1, seconds=1, think=1, seed=4, most=3)


def test_the_report_tells_what_differs(tmp_path):
    crowd = crowd_of([QUESTION], people=2, pages=0, seconds=1, think=1, seed=1, most=1)
    trial = Trial(judged(asked(1, 2, NEW), asked(1, 2)), 3.0, 400.0)
    record = as_record(crowd, trial, command="it", document=35_000, load_before=0.1)
    text = write(record, tmp_path)
    assert "2 answers, 0 errors, 1 that differ from the answer alone" in text
    assert "- q1 (program, 1.0 to 2.0 s)" in text
    assert "| programs, whole answer | 2 | 1.00 | 1.00 | 1.00 | 1.00 |" in text
    assert json.loads((tmp_path / "load.json").read_text())["different"]
