"""The documents of an index as a mapping: ids are at hand, a document is read when it is asked for."""

from collections.abc import Iterator, Mapping, Sequence
from functools import lru_cache

from core.records import Document
from index.part import Part

__all__ = ["Documents"]

_KEPT = 64  # documents


class Documents(Mapping[str, Document]):
    """The live documents of some segments, by id in order; those read last are kept."""

    def __init__(self, parts: Sequence[Part]) -> None:
        found = sorted((i, part, place) for part in parts for i, place in part.documents.items())
        self._places = {i: (part, place) for i, part, place in found}
        self._mapped = [part.segment.documents_json for part in parts]  # now: they can be read when others sweep them
        self._read = lru_cache(maxsize=_KEPT)(self._document)

    def __getitem__(self, key: str) -> Document:
        return self._read(key)

    def __contains__(self, key: object) -> bool:
        return key in self._places

    def __iter__(self) -> Iterator[str]:
        return iter(self._places)

    def __len__(self) -> int:
        return len(self._places)

    def _document(self, key: str) -> Document:
        part, place = self._places[key]
        return part.segment.document(place)
