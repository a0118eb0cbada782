"""What a word means and an abbreviation stands for is said first where the text defines it."""

import pytest

from answer import Answerer
from answer.definitions import defined_term
from core.settings import Settings
from tests.unit.answer_fakes import FakeIndex, Indifferent, plain_model

TIDES = """# Tides

The TGO of the county likes gauges, and the TGO stands by. A neap tide turns many heads.

In 1901 the Tide Gauge Office (TGO) was founded. A neap tide is a tide of the least range.
"""


@pytest.mark.parametrize(
    ("question", "term"),
    [
        ("What is meant by a neap tide?", "neap tide"),
        ("What does TGO stand for?", "TGO"),
        ("What does the term ‘neap tide’ mean?", "neap tide"),
        ("Define neap tide.", "neap tide"),
        ("How is a neap tide defined in the text?", "neap tide"),
        ("What is the meaning of ebb?", "ebb"),
        ("What is a neap tide?", "neap tide"),
        ("What is TGO?", "TGO"),
        ("What is the population of Leeds?", ""),
        ("How many tides are there?", ""),
    ],
)
def test_a_question_says_what_is_to_be_defined(question, term):
    assert defined_term(question) == term


@pytest.mark.parametrize(
    ("question", "first"),
    [
        ("What does TGO stand for?", "In 1901 the Tide Gauge Office (TGO) was founded."),
        ("What is meant by a neap tide?", "A neap tide is a tide of the least range."),
    ],
)
def test_the_sentence_that_defines_is_quoted(question, first):
    answer = Answerer(FakeIndex(TIDES), Settings(), plain_model(2.0), Indifferent()).ask(question)
    assert answer.citations
    assert first in [c.quote for c in answer.citations]


def test_what_defines_has_the_highest_score():
    from answer.definitions import defining_first
    from answer.evidence import Evidence
    from tests.unit.answer_fakes import hit, passage

    texts = ("The neap tide turns.", "Divers wait.", "A slack tide, known as a neap tide, is calm.")
    evidence = [Evidence(hit(passage(t)), (0, len(t)), t, 1.0, ()) for t in texts]
    assert [e.text for e in defining_first("What is meant by neap tide?", evidence)] == [texts[2], *texts[:2]]
    assert defining_first("Who waits?", evidence) == tuple(evidence)
