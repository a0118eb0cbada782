"""What answers is marked in the citations: by a span, by the items of a sentence, by the cells of rows."""

from answer_fakes import FakeIndex

from answer.forms import with_forms
from answer.question import read_question
from core.records import Citation, Document

TABLE = """# Funds

Prose on funds stands here. The board cares for mills, docks, and looms. Ash Mill opened in 1887 (Cole 1931).

Table 1: Funds of the county

| Name | Level | Scale |
|---|---|---|
| Heron Fund | City | 12 |
| Otter Fund | City | 40 |
| Ash Fund | Parish | 7 |
"""


def document() -> Document:
    return FakeIndex(TABLE).documents["d0"]


def cited(doc: Document, *parts: str) -> list[Citation]:
    found = []
    for marker, part in enumerate(parts, start=1):
        start = doc.text.index(part)
        found.append(Citation(marker, doc.id, (), None, part, start, start + len(part), "d0#0"))
    return found


def marked(question: str, *parts: str, asked: str = "") -> tuple[list[str], list[list[str]]]:
    """What is highlighted, and the items, of each citation."""
    doc = document()
    earlier = read_question(asked) if asked else None
    citations = with_forms(read_question(question), cited(doc, *parts), {doc.id: doc}, asked=earlier)
    lit = [doc.text[slice(*c.highlight)] if c.highlight else "" for c in citations]
    return lit, [[doc.text[slice(*item)] for item in c.items] for c in citations]


PROSE = "Prose on funds stands here."
MILL = "Ash Mill opened in 1887 (Cole 1931)."
BOARD = "The board cares for mills, docks, and looms."


def test_the_first_quote_has_the_span_and_a_citation_is_none():
    assert marked("When did Ash Mill open?", MILL, BOARD) == (["1887", ""], [[], []])


def test_a_question_in_one_word_tells_what_is_wanted():
    assert marked("Is it Ash Mill? When?", MILL, asked="When?")[0] == ["1887"]
    assert marked("Is it Ash Mill? When?", MILL)[0] == [""]


def test_of_several_things_the_items_are_told():
    lit, items = marked("Name the three things that the board cares for.", PROSE, BOARD)
    assert lit == ["", ""]
    assert items == [[], ["mills", "docks", "looms"]]


def test_the_cell_that_is_asked_for_is_marked():
    assert marked("What is the scale of the Otter Fund?", "Otter Fund\tCity\t40")[0] == ["40"]
    assert marked("Which fund has the scale 40?", "Otter Fund\tCity\t40")[0] == ["Otter Fund"]
    assert marked("What level is the Ash Fund?", "Ash Fund\tParish\t7")[0] == ["Parish"]


def test_rows_have_an_item_each():
    lit, items = marked("Which funds are run by a city?", "Heron Fund\tCity\t12", "Otter Fund\tCity\t40")
    assert lit == ["", ""]
    assert items == [["Heron Fund"], ["Otter Fund"]]


def test_the_kind_of_thing_that_is_asked_for_names_its_column():
    assert marked("Which fund is at Otter?", "Otter Fund\tCity\t40")[0] == ["Otter Fund"]


def test_no_citation_no_form():
    assert with_forms(read_question("When?"), (), {}) == ()
