"""Questions about a document itself are looked up: its parts, length and date, and where it names a thing."""

import pytest

from answer import Answerer
from core.settings import Settings
from tests.unit.answer_fakes import FakeIndex, Indifferent, plain_model

PONDS = """# On Ponds

Anna Bell

Leeds, May 2019

## Water

The northern pond is deep.1 The southern pond is not. A boat lies there.
\f
## Fish

Carp live in the northern pond. Pike do not.

Table 1. Fish by pond

Pond | Carp | Pike
--- | --- | ---
Northern | 12 | 0
Southern | 0 | 3

## Notes

1. In wet years it is deeper still.
"""


def ask(question: str, *texts: str):
    index = FakeIndex(*(texts or [PONDS]))
    return Answerer(index, Settings(), plain_model(-2.0), Indifferent()).ask(question)


@pytest.mark.parametrize(
    ("question", "lines"),
    [
        ("How many tables are there?", ["It has 1 table:", "Table 1. Fish by pond (p. 2) [1]"]),
        ("List the tables.", ["It has 1 table:", "Table 1. Fish by pond (p. 2) [1]"]),
        ("How many notes does the chapter have?", ["It has 1 note:", "1. In wet years it is deeper still. (p. 2) [1]"]),
        ("What are the sections?", ["It has 3 sections:", "Water (p. 1) [1]", "Fish (p. 2) [2]", "Notes (p. 2) [3]"]),
        (
            "How is the text organised?",
            ["It has 3 sections:", "Water (p. 1) [1]", "Fish (p. 2) [2]", "Notes (p. 2) [3]"],
        ),
    ],
)
def test_parts_are_listed_each_with_a_quote(question, lines):
    answer = ask(question)
    assert answer.text.split("\n\n") == lines
    assert len(answer.citations) == len(lines) - 1


def test_the_length_is_counted():
    assert ask("How many pages does it have?").text.startswith("It has 2 pages (1 to 2) and about ")
    assert ask("How long is the text?", "# Ponds\n\nThey are deep.\n").text.endswith("its file has no pages.")


def test_the_date_is_quoted_from_the_title_page():
    answer = ask("When was the chapter published?")
    assert answer.text == "It is dated 2019-05: Leeds, May 2019 [1]"
    assert answer.citations[0].quote == "Leeds, May 2019"


@pytest.mark.parametrize(
    ("question", "reason"),
    [
        ("When was it published?", "It does not say when it came out, nor does its file."),
        ("Who is the publisher?", "It does not say who published it."),
        ("Which journal is the paper from?", "It does not say what it is part of."),
        ("How many tables are there?", "It has no tables."),
        ("On which page is Leeds mentioned?", "It has no sentence with ‘Leeds’."),
    ],
)
def test_what_is_not_there_is_said_not_to_be(question, reason):
    answer = ask(question, "# Ponds\n\nThey are deep.\n")
    assert answer.refused
    assert answer.reason == reason


@pytest.mark.parametrize(
    ("question", "head"),
    [
        (
            "On which pages is the northern pond mentioned?",
            "‘the northern pond’ is named in 2 places, on pages 1 and 2:",
        ),
        ("Where does the text mention carp?", "‘carp’ is named in 1 place, on page 2:"),
        ("How often is a boat mentioned in the text?", "‘a boat’ is named in 1 place, on page 1:"),
        ("Which section covers pike?", "‘pike’ is named in 1 place, in ‘Fish’:"),
    ],
)
def test_where_a_thing_is_named_is_told_with_the_sentences(question, head):
    answer = ask(question)
    assert answer.text.split("\n\n")[0] == head
    assert answer.citations


@pytest.mark.parametrize(
    "question",
    [
        "How many tables are there in the hall?",
        "When was the bridge published?",
        "Which sections of the river are deep?",
        "Where is the boat?",
    ],
)
def test_what_else_is_asked_is_searched_for(question):
    assert not ask(question).text.startswith(("It ", "‘"))


def test_of_several_documents_nothing_is_said():
    assert ask("How many tables are there?", PONDS, PONDS).refused


def test_who_wrote_it_is_on_the_title_page_alone():
    assert [c.quote for c in ask("Who wrote this chapter?").citations] == ["On Ponds\n\nAnna Bell\n\nLeeds, May 2019"]


def test_sections_under_others_are_marked():
    nested = "# Ponds\n\n## Water\n\nIt is deep.\n\n### North\n\nIt is cold there.\n"
    assert ask("List the sections.", nested).text.split("\n\n")[1:] == ["Water [1]", "– North [2]"]


def test_the_manual_is_the_document_that_is_called_so():
    manual = PONDS.replace("On Ponds", "A Manual of Ponds")
    assert ask("Who wrote the manual?", manual).text == "It is by Anna Bell [1]"
    assert not ask("Who wrote the manual?").text.startswith("It is by")
