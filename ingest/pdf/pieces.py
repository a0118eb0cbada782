"""Join the words of a PDF page into pieces of lines: words of one baseline without a wide gap between them."""

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

from core.records import Span
from ingest.pdf.words import Font, Word

__all__ = [
    "Piece",
    "body_font",
    "join_pieces",
    "join_words",
    "piece_rows",
    "pieces",
    "rows_of",
    "steadied",
    "steady_size",
]

WIDE_GAP = 0.75  # of the font size: a wider gap may part columns
_JOINED_GAP = 0.12  # of the font size: where a font changes within a word the gap is narrower
_ONE_SIZE = 0.4  # of the letters; fewer in the commonest size is no typeset text
_WAVERS = 0.2  # of the size
_MARKS = frozenset("*†‡§¶#,;–-[]()0123456789")
_UNITS = frozenset("10 m km cm mm dm μm s x y z n r R 2 c".split())


@dataclass(frozen=True, slots=True)
class Piece:
    """A line of a page or a piece of one, from `x0` to `x1` at baseline `base`; `marks` are slices of `text`."""

    text: str
    x0: float
    x1: float
    base: float
    font: Font
    marks: tuple[Span, ...] = ()

    @property
    def top(self) -> float:
        """Where its capitals begin, about."""
        return self.base - 0.75 * self.font.size

    @property
    def bottom(self) -> float:
        """Where its descenders end, about."""
        return self.base + 0.25 * self.font.size


def rows_of(words: Iterable[Word]) -> list[list[Word]]:
    """Return words row by row, from the top down and from left to right."""
    rows: list[list[Word]] = []
    for word in sorted(words, key=lambda w: w.base):
        if rows and word.base - rows[-1][0].base <= 0.2 * max(word.font.size, rows[-1][0].font.size, 4):
            rows[-1].append(word)
        else:
            rows.append([word])
    return [sorted(row, key=lambda w: w.x0) for row in rows]


def pieces(words: Iterable[Word]) -> list[Piece]:
    """Return the pieces that the words of a page amount to."""
    found = []
    for row in rows_of(words):
        run: list[Word] = []
        for word in row:
            if run and word.x0 - run[-1].x1 > WIDE_GAP * max(word.font.size, run[-1].font.size):
                found.append(join_words(run))
                run = []
            run.append(word)
        found.append(join_words(run))
    return found


def join_words(words: Sequence[Word]) -> Piece:
    """Return words of one row, from left to right, as one piece; raised figures are marks of notes."""
    text = ""
    marks: list[Span] = []
    for before, word in zip([None, *words], words, strict=False):
        if before:
            gap = word.x0 - before.x1
            near = gap <= _JOINED_GAP * max(before.font.size, word.font.size) and not word.spaced
            text += "" if near or (word.raised and not before.raised and gap < 0.3 * before.font.size) else " "
            if before.raised and not word.raised and not text.endswith(" ") and not marks_end(before.text, word.text):
                text += " "
        if word.raised and set(word.text) <= _MARKS and not _is_power(text):
            marks.extend(_marks(word.text, len(text)))
        text += word.text
    return Piece(text, words[0].x0, max(w.x1 for w in words), _main(words).base, _font(words), tuple(marks))


def join_pieces(row: Sequence[Piece]) -> Piece:
    """Return pieces of one row, from left to right, as one."""
    if len(row) == 1:
        return row[0]
    text = ""
    marks: list[Span] = []
    for piece in row:
        text += " " if text else ""
        marks += [(start + len(text), end + len(text)) for start, end in piece.marks]
        text += piece.text
    longest = max(row, key=lambda p: len(p.text))
    return Piece(text, row[0].x0, max(p.x1 for p in row), longest.base, longest.font, tuple(marks))


def piece_rows(found: Sequence[Piece]) -> list[list[Piece]]:
    """Return pieces row by row; those whose baselines all but agree share one."""
    by_base = sorted(found, key=lambda p: p.base)
    rows: list[list[Piece]] = []
    for piece in by_base:
        if rows and piece.base - rows[-1][0].base <= 0.3 * min(piece.font.size, rows[-1][0].font.size):
            rows[-1].append(piece)
        else:
            rows.append([piece])
    return [sorted(row, key=lambda p: p.x0) for row in rows]


def body_font(found: Iterable[Piece]) -> Font:
    """Return the font of most of the text."""
    counts: Counter[Font] = Counter()
    for piece in found:
        font = piece.font
        counts[Font(round(font.size * 2) / 2, font.bold, font.italic)] += len(piece.text)
    return counts.most_common(1)[0][0] if counts else Font(10.0, bold=False, italic=False)


def steady_size(found: Iterable[Piece]) -> float:
    """Return the size of the running text where the sizes of its lines waver, as OCR guesses them; else 0.

    It is the median by letters; in a typeset file most letters have one size.
    """
    counts: Counter[float] = Counter()
    for piece in found:
        counts[round(piece.font.size * 2) / 2] += len(piece.text)
    total = sum(counts.values())
    if not total or counts.most_common(1)[0][1] > _ONE_SIZE * total:
        return 0.0
    passed = 0
    for size in sorted(counts):
        passed += counts[size]
        if passed >= total / 2:
            return size
    return 0.0


def steadied(piece: Piece, size: float) -> Piece:
    """Return a piece with the size of the running text, where its own is about that."""
    near = abs(piece.font.size - size) <= _WAVERS * size
    return replace(piece, font=replace(piece.font, size=size)) if near else piece


def marks_end(mark: str, text: str) -> bool:
    """Say whether what follows a raised mark without a space is meant to: punctuation, or the letters of '1st'."""
    return not text[0].isalnum() or not set(mark) <= _MARKS


def _marks(text: str, offset: int) -> Iterator[Span]:
    """Yield the slices of a raised text that are one number or sign each."""
    start = None
    for i, letter in enumerate([*text, ","]):
        single = letter in "*†‡§¶#"
        if start is not None and not letter.isdigit() and not (single and text[start] == letter):
            yield offset + start, offset + i
            start = None
        if start is None and (letter.isdigit() or single):
            start = i


def _is_power(text: str) -> bool:
    """Say whether a raised figure behind this text is a power: of ten, of a unit or of a variable."""
    last = text.rsplit(maxsplit=1)[-1] if text.split() else ""
    return (
        last in _UNITS
        or (len(last) == 1 and last.isalpha())
        or last.rpartition("/")[2] in _UNITS
        or last.endswith("×10")
    )


def _main(words: Sequence[Word]) -> Word:
    flat = [w for w in words if not (w.raised or w.lowered)] or list(words)
    return max(flat, key=lambda w: len(w.text))


def _font(words: Sequence[Word]) -> Font:
    """The font of most of the letters; bold or italic only where all words of letters are."""
    flat = [w for w in words if not (w.raised or w.lowered)] or list(words)
    sizes: Counter[float] = Counter()
    for word in flat:
        sizes[word.font.size] += len(word.text)
    lettered = [w for w in flat if any(ch.isalpha() for ch in w.text)] or flat
    return Font(sizes.most_common(1)[0][0], all(w.font.bold for w in lettered), all(w.font.italic for w in lettered))
