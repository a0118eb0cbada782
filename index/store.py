"""An index on disk: generations, of which the file CURRENT names the good one, and the lock that builders take.

<home>/<corpus>/CURRENT            the name of the generation in use, replaced atomically
<home>/<corpus>/lock               held while a generation is built
<home>/<corpus>/gen-000001/        manifest.json and entries.json: which documents there are, in which segments
<home>/<corpus>/seg-000001/        some documents with all that is looked up in them; see index.segment
<home>/<corpus>/making/            a segment that is being written, and `made-*.f32` the vectors made for it

With a Chroma server, that one names the generation and has all vectors and files (index.shared); a copy of the files
lies in <home>/@<server>/<corpus>/, and the lock there is taken before the server's.
"""

import re
import shutil
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, nullcontext
from pathlib import Path
from typing import TYPE_CHECKING

from core.errors import IbidError
from core.settings import Settings
from index.generation import MANIFEST, SCHEMA, Entry, Generation, Manifest, sweep_generations
from index.locks import Lease, locked
from index.power import write_out
from index.shared import SharedCorpus, shared_corpus

if TYPE_CHECKING:
    from index.server import ServerVectors

__all__ = [
    "SCHEMA",
    "Entry",
    "Generation",
    "Manifest",
    "building",
    "corpus_folder",
    "current_generation",
    "current_name",
    "has_index",
    "lease_generation",
    "making",
    "new_generation",
    "new_segment",
    "open_generation",
    "other_version",
    "place_segment",
    "send_segment",
    "swap_in",
]

_CURRENT = "CURRENT"
_TRIES = 5  # to open an index that others build anew all the while
_PATIENCE = 0.2  # seconds between two looks at a lock that another has


def corpus_folder(settings: Settings) -> Path:
    """Return the folder of a corpus."""
    if settings.chroma:
        server = re.sub(r"[^A-Za-z0-9.-]+", "-", settings.chroma.partition("//")[2])
        return settings.home / f"@{server}" / settings.corpus  # no corpus has a name that begins so
    return settings.home / settings.corpus


def has_index(settings: Settings) -> bool:
    """Say whether there is an index, be it broken.

    Raises:
        UnreachableError: the Chroma server does not answer.
    """
    if settings.chroma:
        return bool(_shared(settings).current())
    return (corpus_folder(settings) / _CURRENT).exists()


def _shared(settings: Settings) -> SharedCorpus:
    return shared_corpus(settings, corpus_folder(settings))


def current_generation(settings: Settings) -> Generation:
    """Return the generation in use.

    Raises:
        IbidError: there is none, or the pointer is broken.
        UnreachableError: the Chroma server does not answer.
    """
    folder, how = corpus_folder(settings), _again(settings)
    if settings.chroma:
        shared = _shared(settings)
        if name := shared.current():
            return shared.generation(name)
        raise IbidError(f"there is no index of corpus '{settings.corpus}' at {settings.chroma} yet; {how}")
    try:
        name = _read_pointer(folder)
    except FileNotFoundError:
        raise IbidError(f"there is no index of corpus '{settings.corpus}' yet; {how}") from None
    except (OSError, UnicodeDecodeError) as error:
        raise IbidError(f"the index of corpus '{settings.corpus}' cannot be read ({error}); {how}") from None
    if not name.startswith("gen-") or not (folder / name / MANIFEST).is_file():
        raise IbidError(f"the index of corpus '{settings.corpus}' is broken (CURRENT says '{name}'); {how}")
    return Generation(folder / name)


def open_generation(settings: Settings) -> tuple[Generation, Manifest]:
    """Return the generation in use, fit to be read, and its manifest.

    Raises:
        IbidError: there is none, another version of Ibid made it, or a file is missing or cut short.
    """
    generation = current_generation(settings)
    return generation, _manifest_of(settings, generation)


def _manifest_of(settings: Settings, generation: Generation) -> Manifest:
    """The manifest of a generation that is fit to be read."""
    manifest = generation.manifest()
    if manifest.schema != SCHEMA:
        raise other_version(settings)
    if fault := generation.lasting_fault(manifest):
        raise IbidError(f"the index of corpus '{settings.corpus}' is broken ({fault}); {_again(settings)}")
    return manifest


def other_version(settings: Settings) -> IbidError:
    """Return the error of an index that another version of Ibid made.

    One on this machine is made anew by the next ingest; of one on a server others may have the documents.
    """
    what = f"the index of corpus '{settings.corpus}'"
    if not settings.chroma:
        return IbidError(f"{what} was made by another version of Ibid; {_again(settings)}")
    return IbidError(
        f"{what} at {settings.chroma} was made by another version of Ibid: use the same version on all machines, or "
        "another corpus (--corpus NAME)"
    )


def _again(settings: Settings) -> str:
    """What to do for an index that cannot be used."""
    return f"run: ibid ingest PATH... --corpus {settings.corpus}"


