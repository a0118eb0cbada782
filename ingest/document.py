"""Build a Document from what a loader read: its clean text, and what stands where in it."""

import hashlib
import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from core.errors import InputError
from core.records import Block, BlockKind, Document, NoteRef
from ingest.assemble import Draft, assemble
from ingest.bylines import authors_in, has_address, names_house, names_in
from ingest.cited.citations import find_citations
from ingest.cited.linking import link_citations
from ingest.cited.numbering import numbered_by_place
from ingest.cited.references import find_references, mark_references
from ingest.contents import lists_heading, title_of
from ingest.dates import imprint_year, printed_date
from ingest.hyphens import Vocabulary
from ingest.layout import ends_sentence
from ingest.length import count_words
from ingest.lines import Chunk, Line
from ingest.loaders import Loader, load, read_bytes
from ingest.metadata import Metadata, merge
from ingest.notes import at_their_notes, fill_note_refs, find_note_refs
from ingest.parts import Kind, Part, Reading
from ingest.tables import ends_table, table_pieces
from ingest.transcription import Rows, check_words, find_rows
from ingest.writer import Placed, TextWriter

__all__ = ["READER", "ReadDocument", "build_document", "build_read", "read_document", "read_file"]

# Names what reading makes of a file; change it with that, so that documents read before are read anew.
READER = "20"

# What stands over a title: the number of a chapter, an address, a journal with its issue and pages.
_OVER_TITLE = re.compile(
    r"(?:chapter|part|section|kapitel|chapitre)\s+[\divxlc]+\.?$|(?:https?://|www\.|doi\b)"
    r"|.*\d\s*\(\d{1,4}\)\s*[:,]?\s*(?:pp?\.\s*)?\d+\s*[–-]\s*\d+\.?$|.*\bpp\.\s*\d+\s*[–-]\s*\d+\.?$",
    re.IGNORECASE,
)
_BYLINE = 12  # words
_DATE = 4  # words
_NAMES = 8  # headings with names


@dataclass(frozen=True, slots=True)
class ReadDocument:
    """A document with what it was read from: what a reading report is made of. `placed` says where each line went."""

    document: Document
    reading: Reading
    placed: tuple[Placed, ...]


def read_document(
    path: Path, *, document_id: str | None = None, metadata: Metadata | None = None, loader: Loader = load
) -> Document:
    """Read a file into a Document; see `read_file`."""
    return read_file(path, document_id=document_id, metadata=metadata, loader=loader).document


def build_document(
    reading: Reading, *, document_id: str, source: str, metadata: Metadata, content_hash: str
) -> Document:
    """Return the Document that a reading amounts to; see `build_read`."""
    return build_read(
        reading, document_id=document_id, source=source, metadata=metadata, content_hash=content_hash
    ).document


def read_file(
    path: Path, *, document_id: str | None = None, metadata: Metadata | None = None, loader: Loader = load
) -> ReadDocument:
    """Read a file into a Document, and keep what it was made from.

    Args:
        path: the file.
        document_id: its name without the suffix when left out.
        metadata: what is said of it; it wins over what the file says.
        loader: reads the bytes; by default the loader of the file's type.

    Raises:
        InputError: the file is missing, empty, of no known type, broken, or holds no words.
    """
    data = read_bytes(path)
    read = build_read(
        loader(data, path.name),
        document_id=document_id or path.stem,
        source=str(path),
        metadata=metadata or Metadata(),
        content_hash=hashlib.sha256(data).hexdigest(),
    )
    if not any(ch.isalnum() for ch in read.document.text):
        raise InputError(f"{path} holds no words: expected a document with text in it")
    return read


