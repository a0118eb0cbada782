"""Tell what each chunk of a raw text is: front matter, heading, prose, note, or part of a table."""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from itertools import groupby, islice, zip_longest

from ingest.bracketed import with_bracketed_notes
from ingest.cited.references import heads_references
from ingest.endnotes import NOTES, EndNotes, heads_notes
from ingest.footlines import FOOT_RULE, with_foot_notes
from ingest.grid import read_grid, unboxed
from ingest.headings import (
    BULLET,
    MARKDOWN,
    NUMBERED,
    ends_sentence,
    goes_on_in_items,
    is_capitals,
    looks_like_heading,
    opens_section,
)
from ingest.length import count_words
from ingest.lines import LONG_LINE, Chunk, text_width
from ingest.nesting import Nesting
from ingest.parts import Kind, Part
from ingest.tables import CELLS, FOOTNOTE, SOURCE, ends_table
from ingest.tabs import even_rows, tab_runs
from ingest.titlepage import with_front
from ingest.underlines import Underlines, is_ruled, without_rules

__all__ = [
    "BULLET",
    "CAPTION",
    "FOOTNOTE",
    "NOTES",
    "NUMBERED",
    "SOURCE",
    "classify",
    "ends_sentence",
    "ends_table",
    "looks_like_heading",
]

CAPTION = re.compile(r"Table\s+[A-Z]?\d+(?:[.\-–]\d+)*(?P<stop>[.:]?)\s+\S", re.IGNORECASE)
_FIGURE = re.compile(r"Fig(?:ure|\.)\s*\d", re.IGNORECASE)
_ITEM = re.compile(r"\(?(\d{1,2})[.)]\s")
_ADDRESS = re.compile(r"(?:https?://|www\.|doi:?\s*(?:https?://|10\.))\S*$", re.IGNORECASE)


def classify(groups: Sequence[Chunk]) -> tuple[tuple[Part, ...], int]:
    """Return the parts of a raw text in order, and the width of its running text in characters."""
    width = text_width(groups)
    groups = [piece for chunk in groups for piece in _split_paragraphs(chunk, width)]
    has_capitals = any(is_capitals(c.text) and len(c.text.split()) > 1 for c in groups)
    parts: list[Part] = []
    table_end = -1  # position of the chunk that ends the open table, where a source line tells it
    table_open = False
    notes = EndNotes()
    underlines = Underlines()
    nesting = Nesting()
    for position, chunk in enumerate(groups):
        if position < table_end:
            kind, level = Kind.PROSE if _interrupts(chunk, width) else Kind.CELL, 0
        else:
            kind, level = _kind(groups, position, width, table_open=table_open)
        if notes.go_on(groups, position):
            parts.append(notes.heading(chunk))
            continue
        if kind is Kind.HEADING:
            level = level or underlines.level(chunk.lines)
            above = parts[-1].chunk.text if parts and parts[-1].kind is Kind.HEADING else ""
            nested = nesting.depth(chunk.text, above)
            level = level or (2 if has_capitals and not is_capitals(chunk.text) else 1) + nested
            notes.see(without_rules(chunk).text.lstrip("# "), level)
            table_open = False
        elif notes.open and kind is not Kind.CAPTION:
            parts.extend(notes.cut(chunk))
            continue
        elif kind is Kind.CAPTION:
            table_open, table_end = True, _source_line(groups, position)
        elif kind is Kind.SOURCE or (position >= table_end and _interrupts(chunk, width)):
            table_open = False
        parts.append(Part(kind, chunk, level))
    parts = list(_with_cells(with_bracketed_notes(list(with_foot_notes(list(_signed(parts)))))))
    return tuple(_without_marks(part) for part in with_front(parts)), width


def _without_marks(part: Part) -> Part:
    """A heading without the marks of Markdown and the rules under it."""
    if part.kind not in (Kind.HEADING, Kind.FRONT):
        return part
    part = replace(part, chunk=without_rules(part.chunk))
    first = part.chunk.lines[0]
    marked = MARKDOWN.match(first.text)
    if not marked or not marked.group(2):
        return part
    return replace(part, chunk=replace(part.chunk, lines=(replace(first, text=marked.group(2)), *part.chunk.lines[1:])))


