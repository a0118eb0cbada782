"""Read the sources that are new or changed; what cannot be read is told and harms no other."""

import hashlib
import itertools
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Protocol

from core.errors import InputError
from core.records import Document
from index.store import Entry
from ingest import READER, Metadata, ReadDocument, Source

__all__ = ["Fresh", "NothingReadError", "Progress", "Reads", "read_sources"]


Progress = Callable[[str, int, int], None]


class Reads(Protocol):
    """What reads a file; see ingest.ReaderProcess."""

    def read(self, source: Source, *, document_id: str) -> ReadDocument:
        """Read one file."""
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
    entries: dict[str, Entry] = {}
    documents: dict[str, Document] = {}
    failures: list[str] = []
    progress("read", 0, len(sources))
    for done, source in enumerate(sources, start=1):
        known = by_path.get(str(source.path))
        try:
            entry, document = _read(source, known, {*before, *entries}, reader)
        except InputError as error:
            failures.append(str(error))
        else:
            entries[entry.id] = entry
            if document:
                documents[entry.id] = document
        progress("read", done, len(sources))
    if failures and not entries:
        raise NothingReadError(failures)
    return Fresh(entries, documents, tuple(failures))


def _read(source: Source, known: Entry | None, taken: Collection[str], reader: Reads) -> tuple[Entry, Document | None]:
    listed = source.metadata or (known.listed if known else Metadata())
    said = source.said or (known.said if known else Metadata())
    same = known is not None and (known.reader, known.said, known.listed) == (READER, said, listed)
    if known and same and known.content_hash == _hash(source):
        return known, None
    identifier = known.id if known else _free_id(source.id, taken)
    document = reader.read(Source(source.path, source.id, listed, said), document_id=identifier).document
    return (
        Entry(
            identifier,
            document.title,
            str(source.path),
            document.content_hash,
            READER,
            passages=0,
            said=said,
            listed=listed,
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
