"""Cut the columns of a PDF page into blocks: paragraphs, told by gaps, indents and short last lines, and tables."""

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from statistics import median

from ingest.layout import BULLET, NUMBERED, ends_sentence
from ingest.pdf.pieces import Piece
from ingest.pdf.tables import TableBox

__all__ = ["GOES_ON", "LEADERS", "Block", "Measure", "TextLine", "has_room", "measure", "paragraphs"]

_GAP = 1.25  # of the usual distance between lines: more parts paragraphs
_RUNNING = 2  # pairs of lines at least that tell how far apart running text is
_WIDEST = 2.5  # font sizes between lines of running text
_INDENT = 0.6  # of the font size
_DEEP = 8.0  # font sizes; a line set in further than any first line is centred or a formula
GOES_ON = "…"
LEADERS = re.compile(r"(?:[.·_…]\s?){4,}\s*[\divxlc]*$")  # of a table of contents
_SYMBOLS = "•·▪◦‣●○■□–—"


@dataclass(frozen=True, slots=True)
class Measure:
    """Where a column's lines begin and end, in points."""

    left: float
    right: float


@dataclass(frozen=True, slots=True)
class TextLine:
    """A line of a page in its column; `page` counts from 0, `number` is its position in the reading from 1."""

    piece: Piece
    page: int
    number: int
    column: Measure

    @property
    def text(self) -> str:
        """Its words."""
        return self.piece.text


@dataclass(frozen=True, slots=True)
class Block:
    """Lines that stand together, or a table with the lines of its rows.

    `turn` says that it begins a column, `gap` that a gap parts it from what stands above, `indented` that its first
    line is set in as a paragraph's is, `hanging` that in its column all lines but the first are. `label` is a
    footnote's number or sign as printed, or GOES_ON where it goes on with the note before.
    """

    lines: tuple[TextLine, ...]
    turn: bool
    gap: bool
    indented: bool = False
    hanging: bool = False
    label: str = ""
    table: TableBox | None = None

    @property
    def text(self) -> str:
        """Its lines as one."""
        return " ".join(line.text for line in self.lines)

    @property
    def size(self) -> float:
        """The size of most of its text, in points."""
        return max(self.lines, key=lambda line: len(line.text)).piece.font.size


def measure(found: Sequence[Piece], known: Sequence[Measure]) -> Measure:
    """Return where a column's lines begin and end; a column too short to tell has the measure of one like it."""
    left, right = min(p.x0 for p in found), max(p.x1 for p in found)
    if len(found) < 5:
        alike = [m for m in known if abs(m.left - left) < 25 and m.right >= right - 1]
        if alike:
            return min(alike, key=lambda m: (abs(m.left - left), m.right))
    return Measure(left, right)


def paragraphs(lines: Sequence[TextLine]) -> Iterator[Block]:
    """Yield the paragraphs of a run of lines in one column."""
    if not lines:
        return
    pitch, running = _pitch(lines), _running_pitch(lines)
    hanging = _is_hanging(lines, pitch)
    begin, gap = 0, False
    for i, (above, line) in enumerate(pairwise(lines), start=1):
        usual = max(pitch, running) if _runs_on(above, line) or not has_room(above, line) else pitch
        far = line.piece.base - above.piece.base > _GAP * _step(above, line, usual)
        if far or _parts(lines[begin:i], line, hanging=hanging):
            yield replace(_block(lines[begin:i], gap, first=begin == 0), hanging=hanging)
            begin, gap = i, far
    yield replace(_block(lines[begin:], gap, first=begin == 0), hanging=hanging)


def has_room(above: TextLine, below: TextLine) -> bool:
    """Say whether the first word of a line would have fitted on the one above, which was then ended on purpose."""
    first = below.text.split(maxsplit=1)[0]
    width = below.piece.x1 - below.piece.x0
    word = width * len(first) / max(len(below.text), 1)
    return above.piece.x1 + word + 0.5 * above.piece.font.size < above.column.right


