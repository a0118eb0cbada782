"""Read a table of HTML as rows of cells, and tell it from a table that only lays out a page."""

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from ingest.layout import ends_table
from ingest.lines import Line
from ingest.markup.tree import HEADINGS, roles, words

if TYPE_CHECKING:
    from lxml.etree import _Element

__all__ = ["Grid", "is_grid", "names_its_rows", "read_grid"]

_MOST_CELLS = 2_000_000  # of a table that spans have spread out; what is larger is read as running text
_EMPTY = Line("", 0, None)
_LONG = 80  # words; a cell of several paragraphs that are longer is a column of a page


@dataclass(frozen=True, slots=True)
class Grid:
    """A table: its cells under one row of names, the elements of its rows, and the lines set under or over it."""

    rows: tuple[tuple[Line, ...], ...]
    elements: tuple["_Element", ...]
    merged: frozenset[tuple[int, int]]
    title: "_Element | None" = None
    under: tuple["_Element", ...] = ()


@dataclass(frozen=True, slots=True)
class _Cell:
    """A cell at its place in the grid; `row` is that of the cell above when it only goes on here."""

    element: "_Element"
    row: int
    column: int
    rows: int
    columns: int


def is_grid(table: "_Element", notes: Collection["_Element"]) -> bool:
    """Say whether a table holds data: not one cell, one row, notes, other tables, or the blocks of a page."""
    if roles(table) & {"presentation", "none"}:
        return False
    inside = list(table.iterdescendants())
    if any(e.tag in ("table", "fieldset", "form") or e in notes for e in inside):
        return False
    rows = [element for element in inside if element.tag == "tr"]
    cells = [element for element in inside if element.tag in ("td", "th")]
    said = [cell for cell in cells if words(cell)]
    if len(rows) < 2 or len(cells) < 2 or not said:
        return False
    if len(said) == 2 and said[0].getparent() is not said[1].getparent() and said[1].tag == "td":
        return False  # a word set over a text, as boxes that say 'Note' are
    if any(e.tag in HEADINGS and next((a.tag for a in e.iterancestors("td", "th")), "td") == "td" for e in inside):
        return False
    if any(cell.tag == "th" for cell in cells) or table.find("caption") is not None or table.find("thead") is not None:
        return True
    if len(cells) == len(rows):
        return False
    return not any(len(cell.findall("p")) > 1 and len(words(cell).split()) > _LONG for cell in cells)


def names_its_rows(table: "_Element") -> bool:
    """Say whether a table has a name before each row and none over its columns, as boxes of facts have."""
    if table.find("thead") is not None:
        return False
    rows = [[cell.tag for cell in row.iterchildren("td", "th")] for row in table.iter("tr")]
    full = [tags for tags in rows if len(tags) > 1]
    return bool(full) and all(tags[0] == "th" and "th" not in tags[1:] for tags in full)


def read_grid(table: "_Element", text: Callable[["_Element"], Line], *, captioned: bool) -> Grid | None:
    """Return a table of data as a grid; None when its spans make it too large, or nothing stands under its names.

    Args:
        table: for which `is_grid` holds.
        text: what a cell says, on one line, with the markers of notes in it.
        captioned: whether a caption stands over it; else a first row of one cell is its title.
    """
    sections = _sections(table)
    elements = [row for section in sections.values() for row in section]
    places = _places(sections.values())
    if places is None:
        return None
    texts = {cell.element: text(cell.element) for row in places for cell in row.values()}
    shown = [i for i, row in enumerate(places) if any(c.row == i and texts[c.element].text for c in row.values())]
    if len(shown) < 2:
        return None
    title = None
    captioned = captioned or table.find("caption") is not None
    if len(shown) > 2 and not captioned and (only := _lone_cell(places[shown[0]])) is not None:
        title = only.element
        shown = shown[1:]
    under: list[_Element] = []
    foot = len(places) - len(sections["tfoot"])  # where it begins: a cell alone in it is a line, whatever it says
    while len(shown) > 2 and (last := _lone_cell(places[shown[-1]], foot=shown[-1] >= foot)) is not None:
        if shown[-1] < foot and not ends_table(texts[last.element].text):
            break
        under.insert(0, last.element)
        shown = shown[:-1]
    heads = _head_count([places[i] for i in shown], sum(i < len(sections["thead"]) for i in shown))
    columns = sorted({c.column for i in shown for c in places[i].values() if c.row == i and texts[c.element].text})
    if len(shown) <= heads or len(columns) * len(shown) > _MOST_CELLS:
        return None
    names, merged = _names([places[i] for i in shown[:heads]], shown, columns, texts)
    rows = [names]
    for i in shown[heads:]:
        cells = [places[i].get(column) for column in columns]
        owned = [c is not None and (c.row, c.column) == (i, at) for c, at in zip(cells, columns, strict=True)]
        rows.append(tuple(texts[c.element] if c and own else _EMPTY for c, own in zip(cells, owned, strict=True)))
        merged.update((len(rows) - 1, at) for at, c in enumerate(cells) if c and c.row < i and texts[c.element].text)
    stands = (elements[shown[0]], *(elements[i] for i in shown[heads:]))
    return Grid(tuple(rows), stands, frozenset(merged), title, tuple(under))


