"""Questions about a work: what it is cited for is looked up, what else is asked of it is answered where it is said."""

from dataclasses import replace

import pytest

from answer import Answerer
from answer.answerer import CERTAIN
from core.settings import Settings
from tests.unit.answer_fakes import FakeIndex, Indifferent, plain_model

REEDS = """# Reeds

Reeds clean the water of a pond within two summers (Bell 1999). Orm (2004) argues that pike gain most from reeds.
He counted them from a raft. The mayor of the town has a house by the pond and a boat of his own.
Ask (2011) finds this too bold. Children are fond of the ducks in any case.
"""


def ask(question: str, bias: float):
    return Answerer(FakeIndex(REEDS), Settings(), plain_model(bias), Indifferent()).ask(question)


@pytest.mark.parametrize(
    ("question", "quoted"),
    [
        ("What is Orm 2004 cited for?", "Orm (2004) argues"),
        ("What does Orm argue?", "Orm (2004) argues"),
        ("What did Bell 1999 find?", "Reeds clean"),
        ("What does the author take from Bell 1999?", "Reeds clean"),
        ("Which idea is owed to Orm?", "Orm (2004) argues"),
        ("What does Orm think of reeds?", "Orm (2004) argues"),
        ("What does the paper use Bell 1999 for?", "Reeds clean"),
        ("What is the work of Orm used to support?", "Orm (2004) argues"),
        ("What is Orm 2004 cited for on pike?", "Orm (2004) argues"),
        ("What is Orm cited for on page 7?", "Orm (2004) argues"),
        ("How do Orm and Ask differ in what they found?", "Orm (2004) argues"),
    ],
)
def test_what_a_work_is_cited_for_is_looked_up_and_certain(question, quoted):
    answer = ask(question, bias=-2.0)
    assert answer.citations[0].quote.startswith(quoted)
    assert answer.confidence == CERTAIN


@pytest.mark.parametrize(
    "question",
    [
        "When was Orm born?",
        "What does Orm say about the mayor?",
        "What is Orm 2004 cited for on the mayor?",
        "What is Orm 2004 cited for on the price of pike?",
        "What is Bell cited for concerning ducks?",
        "How many ponds did Bell visit?",
        "Why does Orm think of reeds?",
    ],
)
def test_what_else_is_asked_of_a_work_is_answered_only_where_the_text_is_sure_to_say_it(question):
    assert ask(question, bias=-2.0).refused
    assert ask(question, bias=2.0).confidence < CERTAIN


def test_a_sentence_that_points_back_to_a_work_is_of_it():
    quotes = [citation.quote for citation in ask("From where did Orm count them?", bias=2.0).citations]
    assert "He counted them from a raft." in quotes
    assert not any("mayor" in quote for quote in quotes)


def test_of_two_authors_both_are_looked_at_though_one_is_named_beside_citations_too():
    text = f"{REEDS}\n\nOrm lives in the town, and nobody there has read him.\n"
    answer = Answerer(FakeIndex(text), Settings(), plain_model(2.0), Indifferent()).ask("How do Bell and Orm differ?")
    quotes = " ".join(citation.quote for citation in answer.citations)
    assert "(Bell 1999)" in quotes
    assert "Orm (2004)" in quotes


def test_of_a_page_only_its_places_are_quoted():
    text = "# Reeds\n\nReeds clean a pond (Bell 1999).\n\f\nPike hide in them, too (Bell 1999).\n"
    answer = Answerer(FakeIndex(text), Settings(), plain_model(2.0), Indifferent()).ask(
        "What is Bell cited for on page 2?"
    )
    assert [citation.page for citation in answer.citations] == [2]


ACCOUNT = """# Reeds

Pike like the dark under the reeds of a pond. They feed there at dusk and leave at dawn. All of them do (Bell 1999).

Frogs sing in the reeds of a pond. Nobody has counted the singing frogs. The mayor keeps a boat.

Orm (2004) sees it otherwise. Ducks eat the young reeds of a pond. Ask (2011) disagrees with all this.

Snails clean the stones of a pond.1 Geese live with the miller.2

## Notes

1. Thus Fell in his Book of Snails, Hull 1876, p. 12.

2. He says so himself.
"""


def ask_for_source(text: str, claim: str):
    """Ask where a sentence with a word more of the claim is far better than one with a word less."""
    model = plain_model(2.0)
    model = replace(model, sentence=tuple(50 * weight for weight in model.sentence))
    return Answerer(FakeIndex(text), Settings(), model, Indifferent()).ask(f"Which source is given for {claim}?")


def source_of(claim: str) -> str:
    answer = ask_for_source(ACCOUNT, claim)
    return answer.reason or " ".join(citation.quote for citation in answer.citations)


def test_what_is_told_in_several_sentences_is_quoted_with_the_citation_at_its_end():
    assert source_of("pike liking the dark under the reeds of a pond") == (
        "Pike like the dark under the reeds of a pond. All of them do (Bell 1999)."
    )


def test_who_is_named_before_what_they_say_is_quoted_with_it_and_who_answers_them_is_not():
    assert source_of("ducks eating the young reeds of a pond") == (
        "Orm (2004) sees it otherwise. Ducks eat the young reeds of a pond."
    )


@pytest.mark.parametrize("claim", ["nobody counting the singing frogs", "the mayor keeping a boat"])
def test_a_claim_for_which_nobody_is_cited_has_no_source(claim):
    assert source_of(claim) == "It cites no source for this."


def test_a_note_with_a_year_is_a_source():
    assert source_of("snails cleaning the stones of a pond") == (
        "Snails clean the stones of a pond.1 Thus Fell in his Book of Snails, Hull 1876, p. 12."
    )
    assert source_of("geese living with the miller") == "It cites no source for this."


@pytest.mark.parametrize(
    "text",
    ["# Reeds\n\nFrogs sing in the reeds.\n", "# Reeds\n\nFrogs sing in the reeds [7]. Ducks eat them (Bell 1999).\n"],
)
def test_a_text_whose_citations_cannot_be_read_is_not_said_to_cite_no_source(text):
    answer = ask_for_source(text, "frogs singing in the reeds")
    assert answer.citations[0].quote.startswith("Frogs sing in the reeds")
