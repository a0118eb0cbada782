"""Questions that ask several things: how they are taken apart, and what is quoted for each."""

import pytest
from answer_fakes import hit, passage

from answer.decision import Decision
from answer.evidence import Evidence
from answer.features import FEATURES
from answer.finder import Found
from answer.question import read_question
from answer.several import Part, parts_of, with_common, with_parts


@pytest.mark.parametrize(
    ("question", "parts"),
    [
        ("When did Bell leave, and why?", ["When did Bell leave?", "Why did Bell leave?"]),
        ("Who built the mill and who sold it?", ["Who built the mill?", "Who sold the mill?"]),
        (
            "How do Ash Wood and Elm Wood differ in age?",
            ["How do Ash Wood differ in age?", "How do Elm Wood differ in age?"],
        ),
        (
            "How did rents develop in Leeds and in York?",
            ["How did rents develop in Leeds?", "How did rents develop in York?"],
        ),
        ("When did Line A and Line C open?", ["When did Line A open?", "When did Line C open?"]),
    ],
)
def test_a_question_that_asks_several_things_is_taken_apart(question, parts):
    assert [part.question for part in parts_of(question)] == parts


@pytest.mark.parametrize(
    "question",
    [
        "Who founded the mill?",
        "Where is the border between Leeds and York?",
        "Which treaty did France and Spain sign?",
        "Explain how the wheel turns and what it drives.",
    ],
)
def test_a_question_for_one_thing_is_left_whole(question):
    assert parts_of(question) == ()


def _evidence(text: str, score: float) -> Evidence:
    held = passage(text)
    return Evidence(hit(held), (held.start, held.end), text, score, (0.0,) * len(FEATURES))


def _part(about: str, evidence: list[Evidence], confidence: float = 0.9) -> tuple[Part, Found, Decision]:
    found = Found(read_question(f"How old is {about}?"), (), (), evidence, 0.0)
    return Part(f"How old is {about}?", about), found, Decision(tuple(evidence[:1]), confidence)


def test_each_part_gets_a_quote_that_names_what_it_is_asked_of():
    ash, elm = _evidence("Ash Wood is old.", 5.0), _evidence("Elm Wood is young.", 3.0)
    whole = Decision((ash,), 0.9)
    told = with_parts(whole, [_part("Ash Wood", [ash, elm]), _part("Elm Wood", [ash, elm])], 0.5)
    assert told.quotes == (ash, elm)


def test_a_part_that_is_not_answered_adds_nothing():
    ash, elm = _evidence("Ash Wood is old.", 5.0), _evidence("Elm Wood is young.", 3.0)
    whole = Decision((ash,), 0.9)
    assert with_parts(whole, [_part("Ash Wood", [ash]), _part("Elm Wood", [elm], 0.4)], 0.5) is whole


def test_what_is_refused_as_a_whole_is_answered_when_each_part_is():
    ash, elm = _evidence("Ash Wood is old.", 5.0), _evidence("Elm Wood is young.", 3.0)
    parts = [_part("Ash Wood", [ash], 0.8), _part("Elm Wood", [elm], 0.7)]
    refused = Decision((), 0.3)
    assert with_parts(refused, parts, 0.5) == Decision((ash, elm), 0.7)
    assert with_parts(refused, [*parts[:1], _part("Elm Wood", [elm], 0.4)], 0.5) is refused
    assert with_parts(refused, [], 0.5) is refused


def test_of_two_that_are_compared_each_gets_a_sentence_of_its_own():
    both, ash, elm = (
        _evidence("Ash Wood and Elm Wood are not alike.", 5.0),
        _evidence("Ash Wood is old.", 4.0),
        _evidence("Elm Wood is young.", 3.0),
    )
    lead = _evidence("Of Elm Wood:", 4.5)
    found = Found(read_question("How do Ash Wood and Elm Wood differ?"), (), (), [both, lead, ash, elm], 0.0)
    parts = [
        (Part("How do Ash Wood differ?", "Ash Wood", "Elm Wood"), found, Decision((both,), 0.9)),
        (Part("How do Elm Wood differ?", "Elm Wood", "Ash Wood"), found, Decision((both,), 0.9)),
    ]
    assert with_parts(Decision((both,), 0.9), parts, 0.5).quotes == (both, ash, elm)


def test_what_two_have_in_common_is_told_first():
    ash = _evidence("Ash Wood is old.", 5.0)
    both = _evidence("Ash Wood and Elm Wood are both wet.", 1.0)
    question = "What do Ash Wood and Elm Wood have in common?"
    found = Found(read_question(question), (), (), [ash, both], 0.0)
    assert with_common(question, found, Decision((ash,), 0.9)).quotes == (both, ash)
    assert with_common("How do they differ?", found, Decision((ash,), 0.9)).quotes == (ash,)
