"""Hold a table and the lines that belong to it together, while the columns of its page are told apart."""

from collections.abc import Sequence
from dataclasses import dataclass

from ingest.layout import FOOTNOTE, SOURCE
from ingest.pdf_open_tables import is_caption_row
from ingest.pdf_pieces import Piece, join_pieces, piece_rows
from ingest.pdf_tables import TableBox

__all__ = ["Float", "floats"]

_NEAR = 2.4  # font sizes; what stands further off does not belong to a table
_LINES = 5  # of a caption at most


@dataclass(frozen=True, slots=True)
class Float:
    """A table with its caption and its source line, as one box."""

    x0: float
    x1: float
    top: float
    bottom: float
    boxes: tuple[Piece | TableBox, ...]


def floats(tables: Sequence[TableBox], found: Sequence[Piece]) -> tuple[list[Float], list[Piece]]:
    """Return tables with the lines that belong to them, and the pieces that belong to none."""
    held: list[Float] = []
    rest = list(found)
    for table in tables:
        beside = [p for p in rest if p.x0 >= table.x0 - 8 and p.x1 <= table.x1 + 8]
        above = [p for p in beside if p.base <= table.top + 2]
        below = [p for p in beside if p.top >= table.bottom - 2]
        taken = [*_caption_above(above, table.top), *_lines_below(below, table.bottom)]
        ids = {id(p) for p in taken}
        rest = [p for p in rest if id(p) not in ids]
        top = min([table.top, *(p.top for p in taken)])
        bottom = max([table.bottom, *(p.bottom for p in taken)])
        held.append(Float(table.x0, table.x1, top, bottom, (*taken, table)))
    return held, rest


def _caption_above(found: Sequence[Piece], edge: float) -> list[Piece]:
    taken: list[Piece] = []
    for row in reversed(piece_rows(found)[-_LINES:]):
        if edge - row[0].bottom > _NEAR * row[0].font.size:
            break
        taken += row
        edge = row[0].top
        if is_caption_row(row):
            return taken
    return []


def _lines_below(found: Sequence[Piece], edge: float) -> list[Piece]:
    """The caption under a table, or else its source line and footnotes."""
    taken: list[Piece] = []
    for row in piece_rows(found)[:_LINES]:
        text = join_pieces(row).text
        near = row[0].top - edge <= (_NEAR if not taken else 0.8) * row[0].font.size
        begins = bool(SOURCE.match(text) or FOOTNOTE.match(text) or (not taken and is_caption_row(row)))
        if not near or not (taken or begins):
            break
        taken += row
        edge = row[0].bottom
    return taken
