"""Letters that a PDF has as other characters: ligatures, and what TeX's fonts have where others have something else."""

import re
import unicodedata

__all__ = ["LIGATURES", "composed"]

# The places in the Cork encoding (Knuth and others 1990), for fonts that do not say what their characters are.
_CORK = dict(
    zip("\x10\x11\x12\x13\x14\x15\x16\x1b\x1c\x1d\x1e\x1f", "“ ” „ « » – — ff fi fl ffi ffl".split(), strict=True)
)
LIGATURES = {chr(code): unicodedata.normalize("NFKC", chr(code)) for code in range(0xFB00, 0xFB07)} | _CORK
_ACCENTS = {"¨": "\u0308", "´": "\u0301", "ˆ": "\u0302", "˜": "\u0303", "ˇ": "\u030c", "˚": "\u030a", "¸": "\u0327"}
_ACCENTED = re.compile(rf"([{''.join(_ACCENTS)}])([^\W\d_])")
# An acute that is an apostrophe: 'it´s', 'we´re', 'l´eau', 'O´Neill'.
_ELISION = re.compile(r"(?<=[^\W\d_])´(?=(?:s|t|re|m|d|ve|ll)\b)|(?<=\b[dlnmstjcOD])´(?=[^\W\d_])")


def composed(text: str) -> str:
    """Return a word with accented letters where accents stand before their letters, as TeX's older fonts set them."""
    return text if text.isascii() else _ACCENTED.sub(_accented, _ELISION.sub("’", text))


def _accented(match: re.Match[str]) -> str:
    letter = unicodedata.normalize("NFC", ("i" if match[2] == "ı" else match[2]) + _ACCENTS[match[1]])
    return letter if len(letter) == 1 else match[0]
