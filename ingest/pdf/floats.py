"""Hold a table and the lines that belong to it together, while the columns of its page are told apart."""

from collections.abc import Sequence
from dataclasses import dataclass

from ingest.layout import FOOTNOTE, SOURCE
from ingest.pdf.open_tables import is_caption_row
from ingest.pdf.pieces import Piece, join_pieces, piece_rows
from ingest.pdf.tables import TableBox

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
    rest = list(found)
    taken: list[list[Piece]] = []
    for table in tables:  # captions over tables first: what stands between two tables is the lower one's
        above = [p for p in _beside(rest, table) if p.base <= table.top + 2]
        taken.append(_caption_above(above, table.top))
        rest = _without(rest, taken[-1])
    for i, table in enumerate(tables):
        below = [p for p in _beside(rest, table) if p.top >= table.bottom - 2]
        lines = _lines_below(below, table.bottom, captioned=bool(taken[i]))
        taken[i] += lines
        rest = _without(rest, lines)
    return [_float(table, lines) for table, lines in zip(tables, taken, strict=True)], rest


def _float(table: TableBox, lines: Sequence[Piece]) -> Float:
    top = min([table.top, *(p.top for p in lines)])
    bottom = max([table.bottom, *(p.bottom for p in lines)])
    return Float(table.x0, table.x1, top, bottom, (*lines, table))


def _beside(found: Sequence[Piece], table: TableBox) -> list[Piece]:
    return [p for p in found if p.x0 >= table.x0 - 8 and p.x1 <= table.x1 + 8]


def _without(found: Sequence[Piece], taken: Sequence[Piece]) -> list[Piece]:
    ids = {id(p) for p in taken}
    return [p for p in found if id(p) not in ids]


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


def _lines_below(found: Sequence[Piece], edge: float, *, captioned: bool) -> list[Piece]:
    """The caption under a table, or else its source line and footnotes."""
    taken: list[Piece] = []
    for row in piece_rows(found)[:_LINES]:
        text = join_pieces(row).text
        near = row[0].top - edge <= (_NEAR if not taken else 0.8) * row[0].font.size
        begins = bool(SOURCE.match(text) or FOOTNOTE.match(text) or (not captioned and is_caption_row(row)))
        if not near or not (taken or begins):
            break
        taken += row
        edge = row[0].bottom
    return taken
