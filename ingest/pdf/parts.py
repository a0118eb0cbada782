"""Make parts of a laid-out PDF file: whole paragraphs, headings, notes with their numbers, tables with captions."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace

from ingest.cited.entries import opens_entry
from ingest.cited.references import heads_references
from ingest.endnotes import NOTES, heads_more_notes, title_words
from ingest.hyphens import Vocabulary, join_lines
from ingest.layout import BULLET, FOOTNOTE, SOURCE, ends_sentence
from ingest.lines import Chunk, Line
from ingest.parts import Kind, Part
from ingest.pdf.flow import GOES_ON, Block, TextLine, has_room
from ingest.pdf.headings import FIGURE, find_headings, front_matter, is_caption, title_of
from ingest.pdf.notes import number_of, without_number
from ingest.pdf.pages import Layout

__all__ = ["make_parts"]

_NUMBER = re.compile(r"(\d{1,3})[.)]?\s+\S")
_MARKS = " *∗†‡§"  # of a note to the title
_CONTINUED = re.compile(r"\bcont(?:inued|['’]d|\.|d\.)", re.IGNORECASE)


@dataclass(slots=True)
class _Draft:
    """A part whose lines are still coming in."""

    kind: Kind
    blocks: list[Block]
    level: int = 0
    label: str = ""
    lines: list[TextLine] = field(default_factory=list)

    @property
    def last(self) -> TextLine:
        """Its last line."""
        return self.lines[-1]


def make_parts(layout: Layout) -> tuple[tuple[Part, ...], str]:
    """Return the parts of a file and the title that stands on it, which may be empty.

    A paragraph that a column, page, table or note cuts in two is one part.
    """
    blocks = layout.blocks
    headings = find_headings(blocks, layout.body)
    front = front_matter(blocks, headings, layout.body)
    headings = find_headings(blocks, layout.body, front)
    vocabulary = Vocabulary(layout.lines)
    drafts = _Drafts(layout).gather(headings, front)
    indents = _entry_indents(drafts)
    title = title_of(blocks[:front])
    printed = join_lines([line.text for line in title.lines], vocabulary)[0].rstrip(_MARKS) if title else ""
    return tuple(_part(draft, layout, vocabulary, indents) for draft in drafts), printed


class _Drafts:
    """Gathers blocks into the drafts of parts."""

    def __init__(self, layout: Layout) -> None:
        self._layout = layout
        self._blocks = layout.blocks
        self._drafts: list[_Draft] = []
        self._open: _Draft | None = None  # the paragraph that may go on
        self._in_notes = self._in_table = self._again = False
        self._notes_level = 0  # of the heading over the notes
        self._captioned: dict[int, int] = _captions(layout.blocks)

    def gather(self, headings: dict[int, int], front: int) -> list[_Draft]:
        """Return the drafts in reading order; `front` blocks are the title's, `headings` have levels."""
        at_caption = {caption: table for table, caption in self._captioned.items()}
        for i, block in enumerate(self._blocks):
            if i < front:
                self._add(Kind.FRONT, block)
            elif block.label:
                self._note(block)
            elif i in at_caption:
                if at_caption[i] > i:
                    self._caption(block)
            elif block.table:
                if self._captioned.get(i, i) > i:
                    self._caption(self._blocks[self._captioned[i]])
                self._add(Kind.CELL, replace(block, turn=block.turn or self._again))
                self._in_table, self._again = True, False
                continue
            elif i in headings and not (self._in_notes and self._is_numbered(block)):
                under = self._in_notes and self._heads_notes(i, headings)
                level = max(headings[i], self._notes_level + 1) if under else headings[i]
                self._add(Kind.HEADING, block, level=level)
                self._in_notes, self._open = under or bool(NOTES.match(block.text)), None
                self._notes_level = self._notes_level if under else level
            elif self._in_table and SOURCE.match(block.text):
                self._add(Kind.SOURCE, block)
            elif self._in_table and FOOTNOTE.match(block.text) and block.size <= self._layout.body.size:
                self._add(Kind.CELL, block)
                continue
            elif self._in_notes:
                self._endnotes(block)
            else:
                self._prose(block)
            self._in_table = False
        return self._drafts

    def _heads_notes(self, i: int, headings: dict[int, int]) -> bool:
        """Say whether a heading in the section of notes stands over more of them."""
        following = next((block for at, block in enumerate(self._blocks[i + 1 :], i + 1) if at not in headings), None)
        last = next((draft.label for draft in reversed(self._drafts) if draft.kind is Kind.NOTE), "")
        known = {title_words(draft.blocks[0].text) for draft in self._drafts if draft.kind is Kind.HEADING}
        number = int(last) if last.isdigit() else 0
        return (
            following is not None
            and self._is_numbered(following)
            and heads_more_notes(self._blocks[i].text, following.text, number, known)
        )

    def _is_numbered(self, block: Block) -> bool:
        """Say whether a block begins like a note and is set like text."""
        return bool(number_of(block.lines[0])) and block.size <= 1.05 * self._layout.body.size

    def _add(self, kind: Kind, block: Block, *, level: int = 0, label: str = "") -> _Draft:
        draft = _Draft(kind, [block], level, label, list(block.lines))
        self._drafts.append(draft)
        return draft

    def _caption(self, block: Block) -> None:
        """Add a caption; one that only says that its table goes on would cut the table in two."""
        tables = [draft for draft in self._drafts if draft.kind is Kind.CAPTION]
        name = re.match(r"\S+\s+[\w.\-–]*\w", block.text)
        again = tables and name and tables[-1].blocks[0].text.startswith(name.group())
        if again and (_CONTINUED.search(block.text) or block.text == tables[-1].blocks[0].text):
            for line in block.lines:
                self._layout.drop_line(line, "caption of a table that goes on")
            self._again = True
            return
        self._add(Kind.CAPTION, block)

    def _note(self, block: Block) -> None:
        last = next((draft for draft in reversed(self._drafts) if draft.kind is Kind.NOTE), None)
        if block.label == GOES_ON and last:
            last.lines += block.lines
        elif block.label == GOES_ON:
            self._prose(block)
        else:
            self._add(Kind.NOTE, block, label=block.label)

    def _endnotes(self, block: Block) -> None:
        """Cut a block of the section of notes at the numbers that follow on from the last."""
        last = next((d for d in reversed(self._drafts) if d.kind is not Kind.CELL), None)
        note = last if last and last.kind is Kind.NOTE else None
        for line in block.lines:
            number = number_of(line)
            raised = bool(line.piece.marks) and line.piece.marks[0][0] == 0
            counted = number.isdigit() and bool(raised or _NUMBER.match(line.text))
            if counted and (note is None or not note.label.isdigit() or int(number) == int(note.label) + 1):
                note = self._add(Kind.NOTE, block, label=number)
                note.lines = without_number([line])
            elif note:
                note.lines.append(line)
            else:
                note = self._add(Kind.NOTE, block, label="0")
                note.lines = [line]

    def _prose(self, block: Block) -> None:
        paragraph = self._open
        between = bool(self._drafts) and self._drafts[-1] is not paragraph
        if paragraph and (block.turn or between) and _goes_on(paragraph, block):
            paragraph.lines += block.lines
            paragraph.blocks.append(block)
            return
        draft = self._add(Kind.PROSE, block)
        small = block.size < 0.93 * min(self._layout.body.size, paragraph.blocks[-1].size if paragraph else 0.0)
        floats = bool(FIGURE.match(block.text)) or (small and paragraph and not ends_sentence(paragraph.last.text))
        if not floats:
            self._open = draft


