"""Papers as authors set them: wide spaces between lines, authors over where they work, formulas between columns."""

import pytest

from core.records import BlockKind
from tests.unit.pdf_samples import blocks, canvas_pdf, draw_column, lines_of, read, sentences


def put(canvas, x, y, words, *look):
    """Draw words in a font, a size, or as text is set."""
    size = next((part for part in look if not isinstance(part, str)), 10)
    canvas.setFont(next((part for part in look if isinstance(part, str)), "Times-Roman"), size)
    canvas.drawString(x, y, words)


def spaced(canvas, left, top, lines, step):
    for i, line in enumerate(lines):
        put(canvas, left, top - step * i, line)
    return top - step * len(lines)


@pytest.mark.parametrize("step", [15, 19, 24])
def test_a_manuscript_with_wide_lines_and_a_listing_keeps_its_paragraphs_whole(step):
    first, second = sentences(8), sentences(7, 3)

    def page(canvas):
        y = spaced(canvas, 40, 700, lines_of(first, 320), step)
        y = spaced(canvas, 40, y - 14, ["count(otters)", "show(rivers)", "plot(winters)", "close(file)"], 12)
        spaced(canvas, 40, y - 14, lines_of(second, 320), step)

    paragraphs = blocks(read(canvas_pdf(page, size=(400, 740))), BlockKind.PARAGRAPH)
    assert paragraphs[0] == first
    assert paragraphs[-1] == second


def title_page(*under):
    def page(canvas):
        put(canvas, 60, 660, "The Winter Counts of Otters", 17)
        y = 630
        for block in under:
            for line in block:
                put(canvas, 90, y, line, 12)
                y -= 14
            y -= 16
        put(canvas, 40, y, "Abstract", "Times-Bold")
        y = draw_column(canvas, 40, y - 20, lines_of(sentences(5), 320))
        put(canvas, 40, y - 20, "1 Rivers", "Times-Bold", 13)
        y = draw_column(canvas, 40, y - 40, lines_of(sentences(6, 2), 320))
        put(canvas, 40, y - 20, "Minor rivers", 12)
        draw_column(canvas, 40, y - 40, lines_of(sentences(6, 4), 320))

    return read(canvas_pdf(page, size=(400, 700)))


def test_what_stands_between_the_title_and_the_abstract_is_no_heading_of_the_text():
    doc = title_page(
        ["Version 3"], ["27 November, 2022"], ["Ada Brook", "Otter Trust, Harle", "ada.brook@otters.example"]
    )
    assert blocks(doc, BlockKind.HEADING)[0] == "Abstract"
    assert doc.authors == ("Ada Brook",)
    assert doc.date == "2022-11-27"


def test_authors_with_marks_of_notes_are_named_without_them():
    doc = title_page(["Ada Brook∗ Carl Dunne†"], ["3 May 2019"])
    assert doc.authors == ("Ada Brook", "Carl Dunne")
    assert title_page(["Ada Brook, Jr. Carl Dunne"], ["3 May 2019"]).authors == ("Ada Brook Jr.", "Carl Dunne")


def test_a_title_in_capitals_of_the_texts_size_over_an_abstract_is_the_title():
    def page(canvas):
        put(canvas, 110, 660, "OTTERS IN WINTER: A COUNT", "Times-Bold")
        put(canvas, 160, 640, "ADA BROOK", 8)
        y = draw_column(canvas, 60, 615, lines_of("Abstract. " + sentences(5), 270, size=8), 8)
        put(canvas, 160, y - 20, "1. Introduction")
        draw_column(canvas, 40, y - 40, lines_of(sentences(16, 2), 320))

    doc = read(canvas_pdf(page, size=(400, 700)))
    assert doc.title == "OTTERS IN WINTER: A COUNT"
    assert doc.authors == ("ADA BROOK",)


def test_columns_are_read_one_after_the_other_though_a_formula_overhangs_and_its_pieces_stand_anywhere():
    left, right = sentences(9), sentences(9, 5)

    def page(canvas):
        lines = lines_of(left, 160)
        half = len(lines) // 2
        y = draw_column(canvas, 40, 560, lines[:half])
        put(canvas, 120, y - 4, "S")
        put(canvas, 70, y - 16, "v(x) = c(x) + 2 c(x, y)")
        put(canvas, 191, y - 9, "c(z)")
        put(canvas, 95, y - 24, "i=1")
        draw_column(canvas, 40, y - 44, lines[half:])
        lines = lines_of(right, 160)
        y = draw_column(canvas, 212, 560, lines[:6])
        for i, piece in enumerate(["N", "q = 1 − r", "k", "m = 0", "x + y", "n", "z = 4"]):
            put(canvas, 230 + 17 * (i * 3 % 7), y - 10 * i - 4, piece)
        draw_column(canvas, 212, y - 90, lines[6:])

    doc = read(canvas_pdf(page, size=(420, 600)))
    assert doc.text.index(left[-30:]) < doc.text.index(right[:30])


def raised(canvas, y, words, rest=""):
    """Draw words with a raised 1 behind them, and more words."""
    put(canvas, 40, y, words)
    x = 40 + canvas.stringWidth(words, "Times-Roman", 10)
    put(canvas, x, y + 4, "1", 6)
    put(canvas, x + 4, y, rest)


def test_a_power_in_a_formula_is_no_marker_of_a_note():
    def page(canvas):
        y = draw_column(canvas, 40, 460, lines_of(sentences(3), 320))
        raised(canvas, y, "It grows with p", " in each river, so we counted the")
        raised(canvas, y - 12, "otters of the river twice.")
        canvas.line(40, 80, 120, 80)
        put(canvas, 40, 72, "1", 6)
        put(canvas, 44, 68, "By two men on two days.", 8)

    def later(canvas):
        y = draw_column(canvas, 40, 460, lines_of(sentences(3, 4), 320))
        raised(canvas, y, "The area of a pond is ab", " in the north.")

    doc = read(canvas_pdf(page, later))
    assert [doc.text[ref.start - 6 : ref.start] for ref in doc.note_refs] == ["twice."]
