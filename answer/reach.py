"""Which documents a question has to look into: those that hold its words, and never more than a few of very many."""

from collections.abc import Collection, Iterable

from index import Index
from index.terms import analyze

__all__ = ["MOST", "are_few", "holding", "in_order", "nearest"]

MOST = 32  # documents that are read for one thing that a question names


def are_few(index: Index) -> bool:
    """Say whether all documents of an index may be read for one question."""
    return len(index.documents) <= MOST


def holding(words: Iterable[str], index: Index) -> frozenset[str] | None:
    """Return the ids of the documents that hold every one of some words; None where no index keeps any of these."""
    found: frozenset[str] | None = None
    terms = dict.fromkeys(term for word in words for term in analyze(word))
    for term in sorted(terms, key=index.idf, reverse=True):
        ids = index.documents_with((term,))
        found = ids if found is None else found & ids
        if not found:
            break
    return found


def in_order(ids: Collection[str], index: Index) -> tuple[str, ...]:
    """Return ids in the order of the documents."""
    return tuple(ids) if len(ids) < 2 else tuple(i for i in index.documents if i in ids)


def nearest(ids: Collection[str] | None, about: str, index: Index) -> tuple[str, ...]:
    """Return the ids of the documents to read, in order: all of some, or of more than MOST those that come nearest.

    Args:
        ids: of the documents that can matter; None for all that there are.
        about: what is asked.
        index: where they are.
    """
    wanted: Collection[str] = index.documents if ids is None else ids
    if len(wanted) > MOST:
        wanted = {hit.passage.document_id for hit in index.search(about, top=MOST)}.intersection(wanted)
    return in_order(wanted, index)
