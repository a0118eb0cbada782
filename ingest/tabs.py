"""Rows of plain text whose cells tabs part, as a spreadsheet pastes them."""

import re
from collections.abc import Iterator, Sequence
from itertools import groupby

from ingest.transcription import Rows

__all__ = ["even_rows", "tab_cells", "tab_runs"]

_FEWEST = 3  # rows that make a table, the names of the columns among them
# What stands before a tab and is no cell: the mark of an item, and who speaks.
_LEADS_IN = re.compile(r"\(?\w{1,3}[.)]$|[-–—•*·◦▪]$|.*:$")
_FIGURE = re.compile(r"[\divxl.,]+$")


def tab_cells(row: str) -> tuple[str, ...]:
    """Return the cells of a row with tabs in it; none where fewer than two of them say anything."""
    cells = tuple(cell.strip() for cell in row.rstrip().split("\t")) if "\t" in row else ()
    return cells if sum(map(bool, cells)) > 1 else ()


def tab_runs(lines: Sequence[tuple[str, ...]]) -> Iterator[tuple[int, int]]:
    """Yield where tables begin and end among lines, each given as its cells, or as none: slices of the lines."""
    begin = 0
    for tabbed, run in groupby(lines, key=bool):
        rows = list(run)
        if tabbed and even_rows(rows):
            yield begin, begin + len(rows)
        begin += len(rows)


def even_rows(lines: Sequence[tuple[str, ...]]) -> Rows:
    """Return the rows of a table, all of one length, from the cells of its lines; none where they are no table's.

    A row may lack cells at its end, where most do not. Several tabs may part two cells, where this makes rows even.
    """
    if len(lines) < _FEWEST or not all(lines):
        return ()
    rows = _even(lines) or _even([tuple(filter(None, cells)) for cells in lines]) or _padded(lines)
    if not rows:
        return ()
    firsts = [row[0] for row in rows]
    if not any(firsts[1:]) or all(map(_LEADS_IN.match, filter(None, firsts))):
        return ()
    contents = len(rows[0]) == 2 and all(_FIGURE.match(row[1]) for row in rows)  # sections with their pages
    return () if contents else rows


def _even(lines: Sequence[tuple[str, ...]]) -> Rows:
    return tuple(lines) if len(lines[0]) > 1 and len(set(map(len, lines))) == 1 else ()


def _padded(lines: Sequence[tuple[str, ...]]) -> Rows:
    width = len(lines[0])
    short = sum(len(cells) < width for cells in lines)
    if width < 2 or max(map(len, lines)) > width or short * 3 > len(lines):
        return ()
    return tuple(cells + ("",) * (width - len(cells)) for cells in lines)
