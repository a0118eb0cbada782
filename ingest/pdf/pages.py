"""Lay out the pages of a PDF file: without their furniture, in reading order, as blocks of numbered lines."""

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, field, replace
from itertools import chain, count

from core.records import Page
from ingest.layout import ends_sentence
from ingest.paging import printed_pages, to_roman
from ingest.parts import Dropped
from ingest.pdf.columns import columns
from ingest.pdf.floats import Float, floats
from ingest.pdf.flow import Block, Measure, TextLine, measure, paragraphs
from ingest.pdf.furniture import EdgeLine, find_furniture, numbers_in
from ingest.pdf.headings import is_caption
from ingest.pdf.notes import cut_notes, marked_numbers, notes_begin
from ingest.pdf.open_tables import find_open_tables, tables_between_rules
from ingest.pdf.pieces import Piece, body_font, join_pieces, piece_rows, steadied, steady_size
from ingest.pdf.rules import Rule
from ingest.pdf.tables import TableBox
from ingest.pdf.words import Font

__all__ = ["Layout", "PageScan", "lay_out"]

_RECENT = 40  # columns whose measure a short one may have


@dataclass(frozen=True, slots=True)
class PageScan:
    """What was read of a page: pieces of lines, tables that rules show, rules across, and lines set sideways.

    `label` is the page's label in the file, `height` in points; `garbled` the share of its characters that are none.
    """

    pieces: tuple[Piece, ...]
    tables: tuple[TableBox, ...]
    rules: tuple[Rule, ...]
    sideways: tuple[str, ...]
    height: float
    label: str
    garbled: float


@dataclass(slots=True)
class Layout:
    """A file laid out: its blocks in reading order, its lines, what was left out, and each page's number."""

    body: Font
    pages: list[Page]
    blocks: list[Block] = field(default_factory=list)
    lines: list[str] = field(default_factory=list)
    dropped: list[Dropped] = field(default_factory=list)
    measures: list[Measure] = field(default_factory=list)
    gutters: list[float] = field(default_factory=list)
    note: Block | None = None  # the last so far

    def number(self, text: str) -> int:
        """Add a line, and return its number from 1."""
        self.lines.append(text)
        return len(self.lines)

    def drop(self, page: int, text: str, why: str) -> None:
        """Add a line that is left out of the text."""
        self.dropped.append(Dropped(self.number(text), self.pages[page], text, why))

    def drop_line(self, line: TextLine, why: str) -> None:
        """Leave a line out that was added as text."""
        self.dropped.append(Dropped(line.number, self.pages[line.page], line.text, why))


def lay_out(scans: Sequence[PageScan]) -> Layout:
    """Return the pages of a file laid out."""
    size = steady_size(piece for scan in scans for piece in scan.pieces)
    if size:
        scans = [replace(scan, pieces=tuple(steadied(piece, size) for piece in scan.pieces)) for scan in scans]
    body = body_font(piece for scan in scans for piece in scan.pieces)
    rows = [piece_rows(scan.pieces) for scan in scans]
    edges = [[_edge(row) for row in page] for page in rows]
    found = {(f.page, f.line): f.why for f in find_furniture(edges, [s.height for s in scans], body.size)}
    texts: list[list[str]] = [[] for _ in scans]
    for page, line in found:
        texts[page].append(edges[page][line].text)
    for page, i in _lone_numbers(edges, found, _printed(texts)):
        found[page, i] = "page number"
        texts[page].append(edges[page][i].text)
    layout = Layout(body, _page_numbers(texts, [scan.label for scan in scans]))
    for page, scan in enumerate(scans):
        feet = []
        kept: list[Piece] = []
        for i, row in enumerate(rows[page]):
            why = found.get((page, i))
            if why is None:
                kept += row
            elif row[0].base < scan.height / 2:
                layout.drop(page, edges[page][i].text, why)
            else:
                feet.append((edges[page][i].text, why))
        _lay_out_page(layout, page, scan, kept)
        for text, why in feet:
            layout.drop(page, text, why)
        for text in scan.sideways:
            layout.drop(page, text, "text set sideways")
    return layout


def _lay_out_page(layout: Layout, page: int, scan: PageScan, kept: Sequence[Piece]) -> None:
    between, loose = tables_between_rules(kept, scan.rules)
    held, loose = floats([*scan.tables, *between], loose)
    boxes: list[Piece | Float] = [*loose, *held]
    notes: list[Block] = []
    flows = columns(boxes, layout.body.size, layout.gutters) if boxes else []
    marked: frozenset[str] = frozenset()
    for flow in flows:
        last = next((block for block in reversed(layout.blocks) if not block.label), None)
        elements = _elements(flow, captioned=bool(last and not last.table and is_caption(last)))
        elements = [_as_line(layout, box) if i or _is_line(layout, box) else box for i, box in enumerate(elements)]
        texts = [box for box in elements if isinstance(box, Piece)]
        column = measure(texts, layout.measures[-_RECENT:]) if texts else Measure(0, 0)
        if len(texts) >= 5:
            layout.measures.append(column)
        going_on = layout.note is not None and not ends_sentence(layout.note.text)
        blocks, foot = _blocks(layout, page, elements, column, (scan.rules, marked, going_on))
        marked |= marked_numbers([line for block in blocks for line in block.lines])
        layout.blocks += blocks
        notes += foot
        layout.note = foot[-1] if foot else layout.note
    layout.blocks += notes