def _signed(parts: Sequence[Part]) -> Iterator[Part]:
    """Yield the parts, a line behind text that would be a heading with none under it as text: a name, or a place."""
    for i, part in enumerate(parts):
        empty = 0 < i < len(parts) - 1 and parts[i + 1].kind is Kind.HEADING and parts[i + 1].level < part.level
        after = empty and parts[i - 1].kind is Kind.PROSE and ends_sentence(parts[i - 1].chunk.text)
        if after and not re.match(r"[#\d]", part.chunk.text):
            yield replace(part, kind=Kind.PROSE, level=0)
        else:
            yield part


def _with_cells(parts: Iterable[Part]) -> Iterator[Part]:
    """Yield the parts, those of tables with their rows where the layout tells them.

    The chunks of a table that stand together are tried as one first, since blank lines may part its rows; then the
    first two, for a row of names set apart; then each by itself.
    """
    for table, run in groupby(parts, key=lambda part: part.kind is Kind.CELL and not FOOTNOTE.match(part.chunk.text)):
        cells = list(run)
        if not table:
            yield from cells
        elif grid := _grid(cells):
            yield grid
        elif len(cells) > 1 and (grid := _grid(cells[:2])):
            yield grid
            yield from (_grid([part]) or part for part in cells[2:])
        else:
            yield from (_grid([part]) or part for part in cells)


def _grid(parts: Sequence[Part]) -> Part | None:
    """Parts of a table as one with rows; a few lines that stand alone are no table for that."""
    lines = [line for part in parts for line in part.chunk.lines]
    grid = read_grid(lines) if len(lines) > 2 else None
    if not grid:
        return None
    return replace(parts[0], rows=grid.rows, merged=grid.merged, chunk=replace(parts[0].chunk, lines=grid.lines))


def _kind(groups: Sequence[Chunk], position: int, width: int, *, table_open: bool) -> tuple[Kind, int]:
    chunk = groups[position]
    first = chunk.lines[0].text
    if match := MARKDOWN.match(first):
        return Kind.HEADING, len(match.group(1))
    if is_ruled(chunk.lines):
        return Kind.HEADING, 0
    if len(chunk.lines) == 1 and (heads_references(first) or heads_notes(groups, position)):
        return Kind.HEADING, 0
    if _is_caption(chunk):
        return Kind.CAPTION, 0
    if table_open and SOURCE.match(first):
        return Kind.SOURCE, 0
    if table_open and FOOTNOTE.match(first):
        return Kind.CELL, 0
    if _is_grid(chunk):
        return Kind.CELL, 0
    if _heads_text(groups, position, width):
        number = NUMBERED.match(first)
        return Kind.HEADING, number.group("number").count(".") + 1 if number else 0
    if table_open and not _is_prose(chunk, width):
        return Kind.CELL, 0
    return Kind.PROSE, int(bool(BULLET.match(first)))


def _heads_text(groups: Sequence[Chunk], position: int, width: int) -> bool:
    """Say whether a chunk is worded as a heading is, and stands over what one stands over."""
    chunk = groups[position]
    below = groups[position + 1].text if position + 1 < len(groups) else ""
    if len(chunk.lines) == 1 and opens_section(chunk.text, below):
        return True
    if not looks_like_heading(chunk) or goes_on_in_items(chunk.text, below):
        return False
    return _leads_to_prose(groups, position, width) and not _is_item(groups, position)


def _source_line(groups: Sequence[Chunk], caption: int) -> int:
    """Return the position of the source line of the table captioned at `caption`; -1 when it has none."""
    for position in range(caption + 1, len(groups)):
        text = groups[position].text
        if SOURCE.match(text):
            return position
        if _is_caption(groups[position]) or _FIGURE.match(text) or MARKDOWN.match(text) or heads_references(text):
            break
    return -1


def _interrupts(chunk: Chunk, width: int) -> bool:
    """Say whether a chunk before a table's source line is running text that the page's layout put there."""
    if _is_grid(chunk) or read_grid(chunk.lines):
        return False  # a table as wide as the page
    lines = [line.text for line in chunk.lines]
    full = len(lines) > 2 and all(len(line) >= 0.85 * width for line in lines[:-1])
    goes_on = chunk.after_break and lines[0][0].islower() and ends_sentence(lines[-1])
    return full or goes_on or len(lines[0]) > LONG_LINE


def _is_caption(chunk: Chunk) -> bool:
    match = CAPTION.match(chunk.text)
    if not match or len(chunk.lines) > 3:
        return False
    return bool(match.group("stop")) or (len(chunk.lines) == 1 and not chunk.text.endswith("."))


