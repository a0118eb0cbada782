"""Put what stands on a page into reading order: find the gutters between columns, cut along them, and go on inside."""

import itertools
from collections.abc import Callable, Iterator, Sequence
from itertools import islice
from typing import Protocol, TypeVar

__all__ = ["Box", "columns", "in_rows"]

_GUTTER = 0.75  # of the font size: a narrower gap parts no columns
_LINE = 0.5  # of a column's width: most lines of running text are at least this wide
_ODD = 10  # one line in so many may overhang
_FULL = 0.75  # of a column's width: a line of running text that is not its paragraph's last
_MEASURE = 8.0  # font sizes: a narrower column holds no running text
_LINES = 16  # on both sides of a gutter together; fewer may be a list of terms, unless they are most of the page
_FEWEST = 4
_ROWS = 3  # on each side of a gutter, in one band


class Box(Protocol):
    """Something on a page: a piece of a line, or a table."""

    @property
    def x0(self) -> float:
        """Its left edge."""

    @property
    def x1(self) -> float:
        """Its right edge."""

    @property
    def top(self) -> float:
        """Its upper edge."""

    @property
    def bottom(self) -> float:
        """Its lower edge."""


B = TypeVar("B", bound=Box)


def columns(boxes: Sequence[B], size: float, known: list[float]) -> list[list[B]]:
    """Return the columns of a page in reading order, each from the top down; what crosses a gutter is one of its own.

    Args:
        boxes: what stands on the page.
        size: of the body's font in points.
        known: where the gutters of the pages before stand, to which this page's are added: the few lines of a last
            page do not tell by themselves.
    """
    gutter = _gutter(boxes, size, known)
    if gutter is None:
        return [sorted(boxes, key=lambda b: (b.top, b.x0))]
    found: list[list[B]] = []
    across: list[B] = []
    for band, sides in _cut(boxes, gutter, size):
        if sides:
            found += columns(across, size, known) if across else []
            found += columns(sides[0], size, known) + columns(sides[1], size, known)
            across = []
        else:
            across += band
    return found + (columns(across, size, known) if across else [])


def in_rows(boxes: Sequence[B], same: Callable[[B, B], bool]) -> list[list[B]]:
    """Return boxes row by row, from the top down and from left to right; `same` says whether two share a row."""
    rows: list[list[B]] = []
    for box in sorted(boxes, key=lambda b: (b.bottom, b.x0)):
        if rows and same(rows[-1][0], box):
            rows[-1].append(box)
        else:
            rows.append([box])
    return [sorted(row, key=lambda b: b.x0) for row in rows]


def _gutter(boxes: Sequence[B], size: float, known: list[float]) -> float | None:
    """Return where the gutter stands that most lines of running text keep to on both sides, if there is one."""
    if not boxes or max(b.x1 for b in boxes) - min(b.x0 for b in boxes) < 2 * _MEASURE * size:
        return None  # no room for two columns
    best, most = None, 0
    for x in _candidates(boxes, size):
        left, right = _beside(boxes, x, size)
        count = len(_rows(left, size)) + len(_rows(right, size))
        if count > most and _is_text_in_columns(left, size) and _is_text_in_columns(right, size):
            best, most = x, count
    if best is not None and most >= _LINES:
        if all(abs(x - best) > size for x in known):
            known.append(best)
        return best
    if known:
        return next((x for x in known if any(_beside(boxes, x, size))), None)
    return best if most >= max(_FEWEST, len(_rows(boxes, size))) else None


def _beside(boxes: Sequence[B], x: float, size: float) -> tuple[list[B], list[B]]:
    """Return what stands left and right of `x` in the bands that have columns there."""
    left: list[B] = []
    right: list[B] = []
    for _, sides in _cut(boxes, x, size):
        if sides:
            left += sides[0]
            right += sides[1]
    return left, right


def _is_text_in_columns(side: Sequence[B], size: float) -> bool:
    """Say whether one side of a gutter is running text, in one column or two."""
    if _is_text(side, size):
        return True
    for x in islice(_candidates(side, size), 2):
        halves = _beside(side, x, size)
        if len(halves[0]) + len(halves[1]) > 0.5 * len(side) and all(_is_text(half, size) for half in halves):
            return True
    return False


def _candidates(boxes: Sequence[B], size: float) -> Iterator[float]:
    """Yield where the strips stand that lie in the most gaps between neighbours, the likeliest first."""
    gaps = list(_gaps(boxes, _GUTTER * size))
    events = sorted([(start, 1) for start, _ in gaps] + [(end, -1) for _, end in gaps])
    depth, strips = 0, []
    for (x, step), (following, _) in itertools.pairwise(events):
        depth += step
        if step == 1 and following - x >= 0.3 * size:
            strips.append((depth, following - x, x + 0.75 * (following - x)))  # lines overhang to the right
    for depth, _, x in sorted(strips, reverse=True)[:6]:
        if depth >= 2:
            yield x


