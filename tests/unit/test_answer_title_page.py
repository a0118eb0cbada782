"""Lines of the title page answer questions about the document, and no others."""

from dataclasses import replace

import pytest

from answer.evidence import Evidence, score_sentences
from answer.features import FEATURES
from answer.question import read_question
from core.records import PassageKind
from tests.unit.answer_fakes import Indifferent, hit, passage, plain_model

TITLE = "The Lake That Would Not Fill: Years at the Dam"
SAID = "The lake fills in a year at the dam."


def order_of(question: str) -> list[str]:
    """Both lines as they are ranked, where the title shares more with the question."""
    front = replace(passage(TITLE), id="front", kind=PassageKind.FRONT)
    prose = replace(passage(SAID), id="prose")
    found = [
        Evidence(hit(p), (0, len(p.text)), p.text, 0.0, (value,) * len(FEATURES))
        for p, value in ((front, 1.0), (prose, 0.1))
    ]
    return [e.text for e in score_sentences(read_question(question), found, plain_model(-2.0), Indifferent())]


@pytest.mark.parametrize(
    "question",
    [
        "Why does the lake not fill?",
        "What happens at the dam when the lake fills?",
        "What do the authors say of the lake?",
    ],
)
def test_what_the_text_says_comes_before_its_title(question):
    assert order_of(question) == [SAID, TITLE]


@pytest.mark.parametrize(
    "question",
    ["When was it published?", "Who is the author of the book on the lake?", "Who translated the years at the dam?"],
)
def test_a_question_of_the_title_page_is_answered_by_it(question):
    assert order_of(question) == [TITLE, SAID]
