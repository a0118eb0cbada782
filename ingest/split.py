"""Cut a Document into passages that keep to sections and to the ends of sentences or table rows."""

import re
from collections.abc import Iterator, Sequence

from core.records import Block, BlockKind, Document, Passage, PassageKind, Span
from ingest.sentences import sentence_spans

__all__ = ["split_document"]

_KINDS = {
    BlockKind.FRONT: PassageKind.FRONT,
    BlockKind.PARAGRAPH: PassageKind.PROSE,
    BlockKind.TABLE: PassageKind.TABLE,
    BlockKind.NOTE: PassageKind.NOTE,
}


def split_document(document: Document, *, passage_words: int) -> tuple[Passage, ...]:
    """Return the passages of a document in order; a single sentence longer than `passage_words` is not cut."""
    runs = [(b[0], run) for b in _groups(document, passage_words) for run in _runs(document, b, passage_words)]
    return tuple(_passage(document, block, run, number) for number, (block, run) in enumerate(runs))


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
    for block in document.blocks:
        if group and not (
            _mergeable(group[-1], block) and _words(document.text, (group[0].start, block.end)) <= passage_words
        ):
            yield group
            group = []
        if block.kind in _KINDS:
            group.append(block)
    if group:
        yield group


def _mergeable(before: Block, block: Block) -> bool:
    same = before.kind is block.kind and before.section == block.section
    return same and block.kind in (BlockKind.PARAGRAPH, BlockKind.FRONT)


def _units(document: Document, block: Block) -> tuple[Span, ...]:
    """The pieces of a block that are quoted whole: sentences, or rows of a table."""
    if block.kind is BlockKind.TABLE:
        caption = ((block.start, block.start + len(block.label)),) if block.label else ()
        return (*caption, *(block.lines[1:] if block.columns else block.lines))
    masked = [(ref.start, ref.end) for ref in document.note_refs]
    start = block.start
    if block.kind is BlockKind.NOTE and (number := re.compile(r"\d{1,3}[.)]?\s+").match(document.text, start)):
        start = number.end()
    return sentence_spans(document.text, start, block.end, masked)


def _pack(text: str, units: Sequence[Span], most: int) -> Iterator[list[Span]]:
    """Yield runs of units of about equal size, each of at most `most` words where units allow."""
    sizes = [_words(text, unit) for unit in units]
    total = sum(sizes)
    target = total / max(1, -(-total // most))
    run: list[Span] = []
    size = 0
    for unit, words in zip(units, sizes, strict=True):
        if run and (size + words > most or size + words / 2 > target):
            yield run
            run, size = [], 0
        run.append(unit)
        size += words
    if run:
        yield run


def _passage(document: Document, block: Block, spans: Sequence[Span], number: int) -> Passage:
    start, end = spans[0][0], spans[-1][1]
    return Passage(
        id=f"{document.id}#{number:04d}",
        document_id=document.id,
        text=document.text[start:end],
        start=start,
        end=end,
        page=document.page_at(start),
        section=block.section,
        kind=_KINDS[block.kind],
        sentences=tuple(spans),
        context=_context(document, block),
    )


def _context(document: Document, block: Block) -> str:
    """What a passage needs beside it to be found: a table's caption, the sentence that a note belongs to."""
    if block.kind is BlockKind.FRONT:
        return "Title page: the title, and the author who wrote it; written by"
    if block.kind is BlockKind.NOTE:
        ref = next((ref for ref in document.note_refs if ref.number == block.label), None)
        return _sentence_at(document, ref.start) if ref else ""
    return " | ".join((block.label, *filter(None, block.columns)))


def _sentence_at(document: Document, offset: int) -> str:
    block = next(b for b in document.blocks if b.start <= offset < b.end)
    masked = [(ref.start, ref.end) for ref in document.note_refs]
    spans = sentence_spans(document.text, block.start, block.end, masked)
    before = [span for span in spans if span[0] <= offset]  # a marker set apart by a space is in none
    start, end = (before or [(block.start, block.end)])[-1]
    return document.text[start:end]


def _words(text: str, span: Span) -> int:
    return len(text[span[0] : span[1]].split())
