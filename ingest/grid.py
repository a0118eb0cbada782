"""Tables of plain text whose layout is still there: cells parted by bars, by tabs or by columns of spaces."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from core.records import Span
from ingest.hyphens import Vocabulary, join_lines
from ingest.lines import Line
from ingest.tables import UNFINISHED
from ingest.tabs import even_rows
from ingest.transcription import Rows

__all__ = ["Grid", "read_grid", "unboxed"]

_RULE = re.compile(r"[\s|+:=_-]*[-=_+]{2,}[\s|+:=_-]*$")  # a line that only draws
_WIDE = re.compile(r" {3,}")
_PIECE = re.compile(r"\S+(?: {1,2}\S+)*")  # what stands between wide gaps
_ASKEW = 1  # positions by which a cell may stand beside its column
_BOXES = dict.fromkeys(range(0x2500, 0x2580), "+") | str.maketrans("│┃║╎╏┆┇┊┋─━═╌╍┄┅┈┉", 9 * "|" + 9 * "-")
_FIGURES = re.compile(r"[-–−+~<>(]?\d|[-–—]$")


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
    lines = unboxed(lines)
    drawn = _named_once([line for line in lines if not _RULE.match(line.text)])
    if len(drawn) < 2:
        return None
    if rows := even_rows([line.cells for line in drawn]):
        return Grid(rows, tuple(drawn), _without_first(rows))
    # Three rules frame the names and the whole; more part every row from the next.
    boxed = sum(line.text.startswith("+") and bool(_RULE.match(line.text)) for line in lines) > 3
    if all(line.text.count("|") > 1 or line.text.strip("|").count("|") for line in drawn):
        return _barred(lines, boxed=boxed)
    return _spaced(drawn) or _parted(drawn)


def unboxed(lines: Sequence[Line]) -> list[Line]:
    """Return lines with the signs that draw boxes as the bars, dashes and crosses that typewriters draw them with."""
    return [line if line.text.isascii() else replace(line, text=line.text.translate(_BOXES)) for line in lines]


def _named_once(lines: Sequence[Line]) -> list[Line]:
    """The lines of a table without the names of its columns where a new page sets them again."""
    names, kept = [line.text.split() for line in lines], list[Line]()
    at = 0
    while at < len(lines):
        again = 0
        while 2 < at + again < len(lines) and again < at and names[at + again] == names[again]:
            again += 1
        if again > 1 or (again and _names(names[0])):
            at += again
        else:
            kept.append(lines[at])
            at += 1
    return kept


def _names(words: Sequence[str]) -> bool:
    """Say whether a line may hold the names of columns: it has no figure."""
    return not any(ch.isdigit() for word in words for ch in word)


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
    """Columns of spaces, two or more wide, that run down all lines."""
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
    return _gathered(lines, cut)


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
    """Wide gaps between cells that do not stand quite under each other: the fullest lines tell where columns begin."""
    pieces = [[(line.indent + m.start(), m.group()) for m in _PIECE.finditer(line.text)] for line in lines]
    most = max(map(len, pieces))
    full = [[start for start, _ in row] for row in pieces if len(row) == most]
    if most < 2 or len(full) < 2:
        return None
    columns = [(min(starts), max(starts)) for starts in zip(*full, strict=True)]
    cut = []
    for row in pieces:
        cells = [text for _, text in row] if len(row) == most else _placed(row, columns)
        if not cells:
            return None
        cut.append(cells)
    return _gathered(lines, cut)


def _placed(row: Sequence[tuple[int, str]], columns: Sequence[Span]) -> list[str]:
    """The cells of a line that has some: each in the column that begins there, or nothing where one stands between."""
    cells = [""] * len(columns)
    for start, text in row:
        at = [i for i, (first, last) in enumerate(columns) if first - _ASKEW <= start <= last + _ASKEW]
        if len(at) != 1 or cells[at[0]]:
            return []
        if " " in text and any(start < last < start + len(text) for _, last in columns[at[0] + 1 :]):
            return []  # words across columns; a long one alone may push the next cell aside
        cells[at[0]] = text
    return cells


def _gathered(lines: Sequence[Line], cut: Sequence[Sequence[str]]) -> Grid | None:
    """The rows that the lines of a table, cut into cells, amount to: a cell too long for its column goes on below."""
    widths = [max(map(len, column)) for column in zip(*cut, strict=True)]
    grouped, headed = _is_grouped(cut), False
    # Of a row's cells at most half wrap, or none but the first where no line tells that others do.
    unsigned = 1 if grouped or all(cells[0] for cells in cut) else len(cut[0]) // 2
    rows: list[Sequence[str]] = []
    begins: list[Line] = []
    above: Sequence[str] = ()  # the last lines of the row's cells
    for line, cells in zip(lines, cut, strict=True):
        named = len(rows) > 1  # else the names of the columns are being read
        if not rows:
            goes_on = False
        elif not cells[0]:
            goes_on = not named or not (grouped or (_is_row(cells[1:]) and not _wraps(above, cells, widths)))
        else:
            goes_on = _row_goes_on(rows, above, cells, widths, 0 if headed else unsigned)
        if goes_on:
            rows[-1] = _grown(rows[-1], cells)
            above = [cell or before for cell, before in zip(cells, above, strict=True)]
            continue
        # A line under the names that has a first cell alone heads a group of rows, as others will.
        headed = headed or (len(rows) == 1 and not any(cells[1:]))
        rows.append(cells)
        begins.append(line)
        above = cells
    for _ in range(_name_rows(rows) - 1):
        rows[:2] = [_grown(rows[0], rows[1])]
        del begins[1]
    grid = _even(rows, begins)
    return replace(grid, merged=_without_first(rows)) if grid else None


def _without_first(rows: Sequence[Sequence[str]]) -> frozenset[tuple[int, int]]:
    """The first cells that are empty under another: the one above spans them."""
    return frozenset((i, 0) for i, cells in enumerate(rows) if i and not cells[0])


def _row_goes_on(
    rows: Sequence[Sequence[str]], above: Sequence[str], cells: Sequence[str], widths: Sequence[int], unsigned: int
) -> bool:
    """Say whether a line with a first cell goes on with the last of some rows: it has little to say, and more of it.

    Where the words give no sign of it, it has `unsigned` cells at most, and nothing in it had room above.
    """
    filled = sum(map(bool, cells))
    if UNFINISHED.search(above[0]) or (rows[-1][0][:1].isupper() and not cells[0][0].isupper()):
        few = 2 * filled <= len(cells) or (filled < len(cells) and len(rows) > 1)
        return few and _wraps(above, cells, [0] * len(widths))
    return filled <= unsigned and len(rows) > 1 and _wraps(above, cells, widths)


def _is_grouped(cut: Sequence[Sequence[str]]) -> bool:
    """Say whether all lines without a first cell, behind those of the names, are rows under a merged one."""
    first = next((i for i, cells in enumerate(cut) if i and cells[0]), 0)
    open_rows = [cells[1:] for cells in cut[first:] if not cells[0]]
    return bool(open_rows) and all(map(_is_row, open_rows))


def _is_row(cells: Sequence[str]) -> bool:
    """Say whether the cells behind a first one that is empty are a row's: they are full, and begin as rows do."""
    return all(cells) and not cells[0][0].islower()