def build_read(
    reading: Reading, *, document_id: str, source: str, metadata: Metadata, content_hash: str
) -> ReadDocument:
    """Return the Document that a reading amounts to; what the user says of it in `metadata` wins over the file."""
    said, metadata = metadata, merge(metadata, reading.metadata)
    parts = mark_references(tuple(_with_byline(reading.parts)), wrapped=reading.wrapped)
    drafts = assemble(parts, reading.width, wrapped=reading.wrapped)
    writer = TextWriter(Vocabulary(reading.lines))
    blocks = tuple(_write(drafts, writer, metadata))
    text = writer.text
    front = [d.chunks[0].text for d in drafts if d.kind is BlockKind.FRONT]
    refs = at_their_notes(_note_refs(text, blocks, writer.refs), blocks, writer.page_at)
    references = numbered_by_place(find_references(text, blocks), text, blocks)
    cited = find_citations(text, blocks, [(ref.start, ref.end) for ref in refs], references)
    title = metadata.title or _title(front, Path(source).stem)
    document = Document(
        id=document_id,
        title=title,
        authors=metadata.authors or _authors(drafts),
        source=source,
        text=text,
        page_marks=tuple(writer.page_marks),
        blocks=blocks,
        note_refs=refs,
        content_hash=content_hash,
        date=said.date or _printed(front, title, reading) or metadata.date,
        publication=metadata.publication,
        cited=link_citations(cited, references, text),
        references=references,
    )
    return ReadDocument(document, _warned(reading, metadata, blocks), tuple(writer.placed))


def _printed(front: Sequence[str], title: str, reading: Reading) -> str:
    """The date that the title page or a page's edge prints: that is the text's, the one a file bears may be the file's.

    What is dropped from a web page, which has no pages, is the site's.
    """
    edges = (dropped.text for dropped in reading.dropped if dropped.page is not None)
    dates = (*(printed_date(line) for line in front if line != title), *map(imprint_year, edges))
    return next(filter(None, dates), "")


def _with_byline(parts: Sequence[Part]) -> Iterator[Part]:
    """The parts, what stands under the title and is no sentence, such as names or a year, as front matter too.

    Names may be set as headings there.
    """
    front = False
    titles = {title_of(part.chunk.text) for part in parts if part.kind is Kind.HEADING} - {""}
    for i, part in enumerate(parts):
        text = part.chunk.text
        if front and part.kind is Kind.PROSE and lists_heading(text, titles):
            yield part
            front = False
            continue
        if front and part.kind is Kind.HEADING and _is_byline(part, parts[i + 1 : i + 1 + _NAMES]):
            yield replace(part, kind=Kind.FRONT, level=0)
            continue
        if front and part.kind is Kind.PROSE and count_words(text) <= _BYLINE and not ends_sentence(text):
            yield replace(part, kind=Kind.FRONT)
            continue
        front = part.kind is Kind.FRONT
        yield part


def _is_byline(part: Part, behind: Sequence[Part]) -> bool:
    """Say whether a heading under the title is a date, or names: an address or a date ends their run."""
    text = part.chunk.text
    if printed_date(text) and count_words(text) <= _DATE:
        return True
    for other in (part, *behind):
        line = other.chunk.text
        if other.kind is not Kind.HEADING or other.level != part.level:
            return False
        if other is not part and count_words(line) <= _DATE and printed_date(line):
            return True
        if not names_in(line):
            return False
        if has_address(line):
            return True
    return False


def _warned(reading: Reading, metadata: Metadata, blocks: Sequence[Block]) -> Reading:
    """The reading with a warning for each transcription whose table is not in the text."""
    unmet = [label for label, rows in metadata.tables if not any(find_rows([(label, rows)], b.label) for b in blocks)]
    lines = tuple(f"there is no caption '{label}': its transcription is not used" for label in unmet)
    return replace(reading, warnings=(*reading.warnings, *lines)) if lines else reading


def _write(drafts: Sequence[Draft], writer: TextWriter, metadata: Metadata) -> Iterator[Block]:
    path: list[tuple[int, str]] = []
    for draft in drafts:
        writer.part("\n\n")
        start = writer.length
        if draft.kind is BlockKind.TABLE:
            yield _write_table(draft, writer, metadata, tuple(title for _, title in path))
            continue
        lines = [line for chunk in draft.chunks for line in chunk.lines]
        text, _ = writer.write(lines)
        if draft.kind is BlockKind.HEADING:
            path = [*((level, title) for level, title in path if level < draft.level), (draft.level, text)]
        section = tuple(title for _, title in path)
        yield Block(
            draft.kind, start, writer.length, lines[0].page, section, draft.level, draft.label, quoted=draft.quoted
        )


