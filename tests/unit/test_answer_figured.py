"""A figure that a question names by its number is looked up by its caption."""

import pytest

from answer import Answerer
from answer.answerer import CERTAIN
from core.settings import Settings
from tests.unit.answer_fakes import FakeIndex, Indifferent, plain_model

PONDS = """# Ponds

The northern pond is deep, as Figure 2 shows. The southern one is not.

Figure 1: The ponds of the north. Their names are those of 1820.

Figure 2: Depth of the northern pond.

Figure 2.1: A boat on the pond.
"""


def ask(question: str, text: str = PONDS):
    return Answerer(FakeIndex(text), Settings(), plain_model(-2.0), Indifferent()).ask(question)


@pytest.mark.parametrize(
    "question",
    [
        "What does Figure 1 show?",
        "What is shown in figure 1?",
        "What's in Fig. 1?",
        "What is Figure 1 about?",
        "Describe figure 1.",
        "What is the caption of Figure 1?",
    ],
)
def test_a_figure_is_told_by_its_caption(question):
    answer = ask(question)
    assert [citation.quote for citation in answer.citations] == [
        "Figure 1: The ponds of the north.",
        "Their names are those of 1820.",
    ]
    assert answer.confidence == CERTAIN


def test_a_figure_of_a_chapter_is_another():
    assert [citation.quote for citation in ask("What does Figure 2.1 show?").citations] == [
        "Figure 2.1: A boat on the pond."
    ]


def test_a_figure_that_is_not_there_is_said_not_to_be():
    answer = ask("What does Figure 7 show?")
    assert (answer.refused, answer.reason) == (True, "It has no figure 7.")


@pytest.mark.parametrize("question", ["What does Figure 2 show about the boat?", "Which figure shows the ponds?"])
def test_what_else_is_asked_of_a_figure_is_looked_for_in_the_text(question):
    assert ask(question).confidence != CERTAIN


def test_a_text_without_captions_is_asked_as_ever():
    assert ask("What does Figure 1 show?", "# Ponds\n\nThe northern pond is deep.\n").confidence != CERTAIN


def test_one_that_the_text_speaks_of_is_not_denied():
    text = "# Ponds\n\nFigure 1: The ponds.\n\nFigure 2 – The boats of the pond.\n\nFig. 3 has the mills of it.\n"
    assert [c.quote for c in ask("What does Figure 2 show?", text).citations] == ["Figure 2 – The boats of the pond."]
    assert ask("What does Figure 3 show?", text).reason != "It has no figure 3."
