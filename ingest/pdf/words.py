"""Read the words of a PDF page with their places, sizes and fonts, through pdfium's characters.

Places are in points from the top left corner of the page as it is read (turned upright), y growing downwards.
"""

import math
import re
import unicodedata
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from ingest.pdf.letters import LIGATURES, composed, seat_accents

if TYPE_CHECKING:
    from pypdfium2 import PdfPage, PdfTextPage

__all__ = ["Font", "Glyph", "PageWords", "Upright", "Word", "is_bold", "read_words"]

_SPACES = frozenset(" \t\v\f\u00a0\u1680\u2028\u2029\u202f\u205f\u3000" + "".join(map(chr, range(0x2000, 0x200B))))
_HYPHENS = frozenset("\x02\u00ad\ufffe")  # how pdfium shows a hyphen at the end of a line
# pdfium ends lines by its own lights, now and then within a word: the places of the letters tell better.
_NOTHING = frozenset("\r\n\0\u200b\u200c\u200d\u2060\ufeff")
_BOLD = ("bold", "black", "heavy", "semibold", "demi", "cmbx", "sfbx", "-bd")
# Fonts whose names say how they look; the weight of the Latin Modern family is told as that of bold letters.
_PLAIN = re.compile(r"regular|roman|italic|oblique|book|light|medium|(?:^|\+)cm(?:r|ti|sl|tt|ss|mi|sy|ex)\d")
_ITALIC = ("italic", "oblique", "cmti", "sfti", "slanted", "cmsl", "-it")

WORD_GAP = 0.2  # of the font size: a wider gap parts words even where no space is drawn
_OVER = 0.12  # of the font size: a word as near to its like is the same word, printed again
_RAISED = 0.88  # of its neighbour's size: smaller characters off its baseline are raised or lowered


@dataclass(frozen=True, slots=True)
class Font:
    """How characters look: `size` in points."""

    size: float
    bold: bool
    italic: bool


@dataclass(frozen=True, slots=True)
class Word:
    """Characters without a space between; `spaced` says whether one stands before it.

    `raised` and `lowered` say that it is small and off the baseline; `base` is then that of the word it stands at.
    """

    text: str
    x0: float
    x1: float
    base: float
    font: Font
    spaced: bool
    raised: bool = False
    lowered: bool = False


@dataclass(frozen=True, slots=True)
class Upright:
    """Turns places on a page as the file has them into places on the page as it is read; `angle` in quarter turns."""

    angle: int
    left: float
    bottom: float
    right: float
    top: float

    @property
    def width(self) -> float:
        """The width of the page as it is read."""
        return self.top - self.bottom if self.angle % 2 else self.right - self.left

    @property
    def height(self) -> float:
        """The height of the page as it is read."""
        return self.right - self.left if self.angle % 2 else self.top - self.bottom

    def turn(self, x: float, y: float) -> tuple[float, float]:
        """Return a point of the file on the page as it is read."""
        if self.angle == 1:
            return y - self.bottom, x - self.left
        if self.angle == 2:
            return self.right - x, y - self.bottom
        if self.angle == 3:
            return self.top - y, self.right - x
        return x - self.left, self.top - y


@dataclass(frozen=True, slots=True)
class PageWords:
    """The words of a page in the order of the file; `sideways` are those turned against most of the text.

    `garbled` is the share of characters that the file gives no letter for.
    """

    words: tuple[Word, ...]
    sideways: tuple[Word, ...]
    upright: Upright
    garbled: float


# A character: its letter ('' for a space), left, bottom, right and top of its box, the origin of its baseline (which
# does not move within a word), its font, its turn. A plain tuple, for there are thousands on a page.
Glyph = tuple[str, float, float, float, float, float, float, Font, int]


