"""Read a table without rules around its cells: its columns are told by the gaps that run down through its rows."""

import itertools
import re
from collections.abc import Sequence
from statistics import median

from ingest.pdf.pieces import Piece
from ingest.pdf.rules import Rule
from ingest.pdf.tables import Cell, TableBox

__all__ = ["Row", "read_grid"]

Row = list[Piece]  # the pieces of one row, from left to right
Strip = tuple[float, float]

_GAP = 0.5  # of the font size: a narrower strip parts no columns
_CROSSED = 0.15  # of the rows may cross a strip: names over several columns
_WORDS = 14  # in a cell's line at most; more is running text
_HEADER = 4  # lines of names at most


def read_grid(rows: Sequence[Row], rules: Sequence[Rule] = ()) -> TableBox | None:
    """Return the table that rows of pieces amount to, or None where they have no common columns.

    Args:
        rows: from the top down.
        rules: those across, between and around the rows: the lines above the second are the names of the columns.
    """
    strips = _columns(rows)
    if len(strips) < 2 or len(rows) < 2:
        return None
    grid = [_cells(row, strips) for row in rows]
    lines = [len(p.text.split()) for row in rows for p in row]
    if median(lines) > _WORDS or not _is_filled(grid) or _is_running(rows, strips):
        return None
    merged = _merge(rows, grid, _breaks(rows, rules))
    if len(merged) < 2:
        return None
    flat = [piece for row in rows for piece in row]
    return TableBox(
        min(p.x0 for p in flat),
        max(p.x1 for p in flat),
        min(p.top for p in flat),
        max(p.bottom for p in flat),
        tuple(merged),
    )


def _columns(rows: Sequence[Row]) -> list[Strip]:
    """Return the columns as strips: where pieces stand, with gaps between that all but a few rows leave free."""
    pieces = [p for row in rows if len(row) > 1 for p in row]
    if not pieces:
        return []
    size = median(p.font.size for p in pieces)
    spare = int(_CROSSED * len(rows)) if len(rows) > 6 else int(len(rows) > 3)
    events = sorted([(p.x0, 1) for p in pieces] + [(p.x1, -1) for p in pieces])
    # From no strip crossed to a few: the least leave that gives columns, so that one name over two does no harm.
    best: list[Strip] = []
    for leave in range(spare + 1):
        strips: list[Strip] = []
        depth, start = 0, None
        for x, step in events:
            depth += step
            if depth > leave and start is None:
                start = x
            elif depth <= leave and start is not None:
                if strips and start - strips[-1][1] < _GAP * size:
                    strips[-1] = (strips[-1][0], x)
                else:
                    strips.append((start, x))
                start = None
        most = max(len(row) for row in rows)
        if len(best) < len(strips) <= most:
            best = strips
    return best


def _cells(row: Row, strips: Sequence[Strip]) -> list[str]:
    cells = [""] * len(strips)
    for piece in row:
        column = max(range(len(strips)), key=lambda c: min(piece.x1, strips[c][1]) - max(piece.x0, strips[c][0]))
        if piece.x0 < strips[column][0]:  # a name over several columns stands in the first of them
            column = next((c for c, (_, end) in enumerate(strips) if end > piece.x0), column)
        cells[column] = f"{cells[column]} {piece.text}".strip()
    return cells


def _is_filled(grid: Sequence[Sequence[str]]) -> bool:
    """Say whether enough cells are filled for a table, in every column more than once."""
    counts = [sum(bool(row[c]) for row in grid) for c in range(len(grid[0]))]
    return min(counts) >= 2 and sum(counts) >= 0.4 * len(grid) * len(counts)


def _is_running(rows: Sequence[Row], strips: Sequence[Strip]) -> bool:
    """Say whether the columns are those of running text: most lines have several words and fill their column."""
    widths = [end - start for start, end in strips]
    full = sum(
        len(p.text.split()) > 3 and any(p.x1 - p.x0 > 0.85 * width for width in widths) for row in rows for p in row
    )
    return len(rows) > 5 and full > 0.6 * sum(len(row) for row in rows)


