"""A corpus on a Chroma server: whoever uses the same server uses the same index.

ibid.<corpus>.state                    its metadata name the generation in use, and the one that is being made
ibid.<corpus>.lock                     is there while somebody builds; see ServerLock
ibid.<corpus>.<generation>.passages    the vectors, and .sentences
ibid.<corpus>.<generation>.files       documents, passages, BM25 and manifest, compressed, in parts

What lies under the home folder is a copy of the files, which can be deleted at any time.
"""

import base64
import fcntl
import logging
import secrets
import shutil
import tempfile
import zlib
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass, replace
from functools import lru_cache
from itertools import count, islice
from pathlib import Path

from core.errors import IbidError
from core.settings import Settings
from index.generation import MANIFEST, Generation
from index.locks import is_leased
from index.server import Server, ServerCollection, ServerVectors, UnreachableError, server_of
from index.server_lock import ServerLock
from index.vectors import COLLECTIONS

__all__ = ["SharedCorpus", "shared_corpus"]

_FILES = "files"
_PART = 100_000  # characters of a file in one record
_PARTS = 20  # records in one request
_COMING = "coming-"
_LOG = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class _State:
    """Names of generations: in use, in use before that, to be deleted, being made, and what the latter is made of."""

    current: str = ""
    before: str = ""
    over: str = ""
    making: str = ""
    of: str = ""

    def next_name(self) -> str:
        """A name that sorts after the others; a server that was emptied begins anew, so numbers alone would not do."""
        last = max(int(name[4:10]) if name else 0 for name in (self.current, self.before, self.making))
        return f"gen-{last + 1:06d}-{secrets.token_hex(4)}"


