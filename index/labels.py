"""Find a table by the number a query gives it, whatever its caption is numbered: 'Table 2' is 'Table 9.2'."""

import re
from collections.abc import Iterable, Iterator

from core.records import Passage, PassageKind

__all__ = ["TableNumbers"]

_NAMED = re.compile(r"\btables?\s+([A-Z]?\d+(?:[.\-–]\d+)*)(?!\w)", re.IGNORECASE)
_DASH = re.compile(r"[\-–]")


class TableNumbers:
    """Finds the captions of tables by their numbers."""

    def __init__(self, passages: Iterable[Passage]) -> None:
        self._captions: dict[str, list[str]] = {}
        for passage in passages:
            named = _NAMED.match(passage.text) if passage.kind is PassageKind.TABLE else None
            if named:
                self._captions.setdefault(_number(named.group(1)), []).append(passage.id)

    def find(self, query: str) -> Iterator[str]:
        """Yield the ids of the captions that a query names.

        A number that no caption has is read as the last part of one, or one as the last part of it: a chapter cut out
        of a book often counts its tables from 1 in the text and within the book in the captions.
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


def _number(printed: str) -> str:
    return _DASH.sub(".", printed).upper()
