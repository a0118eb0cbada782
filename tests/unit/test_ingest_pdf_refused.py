"""PDF files that hold no text, are locked or cut short are refused in a line, or read as far as they go."""

import pytest
from reportlab.pdfgen.canvas import Canvas

from core.errors import InputError
from ingest.pdf.document import load_pdf
from tests.unit.pdf_samples import (
    canvas_pdf,
    document,
    paragraphs_pdf,
    sentences,
)


def blank(canvas: Canvas) -> None:
    canvas.rect(100, 100, 100, 100, fill=1)


def typed(canvas: Canvas) -> None:
    canvas.drawString(50, 400, "A page that has words on it, as a page should.")


def test_a_file_that_cannot_be_read_is_refused_in_one_line():
    whole = canvas_pdf(typed)
    for data, words in [
        (b"PK\x03\x04 no", "d.pdf is not a PDF file"),
        (whole[:200], "d.pdf is a damaged PDF file"),
        (canvas_pdf(typed, password="secret"), "d.pdf is locked with a password"),
        (canvas_pdf(blank, blank), "d.pdf has no text layer (scanned pages): run OCR first, for example `ocrmypdf"),
    ]:
        with pytest.raises(InputError) as caught:
            load_pdf(data, "d.pdf")
        assert str(caught.value).startswith(words)
        assert "\n" not in str(caught.value)


def test_pages_without_text_are_named_and_the_rest_is_read():
    reading = load_pdf(canvas_pdf(typed, blank, typed), "d.pdf")
    assert len(reading.warnings) == 1
    assert "page 2 of the file without a text layer" in reading.warnings[0]
    assert document(reading).page_marks[-1][1] == 3


def test_a_file_cut_short_anywhere_is_read_or_refused():
    data = paragraphs_pdf([sentences(8, n) for n in range(6)])
    for size in range(50, len(data), len(data) // 12):
        try:
            assert load_pdf(data[:size], "d.pdf").parts
        except InputError as error:
            assert "\n" not in str(error)
