"""Tables of PDF files, with and without rules, are read back to the cell."""

from collections.abc import Callable

import pytest
from reportlab.lib.styles import ParagraphStyle
from reportlab.pdfgen.canvas import Canvas
from reportlab.platypus import Paragraph, Table, TableStyle

from core.records import BlockKind, Document
from ingest.pdf.document import load_pdf
from tests.unit.pdf_samples import (
    blocks,
    canvas_pdf,
    document,
    draw_column,
    lines_of,
    read,
    ruled_table,
    sentences,
    story_pdf,
    text,
)


def table_of(doc: Document) -> tuple[str, list[list[str]]]:
    (table,) = [b for b in doc.blocks if b.kind is BlockKind.TABLE]
    return table.label, [doc.text[a:b].split("\t") for a, b in table.lines]


def test_a_ruled_table_keeps_its_cells_its_caption_and_its_source():
    small = ParagraphStyle("cell", fontName="Times-Roman", fontSize=9, leading=11)
    rows = [
        ["Name", "Colour", "Taste"],
        ["Apple", "red", Paragraph("sweet, and now and then a little sour at once", small)],
        ["", "green", "sour"],
        ["Plum", "blue", "sweet"],
    ]
    story = [
        text(sentences(8)),
        text("Table 1: Fruit by colour"),
        ruled_table(rows, [60, 60, 100], ("SPAN", (0, 1), (0, 2))),
        text("Source: A. Grower (2001)."),
        text(sentences(8, 2)),
    ]
    doc = read(story_pdf(story))
    label, cells = table_of(doc)
    assert label == "Table 1: Fruit by colour"
    assert cells == [
        ["Name", "Colour", "Taste"],
        ["Apple", "red", "sweet, and now and then a little sour at once"],
        ["", "green", "sour"],
        ["Plum", "blue", "sweet"],
        ["Source: A. Grower (2001)."],
    ]
    (table,) = [b for b in doc.blocks if b.kind is BlockKind.TABLE]
    assert table.columns == ("Name", "Colour", "Taste")
    assert table.merged == frozenset({(2, 0)})
    assert blocks(doc, BlockKind.PARAGRAPH) == [sentences(8), sentences(8, 2)]


@pytest.mark.parametrize("rules", [True, False])
def test_a_table_without_rules_around_its_cells_is_told_by_its_columns(rules):
    rows = [
        ["Part", "Size", "Weight in all"],
        ["Bolt", "4 mm", "12"],
        ["Long nut", "5 mm", "9"],
        ["Washer", "6 mm", "3"],
    ]
    lines = [("LINEABOVE", (0, 0), (-1, 0), 1, "black"), ("LINEBELOW", (0, 0), (-1, 0), 0.5, "black")]
    style = TableStyle([("FONT", (0, 0), (-1, -1), "Times-Roman", 9), ("LINEBELOW", (0, -1), (-1, -1), 1, "black")])
    table = Table(rows, colWidths=[90, 70, 90], style=TableStyle(lines, parent=style) if rules else style)
    if not rules:
        table.setStyle(TableStyle([("LINEBELOW", (0, -1), (-1, -1), 0, "white")]))
    story = [text(sentences(8)), text("Table 2. Sizes of parts"), table, text(sentences(8, 2))]
    doc = read(story_pdf(story))
    assert table_of(doc) == ("Table 2. Sizes of parts", rows)
    assert blocks(doc, BlockKind.PARAGRAPH) == [sentences(8), sentences(8, 2)]


def test_a_table_that_goes_on_over_the_page_is_one():
    rows = [["Part", "Size"], *([f"Bolt {n}", f"{n} mm"] for n in range(60))]
    table = Table(rows, colWidths=[90, 70], repeatRows=1, style=TableStyle([("GRID", (0, 0), (-1, -1), 0.5, "black")]))
    doc = read(story_pdf([text(sentences(8)), text("Table 2: Sizes"), table, text(sentences(8, 2))]))
    assert table_of(doc) == ("Table 2: Sizes", rows)


def test_a_sentence_that_a_table_cuts_in_two_is_whole_again():
    def page(canvas: Canvas) -> None:
        canvas.setFont("Times-Roman", 11)
        for i in range(8):
            canvas.drawString(50, 440 - 13 * i, "A line of running text that is as wide as the page allows it to be.")
        canvas.drawString(50, 336, "The last line of it is as wide as the page allows, and it goes")
        canvas.grid([50, 150, 250], [250, 270, 290, 310])
        for i, row in enumerate([("Name", "Size"), ("Bolt", "4"), ("Nut", "5")]):
            canvas.drawString(55, 295 - 20 * i, row[0])
            canvas.drawString(155, 295 - 20 * i, row[1])
        canvas.drawString(50, 225, "on under the table to its end.")

    doc = read(canvas_pdf(page))
    assert blocks(doc, BlockKind.PARAGRAPH)[-1].endswith("and it goes on under the table to its end.")
    assert table_of(doc)[1] == [["Name", "Size"], ["Bolt", "4"], ["Nut", "5"]]


