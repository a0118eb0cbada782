"""A Document as HTML: all text escaped, each run of it carrying its offsets, so that any span can be marked."""

from collections.abc import Iterator
from html import escape

from core.records import Block, BlockKind, Document, NoteRef, Page, Span
from ingest import note_links

__all__ = ["SEPARATOR", "page_label", "place_label", "reader_html", "version_of"]

SEPARATOR = " › "


def place_label(section: tuple[str, ...], page: Page | None) -> str:
    """Return where something stands as people read it, 'SECTION › Part · p. 5'; empty when nothing is known."""
    return " · ".join(part for part in (SEPARATOR.join(section), page_label(page)) if part)


def page_label(page: Page | None) -> str:
    """Return 'p. 5', or nothing where the source has no pages."""
    return "" if page is None else f"p. {page}"


def version_of(document: Document) -> str:
    """Return what tells a document from another that took its place under the same id."""
    return document.content_hash[:12]


def reader_html(document: Document) -> str:
    """Return the whole document as one `<article>`.

    Each run of the clean text is `<span data-o="START" data-e="END">`, with nothing but that text inside; page and note
    markers stand between runs or around them. The runs together hold every character of the blocks but white space
    between a table's lines and cells.
    """
    writer = _Writer(document)
    body = "\n".join(writer.block(block) for block in document.blocks)
    return (
        f'<article class="ibid-document" data-document="{escape(document.id)}" data-version="{version_of(document)}" '
        f'aria-label="{escape(document.title)}">\n{body}\n</article>'
    )


class _Writer:
    """Writes blocks in order and deals out the page and note markers as their offsets come up."""

    def __init__(self, document: Document) -> None:
        self._document = document
        self._pages = sorted(document.page_marks)
        self._refs = sorted(document.note_refs, key=lambda ref: ref.start)
        self._links = note_links(document)
        self._keys = _note_keys(document)

    def block(self, block: Block) -> str:
        """Return one block."""
        place = f'data-section="{escape(SEPARATOR.join(block.section))}"'
        if block.kind is BlockKind.TABLE:
            return self._table(block, place)
        inner = "".join(self._inline(block.start, block.end))
        if block.kind is BlockKind.HEADING:
            level = min(block.level + 1, 6)
            return f'<h{level} class="ibid-block" {place}>{inner}</h{level}>'
        if block.kind is BlockKind.FRONT:
            tag = "h1" if self._document.text[block.start : block.end] == self._document.title else "p"
            return f'<{tag} class="ibid-block ibid-front" {place}>{inner}</{tag}>'
        if block.kind is BlockKind.NOTE:
            label, key = escape(block.label), escape(self._keys[block.start])
            back = (
                f'<a class="ibid-back" href="#" data-back="{key}" aria-label="Back to the text of note {label}">↩</a>'
            )
            return f'<p class="ibid-block ibid-note" data-note="{key}" {place} tabindex="-1">{inner} {back}</p>'
        return f'<p class="ibid-block" {place}>{inner}</p>'

    def _table(self, block: Block, place: str) -> str:
        first = block.lines[0][0] if block.lines else block.end
        caption = "".join(self._inline(block.start, self._stripped(block.start, first)))
        cells = len(block.columns)
        of_cells = [line for line in block.lines if cells and self._document.text.count("\t", *line) == cells - 1]
        table = "".join(self._row(line, "th" if line == of_cells[0] else "td") for line in of_cells)
        plain = [line for line in block.lines if line not in of_cells]
        rows = (f"<table>{table}</table>" if table else "") + "".join(
            f'<div class="ibid-row">{"".join(self._inline(*line))}</div>' for line in plain
        )
        name = escape(block.label or "Table")
        return (
            f'<figure class="ibid-block ibid-table" {place}>'
            + (f"<figcaption>{caption}</figcaption>" if caption else "")
            + f'<div class="ibid-rows" role="group" tabindex="0" aria-label="{name}">{rows}</div></figure>'
        )

    def _row(self, line: Span, tag: str) -> str:
        start, end = line
        cells = []
        for cell in self._document.text[start:end].split("\t"):
            scope = ' scope="col"' if tag == "th" else ""
            cells.append(f"<{tag}{scope}>{''.join(self._inline(start, start + len(cell)))}</{tag}>")
            start += len(cell) + 1
        return f"<tr>{''.join(cells)}</tr>"

    def _stripped(self, start: int, end: int) -> int:
        """The end of the text in a slice, white space at its end left off."""
        return start + len(self._document.text[start:end].rstrip())

    def _inline(self, start: int, end: int) -> Iterator[str]:
        """Yield a slice of the text with the markers that stand in it."""
        position = start
        while position < end:
            if self._pages and self._pages[0][0] <= position:
                yield _page_mark(self._pages.pop(0)[1])
                continue
            while self._refs and self._refs[0].start < position:
                self._refs.pop(0)
            ref = self._refs[0] if self._refs and self._refs[0].end <= end else None
            if ref and ref.start == position:
                yield self._note_mark(ref)
                position = ref.end
                continue
            stops = [end, *(offset for offset, _ in self._pages[:1]), *([ref.start] if ref else [])]
            stop = min(stops)
            yield self._run(position, stop)
            position = stop

    def _run(self, start: int, end: int) -> str:
        return f'<span data-o="{start}" data-e="{end}">{escape(self._document.text[start:end])}</span>'

    def _note_mark(self, ref: NoteRef) -> str:
        number, note = escape(ref.number), self._links.get(ref.start)
        key = escape(ref.number if note is None else self._keys[note])
        return (
            f'<sup><a class="ibid-noteref" href="#" data-ref="{key}" aria-label="Note {number}">'
            f"{self._run(ref.start, ref.end)}</a></sup>"
        )


def _note_keys(document: Document) -> dict[int, str]:
    """A name for each note, by where it begins: its number, and its place too where an earlier note has that number."""
    keys: dict[int, str] = {}
    for block in (block for block in document.blocks if block.kind is BlockKind.NOTE):
        keys[block.start] = f"{block.label}-{block.start}" if block.label in keys.values() else block.label
    return keys


def _page_mark(page: Page) -> str:
    """A page's beginning; its name is a title, as axe takes an aria-label of this role for one of no role."""
    name = escape(str(page))
    return f'<span class="ibid-page" role="doc-pagebreak" title="Page {name}" data-page="{name}"></span>'
