"""The neutral document that every format is rendered from, and what formats share."""

import re
from collections.abc import Iterator
from typing import Any

FIRST_PAGE = 101
MARKER = re.compile(r"\{\{(\d+)\}\}")

Block = dict[str, Any]
Doc = dict[str, Any]


def plain(text: str) -> str:
    """Return a text with its note markers glued on as figures, as print gives them."""
    return MARKER.sub(r"\1", text)


def is_notes_heading(block: Block) -> bool:
    """Say whether a block is the heading over the notes, which formats with notes of their own do without."""
    return block["kind"] == "heading" and block["text"] == "Notes"


def spans(rows: list[list[str | None]]) -> Iterator[tuple[int, int, int]]:
    """Yield (row, column, height) of each cell that spans rows below it."""
    for r, row in enumerate(rows):
        for c, cell in enumerate(row):
            end = r + 1
            while cell is not None and end < len(rows) and rows[end][c] is None:
                end += 1
            if end > r + 1:
                yield r, c, end - r
