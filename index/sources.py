"""Read the sources that are new or changed; what cannot be read is told and harms no other."""

import hashlib
import itertools
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from contextlib import AbstractContextManager
from datetime import UTC, datetime
from typing import Protocol, runtime_checkable

from core.errors import InputError
from core.records import Document
from index.store import Entry
from ingest import READER, Metadata, Source

__all__ = ["Fresh", "NothingReadError", "Progress", "Reads"]


Progress = Callable[[str, int, int], None]


class Read(Protocol):
    """What was read of a file."""

    @property
    def document(self) -> Document:
        """The document."""
        ...


class Reads(Protocol):
    """What reads a file; see ingest.ReaderProcess."""

    def read(self, source: Source, *, document_id: str) -> Read:
        """Read one file."""
        ...


@runtime_checkable
class ReadsAhead(Reads, Protocol):
    """What can read files before they are asked for."""

    def expect(self, sources: Sequence[Source]) -> None:
        """Be told what will be read, in that order, each under the id that its document is likely to get."""
        ...


class NothingReadError(InputError):
    """Not one of some files could be read; `failures` are the lines on each."""

    def __init__(self, failures: Sequence[str]) -> None:
        others = f" (and {len(failures) - 1} more could not be read)" if len(failures) > 1 else ""
        super().__init__(failures[0] + others)
        self.failures = tuple(failures)


class Fresh:
    """Reads the sources that the index does not have as they are, one after another as they are asked for.

    While it is iterated over, `entries` get those of all sources that are in the index or come in, by document id, and
    `failures` the lines on what could not be read.

    Args:
        sources: the files.
        before: the index's entries by document id.
        opened: opens what reads a file.
        progress: called as progress('read', done, total).
    """

    def __init__(
        self,
        sources: Sequence[Source],
        before: Mapping[str, Entry],
        opened: Callable[[], AbstractContextManager[Reads]],
        progress: Progress,
    ) -> None:
        self.entries: dict[str, Entry] = {}
        self.failures: list[str] = []
        self._sources = sources
        self._before = before
        self._taken = set(before)
        self._opened = opened
        self._progress = progress

    def __iter__(self) -> Iterator[Document]:
        """Yield what is new or changed.

        Raises:
            NothingReadError: not one of the sources can be read.
        """
        by_path = {entry.source: entry for entry in self._before.values()}
        self._progress("read", 0, len(self._sources))
        asked = [_asked(source, by_path.get(str(source.path))) for source in self._sources]
        with self._opened() as reader:
            if isinstance(reader, ReadsAhead):
                reader.expect([source for source, same in asked if not same])
            for done, (source, same) in enumerate(asked, start=1):
                if same:
                    self._note(same)
                elif document := self._read(source, by_path.get(str(source.path)), reader):
                    yield document
                self._progress("read", done, len(self._sources))
        if self.failures and not self.entries:
            raise NothingReadError(self.failures)

    def _read(self, source: Source, known: Entry | None, reader: Reads) -> Document | None:
        try:
            entry, document = _read(source, known, self._taken, reader)
        except InputError as error:
            self.failures.append(str(error))
            return None
        self._note(entry)
        return document

    def _note(self, entry: Entry) -> None:
        self.entries[entry.id] = entry
        self._taken.add(entry.id)


def _asked(source: Source, known: Entry | None) -> tuple[Source, Entry | None]:
    """A source with all that was ever said of it, under the id it should get; and its entry if that is as it is now."""
    listed = source.metadata or (known.listed if known else Metadata())
    said = source.said or (known.said if known else Metadata())
    asked = Source(source.path, known.id if known else source.id, listed, said)
    same = known is not None and (known.reader, known.said, known.listed) == (READER, said, listed)
    return asked, known if known and same and known.content_hash == _hash(source) else None


def _read(source: Source, known: Entry | None, taken: Collection[str], reader: Reads) -> tuple[Entry, Document]:
    identifier = known.id if known else _free_id(source.id, taken)
    document = reader.read(source, document_id=identifier).document
    return (
        Entry(
            identifier,
            document.title,
            str(source.path),
            document.content_hash,
            READER,
            passages=0,
            said=source.said or Metadata(),
            listed=source.metadata or Metadata(),
            added=known.added if known else datetime.now(UTC).isoformat(timespec="seconds"),
        ),
        document,
    )


def _hash(source: Source) -> str:
    try:
        with source.path.open("rb") as file:
            return hashlib.file_digest(file, "sha256").hexdigest()
    except OSError:
        return ""  # the reader says what is wrong


def _free_id(wanted: str, taken: Collection[str]) -> str:
    """The wanted id, or with a number when a document from another place has it."""
    names = itertools.chain([wanted], (f"{wanted}-{n}" for n in itertools.count(2)))
    return next(name for name in names if name not in taken)
