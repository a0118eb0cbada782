"""What each part of a raw text is taken for, on small texts made by hand."""

import pytest

from core.records import BlockKind, Document
from ingest import Metadata, build_document, parse_text

WIDE = "This sentence is as wide as the text of the page, so it fills its line well enough"


def document(raw: str, metadata: Metadata | None = None) -> Document:
    return build_document(
        parse_text(raw), document_id="d", source="d.txt", metadata=metadata or Metadata(), content_hash="0"
    )


def kinds(doc: Document) -> list[tuple[str, str]]:
    return [(block.kind.value, doc.text[block.start : block.end]) for block in doc.blocks]


def paragraph(first: str, lines: int = 3) -> str:
    return "\n".join([first.ljust(70, "x"), *[WIDE] * lines, "and ends."])


@pytest.mark.parametrize("over", ["", "Annals of Price History 8 (2): 101–119\n\n", "Ice Letters, vol. 3, pp. 1–9\n\n"])
@pytest.mark.parametrize("under", ["", "https://doi.org/10.1000/xyz\n\n", "doi:10.1000/xyz\n\n"])
def test_a_journal_over_the_title_is_not_it_and_an_address_under_the_authors_does_not_hide_it(over, under):
    doc = document(f"{over}On Things\n\nAnna Bell and Carl Dorn\n\n{under}Introduction\n\n{paragraph('The opening')}\n")
    assert (doc.title, doc.authors) == ("On Things", ("Anna Bell", "Carl Dorn"))
    assert kinds(doc)[-2][0] == "heading"


def test_title_and_author_are_front_matter_and_capitals_stand_over_title_case():
    doc = document(
        f"Chapter 3\n\nOn Things\n\nAnna Bell and Carl Dorn\n\n{paragraph('The opening')}\n\n"
        f"FIRST PART\n\n{paragraph('In the part')}\n\nA Closer Look\n\n{paragraph('It is')}\n"
    )
    assert [k for k, _ in kinds(doc)] == ["front"] * 3 + ["paragraph", "heading", "paragraph", "heading", "paragraph"]
    assert doc.title == "On Things"
    assert doc.authors == ("Anna Bell", "Carl Dorn")
    assert [b.section for b in doc.blocks if b.kind is BlockKind.PARAGRAPH] == [
        (),
        ("FIRST PART",),
        ("FIRST PART", "A Closer Look"),
    ]


@pytest.mark.parametrize(
    ("over", "first"),
    [
        ("Anna Bell and Carl Dorn", "The wide line"),
        ("Institute for Applied Arts, Report 44, by Anna Bell", "Purpose and method"),
        ("Anna Bell", "I. Introduction"),
        ("Union of Towns, May 2022", "Executive summary"),
        ("The Seed Bank", "Foreword by the Director"),
        ("Anna Bell", "Summary for Policymakers"),
        ("Anna Bell", "Introduction: why rivers matter"),
        ("Anna Bell", "Author’s preface"),
    ],
)
def test_the_heading_of_the_first_section_under_the_authors_is_no_front_matter(over, first):
    doc = document(f"On Things: A Longer Look\n\n{over}\n\n{first}\n\n{paragraph('The opening')}\n\nAbroad\n\nIt is.\n")
    assert kinds(doc)[1:3] == [("front", over), ("heading", first)]


@pytest.mark.parametrize(
    "under",
    [
        "Anna Bell\n\nOslo",
        "Anna Bell\n\nAnnals of Price History",
        "A study\n\nin the north, 1790–1870",
        "Anna Bell\n\nSecond edition",
        "A history of prices\n\nin the north",
        "Anna Bell\n\nTranslated from the French",
    ],
)
def test_a_subtitle_a_place_and_a_journal_are_front_matter(under):
    doc = document(f"On Things\n\n{under}\n\n{paragraph('The opening')}\n\nAbroad\n\nIt is.\n")
    assert [k for k, _ in kinds(doc)][:3] == ["front"] * 3


