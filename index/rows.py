"""Find the rows of tables that a query names by their first cell: 'Tarn 60', 'Capital', 'E09'."""

from collections import Counter
from collections.abc import Iterable, Mapping

from core.records import Document, Passage, PassageKind
from index.terms import analyze
from ingest import block_at, row_cells

__all__ = ["RowNames"]

_MOST = 12  # rows that share a name; more of them name nothing


class RowNames:
    """Finds the rows whose name, the first cell that holds a letter, stands in a query with all its terms.

    Each name is filed under its rarest term alone, so that a term of thousands of names costs a query nothing.
    """

    def __init__(self, passages: Iterable[Passage], documents: Mapping[str, Document]) -> None:
        self._rows: dict[frozenset[str], list[str]] = {}
        for passage in passages:
            if passage.kind is not PassageKind.TABLE or "\t" not in passage.text:
                continue
            if key := frozenset(analyze(_name(passage, documents[passage.document_id]))):
                self._rows.setdefault(key, []).append(passage.id)
        found = Counter(term for key in self._rows for term in key)
        self._by_term: dict[str, list[frozenset[str]]] = {}
        for key in self._rows:
            self._by_term.setdefault(min(key, key=lambda term: (found[term], term)), []).append(key)

    def find(self, query: str) -> list[str]:
        """Return the ids of the rows that a query names, those with the longest names first."""
        asked = set(analyze(query))
        named = [key for term in asked for key in self._by_term.get(term, ()) if key <= asked]
        named.sort(key=lambda key: (-len(key), sorted(key)))
        return [row for key in named if len(self._rows[key]) <= _MOST for row in self._rows[key]]


def _name(passage: Passage, document: Document) -> str:
    cells = row_cells(document, block_at(document, passage.start), (passage.start, passage.end))
    return next((cell for cell in cells if any(ch.isalpha() for ch in cell)), "")
