"""Cut a Document into passages that keep to sections and to the ends of sentences or table rows."""

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence

from core.records import Block, BlockKind, Document, Passage, PassageKind, Span
from ingest.contents import contents_of
from ingest.labels import labels
from ingest.length import count_words
from ingest.notes import anchors
from ingest.rows import block_at, labelled_row, row_cells, spanned_columns
from ingest.scraps import scraps_of
from ingest.sentences import sentence_spans

__all__ = ["split_document"]

_KINDS = {
    BlockKind.FRONT: PassageKind.FRONT,
    BlockKind.PARAGRAPH: PassageKind.PROSE,
    BlockKind.TABLE: PassageKind.TABLE,
    BlockKind.NOTE: PassageKind.NOTE,
    BlockKind.REFERENCE: PassageKind.REFERENCE,
}

_NUMBER = re.compile(r"\[?(?:(?:foot)?note )?(\d{1,3})[.):\]]?\s+", re.IGNORECASE)

_TERM = re.compile(r"[•▪◦‣●○■□*–-]\s+(?:[^\s.!?:]+\s+){0,2}[^\s.!?:]+[.:]")
# How a work opens and ends that a footnote gives in full, whose stops end no sentence: 'A. Bell. Otters. J. Riv., 2001'
_NAMED = re.compile(r"(?:[A-Z]\.[\s-]?)+[A-Z][\w’'-]+|(?:[A-Z][\w’'.-]+,?\s){1,3}et al\.")
_DATED = re.compile(r"[,(]\s?(?:1[5-9]|20)\d\d[a-z]?\)?\.?$")
_WORK = 60  # words at most


def split_document(document: Document, *, passage_words: int) -> tuple[Passage, ...]:
    """Return the passages of a document in order; a single sentence longer than `passage_words` is not cut."""
    runs = [(b[0], run) for b in _groups(document, passage_words) for run in _runs(document, b, passage_words)]
    contexts = _Contexts(document)
    return tuple(
        Passage(
            id=f"{document.id}#{number:04d}",
            document_id=document.id,
            text=document.text[run[0][0] : run[-1][1]],
            start=run[0][0],
            end=run[-1][1],
            page=document.page_at(run[0][0]),
            section=block.section,
            kind=_KINDS[block.kind],
            sentences=tuple(run),
            context=contexts.of(block, run[0]),
        )
        for number, (block, run) in enumerate(runs)
    )


def _runs(document: Document, blocks: Sequence[Block], passage_words: int) -> Iterator[list[Span]]:
    """Yield the units of each passage of some blocks; a row of a real table is a passage of its own."""
    if blocks[0].kind is BlockKind.FRONT:
        yield [(blocks[0].start, blocks[-1].end)]  # title, authors and what stands with them are quoted together
    elif blocks[0].columns:
        yield from ([unit] for unit in _units(document, blocks[0]))
    else:
        yield from _pack(document.text, [u for block in blocks for u in _units(document, block)], passage_words)


def _groups(document: Document, passage_words: int) -> Iterator[list[Block]]:
    """Yield blocks that share passages: small paragraphs of one section that follow each other, or one block."""
    group: list[Block] = []
    silent = contents_of(document) | scraps_of(document)  # they say nothing that the text does not
    for block in document.blocks:
        if block.start in silent:
            continue
        fits = bool(group) and _words(document.text, (group[0].start, block.end)) <= passage_words
        if group and not (_mergeable(group[-1], block) and (fits or _labels(document, group[-1], block))):
            yield group
            group = []
        if block.kind in _KINDS:
            group.append(block)
    if group:
        yield group


def _labels(document: Document, before: Block, block: Block) -> bool:
    return labels([document.text[b.start : b.end] for b in (before, block)])[0]


def _mergeable(before: Block, block: Block) -> bool:
    same = before.kind is block.kind and before.section == block.section
    return same and block.kind in (BlockKind.PARAGRAPH, BlockKind.FRONT)


