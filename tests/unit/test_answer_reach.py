"""Which documents are looked into: those that can matter and no others, with what a look into all would give."""

from collections.abc import Collection

import pytest
from hypothesis import given
from hypothesis import strategies as st

from answer import Answerer, Checker
from answer.definitions import expanded_at
from answer.outline import Mention
from answer.reach import MOST, holding, nearest
from answer.requests import Request
from answer.sources.finding import SourceIndex
from answer.summary import requested_section
from core.settings import Settings
from tests.unit.answer_fakes import FakeIndex, Indifferent, Read, sure_by_words

PONDS = (
    "# Ponds\n\n## Carp in winter\n\nCarp thrive in still water (Bell 1999: 12). Pike do not, as Dorn and Ek (2004) "
    "showed for three lakes. The Pond Board of Ely (PBE) counts them.\n\n## References\n\nBell, A. (1999) Still "
    "waters. Hull: Reed Press.\n"
)
MILLS = (
    "# Mills\n\n## How mills turn\n\nMills turn by water (Sørensen 2010). Bell has rebuilt four of them; Moor did not "
    "(Moor 2004). In 2004 a mill burnt.\n"
)
GATES = (
    "# Gates\n\n## The old gates\n\nThe gate of the Pond Board (see Łucka and Moor 2012a) is 4 metres high. He was "
    "right (He 2018).\n"
)
BRIDGES = (
    "# Bridges\n\nThe bridge carries 12 carts. Nobody is cited for it. May it stand; the Water Board Union (WBU) hopes "
    "so.\n"
)
TEXTS = (PONDS, MILLS, GATES, BRIDGES)


class Scanning(FakeIndex):
    """An index by which any document may hold any term, so that all are read."""

    def documents_with(self, terms: Collection[str]) -> frozenset[str]:
        return frozenset(self.documents)


def counting(*texts: str) -> tuple[FakeIndex, Read]:
    index = FakeIndex(*texts)
    read = Read(index.documents)
    index.documents = read  # type: ignore[assignment]
    return index, read


QUESTIONS = (
    "What is Bell 1999 cited for?",
    "What is Bell cited for?",
    "What does Dorn say?",
    "What do Dorn and Bell say about mills?",
    "what is sorensen 2010 cited for",
    "Who is cited for mills that turn by water?",
    "What did Lucka and Moor 2012 find?",
    "What is Lucka 2012 cited for?",
    "What is Moor cited for?",
    "What is He cited for?",
    "What does He say of it?",
    "What is He 2018 cited for?",
    "What is Dorne 2004 cited for?",
    "How many mills burnt in 2004?",
    "What does May 2004 say?",
    "WHAT IS BELL CITED FOR?",
    "How do mills turn?",
    "What is Quine 1960 cited for?",
)


@pytest.mark.parametrize("question", QUESTIONS)
def test_the_works_that_a_question_names_are_those_that_a_look_into_all_documents_gives(question):
    some, every = SourceIndex(FakeIndex(*TEXTS)), SourceIndex(Scanning(*TEXTS))
    assert some.named_in(question) == every.named_in(question)
    assert some.unknown_work(question) == every.unknown_work(question)


WORDS = (
    "Bell Dorn Ek Moor Sørensen Łucka He May Pond Board mills carp and et al. cited for What does 1999 2004 2012a in"
)


@given(st.lists(st.sampled_from(WORDS.split()), min_size=1, max_size=7).map(" ".join))
def test_whatever_is_asked_no_work_is_missed(question):
    some, every = SourceIndex(FakeIndex(*TEXTS)), SourceIndex(Scanning(*TEXTS))
    assert some.named_in(question) == every.named_in(question)
    assert some.find(question) == every.find(question)
    assert some.listed(question) == every.listed(question)


@pytest.mark.parametrize("question", ["What does PBE stand for?", "What does WBU mean?", "What does IT mean?"])
def test_an_abbreviation_is_found_where_a_look_into_all_documents_finds_it(question):
    assert expanded_at(question, FakeIndex(*TEXTS)) == expanded_at(question, Scanning(*TEXTS))


@pytest.mark.parametrize(
    ("text", "read"),
    [
        ("Carp thrive in still water.", {"d0"}),
        ("The gate of the Pond Board is 4 metres high.", {"d2"}),
        ("Sheep graze on the moon.", set()),
    ],
)
def test_only_documents_that_have_all_words_of_a_claim_are_compared_with_it(text, read):
    index, documents = counting(*TEXTS)
    checker = Checker(index, Settings())
    documents.names.clear()
    checker._place(text, holding([text], index) or ())
    assert documents.names == read


def test_a_claim_is_found_where_note_markers_run_into_its_words():
    notes = "1 A note on them.\n2 Two.\n3 Three.\n"
    noted = f"# Eels\n\nEels1 spawn far away2 from home, as3 sailors said.\n\n## Notes\n\n{notes}"
    check = Checker(FakeIndex(noted, PONDS), Settings()).check("Eels spawn far away from home, as sailors said.")
    assert check.claims[0].verdict.value == "supported"


def test_nothing_is_read_when_an_index_is_opened_for_questions_and_checks():
    index, documents = counting(*TEXTS)
    Answerer(index, Settings(), sure_by_words(), Indifferent())
    Checker(index, Settings())
    assert documents.names == set()


def test_a_question_for_a_work_reads_the_documents_that_name_its_author():
    index, documents = counting(*TEXTS)
    assert len(SourceIndex(index).named_in("What is Dorn 2004 cited for?")) == 1
    assert documents.names == {"d0"}


def test_an_ordinary_question_reads_a_document_to_see_that_a_name_is_no_mere_author():
    index, documents = counting(*[BRIDGES] * 90)
    assert SourceIndex(index).named_in("What does the Water Board hope?") == ()
    assert len(documents.names) == 1


def test_of_very_many_documents_those_nearest_to_the_question_are_read():
    index, documents = counting(*[BRIDGES] * 90, PONDS)
    names = nearest(None, "Do carp thrive?", index)
    assert len(names) <= MOST
    assert "d90" in names
    assert documents.names == set()


def test_a_section_of_very_many_documents_is_named_by_its_heading_and_not_by_its_place():
    index, documents = counting(*[BRIDGES] * 90, MILLS)
    named = Request(mention=Mention("the section on how mills turn", "name", "how mills turn"))
    assert requested_section(named, index).document == "d90"
    assert documents.names == {"d90"}
    assert requested_section(Request(mention=Mention("the last section", "place", "last")), index) is None


def test_a_section_by_its_place_is_looked_for_until_two_documents_have_one():
    index, documents = counting(*TEXTS)
    assert requested_section(Request(mention=Mention("section 1", "number", "1")), index) is None
    assert documents.names == {"d0", "d1"}


def test_documents_hold_all_words_that_an_index_keeps():
    index = FakeIndex(*TEXTS)
    assert holding(["Pond", "the Board"], index) == {"d0", "d2"}
    assert holding(["zebra", "Pond"], index) == frozenset()
    assert holding(["the", "he"], index) is None
