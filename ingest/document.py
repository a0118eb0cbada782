"""Build a Document from raw text: the parts in reading order, their clean text, and where each stands in it."""

import hashlib
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from core.errors import InputError
from core.records import Block, BlockKind, Document, NoteRef, Span
from ingest.hyphens import Vocabulary, join_lines
from ingest.layout import Kind, Part, classify, ends_sentence, ends_table
from ingest.lines import Chunk, Line, chunks, read_lines
from ingest.notes import find_note_refs
from ingest.source import Metadata, read_text
from ingest.tables import table_pieces
from ingest.transcription import Rows, check_words, find_rows

__all__ = ["build_document", "read_document"]

_CHAPTER = re.compile(r"(?:chapter|part|section|kapitel|chapitre)\s+[\divxlc]+\.?$", re.IGNORECASE)
_PERSON = re.compile(r"(?:by\s+)?(?:[^\W\d_][\w.’'-]*\s+){1,4}[^\W\d_][\w.’'-]*$", re.IGNORECASE)
_BLOCK_KINDS = {
    Kind.FRONT: BlockKind.FRONT,
    Kind.HEADING: BlockKind.HEADING,
    Kind.PROSE: BlockKind.PARAGRAPH,
    Kind.NOTE: BlockKind.NOTE,
    Kind.CAPTION: BlockKind.TABLE,
    Kind.CELL: BlockKind.TABLE,
    Kind.SOURCE: BlockKind.TABLE,
}


@dataclass(slots=True)
class _Draft:
    """A block whose chunks are still coming in."""

    kind: BlockKind
    chunks: list[Chunk]
    level: int = 0
    label: str = ""
    captioned: bool = False
    closed: bool = False


@dataclass(slots=True)
class _Writer:
    """The clean text so far, in pieces, and the pages it stands on."""

    pieces: list[str] = field(default_factory=list)
    length: int = 0
    page_marks: list[tuple[int, int]] = field(default_factory=list)

    def part(self, separator: str) -> None:
        """Append what parts the text so far from what comes; nothing at the beginning or behind another separator."""
        if self.pieces and not self.pieces[-1].isspace():
            self.pieces.append(separator)
            self.length += len(separator)

    def write(self, lines: Sequence[Line], vocabulary: Vocabulary) -> tuple[str, Span]:
        """Append lines as one piece; return it and where it stands."""
        begin = self.length
        joined, starts = join_lines([line.text for line in lines], vocabulary)
        for line, start in zip(lines, starts, strict=True):
            if line.page is not None and (not self.page_marks or self.page_marks[-1][1] != line.page):
                self.page_marks.append((begin + start, line.page))
        self.pieces.append(joined)
        self.length += len(joined)
        return joined, (begin, self.length)


def read_document(path: Path, *, document_id: str | None = None, metadata: Metadata | None = None) -> Document:
    """Read a file into a Document.

    Raises:
        InputError: the file is missing, empty, binary, or holds no words.
    """
    raw, data = read_text(path)
    document = build_document(
        raw,
        document_id=document_id or path.stem,
        source=str(path),
        metadata=metadata or Metadata(),
        content_hash=hashlib.sha256(data).hexdigest(),
    )
    if not any(ch.isalnum() for ch in document.text):
        raise InputError(f"{path} holds no words: expected a document with text in it")
    return document


def build_document(raw: str, *, document_id: str, source: str, metadata: Metadata, content_hash: str) -> Document:
    """Return the Document that a raw text amounts to."""
    lines = read_lines(raw)
    parts, width = classify(list(chunks(lines)))
    vocabulary = Vocabulary(line.text for line in lines)
    drafts = _collect(parts, width)
    writer = _Writer()
    blocks = _write(drafts, writer, vocabulary, metadata)
    text = "".join(writer.pieces)
    front = [re.sub(r"^#+\s*", "", d.chunks[0].text) for d in drafts if d.kind is BlockKind.FRONT]
    return Document(
        id=document_id,
        title=metadata.title or _title(front, Path(source).stem),
        authors=metadata.authors or _authors(front),
        source=source,
        text=text,
        page_marks=tuple(writer.page_marks),
        blocks=blocks,
        note_refs=_note_refs(text, blocks),
        content_hash=content_hash,
    )


def _collect(parts: Iterable[Part], width: int) -> list[_Draft]:
    """Gather parts into blocks: paragraphs cut by a page or a table are whole again, and so are tables cut by text."""
    drafts: list[_Draft] = []
    paragraph: _Draft | None = None
    table: _Draft | None = None
    interrupted = False
    for part in parts:
        kind = _BLOCK_KINDS[part.kind]
        if (
            kind is BlockKind.PARAGRAPH
            and paragraph
            and _goes_on(paragraph, part.chunk, width, interrupted=interrupted)
        ):
            paragraph.chunks.append(part.chunk)
        elif part.kind in (Kind.CELL, Kind.SOURCE) and table and not table.closed:
            table.chunks.append(part.chunk)
            table.closed = part.kind is Kind.SOURCE
        else:
            draft = _Draft(kind, [part.chunk], part.level, part.label, captioned=part.kind is Kind.CAPTION)
            drafts.append(draft)
            if kind is BlockKind.TABLE:
                table = draft
            elif kind is BlockKind.PARAGRAPH:
                paragraph = draft
                table = table if table and table.captioned else None
            else:
                paragraph = table = None
        interrupted = kind is BlockKind.TABLE
    return drafts


