"""One state of an index: a folder whose manifest says which documents there are and in which segments."""

import shutil
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

from core.errors import IbidError
from core.records import Document
from index.documents import Documents
from index.locks import is_leased
from index.part import Part
from index.segment import Segment, adapter
from ingest import Metadata

if TYPE_CHECKING:
    from index.server import ServerVectors

__all__ = ["MANIFEST", "SCHEMA", "Entry", "Generation", "Manifest", "sweep_generations", "sweep_segments"]

SCHEMA = 5
MANIFEST = "manifest.json"
_ENTRIES = "entries.json"
_APART = 5  # the schema since which entries lie in a file of their own
_LOOKS, _MOMENT = 5, 0.05  # looks at a fault, and seconds between two
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


@dataclass(frozen=True)
class Manifest:
    """What an index was made of; two indexes with the same `settings` hold vectors that may stand side by side.

    `segments` are the ids of those documents of each segment that are dead, by its name. `folder` is where the manifest
    lies; the entries, of which there may be many, lie beside it, are read when they are asked for, and have `size`
    bytes.
    """

    schema: int
    settings: dict[str, str]
    versions: dict[str, str]
    built_at: str
    segments: dict[str, tuple[str, ...]] = field(default_factory=dict)
    size: int = 0
    folder: Path = field(default_factory=Path)

    @cached_property
    def documents(self) -> tuple[Entry, ...]:
        """The entries of the documents, by id in order.

        Raises:
            IbidError: they cannot be read.
        """
        if self.schema < _APART:  # what was said of documents is still worth knowing
            return _read(self.folder / MANIFEST, _Older).documents
        return _read(self.folder / _ENTRIES, tuple[Entry, ...])


@dataclass(frozen=True, slots=True)
class _Older:
    documents: tuple[Entry, ...]


@dataclass(frozen=True, slots=True)
class Generation:
    """The folder of one state; the segments lie beside it.

    `vectors` tells the place of a segment's vectors on a Chroma server, None where they lie with the segment.
    """

    folder: Path
    vectors: "Callable[[str], ServerVectors] | None" = field(default=None, compare=False)

    def manifest(self) -> Manifest:
        """Read the manifest."""
        return replace(_read(self.folder / MANIFEST, Manifest), folder=self.folder)

    def segment(self, name: str) -> Segment:
        """Return a segment of the corpus."""
        return Segment(self.folder.parent / name, self.vectors(name) if self.vectors else None)

    def parts(self, segments: Mapping[str, tuple[str, ...]]) -> tuple[Part, ...]:
        """Return segments as they are asked, by what the manifest says of them."""
        return tuple(Part(self.segment(name), dead) for name, dead in segments.items())

    def documents(self) -> Mapping[str, Document]:
        """Return the documents by id; one is read when it is asked for."""
        return Documents(self.parts(self.manifest().segments))

    def write(self, manifest: Manifest, entries: tuple[Entry, ...]) -> None:
        """Write both; the manifest last, so that a folder with one is whole."""
        content = adapter(tuple[Entry, ...]).dump_json(entries)
        (self.folder / _ENTRIES).write_bytes(content)
        manifest = replace(manifest, size=len(content))
        (self.folder / MANIFEST).write_bytes(adapter(Manifest).dump_json(manifest, exclude={"folder"}))

    def fault(self, manifest: Manifest) -> str:
        """Return what is wrong with the files, or nothing."""
        faults = (self.segment(name).fault() for name in manifest.segments)
        return self.entries_fault(manifest) or next(filter(None, faults), "")

    def lasting_fault(self, manifest: Manifest) -> str:
        """Return a fault that stays: of two or three vectors Chroma writes files anew when another opens them."""
        for _ in range(_LOOKS):
            if not self.fault(manifest):
                return ""
            time.sleep(_MOMENT)
        return self.fault(manifest)

    def entries_fault(self, manifest: Manifest) -> str:
        """Return what is wrong with the file of the entries, or nothing."""
        entries = self.folder / _ENTRIES
        if not entries.is_file():
            return f"{_ENTRIES} is missing"
        return f"{_ENTRIES} was cut short" if entries.stat().st_size < manifest.size else ""

    def files(self, manifest: Manifest) -> tuple[Path, ...]:
        """Return all files that belong to the generation."""
        folders = (self.folder, *(self.segment(name).folder for name in manifest.segments))
        return tuple(path for folder in folders for path in folder.rglob("*") if path.is_file())


def sweep_generations(folder: Path, current: str) -> None:
    """Delete all generations of a corpus but the one in use, the one before it and those leased.

    Segments are deleted with the last generation that names them; call it while nobody else writes one.
    """
    before = max((path.name for path in folder.glob("gen-*") if path.name < current), default="")
    for path in folder.glob("gen-*"):
        if path.name not in (current, before) and not is_leased(path / MANIFEST):
            shutil.rmtree(path, ignore_errors=True)
    sweep_segments(folder)


def sweep_segments(folder: Path) -> None:
    """Delete the segments of a corpus that no generation names; call it while nobody else writes one."""
    try:
        manifests = [Generation(path.parent).manifest() for path in folder.glob(f"gen-*/{MANIFEST}")]
    except IbidError:
        return  # who knows what it names
    named = {name for manifest in manifests for name in manifest.segments}
    for path in folder.glob("seg-*"):
        if path.name not in named:
            shutil.rmtree(path, ignore_errors=True)


def _read(path: Path, kind: type[_T]) -> _T:
    from pydantic import ValidationError

    try:
        found: _T = adapter(kind).validate_json(path.read_bytes())
    except (OSError, ValidationError) as error:
        kind_of_error = type(error).__name__
        raise IbidError(
            f"the index is broken ({path.name} of {path.parent.name}: {kind_of_error}); "
            f"build it anew: ibid ingest PATH... --corpus {path.parent.parent.name}"
        ) from None
    return found
