"""Find the tables without rules around their cells in a column of a PDF page: between rules, or at a caption."""

from collections.abc import Iterator, Sequence
from itertools import pairwise

from ingest.layout import CAPTION, FOOTNOTE, SOURCE
from ingest.pdf.grid import Row, read_grid
from ingest.pdf.pieces import Piece, piece_rows
from ingest.pdf.rules import Rule
from ingest.pdf.tables import TableBox

__all__ = ["find_open_tables", "is_caption_row", "tables_between_rules"]

_SAME = 8.0  # points: the rules of one table begin and end together
_LEAST = 60.0  # points: a shorter rule stands over notes
_CAPTION_LINES = 4
_BARE = 4  # rows at least, where only the columns tell of a table
_PROSE = 0.7  # of the measure: a line without gaps this wide is running text

Found = tuple[int, int, TableBox]  # the rows from, up to, and the table they are


def find_open_tables(rows: Sequence[Row], *, captioned: bool = False) -> list[Found]:
    """Return the tables among the rows of a column, told by captions or columns, from the top down.

    `captioned` says that the column before ends with a caption, so that this one may begin with its table.
    """
    if not rows:
        return []
    width = max(p.x1 for r in rows for p in r) - min(r[0].x0 for r in rows)
    first = _grow(rows, range(len(rows)), width) if captioned else None
    found: list[Found] = [first] if first else []
    for table in (*_at_captions(rows, width), *_bare(rows)):
        if all(table[1] <= begin or end <= table[0] for begin, end, _ in found):
            found.append(table)
    return sorted(found, key=lambda f: f[0])


def tables_between_rules(found: Sequence[Piece], rules: Sequence[Rule]) -> tuple[list[TableBox], list[Piece]]:
    """Return the tables between rules of one length (two with a caption near, else three), and the other pieces.

    Args:
        found: the pieces of a page.
        rules: that run across the page.
    """
    tables: list[TableBox] = []
    rest = list(found)
    for chain in _chains(found, [rule for rule in rules if rule.length >= _LEAST]):
        first, last = chain[0], chain[-1]
        beside = [p for p in rest if p.x0 >= first.start - _SAME and p.x1 <= first.end + _SAME]
        inside = [p for p in beside if first.at < p.base <= last.at + 1]
        inside += _names_above(beside, first)
        reach = 3.5 * max((p.font.size for p in inside), default=0.0)
        near = [p for p in beside if first.at - reach < p.base < first.at or last.at < p.base < last.at + reach]
        if len(chain) < 3 and not any(is_caption_row(row) for row in piece_rows(near)):
            continue
        table = read_grid(piece_rows(inside), chain)
        if table:
            tables.append(table)
            taken = {id(p) for p in inside}
            rest = [p for p in rest if id(p) not in taken]
    return tables, rest


def _names_above(beside: Sequence[Piece], first: Rule) -> list[Piece]:
    """Return the names of columns that stand right above a table's first rule."""
    rows = piece_rows([p for p in beside if first.at - 2.2 * p.font.size < p.base <= first.at])
    row = rows[-1] if rows else []
    return row if len(row) > 1 and not is_caption_row(row) else []


def _chains(found: Sequence[Piece], rules: Sequence[Rule]) -> Iterator[list[Rule]]:
    """Yield the runs of rules that begin and end together, without running text between."""
    used: set[int] = set()
    for i, first in enumerate(rules):
        if i in used:
            continue
        chain = [first]
        for j in range(i + 1, len(rules)):
            rule = rules[j]
            same = abs(rule.start - first.start) <= _SAME and abs(rule.end - first.end) <= _SAME
            if not same:
                continue
            inside = [p for p in found if chain[-1].at < p.base <= rule.at + 1]
            within = [p for p in inside if p.x0 >= first.start - _SAME and p.x1 <= first.end + _SAME]
            if _are_prose(piece_rows(within), first.length):
                break
            chain.append(rule)
            used.add(j)
        if len(chain) > 1:
            yield chain


