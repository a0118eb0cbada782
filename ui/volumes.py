"""The documents of a corpus as lists show them: by what the index notes of each, so that none of them is read."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache

from core.errors import IbidError
from core.records import Document
from core.settings import Settings
from index import Entry, current_name, has_index, open_generation
from ui.reader import version_of

__all__ = ["Among", "Entries", "Volume", "volumes_of"]


@dataclass(frozen=True, slots=True)
class Volume:
    """A document in a list; `version` tells it from another that took its place under the same id."""

    id: str
    title: str
    version: str


class Entries:
    """What the index notes of each document, as it is now; read once a change of the index."""

    def __init__(self, settings: Settings) -> None:
        self._settings = settings
        self._of = lru_cache(maxsize=1)(lambda name: open_generation(settings)[1].documents)

    def now(self) -> tuple[Entry, ...]:
        """Return the entries; none where there is no index yet.

        Raises:
            IbidError: the index is broken.
        """
        name = current_name(self._settings)
        try:
            return self._of(name)
        except IbidError:
            if has_index(self._settings):
                raise
            return ()

    def volumes(self) -> tuple[Volume, ...]:
        """Return the documents of the entries; none where these cannot be read, which the Library says."""
        try:
            return tuple(Volume(e.id, e.title, e.content_hash[:12]) for e in self.now())
        except IbidError:
            return ()


class Among(Mapping[str, Document]):
    """Some of the documents, in their order; each is read when it is asked for."""

    def __init__(self, documents: Mapping[str, Document], ids: frozenset[str]) -> None:
        self._documents = documents
        self._ids = ids

    def __getitem__(self, key: str) -> Document:
        if key not in self._ids:
            raise KeyError(key)
        return self._documents[key]

    def __iter__(self) -> Iterator[str]:
        return (key for key in self._documents if key in self._ids)

    def __len__(self) -> int:
        return sum(1 for _ in self)


def volumes_of(documents: Mapping[str, Document]) -> Sequence[Volume]:
    """Return documents as lists show them, by reading each."""
    return tuple(Volume(d.id, d.title, version_of(d)) for d in documents.values())