def _wraps(above: Sequence[str], cells: Sequence[str], widths: Sequence[int]) -> bool:
    """Say whether each cell of a line may go on with the one above, behind which its first word has no room."""
    pairs = zip(above, cells, widths, strict=True)
    return all(_goes_on(before, cell, width) for before, cell, width in pairs if cell)


def _goes_on(before: str, cell: str, width: int) -> bool:
    if not before or (_FIGURES.match(cell) and not UNFINISHED.search(before)):
        return False
    return before.endswith("-") or len(before) + 1 + len(cell.split(maxsplit=1)[0]) > width


def _name_rows(rows: Sequence[Sequence[str]]) -> int:
    """How many of the first rows are the names of the columns: those over figures that are none themselves.

    One column of figures tells where the first row leaves the first column out, as names set at the foot do; else two.
    """
    for count in (3, 2):
        if len(rows) <= count + 1:
            continue
        columns = [column[1:] for column in list(zip(*rows, strict=True))[1:]]
        over = [column[: count - 1] for column in columns if all(map(_FIGURES.match, column[count - 1 :]))]
        least = 1 if not rows[0][0] and all(rows[count - 1]) else 2
        names = list(zip(*over, strict=True))
        if names and all(sum(map(bool, row)) >= least and not any(map(_FIGURES.match, row)) for row in names):
            return count
    return 1


def _grown(row: Sequence[str], more: Sequence[str]) -> list[str]:
    """A row with the next line of its cells; words broken at the ends of lines are whole again."""
    pairs = ([text for text in pair if text] for pair in zip(row, more, strict=True))
    return [join_lines(pair, Vocabulary(()))[0] for pair in pairs]


def _even(rows: Sequence[Sequence[str]], begins: Sequence[Line]) -> Grid | None:
    widths = {len(row) for row in rows}
    if len(rows) < 2 or len(widths) != 1 or widths == {1}:
        return None
    return Grid(tuple(tuple(re.sub(r" {2,}", " ", cell) for cell in row) for row in rows), tuple(begins))
