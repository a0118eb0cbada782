"""A work that a text cites by number is shown with its entry, and found by its author or number."""

import pytest

from answer import Answerer
from answer.sources.finding import SourceIndex, source_name
from core.settings import Settings
from tests.unit.answer_fakes import FakeIndex, Indifferent, plain_model

KILNS = """# Kilns

Wet clay cracks in a hot kiln [1]. Sand keeps the pots from sticking [2, 3]. The oldest kiln of the valley has a
chimney of blue brick, and nobody knows who built it.

## References

[1] Orme T. Cracks in clay. Potter. 1988;2:11-19.

[2] Hale B, Wick D. Sand and salt. Potter. 1991;5:3-8.

[3] Vance L. Sticky pots. Hull: Reed Press; 2004.
"""


def ask(question: str, bias: float = 2.0):
    answer = Answerer(FakeIndex(KILNS), Settings(), plain_model(bias), Indifferent()).ask(question)
    return [citation.quote.split(". ")[0] for citation in answer.citations]


def test_the_entries_of_its_numbers_follow_a_sentence_that_is_asked_for_its_source():
    quotes = ask("Which source is given for sand keeping the pots from sticking?")
    at = quotes.index("Sand keeps the pots from sticking [2, 3].")
    assert quotes[at : at + 3] == [
        "Sand keeps the pots from sticking [2, 3].",
        "[2] Hale B, Wick D",
        "[3] Vance L",
    ]


def test_who_is_asked_for_may_be_an_entry():
    assert ask("Who says that wet clay cracks in a hot kiln?")[:2] == [
        "Wet clay cracks in a hot kiln [1].",
        "[1] Orme T",
    ]


def test_another_question_gets_no_entries():
    assert not any(quote.startswith("[") for quote in ask("What happens to wet clay in a hot kiln?"))


@pytest.mark.parametrize(
    "question",
    [
        "What is Hale cited for?",
        "What is Hale and Wick 1991 cited for?",
        "What is reference 2 cited for?",
        "What does the text cite [2] for?",
    ],
)
def test_a_work_cited_by_number_is_looked_up_by_its_authors_or_number(question):
    assert ask(question, bias=-2.0)[:2] == ["Sand keeps the pots from sticking [2, 3].", "[2] Hale B, Wick D"]


def test_a_place_of_a_number_has_the_names_of_its_entry():
    places = SourceIndex(FakeIndex(KILNS)).find("Vance")
    assert [source_name(place.cited) for place in places] == ["Vance 2004"]
    assert places[0].cited.raw == "3"


def test_of_many_documents_a_number_names_no_work():
    assert SourceIndex(FakeIndex(*[KILNS] * 4)).named_in("What is reference 2 cited for?") == ()
