"""Show the entry of the bibliography behind a work that a quote cites by its number."""

from collections.abc import Iterable, Iterator, Mapping, Sequence

from answer.evidence import Evidence
from answer.notes import MOST_WORDS
from answer.sources.finding import meet
from core.records import Document
from index import Index

__all__ = ["with_entries"]

_MOST_ENTRIES = 4  # of one quote


def with_entries(quotes: Sequence[Evidence], index: Index) -> tuple[Evidence, ...]:
    """Return the quotes in their order, each followed by the entries of the works that it cites by number.

    A quote for which there is no room with its entries is left out, worse ones before better ones, but never the best.
    """
    entries = {q: tuple(_entries(q, index.documents[q.hit.passage.document_id], index)) for q in quotes}
    kept: list[Evidence] = []
    for quote in (*quotes[:1], *sorted(quotes[1:], key=lambda q: -q.score)):  # the first may bear a ruling
        if not kept or _words([*kept, quote], entries) <= MOST_WORDS:
            kept.append(quote)
    return tuple(_in_turn([quote for quote in quotes if quote in kept], entries))


def _words(quotes: Iterable[Evidence], entries: Mapping[Evidence, Sequence[Evidence]]) -> int:
    return sum(len(e.text.split()) for e in _in_turn(quotes, entries))


def _in_turn(quotes: Iterable[Evidence], entries: Mapping[Evidence, Sequence[Evidence]]) -> Iterable[Evidence]:
    """Quotes, each followed by its entries; none twice."""
    all_of_them = (e for quote in quotes for e in (quote, *entries[quote]))
    return {(e.hit.passage.document_id, e.span): e for e in all_of_them}.values()


def _entries(quote: Evidence, document: Document, index: Index) -> Iterator[Evidence]:
    """Yield the entries of the works that a quote cites by number, in the order of the text."""
    numbers = (c.reference for c in document.cited if c.form == "numeric" and meet((c.start, c.end), quote.span))
    for number in list(dict.fromkeys(n for n in numbers if n is not None))[:_MOST_ENTRIES]:
        entry = document.references[number]
        for hit in index.hits_in(document.id, (entry.start, entry.end))[:1]:
            yield Evidence(hit, (entry.start, entry.end), document.text[entry.start : entry.end], quote.score)
