"""What somebody is asked about, and nothing on them speaks of, is refused and named."""

import pytest

from answer import Answerer
from core.settings import Settings
from tests.unit.answer_fakes import FakeIndex, Indifferent, plain_model

OWLS = """# Owls

Marl (1999) watched owls in Hull for two winters. She found that they hunt mice by ear.

The owls of the city are fed by visitors, and most of them have a ring of tin.

Reed (2004) counted herons in Leeds. The birds stand in the river at dawn and eat what comes by.
"""


def ask(question: str):
    return Answerer(FakeIndex(OWLS), Settings(), plain_model(2.0), Indifferent()).ask(question)


@pytest.mark.parametrize(
    ("question", "missing"),
    [
        ("What did Marl find in Leeds?", "Leeds"),
        ("What does Marl say about the herons of Leeds?", "herons"),
        ("What did Reed find about the rings?", "rings"),
        ("What did Marl and Reed find in Dover?", "Dover"),
    ],
)
def test_what_nobody_says_of_those_who_are_asked_about_is_refused(question, missing):
    answer = ask(question)
    assert answer.refused
    assert answer.reason == f"What it says of them does not speak of {missing}."


@pytest.mark.parametrize(
    "question",
    [
        "What did Marl find in Hull?",
        "What does Marl say about the ring?",  # in the paragraph behind the one that names her
        "What did Reed find about a heron?",
        "What does the text say about herons?",
        "What did Marl and Reed find about herons?",
        "What did Marl find in general?",
        "What did Marl find at first?",
    ],
)
def test_what_is_said_near_their_names_is_answered(question):
    assert not ask(question).refused


def test_of_somebody_who_is_named_everywhere_nothing_is_said(monkeypatch):
    monkeypatch.setattr("answer.unspoken._MOST", 1)
    assert not ask("What did Marl find in Leeds?").refused
