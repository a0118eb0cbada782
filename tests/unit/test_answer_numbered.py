"""A note that a question names by its number is looked up."""

import pytest

from answer import Answerer
from answer.answerer import CERTAIN
from core.settings import Settings
from tests.unit.answer_fakes import FakeIndex, Indifferent, plain_model

PONDS = """# Ponds

The northern pond is deep.1 The southern one is not.2 A boat lies there.

## Notes

1. In wet years it is deeper still. Nobody knows why.

2. It was drained in 1820.
"""
BARE = "# Ponds\n\nThe northern pond is deep. A note of 1820 says so, and note 2 of the song is a low one.\n"


def ask(question: str, *texts: str):
    return Answerer(FakeIndex(*texts), Settings(), plain_model(-2.0), Indifferent()).ask(question)


@pytest.mark.parametrize("question", ["What does note 1 say?", "What is in endnote no. 1?", "And the first footnote?"])
def test_a_note_is_quoted_behind_the_sentence_that_it_belongs_to(question):
    answer = ask(question, PONDS)
    assert [citation.quote for citation in answer.citations] == [
        "The northern pond is deep.1",
        "In wet years it is deeper still.",
        "Nobody knows why.",
    ]
    assert answer.confidence == CERTAIN


def test_the_last_note_is_named_by_its_place():
    assert ask("What does the last note say?", PONDS).citations[-1].quote == "It was drained in 1820."


def test_a_text_without_notes_is_said_to_have_none():
    answer = ask("What does note 2 say?", "# Ponds\n\nThe northern pond is deep. A song was sung there at night.\n")
    assert (answer.refused, answer.citations) == (True, ())
    assert answer.reason == "It has no notes."


def test_a_note_that_is_not_there_is_said_not_to_be():
    answer = ask("What does Note 7 say?", PONDS)
    assert answer.refused
    assert answer.reason == "It has no note 7."


@pytest.mark.parametrize("texts", [(BARE,), (PONDS,) * 4])
def test_where_a_number_tells_no_note_the_question_is_searched_for(texts):
    assert ask("What does note 2 say?", *texts).confidence < CERTAIN


def test_the_note_of_a_letter_is_no_note_of_a_text():
    text = "# Ponds\n\nThe last note from Rudd said that he had gone to sea.\n"
    assert ask("What did the last note say?", text).reason != "It has no notes."