def _pitch(lines: Sequence[TextLine]) -> float:
    """The usual distance between lines, the lesser of two in doubt."""
    steps = sorted(b.piece.base - a.piece.base for a, b in pairwise(lines))
    if not steps:
        return 1.2 * lines[0].piece.font.size
    # Running text outnumbers gaps; where it does not (a list of one-line entries), the size of the letters tells.
    usual = steps[(len(steps) - 1) // 2]
    size = median(line.piece.font.size for line in lines)
    close = [s for s in steps if s <= 1.5 * size]
    return usual if usual <= 1.5 * size or not close else close[len(close) // 2]


def _running_pitch(lines: Sequence[TextLine]) -> float:
    """The distance at which full lines go on in the midst of a sentence, as a rule; 0 where too few tell.

    In a manuscript with space between its lines it is wider than that of listings and formulas on the same page.
    """
    steps = Counter(
        round(line.piece.base - above.piece.base)
        for above, line in pairwise(lines)
        if _runs_on(above, line) and not has_room(above, line)
    )
    step, times = max(steps.items(), key=lambda item: (item[1], -item[0]), default=(0, 0))
    size = median(line.piece.font.size for line in lines)
    return float(step) if times >= _RUNNING and step <= _WIDEST * size else 0.0


def _runs_on(above: TextLine, line: TextLine) -> bool:
    return line.text[0].islower() and not ends_sentence(above.text)


def _step(above: TextLine, line: TextLine, pitch: float) -> float:
    """The distance that two lines of one paragraph would have: large letters take more."""
    return max(pitch, 1.15 * max(above.piece.font.size, line.piece.font.size))


def _is_hanging(lines: Sequence[TextLine], pitch: float) -> bool:
    """Say whether paragraphs hang: a line set in further than the one above follows a full line, as a rule."""
    hang = indent = 0
    for above, line in pairwise(lines):
        shift = (line.piece.x0 - above.piece.x0) / line.piece.font.size
        if _INDENT < shift < _DEEP and line.piece.base - above.piece.base < _GAP * _step(above, line, pitch):
            room = has_room(above, line)
            hang, indent = hang + (not room), indent + room
    # Where paragraphs are short, both may look alike; but of hanging ones most lines are set in.
    left = min(line.piece.x0 for line in lines)
    set_in = sum(line.piece.x0 > left + _INDENT * line.piece.font.size for line in lines)
    return hang > indent and set_in >= 0.3 * len(lines)


def _parts(block: Sequence[TextLine], line: TextLine, *, hanging: bool) -> bool:
    """Say whether a line begins a paragraph after the lines of `block`, which stand right above it."""
    above = block[-1]
    old, new = above.piece.font, line.piece.font
    if LEADERS.search(above.text) or (_is_centred(above) != _is_centred(line) and not ends_sentence(above.text)):
        return LEADERS.search(above.text) is not None or has_room(above, line)
    size = max(old.size, new.size)
    shift = (line.piece.x0 - above.piece.x0) / size
    room, ended = has_room(above, line), ends_sentence(above.text)
    if abs(old.size - new.size) > 0.07 * size:
        return True
    if line.text[0] in _SYMBOLS and line.text[1:2] == " ":
        return True
    if (old.bold, old.italic) != (new.bold, new.italic) and room:
        return True
    bracketed = above.text.rfind("(") > above.text.rfind(")")  # a page ends there: '(2017: / 88)'
    if BULLET.match(line.text) and (ended or room) and not bracketed:
        return True
    if _is_centred(above) and _is_centred(line):
        return False
    if hanging and ((shift < -_INDENT and (ended or not line.text[0].islower())) or (room and ended)):
        return True
    numbered = not room and NUMBERED.match(block[0].text)  # a heading goes on under its words, not under its number
    if not hanging and _INDENT < shift < _DEEP and not BULLET.match(above.text) and not numbered:
        return True
    opens = not line.text[0].islower()
    wide = line.column.right - line.column.left
    short = above.column.right - above.piece.x1 > 0.3 * wide
    return room and opens and (ended or (short and abs(shift) < _INDENT))


def _is_centred(line: TextLine) -> bool:
    left, right = line.piece.x0 - line.column.left, line.column.right - line.piece.x1
    wide = line.column.right - line.column.left
    return min(left, right) > 0.12 * wide and abs(left - right) < 3 * line.piece.font.size


def _block(lines: Sequence[TextLine], gap: bool, *, first: bool) -> Block:
    shift = (lines[0].piece.x0 - lines[0].column.left) / lines[0].piece.font.size
    return Block(tuple(lines), turn=first, gap=gap, indented=_INDENT < shift < _DEEP)