def test_an_introduction_to_a_matter_is_a_subtitle():
    doc = document(f"Logic\n\nAn Introduction\n\n{paragraph('The opening')}\n\nAbroad\n\nIt is.\n")
    assert [k for k, _ in kinds(doc)][:2] == ["front"] * 2


def test_a_name_under_a_text_is_no_heading_of_nothing():
    doc = document(
        f"On Things\n\nFOREWORD BY THE DIRECTOR\n\n{paragraph('The year')}\n\nRuth Adeyemi-Clarke, Director\n\n"
        f"FIRST PART\n\n{paragraph('In the part')}\n\nA Closer Look\n\n{paragraph('It is')}\n"
    )
    assert kinds(doc)[3] == ("paragraph", "Ruth Adeyemi-Clarke, Director")
    assert [text for kind, text in kinds(doc) if kind == "heading"] == [
        "FOREWORD BY THE DIRECTOR",
        "FIRST PART",
        "A Closer Look",
    ]


def test_what_the_manifest_says_wins():
    doc = document(f"On Things\n\n{paragraph('Text')}", Metadata(title="Other", authors=("E. F.",)))
    assert (doc.title, doc.authors) == ("Other", ("E. F.",))


def test_markdown_headings_give_the_section_path_without_their_marks():
    doc = document(
        "# Guide\n\nWhat it is about.\n\n## Install\n\nRun the installer now.\n\n### Needs\n\nFour gigabytes do.\n"
    )
    assert doc.title == "Guide"
    assert [b.section for b in doc.blocks if b.kind is BlockKind.PARAGRAPH] == [(), ("Install",), ("Install", "Needs")]
    assert "#" not in doc.text


def test_list_items_are_paragraphs_of_their_own():
    doc = document("# Guide\n\n## Steps\n\n- Open the box and read.\n- Press the red button.\n")
    assert [text for kind, text in kinds(doc) if kind == "paragraph"] == [
        "- Open the box and read.",
        "- Press the red button.",
    ]


def test_form_feeds_count_pages_and_a_sentence_goes_on_over_them():
    doc = document(
        f"{WIDE}\n{WIDE}\n{WIDE} and\n\fgoes on here to its\nend.\n\nA second paragraph of its own stands here.\n"
    )
    first = next(b for b in doc.blocks if b.kind is BlockKind.PARAGRAPH)
    assert doc.text[first.start : first.end].endswith("and goes on here to its end.")
    assert doc.page_at(first.start) == 1
    assert doc.page_at(doc.text.index("goes on")) == 2


def test_one_space_before_a_line_marks_a_page_only_where_it_is_rare_and_regular():
    words = "north south east west".split()
    pages = "".join(f" The {w} page begins here.\n" + f"{WIDE}\n" * 30 + f"The {w} page ends.\n" for w in words)
    assert document(pages).page_at(document(pages).text.index("The east page begins")) == 3
    indented = "\n".join(f" {WIDE}" if i % 4 == 0 else WIDE for i in range(60))
    assert document(indented).page_marks == ()


def test_a_table_ends_at_its_source_line_and_the_sentence_it_cut_is_whole_again():
    doc = document(
        f"{paragraph('Before the table')}\n\n{WIDE}\n{WIDE}\n{WIDE} is cut\n\n"
        "Table 1.1: Fruit\n\nName Colour\n\nApple Red\nGreengage Pale green\n\nSource: A. Grower (2001).\n\n"
        f"in two by it.\n\n{paragraph('After')}\n"
    )
    table = next(b for b in doc.blocks if b.kind is BlockKind.TABLE)
    assert table.label == "Table 1.1: Fruit"
    assert [doc.text[a:b] for a, b in table.lines] == [
        "Name Colour",
        "Apple Red",
        "Greengage Pale green",
        "Source: A. Grower (2001).",
    ]
    assert any(text.endswith("is cut in two by it.") for _, text in kinds(doc))