def read_words(page: "PdfPage") -> PageWords:
    """Return the words of a pypdfium2 page."""
    text_page = page.get_textpage()
    try:
        glyphs = seat_accents(list(_glyphs(text_page)))
    finally:
        text_page.close()
    box = page.get_cropbox()
    turns = Counter(glyph[8] for glyph in glyphs if glyph[0])
    angle = turns.most_common(1)[0][0] if turns else 0
    upright = Upright(angle, *box)
    count = sum(turns.values())
    letters = Counter(glyph[0] for glyph in glyphs)
    garbled = sum(times for letter, times in letters.items() if _is_garbled(letter)) / count if count else 0.0
    main = _settle(_once(_words(glyphs, upright)))
    other = [word for turn in sorted(turns) if turn != angle for word in _words(glyphs, Upright(turn, *box))]
    shown = tuple(w for w in main if _is_on_page(w, upright))
    return PageWords(shown, tuple(other), upright, garbled)


def _glyphs(text_page: "PdfTextPage") -> Iterator[Glyph]:
    """Yield the characters of a page.

    What a word's characters share is asked for once: such calls are most of what reading a page costs.
    """
    import ctypes

    import pypdfium2.raw as pdfium

    handle, rect, x, y = text_page.raw, pdfium.FS_RECTF(), ctypes.c_double(), ctypes.c_double()
    letter_at, box_at = pdfium.FPDFText_GetUnicode, pdfium.FPDFText_GetLooseCharBox
    at_rect, at_x, at_y = ctypes.byref(rect), ctypes.byref(x), ctypes.byref(y)
    look = _Looks(handle)
    font, angle = Font(0.0, bold=False, italic=False), 0
    space: Glyph = ("", 0.0, 0.0, 0.0, 0.0, 0.0, 0.0, font, 0)
    seen: tuple[float, ...] = ()
    high = ""
    for index in range(pdfium.FPDFText_CountChars(handle)):
        letter = chr(letter_at(handle, index))
        if letter in _SPACES:
            seen = ()
            yield space
            continue
        if letter in _NOTHING:
            seen = ()
            continue
        if "\ud800" <= letter <= "\udbff":
            high = letter
            continue
        if high:
            letter, high = (high + letter).encode("utf-16", "surrogatepass").decode("utf-16", "replace"), ""
        box_at(handle, index, at_rect)
        left, bottom, right, top = rect.left, rect.bottom, rect.right, rect.top
        if not seen or ((bottom, top) != seen[:2] and (left, right) != seen[2:]):
            pdfium.FPDFText_GetCharOrigin(handle, index, at_x, at_y)
            font, angle = look.at(index)
        seen = (bottom, top, left, right)
        yield (
            "-" if letter in _HYPHENS else LIGATURES.get(letter, letter),
            left,
            bottom,
            right,
            top,
            x.value,
            y.value,
            font,
            angle,
        )


class _Looks:
    """What font a character has, and which way it is turned."""

    def __init__(self, handle: object) -> None:
        import ctypes

        import pypdfium2.raw as pdfium

        self._handle = handle
        self._matrix, self._flags = pdfium.FS_MATRIX(), ctypes.c_int()
        self._buffer = ctypes.create_string_buffer(128)
        self._known: dict[tuple[bytes, int, float], Font] = {}

    def at(self, index: int) -> tuple[Font, int]:
        """Return the font of the character at `index` and its quarter turns."""
        import pypdfium2.raw as pdfium

        matrix = self._matrix
        pdfium.FPDFText_GetMatrix(self._handle, index, matrix)
        size = round(pdfium.FPDFText_GetFontSize(self._handle, index) * math.hypot(matrix.c, matrix.d), 2)
        pdfium.FPDFText_GetFontInfo(self._handle, index, self._buffer, 128, self._flags)
        weight = pdfium.FPDFText_GetFontWeight(self._handle, index)
        key = (self._buffer.value, weight, size)
        if key not in self._known:
            name = key[0].decode("latin-1").lower()
            bold = is_bold(name, heavy=weight >= 600 or bool(self._flags.value & 1 << 18))
            italic = any(word in name for word in _ITALIC) or bool(self._flags.value & 1 << 6)
            self._known[key] = Font(size, bold, italic)
        return self._known[key], round(math.atan2(matrix.b, matrix.a) / (math.pi / 2)) % 4