def _units(document: Document, block: Block) -> tuple[Span, ...]:
    """The pieces of a block that are quoted whole: sentences, or rows of a table."""
    if block.kind is BlockKind.TABLE:
        caption = ((block.start, block.start + len(block.label)),) if block.label else ()
        return (*caption, *(block.lines[1:] if block.columns else block.lines))
    if block.kind is BlockKind.REFERENCE:
        return ((block.start, block.end),)  # the stops in an entry end no sentence
    start = block.start
    number = _NUMBER.match(document.text, start) if block.kind is BlockKind.NOTE else None
    if number and number.group(1) == block.label:  # '100 people came' begins with no number of a note
        start = number.end()
    if block.kind is BlockKind.NOTE and _is_work(document.text[start : block.end]):
        return ((start, block.end),)
    return _with_terms(document.text, sentence_spans(document.text, start, block.end, _markers(document, block)))


def _is_work(note: str) -> bool:
    return bool(_NAMED.match(note) and _DATED.search(note)) and count_words(note) <= _WORK


def _with_terms(text: str, spans: tuple[Span, ...]) -> tuple[Span, ...]:
    """Return sentences, a term that an item of a list begins with ('• Otter. An animal …') as one with the next."""
    if len(spans) > 1 and _TERM.fullmatch(text, *spans[0]):
        return ((spans[0][0], spans[1][1]), *spans[2:])
    return spans


def _pack(text: str, units: Sequence[Span], most: int) -> Iterator[list[Span]]:
    """Yield runs of units of about equal size, each of at most `most` words where units allow; none ends in a label."""
    label = [False, *labels([text[start:end] for start, end in units])]
    sizes = [_words(text, unit) for unit in units]
    total = sum(sizes)
    target = total / max(1, -(-total // most))
    run: list[Span] = []
    size = 0
    for unit, words, led in zip(units, sizes, label, strict=False):
        if run and not led and (size + words > most or size + words / 2 > target):
            yield run
            run, size = [], 0
        run.append(unit)
        size += words
    if run:
        yield run


class _Contexts:
    """Tells what a passage needs beside it to be found."""

    def __init__(self, document: Document) -> None:
        self._document = document
        self._anchors = anchors(document)
        self._sentences: dict[int, tuple[Span, ...]] = {}  # of the blocks with markers, by where they start

    def of(self, block: Block, unit: Span) -> str:
        """Return a table's caption and the names of its columns, or the sentence that a note belongs to."""
        if block.kind is BlockKind.FRONT:
            return "Title page: the title, and the author who wrote it; written by"
        if block.kind is BlockKind.REFERENCE:
            return "Reference"
        if block.kind is BlockKind.NOTE:
            ref = self._anchors.get(block.start)
            return self._sentence_at(ref.start) if ref else ""
        return " | ".join((block.label, *filter(None, block.columns), *self._spanning(block, unit)))

    def _spanning(self, block: Block, unit: Span) -> Iterator[str]:
        """Yield what the cells say that span a row from above."""
        if columns := spanned_columns(block, unit):
            cells = row_cells(self._document, block, unit)
            yield from (f"{block.columns[column]}: {cells[column]}" for column in columns if cells[column])

    def _sentence_at(self, offset: int) -> str:
        """The sentence or row of a table that a marker stands in or, set apart by a space, behind."""
        document = self._document
        block = block_at(document, offset)
        if row := next((line for line in block.lines if line[0] <= offset < line[1]), None):
            return labelled_row(document, row)
        if block.start not in self._sentences:
            spans = sentence_spans(document.text, block.start, block.end, _markers(document, block))
            self._sentences[block.start] = spans
        spans = self._sentences[block.start]
        position = bisect_right(spans, offset, key=lambda span: span[0]) - 1
        return document.text[slice(*(spans[position] if position >= 0 else (block.start, block.end)))]


def _markers(document: Document, block: Block) -> list[Span]:
    """The note markers inside a block; by bisection, since a book has thousands of blocks and of markers."""
    refs = document.note_refs
    first = bisect_left(refs, block.start, key=lambda ref: ref.start)
    last = bisect_left(refs, block.end, lo=first, key=lambda ref: ref.start)
    return [(ref.start, ref.end) for ref in refs[first:last]]


def _words(text: str, span: Span) -> int:
    return count_words(text[span[0] : span[1]])
