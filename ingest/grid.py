"""Tables of plain text whose layout is still there: cells parted by bars, by tabs or by columns of spaces."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from ingest.hyphens import Vocabulary, join_lines
from ingest.lines import Line
from ingest.transcription import Rows

__all__ = ["Grid", "read_grid"]

_RULE = re.compile(r"[\s|+:=_-]*[-=_+]{2,}[\s|+:=_-]*$")  # a line that only draws
_WIDE = re.compile(r" {3,}")


@dataclass(frozen=True, slots=True)
class Grid:
    """The rows of a table, the names of the columns first, and the line in which each begins.

    `merged` are the (row, column) positions of empty cells that one above spans.
    """

    rows: Rows
    lines: tuple[Line, ...]
    merged: frozenset[tuple[int, int]] = frozenset()


def read_grid(lines: Sequence[Line]) -> Grid | None:
    """Return the rows of a table; None when its lines do not fall into at least two columns all the way down."""
    drawn = [line for line in lines if not _RULE.match(line.text)]
    if len(drawn) < 2:
        return None
    # Three rules frame the names and the whole; more part every row from the next.
    boxed = sum(line.text.startswith("+") and bool(_RULE.match(line.text)) for line in lines) > 3
    if all(line.text.count("|") > 1 or line.text.strip("|").count("|") for line in drawn):
        return _barred(lines, boxed=boxed)
    return _spaced(drawn) or _parted(drawn)


def _barred(lines: Sequence[Line], *, boxed: bool) -> Grid | None:
    """Bars between cells; where rows are boxed ('+---+'), all lines between two rules are one row."""
    rows: list[list[str]] = []
    begins: list[Line] = []
    fresh = True
    for line in lines:
        if _RULE.match(line.text):
            fresh = True
            continue
        cells = [cell.strip() for cell in line.text.removeprefix("|").removesuffix("|").split("|")]
        if rows and not fresh and (boxed or not cells[0]) and len(cells) == len(rows[-1]):
            rows[-1] = _grown(rows[-1], cells)
        else:
            rows.append(cells)
            begins.append(line)
        fresh = False
    return _even(rows, begins)


def _spaced(lines: Sequence[Line]) -> Grid | None:
    """Columns of spaces, two or more wide, that run down all lines; a line without a first cell goes on with a row."""
    starts = _column_starts(lines)
    if len(starts) < 2:
        return None
    cut = []
    for line in lines:
        text = " " * line.indent + line.text
        ends = [*starts[1:], len(text)]
        cut.append([text[start:end].strip() for start, end in zip(starts, ends, strict=True)])
    if any(_WIDE.search(cell) for cells in cut for cell in cells):
        return None  # the gaps of this line do not stand under those of the others
    grouped = _is_grouped(cut)
    rows: list[list[str]] = []
    begins: list[Line] = []
    for line, cells in zip(lines, cut, strict=True):
        if rows and not cells[0] and not grouped:
            rows[-1] = _grown(rows[-1], cells)
        else:
            rows.append(cells)
            begins.append(line)
    grid = _even(rows, begins)
    spanned = frozenset((i, 0) for i, cells in enumerate(rows) if i and not cells[0])
    return replace(grid, merged=spanned) if grid else None


def _is_grouped(rows: Sequence[Sequence[str]]) -> bool:
    """Say whether lines without a first cell are rows under a merged one: they are full, and begin as rows do."""
    open_rows = [cells[1:] for cells in rows if not cells[0]]
    return bool(open_rows) and all(all(cells) and not cells[0][0].islower() for cells in open_rows)


def _column_starts(lines: Sequence[Line]) -> list[int]:
    """Where columns begin: behind the runs of two or more positions that are blank in every line."""
    spans = [(line.indent, line.indent + len(line.text)) for line in lines]
    width = max(end for _, end in spans)
    used = [False] * width
    for line, (start, _) in zip(lines, spans, strict=True):
        for i, ch in enumerate(line.text, start=start):
            used[i] = used[i] or ch != " "
    starts = [i for i in range(width) if used[i] and not any(used[max(0, i - 2) : i])]
    return [0, *starts[1:]] if starts else []


def _parted(lines: Sequence[Line]) -> Grid | None:
    """Wide gaps between cells that do not stand under each other, as tabs leave them."""
    return _even([_WIDE.split(line.text) for line in lines], list(lines))


def _grown(row: Sequence[str], more: Sequence[str]) -> list[str]:
    """A row with the next line of its cells; words broken at the ends of lines are whole again."""
    pairs = ([text for text in pair if text] for pair in zip(row, more, strict=True))
    return [join_lines(pair, Vocabulary(()))[0] for pair in pairs]


def _even(rows: Sequence[Sequence[str]], begins: Sequence[Line]) -> Grid | None:
    widths = {len(row) for row in rows}
    if len(rows) < 2 or len(widths) != 1 or widths == {1}:
        return None
    return Grid(tuple(tuple(re.sub(r" {2,}", " ", cell) for cell in row) for row in rows), tuple(begins))