class SharedCorpus:
    """The generations of a corpus on a server.

    Args:
        server: the server.
        corpus: the name of the corpus.
        folder: where the copy of its files lies on this machine.
    """

    def __init__(self, server: Server, corpus: str, folder: Path) -> None:
        self._server = server
        self._prefix = f"ibid.{corpus}"
        self._folder = folder
        self._lock = ServerLock(server, f"{self._prefix}.lock", folder)

    def current(self) -> str:
        """Return the name of the generation in use; empty where there is none.

        Raises:
            UnreachableError: the server does not answer.
        """
        return self._state().current

    def generation(self, name: str) -> Generation:
        """Return a generation, its files copied to this machine.

        Raises:
            IbidError: the server no longer has it.
            UnreachableError: the server does not answer.
        """
        generation = Generation(self._folder / name, self._vectors(name))
        if not _is_whole(generation):
            self._fetch(generation)
        return generation

    @contextmanager
    def building(self, wait: Callable[[], None] | None) -> Iterator[None]:
        """Hold the lock of the corpus on the server; see `index.store.building`.

        Raises:
            IbidError: somebody else has it, and there is no `wait`.
            UnreachableError: the server does not answer.
        """
        with self._lock.held(wait):
            yield

    def new(self, of: str) -> Generation:
        """Return a generation to be filled: the one that a build of the same things left unfinished, or a new one.

        Args:
            of: a digest of what it is made of.
        """
        state = self._state()
        if not state.making or state.of != of:
            self._drop(state.making)
            state = replace(state, making=state.next_name(), of=of)
            self._write(state)
        folder = self._folder / state.making
        shutil.rmtree(folder, ignore_errors=True)
        folder.mkdir()
        return Generation(folder, self._vectors(state.making))

    def publish(self, generation: Generation) -> None:
        """Put a finished generation in use for all; the one before stays for those who have it open.

        Raises:
            IbidError: the lock was lost to somebody else.
            UnreachableError: the server does not answer.
        """
        name = generation.folder.name
        self._upload(generation)
        state = self._state()
        self._lock.check()
        self._write(_State(current=name, before=state.current, over=state.before))
        try:
            self._drop(state.over)  # in case that it was not reached the last time
            self._drop(state.before)
        except UnreachableError as error:
            _LOG.warning("generation %s is left to be deleted by the next build: %s", state.before, error)

    def _state(self) -> _State:
        found = self._server.collection(f"{self._prefix}.state")
        known = found.metadata if found else {}
        return _State(**{name: str(known.get(name, "")) for name in asdict(_State())})

    def _write(self, state: _State) -> None:
        name = f"{self._prefix}.state"
        found = self._server.collection(name) or self._server.create(name)
        assert found is not None  # noqa: S101 - only a new one may be refused
        found.describe(asdict(state))

    def _vectors(self, name: str) -> ServerVectors:
        return ServerVectors(self._server, f"{self._prefix}.{name}")

    def _drop(self, name: str) -> None:
        if name:
            self._vectors(name).drop((*COLLECTIONS, _FILES))

    def _upload(self, generation: Generation) -> None:
        vectors = self._vectors(generation.folder.name)
        vectors.drop([_FILES])  # of a build that ended in the middle of it
        files = vectors.create_collection(_FILES, None)
        paths = sorted(path for path in generation.folder.rglob("*") if path.is_file())
        parts = (part for path in paths for part in _parts(path.relative_to(generation.folder), path.read_bytes()))
        for number in count():
            some = list(islice(parts, _PARTS))
            if not some:
                return
            ids = [f"{number:08d}-{n:02d}" for n in range(len(some))]
            files.add(ids=ids, embeddings=[[1.0]] * len(some), metadatas=some)  # Chroma has no record without a vector

    def _fetch(self, generation: Generation) -> None:
        """Copy the files of a generation to this machine; whole, or not at all."""
        self._folder.mkdir(parents=True, exist_ok=True)
        with (self._folder / "fetch.lock").open("w") as lock:
            fcntl.flock(lock, fcntl.LOCK_EX)
            for left in self._folder.glob(f"{_COMING}*"):
                shutil.rmtree(left, ignore_errors=True)
            if _is_whole(generation):
                return  # another process has fetched it
            coming = Path(tempfile.mkdtemp(prefix=_COMING, dir=self._folder))
            _download(self._vectors(generation.folder.name).get_collection(_FILES), coming)
            shutil.rmtree(generation.folder, ignore_errors=True)
            coming.replace(generation.folder)
            self._forget_before(generation.folder.name)

    def _forget_before(self, name: str) -> None:
        """Delete the copies of earlier generations that nobody here has open."""
        for path in self._folder.glob("gen-*"):
            file = path / MANIFEST
            if path.name < name and file.is_file() and not is_leased(file):
                shutil.rmtree(path, ignore_errors=True)


def shared_corpus(settings: Settings, folder: Path) -> SharedCorpus:
    """Return the corpus of the settings, the same object each time: it knows which lock it holds."""
    return _shared(server_of(settings), settings.corpus, folder)


@lru_cache(maxsize=64)
def _shared(server: Server, corpus: str, folder: Path) -> SharedCorpus:
    return SharedCorpus(server, corpus, folder)


def _is_whole(generation: Generation) -> bool:
    """Say whether a copy of a generation's files lies here, none missing or cut short."""
    try:
        return not generation.fault(generation.manifest())
    except IbidError:
        return False


def _parts(path: Path, content: bytes) -> Iterator[dict[str, str | int]]:
    text = base64.b64encode(zlib.compress(content)).decode("ascii")
    for number, start in enumerate(range(0, len(text), _PART)):
        yield {"file": path.as_posix(), "part": number, "text": text[start : start + _PART]}


def _download(files: ServerCollection, folder: Path) -> None:
    texts: dict[str, dict[int, str]] = {}
    for offset in count(0, _PARTS):
        found = files.get(limit=_PARTS, offset=offset, include=["metadatas"])["metadatas"]
        for part in found:
            texts.setdefault(part["file"], {})[part["part"]] = part["text"]
        if len(found) < _PARTS:
            break
    for name, parts in texts.items():
        path = folder / name
        if not path.is_relative_to(folder) or ".." in path.parts:
            raise IbidError(f"the Chroma server has a file that is no part of an index: {name!r}")
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(zlib.decompress(base64.b64decode("".join(parts[n] for n in sorted(parts)))))
