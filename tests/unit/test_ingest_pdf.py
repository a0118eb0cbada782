"""PDF files are read back to the word: order, paragraphs, furniture, numbers of pages, notes, tables, refusals."""

from collections.abc import Callable

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from reportlab.lib.styles import ParagraphStyle
from reportlab.pdfgen.canvas import Canvas

from core.records import BlockKind
from ingest.pdf.document import load_pdf
from ingest.pdf.metadata import sensible_metadata
from tests.unit.pdf_samples import (
    BODY,
    INDENTED,
    WORDS,
    blocks,
    canvas_pdf,
    document,
    draw_column,
    heading,
    lines_of,
    next_frame,
    paragraphs_pdf,
    read,
    sentences,
    story_pdf,
    text,
)

SENTENCE = st.lists(st.sampled_from(WORDS), min_size=6, max_size=18).map(lambda ws: " ".join(ws).capitalize() + ".")
PARAGRAPHS = st.lists(st.lists(SENTENCE, min_size=3, max_size=8).map(" ".join), min_size=4, max_size=14)


@pytest.mark.parametrize("columns", [1, 2])
@pytest.mark.parametrize("style", [None, INDENTED])
def test_paragraphs_come_back_whole_over_columns_and_pages(columns, style):
    wanted = [sentences(6 + n % 4, n) for n in range(14)]
    data = paragraphs_pdf(wanted, columns=columns, **({"style": style} if style else {}))
    reading = load_pdf(data, "d.pdf")
    doc = document(reading)
    assert blocks(doc, BlockKind.PARAGRAPH) == wanted
    assert {d.why for d in reading.dropped} == {"running header", "page number"}
    assert doc.page_marks[0] == (0, 7)
    assert [page for _, page in doc.page_marks] == list(range(7, 7 + len(doc.page_marks)))


