"""An index on disk: generations, of which the file CURRENT names the good one, and the lock that builders take.

<home>/<corpus>/CURRENT            the name of the generation in use, replaced atomically
<home>/<corpus>/lock               held while a generation is built
<home>/<corpus>/gen-000001/        manifest.json, documents.json, passages.json, chroma/, bm25/
"""

import os
import shutil
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import TypeVar

from core.errors import IbidError
from core.records import Document, Passage
from core.settings import Settings
from index.locks import Lease, is_leased, locked
from ingest import Metadata

__all__ = [
    "SCHEMA",
    "Entry",
    "Generation",
    "Manifest",
    "building",
    "corpus_folder",
    "current_generation",
    "current_name",
    "lease_generation",
    "new_generation",
    "open_generation",
    "swap_in",
]

SCHEMA = 4
_CURRENT = "CURRENT"
_MANIFEST = "manifest.json"
_TRIES = 5  # to open an index that others build anew all the while
_MOMENT = 0.05  # seconds
_PATIENCE = 0.2  # seconds between two looks at a lock that another has
_T = TypeVar("_T")


@dataclass(frozen=True, slots=True)
class Entry:
    """What the manifest knows of a document: `reader` is which reader read it.

    `said` is what the user said of it and `listed` what the manifest of its folder did; they are kept apart, since what
    was said wins over a manifest that has changed since, and only that. `added` is when it first came in, an ISO time,
    empty for one of an older Ibid.
    """

    id: str
    title: str
    source: str
    content_hash: str
    reader: str
    passages: int
    said: Metadata = field(default_factory=Metadata)
    listed: Metadata = field(default_factory=Metadata)
    added: str = ""


@dataclass(frozen=True, slots=True)
class Manifest:
    """What an index was made of; two indexes with the same `settings` hold vectors that may stand side by side.

    `files` are the sizes in bytes of the other files; none of them ever shrinks.
    """

    schema: int
    settings: dict[str, str]
    versions: dict[str, str]
    built_at: str
    documents: tuple[Entry, ...]
    files: dict[str, int] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Generation:
    """The folder of one build."""

    folder: Path

    @property
    def chroma(self) -> Path:
        """Where Chroma keeps the vectors."""
        return self.folder / "chroma"

    @property
    def bm25(self) -> Path:
        """Where the lexical index lies."""
        return self.folder / "bm25"

    def manifest(self) -> Manifest:
        """Read the manifest."""
        return self._read(_MANIFEST, Manifest)

    def documents(self) -> tuple[Document, ...]:
        """Read the documents."""
        return self._read("documents.json", tuple[Document, ...])

    def passages(self) -> tuple[Passage, ...]:
        """Read the passages."""
        return self._read("passages.json", tuple[Passage, ...])

    def write(self, manifest: Manifest, documents: tuple[Document, ...], passages: tuple[Passage, ...]) -> None:
        """Write all three; the manifest last, so that a folder with one is whole, and with the sizes of all files."""
        self._write("documents.json", tuple[Document, ...], documents)
        self._write("passages.json", tuple[Passage, ...], passages)
        paths = (path for path in sorted(self.folder.rglob("*")) if path.is_file())
        files = {path.relative_to(self.folder).as_posix(): path.stat().st_size for path in paths}
        self._write(_MANIFEST, Manifest, replace(manifest, files=files))

    def fault(self, manifest: Manifest) -> str:
        """Return what is wrong with the files, or nothing.

        Chroma and bm25s must not be handed a file that was cut short: they raise whatever they like, or crash.
        """
        for name, size in manifest.files.items():
            path = self.folder / name
            if not path.is_file():
                return f"{name} is missing"
            if path.stat().st_size < size:
                return f"{name} was cut short"
        return ""

    def _read(self, name: str, kind: type[_T]) -> _T:
        from pydantic import TypeAdapter, ValidationError

        try:
            return TypeAdapter(kind).validate_json((self.folder / name).read_bytes())
        except (OSError, ValidationError) as error:
            kind_of_error = type(error).__name__
            raise IbidError(
                f"the index is broken ({name} of {self.folder.name}: {kind_of_error}); "
                f"build it anew: ibid ingest PATH... --corpus {self.folder.parent.name}"
            ) from None

    def _write(self, name: str, kind: type[_T], value: _T) -> None:
        from pydantic import TypeAdapter

        (self.folder / name).write_bytes(TypeAdapter(kind).dump_json(value))


def corpus_folder(settings: Settings) -> Path:
    """Return the folder of a corpus."""
    return settings.home / settings.corpus