def _gaps(boxes: Sequence[B], least: float) -> Iterator[tuple[float, float]]:
    """Yield the gaps between boxes and their next neighbours to the right."""
    ordered = sorted(boxes, key=lambda b: b.top)
    tallest = max((b.bottom - b.top for b in boxes), default=0.0)
    start = 0
    for i, box in enumerate(ordered):
        while ordered[start].top < box.top - tallest:
            start += 1
        nearest = None
        for j in range(start, len(ordered)):
            other = ordered[j]
            if other.top >= box.bottom:
                break
            beside = j != i and other.bottom > box.top and other.x0 >= box.x1
            if beside and (nearest is None or other.x0 < nearest):
                nearest = other.x0
        if nearest is not None and nearest - box.x1 >= least:
            yield box.x1, nearest


def _bands(boxes: Sequence[B], x: float) -> Iterator[list[B]]:
    """Cut a page across: what crosses `x`, with all beside it, is a band, and what stands between two such is one."""
    crossing: list[tuple[float, float]] = []  # heights, those that overlap as one
    for box in sorted((b for b in boxes if _crosses(b, x)), key=lambda b: b.top):
        if crossing and box.top <= crossing[-1][1]:
            crossing[-1] = (crossing[-1][0], max(crossing[-1][1], box.bottom))
        else:
            crossing.append((box.top, box.bottom))
    band: list[B] = []
    crosses = False
    at = 0
    for box in sorted(boxes, key=lambda b: (b.top + b.bottom, b.x0)):
        middle = (box.top + box.bottom) / 2
        while at < len(crossing) and crossing[at][1] < middle:
            at += 1
        on = at < len(crossing) and crossing[at][0] <= middle
        if band and on != crosses:
            yield band
            band = []
        band.append(box)
        crosses = on
    if band:
        yield band


def _crosses(box: Box, x: float) -> bool:
    return box.x0 < x < box.x1


def _cut(boxes: Sequence[B], x: float, size: float) -> Iterator[tuple[list[B], tuple[list[B], list[B]] | None]]:
    """Cut a page across into bands, and those that have columns into what stands left and right of `x`.

    A few lines by themselves may leave a strip free by chance; those of a column also begin at one edge.
    """
    bands = list(_bands(boxes, x))
    for i, band in enumerate(bands):
        left, right = [b for b in band if b.x1 <= x], [b for b in band if b.x0 >= x]
        rows = [_rows(side, size) for side in (left, right)]
        counts = sorted(len(side) for side in rows)
        # At the end of a text the last column may be short.
        enough = counts[0] >= _ROWS or (i == len(bands) - 1 and counts[0] >= 1 and counts[1] >= _ROWS)
        whole = len(left) + len(right) == len(band)
        free = enough and min(b.x0 for b in right) - _right_edge(left) >= _GUTTER * size
        yield band, (left, right) if whole and free and _is_flush(rows[1], size) else None


def _right_edge(side: Sequence[Box]) -> float:
    """Where a column ends, but for the odd line that overhangs, such as a long formula."""
    return sorted(b.x1 for b in side)[-1 - len(side) // _ODD]


def _rows(side: Sequence[B], size: float) -> list[list[B]]:
    return in_rows(side, lambda a, b: b.bottom - a.bottom < 0.3 * size)


def _is_flush(rows: Sequence[Sequence[Box]], size: float) -> bool:
    """Say whether most rows begin at one edge, or at one of two: paragraphs are set in, or hang.

    Where there are full lines these tell: the pieces of a formula between them begin anywhere.
    """
    width = max(b.x1 for row in rows for b in row) - min(row[0].x0 for row in rows)
    full = [row for row in rows if max(b.x1 for b in row) - row[0].x0 >= _FULL * width]
    starts = sorted(row[0].x0 for row in (full if len(full) >= _ROWS else rows))
    groups: list[list[float]] = []
    for start in starts:
        if groups and start - groups[-1][0] < 0.3 * size:
            groups[-1].append(start)
        else:
            groups.append([start])
    counts = sorted((len(group) for group in groups), reverse=True)
    return counts[0] >= 0.4 * len(starts) and sum(counts[:2]) >= 0.7 * len(starts)


def _is_text(side: Sequence[B], size: float) -> bool:
    """Say whether most lines fill their column, as running text does and cells do not."""
    if not side:
        return False
    width = max(b.x1 for b in side) - min(b.x0 for b in side)
    rows = _rows(side, size)
    filled = sum(max(b.x1 for b in row) - row[0].x0 >= _LINE * width for row in rows)
    return width >= _MEASURE * size and filled >= 0.5 * len(rows)