def test_a_table_as_wide_as_the_page_is_no_running_text_before_its_source_line():
    rows = (
        ("Outcome", "Choirs", "Singers before", "Singers after", "Mean age", "Tasks"),
        *((name, "6", "131", "0", "63", "14") for name in ("Dissolved", "Side by side", "United")),
    )
    table = "\n".join("   ".join(cell.ljust(14) for cell in row[:-1]) + f"   {row[-1]}" for row in rows)
    doc = document(
        f"{paragraph('Before')}\n\nTable 1. The choirs\n\n{table}\n\nSource: own counts.\n\n{paragraph('After')}\n"
    )
    found = next(b for b in doc.blocks if b.kind is BlockKind.TABLE)
    assert found.columns == rows[0]
    assert doc.text[slice(*found.lines[-2])].split("\t") == list(rows[-1])
    assert doc.text[slice(*found.lines[-1])] == "Source: own counts."


def test_a_table_interrupted_by_running_text_is_one_table():
    doc = document(
        f"{paragraph('Before')}\n\nTable 2: Parts\n\nName Size\n\nBolt\n\n4 mm\n\n{paragraph('Running text')}\n\n"
        f"Nut\n\n5 mm\n\nSource: own count.\n\n{paragraph('After')}\n"
    )
    tables = [b for b in doc.blocks if b.kind is BlockKind.TABLE]
    assert len(tables) == 1
    assert [doc.text[a:b] for a, b in tables[0].lines] == [
        "Name Size",
        "Bolt",
        "4 mm",
        "Nut",
        "5 mm",
        "Source: own count.",
    ]


def test_a_sentence_that_begins_with_a_table_number_is_no_caption():
    doc = document(f"{paragraph('Before')}\n\nTable 2 shows the parts.\n\n{paragraph('After')}\n")
    assert all(b.kind is not BlockKind.TABLE for b in doc.blocks)


def test_notes_are_parted_and_linked_to_their_markers_but_decimals_are_not():
    doc = document(
        f"{paragraph('It cost 1.2 million')}\n\nThe sum was 3.1 million in all.1 "
        "More came in 2021,2 they say, and 14,300 went.\n\n"
        "NOTES\n\n1. So the ministry says.\n\n2. Not all of it was\npaid.\n"
    )
    assert [(b.label, doc.text[b.start : b.end]) for b in doc.blocks if b.kind is BlockKind.NOTE] == [
        ("1", "1. So the ministry says."),
        ("2", "2. Not all of it was paid."),
    ]
    assert [(r.number, doc.text[r.start - 4 : r.end]) for r in doc.note_refs] == [("1", "all.1"), ("2", "021,2")]


def test_unwrapped_lines_are_paragraphs():
    line = "A paragraph that nobody wrapped goes on and on without a line end. " * 5
    doc = document(f"{line}\n{line}\n")
    assert [kind for kind, _ in kinds(doc)] == ["paragraph", "paragraph"]


@pytest.mark.parametrize("gap", ["\t", "     "])
def test_lines_of_cells_parted_by_tabs_or_wide_gaps_are_a_table_without_a_caption(gap):
    rows = [f"Apple{gap}red{gap}sweet", f"Pear{gap}green{gap}soft", f"Plum{gap}blue{gap}sour"]
    doc = document("# Fruit\n\nWhat there is to eat.\n\n" + "\n".join(rows) + "\n\nThat was all there is to say.\n")
    (table,) = [b for b in doc.blocks if b.kind is BlockKind.TABLE]
    assert [doc.text[a:b] for a, b in table.lines] == ["Apple\tred\tsweet", "Pear\tgreen\tsoft", "Plum\tblue\tsour"]
    assert table.columns == ("Apple", "red", "sweet")


def test_typed_text_with_two_spaces_after_a_full_stop_is_no_table():
    line = "It was typed.  So there are two spaces.  They part no cells at all here."
    assert [kind for kind, _ in kinds(document("\n".join([line] * 4)))] == ["paragraph"]


def test_a_form_feed_before_the_first_page_is_no_page():
    doc = document("\fThe first page says this much.\n\fThe second page says more than that.\n")
    assert doc.page_at(doc.text.index("second")) == 2
