"""Note markers that look like the end of a number: a gap in their running numbers tells them."""

import pytest

from core.records import NoteRef
from ingest import Metadata, build_document, parse_text
from ingest.notes import fill_note_refs, find_note_refs


def marked(text: str, notes: int = 3) -> list[str]:
    """The numbers of the markers found in a paragraph of a document with notes 1 to `notes`, in order."""
    numbers = {str(n): 1 for n in range(1, notes + 1)}
    refs = list(find_note_refs(text, numbers))
    return [ref.number for ref in fill_note_refs(text, [(0, len(text))], refs, numbers)]


@pytest.mark.parametrize(
    "words",
    [
        "Tillotson gave 400.2 It was slow",
        "It belongs to class P3.2 The rest does not",
        "as was said before (Smith 1902)2 and later",
        "It takes vitamin C.2 Others need none",
        "It ended “in 1902”.2 In the next",
        "She says ‘all 400’.2 “That is much",
    ],
)
def test_a_missing_marker_is_found_behind_a_figure(words):
    assert marked(f"The first came.1 {words}. The last went.3 It ends.") == ["1", "2", "3"]


@pytest.mark.parametrize(
    "words",
    [
        "It cost US$1.2 trillion in all",
        "It rose by 3.2 percent",
        "It runs at 3.2 GHz and 0.2 Hz",
        "A fuse of 1.2 A protects it",
        "Version 1.0.2 The rest was left out",
        "See p.2 The rest is known",
        "He gave 400.2 It was slow. She gave 300.2 That was more",  # which of the two?
    ],
)
def test_a_decimal_is_never_a_marker(words):
    assert marked(f"The first came.1 {words}. The last went.3 It ends.") == ["1", "3"]


def test_only_a_number_that_the_markers_around_leave_out_is_filled_in():
    assert marked("The first came.1 The next.2 He gave 400.2 It was slow. The last went.3 It ends.") == ["1", "2", "3"]
    assert marked("He gave 400.3 It was slow. The first came.1 The next.2 It ends.") == ["1", "2"]
    assert marked("He gave 400.1 It was slow. The next came.2 She gave 300.3 It was more.") == ["1", "2", "3"]
    assert marked("He gave 400.1 It was slow.") == []  # no marker is known: nothing says that notes are marked so


def test_a_decimal_at_the_end_of_an_item_is_no_marker():
    first, second = "The first came.1", "Set the valve to 0.2"
    refs, notes = [NoteRef("1", 15, 16)], {"1": 1, "2": 1}
    spans = [(0, len(first)), (len(first) + 1, len(first) + 1 + len(second))]
    assert fill_note_refs(f"{first} {second}", spans, refs, notes) == tuple(refs)


def test_a_marker_may_end_a_paragraph_of_sentences():
    assert marked("The first came.1 He gave 400.2", 2) == ["1", "2"]


def test_a_degree_is_no_abbreviation():
    assert [ref.number for ref in find_note_refs("It melts at 1345 °C.8 The next", {"8"})] == ["8"]
    assert list(find_note_refs("It was built c.8 years before", {"8"})) == []


def test_an_item_of_a_list_that_ends_in_a_marker_is_no_heading():
    raw = (
        "THE CALENDAR\n\nThe steps that the Ministry foresees for the coming years are these, as it says.1\n\n"
        "1. Award of the licence: 30 September 2024.\n2. Start of the deposit: 1 October 2025.2\n"
        "3. First report to the Assembly: 31 March 2027.\n\n"
        "The shops call this calendar impossible and say that machines have to be ordered long before.\n\n"
        "NOTES\n\n1. It did so twice.\n\n2. Bottles filled before that day may be sold.\n"
    )
    doc = build_document(parse_text(raw), document_id="d", source="d.txt", metadata=Metadata(), content_hash="0")
    assert [block.section for block in doc.blocks if block.kind == "heading"] == [("NOTES",)]
    assert [ref.number for ref in doc.note_refs] == ["1", "2"]
