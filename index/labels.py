"""Find a table by the number a query gives it, whatever its caption is numbered: 'Table 2' is 'Table 4.2'."""

import re
from collections.abc import Iterable, Iterator, Sequence

from core.records import Passage, PassageKind
from index.lexical import Lookup, reading_order

__all__ = ["TableNumbers", "table_number", "without_tables"]

_NAMED = re.compile(r"\btables?\s+([A-Z]?\d+(?:[.\-–]\d+)*)(?!\w)", re.IGNORECASE)
_ORDINALS = "first second third fourth fifth sixth seventh eighth ninth tenth".split()
_ORDINAL = re.compile(rf"\b({'|'.join(_ORDINALS)}|last)\s+table\b", re.IGNORECASE)
_DASH = re.compile(r"[\-–]")


class TableNumbers:
    """Finds the captions of tables by their numbers, or by where they stand among the tables.

    Args:
        lookups: the numbers of captions, by segment.
    """

    def __init__(self, lookups: Sequence[Lookup]) -> None:
        self._lookups = lookups

    def find(self, query: str) -> Iterator[str]:
        """Yield the ids of the captions that a query names.

        A number that no caption has is read as the last part of one, or one as the last part of it: a chapter cut out
        of a book often counts its tables from 1 in the text and within the book in the captions. 'The second table' is
        the second of each document.
        """
        for named in _NAMED.finditer(query):
            number = _number(named.group(1))
            if exact := self._captions([number]):
                yield from exact
                continue
            last = number.rpartition(".")[2]
            close = [n for n in self._numbers() if n == last or (number == last and n.endswith(f".{last}"))]
            groups = [group for n in close if (group := self._captions([n]))]
            for group in sorted(groups, key=lambda group: reading_order(group[0])):
                yield from group
        for named in _ORDINAL.finditer(query):
            word = named.group(1).lower()
            place = -1 if word == "last" else _ORDINALS.index(word)
            yield from (ids[place] for ids in self._by_document() if place < len(ids))

    def _captions(self, numbers: Iterable[str]) -> list[str]:
        """The ids of the captions that have one of some numbers, in the order of the index."""
        found = [i for n in numbers for lookup in self._lookups for i in lookup.ids(lookup.of(n)[0])]
        return sorted(found, key=reading_order)

    def _numbers(self) -> set[str]:
        return {term.decode() for lookup in self._lookups for term in lookup.postings.terms[:]}

    def _by_document(self) -> Iterable[list[str]]:
        groups: dict[str, list[str]] = {}
        for caption in self._captions(self._numbers()):
            groups.setdefault(reading_order(caption)[0], []).append(caption)
        return groups.values()


def table_number(passage: Passage) -> str:
    """Return the number of the table that a passage captions, or nothing."""
    named = _NAMED.match(passage.text) if passage.kind is PassageKind.TABLE else None
    return _number(named.group(1)) if named else ""


def without_tables(query: str) -> str:
    """Return a query without the tables that it names by number."""
    return _ORDINAL.sub(" ", _NAMED.sub(" ", query))


def _number(printed: str) -> str:
    return _DASH.sub(".", printed).upper()