def test_a_chart_and_a_box_around_text_are_no_tables():
    def page(canvas: Canvas) -> None:
        canvas.grid([60, 110, 160, 210], [350, 380, 410, 440])
        for i, label in enumerate(["0", "10", "20"]):
            canvas.drawString(45, 350 + 30 * i, label)
        canvas.rect(50, 180, 320, 120)
        draw_column(canvas, 60, 285, lines_of(sentences(7), 300))

    doc = read(canvas_pdf(page))
    assert not blocks(doc, BlockKind.TABLE)
    assert blocks(doc, BlockKind.PARAGRAPH)[-1] == sentences(7)


def test_a_table_that_goes_on_under_its_caption_again_is_one():
    def page(rows: list[tuple[str, str]], caption: str) -> Callable[[Canvas], None]:
        def draw(canvas: Canvas) -> None:
            draw_column(canvas, 50, 450, [caption])
            canvas.grid([50, 150, 250], [440 - 20 * i for i in range(len(rows) + 1)])
            for i, row in enumerate(rows):
                draw_column(canvas, 55, 426 - 20 * i, [row[0]])
                draw_column(canvas, 155, 426 - 20 * i, [row[1]])

        return draw

    names = ("Part", "Size")
    reading = load_pdf(
        canvas_pdf(
            page([names, ("Bolt", "4"), ("Nut", "5")], "Table 3: Sizes"),
            page([names, ("Pin", "6"), ("Rod", "7")], "Table 3: Sizes (continued)"),
        ),
        "d.pdf",
    )
    assert table_of(document(reading)) == (
        "Table 3: Sizes",
        [["Part", "Size"], ["Bolt", "4"], ["Nut", "5"], ["Pin", "6"], ["Rod", "7"]],
    )
    assert [d.why for d in reading.dropped] == ["caption of a table that goes on"]


def test_names_over_several_columns_are_one_row_of_names_with_those_below():
    rows = [["Region", "2001", "", "2002", ""], ["", "Men", "Women", "Men", "Women"], ["North", "1", "2", "3", "4"]]
    spans = [("SPAN", (0, 0), (0, 1)), ("SPAN", (1, 0), (2, 0)), ("SPAN", (3, 0), (4, 0))]
    table = ruled_table([*rows, ["South", "5", "6", "7", "8"]], [60] * 5, *spans)
    doc = read(story_pdf([text(sentences(8)), text("Table 4: People"), table, text(sentences(8, 2))]))
    assert table_of(doc)[1] == [
        ["Region", "2001 Men", "Women", "2002 Men", "Women"],
        ["North", "1", "2", "3", "4"],
        ["South", "5", "6", "7", "8"],
    ]


def test_wrapped_cells_without_rules_are_one_row():
    small = ParagraphStyle("cell", fontName="Times-Roman", fontSize=9, leading=11)
    long = "to close the gap between the fields of high technology at home and abroad"
    rows = [["Policy", "Aim", "Years"], ["Torch", Paragraph(long, small), "1988"], ["Spark", "to help farms", "1986"]]
    rows.append(["Star", Paragraph(long, small), "1999"])
    style = [("FONT", (0, 0), (-1, -1), "Times-Roman", 9), ("VALIGN", (0, 0), (-1, -1), "MIDDLE")]
    table = Table(rows, colWidths=[60, 170, 50], style=TableStyle([*style, ("BOTTOMPADDING", (0, 0), (-1, -1), 6)]))
    doc = read(story_pdf([text(sentences(8)), text("Table 5: Policies"), table, text(sentences(8, 2))]))
    assert table_of(doc)[1] == [
        ["Policy", "Aim", "Years"],
        ["Torch", long, "1988"],
        ["Spark", "to help farms", "1986"],
        ["Star", long, "1999"],
    ]


def test_a_name_that_wraps_with_another_cell_of_its_row_is_one():
    small = ParagraphStyle("cell", fontName="Times-Roman", fontSize=9, leading=11)
    wrapped = [Paragraph(words, small) for words in ("Growers of the lower valley", "the stream and two of its wells")]
    rows = [
        ["User", "Use", "Litres", "Source"],
        ["Hospital", "wards", "150", "one well"],
        [wrapped[0], "fields", "2,400", wrapped[1]],
        ["Paper mill", "cooling", "3,600", "the river"],
        ["Trout farm", "ponds", "900", "the brook"],
    ]
    style = [("FONT", (0, 0), (-1, -1), "Times-Roman", 9), ("VALIGN", (0, 0), (-1, -1), "TOP")]
    table = Table(rows, colWidths=[80, 50, 50, 90], style=TableStyle(style))
    doc = read(story_pdf([text(sentences(8)), text("Table 5: Water"), table, text(sentences(8, 2))]))
    assert table_of(doc)[1] == [
        ["User", "Use", "Litres", "Source"],
        ["Hospital", "wards", "150", "one well"],
        ["Growers of the lower valley", "fields", "2,400", "the stream and two of its wells"],
        ["Paper mill", "cooling", "3,600", "the river"],
        ["Trout farm", "ponds", "900", "the brook"],
    ]
