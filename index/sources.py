"""Read the sources that are new or changed; what cannot be read is told and harms no other."""

import hashlib
import itertools
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Protocol, runtime_checkable

from core.errors import InputError
from core.records import Document
from index.store import Entry
from ingest import READER, Metadata, Source

__all__ = ["Fresh", "NothingReadError", "Progress", "Reads", "read_sources"]


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


@dataclass(frozen=True, slots=True)
class Fresh:
    """What was read, by document id; the document is None where the index has it as it is.

    `failures` are the lines on what could not be read.
    """

    entries: dict[str, Entry]
    documents: dict[str, Document]
    failures: tuple[str, ...]


def read_sources(sources: Sequence[Source], before: Mapping[str, Entry], reader: Reads, progress: Progress) -> Fresh:
    """Read the sources that the index does not have as they are.

    Args:
        sources: the files.
        before: the index's entries by document id.
        reader: reads one file.
        progress: called as progress('read', done, total).

    Raises:
        NothingReadError: not one of the sources can be read.
    """
    by_path = {entry.source: entry for entry in before.values()}
    progress("read", 0, len(sources))
    asked = [_asked(source, by_path.get(str(source.path))) for source in sources]
    if isinstance(reader, ReadsAhead):
        reader.expect([source for source, known in asked if not known])
    entries: dict[str, Entry] = {}
    documents: dict[str, Document] = {}
    failures: list[str] = []
    for done, (source, known) in enumerate(asked, start=1):
        if known:
            entries[known.id] = known
        else:
            try:
                entry, document = _read(source, by_path.get(str(source.path)), {*before, *entries}, reader)
            except InputError as error:
                failures.append(str(error))
            else:
                entries[entry.id], documents[entry.id] = entry, document
        progress("read", done, len(sources))
    if failures and not entries:
        raise NothingReadError(failures)
    return Fresh(entries, documents, tuple(failures))


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
