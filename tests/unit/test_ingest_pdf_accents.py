"""Accents that a PDF draws by themselves over a letter belong to it."""

import pytest

from ingest.pdf.letters import seat_accents
from ingest.pdf.words import Font

_FONT = Font(10.0, bold=False, italic=False)


def _drawn(text: str, accents: dict[int, str], lift: float = 0.6) -> str:
    """What is read of a text of letters 5 points wide, with accents over those at some positions, told last."""
    glyphs = [
        ("" if ch == " " else ch, 5.0 * i, 0.0, 5.0 * i + 5, 10.0, 5.0 * i, 100.0, _FONT, 0)
        for i, ch in enumerate(text)
    ]
    over = [
        (accent, 5.0 * i + 0.5, 0.0, 5.0 * i + 4.5, 10.0, 5.0 * i, 100.0 - lift, _FONT, 0)
        for i, accent in accents.items()
    ]
    return "".join(glyph[0] or " " for glyph in seat_accents([*glyphs, *over]))


@pytest.mark.parametrize(
    ("text", "accents", "read"),
    [
        ("Heron fur Teiche, Munchen", {7: "¨", 19: "¨"}, "Heron für Teiche, München"),
        ("Capek", {0: "ˇ"}, "Čapek"),
        ("the x of it", {4: "ˆ"}, "the x of itˆ"),
        ("fur", {}, "fur"),
    ],
)
def test_an_accent_over_a_letter_is_one_with_it(text: str, accents: dict[int, str], read: str) -> None:
    assert _drawn(text, accents) == read


def test_an_accent_on_another_line_is_let_be() -> None:
    assert _drawn("fur", {1: "¨"}, lift=12) == "fur¨"
