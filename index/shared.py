"""A corpus on a Chroma server: whoever uses the same server uses the same index.

ibid.<corpus>.state                    its metadata name the generation in use, and what is being made
ibid.<corpus>.lock                     is there while somebody builds; see ServerLock
ibid.<corpus>.<generation>.files       manifest and entries, compressed, in parts
ibid.<corpus>.<segment>.files          the files of a segment, likewise
ibid.<corpus>.<segment>.passages       the vectors of its passages

What lies under the home folder is a copy of the files, which can be deleted at any time.
"""

import base64
import fcntl
import logging
import secrets
import shutil
import tempfile
import zlib
from collections.abc import Callable, Collection, Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass, replace
from functools import lru_cache, partial
from itertools import count, islice
from pathlib import Path

from core.errors import IbidError
from core.settings import Settings
from index.generation import MANIFEST, Generation, sweep_segments
from index.locks import is_leased, locked
from index.segment import Segment
from index.server import Server, ServerCollection, ServerVectors, UnreachableError, server_of
from index.server_lock import ServerLock
from index.vectors import COLLECTION

__all__ = ["SharedCorpus", "shared_corpus"]

_FILES = "files"
_PART = 100_000  # characters of a file in one record
_PARTS = 20  # records in one request
_COMING = "coming-"
_LOG = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class _State:
    """Names, parted by spaces: the generation in use and its segments, those in use before, and what is to be deleted.

    `making` are the segments of a build that is not done, and the generation that it comes to.
    """

    current: str = ""
    segments: str = ""
    before: str = ""
    segments_before: str = ""
    over: str = ""
    making: str = ""

    def next_name(self) -> str:
        """A name that sorts after the others; a server that was emptied begins anew, so numbers alone would not do."""
        last = max(int(name[4:10]) if name else 0 for name in (self.current, self.before))
        return f"gen-{last + 1:06d}-{secrets.token_hex(4)}"

    def published(self, generation: str, segments: Collection[str]) -> "_State":
        """The state in which another generation is in use."""
        kept = {generation, *segments, *self.segments.split()}
        gone = {self.before, *self.segments_before.split(), *self.making.split()} - kept
        return _State(
            current=generation,
            segments=" ".join(segments),
            before=self.current,
            segments_before=self.segments,
            over=" ".join(sorted({*self.over.split(), *gone} - {""})),
        )


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
        generation = Generation(self._folder / name, self._vectors)
        self._copy(generation.folder, lambda: _is_whole(generation))
        for segment in generation.manifest().segments:
            self._copy(self._folder / segment, partial(_is_sound, generation.segment(segment)))
        self._forget_before(name)
        return generation

    @contextmanager
    def building(self, wait: Callable[[], None] | None) -> Iterator[None]:
        """Hold the lock of the corpus on the server; see `index.store.building`.

        Raises:
            IbidError: somebody else has it, and there is no `wait`.
            UnreachableError: the server does not answer.
        """
        with self._lock.held(wait):
            state = self._state()
            if state.making:  # by whoever was killed
                self._drop(state.making)
                self._write(replace(state, making=""))
            yield

    def new(self) -> Generation:
        """Return a generation to be filled.

        Raises:
            IbidError: the lock was lost to somebody else.
        """
        name = self._state().next_name()
        self._note_making(name)
        generation = Generation(self._folder / name, self._vectors)
        generation.folder.mkdir()
        return generation

    def new_segment(self, name: str) -> tuple[str, ServerVectors]:
        """Return a name for a segment that no other has, and the place of its vectors.

        Args:
            name: how it would be called on this machine alone.

        Raises:
            IbidError: the lock was lost to somebody else.
        """
        name = f"{name}-{secrets.token_hex(4)}"
        self._note_making(name)
        return name, self._vectors(name)

    def upload(self, name: str) -> None:
        """Send the files of a segment or of a generation.

        Raises:
            UnreachableError: the server does not answer.
        """
        files = self._vectors(name).create_collection(_FILES, None)
        folder = self._folder / name
        paths = sorted(path for path in folder.rglob("*") if path.is_file())
        parts = (part for path in paths for part in _parts(path.relative_to(folder), path.read_bytes()))
        for number in count():
            some = list(islice(parts, _PARTS))
            if not some:
                return
            ids = [f"{number:08d}-{n:02d}" for n in range(len(some))]
            files.add(ids=ids, embeddings=[[1.0]] * len(some), metadatas=some)  # Chroma has no record without a vector

    def publish(self, generation: Generation) -> None:
        """Put a finished generation in use for all; the one before stays for those who have it open.

        Raises:
            IbidError: the lock was lost to somebody else.
            UnreachableError: the server does not answer.
        """
        name = generation.folder.name
        self.upload(name)
        state = self._state()
        self._lock.check()
        state = state.published(name, generation.manifest().segments.keys())
        self._write(state)
        try:
            self._drop(state.over)
            self._write(replace(state, over=""))
        except UnreachableError as error:
            _LOG.warning("%s are left to be deleted by the next build: %s", state.over, error)

    def _state(self) -> _State:
        found = self._server.collection(f"{self._prefix}.state")
        known = found.metadata if found else {}
        return _State(**{name: str(known.get(name, "")) for name in asdict(_State())})

    def _write(self, state: _State) -> None:
        name = f"{self._prefix}.state"
        found = self._server.collection(name) or self._server.create(name)
        assert found is not None  # noqa: S101 - only a new one may be refused
        found.describe(asdict(state))

    def _note_making(self, name: str) -> None:
        """Note what is begun, before anything of it is there: if this build is killed, the next one deletes it.

        Raises:
            IbidError: the lock was lost to somebody else.
        """
        self._lock.check()
        state = self._state()
        self._write(replace(state, making=f"{state.making} {name}".strip()))

    def _vectors(self, name: str) -> ServerVectors:
        return ServerVectors(self._server, f"{self._prefix}.{name}")

    def _drop(self, names: str) -> None:
        for name in names.split():
            self._vectors(name).drop((COLLECTION, _FILES))

    def _copy(self, folder: Path, is_whole: Callable[[], bool]) -> None:
        """Copy the files of a generation or segment to this machine; whole, or not at all."""
        if is_whole():
            return
        self._folder.mkdir(parents=True, exist_ok=True)
        with (self._folder / "fetch.lock").open("w") as lock:
            fcntl.flock(lock, fcntl.LOCK_EX)
            for left in self._folder.glob(f"{_COMING}*"):
                shutil.rmtree(left, ignore_errors=True)
            if is_whole():
                return  # another process has fetched it
            coming = Path(tempfile.mkdtemp(prefix=_COMING, dir=self._folder))
            _download(self._vectors(folder.name).get_collection(_FILES), coming)
            shutil.rmtree(folder, ignore_errors=True)
            coming.replace(folder)

    def _forget_before(self, name: str) -> None:
        """Delete the copies of earlier generations that nobody here has open, and of their segments."""
        gone = [p for p in self._folder.glob("gen-*") if p.name < name and not is_leased(p / MANIFEST)]
        if not gone:
            return
        with (self._folder / "lock").open("w") as lock:
            if locked(lock.fileno()):  # nobody is writing a segment
                for path in gone:
                    shutil.rmtree(path, ignore_errors=True)
                sweep_segments(self._folder)


def shared_corpus(settings: Settings, folder: Path) -> SharedCorpus:
    """Return the corpus of the settings, the same object each time: it knows which lock it holds."""
    return _shared(server_of(settings), settings.corpus, folder)


@lru_cache(maxsize=64)
def _shared(server: Server, corpus: str, folder: Path) -> SharedCorpus:
    return SharedCorpus(server, corpus, folder)


def _is_whole(generation: Generation) -> bool:
    """Say whether a copy of a generation's files lies here, none missing or cut short."""
    try:
        return not generation.entries_fault(generation.manifest())
    except IbidError:
        return False


def _is_sound(segment: Segment) -> bool:
    return not segment.fault()


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
