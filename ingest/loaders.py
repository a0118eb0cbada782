"""Which loader reads which type of file."""

from collections.abc import Callable, Mapping
from pathlib import Path

from core.errors import InputError
from ingest.parts import Reading
from ingest.text import load_text

__all__ = ["LOADERS", "SUPPORTED", "Loader", "load", "read_bytes"]

Loader = Callable[[bytes, str], Reading]


def _load_pdf(data: bytes, name: str) -> Reading:
    """Read a PDF file; its loader comes in when the first is read."""
    from ingest.pdf import load_pdf

    return load_pdf(data, name)


LOADERS: Mapping[str, Loader] = {
    ".txt": load_text,
    ".md": load_text,
    ".markdown": load_text,
    ".pdf": _load_pdf,
}
SUPPORTED = tuple(LOADERS)


def load(data: bytes, name: str) -> Reading:
    """Read the bytes of a file with the loader of its type.

    Raises:
        InputError: there is no loader for it, or the loader cannot read it.
    """
    suffix = Path(name).suffix.lower()
    if suffix not in LOADERS:
        raise InputError(f"cannot read {name}: got type '{suffix}', expected one of {', '.join(SUPPORTED)}")
    return LOADERS[suffix](data, name)


def read_bytes(path: Path) -> bytes:
    """Return the bytes of a file.

    Raises:
        InputError: the file is missing, unreadable or empty.
    """
    try:
        data = path.read_bytes()
    except OSError as error:
        raise InputError(f"cannot read {path}: {error.strerror or error}; give the path of a readable file") from None
    if not data.strip():
        raise InputError(f"{path} is empty: expected a document with text in it")
    return data
