"""Items that the file sets as a list belong to the sentence that announces them, whatever they open with."""

import pytest
from answer_fakes import FakeIndex

from answer.enumerated import announced
from answer.evidence import Evidence
from answer.nearby import sentences_behind
from core.records import BlockKind
from ingest import split_document
from tests.unit.markup_samples import para, read, word

ITEMS = "<ul><li>Trout. They like it cold.<li>Carp, the old ones<ul><li>mirror carp</ul></ul><p>Bread is dear.</p>"


def behind_first(html: str) -> tuple[Evidence, list[Evidence]]:
    _, doc = read(html, "a.html")
    index = FakeIndex.of(doc)
    hit = index.hits_in(doc.id, (0, 1))[0]
    span = hit.passage.sentences[0]
    told = Evidence(hit, span, doc.text[slice(*span)])
    return told, sentences_behind(told, index)


@pytest.mark.parametrize("said", ["The pond has:", "It is told in the following ways.", "Fish of the pond"])
def test_the_items_of_a_list_are_what_is_announced(said):
    told, later = behind_first(f"<p>{said}</p>{ITEMS}")
    assert [e.text for e in announced(told, later)] == [
        "Trout.",
        "They like it cold.",
        "Carp, the old ones",
        "mirror carp",
    ]


def test_of_long_items_the_first_sentences_are_told():
    told, later = behind_first(f"<p>The pond has:</p><ol><li>Trout. {'Very ' * 130} cold.<li>Carp.</ol>")
    assert [e.text for e in announced(told, later)] == ["Trout.", "Carp."]


def test_a_sentence_over_a_list_that_announces_none_has_no_items():
    told, later = behind_first(f"<p>The pond is deep.</p>{ITEMS}")
    assert not announced(told, later)


def test_items_know_how_deep_they_stand():
    _, doc = read(f"<p>The pond has:</p>{ITEMS}", "a.html")
    assert [b.level for b in doc.blocks if b.kind is BlockKind.PARAGRAPH] == [0, 1, 1, 2, 0]
    assert len(split_document(doc, passage_words=100)) == 1


def test_numbered_paragraphs_of_word_are_items_as_deep_as_they_stand():
    def item(text: str, depth: int, number: int = 1) -> str:
        numbering = f'<w:numPr><w:ilvl w:val="{depth}"/><w:numId w:val="{number}"/></w:numPr>'
        return f"<w:p><w:pPr>{numbering}</w:pPr><w:r><w:t>{text}</w:t></w:r></w:p>"

    body = para("The pond has:") + item("trout", 0) + item("lake trout", 1) + item("no item", 0, number=0)
    _, doc = read(word(body), "a.docx")
    assert [b.level for b in doc.blocks] == [0, 1, 2, 0]
