"""Find the files to read, with what a folder's manifest says of them, and read their bytes as text."""

import json
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from core.errors import InputError
from ingest.transcription import Rows, read_rows

__all__ = ["SUPPORTED", "Metadata", "Source", "find_documents", "read_text"]

SUPPORTED = (".txt", ".md", ".markdown")
MANIFEST = "manifest.json"


@dataclass(frozen=True, slots=True)
class Metadata:
    """What a manifest or the user says of a document; it wins over what the text seems to say.

    `tables` are transcriptions by the beginning of the caption ('Table 9.1').
    """

    title: str = ""
    authors: tuple[str, ...] = ()
    tables: tuple[tuple[str, Rows], ...] = ()


@dataclass(frozen=True, slots=True)
class Source:
    """A file to read, and the id its document gets."""

    path: Path
    id: str
    metadata: Metadata | None = None


def find_documents(paths: Sequence[Path]) -> tuple[Source, ...]:
    """List the documents under `paths`: files as given, folders walked for supported files.

    A folder that holds a manifest.json yields exactly the documents it names.

    Raises:
        InputError: a path is missing, a type is not supported, a manifest is broken, or nothing is there to read.
    """
    found: dict[Path, Source] = {}
    for path in paths:
        for source in _sources(path):
            found.setdefault(source.path, source)
    if not found:
        raise InputError(f"no documents in {', '.join(map(str, paths))}: expected {', '.join(SUPPORTED)} files")
    return tuple(_with_unique_ids(list(found.values())))


def read_text(path: Path) -> tuple[str, bytes]:
    """Return a text file's text and its bytes.

    Raises:
        InputError: the file is missing, empty, binary or in an unknown encoding.
    """
    try:
        data = path.read_bytes()
    except OSError as error:
        raise InputError(f"cannot read {path}: {error.strerror or error}; give the path of a readable file") from None
    if not data.strip():
        raise InputError(f"{path} is empty: expected a document with text in it")
    return _decode(data, path), data


def _decode(data: bytes, path: Path) -> str:
    marks = ((b"\xef\xbb\xbf", "utf-8-sig"), (b"\xff\xfe", "utf-16"), (b"\xfe\xff", "utf-16"))
    try:
        text = data.decode(next((encoding for mark, encoding in marks if data.startswith(mark)), "utf-8"))
    except UnicodeDecodeError:
        text = data.decode("cp1252", errors="replace")
    control = sum(ch < " " and ch not in "\t\n\r\f\v" for ch in text) + text.count("\ufffd")
    if control > len(text) / 100:
        raise InputError(f"{path} is not text (binary data): expected plain text or Markdown in UTF-8")
    return text.replace("\x00", "")


def _sources(path: Path) -> Iterator[Source]:
    if path.is_dir():
        manifest = path / MANIFEST
        if manifest.is_file():
            yield from _from_manifest(manifest)
            return
        for file in sorted(path.rglob("*")):
            if file.suffix.lower() in SUPPORTED and file.is_file():
                yield Source(file.resolve(), _slug(file.stem))
    elif not path.exists():
        raise InputError(f"no such file or folder: {path}")
    elif path.suffix.lower() not in SUPPORTED:
        raise InputError(f"cannot read {path}: got type '{path.suffix}', expected one of {', '.join(SUPPORTED)}")
    else:
        yield _single(path)


def _single(path: Path) -> Source:
    """A single file keeps what its folder's manifest says of it."""
    manifest = path.resolve().parent / MANIFEST
    if manifest.is_file():
        for source in _from_manifest(manifest):
            if source.path == path.resolve():
                return source
    return Source(path.resolve(), _slug(path.stem))


def _from_manifest(manifest: Path) -> Iterator[Source]:
    try:
        entries: list[Mapping[str, Any]] = json.loads(manifest.read_text(encoding="utf-8"))["documents"]
        for entry in entries:
            yield Source(
                path=(manifest.parent / entry["file"]).resolve(),
                id=_slug(entry["id"]),
                metadata=Metadata(
                    title=entry.get("title", ""),
                    authors=tuple(entry.get("authors", ())),
                    tables=tuple((k, read_rows(manifest.parent / v)) for k, v in entry.get("tables", {}).items()),
                ),
            )
    except (OSError, ValueError, KeyError, TypeError, AttributeError) as error:
        raise InputError(
            f"{manifest} is broken ({error!r}): "
            'expected {"documents": [{"id", "file", "title", "authors", "tables"}]}'
        ) from None


def _slug(name: str) -> str:
    return re.sub(r"[^\w.-]+", "-", name).strip("-.") or "document"


def _with_unique_ids(sources: list[Source]) -> Iterator[Source]:
    seen: dict[str, int] = {}
    for source in sources:
        seen[source.id] = count = seen.get(source.id, 0) + 1
        yield source if count == 1 else Source(source.path, f"{source.id}-{count}", source.metadata)