def _are_prose(rows: Sequence[Row], width: float) -> bool:
    if any(is_caption_row(row) for row in rows):
        return True
    full = sum(len(row) == 1 and row[0].x1 - row[0].x0 > _PROSE * width for row in rows)
    return full > 0.5 * len(rows)


def _at_captions(rows: Sequence[Row], width: float) -> Iterator[Found]:
    """Yield the tables under or over captions."""
    for at, row in enumerate(rows):
        if not is_caption_row(row):
            continue
        begin = next((i for i in range(at + 1, min(at + 1 + _CAPTION_LINES, len(rows))) if len(rows[i]) > 1), None)
        below = _grow(rows, range(begin, len(rows)), width) if begin is not None else None
        above = None if below else _grow(rows, range(at - 1, -1, -1), width)
        if below or above:
            yield below or above  # type: ignore[misc]


def _grow(rows: Sequence[Row], order: range, width: float) -> Found | None:
    """Return the table that begins with the first of the rows in `order` and takes in all that keep its columns."""
    taken: list[int] = []
    best: Found | None = None
    for i in order:
        row = rows[i]
        text = " ".join(piece.text for piece in row)
        wide = len(row) == 1 and row[0].x1 - row[0].x0 > _PROSE * width
        size = row[0].font.size
        reach = (3.5 if len(row) > 1 or _leads_on(rows, i, order.step) else 2.0) * size
        before = rows[taken[-1]][0] if taken else row[0]
        far = abs(row[0].base - before.base) > reach or abs(before.font.size - size) > 0.15 * size
        if SOURCE.match(text) or _is_justified(row) or FOOTNOTE.match(text) or is_caption_row(row) or wide or far:
            break
        taken.append(i)
        begin, end = min(taken), max(taken) + 1
        table = read_grid(rows[begin:end])
        columns = len(best[2].rows[0]) if best else 2
        if table and len(table.rows[0]) >= columns:
            best = begin, end, table
        elif len(taken) > 2 and len(row) > 1:
            break
    return best


def _leads_on(rows: Sequence[Row], i: int, step: int) -> bool:
    """Say whether a lone piece is a line of a cell whose row's other cells stand in the middle of it."""
    j = i + step
    return 0 <= j < len(rows) and len(rows[j]) > 1 and abs(rows[j][0].base - rows[i][0].base) < rows[i][0].font.size


def _bare(rows: Sequence[Row]) -> Iterator[Found]:
    """Yield the runs of rows that have three columns or more, with neither rules nor a caption."""
    begin = 0
    while begin < len(rows):
        end = begin
        while end < len(rows) and len(rows[end]) >= 3 and not (_has_leaders(rows[end]) or _is_justified(rows[end])):
            end += 1
        table = read_grid(rows[begin:end]) if end - begin >= _BARE else None
        if table and len(table.rows[0]) >= 3 and sum(len(row) for row in rows[begin:end]) <= _cells(table):
            yield begin, end, table
        begin = max(end, begin + 1)


def _cells(table: TableBox) -> int:
    """How many cells a table has that are filled, each line of one counted."""
    return sum(len(cell) for row in table.rows for cell in row)


def _is_justified(row: Row) -> bool:
    """Say whether a row is a line of text stretched to its measure: its gaps are all alike."""
    gaps = [b.x0 - a.x1 for a, b in pairwise(row)]
    return len(gaps) > 1 and max(gaps) - min(gaps) < 0.1 * max(gaps) + 0.3


def _has_leaders(row: Row) -> bool:
    return any(set(piece.text) <= set(". ·…_") or ". . ." in piece.text or "...." in piece.text for piece in row)


def is_caption_row(row: Row) -> bool:
    """Say whether a row of pieces begins a table's caption."""
    match = CAPTION.match(" ".join(piece.text for piece in row))
    return bool(match and (match.group("stop") or not row[-1].text.endswith(".")))
