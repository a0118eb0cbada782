"""Plain text as typewriters and documentation systems leave it: rules under headings, boxes, struck letters."""

import pytest

from core.records import BlockKind, Document
from ingest import Metadata, build_document, parse_text, split_document
from ingest.text import decode

BODY = (
    "The pond is fed by a spring that never dries, and the keepers say that it\n"
    "has been so since the mill was built, which nobody now alive remembers.\n"
)


def document(raw: str) -> Document:
    reading = parse_text(raw)
    return build_document(reading, document_id="d", source="d.txt", metadata=Metadata(), content_hash="0")


def headings(doc: Document) -> list[tuple[int, str]]:
    return [(b.level, doc.text[b.start : b.end]) for b in doc.blocks if b.kind is BlockKind.HEADING]


def test_letters_struck_twice_or_over_a_line_are_letters_once():
    struck = b"P\bPo\bon\bnd\bds\bs and _\bM_\bi_\bl_\bl\b_s, \x1b[1mbold\x1b[0m\n"
    assert decode(struck, "a.txt") == "Ponds and Mills, bold\n"


def test_a_rule_under_a_line_makes_it_a_heading_of_the_level_of_its_sign():
    doc = document(
        f"Keeping Ponds\n*************\n\n{BODY}\n1. water\n========\n\n{BODY}\n1.1. depth, and why it matters\n"
        f"-----------------------------\n{BODY}\n2. fish\n=======\n\n{BODY}"
    )
    assert doc.title == "Keeping Ponds"
    assert headings(doc) == [(2, "1. water"), (3, "1.1. depth, and why it matters"), (2, "2. fish")]
    assert "===" not in doc.text


def test_a_rule_over_a_heading_goes_too_and_one_under_columns_is_a_tables():
    doc = document(
        f"{BODY}\n=====\nWater\n=====\n\n{BODY}\nName      Depth\n---------------\nMill      3 m\nLower     2 m\n"
    )
    assert headings(doc) == [(1, "Water")]
    assert [b.columns for b in doc.blocks if b.kind is BlockKind.TABLE] == [("Name", "Depth")]


def test_a_table_in_a_drawn_box_has_its_rows():
    doc = document(
        f"{BODY}\nTable 1. The ponds.\n\n┌──────┬──────────┐\n│Pond  │Fish      │\n├──────┼──────────┤\n"
        "│Mill  │trout and │\n"
        f"│      │carp      │\n├──────┼──────────┤\n│Lower │tench     │\n└──────┴──────────┘\n\n{BODY}"
    )
    table = next(b for b in doc.blocks if b.kind is BlockKind.TABLE)
    assert table.columns == ("Pond", "Fish")
    assert [doc.text[a:b] for a, b in table.lines] == ["Pond\tFish", "Mill\ttrout and carp", "Lower\ttench"]


def test_a_numbered_line_over_its_first_subsection_is_a_heading_whatever_its_words():
    doc = document(
        f"{BODY}\n4. The keepers by way of a meeting or of a letter to all\n\n  4.1. Powers\n\n   The keepers may:\n"
        f"    1. Open the sluice.\n    2. Close it again at night.\n\n{BODY}"
    )
    assert headings(doc) == [(1, "4. The keepers by way of a meeting or of a letter to all"), (2, "4.1. Powers")]


def test_a_line_that_items_go_on_with_is_no_heading():
    doc = document(f"{BODY}\n3.1. Powers\n\nA single keeper may\n 1. open the sluice;\n 2. close it again.\n\n{BODY}")
    assert headings(doc) == [(2, "3.1. Powers")]


def test_sections_nest_under_articles_where_the_first_of_them_stands_under_one():
    doc = document(
        f"Rules of the Pond\n\nPreamble\n\n{BODY}\nArticle I\n\nSection 1\n\n{BODY}\nSection 2\n\n{BODY}\n"
        f"Article II\n\nSection 1\n\n{BODY}\nSchedule 1\n\n{BODY}"
    )
    assert headings(doc) == [
        (1, "Preamble"),
        (1, "Article I"),
        (2, "Section 1"),
        (2, "Section 2"),
        (1, "Article II"),
        (2, "Section 1"),
        (1, "Schedule 1"),
    ]


@pytest.mark.parametrize("first", ["Rules for the Mill Pond (v1.9)", "Keeping ponds with mmdoc"])
def test_the_first_line_is_the_title_whatever_stands_under_it(first):
    assert document(f"{first}\n\nVersion 1.9, agreed upon by all in May.\n\n{BODY}").title == first


@pytest.mark.parametrize("first", ["The keepers met.", "- trout", "dear all"])
def test_a_first_line_that_is_a_sentence_or_an_item_is_no_title(first):
    assert document(f"{first}\n\nThey agreed upon new rules for the pond.\n\n{BODY}").title == "d"