def current_name(settings: Settings) -> str:
    """Return the name of the generation in use, or nothing where there is none: the cheapest look at what changed.

    Raises:
        UnreachableError: the Chroma server does not answer.
    """
    if settings.chroma:
        return _shared(settings).current()
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
            lease = Lease(generation.folder / MANIFEST)
        except FileNotFoundError:
            continue  # swept since the pointer was read
        except OSError as error:
            raise _unlockable(corpus_folder(settings), error) from None
        if current_name(settings) == generation.folder.name:
            return generation, _manifest_of(settings, generation), lease  # not what others have built since
        lease.close()
    raise IbidError(f"the index of corpus '{settings.corpus}' changes all the while; try again when that is done")


def _read_pointer(folder: Path) -> str:
    return (folder / _CURRENT).read_text(encoding="utf-8").strip()


@contextmanager
def building(settings: Settings, wait: Callable[[], None] | None = None) -> Iterator[None]:
    """Hold the corpus's build lock; what a build that was killed or given up left behind is swept.

    Args:
        settings: which corpus.
        wait: called again and again while another builds, and may raise to give up; None does not wait.

    Raises:
        IbidError: another process is building and there is no `wait`, or the folder cannot be written to or locked.
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
        while not _locked(lock.fileno(), folder):
            if wait is None:
                raise IbidError(f"another process is indexing corpus '{settings.corpus}'; try again when it is done")
            wait()
            time.sleep(_PATIENCE)
        with _shared(settings).building(wait) if settings.chroma else nullcontext():
            _sweep(settings)
            try:
                yield
            finally:
                _sweep(settings)


def _locked(descriptor: int, folder: Path) -> bool:
    try:
        return locked(descriptor)
    except OSError as error:
        raise _unlockable(folder, error) from None


def _unlockable(folder: Path, error: OSError) -> IbidError:
    return IbidError(f"cannot lock {folder} ({error.strerror}); set IBID_HOME to a folder on a disk of this machine")


def new_generation(settings: Settings) -> Generation:
    """Return a new generation, empty on disk; call it while `building`."""
    if settings.chroma:
        return _shared(settings).new()
    generation = Generation(corpus_folder(settings) / _next(settings, "gen"))
    generation.folder.mkdir()
    return generation


def new_segment(settings: Settings) -> "tuple[str, ServerVectors | None]":
    """Return the name of a segment to be written in the folder `making`, and where its vectors go.

    Call it while `building`; None is for the segment's own folder.
    """
    shutil.rmtree(making(settings), ignore_errors=True)
    making(settings).mkdir()
    name = _next(settings, "seg")
    return _shared(settings).new_segment(name) if settings.chroma else (name, None)


def making(settings: Settings) -> Path:
    """Return the folder in which the next segment is written."""
    return corpus_folder(settings) / "making"


def place_segment(settings: Settings, name: str, folder: Path) -> Path:
    """Put the folder of a segment that was written in its place, and return it there."""
    written = corpus_folder(settings) / name
    folder.rename(written)
    shutil.rmtree(making(settings), ignore_errors=True)
    return written


def send_segment(settings: Settings, name: str) -> None:
    """Send the files of a segment that is whole to the server, if there is one."""
    if settings.chroma:
        _shared(settings).upload(name)


def _next(settings: Settings, kind: str) -> str:
    """The next name of a generation or a segment."""
    numbers = (path.name.split("-")[1] for path in corpus_folder(settings).glob(f"{kind}-*"))
    last = max((int(number) for number in numbers if number.isdigit()), default=0)
    return f"{kind}-{last + 1:06d}"


def swap_in(settings: Settings, generation: Generation) -> None:
    """Make a finished generation the one in use, atomically; the one before stays for those who have it open."""
    if settings.chroma:
        _shared(settings).publish(generation)
    else:
        write_out(generation.files(generation.manifest()))
        _point_to(settings, generation)
    for path in corpus_folder(settings).glob("made-*.f32"):
        path.unlink()


def _point_to(settings: Settings, generation: Generation) -> None:
    pointer = corpus_folder(settings) / _CURRENT
    temporary = pointer.with_suffix(".new")
    temporary.write_text(generation.folder.name, encoding="utf-8")
    write_out([temporary])
    temporary.replace(pointer)
    write_out([pointer])


def _sweep(settings: Settings) -> None:
    """Delete what was never finished, and what is not in use any more."""
    folder = corpus_folder(settings)
    for path in (making(settings), *(p for p in folder.glob("gen-*") if not (p / MANIFEST).exists())):
        shutil.rmtree(path, ignore_errors=True)
    try:
        current = current_name(settings) if settings.chroma else current_generation(settings).folder.name
    except IbidError:
        return  # none in use: nothing that was finished is sure to be rubbish
    sweep_generations(folder, current)
