"""The library of a corpus: what is in it, and adding, renaming and removing, for several people at once."""

import secrets
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from threading import Lock

from core.errors import IbidError
from core.records import Document
from core.settings import Settings
from index import Entry, has_index, lease_generation, open_generation, remove_documents, rename_document
from index.vectors import Embeds
from ui.jobs import AddJob
from ui.uploads import clean_title, discard

__all__ = ["Library", "Listed"]


@dataclass(frozen=True, slots=True)
class Listed:
    """A document as the library shows it; `pages` is 0 where the source has none, `added` an ISO time or empty."""

    id: str
    title: str
    authors: tuple[str, ...]
    date: str
    pages: int
    passages: int
    words: int
    added: str
    file: str


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
        self._words: dict[tuple[str, str], int] = {}
        self._lock = Lock()

    def listed(self) -> tuple[Listed, ...]:
        """Return the documents, those that came last first; none where there is no index yet.

        Raises:
            IbidError: the index is broken.
        """
        try:
            generation, manifest, lease = lease_generation(self._settings)
        except IbidError:
            if has_index(self._settings):
                raise
            return ()
        documents = generation.documents()
        rows = [self._listed(entry, documents[entry.id]) for entry in manifest.documents]
        lease.close()
        return tuple(sorted(rows, key=lambda row: row.added, reverse=True))

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

    def _listed(self, entry: Entry, document: Document) -> Listed:
        key = (entry.content_hash, entry.reader)
        if key not in self._words:
            self._words[key] = len(document.text.split())
        return Listed(
            id=entry.id,
            title=document.title,
            authors=document.authors,
            date=document.date,
            pages=len({page for _, page in document.page_marks}),
            passages=entry.passages,
            words=self._words[key],
            added=entry.added,
            file=Path(entry.source).name,
        )


def _patiently() -> None:
    """Wait for others as long as they take."""
