"""Web pages, and the trees that other loaders make: to headings, paragraphs, notes and tables."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from core.records import Page
from ingest.bylines import BYLINE, names_in
from ingest.encodings import guess_warning
from ingest.length import count_words
from ingest.markup.anchors import find_anchors
from ingest.markup.flow import Flow
from ingest.markup.sift import sift
from ingest.markup.tree import declared_encoding, decode_html, parse_html, text_sizes
from ingest.markup.webmeta import page_metadata
from ingest.metadata import Metadata
from ingest.parts import Kind, Part, Reading

if TYPE_CHECKING:
    from lxml.etree import _Element

__all__ = ["load_html", "read_tree"]

_MOST_BYLINES = 3
_LONGEST_BYLINE = 25  # words


def load_html(data: bytes, name: str) -> Reading:
    """Read a web page.

    Raises:
        InputError: the bytes are no text, or nest too deeply to be a page.
    """
    root = parse_html(decode_html(data, name), name)
    reading = read_tree(root, metadata=page_metadata(root), web=True)
    return replace(reading, warnings=guess_warning(data, name, declared_encoding(data)))


def read_tree(
    root: "_Element",
    *,
    metadata: Metadata | None = None,
    web: bool = False,
    pages: Mapping["_Element", Page] | None = None,
    lines: Sequence[str] | None = None,
) -> Reading:
    """Return the reading that a tree of HTML amounts to.

    Args:
        root: of the tree; each id stands once in it, and links inside it are '#id'.
        metadata: what the file says of itself; its title tells the heading that is the document's.
        web: whether it is a page of a site, whose header, footer and asides are not the document's.
        pages: that begin at elements, beside those whose role says so.
        lines: of the file, where the tree gives the number of each (`tree.LINE`); else each block of text is one.
    """
    metadata = metadata or Metadata()
    sizes = text_sizes(root)
    anchors = find_anchors(root, sizes)
    flow = Flow(anchors, sift(root, anchors.notes, sizes, web=web), dict(pages or {}), numbered=lines is not None)
    flow.read(root)
    parts = tuple(_with_front(flow.stack.parts, metadata, flow.bylines))
    if not metadata.title and (title := next((p for p in parts if p.kind is Kind.FRONT), None)):
        metadata = replace(metadata, title=title.chunk.text)
    if not metadata.authors:
        names = (p for p in parts if p.kind is Kind.FRONT and flow.bylines.get(p.chunk.lines[0].number))
        metadata = replace(metadata, authors=tuple(name for part in names for name in names_in(part.chunk.text)))
    return Reading(
        parts=parts,
        lines=tuple(flow.lines if lines is None else lines),
        metadata=metadata,
        dropped=tuple(flow.dropped),
    )


def _with_front(parts: Sequence[Part], metadata: Metadata, bylines: Mapping[int, bool]) -> Iterator[Part]:
    """Mark the document's title, and the lines under it that go on with it or name the authors, as front matter."""
    title = _title_at(parts, metadata.title, is_book=metadata.publication.type == "book")
    end = title + 1
    while 0 < end < min(len(parts), title + 1 + _MOST_BYLINES) and _is_byline(parts[end], metadata.authors, bylines):
        end += 1
    for i, part in enumerate(parts):
        yield replace(part, kind=Kind.FRONT, level=0) if title <= i < end else part


def _title_at(parts: Sequence[Part], title: str, *, is_book: bool) -> int:
    """The position of the heading that is the document's title, or -1: the one of level 1, or that the file names so.

    Of several of level 1 each is a chapter's; but the first is the title where another heading follows it at once. The
    only one of a book may be a chapter's, too.
    """
    headings = [i for i, part in enumerate(parts) if part.kind is Kind.HEADING]
    tops = [i for i in headings if parts[i].level == 1]
    named = next((i for i in headings if _same(parts[i].chunk.text, title)), -1)
    if not tops or any(part.kind is Kind.FRONT for part in parts):
        return named if headings and named == headings[0] else -1
    if named == headings[0] or (tops[0] == headings[0] and len(tops) == 1 and not is_book):
        return headings[0]
    first = tops[0] == headings[0] == 0 and not title
    return 0 if first and parts[1].kind is Kind.HEADING and parts[1].level == 1 else -1


def _is_byline(part: Part, authors: Sequence[str], bylines: Mapping[int, bool]) -> bool:
    text = part.chunk.text
    if part.kind is not Kind.PROSE or count_words(text) > _LONGEST_BYLINE:
        return False
    if part.chunk.lines[0].number in bylines:
        return True
    names = names_in(text)
    return bool(names) and bool(BYLINE.match(text) or set(names) <= set(authors))


def _same(heading: str, title: str) -> bool:
    """Say whether a heading is the title, letters and figures compared."""
    one, other = ("".join(ch for ch in text.casefold() if ch.isalnum()) for text in (heading, title))
    return bool(one) and one == other
