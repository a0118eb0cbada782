"""One build of an index: its folder, and the manifest that says what it was made of."""

from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

from core.errors import IbidError
from core.records import Document, Passage
from ingest import Metadata

if TYPE_CHECKING:
    from index.server import ServerVectors

__all__ = ["MANIFEST", "SCHEMA", "Entry", "Generation", "Manifest"]

SCHEMA = 4
MANIFEST = "manifest.json"
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
    """The folder of one build; `vectors` are those on a Chroma server, None where they lie in the folder."""

    folder: Path
    vectors: "ServerVectors | None" = None

    @property
    def chroma(self) -> "Path | ServerVectors":
        """Where Chroma keeps the vectors."""
        return self.vectors or self.folder / "chroma"

    @property
    def bm25(self) -> Path:
        """Where the lexical index lies."""
        return self.folder / "bm25"

    def manifest(self) -> Manifest:
        """Read the manifest."""
        return self._read(MANIFEST, Manifest)

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
        self._write(MANIFEST, Manifest, replace(manifest, files=files))

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
