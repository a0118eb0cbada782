"""Short lines over a text name what it speaks of; tables of contents say nothing."""

import pytest
from markup_samples import blocks, read
from test_ingest_layout import document, kinds, paragraph

from core.records import Document
from index.reading import sentence_texts
from ingest import is_wordless, labels, leads, split_document
from ingest.bylines import authors_in

GLOSSARY = """<html><body><h1>The mill</h1><h2>Its words</h2>
<dl><dt>hopper</dt><dd>Holds the grain above the stones.</dd>
<dt>damsel</dt><dd>Shakes the shoe, so that grain falls evenly. It rattles.</dd></dl></body></html>"""


def passages(doc: Document, words: int = 100) -> list[list[str]]:
    found = split_document(doc, passage_words=words)
    return [[doc.text[start:end] for start, end in passage.sentences] for passage in found if passage.kind != "front"]


@pytest.mark.parametrize(
    ("sentences", "labelled"),
    [
        (["hopper", "It holds the grain."], ["hopper"]),
        (["The mill has parts.", "Hopper", "Grain is held in it."], ["Hopper"]),
        (["You need:", "a sack", "Then fill it with grain."], []),  # an item, announced
        (["a sack", "a rope", "Then fill the sack with grain."], []),  # items
        (["The miller came.", "He sang all day long."], []),
        (["What is a hopper?", "It holds the grain."], []),
        (["hopper", "Empty."], []),  # nothing is said under it
        (["hopper"], []),
        (["1820", "The mill was built by monks."], []),
        ([], []),
    ],
)
def test_a_label_is_a_few_words_without_a_stop_over_a_sentence(sentences, labelled):
    assert [s for s, is_one in zip(sentences, labels(sentences), strict=True) if is_one] == labelled


@pytest.mark.parametrize(
    ("sentence", "wordless"),
    [
        ("10 50 100 150 200 250", True),
        ("ℓ=0 t=1 g=1 g=1", True),
        ("2 1 − C", True),
        ("\uf0b7", True),
        ("1980", True),
        ("Leeds", False),
        ("UK", False),
        ("GCC >= 10.1", False),
        ("It is 12 m by 4 m, 3 m up.", False),
        ("US$ 1.6 trillion was raised.", False),
        ("池塘在1820年干涸了。", False),
    ],
)
def test_axes_of_plots_and_pieces_of_formulas_are_wordless(sentence, wordless):
    assert is_wordless(sentence) is wordless


def test_a_sentence_is_read_with_its_label_or_with_what_it_points_back_to():
    assert leads(["hopper", "Holds the grain there.", "It rattles.", "Stones turn."]) == [
        "",
        "hopper",
        "Holds the grain there.",
        "",
    ]


def test_the_sentence_under_a_label_is_embedded_with_it():
    _, doc = read(GLOSSARY, "a.html")
    passage = next(p for p in split_document(doc, passage_words=100) if p.kind == "prose")
    assert sentence_texts(passage, doc)[1] == "hopper Holds the grain above the stones."


@pytest.mark.parametrize("words", [5, 8, 12, 100])
def test_no_passage_ends_in_a_label(words):
    _, doc = read(GLOSSARY, "a.html")
    found = passages(doc, words)
    assert [s for sentences in found for s in sentences] == [
        "hopper",
        "Holds the grain above the stones.",
        "damsel",
        "Shakes the shoe, so that grain falls evenly.",
        "It rattles.",
    ]
    assert not {"hopper", "damsel"} & {sentences[-1] for sentences in found}


CONTENTS = """# The mill

## Table of contents

* [Stones](#stones)
  * [How they are cut](#cut)
* [Who ran the mill of old](#who)

## Stones

They turn.

### How they are cut

By hand.

## Who ran the mill

Stones
"""


def test_a_table_of_contents_stays_in_the_text_and_is_no_passage():
    _, doc = read(CONTENTS, "a.md")
    assert "Who ran the mill of old" in doc.text
    assert passages(doc) == [["They turn."], ["By hand."], ["Stones"]]  # the last is one line, no list


def test_lines_that_lead_to_a_page_by_dots_are_no_passage_wherever_they_stand():
    _, doc = read("<h1>The mill</h1><p>1 Stones . . . . . . . . 4</p><p>They turn ... and turn.</p>", "a.html")
    assert passages(doc) == [["They turn ... and turn."]]


def test_three_headings_in_a_row_are_contents_without_a_word_over_them():
    listed = "<p>1. Stones</p><p>2. Wheels</p><p>3. Sails</p>"
    text = "".join(f"<h2>Chapter {i}. {h}</h2><p>Of it.</p>" for i, h in enumerate(["Stones", "Wheels", "Sails"], 1))
    assert passages(read(f"<h1>The mill</h1>{listed}{text}", "a.html")[1]) == [["Of it."]] * 3
    two = passages(read(f"<h1>The mill</h1><h2>Parts</h2><p>It has</p><p>Stones</p><p>Wheels</p>{text}", "a.html")[1])
    assert two[0] == ["It has", "Stones", "Wheels"]