def _breaks(rows: Sequence[Row], rules: Sequence[Rule]) -> list[int]:
    """Return for each row how many rules stand above it."""
    return [sum(rule.at < row[0].base - 0.4 * row[0].font.size for rule in rules) for row in rows]


def _merge(rows: Sequence[Row], grid: Sequence[Sequence[str]], bands: Sequence[int]) -> list[tuple[Cell, ...]]:
    """Join the rows of lines that are rows of the table."""
    steps = [b[0].base - a[0].base for a, b in itertools.pairwise(rows)]
    least = _line_step(rows)
    uniform = max(steps) < 1.2 * least
    wrapped = set() if uniform else _wrapped(grid, [step <= 1.12 * least for step in steps], bands)
    ruled = _parts_rows(grid, bands)
    header = bands.count(bands[0]) if bands[-1] > bands[0] and bands.count(bands[0]) <= _HEADER else 1
    merged: list[list[list[str]]] = []
    for i, cells in enumerate(grid):
        within = i > 0 and bands[i] == bands[i - 1]
        if ruled or i < header:
            goes_on = within
        else:
            close = i > 0 and steps[i - 1] <= 1.12 * least
            goes_on = i in wrapped or (within and close and _goes_on(grid[i - 1], cells, uniform=uniform))
        if goes_on and merged:
            for column, text in enumerate(cells):
                merged[-1][column] += [text] if text else []
        else:
            merged.append([[text] if text else [] for text in cells])
    return [tuple(tuple(cell) for cell in row) for row in merged]


def _line_step(rows: Sequence[Row]) -> float:
    """Return the least distance of a line from the next in its column: that of the lines of one cell, if any wraps."""
    least = rows[-1][0].base - rows[0][0].base
    for i, row in enumerate(rows):
        for piece in row:
            below = (p.base for later in rows[i + 1 :] for p in later if p.x0 < piece.x1 and p.x1 > piece.x0)
            least = min(least, next(below, piece.base + least) - piece.base)
    return least


def _wrapped(grid: Sequence[Sequence[str]], close: Sequence[bool], bands: Sequence[int]) -> set[int]:
    """Return the lines that stand `close` under others of their row, where rows stand further apart than lines."""
    groups: list[list[int]] = [[0]]
    for i, is_close in enumerate(close, start=1):
        if is_close and bands[i] == bands[i - 1]:
            groups[-1].append(i)
        else:
            groups.append([i])
    whole = [group for group in groups if _is_one_row([grid[i] for i in group])]
    return {i for group in whole for i in group[1:]}


def _is_one_row(lines: Sequence[Sequence[str]]) -> bool:
    """Say whether lines that stand close are a row's: one has its name, or those below go on with few of its cells."""
    if sum(bool(cells[0]) for cells in lines) == 1:
        return True
    first, *others = lines
    most = (len(first) - 1) // 2  # of three cells one, of five two: rows of their own have more
    return all(
        sum(map(bool, cells)) <= most and all(a for a, b in zip(first, cells, strict=True) if b) for cells in others
    )


def _parts_rows(grid: Sequence[Sequence[str]], bands: Sequence[int]) -> bool:
    """Say whether a rule stands between all rows of the table, so that lines without one between are one row."""
    groups: dict[int, list[Sequence[str]]] = {}
    for band, cells in zip(bands, grid, strict=True):
        groups.setdefault(band, []).append(cells)
    many = [group for group in groups.values() if len(group) > 1]
    return len(groups) >= 3 and all(sum(all(cells) for cells in group) < 2 for group in many)


def _goes_on(before: Sequence[str], cells: Sequence[str], *, uniform: bool) -> bool:
    """Say whether a line's cells go on with those of the line before."""
    if all(cells) or (cells[0] and not cells[0][0].islower() and not before[0].endswith(("-", ","))):
        return False
    if not uniform:
        return True
    pairs = [(a, b) for a, b in zip(before, cells, strict=True) if b]
    return all(a and (b[0].islower() or re.search(r"[-,(]$|\b(?:and|of|the|in|for|to|or)$", a)) for a, b in pairs)
