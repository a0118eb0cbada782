"""Find a table by the number a query gives it, whatever its caption is numbered: 'Table 2' is 'Table 9.2'."""

import re
from collections.abc import Iterable, Iterator

from core.records import Passage, PassageKind

__all__ = ["TableNumbers", "without_tables"]

_NAMED = re.compile(r"\btables?\s+([A-Z]?\d+(?:[.\-–]\d+)*)(?!\w)", re.IGNORECASE)
_ORDINALS = "first second third fourth fifth sixth seventh eighth ninth tenth".split()
_ORDINAL = re.compile(rf"\b({'|'.join(_ORDINALS)}|last)\s+table\b", re.IGNORECASE)
_DASH = re.compile(r"[\-–]")


class TableNumbers:
    """Finds the captions of tables by their numbers, or by where they stand among the tables."""

    def __init__(self, passages: Iterable[Passage]) -> None:
        self._captions: dict[str, list[str]] = {}
        self._order: dict[str, list[str]] = {}
        for passage in passages:
            named = _NAMED.match(passage.text) if passage.kind is PassageKind.TABLE else None
            if named:
                self._captions.setdefault(_number(named.group(1)), []).append(passage.id)
                self._order.setdefault(passage.document_id, []).append(passage.id)

    def find(self, query: str) -> Iterator[str]:
        """Yield the ids of the captions that a query names.

        A number that no caption has is read as the last part of one, or one as the last part of it: a chapter cut out
        of a book often counts its tables from 1 in the text and within the book in the captions. 'The second table' is
        the second of each document.
        """
        for named in _NAMED.finditer(query):
            number = _number(named.group(1))
            if number in self._captions:
                yield from self._captions[number]
                continue
            last = number.rpartition(".")[2]
            for other, ids in self._captions.items():
                if other == last or (number == last and other.endswith(f".{last}")):
                    yield from ids
        for named in _ORDINAL.finditer(query):
            word = named.group(1).lower()
            place = -1 if word == "last" else _ORDINALS.index(word)
            yield from (ids[place] for ids in self._order.values() if place < len(ids))


def without_tables(query: str) -> str:
    """Return a query without the tables that it names by number."""
    return _ORDINAL.sub(" ", _NAMED.sub(" ", query))


def _number(printed: str) -> str:
    return _DASH.sub(".", printed).upper()
