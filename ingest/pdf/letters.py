"""Letters that a PDF has as other characters: ligatures, and what TeX's fonts have where others have something else."""

import re
import unicodedata
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from ingest.pdf.words import Glyph

__all__ = ["LIGATURES", "composed", "seat_accents"]

# The places in the Cork encoding (Knuth and others 1990), for fonts that do not say what their characters are.
_CORK = dict(
    zip("\x10\x11\x12\x13\x14\x15\x16\x1b\x1c\x1d\x1e\x1f", "“ ” „ « » – — ff fi fl ffi ffl".split(), strict=True)
)
LIGATURES = {chr(code): unicodedata.normalize("NFKC", chr(code)) for code in range(0xFB00, 0xFB07)} | _CORK
_ACCENTS = {"¨": "\u0308", "´": "\u0301", "ˆ": "\u0302", "˜": "\u0303", "ˇ": "\u030c", "˚": "\u030a", "¸": "\u0327"}
_ACCENTED = re.compile(rf"([{''.join(_ACCENTS)}])([^\W\d_])")
_NEAR = 120  # characters between an accent and its letter at most
_LIFT = 0.35  # of the size: how far off its letter's baseline an accent may be set
# An acute that is an apostrophe: 'it´s', 'we´re', 'l´eau', 'O´Neill'.
_ELISION = re.compile(r"(?<=[^\W\d_])´(?=(?:s|t|re|m|d|ve|ll)\b)|(?<=\b[dlnmstjcOD])´(?=[^\W\d_])")


def composed(text: str) -> str:
    """Return a word with accented letters where accents stand before their letters, as TeX's older fonts set them."""
    return text if text.isascii() else _ACCENTED.sub(_accented, _ELISION.sub("’", text))


def seat_accents(glyphs: "list[Glyph]") -> "list[Glyph]":
    """Return characters, each accent that is drawn over a letter by itself as one with it.

    TeX draws both at one place, and pdfium may tell of the accent as far behind as at the end of the line.
    """
    seated = list(glyphs)
    gone: set[int] = set()
    for i, glyph in enumerate(glyphs):
        if glyph[0] not in _ACCENTS or glyph[8]:
            continue
        middle, size = (glyph[1] + glyph[3]) / 2, glyph[7].size
        for j in range(max(0, i - _NEAR), min(len(glyphs), i + _NEAR)):
            letter, left, _, right, _, _, base, font, turn = seated[j]
            over = left < middle < right and abs(base - glyph[6]) < _LIFT * size and font.size == size and not turn
            if over and letter.isalpha() and len(one := _joined(letter, glyph[0])) == 1:
                seated[j] = (one, *seated[j][1:])
                gone.add(i)
                break
    return [glyph for i, glyph in enumerate(seated) if i not in gone] if gone else glyphs


def _joined(letter: str, accent: str) -> str:
    return unicodedata.normalize("NFC", ("i" if letter == "ı" else letter) + _ACCENTS[accent])


def _accented(match: re.Match[str]) -> str:
    letter = _joined(match[2], match[1])
    return letter if len(letter) == 1 else match[0]
