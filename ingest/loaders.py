"""Which loader reads which type of file."""

from collections.abc import Callable, Mapping
from pathlib import Path

from core.errors import InputError
from ingest.parts import Reading
from ingest.sniff import sniff
from ingest.text import load_text

__all__ = ["LOADERS", "SUPPORTED", "Loader", "load", "read_bytes"]

Loader = Callable[[bytes, str], Reading]


def _load_html(data: bytes, name: str) -> Reading:
    from ingest.markup.html import load_html

    return load_html(data, name)


def _load_docx(data: bytes, name: str) -> Reading:
    from ingest.markup.docx import load_docx

    return load_docx(data, name)


def _load_epub(data: bytes, name: str) -> Reading:
    from ingest.markup.epub import load_epub

    return load_epub(data, name)


def _load_markdown(data: bytes, name: str) -> Reading:
    from ingest.markup.markdown import load_markdown

    return load_markdown(data, name)


LOADERS: Mapping[str, Loader] = {
    ".txt": load_text,
    ".md": _load_markdown,
    ".markdown": _load_markdown,
    ".html": _load_html,
    ".htm": _load_html,
    ".xhtml": _load_html,
    ".docx": _load_docx,
    ".epub": _load_epub,
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
