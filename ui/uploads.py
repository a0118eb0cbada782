"""What is uploaded is kept under the corpus: names are cleaned, sizes and types checked, and no file hides another."""

import fcntl
import hashlib
import os
import secrets
import shutil
import unicodedata
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path

from core.errors import IbidError, InputError
from core.settings import Settings
from index import corpus_folder, current_name, open_generation
from index.locks import locked
from ingest import SUPPORTED

__all__ = ["clean_name", "clean_title", "discard", "keep", "same_bytes", "settle", "uploading"]

LONGEST_NAME = 100  # bytes; a file system takes 255
LONGEST_TITLE = 300  # characters
_FOLDER = "uploads"
_COMING = "coming"  # marks a folder whose file is not in the index yet
_MARKS = '<>:"/\\|?*'  # that some file system or shell reads otherwise


def clean_name(name: str) -> str:
    """Return a file's name without folders, invisible characters and signs that programs stumble over."""
    name = name.replace("%22", '"')  # so browsers send the sign in the name of an upload
    kept = "".join(ch for ch in _visible(name) if ch not in _MARKS).strip(" .")
    stem, dot, suffix = kept.rpartition(".")
    stem, suffix = (stem, f".{suffix.lower()}") if dot else (kept, "")
    room = max(LONGEST_NAME - len(suffix.encode()), 1)
    stem = stem.encode()[:room].decode(errors="ignore").strip(" .")
    return (stem or "document") + suffix


def clean_title(title: str) -> str:
    """Return a title in one line without invisible characters.

    Raises:
        InputError: nothing is left, or it is longer than LONGEST_TITLE.
    """
    cleaned = " ".join(_visible(title, keep=" ").split())
    if not cleaned:
        raise InputError("the name is empty: give the document a name in letters or figures")
    if len(cleaned) > LONGEST_TITLE:
        raise InputError(f"the name has {len(cleaned)} characters: expected at most {LONGEST_TITLE}")
    return cleaned


@contextmanager
def uploading(settings: Settings) -> Iterator[None]:
    """Be one of those who add files; the first one deletes what those who were killed had kept and not yet indexed.

    Raises:
        InputError: the folder cannot be written to or locked.
    """
    folder = _folder(settings)
    try:
        folder.mkdir(parents=True, exist_ok=True)
        descriptor = os.open(folder, os.O_RDONLY)
    except OSError as error:
        raise _unwritable(folder, error) from None
    try:
        _join(descriptor, settings)
        yield
    finally:
        os.close(descriptor)


def _join(descriptor: int, settings: Settings) -> None:
    """Share the lock on the folder; who has it alone before sweeps."""
    try:
        if locked(descriptor):
            _sweep(settings)
        fcntl.flock(descriptor, fcntl.LOCK_SH)
    except OSError as error:
        raise _unwritable(_folder(settings), error) from None


def _unwritable(folder: Path, error: OSError) -> InputError:
    return InputError(
        f"cannot write to {folder} ({error.strerror}); set IBID_HOME to a folder on a disk of this machine"
    )


def keep(settings: Settings, upload: Path) -> Path:
    """Copy an uploaded file into a folder of its own under the corpus, and return where it lies; see `settle`.

    Raises:
        InputError: its type is not read, it is larger than the settings allow, or it cannot be copied.
    """
    name = clean_name(upload.name)
    if Path(name).suffix not in SUPPORTED:
        raise InputError(f"{name} has the type '{Path(name).suffix or 'none'}': expected one of {', '.join(SUPPORTED)}")
    folder = _folder(settings) / secrets.token_hex(8)
    try:
        size = upload.stat().st_size
        if size > settings.read_megabytes * 1_000_000:
            raise InputError(
                f"{name} has {size / 1e6:,.0f} MB: expected at most {settings.read_megabytes} MB; split it, or raise "
                "the limit with IBID_READ_MEGABYTES"
            )
        folder.mkdir(parents=True)
        (folder / _COMING).touch()
        return Path(shutil.copyfile(upload, folder / name))
    except OSError as error:
        shutil.rmtree(folder, ignore_errors=True)
        raise InputError(f"{name} cannot be kept in {settings.home} ({error.strerror or error})") from None


def same_bytes(path: Path) -> str:
    """Return the SHA-256 of a file, which tells whether two hold the same; nothing where it cannot be read."""
    try:
        with path.open("rb") as file:
            return hashlib.file_digest(file, "sha256").hexdigest()
    except OSError:
        return ""


def discard(settings: Settings, paths: Iterable[Path]) -> None:
    """Delete what was kept of uploads; a file that lies elsewhere is the user's and stays."""
    home = _folder(settings).resolve()
    for path in paths:
        if path.parent.parent == home:
            shutil.rmtree(path.parent, ignore_errors=True)


def settle(paths: Iterable[Path]) -> None:
    """Say of what was kept that it is in the index."""
    for path in paths:
        path.with_name(_COMING).unlink(missing_ok=True)


def _sweep(settings: Settings) -> None:
    """Delete what was kept, did not get into the index, and is nobody's; call it when nobody adds files.

    What was once indexed stays even if the index no longer has it: that one may be broken, and made anew from it.
    """
    coming = list(_folder(settings).glob(f"*/{_COMING}"))
    if not coming:
        return
    try:
        indexed = {Path(entry.source).parent for entry in open_generation(settings)[1].documents}
    except IbidError:
        if current_name(settings):
            return  # it cannot be told what it has
        indexed = set()
    settle(mark for mark in coming if mark.parent in indexed)
    discard(settings, (mark for mark in coming if mark.parent not in indexed))


def _folder(settings: Settings) -> Path:
    return corpus_folder(settings).resolve() / _FOLDER


def _visible(text: str, keep: str = "") -> str:
    """A text in its composed form without controls, marks of direction and halves of characters."""
    composed = unicodedata.normalize("NFC", text.replace("\t", " ").replace("\n", " "))
    return "".join(ch for ch in composed if ch in keep or unicodedata.category(ch)[0] not in "CZ" or ch == " ")