def _sections(table: "_Element") -> dict[str, list["_Element"]]:
    """The rows of a table as they show: its head first, its foot last."""
    sections: dict[str, list[_Element]] = {"thead": [], "tbody": [], "tfoot": []}
    for row in table.iterdescendants("tr"):
        around = next((e.tag for e in row.iterancestors("thead", "tbody", "tfoot", "table")), "tbody")
        sections[str(around) if around in sections else "tbody"].append(row)
    return sections


def _places(sections: Iterable[Sequence["_Element"]]) -> list[dict[int, _Cell]] | None:
    """The cell that covers each column, row by row; None when that is more than memory should hold."""
    places: list[dict[int, _Cell]] = []
    spread = 0
    for section in sections:
        top = len(places)
        places.extend({} for _ in section)
        for row, element in enumerate(section, start=top):
            column = 0
            for child in element.iterchildren("td", "th"):
                while column in places[row]:
                    column += 1
                down = min(_span(child, "rowspan") or len(places), len(places) - row)
                cell = _Cell(child, row, column, down, min(_span(child, "colspan") or 1, 1000))
                spread += cell.rows * cell.columns
                if spread > _MOST_CELLS:
                    return None
                for below in range(row, row + cell.rows):
                    for across in range(column, column + cell.columns):
                        places[below].setdefault(across, cell)
                column += cell.columns
    return places


def _span(cell: "_Element", name: str) -> int:
    """A cell's span; 0 for one that says it goes on to the end, 1 where it says nothing sensible."""
    said = (cell.get(name) or "1").strip()
    return int(said) if said.isascii() and said.isdigit() and len(said) < 7 else 1


def _lone_cell(row: Mapping[int, _Cell], *, foot: bool = False) -> _Cell | None:
    """The cell that spans a whole row of at least two columns, or in a table's foot stands alone in it."""
    cells = set(row.values())
    return next(iter(cells)) if len(cells) == 1 and (foot or len(row) > 1) else None


def _head_count(rows: Sequence[Mapping[int, _Cell]], said: int) -> int:
    """How many of the first rows name the columns, where the table's head has `said` rows."""
    if 0 < said < len(rows):
        return said
    leading = 0
    while leading < len(rows) - 1 and all(
        cell.element.tag == "th" or not words(cell.element) for cell in rows[leading].values()
    ):
        leading += 1
    first = rows[0].values()
    if not leading and any(cell.columns > 1 for cell in first) and any(cell.columns == 1 < cell.rows for cell in first):
        leading = min(max(cell.rows for cell in first), len(rows) - 1)
    return max(leading, 1)


def _names(
    heads: Sequence[Mapping[int, _Cell]],
    shown: Sequence[int],
    columns: Sequence[int],
    texts: Mapping["_Element", Line],
) -> tuple[tuple[Line, ...], set[tuple[int, int]]]:
    """The names of the columns, those of several rows joined, and where one from the left goes on over a column."""
    names: list[Line] = []
    merged: set[tuple[int, int]] = set()
    for at, column in enumerate(columns):
        cells = [(i, row[column]) for i, row in zip(shown, heads, strict=False) if column in row]
        own = [texts[cell.element] for i, cell in cells if (cell.row, cell.column) == (i, column)]
        names.append(Line.of_cells([name for name in own if name.text], " – "))
        if any(cell.column < column and texts[cell.element].text for _, cell in cells):
            merged.add((0, at))
    return tuple(names), merged
