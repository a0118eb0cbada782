"""Gather the parts of a file into blocks: what a page, a table or a note cut in two is whole again."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from itertools import pairwise

from core.records import BlockKind
from ingest.layout import ends_sentence
from ingest.lines import Chunk
from ingest.parts import Kind, Part

__all__ = ["Draft", "assemble"]

_BLOCK_KINDS = {
    Kind.FRONT: BlockKind.FRONT,
    Kind.HEADING: BlockKind.HEADING,
    Kind.PROSE: BlockKind.PARAGRAPH,
    Kind.NOTE: BlockKind.NOTE,
    Kind.REFERENCE: BlockKind.REFERENCE,
    Kind.CAPTION: BlockKind.TABLE,
    Kind.CELL: BlockKind.TABLE,
    Kind.SOURCE: BlockKind.TABLE,
}


@dataclass(slots=True)
class Draft:
    """A block whose chunks are still coming in; `grid` are the parts of a table that have cells."""

    kind: BlockKind
    chunks: list[Chunk]
    level: int = 0
    label: str = ""
    captioned: bool = False
    closed: bool = False
    grid: list[Part] = field(default_factory=list)
    quoted: bool = False


def assemble(parts: Iterable[Part], width: int, *, wrapped: bool) -> list[Draft]:
    """Return the blocks that the parts of a file amount to, in reading order.

    A table or note that interrupts a paragraph comes behind it.

    Args:
        parts: as the loader read them.
        width: of the running text in characters; 0 when its lines do not say.
        wrapped: whether pages or lines cut paragraphs; else each part of prose is a whole one.
    """
    drafts: list[Draft] = []
    paragraph: Draft | None = None
    table: Draft | None = None
    interrupted = False
    for part, following in pairwise([*parts, None]):
        assert part  # noqa: S101 - only the last is none
        kind = _BLOCK_KINDS[part.kind]
        if (
            kind is BlockKind.PARAGRAPH
            and wrapped
            and paragraph
            and _goes_on(paragraph, part.chunk, width, interrupted)
        ):
            paragraph.chunks.append(part.chunk)
        elif wrapped and part.kind is Kind.NOTE and _goes_on_as_note(part, drafts):
            drafts[-1].chunks.append(part.chunk)
        elif part.kind in (Kind.CELL, Kind.SOURCE) and table and _belongs(part, table):
            _add(part, table)
        elif table and interrupted and _captions(part, following, table):
            table.chunks.insert(0, part.chunk)  # a caption under its table
            table.captioned = True
        else:
            draft = Draft(kind, [], part.level, part.label, captioned=part.kind is Kind.CAPTION, quoted=part.quoted)
            _add(part, draft)
            drafts.append(draft)
            if kind is BlockKind.TABLE:
                table = draft
            elif kind is BlockKind.PARAGRAPH:
                paragraph = draft
                table = table if table and table.captioned else None
            elif kind is not BlockKind.NOTE:
                paragraph = table = None
        interrupted = kind in (BlockKind.TABLE, BlockKind.NOTE)
    return drafts


def _captions(part: Part, following: Part | None, table: Draft) -> bool:
    """Say whether a part is the caption under the table before it, and not over one that comes."""
    over = following is not None and following.kind is Kind.CELL
    return part.kind is Kind.CAPTION and bool(table.grid) and not table.captioned and not over


def _belongs(part: Part, table: Draft) -> bool:
    """Say whether a part of a table goes on with an open one; a second grid only where it has the same columns."""
    if table.closed or not (part.rows and table.grid):
        return not table.closed
    return len(part.rows[0]) == len(table.grid[0].rows[0]) and part.chunk.after_break


def _goes_on_as_note(part: Part, drafts: Sequence[Draft]) -> bool:
    """Say whether a part goes on with the note before it: of its number, which it does not begin with itself."""
    same = bool(drafts) and drafts[-1].kind is BlockKind.NOTE and drafts[-1].label == part.label
    return same and not part.chunk.text.lstrip("[(").startswith(part.label or "\0")


def _add(part: Part, draft: Draft) -> None:
    if part.rows:
        draft.grid.append(part)
    else:
        draft.chunks.append(part.chunk)
    draft.closed = part.kind is Kind.SOURCE


def _goes_on(paragraph: Draft, chunk: Chunk, width: int, interrupted: bool) -> bool:
    """Say whether a chunk goes on with the paragraph before it, across a page break, a table or a stray blank line."""
    last = paragraph.chunks[-1].lines[-1].text
    if not ends_sentence(last):
        if interrupted:  # a list's item may end without a stop; a line that was cut fills its measure or goes on small
            return chunk.text[0].islower() or len(last) >= 0.75 * width > 0
        return chunk.after_break or chunk.text[0].islower()
    # Only a line that fills the measure can have been followed by more of its paragraph.
    return chunk.after_break and not chunk.after_blank and not interrupted and len(last) >= 0.88 * width > 0
