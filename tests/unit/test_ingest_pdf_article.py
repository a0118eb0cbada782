"""A short article as journals set it: its name over the title, and running headers that few pages share."""

import pytest
from reportlab.lib.styles import ParagraphStyle
from reportlab.pdfgen.canvas import Canvas

from core.records import BlockKind
from ingest.pdf.document import load_pdf
from tests.unit.pdf_samples import BODY, heading, story_pdf, text
from tests.unit.test_ingest_pdf import blocks, document, sentences

SMALL = ParagraphStyle("small", parent=BODY, fontName="Times-Italic", fontSize=9, alignment=0)


def heads(*lines: tuple[str, str]):
    """Draw on top of each page what stands at its left and at its right."""

    def draw(canvas: Canvas, page: int) -> None:
        canvas.setFont("Times-Italic", 8.5)
        left, right = lines[page - 1]
        canvas.drawString(48, 560, left)
        canvas.drawRightString(370, 560, right)

    return draw


def article(furniture, paragraphs: int = 3) -> bytes:
    story = [
        text("Annals of Price History 8 (2): 101–103", SMALL),
        heading("Ferries and the Price of Ice: A Long Title that Fills More than One Line of the Page", 18),
        text("Ada Brook and Carl Dunne", SMALL),
        *(text(sentences(19, n)) for n in range(paragraphs)),
    ]
    return story_pdf(story, furniture=furniture)


def test_the_title_is_what_is_set_largest_and_not_the_name_of_the_journal_over_it():
    doc = document(load_pdf(article(None, 1), "d.pdf"))
    assert doc.title == "Ferries and the Price of Ice: A Long Title that Fills More than One Line of the Page"
    assert doc.authors == ("Ada Brook", "Carl Dunne")
    assert blocks(doc, BlockKind.FRONT)[0] == "Annals of Price History 8 (2): 101–103"


def test_headers_that_differ_on_every_page_are_told_by_their_rising_numbers():
    furniture = heads(("", ""), ("102", "A. Brook and C. Dunne"), ("The Price of Ice", "103"))
    reading = load_pdf(article(furniture), "d.pdf")
    doc = document(reading)
    assert [d.text for d in reading.dropped] == ["102 A. Brook and C. Dunne", "The Price of Ice 103"]
    assert blocks(doc, BlockKind.PARAGRAPH) == [sentences(19, n) for n in range(3)]
    assert [page for _, page in doc.page_marks] == [101, 102, 103]


@pytest.mark.parametrize(
    "lines",
    [
        (("", ""), ("3 The second part", ""), ("4 The last of all", "")),  # headings
        (("", ""), ("Prices of 1911", ""), ("Wages of 1911", "")),
        (("", ""), ("The price was 12", ""), ("", "")),
    ],
)
def test_numbers_that_count_no_pages_make_no_header(lines):
    assert load_pdf(article(heads(*lines)), "d.pdf").dropped == ()
