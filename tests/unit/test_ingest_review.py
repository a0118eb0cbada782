"""What a review of the reader found: each of these was read wrongly once."""

import pytest
from test_ingest_layout import WIDE, document, kinds, paragraph

from core.records import BlockKind
from ingest import parse_text
from ingest.lines import chunks, read_lines


def tables(raw: str) -> list[list[str]]:
    doc = document(raw)
    return [[doc.text[a:b] for a, b in block.lines] for block in doc.blocks if block.kind is BlockKind.TABLE]


def test_a_blank_line_inside_a_table_loses_no_wrapped_cell():
    rows = (
        "Name   About\nAlpha  the first of the\n       many things\nBeta   the second\n\n"
        "Gamma  the third\nDelta  a fourth\nEps    fifth"
    )
    (lines,) = tables(f"{paragraph('Before')}\n\nTable 1: Things\n\n{rows}\n")
    assert lines == [
        "Name\tAbout",
        "Alpha\tthe first of the many things",
        "Beta\tthe second",
        "Gamma\tthe third",
        "Delta\ta fourth",
        "Eps\tfifth",
    ]


def test_three_rules_frame_a_table_whose_lines_are_rows():
    assert tables("+--+--+\n|Name|Val|\n+--+--+\n|a|1|\n|b|2|\n+--+--+\n") == [["Name\tVal", "a\t1", "b\t2"]]


@pytest.mark.parametrize("feed", ["\f", "\n\f"])
def test_a_page_break_cuts_no_sentence_wherever_it_stands(feed):
    raw = f"{WIDE}\n{WIDE}\n{WIDE}\nto travel in a carriage to{feed}Paris in May, {WIDE}\n{WIDE}\n"
    assert [kind for kind, _ in kinds(document(raw))] == ["paragraph"]
    first, second = chunks(read_lines(raw))
    assert (first.after_break, second.after_break, second.after_blank) == (False, True, False)


def test_leading_form_feeds_are_empty_pages_but_for_the_first():
    assert [line.page for line in read_lines("\fA\n\fB") if line.text] == [1, 2]
    assert [line.page for line in read_lines("\f\fA") if line.text] == [2]


@pytest.mark.parametrize("title", ["Chapter {}", "Day {}", "Report {}"])
def test_titles_that_count_are_no_running_headers(title):
    number = 2019 if title.startswith("Report") else 0
    raw = "\f".join(f"{title.format(number + n)}\n\n{paragraph(f'Text {n} of it')}\n" for n in range(1, 5))
    assert not [line.text for line in parse_text(raw).dropped if line.why != "running footer"]


def test_a_page_before_the_first_printed_number_is_none_of_the_numbered_ones():
    sheets = ["A Cover\n\nof a book", *(f"{paragraph(f'The text {n}')}\n\n{n}" for n in range(1, 5))]
    doc = document("\f".join(sheets))
    assert [page for _, page in doc.page_marks] == ["[1]", 1, 2, 3, 4]


def test_a_caption_without_a_source_line_takes_no_running_text():
    raw = (
        f"{paragraph('Before')}\n\nTable 1: Fish\n\nName   Prey\nPike   carp\nPerch  bleak\n\n"
        f"{paragraph('After it')}\n\n* first point of a list\n\n{paragraph('Later')}\n\n"
        "Figure 1: A pond\n\nSource: own work.\n"
    )
    assert tables(raw) == [["Name\tPrey", "Pike\tcarp", "Perch\tbleak"]]


def test_notes_are_told_by_note_1_and_a_note_cut_by_a_page_is_whole():
    notes = "1 The first note goes on to\n\fthe next page.\n\n2 Second."
    raw = f"{paragraph('Body')}1\n\nNOTES\n\n{notes}\n"
    notes = [text for kind, text in kinds(document(raw)) if kind == "note"]
    assert notes == ["1 The first note goes on to the next page.", "2 Second."]


def test_an_abbreviation_before_a_number_is_no_note_marker():
    raw = f"{WIDE}\n{WIDE}\nSee p.2 and Fig.1 above, and No.2 of vol.1, where it is.2\n\nNOTES\n\n1. One.\n\n2. Two.\n"
    assert [(ref.number, document(raw).text[ref.start - 3 : ref.start]) for ref in document(raw).note_refs] == [
        ("2", "is.")
    ]


def test_a_soft_hyphen_that_ends_a_line_breaks_a_word():
    assert "international" in document(f"{WIDE}\n{WIDE}\nof the inter\u00ad\nnational trade of it.\n").text


def test_a_caption_under_its_table_is_its_caption():
    raw = f"{paragraph('Before')}\n\nName   Prey\nPike   carp\nPerch  bleak\n\nTable 1: Fish\n\n{paragraph('After')}\n"
    (table,) = (block for block in document(raw).blocks if block.kind is BlockKind.TABLE)
    assert (table.label, table.columns) == ("Table 1: Fish", ("Name", "Prey"))
