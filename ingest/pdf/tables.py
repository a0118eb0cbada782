"""Find the tables of a PDF page: by the rules drawn around their cells, or by the gaps between their columns."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise

from ingest.pdf.pieces import Piece, join_words, rows_of
from ingest.pdf.rules import Rule, Rules
from ingest.pdf.words import Word

__all__ = ["Cell", "TableBox", "ruled_tables", "snapped"]

Cell = tuple[str, ...]  # its lines

_NEAR = 3.5  # points: rules this close are one, and touch
_MANY = 800  # rules; a page with more is a drawing


@dataclass(frozen=True, slots=True)
class TableBox:
    """A table and where it stands: its rows of cells; `merged` are the (row, column) that a cell above spans."""

    x0: float
    x1: float
    top: float
    bottom: float
    rows: tuple[tuple[Cell, ...], ...]
    merged: frozenset[tuple[int, int]] = frozenset()


def ruled_tables(words: Sequence[Word], rules: Rules) -> tuple[list[TableBox], list[Word]]:
    """Return the tables whose cells are parted by rules on all sides, and the words that stand in none.

    One of a single row may be the end of a table that a column cut.
    """
    tables: list[TableBox] = []
    rest = list(words)
    for across, down in _grids(rules):
        xs = snapped([r.at for r in down] + [min(r.start for r in across), max(r.end for r in across)])
        ys = snapped([r.at for r in across] + [min(r.start for r in down), max(r.end for r in down)])
        if len(xs) < 3 or len(ys) < 2:
            continue
        inside = [w for w in rest if xs[0] <= _middle(w) <= xs[-1] and ys[0] <= _height(w) <= ys[-1]]
        table = _table(inside, (xs, ys), across, down)
        if table:
            taken = {id(w) for w in inside}
            rest = [w for w in rest if id(w) not in taken]
            tables.append(table)
    return tables, rest


def snapped(values: Iterable[float]) -> list[float]:
    """Return values in order, those that are all but equal as one."""
    found: list[float] = []
    for value in sorted(values):
        if not found or value - found[-1] > _NEAR:
            found.append(value)
    return found


def _grids(rules: Rules) -> list[tuple[list[Rule], list[Rule]]]:
    """Group rules that touch; each group has rules both ways."""
    across, down = list(rules.across), list(rules.down)
    if not across or not down or len(across) + len(down) > _MANY:
        return []
    group = list(range(len(across) + len(down)))

    def root(i: int) -> int:
        while group[i] != i:
            group[i] = group[group[i]]
            i = group[i]
        return i

    for i, h in enumerate(across):
        for j, v in enumerate(down, start=len(across)):
            if h.start - _NEAR <= v.at <= h.end + _NEAR and v.start - _NEAR <= h.at <= v.end + _NEAR:
                group[root(i)] = root(j)
    members: dict[int, tuple[list[Rule], list[Rule]]] = defaultdict(lambda: ([], []))
    for i, rule in enumerate([*across, *down]):
        members[root(i)][int(i >= len(across))].append(rule)
    # A table inside another's cell is left to the outer one, which comes first.
    grids = [(h, v) for h, v in members.values() if h and v]
    return sorted(grids, key=lambda g: -max(r.length for r in g[0]) * max(r.length for r in g[1]))


def _table(
    words: Sequence[Word], grid: tuple[list[float], list[float]], across: Sequence[Rule], down: Sequence[Rule]
) -> TableBox | None:
    """Return the table whose slots lie between `grid`'s xs and ys, slots without a rule between them one cell."""
    xs, ys = grid
    spans = _spans(xs, ys, across, down)
    held: dict[tuple[int, int], list[Word]] = defaultdict(list)
    for word in words:
        row = _slot(ys, _height(word))
        column = _slot(xs, _middle(word))
        held[spans[row, column]].append(word)
    rows = [r for r in range(len(ys) - 1) if any(held.get((r, c)) for c in range(len(xs) - 1))]
    columns = [c for c in range(len(xs) - 1) if any(held.get((r, c)) for r in range(len(ys) - 1))]
    owners = {spans[r, c] for r in rows for c in columns}
    if not rows or len(columns) < 2 or sum(bool(held.get(o)) for o in owners) < 0.4 * len(owners):
        return None
    cells = tuple(tuple(_lines(held.get((r, c), [])) for c in columns) for r in rows)
    merged = frozenset(
        (i, j)
        for i, r in enumerate(rows)
        for j, c in enumerate(columns)
        if spans[r, c][0] < r and spans[r, c][1] == c and held.get(spans[r, c])
    )
    depth = _header_depth(spans, rows, columns)
    names = tuple(tuple(line for row in cells[:depth] for line in row[j]) for j in range(len(columns)))
    merged = frozenset((i - depth + 1, j) for i, j in merged if i >= depth)
    return TableBox(xs[0], xs[-1], ys[0], ys[-1], (names, *cells[depth:]), merged)


def _header_depth(spans: dict[tuple[int, int], tuple[int, int]], rows: Sequence[int], columns: Sequence[int]) -> int:
    """Return how many rows the names of the columns take: more than one where a name stands over several columns.

    Another name then spans those rows downwards, and says how many they are.
    """
    first = rows[0]
    over = any(spans[first, c] == spans[first, d] for c, d in pairwise(columns))
    deep = max(sum(spans[r, c] == spans[first, c] for r in rows) for c in columns)
    return deep if over and deep < min(len(rows), 4) else 1


def _spans(
    xs: Sequence[float], ys: Sequence[float], across: Sequence[Rule], down: Sequence[Rule]
) -> dict[tuple[int, int], tuple[int, int]]:
    """Return for each slot the upper left slot of its cell."""
    owner: dict[tuple[int, int], tuple[int, int]] = {}
    for r, (top, bottom) in enumerate(pairwise(ys)):
        for c, (left, right) in enumerate(pairwise(xs)):
            if c and not _is_ruled(down, left, (top, bottom)):
                owner[r, c] = owner[r, c - 1]
            elif r and not _is_ruled(across, top, (left, right)):
                owner[r, c] = owner[r - 1, c]
            else:
                owner[r, c] = (r, c)
    return owner


def _is_ruled(rules: Sequence[Rule], at: float, reach: tuple[float, float]) -> bool:
    middle = (reach[0] + reach[1]) / 2
    return any(abs(rule.at - at) <= _NEAR + 0.5 and rule.start <= middle <= rule.end for rule in rules)


def _slot(edges: Sequence[float], value: float) -> int:
    return max(sum(edge <= value for edge in edges[:-1]) - 1, 0)


def _middle(word: Word) -> float:
    return (word.x0 + word.x1) / 2


def _height(word: Word) -> float:
    return word.base - 0.3 * word.font.size


def _lines(words: Sequence[Word]) -> Cell:
    return tuple(_text(join_words(row)) for row in rows_of(words))


def _text(piece: Piece) -> str:
    return " ".join(piece.text.split())
