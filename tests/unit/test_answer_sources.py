"""Which work a question is about, and where it is cited, on a small text made by hand."""

import pytest

from answer import Answerer
from answer.sources.cited import claim_in
from answer.sources.finding import SourceIndex, source_name
from core.settings import Settings
from ingest import Metadata, build_document, parse_text
from tests.unit.answer_fakes import FakeIndex

TEXT = """# Ponds

Carp thrive in still water (Bell 1999: 12). Pike do not, as Dorn and Ek (2004) showed for three lakes.
Frogs are rarer than they were (Bell 2001a; Society for the Study of Ponds 2010). Ducks came back in 2004.
"""


@pytest.fixture
def sources():
    doc = build_document(parse_text(TEXT), document_id="p", source="p.md", metadata=Metadata(), content_hash="0")
    return SourceIndex(FakeIndex.of(doc))


def names(places) -> list[str]:
    return [source_name(place.cited) for place in places]


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("Bell 1999", ["Bell 1999"]),
        ("bell", ["Bell 1999", "Bell 2001a"]),
        ("Bell 2001", ["Bell 2001a"]),
        ("Dorn & Ek", ["Dorn and Ek 2004"]),
        ("Dorne 2004", ["Dorn and Ek 2004"]),
        ("Society for the Study of Ponds", ["Society for the Study of Ponds 2010"]),
        ("Bell 2010", []),
        ("2004", ["Dorn and Ek 2004"]),
    ],
)
def test_a_work_is_found_by_its_names_and_year(sources, query, found):
    assert names(sources.find(query)) == found


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("Bell, Dorn and Ek 1999", ["Bell et al. 1999"]),
        ("Ek 1999", ["Bell et al. 1999"]),
        ("Bell, Dorn and Oak 1999", []),
    ],
)
def test_a_work_is_found_by_authors_whom_only_the_bibliography_names(query, found):
    entry = "Bell, A., Dorn, C. and Ek, D. (1999) Ponds. Hull: Reed Press."
    text = f"# Ponds\n\nCarp thrive in still water (Bell et al. 1999).\n\n## References\n\n{entry}\n"
    doc = build_document(parse_text(text), document_id="p", source="p.md", metadata=Metadata(), content_hash="0")
    assert names(SourceIndex(FakeIndex.of(doc)).find(query)) == found


@pytest.mark.parametrize(
    ("question", "found"),
    [
        ("What is Bell 1999 cited for?", ["Bell 1999"]),
        ("What does the text take from Dorn and Ek (2004)?", ["Dorn and Ek 2004"]),
        ("Where does it rely on the Society for the Study of Ponds 2010?", ["Society for the Study of Ponds 2010"]),
        ("What is Bell cited for?", ["Bell 1999", "Bell 2001a"]),
        ("What point does the text owe to Dorn?", ["Dorn and Ek 2004"]),
        ("What is Ducks’s point?", []),
        ("Who is cited for the carp?", []),
        ("What happened to ducks in 2004?", []),
        ("Where does the bell ring?", []),
        ("How often did the bell ring in 1999?", []),
        ("how often did the bell ring in 1999?", []),
        ("does the bell rely on dorn?", []),
        ("Is any source cited for the bell?", []),
        ("what is bell 1999 cited for", ["Bell 1999"]),
        ("what does bell (1999) say of carp", ["Bell 1999"]),
        ("what did dorn and ek (2004) show?", ["Dorn and Ek 2004"]),
        ("what did dorn et al. 2004 show?", ["Dorn and Ek 2004"]),
        ("for what does the text cite dorn from 2004?", ["Dorn and Ek 2004"]),
        ("WHAT IS BELL CITED FOR?", ["Bell 1999", "Bell 2001a"]),
        ("Does it rely on Ek 2004?", ["Dorn and Ek 2004"]),
        ("Does the town rely on the Dorm 2004 programme?", []),
    ],
)
def test_a_question_names_a_work_by_author_and_year_or_beside_a_word_of_citing(sources, question, found):
    assert names(sources.named_in(question)) == found


def test_a_place_says_what_the_work_supports_and_where(sources):
    (place,) = sources.find("Bell 1999")
    assert place.sentence == "Carp thrive in still water (Bell 1999: 12)."
    assert (place.document, place.section, place.cited.locator) == ("p", (), "12")
    assert [p.cited.raw for p in sources.supporting("p", place.cited.sentence)] == ["Bell 1999: 12"]


def test_a_work_that_nothing_cites_is_told_with_the_nearest(sources):
    assert sources.unknown_work("What is Quist 2008 cited for?") == "Quist 2008"
    assert sources.unknown_work("What is Bell 1999 cited for?") == ""
    assert sources.unknown_work("What happened in May 2004?") == ""
    assert sources.unknown_work("Does the chapter rely on Quist 2008?") == "Quist 2008"
    assert sources.unknown_work("Does the town rely on Interreg 2021 funds?") == ""
    assert sources.unknown_work("What was the Interreg 2021 money used for?") == ""
    assert sources.closest("Bell 1998")[0] == "Bell 1999"


@pytest.mark.parametrize(
    ("question", "claim"),
    [
        ("Who is cited for the claim that carp thrive in still water?", "carp thrive in still water?"),
        ("Which source supports the size of the fund?", "size of the fund?"),
        ("Carp thrive in still water.", "Carp thrive in still water."),
        ("Whose study is quoted for the lack of frogs?", "lack of frogs?"),
        ("Which scholars are credited with the point that carp sleep?", "carp sleep?"),
        ("Who estimates the losses at nine carp?", "losses at nine carp?"),
    ],
)
def test_the_claim_is_parted_from_the_question_for_its_source(question, claim):
    assert claim_in(question) == claim


QUOTED = """# Ponds

Ponds matter to all of us. She said: “Carp thrive in still water. Pike hide among the reeds. Frogs sing” (Xi 2022).
Ducks came back in 2004.
"""


@pytest.mark.parametrize("question", ["What is Xi 2022 cited for?", "Who is cited for pike that hide among the reeds?"])
def test_a_quotation_of_several_sentences_is_quoted_whole_with_its_citation(question):
    answer = Answerer(FakeIndex(QUOTED), Settings()).ask(question)
    assert answer.citations[0].quote == QUOTED[QUOTED.index("She said") : QUOTED.index("\nDucks")]


def test_an_author_who_stands_in_running_text_too_needs_a_word_of_citing():
    text = "# Bells\n\nBell was born in Orton. Carp are old (Bell 1999). Pike are older (Dorn 2001).\n"
    doc = build_document(parse_text(text), document_id="p", source="p.md", metadata=Metadata(), content_hash="0")
    found = SourceIndex(FakeIndex.of(doc))
    assert names(found.named_in("What does the text owe to Dorn?")) == ["Dorn 2001"]
    assert names(found.named_in("What does the text owe to Bell?")) == []
    assert names(found.named_in("What is Bell cited for?")) == ["Bell 1999"]
