"""Find the files to read, with what a folder's manifest says of them."""

import json
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, fields, replace
from itertools import count
from pathlib import Path
from typing import Any

from core.errors import InputError
from core.records import Publication
from ingest.loaders import SUPPORTED
from ingest.metadata import Metadata, merge, read_publication
from ingest.transcription import read_rows

__all__ = ["Said", "Source", "describe", "find_documents"]

TYPES = ("chapter", "article", "book", "report", "thesis", "webpage")
_DATE = re.compile(r"\d{4}(?:-(?:0[1-9]|1[0-2])(?:-(?:0[1-9]|[12]\d|3[01]))?)?")
MANIFEST = "manifest.json"


@dataclass(frozen=True, slots=True)
class Source:
    """A file to read, and the id its document gets.

    `metadata` is what a manifest lists of it, `said` what the user says; None where they say nothing of it this time.
    """

    path: Path
    id: str
    metadata: Metadata | None = None
    said: Metadata | None = None

    @property
    def known(self) -> Metadata:
        """What is known of the file before it is read: what is said, and what is listed where nothing is said."""
        return merge(self.said or Metadata(), self.metadata or Metadata())


@dataclass(frozen=True, slots=True)
class Said:
    """What the user says of a document; None leaves a field as it was said before.

    `date` is a year or an ISO date; `publication` are pairs 'FIELD=VALUE' of fields of Publication, editors parted by
    ';'.
    """

    title: str | None = None
    authors: Sequence[str] | None = None
    date: str | None = None
    publication: Sequence[str] | None = None


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


def describe(sources: Sequence[Source], said: Said, before: Mapping[Path, Metadata]) -> tuple[Source, ...]:
    """Return sources with what the user says of them, which wins over a manifest and the file.

    Args:
        sources: one source, unless nothing is said.
        said: what is said now; an empty value takes back what was said of a field.
        before: what was said before, by path.

    Raises:
        InputError: there are several sources, or a field is not known.
    """
    if said == Said():
        return tuple(sources)
    published = _publication(said.publication or ())
    if said.date and not _DATE.fullmatch(said.date):
        raise InputError(f"got the date '{said.date}': expected a year or an ISO date, such as 2023 or 2023-05-31")
    if len(sources) != 1:
        raise InputError(f"got {len(sources)} files: say a title, author, date or publication of one file at a time")
    (source,) = sources
    old = before.get(source.path, Metadata())
    now = replace(
        old,
        title=old.title if said.title is None else said.title,
        authors=old.authors if said.authors is None else tuple(filter(None, said.authors)),
        date=old.date if said.date is None else said.date,
        publication=replace(old.publication, **published),
    )
    return (replace(source, said=now),)


def _publication(pairs: Sequence[str]) -> dict[str, Any]:
    """The fields of Publication that pairs 'FIELD=VALUE' set, empty ones too."""
    parted = [pair.partition("=") for pair in pairs]
    known = [field.name for field in fields(Publication)]
    for name, sign, _ in parted:
        if not sign or name not in known:
            raise InputError(f"cannot set '{name}': expected FIELD=VALUE with a field of {', '.join(known)}")
    values = {name: value.strip() for name, _, value in parted}
    if len(values) < len(parted):
        raise InputError("the same field is set twice: give each FIELD=VALUE once, editors parted by ';'")
    if values.get("type") and values["type"] not in TYPES:
        raise InputError(f"got the type '{values['type']}': expected one of {', '.join(TYPES)}")
    if "editors" not in values:
        return values
    return values | {"editors": tuple(filter(None, (name.strip() for name in values["editors"].split(";"))))}


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
    elif not path.is_file():  # a pipe or device would be waited for
        raise InputError(f"cannot read {path}: it is no file, but a pipe or device; save what it gives as a file")
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
                path=(manifest.parent / _checked(entry, "file", str)).resolve(),
                id=_slug(_checked(entry, "id", str)),
                metadata=Metadata(
                    title=_checked(entry, "title", str),
                    authors=_names(entry),
                    date=str(_checked(entry, "date", str, int)),
                    publication=read_publication(entry),
                    tables=tuple((k, read_rows(manifest.parent / v)) for k, v in entry.get("tables", {}).items()),
                ),
            )
    except (OSError, ValueError, KeyError, TypeError, AttributeError) as error:
        raise InputError(
            f"{manifest} is broken ({error!r}): "
            'expected {"documents": [{"id", "file", "title", "authors", "tables"}]}'
        ) from None


def _checked(entry: Mapping[str, Any], name: str, *types: type) -> Any:  # noqa: ANN401 - one of `types`
    """What a manifest says under a name; nothing where it says nothing, but for the id and the file."""
    value = entry[name] if name in ("id", "file") else entry.get(name, "")
    if type(value) not in types:
        raise TypeError(f"'{name}' is {value!r}")
    return value


def _names(entry: Mapping[str, Any]) -> tuple[str, ...]:
    names = entry.get("authors", [])
    if not isinstance(names, list) or not all(isinstance(name, str) for name in names):
        raise TypeError(f"'authors' is {names!r}")
    return tuple(names)


def _slug(name: str) -> str:
    return re.sub(r"[^\w.-]+", "-", name).strip("-.") or "document"


def _with_unique_ids(sources: list[Source]) -> Iterator[Source]:
    """Number the further files of one name; no file takes the name of another."""
    own = {source.id for source in sources}
    numbers: dict[str, int] = {}
    for source in sources:
        if source.id not in numbers:
            numbers[source.id] = 1
            yield source
            continue
        number = next(n for n in count(numbers[source.id] + 1) if f"{source.id}-{n}" not in own)
        numbers[source.id] = number
        yield replace(source, id=f"{source.id}-{number}")
