"""Find the rows of tables that a query names by their first cell: 'Tarn 60', 'Capital', 'E09'."""

from collections.abc import Iterable

from core.records import Passage, PassageKind
from index.terms import analyze

__all__ = ["RowNames"]

_MOST = 12  # rows that share a name; more of them name nothing


class RowNames:
    """Finds the rows whose name, the first cell that holds a word, stands in a query with all its terms."""

    def __init__(self, passages: Iterable[Passage]) -> None:
        self._rows: dict[frozenset[str], list[str]] = {}
        self._by_term: dict[str, set[frozenset[str]]] = {}
        for passage in passages:
            if passage.kind is not PassageKind.TABLE or "\t" not in passage.text:
                continue
            name = next((cell for cell in passage.text.split("\t") if any(ch.isalpha() for ch in cell)), "")
            if key := frozenset(analyze(name)):
                self._rows.setdefault(key, []).append(passage.id)
                for term in key:
                    self._by_term.setdefault(term, set()).add(key)

    def find(self, query: str) -> list[str]:
        """Return the ids of the rows that a query names, those with the longest names first."""
        asked = set(analyze(query))
        near = {key for term in asked for key in self._by_term.get(term, ())}
        named = sorted((key for key in near if key <= asked), key=lambda key: (-len(key), sorted(key)))
        return [row for key in named if len(self._rows[key]) <= _MOST for row in self._rows[key]]
