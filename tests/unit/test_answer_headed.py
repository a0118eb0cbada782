"""A heading that asks what a question does."""

from answer_fakes import FakeIndex, Indifferent, plain_model

from answer import Answerer
from core.settings import Settings

TEXT = """# Report

## What went well

The dam held. Nobody was hurt.

## What went badly

The pump went out well before noon.

## Pumps

They were old.
"""


def ask(question, tmp_path):
    answerer = Answerer(FakeIndex(TEXT), Settings(home=tmp_path), plain_model(3.0), Indifferent())
    return [c.quote for c in answerer.ask(question).citations]


def test_a_section_whose_heading_is_the_question_is_quoted_whole_and_alone(tmp_path):
    assert ask("What went well?", tmp_path) == ["The dam held.", "Nobody was hurt."]


def test_a_heading_of_one_word_is_the_name_of_a_thing(tmp_path):
    assert "The pump went out well before noon." in ask("What of the pumps?", tmp_path)


def test_a_heading_gives_no_figure_that_is_asked_for(tmp_path):
    text = "# Mill\n\n## Annual budget\n\nThe annual budget is set by the council in March.\n"
    answerer = Answerer(FakeIndex(text), Settings(home=tmp_path), plain_model(-9.0), Indifferent())
    assert answerer.ask("How much is the annual budget?").refused