def _write_table(draft: Draft, writer: TextWriter, metadata: Metadata, section: tuple[str, ...]) -> Block:
    """Write a table: its caption, its rows where its cells are known, and its other lines each by itself."""
    start, label = writer.length, ""
    chunks = draft.chunks
    first = (chunks or [draft.grid[0].chunk])[0].lines[0]
    if draft.captioned:
        label, _ = writer.write(chunks[0].lines)
        chunks = chunks[1:]
    pieces = list(table_pieces(chunks))
    if draft.grid:
        rows, merged = _grid_rows(draft.grid)
    else:
        rows, merged = _transcribed_rows(find_rows(metadata.tables, label), pieces, label), frozenset()
    lines = []
    for row in rows:
        writer.part("\n")
        lines.append(writer.write([row], joined=False)[1])
    for piece in pieces:
        writer.part("\n")
        lines.append(writer.write(piece)[1])
    columns = tuple(rows[0].text.split("\t")) if rows else ()
    return Block(draft.kind, start, writer.length, first.page, section, 0, label, tuple(lines), columns, merged)


def _grid_rows(grid: Sequence[Part]) -> tuple[list[Line], frozenset[tuple[int, int]]]:
    """The rows of a table that the file holds as one, as lines of cells; one that goes on repeats no names."""
    rows: list[Line] = []
    merged: set[tuple[int, int]] = set()
    for part in grid:
        skipped = int(bool(rows) and part.rows[0] == grid[0].rows[0])
        merged.update((len(rows) + row - skipped, column) for row, column in part.merged if row >= skipped)
        for i, cells in enumerate(part.rows[skipped:], start=skipped):
            at = part.chunk.lines[min(i, len(part.chunk.lines) - 1)]
            text = "\t".join(cells)
            rows.append(Line(text, at.number, at.page, marks=at.marks if at.text == text else ()))
    return rows, frozenset(merged)


def _transcribed_rows(rows: Rows, pieces: list[tuple[Line, ...]], caption: str) -> list[Line]:
    """A table's transcribed rows in place of the pieces they transcribe, which are taken from `pieces`.

    A row stands on the page of the line in which, counted by letters, it begins.
    """
    if not rows:
        return []
    count = next((i for i, piece in enumerate(pieces) if ends_table(piece[0].text)), len(pieces))
    region = [line for piece in pieces[:count] for line in piece]
    check_words(rows, (line.text for line in region), caption)
    del pieces[:count]
    pages = [(line.number, line.page) for line in region for ch in line.text if ch.isalnum()] or [(0, None)]
    lines, begun = [], 0
    for row in rows:
        lines.append(Line("\t".join(row), *pages[min(begun, len(pages) - 1)]))
        begun += sum(ch.isalnum() for cell in row for ch in cell)
    return lines


def _title(front: Sequence[str], stem: str) -> str:
    return next((text for text in front if not _OVER_TITLE.match(text)), stem)


def _authors(drafts: Sequence[Draft]) -> tuple[str, ...]:
    """The names under the title, where a line there looks like names."""
    front = [d.chunks[0] for d in drafts if d.kind is BlockKind.FRONT and not _OVER_TITLE.match(d.chunks[0].text)]
    return authors_in([_byline(chunk) for chunk in front[1:]])


def _byline(chunk: Chunk) -> str:
    """What stands together under the title as one line; of names over the places where they work the names."""
    first = chunk.lines[0].text
    return first if not names_in(chunk.text) and names_in(first) and not names_house(first) else chunk.text


def _note_refs(text: str, blocks: Sequence[Block], shown: Sequence[NoteRef]) -> tuple[NoteRef, ...]:
    """The markers of notes: those that the file shows as such, else the figures that look like one."""
    numbers = Counter(block.label for block in blocks if block.kind is BlockKind.NOTE)
    if shown:
        return tuple(ref for ref in shown if ref.number in numbers)
    spans = [(block.start, block.end) for block in blocks if block.kind is BlockKind.PARAGRAPH] if numbers else []
    refs = [ref for start, end in spans for ref in find_note_refs(text[start:end], numbers, start)]
    return fill_note_refs(text, spans, refs, numbers)