def _is_prose(chunk: Chunk, width: int) -> bool:
    """Prose fills its lines; a cell does not."""
    lines = [line.text for line in chunk.lines]
    if len(lines) == 1:
        return len(lines[0]) > LONG_LINE or 0 < 0.9 * width <= len(lines[0]) or _is_sentence(lines[0])
    return all(len(line) >= 0.75 * width for line in lines[:-1])


def _is_sentence(text: str) -> bool:
    return ends_sentence(text) and text[0].isalpha() and not text[0].islower() and count_words(text) > 5


def _is_grid(chunk: Chunk) -> bool:
    """Say whether most lines are cells parted by bars, tabs or runs of spaces."""
    lines = [line.text for line in unboxed(chunk.lines)]
    if even_rows([line.cells for line in chunk.lines]):
        return True
    return len(lines) > 2 and sum(bool(CELLS.match(line)) for line in lines) > 0.6 * len(lines)


def _leads_to_prose(groups: Sequence[Chunk], position: int, width: int) -> bool:
    """A heading stands over running text, or over another heading that does; never over the rest of a sentence."""
    under = [chunk for chunk in groups[position + 1 : position + 6] if not _ADDRESS.match(chunk.text)]
    for chunk, below in islice(zip_longest(under, under[1:]), 3):
        if _is_caption(chunk):
            return False
        announces = chunk.text.endswith(":") and below is not None and bool(BULLET.match(below.text))
        if _is_prose(chunk, width) or BULLET.match(chunk.text) or announces:
            return not chunk.text[0].islower()
        if not looks_like_heading(chunk):
            return False
    return False


def _is_item(groups: Sequence[Chunk], position: int) -> bool:
    """Say whether a numbered line stands in a list: the item before or behind it is next in number and no heading.

    One that ends in a stop is an item wherever another stands right before or behind it.
    """
    number = _ITEM.match(groups[position].text)
    for step in (-1, 1) if number else ():
        beside = groups[position + step] if 0 <= position + step < len(groups) else None
        other = _ITEM.match(beside.text) if beside else None
        if other and number and beside and int(other.group(1)) == int(number.group(1)) + step:
            return groups[position].text.endswith(".") or not looks_like_heading(beside)
    return False


def _split_paragraphs(chunk: Chunk, width: int) -> Iterator[Chunk]:
    """Part a chunk about rows with tabs, before list items, and where a short line ends a sentence before a capital."""
    starts = [0]
    items = _items(chunk)
    if ruled := is_ruled(chunk.lines):
        starts.append(ruled)
    elif MARKDOWN.match(chunk.lines[0].text) or heads_references(chunk.lines[0].text):
        starts.append(1)
    # What follows the first short line cannot be prose from the chunk's beginning on: no need to look, line by line.
    last = next((i for i, line in enumerate(chunk.lines) if len(line.text) < 0.75 * width), len(chunk.lines)) + 1
    for i, (line, following) in enumerate(zip(chunk.lines, chunk.lines[1:], strict=False), start=1):
        short = len(line.text) < 0.7 * width and ends_sentence(line.text) and not line.cells
        ended = len(chunk.lines) > 5 and i <= last and short and following.text[0].isupper()
        if (len(items) > 1 and i in items) or (ended and _is_prose(chunk.cut(0, i), width)):
            starts.append(i)
    starts.extend(i for i, line in enumerate(chunk.lines) if FOOT_RULE.match(line.text))
    starts.extend(edge for run in tab_runs([line.cells for line in chunk.lines]) for edge in run)
    starts = sorted({s for s in starts if s < len(chunk.lines)})
    for begin, end in zip(starts, [*starts[1:], len(chunk.lines)], strict=True):
        yield chunk.cut(begin, end)


def _items(chunk: Chunk) -> frozenset[int]:
    """The lines of a chunk that begin items of a list: a number or letter only where the one before it does, or first.

    A line that opens with '7.' because the sentence before it ends there ('as told in section') begins none.
    """
    found: list[int] = []
    marks: set[str] = set()
    for i, line in enumerate(chunk.lines):
        if not BULLET.match(line.text):
            continue
        mark = re.match(r"\(?(\d{1,2}|[a-z])[.)]", line.text)
        if not mark or not found or mark[1] in ("1", "a") or _before(mark[1]) in marks:
            found.append(i)
            marks.update([mark[1]] if mark else [])
    return frozenset(found)


def _before(mark: str) -> str:
    return str(int(mark) - 1) if mark.isdigit() else chr(ord(mark) - 1)
