"""A document as read, and the passages that are cut from it."""

from bisect import bisect_right
from dataclasses import dataclass, field
from enum import StrEnum

__all__ = [
    "Block",
    "BlockKind",
    "CitedSource",
    "Document",
    "NoteRef",
    "Page",
    "Passage",
    "PassageKind",
    "Publication",
    "Reference",
    "Span",
]

Span = tuple[int, int]
Page = int | str  # as printed in the book where that was found (104, 'xii'), else counted in the file from 1


class BlockKind(StrEnum):
    """What a block of a document is."""

    FRONT = "front"
    HEADING = "heading"
    PARAGRAPH = "paragraph"
    TABLE = "table"
    NOTE = "note"
    REFERENCE = "reference"


class PassageKind(StrEnum):
    """What a passage was cut from."""

    FRONT = "front"
    PROSE = "prose"
    TABLE = "table"
    NOTE = "note"
    REFERENCE = "reference"


@dataclass(frozen=True, slots=True)
class Block:
    """A heading, paragraph, table, note or entry of the bibliography: a slice of the clean text.

    `level` is a heading's depth from 1, or that of an item in lists (else 0); `label` is a note's number or a table's
    caption (else empty); `lines` are the slices of a table's lines (else empty). `columns` names the columns of a table
    whose cells are known: its lines are rows then, their cells parted by tabs, the first line the names themselves.
    `merged` are the (row, column) positions of its empty cells that one cell above spans, rows counted from the names
    on; in row 0, of names that one from the left goes on over.
    `quoted` says that the file sets a paragraph as a block quotation.
    """

    kind: BlockKind
    start: int
    end: int
    page: Page | None
    section: tuple[str, ...]
    level: int = 0
    label: str = ""
    lines: tuple[Span, ...] = ()
    columns: tuple[str, ...] = ()
    merged: frozenset[tuple[int, int]] = frozenset()
    quoted: bool = False


@dataclass(frozen=True, slots=True)
class NoteRef:
    """A note's marker in the running text: the note's number as printed, and where the marker stands."""

    number: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Reference:
    """An entry of a document's bibliography, as parsed; `start` and `end` are where it stands.

    `label` is its number where the bibliography is numbered, else empty.
    """

    authors: tuple[str, ...]
    year: str
    title: str
    start: int
    end: int
    label: str = ""


@dataclass(frozen=True, slots=True)
class CitedSource:
    """One work cited at one place of a document.

    `authors` are the names as printed (family names, or a corporate author whole), without 'et al.', which `et_al`
    notes; `year` has its letter ('2016a') and is empty where none is given; `locator` is the pages or so; `raw` is the
    citation's own words, at `start` to `end`; `sentence` is the sentence or table row that it supports, or all
    sentences of the quotation that it ends; `form` is
    'parenthetical', 'narrative', 'source line' or 'numeric'; `reference` is the position of its entry in
    `Document.references`, None when there is none.
    """

    authors: tuple[str, ...]
    year: str
    locator: str
    raw: str
    start: int
    end: int
    sentence: Span
    form: str = "parenthetical"
    et_al: bool = False
    reference: int | None = None


@dataclass(frozen=True, slots=True)
class Publication:
    """Where a document was published; empty fields are unknown.

    `type` is 'chapter', 'article', 'book', 'report', 'thesis' or 'webpage'; `container` is the book or journal that it
    stands in.
    """

    type: str = ""
    container: str = ""
    editors: tuple[str, ...] = ()
    publisher: str = ""
    place: str = ""
    volume: str = ""
    issue: str = ""
    pages: str = ""
    doi: str = ""
    url: str = ""


@dataclass(frozen=True, slots=True)
class Document:
    """A document as read: its clean text, and what stands where in it.

    `page_marks` are (offset, page) pairs by rising offset: the text from an offset on, up to the next mark, stands on
    that page; empty when the source has no pages. (Pages need not rise: a table that interrupts a paragraph is put
    behind it.) `content_hash` is the SHA-256 of the source file's bytes. `date` is a year or an ISO date. `cited` are
    the works that the text cites, in order; `references` the entries of its bibliography.
    """

    id: str
    title: str
    authors: tuple[str, ...]
    source: str
    text: str
    page_marks: tuple[tuple[int, Page], ...]
    blocks: tuple[Block, ...]
    note_refs: tuple[NoteRef, ...]
    content_hash: str
    date: str = ""
    publication: Publication = field(default_factory=Publication)
    cited: tuple[CitedSource, ...] = ()
    references: tuple[Reference, ...] = ()

    def page_at(self, offset: int) -> Page | None:
        """Return the page on which the character at `offset` stands, or None when the source has no pages."""
        index = bisect_right(self.page_marks, offset, key=lambda mark: mark[0]) - 1
        return self.page_marks[max(index, 0)][1] if self.page_marks else None


@dataclass(frozen=True, slots=True)
class Passage:
    """A slice of a document's clean text that is retrieved as one piece; it never crosses a section.

    `text == document.text[start:end]`; `sentences` are offsets into the document, in order, inside the passage;
    `context` is what embeds with the text and is not part of it (a table's caption, the title of the document).
    """

    id: str
    document_id: str
    text: str
    start: int
    end: int
    page: Page | None
    section: tuple[str, ...]
    kind: PassageKind
    sentences: tuple[Span, ...]
    context: str = ""