@settings(max_examples=15, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(PARAGRAPHS, st.sampled_from([1, 2]))
def test_known_text_comes_back_word_for_word_once_and_in_order(paragraphs, columns):
    paragraphs = [sentences(30), *paragraphs, sentences(60, 3)]  # three pages at least, so that furniture repeats
    reading = load_pdf(paragraphs_pdf(paragraphs, columns=columns, titles=("A Book of Samples",)), "d.pdf")
    doc = document(reading)
    assert " ".join(doc.text.split()) == " ".join(paragraphs)
    assert [page for _, page in doc.page_marks] == list(range(7, 7 + len(doc.page_marks)))
    numbers = [line.number for part in reading.parts for line in part.chunk.lines]
    assert sorted([*numbers, *(d.number for d in reading.dropped)]) == list(range(1, len(reading.lines) + 1))


def test_three_columns_under_a_title_over_all_of_them():
    wanted = [sentences(9, n) for n in range(5)]
    story = [heading("A Title over Three Columns", 20), next_frame(), *(text(words) for words in wanted)]
    doc = read(story_pdf(story, columns=3, first=50))
    assert blocks(doc, BlockKind.FRONT) == ["A Title over Three Columns"]
    assert blocks(doc, BlockKind.PARAGRAPH) == wanted
    assert doc.title == "A Title over Three Columns"


def test_hyphens_at_line_ends_are_undone_and_those_of_words_stay():
    def page(canvas: Canvas) -> None:
        canvas.setFont("Times-Roman", 11)
        lines = [
            "It is the govern-",
            "ment that builds a well-",
            "known bridge, as the re-",
            "port has it, and no more.",
        ]
        for i, line in enumerate(["A full line stands here and is as wide", *lines]):
            canvas.drawString(50, 400 - 13 * i, line)

    reading = load_pdf(canvas_pdf(page), "d.pdf")
    assert reading.lines[1] == "It is the govern-"
    assert "It is the government that builds a well-known bridge, as the report has it" in document(reading).text


def book(canvas: Canvas, page: int) -> None:
    """Roman numbers on two pages, then Arabic; a chapter opens on page 3 without a header, its number at the foot."""
    canvas.setFont("Times-Roman", 9)
    number = ["", "xi", "xii"][page] if page < 3 else str(page - 2)
    if page in (3, 6):
        return
    if page % 2:
        canvas.drawString(48, 560, f"{number}    A Book of Samples")
    else:
        canvas.drawRightString(372, 560, f"{'Preface' if page < 3 else 'The First Chapter'}    {number}")


def test_printed_page_numbers_are_found_in_odd_and_even_headers_and_inferred_where_there_is_none():
    wanted = [sentences(20, n) for n in range(16)]
    reading = load_pdf(story_pdf([text(words) for words in wanted], furniture=book), "d.pdf")
    doc = document(reading)
    pages = [page for _, page in doc.page_marks]
    assert pages == ["xi", "xii", *range(1, len(pages) - 1)]
    assert blocks(doc, BlockKind.PARAGRAPH) == wanted
    assert all(d.why == "running header" for d in reading.dropped)


def test_text_that_stands_first_on_two_pages_is_no_header():
    story = [text("Government of the province."), *(text(sentences(14, n)) for n in range(2))]
    data = story_pdf([*story, *story, *story])
    reading = load_pdf(data, "d.pdf")
    assert reading.dropped == ()
    assert document(reading).text.count("Government of the province.") == 3


def noted(canvas: Canvas) -> None:
    canvas.setFont("Times-Roman", 11)
    for i in range(12):
        canvas.drawString(50, 440 - 13 * i, "A line of running text that is as wide as the page allows it to be.")
    canvas.drawString(50, 440 - 13 * 12, "The sum was large in all.")
    end = 50 + canvas.stringWidth("The sum was large in all.", "Times-Roman", 11)
    canvas.setFont("Times-Roman", 7)
    canvas.drawString(end, 440 - 13 * 12 + 4, "1")
    canvas.setFont("Times-Roman", 11)
    canvas.drawString(end + 7, 440 - 13 * 12, "More was given for 12 km")
    canvas.setFont("Times-Roman", 7)
    canvas.drawString(end + 7 + canvas.stringWidth("More was given for 12 km", "Times-Roman", 11), 288, "2")
    canvas.setFont("Times-Roman", 11)
    canvas.drawString(50, 440 - 13 * 13, "of it, they say.")
    canvas.setFont("Times-Roman", 7)
    canvas.drawString(50 + canvas.stringWidth("of it, they say.", "Times-Roman", 11), 275, "2")
    canvas.line(50, 90, 130, 90)
    for i, (number, words) in enumerate(
        [("1", "So the ministry says, and it"), ("", "should know."), ("2", "Not all of it.")]
    ):
        canvas.setFont("Times-Roman", 5)
        canvas.drawString(50, 81 - 10 * i, number)
        canvas.setFont("Times-Roman", 8)
        canvas.drawString(54, 78 - 10 * i, words)


def test_footnotes_are_linked_to_their_raised_markers_and_powers_are_no_markers():
    doc = read(canvas_pdf(noted))
    assert [(b.label, doc.text[b.start : b.end]) for b in doc.blocks if b.kind is BlockKind.NOTE] == [
        ("1", "1 So the ministry says, and it should know."),
        ("2", "2 Not all of it."),
    ]
    assert [(ref.number, doc.text[ref.start - 4 : ref.end]) for ref in doc.note_refs] == [
        ("1", "all.1"),
        ("2", "say.2"),
    ]
    assert "12 km2 of it" in doc.text


def test_endnotes_are_notes():
    story = [
        text(sentences(6) + " So it was said.<super size=7>1</super> And so it is.<super size=7>2</super>"),
        heading("Notes"),
        text("1. So the ministry says."),
        text("2. Not all of it was paid."),
    ]
    doc = read(story_pdf(story))
    assert [(b.label, doc.text[b.start : b.end]) for b in doc.blocks if b.kind is BlockKind.NOTE] == [
        ("1", "1. So the ministry says."),
        ("2", "2. Not all of it was paid."),
    ]
    assert [ref.number for ref in doc.note_refs] == ["1", "2"]


def test_entries_with_a_hanging_indent_are_references():
    hanging = ParagraphStyle("hanging", parent=BODY, leftIndent=18, firstLineIndent=-18, spaceAfter=0)
    entries = [f"Bell, A. ({2000 + n}) {sentences(3, n)} London: Press." for n in range(8)]
    doc = read(story_pdf([text(sentences(8)), heading("References"), *(text(entry, hanging) for entry in entries)]))
    assert blocks(doc, BlockKind.PARAGRAPH) == [sentences(8)]
    assert blocks(doc, BlockKind.REFERENCE) == entries


def test_a_page_number_in_brackets_that_begins_a_line_is_no_item():
    lines = "It was said, and with good reasons for all who care to hear them, by Dorn (2017:", "88) of the schools."
    doc = read(story_pdf([text(sentences(6)), text("<br/>".join(lines))]))
    assert blocks(doc, BlockKind.PARAGRAPH)[-1] == " ".join(lines)


@pytest.mark.parametrize("columns", [1, 2])
@pytest.mark.parametrize("before", [4, 26, 30])
def test_an_entry_goes_on_though_few_do_and_whatever_else_its_column_holds(columns, before):
    hanging = ParagraphStyle("hanging", parent=BODY, leftIndent=18, firstLineIndent=-18, spaceAfter=8)
    entries = [f"Bell, A. ({2000 + n}) Pike. Leeds: Reed." for n in range(12)]
    for n in (3, 8):
        entries[n] = (
            f"Bell, A. ({2000 + n}) Of Pike and Carp: A History of the Ponds of the North in Two Parts. Leeds: Reed."
        )
    story = [text(sentences(before)), heading("References"), *(text(entry, hanging) for entry in entries)]
    assert blocks(read(story_pdf(story, columns=columns)), BlockKind.REFERENCE) == entries


def test_what_the_file_says_of_itself_counts_only_where_it_makes_sense():
    data = story_pdf(
        [text(sentences(6))], info={"title": "On the Things of This World", "author": "Anna Bell; Carl Dorn"}
    )
    metadata = load_pdf(data, "d.pdf").metadata
    assert (metadata.title, metadata.authors) == ("On the Things of This World", ("Anna Bell", "Carl Dorn"))
    assert len(metadata.date) == len("2001-01-01")
    data = story_pdf([text(sentences(6))], info={"title": "Microsoft Word - draft_v3.doc", "author": "abell7"})
    metadata = load_pdf(data, "d.pdf").metadata
    assert (metadata.title, metadata.authors) == ("", ())


@pytest.mark.parametrize(
    ("record", "title", "authors"),
    [
        ({"Title": "untitled", "Author": "(anonymous)"}, "", ()),
        ({"Title": "chapter09.indd", "Author": "Admin"}, "", ()),
        ({"Title": "A Study: Part 2", "Author": "Bell, Anna"}, "A Study: Part 2", ("Anna Bell",)),
        ({"Title": "/tmp/x/y.tex", "Author": "Anna Bell and Carl Dorn"}, "", ("Anna Bell", "Carl Dorn")),
    ],
)
def test_titles_and_authors_that_programs_make_up_are_passed_over(record, title, authors):
    metadata = sensible_metadata(record)
    assert (metadata.title, metadata.authors) == (title, authors)


def test_a_turned_page_is_read_upright():
    def page(canvas: Canvas) -> None:
        canvas.translate(380, 40)
        canvas.rotate(90)
        for i in range(5):
            canvas.drawString(0, 300 - 14 * i, f"Line {i} of a page that stands on its side, as wide tables do.")

    doc = read(canvas_pdf(page))
    assert doc.text.startswith("Line 0 of a page that stands on its side, as wide tables do. Line 1 of")


def test_notes_at_the_feet_of_two_columns_do_not_cut_the_paragraph_that_goes_on():
    running = "The text of the first column goes on and on until its note stands at the foot and it continues " * 12
    lines = lines_of(running.strip() + ".", 150)

    def page(canvas: Canvas) -> None:
        draw_column(canvas, 40, 450, lines[:15])
        canvas.setFont("Times-Roman", 6)
        canvas.drawString(40 + canvas.stringWidth(lines[14], "Times-Roman", 10), 450 - 14 * 12 + 4, "3")
        canvas.line(40, 262, 90, 262)
        draw_column(canvas, 40, 250, ["3 A note that stands under the column", "of its marker."], 8)
        draw_column(canvas, 215, 450, [*lines[15:], *lines_of(sentences(6), 150)])

    doc = read(canvas_pdf(page))
    assert [(b.label, doc.text[b.start : b.end]) for b in doc.blocks if b.kind is BlockKind.NOTE] == [
        ("3", "3 A note that stands under the column of its marker.")
    ]
    assert [ref.number for ref in doc.note_refs] == ["3"]
    marked = f"{' '.join(lines[:15])}3 {' '.join(lines[15:])}"
    assert " ".join(blocks(doc, BlockKind.PARAGRAPH)) == f"{marked} {sentences(6)}"


def test_a_figure_on_top_of_a_page_does_not_cut_the_paragraph_that_goes_on():
    lines = lines_of(
        "The text of the first page goes on and on over the page and a figure there and it continues " * 8, 300
    )

    def first(canvas: Canvas) -> None:
        draw_column(canvas, 50, 430, lines[:6])

    def second(canvas: Canvas) -> None:
        canvas.rect(100, 350, 150, 80, fill=1)
        draw_column(canvas, 50, 330, ["Figure 2. What the first page is about."], 9)
        draw_column(canvas, 50, 290, [*lines[6:-1], "to its end."])

    doc = read(canvas_pdf(first, second))
    assert blocks(doc, BlockKind.PARAGRAPH) == [
        " ".join([*lines[:-1], "to its end."]),
        "Figure 2. What the first page is about.",
    ]


def test_a_stamp_set_sideways_is_left_out_and_said_to_be():
    def page(canvas: Canvas) -> None:
        draw_column(canvas, 60, 430, lines_of(sentences(12), 300))
        canvas.rotate(90)
        canvas.drawString(100, -20, "arXiv:0101.00001v1 1 Jan 2001")

    reading = load_pdf(canvas_pdf(page), "d.pdf")
    assert [(d.text, d.why) for d in reading.dropped] == [("arXiv:0101.00001v1 1 Jan 2001", "text set sideways")]
    assert document(reading).text == sentences(12)


def test_bold_made_by_printing_twice_and_ligatures_are_read_once():
    def page(canvas: Canvas) -> None:
        for shift in (0, 0.4):
            canvas.drawString(50 + shift, 400, "Twice printed words")
        canvas.drawString(50, 380, "and plain words under them, in full.")

    assert read(canvas_pdf(page)).text == "Twice printed words and plain words under them, in full."


def test_text_whose_sizes_waver_as_ocr_guesses_them_keeps_its_paragraphs():
    wanted = [sentences(9), sentences(9, 5)]

    def page(canvas: Canvas) -> None:
        top = 450.0
        for n, words in enumerate(wanted):
            for i, line in enumerate(lines_of(words, 280)):
                size = 9 + (7 * i + n) % 12 / 6
                drawn = canvas.beginText(50, top)
                drawn.setFont("Times-Roman", size)
                drawn.setHorizScale(1000 / size)  # the page has the letters at 10 points
                drawn.textOut(line)
                canvas.drawText(drawn)
                top -= 12
            top -= 12

    assert blocks(read(canvas_pdf(page)), BlockKind.PARAGRAPH) == wanted


def test_the_labels_of_pages_count_where_no_number_is_printed():
    def page(number: int) -> Callable[[Canvas], None]:
        def draw(canvas: Canvas) -> None:
            if number == 0:
                canvas.addPageLabel(0, style="ROMAN_LOWER", start=1)
                canvas.addPageLabel(2, style="ARABIC", start=1)
            draw_column(canvas, 50, 430, lines_of(sentences(5, number), 300))

        return draw

    doc = read(canvas_pdf(*map(page, range(4))))
    assert [page for _, page in doc.page_marks] == ["i", "ii", 1, 2]


def test_what_heads_chapters_on_top_of_their_pages_is_no_running_header():
    def page(number: int) -> Callable[[Canvas], None]:
        def draw(canvas: Canvas) -> None:
            if number % 2 == 0:
                canvas.setFont("Times-Bold", 11)
                canvas.drawString(50, 460, f"Chapter {number // 2 + 1}")
            draw_column(canvas, 50, 425, lines_of(sentences(5, number), 300))

        return draw

    reading = load_pdf(canvas_pdf(*map(page, range(8))), "d.pdf")
    assert reading.dropped == ()
    assert [t for t in document(reading).text.split("\n\n") if t.startswith("Chapter")] == [
        "Chapter 1",
        "Chapter 2",
        "Chapter 3",
        "Chapter 4",
    ]
