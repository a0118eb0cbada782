"""Walk a tree of HTML in reading order, and part its text into headings, paragraphs, notes and tables."""

import re
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from core.records import Page
from ingest.lines import Chunk, Line
from ingest.markup.anchors import Anchors
from ingest.markup.grid import Grid, is_grid, names_its_rows, read_grid
from ingest.markup.inline import Inline, page_of
from ingest.markup.stack import Stack
from ingest.markup.tree import HEADINGS, KIND, LINE, SILENT, classes, is_block, roles, words
from ingest.parts import Dropped, Kind, Part

if TYPE_CHECKING:
    from lxml.etree import _Element

__all__ = ["Flow"]

_SYMBOL = re.compile(r"[^\w\s]{1,2}$")
_NAMES = frozenset({"author", "authors", "byline", "by-line"})
_BYLINES = _NAMES | {"subtitle", "date", "dateline"}
_ITEMS = frozenset({"li", "dt", "dd"})
_LONGEST = 200  # characters that a report shows of a script: its text was never the page's


@dataclass(slots=True)
class Flow:
    """What was read of a tree so far.

    `left_out` are the elements that are no part of the text, each with why; `pages` the pages that begin at elements,
    where a list beside the text says so; `page` is the page that the walk stands on. `numbered` says that the tree
    gives the lines of its file, else each block of text is one. `bylines` are the numbers of the lines that the page
    says go on with the title, each with whether it names authors.
    """

    anchors: Anchors
    left_out: dict["_Element", str]
    pages: dict["_Element", Page] = field(default_factory=dict)
    page: Page | None = None
    numbered: bool = False
    stack: Stack = field(default_factory=Stack)
    lines: list[str] = field(default_factory=list)
    dropped: list[Dropped] = field(default_factory=list)
    bylines: dict[int, bool] = field(default_factory=dict)
    _line: int = 1
    _text: Inline = field(default_factory=Inline)
    _begun: Page | None = None
    _broken_at: int = -1
    _note: "_Element | None" = None
    _byline: "_Element | None" = None
    _quotes: int = 0  # block quotations that are open
    _items: int = 0  # items of lists that are open
    _rows: set["_Element"] = field(default_factory=set)
    _marks: dict["_Element", tuple[Inline, tuple[int, int]]] = field(default_factory=dict)

    def read(self, root: "_Element") -> None:
        """Read a tree to its end."""
        from lxml import etree

        self._begun = self.page
        whole = None
        walk = etree.iterwalk(root, events=("start", "end"))
        for event, element in walk:
            if event == "start":
                if self._skips(element, self._text) or self._reads_whole(element):
                    whole = element
                    walk.skip_subtree()
                else:
                    self._open(element)
                continue
            if element is whole:
                whole = None
            else:
                self._close(element)
            if element is not root:
                self._text.add(element.tail)
        self._flush()

    def _open(self, element: "_Element") -> None:
        if is_block(element):
            self._flush()
        self._quotes += element.tag == "blockquote"
        self._items += element.tag in _ITEMS
        if self._byline is None and classes(element) & _BYLINES:
            self._byline = element
        if element in self.anchors.notes and self._note is None:
            self._flush()
            self._note = element
        self._find_line(element)
        if element.tag == "br":
            self._break_line()
        if element in self.anchors.marks:
            self._marks[element] = self._text, self._text.place()
        self._text.add(element.text)

    def _close(self, element: "_Element") -> None:
        text, place = self._marks.pop(element, (None, (0, 0)))
        if text is self._text:
            text.mark(place)
        if is_block(element) or element is self._note:
            self._flush()
        self._quotes -= element.tag == "blockquote"
        self._items -= element.tag in _ITEMS
        if element is self._note:
            self._note = None
        if element is self._byline:
            self._byline = None

    def _break_line(self) -> None:
        """A line's end is a space; two in a row, as old pages have them, end a paragraph."""
        self._text.add(" ")
        if self._text.length and self._text.length == self._broken_at:
            self._flush()
        self._broken_at = self._text.length

    def _find_line(self, element: "_Element") -> None:
        if self.numbered and not self._text.length and (said := element.get(LINE) or "").isdigit():
            self._line = int(said)

    def _skips(self, element: "_Element", text: Inline) -> bool:
        """Turn the page where one begins; say whether an element is no part of the text."""
        typed = page_of(element)
        page = self.pages.get(element, typed)
        if typed is not None:
            self._drop(element, "page number")
        if page is not None:
            self.page = page
            text.pages.append((text.length, page))
        if typed is not None:
            return True
        why = "back link" if element in self.anchors.backs else self.left_out.get(element, "")
        if not why and element.tag == "a" and _is_permalink(element):
            why = "link to this heading"
        if why:
            self._drop(element, why)
        return bool(why)

    def _reads_whole(self, element: "_Element") -> bool:
        """Read a heading, caption or table of data; say whether it was one."""
        level = HEADINGS.get(element.tag, 0)
        if not level and "heading" in roles(element):
            said = element.get("aria-level") or ""
            level = int(said) if said in set("123456") else 2
        kind = element.get(KIND)
        if level or kind in (Kind.FRONT, Kind.CAPTION):
            self._flush()
            self._find_line(element)
            lines = self._flat(element)
            if lines:
                front = kind == Kind.FRONT or "author" in classes(element)  # DocBook sets the names as headings
                part_kind = Kind.FRONT if front else Kind.HEADING if level else Kind.PROSE
                part = Part(part_kind, Chunk(lines, after_blank=True, after_break=False), level)
                self.stack.add(part, caption=kind == Kind.CAPTION)
            return True
        if element.tag == "figcaption" and _figures_table(element):
            self._flush()
            if lines := self._flat(element):
                self.stack.add(Part(Kind.PROSE, Chunk(lines, after_blank=True, after_break=False)), caption=True)
            return True
        if element in self._rows:
            self._flush()
            if lines := self._flat(element):
                self.stack.add(Part(Kind.PROSE, Chunk(lines, after_blank=True, after_break=False)))
            return True
        if element.tag != "table" or not is_grid(element, self.anchors.notes):
            return False
        if names_its_rows(element):
            self._rows.update(element.iter("tr"))
            return False
        return self._reads_table(element)

    def _reads_table(self, table: "_Element") -> bool:
        """Read a table of data; say whether it was one after all."""
        self._flush()
        self._find_line(table)
        before = len(self.lines), len(self.dropped), self.page
        pages: dict[_Element, Page | None] = {}

        def text(cell: "_Element") -> Line:
            row = cell.getparent()
            pages.setdefault(row if row is not None else cell, self.page)
            return self._inline(cell).whole()

        grid = read_grid(table, text, captioned=self.stack.has_caption)
        if grid is None:
            del self.lines[before[0] :], self.dropped[before[1] :]
            self.page = before[2]
            return False
        self._add_table(table, grid, pages)
        self._begun = self.page
        return True

    def _add_table(self, table: "_Element", grid: Grid, pages: dict["_Element", Page | None]) -> None:
        caption = table.find("caption") if grid.title is None else grid.title
        if caption is not None and (lines := self._flat(caption)):
            self.stack.add(Part(Kind.CAPTION, Chunk(lines, after_blank=True, after_break=False)), caption=True)
        rows = []
        for cells, element in zip(grid.rows, grid.elements, strict=True):
            self._find_line(element)
            row = Line.of_cells(cells, "\t", page=pages.get(element))
            rows.append(replace(row, number=self._number(row.text)))
        texts = tuple(tuple(cell.text for cell in cells) for cells in grid.rows)
        self.stack.add_table(
            Part(Kind.CELL, Chunk(tuple(rows), after_blank=True, after_break=False), rows=texts, merged=grid.merged)
        )
        for element in grid.under:
            if lines := self._flat(element):
                self.stack.add(Part(Kind.PROSE, Chunk(lines, after_blank=True, after_break=False)), foot=True)

    def _flat(self, element: "_Element") -> tuple[Line, ...]:
        """An element's text as the lines of one block."""
        page = self.page
        inline = self._inline(element)
        self._begun = self.page
        return inline.lines(self._number(inline.text), page) if inline.text else ()

    def _inline(self, root: "_Element") -> Inline:
        """An element's text in one piece, its blocks parted by spaces."""
        from lxml import etree

        text = Inline()
        if not len(root):
            text.add(root.text)
            return text
        starts: dict[_Element, tuple[int, int]] = {}
        skipped = None
        walk = etree.iterwalk(root, events=("start", "end"))
        for event, element in walk:
            if element is not root and (is_block(element) or element.tag == "br"):
                text.add(" ")
            if event == "start":
                if self._skips(element, text):
                    skipped = element
                    walk.skip_subtree()
                    continue
                if element in self.anchors.marks:
                    starts[element] = text.place()
                text.add(element.text)
                continue
            if element in starts and element is not skipped:
                text.mark(starts[element])
            if element is not root:
                text.add(element.tail)
        return text

    def _flush(self) -> None:
        """End the block that is being read."""
        text, page = self._text, self._begun
        self._text, self._begun, self._broken_at = Inline(), self.page, -1
        if not text.text:
            return
        lines = text.lines(self._number(text.text), page)
        if self._byline is not None and lines:
            self.bylines[lines[0].number] = bool(classes(self._byline) & _NAMES)
        kind = Kind.PROSE if self._note is None else Kind.NOTE
        label = "" if self._note is None else self.anchors.notes[self._note]
        quoted = bool(self._quotes) and kind is Kind.PROSE
        depth = self._items if kind is Kind.PROSE else 0
        chunk = Chunk(lines, after_blank=True, after_break=False)
        self.stack.add(Part(kind, chunk, depth, label=label, quoted=quoted))

    def _number(self, text: str) -> int:
        """The number of the line that holds a text."""
        if self.numbered:
            return self._line
        self.lines.append(text)
        return len(self.lines)

    def _drop(self, element: "_Element", why: str) -> None:
        text = words(element)
        if text and element.tag != "head":
            text = text[:_LONGEST] if element.tag in SILENT else text
            self.dropped.append(Dropped(self._number(text), self.page, text, why))


def _figures_table(caption: "_Element") -> bool:
    figure = next(caption.iterancestors("figure"), None)
    return figure is not None and figure.find(".//table") is not None


def _is_permalink(link: "_Element") -> bool:
    """Say whether a link only offers the address of the heading that it stands in."""
    if "#" not in (link.get("href") or "") or not _SYMBOL.match(words(link)):
        return False
    return any(element.tag in HEADINGS for element in link.iterancestors())