def test_a_numbered_clause_is_a_heading_though_it_ends_in_a_stop():
    doc = document(
        f"The Licence\n\n{paragraph('We grant')}\n\n  7. Additional Terms.\n\n{paragraph('More is granted')}\n\n"
        f"  8. Uses of this Mill.\n\n{paragraph('It grinds')}\n"
    )
    assert [text for kind, text in kinds(doc) if kind == "heading"] == ["7. Additional Terms.", "8. Uses of this Mill."]


def test_items_that_end_in_a_stop_are_no_headings():
    doc = document(f"The Licence\n\n{paragraph('We grant')}\n\n1. Flour.\n\n2. Bran.\n\n{paragraph('Both are')}\n")
    assert "heading" not in [kind for kind, _ in kinds(doc)]


def test_a_line_that_goes_on_with_the_number_of_a_section_begins_no_item():
    item = "b) The work must say that it is released under this Licence and the terms of section\n7. The rule holds."
    doc = document(f"The Licence\n\n{paragraph('We grant')}\n\n{item}\n\n{paragraph('More is granted')}\n")
    assert ("paragraph", item.replace("\n", " ")) in kinds(doc)


def test_names_set_as_headings_under_the_title_are_the_authors():
    page = (
        '<h1>Users</h1><div class="titlepage"><h3 class="author">Ann Bell</h3><h3 class="author">Carl Dorn</h3></div>'
        "<p>They are many, and each has a number.</p>"
    )
    _, doc = read(page, "a.html")
    assert doc.authors == ("Ann Bell", "Carl Dorn")
    assert [text for kind, text in blocks(doc) if kind == "heading"] == ["Users"]


def test_names_with_an_address_under_the_title_are_the_authors():
    page = "<h1>Users</h1><h2>Ann Bell</h2><h2>Carl Dorn (carl@mill.example)</h2><h2>Parts</h2><p>They are many.</p>"
    _, doc = read(page, "a.html")
    assert doc.authors == ("Ann Bell", "Carl Dorn")
    assert [text for kind, text in blocks(doc) if kind == "heading"] == ["Parts"]


def test_names_over_a_date_under_the_title_are_the_authors():
    page = "<h1>Concord</h1><h2>Ann Bell, Carl Dorn</h2><h2>February 6, 2023</h2><h2>Parts</h2><p>They are many.</p>"
    _, doc = read(page, "a.html")
    assert (doc.authors, doc.date) == (("Ann Bell", "Carl Dorn"), "2023-02-06")


def test_where_an_author_works_is_no_author():
    doc = document(f"On Things\n\nAnna Bell\n\nUniversity of Leeds\n\nIntroduction\n\n{paragraph('The opening')}\n")
    assert doc.authors == ("Anna Bell",)


@pytest.mark.parametrize(
    "page",
    [
        "<h1>Mill</h1><h2>Its end</h2><p>The weir fell. Nothing was left of the mill . . . .</p>",
        "<h1>Mill</h1><h2>Its end</h2><p>The name of the keeper ...... is told to the clerk by noon.</p>",
        "<h1>Tent</h1><h2>Contents</h2><ul><li>1 tent</li><li>12 pegs</li><li>3 poles</li></ul>",
    ],
)
def test_what_only_looks_like_contents_is_a_passage(page):
    _, doc = read(page, "a.html")
    assert passages(doc)


def test_two_lists_in_one_paragraph_keep_their_items():
    lists = "Morning\n1. Open the sluice\n2. Start the wheel\nEvening\n1. Shut the sluice\n2. Stop the wheel"
    doc = document(f"The Mill\n\n{paragraph('We grind')}\n\n{lists}\n\n{paragraph('It rests')}\n")
    texts = [text for _, text in kinds(doc)]
    assert {"1. Open the sluice", "1. Shut the sluice", "2. Stop the wheel"} <= set(texts)


@pytest.mark.parametrize("headings", [("Opening hours", "Admission prices"), ("Opening Hours", "Admission Prices")])
def test_headings_in_a_row_are_no_authors(headings):
    _, doc = read("<h1>Handbook</h1>" + "".join(f"<h2>{h}</h2>" for h in headings) + "<p>It is open.</p>", "a.html")
    assert doc.authors == ()


def test_what_stands_behind_the_authors_in_small_letters_is_none():
    assert authors_in(["Anna Bell", "Carl Dorn", "All rights reserved"]) == ("Anna Bell", "Carl Dorn")