def is_bold(name: str, *, heavy: bool) -> bool:
    """Say whether a font is bold: by its name in small letters, else by what the file says of its weight."""
    return any(word in name for word in _BOLD) or (heavy and not _PLAIN.search(name))


def _is_garbled(text: str) -> bool:
    return bool(text) and (text == "\ufffd" or unicodedata.category(text[0]) in ("Cc", "Co", "Cn"))


def _is_on_page(word: Word, upright: Upright) -> bool:
    return -2 < (word.x0 + word.x1) / 2 < upright.width + 2 and -2 < word.base < upright.height + 2 + word.font.size


def _words(glyphs: list[Glyph], upright: Upright) -> list[Word]:
    """Join the characters that follow each other on one baseline without a gap."""
    words: list[Word] = []
    letters: list[str] = []
    x0 = x1 = base = 0.0
    font, spaced, space = Font(0.0, bold=False, italic=False), True, True
    for text, gx0, gy0, gx1, gy1, ox, oy, look, turn in glyphs:
        if not text:
            space = True
            continue
        if turn != upright.angle:
            continue
        if turn:
            left, right = sorted((upright.turn(gx0, gy0)[0], upright.turn(gx1, gy1)[0]))
            line = upright.turn(ox, oy)[1]
        else:  # nearly all there is
            left, right, line = gx0 - upright.left, gx1 - upright.left, upright.top - oy
        size = look.size or 1.0
        same = bool(letters) and abs(line - base) < 0.08 * size and look.size == font.size
        if not same or space or left - x1 > WORD_GAP * size or left < x0 - 0.3 * size:
            if letters:
                words.append(Word(composed("".join(letters)), x0, x1, base, font, spaced))
            letters, x0, x1, base, font = [], left, right, line, look
            spaced = space
        letters.append(text)
        x1, space = max(x1, right), False
    if letters:
        words.append(Word(composed("".join(letters)), x0, x1, base, font, spaced))
    return words


def _once(words: list[Word]) -> list[Word]:
    """Leave out words that are printed over themselves to look bold.

    Each is held only against those kept in the squares of the page that it is near to, several times as wide as that.
    """
    squares: dict[str, float] = {}
    for word in words:
        squares[word.text] = max(squares.get(word.text, 1.0), 8 * _OVER * word.font.size)
    seen: dict[tuple[str, float, float], list[Word]] = {}
    kept = []
    for word in words:
        near, side = _OVER * word.font.size, squares[word.text]
        columns = {(word.x0 - near) // side, (word.x0 + near) // side}
        rows = {(word.base - near) // side, (word.base + near) // side}
        same = [w for x in columns for y in rows for w in seen.get((word.text, x, y), ())]
        if not any(abs(w.x0 - word.x0) < near and abs(w.base - word.base) < near for w in same):
            seen.setdefault((word.text, word.x0 // side, word.base // side), []).append(word)
            kept.append(word)
    return kept


def _settle(words: list[Word]) -> list[Word]:
    """Put raised and lowered words on the baseline of the word that they stand at."""
    settled = list(words)
    for i, word in enumerate(words):
        hosts = [settled[i - 1]] if i else []
        hosts += words[i + 1 : i + 2]
        for host in hosts:
            size, up = host.font.size, host.base - word.base
            near = -0.3 * size < word.x0 - host.x1 < 0.4 * size or -0.3 * size < host.x0 - word.x1 < 0.7 * size
            off = 0.08 * size < abs(up) and -0.4 * size < up < 0.75 * size
            if near and off and host.raised:
                settled[i] = replace(word, base=host.base, raised=True) if word.base == words[i - 1].base else word
            elif near and off and word.font.size <= _RAISED * size:
                settled[i] = replace(word, base=host.base, raised=up > 0, lowered=up < 0)
            if settled[i] is not word:
                break
    return settled