def _elements(flow: Sequence[Piece | Float], *, captioned: bool) -> list[Piece | TableBox]:
    """Return the lines and tables of a column, from the top down."""
    flat = [box for box in flow if isinstance(box, Piece)]
    elements: list[Piece | TableBox] = []
    for held in flow:
        if isinstance(held, Float):
            elements += [box for box in held.boxes if isinstance(box, TableBox)]
            flat += [box for box in held.boxes if isinstance(box, Piece)]
    rows = piece_rows(flat)
    open_tables = find_open_tables(rows, captioned=captioned)
    taken = {i for begin, end, _ in open_tables for i in range(begin, end)}
    elements += [table for _, _, table in open_tables]
    elements += [join_pieces(row) for i, row in enumerate(rows) if i not in taken]
    return sorted(elements, key=lambda box: box.bottom)


def _blocks(
    layout: Layout,
    page: int,
    elements: Sequence[Piece | TableBox],
    column: Measure,
    hints: tuple[Sequence[Rule], frozenset[str], bool],
) -> tuple[list[Block], list[Block]]:
    """Return the blocks of a column, and the notes at its foot."""
    blocks: list[Block] = []
    lines: list[TextLine] = []
    begun = False
    for element in elements:
        if isinstance(element, Piece):
            lines.append(TextLine(element, page, layout.number(element.text), column))
            continue
        blocks += _runs(lines, begun=begun)
        begun = begun or bool(lines)
        rows = tuple(_row_line(layout, page, element, i, column) for i in range(len(element.rows)))
        blocks.append(Block(rows, turn=not begun, gap=True, table=element))
        begun, lines = True, []
    rules, marked, going_on = hints
    marked |= marked_numbers(lines) | marked_numbers([line for block in blocks for line in block.lines])
    foot = notes_begin(lines, layout.body.size, rules, marked, going_on=going_on)
    blocks += _runs(lines[:foot], begun=begun)
    return blocks, list(cut_notes(lines[foot:]))


def _runs(lines: Sequence[TextLine], *, begun: bool) -> list[Block]:
    """Return the paragraphs of lines; those behind a table begin no column."""
    found = list(paragraphs(lines))
    if found and begun:
        first = found[0]
        found[0] = Block(first.lines, turn=False, gap=True, indented=first.indented, hanging=first.hanging)
    return found


def _is_line(layout: Layout, box: Piece | TableBox) -> bool:
    """Say whether a box is a ruled row by itself: no table, unless it ends one that the column before began."""
    if isinstance(box, Piece) or len(box.rows) > 1:
        return False
    last = next((block for block in reversed(layout.blocks) if not block.label), None)
    return not (last and last.table and len(last.table.rows[0]) == len(box.rows[0]))


def _as_line(layout: Layout, box: Piece | TableBox) -> Piece | TableBox:
    """A row by itself as a line of text."""
    if isinstance(box, Piece) or len(box.rows) > 1:
        return box
    text = " ".join(line for cell in box.rows[0] for line in cell)
    return Piece(text, box.x0, box.x1, box.bottom, layout.body)


def _row_line(layout: Layout, page: int, table: TableBox, row: int, column: Measure) -> TextLine:
    text = "   ".join(" ".join(cell) for cell in table.rows[row] if cell)
    share = (row + 1) / len(table.rows)
    base = table.top + share * (table.bottom - table.top)
    piece = Piece(text, table.x0, table.x1, base, layout.body)
    return TextLine(piece, page, layout.number(text), column)


def _edge(row: Sequence[Piece]) -> EdgeLine:
    joined = join_pieces(row)
    return EdgeLine(joined.text, joined.base, joined.font.size)


def _page_numbers(texts: Sequence[Sequence[str]], labels: Sequence[str]) -> list[Page]:
    """Return the number of each page: printed, else the file's label for it, else its position from 1.

    A label or position that another page has is none: a cover before page 1 is 'i', as books count such leaves, or
    the next Roman number that is free.
    """
    printed = _printed(texts)
    taken = {number for number in printed if number is not None}
    numbers: list[Page] = []
    for position, (number, label) in enumerate(zip(printed, labels, strict=True), start=1):
        numbers.append(_free(label, position, taken) if number is None else number)
        taken.add(numbers[-1])
    return numbers


def _printed(texts: Sequence[Sequence[str]]) -> list[Page | None]:
    """The number printed on each page, by the furniture of all."""
    return printed_pages([list(numbers_in(lines)) for lines in texts])


def _lone_numbers(
    edges: Sequence[Sequence[EdgeLine]], found: Collection[tuple[int, int]], printed: Sequence[Page | None]
) -> Iterator[tuple[int, int]]:
    """Yield the outermost lines that are nothing but the number of their page, as the other pages tell it.

    The first page of a chapter mostly has its number at the foot, and no other page has it there.
    """
    for page, lines in enumerate(edges):
        left = [i for i in range(len(lines)) if (page, i) not in found]
        for i in {left[0], left[-1]} if left else ():
            if printed[page] is not None and lines[i].text.strip("–—-[] ") == str(printed[page]):
                yield page, i


def _free(label: str, position: int, taken: Collection[Page]) -> Page:
    """The number of a page without one: no other page has it."""
    said: list[Page] = [int(label) if label.isdecimal() else label] if label else []
    return next(page for page in chain(said, [position], map(to_roman, count(position))) if page not in taken)
