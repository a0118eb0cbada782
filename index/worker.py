"""What a worker of a Ray cluster does: read and split a file, embed texts. Ibid is installed there too.

What a worker holds (the model, the reader's child process) it keeps for the next task.
"""

import socket
import tempfile
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Self

from core.errors import IbidError, InputError
from core.records import Document, Passage
from core.settings import Settings, go_offline
from index.embedder import Embedder
from index.own_model import embedder_for, model_of
from index.reading import UNITS
from ingest import READER, Limits, ReaderProcess, Source, split_document

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

__all__ = ["Failed", "Job", "ReadThere", "Stamp", "Unfit", "Unseen", "embed_there", "read_there", "stamp_of"]

Stamp = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Job:
    """What a worker has to know: the limits of reading, how to split, and the model.

    `made_with` names the reader, the units and the model's weights of the machine that writes the index.
    """

    limits: Limits
    passage_words: int
    embedder: Path | None
    made_with: tuple[str, ...]

    @classmethod
    def of(cls, settings: Settings) -> Self:
        """Return the job that settings amount to; they themselves hold secrets and stay where they are."""
        return cls(Limits.of(settings), settings.passage_words, settings.embedder, _made_with(settings.embedder))


@dataclass(frozen=True, slots=True)
class ReadThere:
    """A document that a worker read, and its passages."""

    document: Document
    passages: tuple[Passage, ...]


@dataclass(frozen=True, slots=True)
class Failed:
    """The line on a file that cannot be read."""

    line: str


@dataclass(frozen=True, slots=True)
class Unseen:
    """The worker does not have the file at that path, or another one: send its bytes."""


@dataclass(frozen=True, slots=True)
class Unfit:
    """Why a worker would make another index than the machine that writes it."""

    line: str


def stamp_of(path: Path) -> Stamp | None:
    """Return size and time of change of a file, which tell whether two machines see the same one; None without it."""
    try:
        found = path.stat()
    except OSError:
        return None
    return found.st_size, found.st_mtime_ns


def read_there(
    job: Job, source: Source, document_id: str, stamp: Stamp, data: bytes | None = None
) -> ReadThere | Failed | Unseen | Unfit:
    """Read and split a file: from its bytes, or where none are sent from its path, if the same file is there."""
    if unfit := _unfit(job):
        return unfit
    if data is None and stamp_of(source.path) != stamp:
        return Unseen()
    try:
        document = _read(job, source, document_id, data)
    except InputError as error:
        return Failed(str(error))
    return ReadThere(document, split_document(document, passage_words=job.passage_words))


def embed_there(job: Job, texts: Sequence[str]) -> "NDArray[np.float32] | Unfit":
    """Return one unit vector a text."""
    if unfit := _unfit(job):
        return unfit
    try:
        embedder = embedder_for(_settings(job.embedder))
    except IbidError as error:
        return Unfit(f"{error} (on the Ray worker {socket.gethostname()})")
    # The shipped one takes a thread a core for many texts; here the other cores have workers of their own.
    return embedder.embed_here(texts) if isinstance(embedder, Embedder) else embedder.embed(texts)


def _read(job: Job, source: Source, document_id: str, data: bytes | None) -> Document:
    if data is None:
        return _reader(job.limits).read(source, document_id=document_id).document
    with tempfile.TemporaryDirectory(prefix="ibid-") as folder:
        copy = Path(folder) / source.path.name
        copy.write_bytes(data)
        try:
            read = _reader(job.limits).read(replace(source, path=copy), document_id=document_id)
        except InputError as error:
            raise InputError(str(error).replace(str(copy), str(source.path))) from None
    return replace(read.document, source=str(source.path))


@lru_cache(maxsize=1)
def _reader(limits: Limits) -> ReaderProcess:
    """The reader of this worker; its child ends with it."""
    return ReaderProcess(limits)


def _unfit(job: Job) -> Unfit | None:
    try:
        here = _made_with(job.embedder)
    except IbidError as error:
        return Unfit(f"{error} (on the Ray worker {socket.gethostname()})")
    if here == job.made_with:
        return None
    return Unfit(
        f"the Ray worker {socket.gethostname()} has another version of Ibid or of the model "
        f"({', '.join(here)}, expected {', '.join(job.made_with)}): install the same one on all machines"
    )


@lru_cache(maxsize=1)
def _made_with(embedder: Path | None) -> tuple[str, ...]:
    go_offline()
    return f"reader {READER}", f"units {UNITS}", *model_of(_settings(embedder))


def _settings(embedder: Path | None) -> Settings:
    """Settings that name the model alone: a worker's own file of settings does not count."""
    return Settings.model_construct(embedder=embedder)
