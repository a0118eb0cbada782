"""Part the lines of a table's region into the pieces that were printed as one: a row, or a cell of its own."""

import re
from collections.abc import Iterator, Sequence

from ingest.lines import Chunk, Line

__all__ = ["CELLS", "FOOTNOTE", "SOURCE", "UNFINISHED", "ends_table", "table_pieces"]

SOURCE = re.compile(r"(?:Data )?Sources?\s*:", re.IGNORECASE)
FOOTNOTE = re.compile(r"[*†‡]|Notes?\s*:", re.IGNORECASE)

# A line whose cells are parted by bars or wide gaps, or that draws a rule between rows.
CELLS = re.compile(r"\|.*\||.*\S \| \S|.*\S {3,}\S|[+|:=-]+(?:[-=]{2,}[+|:]+)+[-=:+|]*$")

UNFINISHED = re.compile(r"(?:[,;/(–-]|\b(?:and|or|of|the|in|for|to|with|by|on|from|as|at|a|an))$", re.IGNORECASE)


def table_pieces(groups: Sequence[Chunk]) -> Iterator[tuple[Line, ...]]:
    """Yield the lines of each piece, in order.

    A line goes on with the one before when that one ends unfinished (a comma, a hyphen, a preposition), when it
    begins in the middle of a phrase, or when its first word would not have fitted on the line before.
    """
    piece: list[Line] = []
    for chunk in groups:
        width = max(len(line.text) for line in chunk.lines)
        for i, line in enumerate(chunk.lines):
            if piece and not _continues(piece[-1].text, line.text, 0 if i == 0 else width):
                yield tuple(piece)
                piece = []
            piece.append(line)
    if piece:
        yield tuple(piece)


def ends_table(text: str) -> bool:
    """Say whether a line of a table's region stands under the table: a source line or a footnote."""
    return bool(SOURCE.match(text) or FOOTNOTE.match(text))


def _continues(before: str, line: str, width: int) -> bool:
    if CELLS.match(line) or SOURCE.match(line):
        return False
    if UNFINISHED.search(before) or line[0].islower() or line[0] in "(),;":
        return not re.match(r"\d+ ", line)
    return bool(width) and len(before) + 1 + len(line.split(maxsplit=1)[0]) > width