def _goes_on(paragraph: _Draft, chunk: Chunk, width: int, *, interrupted: bool) -> bool:
    """Say whether a chunk goes on with the paragraph before it, across a page break, a table or a stray blank line."""
    last = paragraph.chunks[-1].lines[-1].text
    if not ends_sentence(last):
        return interrupted or chunk.after_break or chunk.text[0].islower()
    # Only a line that fills the measure can have been followed by more of its paragraph.
    return chunk.after_break and not chunk.after_blank and not interrupted and len(last) >= 0.88 * width > 0


def _write(drafts: Sequence[_Draft], writer: _Writer, vocabulary: Vocabulary, metadata: Metadata) -> tuple[Block, ...]:
    blocks: list[Block] = []
    path: list[tuple[int, str]] = []
    for draft in drafts:
        writer.part("\n\n")
        start, label, text = writer.length, draft.label, ""
        lines: tuple[Span, ...] = ()
        columns: tuple[str, ...] = ()
        first = draft.chunks[0].lines[0]
        if draft.kind is BlockKind.TABLE:
            label, body = _write_caption(draft, writer, vocabulary)
            pieces = list(table_pieces(body))
            rows = find_rows(metadata.tables, label)
            columns = rows[0] if rows else ()
            lines = (*_write_rows(rows, pieces, writer, label), *_write_pieces(pieces, writer, vocabulary))
        else:
            text, _ = writer.write([line for chunk in draft.chunks for line in _plain(chunk, draft.kind)], vocabulary)
        end = writer.length
        if draft.kind is BlockKind.HEADING:
            path = [
                *((level, title) for level, title in path if level < draft.level),
                (draft.level, text),
            ]
        section = tuple(title for _, title in path)
        blocks.append(Block(draft.kind, start, end, first.page, section, draft.level, label, lines, columns))
    return tuple(blocks)


def _write_caption(draft: _Draft, writer: _Writer, vocabulary: Vocabulary) -> tuple[str, list[Chunk]]:
    """Write the caption of a table, if it has one; return it and the chunks under it."""
    if not draft.captioned:
        return "", draft.chunks
    caption, _ = writer.write(draft.chunks[0].lines, vocabulary)
    return caption, draft.chunks[1:]


def _write_rows(rows: Rows, pieces: list[tuple[Line, ...]], writer: _Writer, caption: str) -> list[Span]:
    """Write a table's transcribed rows in place of the pieces they transcribe, which are taken from `pieces`.

    A row stands on the page of the line in which, counted by letters, it begins.
    """
    if not rows:
        return []
    count = next((i for i, piece in enumerate(pieces) if ends_table(piece[0].text)), len(pieces))
    region = [line for piece in pieces[:count] for line in piece]
    check_words(rows, (line.text for line in region), caption)
    del pieces[:count]
    pages = [line.page for line in region for ch in line.text if ch.isalnum()]
    spans = []
    begun = 0
    for row in rows:
        writer.part("\n")
        spans.append(writer.write([Line("\t".join(row), 0, pages[begun], 0)], Vocabulary(()))[1])
        begun += sum(ch.isalnum() for cell in row for ch in cell)
    return spans


def _write_pieces(pieces: Sequence[tuple[Line, ...]], writer: _Writer, vocabulary: Vocabulary) -> list[Span]:
    """Write the pieces of a table, each on a line of its own."""
    spans = []
    for piece in pieces:
        writer.part("\n")
        spans.append(writer.write(piece, vocabulary)[1])
    return spans


def _plain(chunk: Chunk, kind: BlockKind) -> tuple[Line, ...]:
    """A heading's lines without the marks of Markdown."""
    if kind not in (BlockKind.HEADING, BlockKind.FRONT):
        return chunk.lines
    first = chunk.lines[0]
    text = re.sub(r"^#{1,6}\s+|\s+#+$", "", first.text)
    return (Line(text, first.number, first.page, first.indent), *chunk.lines[1:])


def _title(front: Sequence[str], stem: str) -> str:
    return next((text for text in front if not _CHAPTER.match(text)), stem)


def _authors(front: Sequence[str]) -> tuple[str, ...]:
    """The names under the title, where a line there looks like names."""
    titles = [text for text in front if not _CHAPTER.match(text)]
    for text in titles[1:]:
        names = re.split(r",\s*(?:and\s+)?|\s+(?:and|&)\s+", re.sub(r"^by\s+", "", text, flags=re.IGNORECASE))
        if all(_PERSON.match(name) for name in names):
            return tuple(names)
    return ()


def _note_refs(text: str, blocks: Sequence[Block]) -> tuple[NoteRef, ...]:
    numbers = {block.label for block in blocks if block.kind is BlockKind.NOTE}
    paragraphs = [block for block in blocks if block.kind is BlockKind.PARAGRAPH] if numbers else []
    return tuple(ref for b in paragraphs for ref in find_note_refs(text[b.start : b.end], numbers, b.start))
