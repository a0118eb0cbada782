"""What a console says over what it prints is no heading in a PDF."""

import pytest
from pdf_samples import heading, read, sentences, story_pdf, text
from reportlab.platypus import Spacer

from core.records import BlockKind


@pytest.mark.parametrize("printed", ["[1,] 1 . .", "a b c [1,] 1 . ."])
def test_a_line_over_printed_rows_is_no_heading(printed: str) -> None:
    said = '6 x 3 sparse matrix of class "pond"'
    story = [
        heading("On Things", 22),
        heading("1 Parts", 15),
        text(sentences(9)),
        Spacer(1, 12),
        text(said),
        Spacer(1, 12),
        text(printed),
        Spacer(1, 12),
        text(sentences(9, 1)),
        text("2 Plain words"),
        text(sentences(9, 2)),
    ]

    doc = read(story_pdf(story))

    headings = [doc.text[b.start : b.end] for b in doc.blocks if b.kind is BlockKind.HEADING]
    assert said not in headings
    assert "1 Parts" in headings
