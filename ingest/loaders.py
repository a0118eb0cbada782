"""Which loader reads which type of file."""

import importlib
from collections.abc import Callable, Mapping
from pathlib import Path

from core.errors import InputError
from ingest.parts import Reading
from ingest.sniff import sniff
from ingest.text import load_text

__all__ = ["LOADERS", "SUPPORTED", "Loader", "load", "read_bytes"]

Loader = Callable[[bytes, str], Reading]


def _lazy(module: str, function: str) -> Loader:
    """Return a loader that imports its module, and with it a library, when the first file of its type is read."""

    def read(data: bytes, name: str) -> Reading:
        loader: Loader = getattr(importlib.import_module(module), function)
        return loader(data, name)

    return read


LOADERS: Mapping[str, Loader] = {
    ".txt": load_text,
    ".md": _lazy("ingest.markup.markdown", "load_markdown"),
    ".markdown": _lazy("ingest.markup.markdown", "load_markdown"),
    ".html": _lazy("ingest.markup.html", "load_html"),
    ".htm": _lazy("ingest.markup.html", "load_html"),
    ".xhtml": _lazy("ingest.markup.html", "load_html"),
    ".docx": _lazy("ingest.markup.docx", "load_docx"),
    ".epub": _lazy("ingest.markup.epub", "load_epub"),
    ".pdf": _lazy("ingest.pdf.document", "load_pdf"),
}
SUPPORTED = tuple(LOADERS)


def load(data: bytes, name: str) -> Reading:
    """Read the bytes of a file with the loader of its type; where its content is surely of another, with that one's.

    Raises:
        InputError: there is no loader for it, or the loader cannot read it.
    """
    suffix = Path(name).suffix.lower()
    if suffix not in LOADERS:
        raise InputError(f"cannot read {name}: got type '{suffix}', expected one of {', '.join(SUPPORTED)}")
    found = sniff(data, suffix)
    if found not in LOADERS:
        raise InputError(
            f"cannot read {name}: its content is of type '{found}', expected one of {', '.join(SUPPORTED)}; "
            "save it as one of them"
        )
    return LOADERS[found](data, name)


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
