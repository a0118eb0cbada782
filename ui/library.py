"""The library of a corpus: what is in it, and adding, renaming and removing, for several people at once."""

import secrets
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from threading import Lock

from core.records import Document
from core.settings import Settings
from index import Entry, open_generation, read_documents, remove_documents, rename_document
from index.vectors import Embeds
from ui.jobs import AddJob
from ui.reader import version_of
from ui.uploads import clean_title, discard
from ui.volumes import Entries

__all__ = ["A_LEAF", "Leaf", "Library", "Listed"]

A_LEAF = 50  # documents


@dataclass(frozen=True, slots=True)
class Listed:
    """A document as the library shows it; `pages` is 0 where the source has none, `added` an ISO time or empty.

    `version` is empty where the document could not be read.
    """

    id: str
    title: str
    authors: tuple[str, ...]
    date: str
    pages: int
    passages: int
    words: int
    added: str
    file: str
    version: str = ""


@dataclass(frozen=True, slots=True)
class Leaf:
    """Some rows of the list: those of leaf `number` from 0 of `leaves`, of `matching` documents, of `total` in all."""

    rows: tuple[Listed, ...]
    number: int = 0
    leaves: int = 1
    matching: int = 0
    total: int = 0


class Library:
    """Lists and changes the documents of a corpus; safe to share between threads, and beside other processes.

    Args:
        settings: which corpus.
        embedder: in place of the shipped one.
    """

    def __init__(self, settings: Settings, embedder: Embeds | None = None) -> None:
        self._settings = settings
        self._embedder = embedder
        self._jobs: dict[str, AddJob] = {}
        self._entries = Entries(settings)
        self._read: dict[tuple[object, ...], Listed] = {}
        self._lock = Lock()

    def listed(self, words: str = "", number: int = 0) -> Leaf:
        """Return a leaf of the list of documents, those that came last first; the documents on it alone are read.

        Args:
            words: what the title or file of a document must have, each of them.
            number: which leaf, from 0; the last where there are not so many.

        Raises:
            IbidError: the index is broken.
        """
        entries = sorted(self._entries.now(), key=lambda entry: entry.added, reverse=True)
        wanted = words.casefold().split()
        found = [entry for entry in entries if _has(entry, wanted)]
        leaves = max(1, -(-len(found) // A_LEAF))
        number = min(max(number, 0), leaves - 1)
        rows = self._rows(found[number * A_LEAF : (number + 1) * A_LEAF])
        return Leaf(rows, number, leaves, len(found), len(entries))

    def add(self, uploads: Sequence[Path]) -> tuple[str, AddJob]:
        """Begin to add uploaded files; return the key of the job, and the job."""
        job = AddJob(self._settings, uploads, self._embedder)
        key = secrets.token_hex(8)
        with self._lock:
            self._jobs = {key: job} | {k: j for k, j in self._jobs.items() if not j.is_over()}
        return key, job.start()

    def cancel(self, key: str) -> None:
        """Give a job up; one that is over or not known stays as it is."""
        if job := self._jobs.get(key):
            job.cancel()

    def rename(self, identifier: str, title: str) -> str:
        """Give a document another title, and return it as it was cleaned.

        Raises:
            InputError: there is no such document, or the title is empty or too long.
            IbidError: the index cannot be changed.
        """
        title = clean_title(title)
        rename_document(self._settings, identifier, title, embedder=self._embedder, wait=_patiently)
        return title

    def remove(self, ids: Iterable[str]) -> None:
        """Remove documents, with what was kept of them if they were uploaded.

        Raises:
            InputError: there is no such document.
            IbidError: the index cannot be changed.
        """
        wanted = frozenset(ids)
        sources = {e.id: e.source for e in open_generation(self._settings)[1].documents}
        remove_documents(self._settings, wanted, embedder=self._embedder, wait=_patiently)
        discard(self._settings, [Path(sources[i]) for i in wanted if i in sources])

    def _rows(self, entries: Sequence[Entry]) -> tuple[Listed, ...]:
        unread = [entry for entry in entries if _key(entry) not in self._read]
        documents = read_documents(self._settings) if unread else {}
        for entry in unread:
            if document := documents.get(entry.id):  # it may have gone since
                self._read[_key(entry)] = _listed(entry, document)
        rows = (self._read.get(_key(entry), _unread(entry)) for entry in entries)
        return tuple(replace(row, title=entry.title) for row, entry in zip(rows, entries, strict=True))


def _has(entry: Entry, wanted: Sequence[str]) -> bool:
    said = f"{entry.title} {Path(entry.source).name}".casefold()
    return all(word in said for word in wanted)


def _key(entry: Entry) -> tuple[object, ...]:
    """What tells an entry whose document says the same."""
    return entry.id, entry.content_hash, entry.reader, entry.said, entry.listed, entry.passages


def _unread(entry: Entry) -> Listed:
    """An entry as it is listed, as far as the index notes it."""
    return Listed(entry.id, entry.title, (), "", 0, entry.passages, 0, entry.added, Path(entry.source).name)


def _listed(entry: Entry, document: Document) -> Listed:
    pages = len({page for _, page in document.page_marks})
    words = len(document.text.split())
    return replace(
        _unread(entry),
        authors=document.authors,
        date=document.date,
        pages=pages,
        words=words,
        version=version_of(document),
    )


def _patiently() -> None:
    """Wait for others as long as they take."""