def page(number: int, edge: str, *, foot: bool) -> str:
    text = "\n\n".join(
        f"On page {number} this is paragraph {n} of a text about ponds that goes on\nfor a line more, and ends."
        for n in range(12)
    )
    return f"{text}\n\n\n{edge}\n\n\n\n\n" if foot else f"{edge}\n\n{text}\n\n\n\n\n\n"


@pytest.mark.parametrize("foot", [True, False])
def test_pages_without_form_feeds_are_told_by_a_running_line_that_counts_them(foot):
    doc = document("".join(page(n, f"KEEPING PONDS          [Page {n}]", foot=foot) for n in range(1, 8)))
    assert "KEEPING PONDS" not in doc.text
    assert [doc.page_at(doc.text.index(f"On page {n} ")) for n in range(1, 8)] == list(range(1, 8))


def test_lines_that_repeat_at_uneven_distances_or_head_chapters_part_no_pages():
    uneven = "".join(f"Notes on ponds {n}\n\n{BODY * 3 * n}\n" for n in range(1, 9))
    assert document(uneven).page_at(0) is None
    assert document("".join(page(n, f"Chapter {n}", foot=False) for n in range(1, 8))).page_at(0) is None


def test_numbers_in_brackets_link_notes_to_what_they_are_of_and_begin_anew_with_each_section():
    doc = document(
        f"Of Ponds\n\nDeep Water\n\n{BODY}It is fed by a spring.  [1] It never dries [2] at all, as\nall say who have "
        "been there and seen it with their own eyes.\n\n[1] The spring rises in a wood.\n    It was found in 1820.\n\n"
        f"    It is cold.\n\n[2] But see above.\n\nShallow Water\n\n{BODY}It has fish.[1]\n\n[1] Mostly carp.\n"
    )
    notes = [(b.label, doc.text[b.start : b.end]) for b in doc.blocks if b.kind is BlockKind.NOTE]
    assert notes == [
        ("1", "[1] The spring rises in a wood. It was found in 1820. It is cold."),
        ("2", "[2] But see above."),
        ("1", "[1] Mostly carp."),
    ]
    assert [(ref.number, doc.text[ref.start : ref.end]) for ref in doc.note_refs] == [
        ("1", "[1]"),
        ("2", "[2]"),
        ("1", "[1]"),
    ]
    said = [doc.text[slice(*s)] for p in split_document(doc, passage_words=80) for s in p.sentences]
    assert "The spring rises in a wood." in said
    assert "It is fed by a spring. [1]" in said


def test_what_a_console_prints_is_no_note():
    doc = document(f"Of Ponds\n\n{BODY}The first depth is depths[1] here.\n\n[1] 3.14\n\n{BODY}")
    assert not [b for b in doc.blocks if b.kind is BlockKind.NOTE]
    cited = document(f"Of Ponds\n\n{BODY}So says Bell. [4]\n\n[4] p. 45.\n")
    assert [cited.text[b.start : b.end] for b in cited.blocks if b.kind is BlockKind.NOTE] == ["[4] p. 45."]


def test_entries_of_a_bibliography_and_items_without_a_marker_are_no_notes():
    doc = document(
        f"Of Ponds\n\n{BODY}It is so [1] as all say.\n\n[7] An item of a list that nothing marks.\n\nReferences\n\n"
        "[1] Bell, A. (2004). On Ponds. Heron Press.\n\n[2] Dorn, C. (1999). On Fish. Heron Press.\n"
    )
    assert not [b for b in doc.blocks if b.kind is BlockKind.NOTE]


def test_what_stands_under_a_rule_at_the_foot_of_a_page_is_a_note_and_cuts_no_sentence():
    doc = document(
        f"Of Ponds\n\n{BODY}\nThe keepers* say that the spring which feeds\n________________\n   *Then two men.\n"
        f"   †Or\nso they said.\n\fthe pond is cold, and has been so for as long as they remember it.\n\n{BODY}"
    )
    notes = [(b.label, doc.text[b.start : b.end]) for b in doc.blocks if b.kind is BlockKind.NOTE]
    assert notes == [("*", "*Then two men."), ("†", "†Or so they said.")]
    assert "____" not in doc.text
    assert "the spring which feeds the pond is cold" in doc.text


def test_a_rule_between_parts_of_a_page_heads_no_notes():
    doc = document(f"Of Ponds\n\n{BODY}\n________________\n\n{BODY * 9}\n\fMore.\n\n{BODY}")
    assert not [b for b in doc.blocks if b.kind is BlockKind.NOTE]
