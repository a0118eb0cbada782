"""Which works a document cites, and how many, is a list; of one that cites none it is said so."""

import pytest

from answer import Answerer
from answer.answerer import CERTAIN
from answer.sources.works import asks_for_works, author_asked_for
from core.settings import Settings
from tests.unit.answer_fakes import FakeIndex

CITING = """# Ponds

## Fish

Carp thrive in still water (Bell 1999: 12). Pike do not, as Dorn and Ek (2004) showed for three lakes.
Frogs are rarer than they were (Bell 2001a; Dorn and Ek 2004). Ducks came back in 2004.
"""
NUMBERED = """# Ponds

Carp thrive in still water [2]. Pike do not, as was shown for three lakes near the town [1, 2].

References

[1] Bell, A. 1999. Carp. Leeds: Reed Press.

[2] Dorn, C. 2001. Reeds. Leeds: Reed Press.
"""
BARE = "# Ponds\n\nCarp thrive in still water. The document lies in the town hall, and its sources are the springs.\n"


@pytest.mark.parametrize(
    ("question", "asks"),
    [
        ("Which sources does the document cite?", True),
        ("How many works does it cite?", True),
        ("List all references.", True),
        ("What literature does the author draw on?", True),
        ("Who is cited most often?", True),
        ("Does the chapter cite any sources?", True),
        ("Which source is cited for the carp?", False),
        ("What is Bell 1999 cited for?", False),
        ("How many fish are there?", False),
        ("Which sources does Table 1 cite?", False),
        ("What are the sources of the river?", False),
        ("Who wrote the document?", False),
        ("Which reference books are listed?", False),
        ("Which books are listed in the references?", True),
    ],
)
def test_a_question_for_all_works_has_no_other_matter(question, asks):
    assert asks_for_works(question, question) is asks


def test_a_follow_up_asks_for_the_source_of_what_it_goes_on_from_unless_it_names_the_document():
    completed = "What do carp eat? Which works does it cite?"
    assert not asks_for_works("Which works does it cite?", completed)
    assert asks_for_works("Which works does this chapter cite?", completed)
    assert not asks_for_works("Which works does this chapter cite for it?", completed)


@pytest.mark.parametrize("question", ["Which sources does the document cite?", "How many works are cited?"])
def test_the_list_has_the_most_cited_first_each_with_its_first_place(question):
    answer = Answerer(FakeIndex(CITING), Settings()).ask(question)
    assert answer.text.split("\n\n") == [
        "It cites 3 works in 4 places:",
        "Dorn and Ek 2004 (2 places, first in Fish) [1]",
        "Bell 1999 (1 place, in Fish) [2]",
        "Bell 2001a (1 place, in Fish) [3]",
        "`ibid cite --all` lists every place.",
    ]
    assert answer.citations[0].quote == "Pike do not, as Dorn and Ek (2004) showed for three lakes."
    assert {c.passage_id for c in answer.citations} <= {hit.passage.id for hit in answer.hits}
    assert (answer.refused, answer.reason) == (False, "")


def test_at_most_ten_are_shown_and_all_are_counted():
    text = "# Ponds\n\n" + " ".join(f"Carp thrive in pond {i} (Bell {1980 + i})." for i in range(12))
    lines = Answerer(FakeIndex(text), Settings()).ask("Which works does it cite?").text.split("\n\n")
    assert lines[0] == "It cites 12 works in 12 places; most often:"
    assert len(lines) == 12


def test_works_cited_by_number_are_named_as_the_bibliography_does():
    answer = Answerer(FakeIndex(NUMBERED), Settings()).ask("Which works does the document cite?")
    assert answer.text.split("\n\n")[1:3] == ["Dorn 2001 (2 places) [1]", "Bell 1999 (1 place) [2]"]


@pytest.mark.parametrize("question", ["Which sources does the document cite?", "How many works does it cite?"])
def test_of_a_document_that_cites_none_it_is_said(question):
    answer = Answerer(FakeIndex(BARE), Settings()).ask(question)
    assert answer.text == "The document does not say. It cites no works."
    assert (answer.refused, answer.reason, answer.citations) == (True, "It cites no works.", ())


IN_COLUMNS = """# Crops

| Crop | Yield (Smith 2010) | Loss (Bell 1999) |
|---|---|---|
| Wheat | 3 | 1 |
| Rye | 2 | 0 |
"""
COLUMNS_AND_ROW = "Crop\tYield (Smith 2010)\tLoss (Bell 1999)\nWheat\t3\t1"


def test_a_work_cited_in_the_name_of_a_column_is_quoted_with_the_first_row():
    index = FakeIndex(f"{IN_COLUMNS}\nRye is lost to rust (Bell 1999).\n")
    listed = Answerer(index, Settings()).ask("Which works does it cite?")
    assert listed.text.split("\n\n")[1:3] == [
        "Bell 1999 (2 places) [1]",
        "Smith 2010 (1 place) [2]",
    ]
    asked = Answerer(index, Settings()).ask("What is Smith 2010 cited for?")
    for quote in (listed.citations[1].quote, *[c.quote for c in asked.citations]):
        assert quote == COLUMNS_AND_ROW
    assert (asked.refused, asked.confidence) == (False, CERTAIN)
    assert asked.text.startswith("Crop | Yield (Smith 2010) | Loss (Bell 1999)\n\nWheat | 3 | 1")


def test_a_work_cited_where_no_passage_is_is_listed_unquoted_and_asked_for_refused():
    index = FakeIndex(IN_COLUMNS)
    index.passages.clear()
    listed = Answerer(index, Settings()).ask("Which works does it cite?")
    assert listed.text.split("\n\n")[1] == "Smith 2010 (1 place)"
    assert (listed.refused, listed.citations) == (False, ())
    asked = Answerer(index, Settings()).ask("What is Smith 2010 cited for?")
    assert (asked.refused, asked.reason) == (True, "It is cited in no place that can be quoted.")
    assert asked.confidence < 0.1


@pytest.mark.parametrize(
    ("question", "head"),
    [
        ("Which works by Bell does the document cite?", "It cites 2 works by Bell in 2 places:"),
        ("How many works of Dorn and Ek are cited?", "It cites 1 work by Dorn and Ek in 2 places:"),
    ],
)
def test_the_works_of_an_author_are_listed(question, head):
    assert Answerer(FakeIndex(CITING), Settings()).ask(question).text.startswith(head)


def test_an_author_who_is_not_cited_has_no_works():
    answer = Answerer(FakeIndex(CITING), Settings()).ask("Does the document cite any works by Ostrow?")
    assert answer.refused
    assert answer.reason == "It cites no work by Ostrow."


def test_who_is_asked_for_something_else_gets_no_list():
    assert author_asked_for("Which works by Bell are cited on carp?") == ""
    assert author_asked_for("Which mills were built by Bell?") == ""
