"""Find the rows of tables that a query names by their first cell: 'Tarn 60', 'Sluices', 'E09'."""

from collections.abc import Iterator, Sequence

from core.records import Document, Passage, PassageKind
from index.lexical import Lookup, reading_order
from index.terms import analyze
from ingest import block_at, row_cells

__all__ = ["RowNames", "row_terms"]

_MOST = 12  # rows that share a name; more of them name nothing


class RowNames:
    """Finds the rows whose name, the first cell that holds a letter, stands in a query with all its terms.

    Args:
        lookups: the terms of the names, by segment; passages that are no rows have none.
    """

    def __init__(self, lookups: Sequence[Lookup]) -> None:
        self._lookups = lookups

    def find(self, query: str) -> list[str]:
        """Return the ids of the rows that a query names, those with the longest names first."""
        asked = sorted(set(analyze(query)))
        rows: dict[tuple[str, ...], list[str]] = {}
        for lookup in self._lookups:
            for name, row in _named(lookup, asked):
                rows.setdefault(name, []).append(row)
        longest = sorted(rows, key=lambda name: (-len(name), name))
        return [row for name in longest if len(rows[name]) <= _MOST for row in sorted(rows[name], key=reading_order)]


def row_terms(passage: Passage, document: Document) -> list[str]:
    """Return the terms of the name of a row, each once; none for what is no row."""
    if passage.kind is not PassageKind.TABLE or "\t" not in passage.text:
        return []
    cells = row_cells(document, block_at(document, passage.start), (passage.start, passage.end))
    return sorted(set(analyze(next((cell for cell in cells if any(ch.isalpha() for ch in cell)), ""))))


def _named(lookup: Lookup, asked: Sequence[str]) -> Iterator[tuple[tuple[str, ...], str]]:
    """Yield the names and the ids of the rows of a segment all of whose terms are asked for."""
    import numpy as np

    found = [lookup.of(term)[0] for term in asked]
    rows, hits = np.unique(np.concatenate([np.zeros(0, dtype=np.int32), *found]), return_counts=True)
    named = rows[hits == lookup.postings.lengths[rows]]
    terms: list[list[str]] = [[] for _ in named]
    for term, items in zip(asked, found, strict=True):
        for place in np.flatnonzero(np.isin(named, items)):
            terms[place].append(term)
    yield from zip(map(tuple, terms), lookup.ids(named), strict=True)