def current_generation(settings: Settings) -> Generation:
    """Return the generation in use.

    Raises:
        IbidError: there is none, or the pointer is broken.
    """
    folder = corpus_folder(settings)
    how = f"run: ibid ingest PATH... --corpus {settings.corpus}"
    try:
        name = _read_pointer(folder)
    except FileNotFoundError:
        raise IbidError(f"there is no index of corpus '{settings.corpus}' yet; {how}") from None
    except (OSError, UnicodeDecodeError) as error:
        raise IbidError(f"the index of corpus '{settings.corpus}' cannot be read ({error}); {how}") from None
    if not name.startswith("gen-") or not (folder / name / _MANIFEST).is_file():
        raise IbidError(f"the index of corpus '{settings.corpus}' is broken (CURRENT says '{name}'); {how}")
    return Generation(folder / name)


def open_generation(settings: Settings) -> tuple[Generation, Manifest]:
    """Return the generation in use, fit to be read, and its manifest.

    Raises:
        IbidError: there is none, another version of Ibid made it, or a file is missing or cut short.
    """
    generation = current_generation(settings)
    manifest = generation.manifest()
    how = f"run: ibid ingest PATH... --corpus {settings.corpus}"
    if manifest.schema != SCHEMA:
        raise IbidError(f"the index of corpus '{settings.corpus}' was made by another version of Ibid; {how}")
    if fault := _lasting(lambda: generation.fault(manifest)):
        raise IbidError(f"the index of corpus '{settings.corpus}' is broken ({fault}); {how}")
    return generation, manifest


def current_name(settings: Settings) -> str:
    """Return the name of the generation in use, or nothing where there is none: the cheapest look at what changed."""
    try:
        return _read_pointer(corpus_folder(settings))
    except (OSError, UnicodeDecodeError):
        return ""


def lease_generation(settings: Settings) -> tuple[Generation, Manifest, Lease]:
    """Return the generation in use as `open_generation` does, and what keeps it while others build.

    Raises:
        IbidError: there is none, another version of Ibid made it, or a file is missing or cut short.
    """
    for _ in range(_TRIES):
        generation = current_generation(settings)
        try:
            lease = Lease(generation.folder / _MANIFEST)
        except OSError:
            continue  # swept since the pointer was read
        if current_name(settings) == generation.folder.name:
            return *open_generation(settings), lease
        lease.close()
    raise IbidError(f"the index of corpus '{settings.corpus}' changes all the while; try again when that is done")


def _lasting(look: Callable[[], str]) -> str:
    """A fault that stays: of an index of two or three vectors Chroma writes files anew when another opens it."""
    for _ in range(_TRIES):
        if not look():
            return ""
        time.sleep(_MOMENT)
    return look()


def _read_pointer(folder: Path) -> str:
    return (folder / _CURRENT).read_text(encoding="utf-8").strip()


@contextmanager
def building(settings: Settings, wait: Callable[[], None] | None = None) -> Iterator[None]:
    """Hold the corpus's build lock; what a build that was killed or given up left behind is swept.

    Args:
        settings: which corpus.
        wait: called again and again while another builds, and may raise to give up; None does not wait.

    Raises:
        IbidError: another process is building and there is no `wait`, or the folder cannot be written to.
    """
    folder = corpus_folder(settings)
    try:
        folder.mkdir(parents=True, exist_ok=True)
        lock_file = (folder / "lock").open("w")
    except OSError as error:
        raise IbidError(
            f"cannot write to {folder} ({error.strerror}); set IBID_HOME to a folder that can be written to"
        ) from None
    with lock_file as lock:
        while not locked(lock.fileno()):
            if wait is None:
                raise IbidError(f"another process is indexing corpus '{settings.corpus}'; try again when it is done")
            wait()
            time.sleep(_PATIENCE)
        _sweep(settings)
        try:
            yield
        finally:
            _sweep(settings)


def new_generation(settings: Settings) -> Generation:
    """Return a new, empty generation; call it while `building`."""
    folder = corpus_folder(settings)
    last = max((int(path.name[4:]) for path in folder.glob("gen-*") if path.name[4:].isdigit()), default=0)
    generation = Generation(folder / f"gen-{last + 1:06d}")
    generation.folder.mkdir()
    return generation


def swap_in(settings: Settings, generation: Generation) -> None:
    """Make a finished generation the one in use, atomically; the one before stays for those who have it open."""
    pointer = corpus_folder(settings) / _CURRENT
    temporary = pointer.with_suffix(".new")
    with temporary.open("w", encoding="utf-8") as file:
        file.write(generation.folder.name)
        file.flush()
        os.fsync(file.fileno())
    temporary.replace(pointer)


def _sweep(settings: Settings) -> None:
    """Delete what was never finished, and all generations but the one in use, the one before it and those leased."""
    folder = corpus_folder(settings)
    for path in folder.glob("gen-*"):
        if not (path / _MANIFEST).exists():
            shutil.rmtree(path, ignore_errors=True)
    try:
        current = current_generation(settings).folder.name
    except IbidError:
        return  # none in use: nothing that was finished is sure to be rubbish
    before = max((path.name for path in folder.glob("gen-*") if path.name < current), default="")
    for path in folder.glob("gen-*"):
        if path.name not in (current, before) and not is_leased(path / _MANIFEST):
            shutil.rmtree(path, ignore_errors=True)
