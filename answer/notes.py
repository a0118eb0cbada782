"""Show a note with the sentence that bears its marker, and the sentence with its note."""

from collections.abc import Iterator, Sequence

from answer.evidence import Evidence
from core.records import Block, BlockKind, Document, Hit, Span
from index import Index
from ingest import anchors, block_at, note_links, row_says

__all__ = ["MOST_WORDS", "notes_to", "with_notes"]

MOST_WORDS = 115  # of all quotes together
MOST_OF_NOTES = 60  # words for which quotes make room


def with_notes(quotes: Sequence[Evidence], index: Index) -> tuple[Evidence, ...]:
    """Return the quotes, each followed by the notes to it, and a note led in by its sentence, while there is room.

    Of a note that is too long only its first sentences are shown. What belongs to the best quote, the first, goes
    before the last of the others, which are left out for it.
    """
    quotes = _leaving_room(quotes, index)
    shown: list[Evidence] = []
    room = MOST_WORDS - sum(len(quote.text.split()) for quote in quotes)
    taken = {(quote.hit.passage.document_id, quote.span) for quote in quotes}
    for quote in quotes:
        document = index.documents[quote.hit.passage.document_id]
        lead, notes = _companions(document, quote.span[0], quote.span[1], index)
        around = []
        for hit, span in (*lead, *notes):
            words = len(document.text[slice(*span)].split())
            if (document.id, span) in taken or words > room:
                continue
            taken.add((document.id, span))
            room -= words
            around.append(Evidence(hit, span, document.text[slice(*span)], quote.score, quote.features))
        before = [e for e in around if e.span in [span for _, span in lead]]
        shown += [*before, quote, *(e for e in around if e not in before)]
    return tuple(shown)


def notes_to(document: Document, span: Span) -> Iterator[Block]:
    """Yield the notes whose markers stand in a slice of a document."""
    refs = [ref for ref in document.note_refs if span[0] <= ref.start < span[1]]
    if refs:
        links = note_links(document)
        yield from (block_at(document, links[ref.start]) for ref in refs if ref.start in links)


def _leaving_room(quotes: Sequence[Evidence], index: Index) -> Sequence[Evidence]:
    """The quotes without the last of them, as far as these stand in the way of what belongs to the first."""
    if not quotes:
        return quotes
    first = quotes[0]
    document = index.documents[first.hit.passage.document_id]
    lead, notes = _companions(document, *first.span, index)
    others = {quote.span for quote in quotes[1:]}
    wanted = sum(len(document.text[slice(*span)].split()) for _, span in (*lead, *notes) if span not in others)
    room = MOST_WORDS - len(first.text.split()) - min(wanted, MOST_OF_NOTES)
    kept = [first]
    for quote in quotes[1:]:
        room -= len(quote.text.split())
        if wanted and room < 0:
            break
        kept.append(quote)
    return kept


def _companions(
    document: Document, start: int, end: int, index: Index
) -> tuple[list[tuple[Hit, Span]], list[tuple[Hit, Span]]]:
    """What stands before and behind a quote: what a note belongs to, and the notes of a sentence or row."""
    linked = anchors(document)
    said = row_says(document, (start, end))
    below: list[tuple[Hit, Span]] = []
    for note in (block for block in document.blocks if block.kind is BlockKind.NOTE):
        ref = linked.get(note.start)
        if ref and note.start <= start < note.end:
            return list(_sentences(document, (ref.start, ref.end), index))[:1], []
        if ref and any(begin <= ref.start < stop for begin, stop in said):
            below += _sentences(document, (note.start, note.end), index)
    return [], below


def _sentences(document: Document, span: Span, index: Index) -> Iterator[tuple[Hit, Span]]:
    """Yield the sentences that overlap a slice of a document, each with its passage as a hit."""
    for hit in index.hits_in(document.id, span):
        yield from ((hit, s) for s in hit.passage.sentences if s[0] < span[1] and span[0] < s[1])