def _captions(blocks: Sequence[Block]) -> dict[int, int]:
    """Return for each table with a caption, right above or else right below, where the caption stands."""
    found: dict[int, int] = {}
    order = [i for i, block in enumerate(blocks) if not block.label]
    for at, i in enumerate(order):
        if blocks[i].table and at and is_caption(blocks[order[at - 1]]) and order[at - 1] not in found.values():
            found[i] = order[at - 1]
    for at, i in enumerate(order):
        after = order[at + 1] if at + 1 < len(order) else None
        free = after is not None and after not in found.values() and is_caption(blocks[after])
        if blocks[i].table and i not in found and after is not None and free:
            found[i] = after
    return found


def _goes_on(paragraph: _Draft, block: Block) -> bool:
    """Say whether a block goes on with a paragraph that the end of its column, or something between, cut in two."""
    last, first = paragraph.last, block.lines[0]
    old, new = last.piece.font, first.piece.font
    if abs(old.size - new.size) > 0.06 * old.size or FIGURE.match(block.text):
        return False
    if old.bold != new.bold and (all(line.piece.font.bold for line in block.lines) or old.bold):
        return False
    room, ended = has_room(last, first), ends_sentence(last.text)
    if block.hanging or paragraph.blocks[-1].hanging:
        return block.indented if block.hanging and len(block.lines) > 1 else not ended
    if not ended and block.text[0].islower():
        return True
    if block.indented or BULLET.match(block.text) or room:
        return False
    return block.turn if ended else True


def _entry_indents(drafts: Sequence[_Draft]) -> dict[int, int]:
    """Return how far the lines below the heading of the bibliography are set in, in letters, by their numbers.

    It tells where entries begin whose other lines hang, however few those are and whatever else the page holds.
    """
    columns: dict[tuple[int, float], list[TextLine]] = {}
    below = False
    for draft in drafts:
        text = " ".join(line.text for line in draft.lines)
        if heads_references(text):
            below = True
        elif draft.kind is Kind.HEADING:
            below = below and opens_entry(text)
        elif below:
            for line in draft.lines:
                columns.setdefault((line.page, line.column.left), []).append(line)
    indents = {}
    for (_, edge), lines in columns.items():
        left, right = min(line.piece.x0 for line in lines), max(line.piece.x0 for line in lines)
        # Lines that are all set in alike are the end of an entry that began in the column before.
        left = left if right - left > lines[0].piece.font.size else edge
        for line in lines:
            indents[line.number] = round(2 * max(0.0, line.piece.x0 - left) / line.piece.font.size)
    return indents


def _part(draft: _Draft, layout: Layout, vocabulary: Vocabulary, indents: Mapping[int, int]) -> Part:
    lines = tuple(
        Line(line.text, line.number, layout.pages[line.page], indents.get(line.number, 0), tuple(line.piece.marks))
        for line in draft.lines
    )
    first = draft.blocks[0]
    chunk = Chunk(lines, after_blank=first.gap, after_break=first.turn)
    if not first.table:
        return Part(draft.kind, chunk, draft.level, draft.label)
    rows = tuple(tuple(join_lines(cell, vocabulary)[0] for cell in row) for row in first.table.rows)
    return Part(draft.kind, chunk, rows=rows, merged=first.table.merged)
