"""What is a heading in a PDF, and of which level."""

import pytest
from reportlab.lib.styles import ParagraphStyle
from reportlab.platypus import Paragraph

from core.records import BlockKind
from tests.unit.pdf_samples import blocks, heading, read, sentences, story_pdf, text


@pytest.mark.parametrize("line", ["[1] FALSE", "R&gt; window(z1)", "Z = X b"])
def test_formulas_and_what_a_console_prints_are_no_headings_however_large(line):
    doc = read(
        story_pdf(
            [
                heading("On Things", 22),
                heading("1 Parts", 15),
                text(sentences(9)),
                heading(line, 15),
                text(sentences(9, 1)),
            ]
        )
    )
    assert [doc.text[b.start : b.end] for b in doc.blocks if b.kind is BlockKind.HEADING] == ["1 Parts"]


def test_a_heading_of_two_lines_whose_second_stands_under_its_words_is_one():
    style = ParagraphStyle("hung", fontName="Times-Bold", fontSize=12, leading=14, leftIndent=24, firstLineIndent=-24)
    question = (
        "1.5 What is the difference between ponds of the north and other ponds, and why should I choose one of them?"
    )
    doc = read(
        story_pdf([heading("On Things", 22), text(sentences(9)), Paragraph(question, style), text(sentences(9, 1))])
    )
    assert [doc.text[b.start : b.end] for b in doc.blocks if b.kind is BlockKind.HEADING] == [question]


def test_headings_have_levels_by_number_and_by_size():
    story = [
        heading("On Things", 22),
        text("Anna Bell and Carl Dorn"),
        heading("1 The First Part", 15),
        text(sentences(9)),
        heading("1.1 A Closer Look", 12),
        text(sentences(9, 1)),
        heading("1.2 What Follows", 12),
        text(sentences(9, 2)),
        heading("2 The Second Part", 15),
        text(sentences(9, 3)),
        heading("References", 15),
        text("Bell, A. (2001) On other things. London: Press."),
    ]
    doc = read(story_pdf(story))
    assert blocks(doc, BlockKind.FRONT) == ["On Things", "Anna Bell and Carl Dorn"]
    assert (doc.title, doc.authors) == ("On Things", ("Anna Bell", "Carl Dorn"))
    assert [(b.level, doc.text[b.start : b.end]) for b in doc.blocks if b.kind is BlockKind.HEADING] == [
        (1, "1 The First Part"),
        (2, "1.1 A Closer Look"),
        (2, "1.2 What Follows"),
        (1, "2 The Second Part"),
        (1, "References"),
    ]


def test_headings_that_contents_list_are_none_though_set_like_headings():
    story = [
        heading("On Things", 22),
        heading("Contents", 15),
        *(heading(line, 12) for line in ("Preface i", "The First Part 3", "A Further Tables 9")),
        heading("Preface", 15),
        text(sentences(9)),
        heading("The First Part", 15),
        text(sentences(9, 1)),
        heading("Further Tables", 15),
        text(sentences(9, 2)),
    ]
    wanted = ["Contents", "Preface", "The First Part", "Further Tables"]
    assert blocks(read(story_pdf(story)), BlockKind.HEADING) == wanted


def test_the_first_heading_behind_plain_contents_is_one_though_a_later_chapter_has_its_name():
    story = [
        heading("On Things", 22),
        heading("Contents", 15),
        text("Ponds . . . . . . . . 3"),
        *(part for i in range(2) for part in (heading("Overview", 15), text(sentences(9, i)))),
    ]
    assert blocks(read(story_pdf(story)), BlockKind.HEADING) == ["Contents", "Overview", "Overview"]


@pytest.mark.parametrize(
    "plot",
    [
        [heading("Depth of ponds", 15), text("0 20 40 60"), text("North South")],
        [text("0 20 40 60"), heading("Depth of ponds", 15), text("Figure 2: Ponds and their depths.")],
        [heading("JCP LDP [1,] 0.107 0.359", 15), text(sentences(3))],
    ],
)
def test_labels_of_a_figure_and_rows_of_figures_are_no_headings_however_large(plot):
    story = [heading("On Things", 22), heading("1 Parts", 15), text(sentences(9)), *plot, text(sentences(9, 1))]
    assert blocks(read(story_pdf(story)), BlockKind.HEADING) == ["1 Parts"]


@pytest.mark.parametrize("below", ["-h", "A", "The year 1820 was wet."])
def test_options_and_letters_of_an_index_stand_under_headings(below):
    story = [heading("On Things", 22), heading("1 Parts", 15), text(sentences(9)), heading("Options", 15), text(below)]
    assert blocks(read(story_pdf([*story, text(sentences(9, 1))])), BlockKind.HEADING) == ["1 Parts", "Options"]
