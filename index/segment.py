"""A segment: some documents of an index, their passages and all that is looked up in them, written once.

segment.json             how many of what, and the sizes of all files
ids.json                 the ids of its documents, in order
documents, passages      as JSON, one behind the other (.bin), and where each begins (.npy)
firsts.npy, spans.npy    the first passage of each document; where each passage lies in its document
vectors.npy              the vectors of its passages, float32; chroma/ finds the nearest of them
sentences.npy            those of their sentences, float16, and `sentence_firsts.npy` the first of each passage
bm25/, rows/, labels/    postings: of the terms of its passages, of the names of rows, of the numbers of tables
"""

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property, lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

from core.errors import IbidError
from core.records import Document, Passage
from index.arrays import Strings, read_array, read_strings, write_array, write_strings
from index.labels import table_number
from index.postings import Postings, postings_of, read_postings, write_postings
from index.reading import passage_text
from index.rows import row_terms
from index.terms import analyze

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray
    from pydantic import TypeAdapter

    from index.server import ServerVectors

__all__ = ["SEGMENT", "Content", "Segment", "content_of", "write_content"]

SEGMENT = "segment.json"
LOOKUPS = ("bm25", "rows", "labels")
_T = TypeVar("_T")


@dataclass(frozen=True, slots=True, eq=False)
class Content:
    """What a segment is written from: JSON of its documents and passages in order, and the rest as arrays."""

    ids: Sequence[str]
    documents: Iterable[bytes]
    passages: Iterable[bytes]
    firsts: "NDArray[np.int64]"
    spans: "NDArray[np.int64]"
    vectors: "NDArray[np.float32]"
    sentence_firsts: "NDArray[np.int64]"
    sentences: "NDArray[np.float16]"
    lookups: Mapping[str, Postings]


class Segment:
    """A segment in its folder; what is in its files is mapped or read when it is asked for.

    Args:
        folder: where it lies.
        chroma: where Chroma keeps the vectors of its passages, a folder or a place on a server.
    """

    def __init__(self, folder: Path, chroma: "Path | ServerVectors | None" = None) -> None:
        self.folder = folder
        self.chroma = chroma or folder / "chroma"

    @property
    def name(self) -> str:
        """How manifests call it."""
        return self.folder.name

    @cached_property
    def ids(self) -> list[str]:
        """The ids of its documents, in order."""
        try:
            return [str(i) for i in json.loads((self.folder / "ids.json").read_bytes())]
        except (OSError, ValueError) as error:
            raise self.broken("ids.json", error) from None

    @cached_property
    def firsts(self) -> "NDArray[np.int64]":
        """The number of the first passage of each document, and how many passages there are."""
        firsts: NDArray[np.int64] = self._array("firsts")
        return firsts

    @cached_property
    def spans(self) -> "NDArray[np.int64]":
        """Where each passage begins and ends in its document."""
        spans: NDArray[np.int64] = self._array("spans")
        return spans

    @cached_property
    def vectors(self) -> "NDArray[np.float32]":
        """The unit vector of each passage."""
        vectors: NDArray[np.float32] = self._array("vectors")
        return vectors

    @cached_property
    def sentence_firsts(self) -> "NDArray[np.int64]":
        """The number of the first sentence of each passage, and how many sentences there are."""
        firsts: NDArray[np.int64] = self._array("sentence_firsts")
        return firsts

    @cached_property
    def sentences(self) -> "NDArray[np.float16]":
        """The unit vector of each sentence."""
        sentences: NDArray[np.float16] = self._array("sentences")
        return sentences

    @cached_property
    def lookups(self) -> dict[str, Postings]:
        """The postings, by what is looked up."""
        try:
            return {name: read_postings(self.folder / name) for name in LOOKUPS}
        except (OSError, ValueError) as error:
            raise self.broken("postings", error) from None

    def document(self, place: int) -> Document:
        """Return a document by its place."""
        return self._parsed("documents", Document, self.documents_json[place])

    def passage(self, number: int) -> Passage:
        """Return a passage by its number."""
        return self._parsed("passages", Passage, self.passages_json[number])

    @cached_property
    def documents_json(self) -> Strings:
        """The documents as JSON."""
        return self._strings("documents")

    @cached_property
    def passages_json(self) -> Strings:
        """The passages as JSON."""
        return self._strings("passages")

    def passage_id(self, number: int) -> str:
        """Return the id of a passage by its number."""
        place = int(self.firsts.searchsorted(number, side="right")) - 1
        return passage_id(self.ids[place], number - int(self.firsts[place]))

    def fault(self) -> str:
        """Return what is wrong with the files, or nothing.

        Chroma and NumPy must not be handed a file that was cut short: they raise whatever they like, or crash.
        """
        try:
            files = json.loads((self.folder / SEGMENT).read_bytes())["files"]
        except (OSError, ValueError, KeyError, TypeError):
            return f"{SEGMENT} of {self.name} is missing or broken"
        for name, size in files.items():
            path = self.folder / name
            if not path.is_file():
                return f"{name} of {self.name} is missing"
            if path.stat().st_size < size:
                return f"{name} of {self.name} was cut short"
        return ""

    def broken(self, what: str, error: Exception) -> IbidError:
        """Return the error of a file that cannot be read."""
        return IbidError(
            f"the index is broken ({what} of {self.name}: {type(error).__name__}); "
            f"build it anew: ibid ingest PATH... --corpus {self.folder.parent.name}"
        )

    def seal(self) -> None:
        """Note the sizes of all files, when the last one is written; none of them ever shrinks."""
        paths = (path for path in sorted(self.folder.rglob("*")) if path.is_file())
        files = {path.relative_to(self.folder).as_posix(): path.stat().st_size for path in paths}
        counts = {"documents": len(self.ids), "passages": len(self.spans), "sentences": len(self.sentences)}
        (self.folder / SEGMENT).write_text(json.dumps({**counts, "files": files}), encoding="utf-8")

    def _array(self, name: str) -> Any:  # noqa: ANN401 - of any type
        try:
            return read_array(self.folder / f"{name}.npy")
        except (OSError, ValueError) as error:
            raise self.broken(f"{name}.npy", error) from None

    def _strings(self, name: str) -> Strings:
        try:
            return read_strings(self.folder, name)
        except (OSError, ValueError) as error:
            raise self.broken(name, error) from None

    def _parsed(self, name: str, kind: type[_T], content: bytes) -> _T:
        from pydantic import ValidationError

        try:
            record: _T = adapter(kind).validate_json(content)
        except ValidationError as error:
            raise self.broken(name, error) from None
        return record


def passage_id(document: str, number: int) -> str:
    """Return the id that ingest gives a passage, by its number in the document."""
    return f"{document}#{number:04d}"


def content_of(
    documents: Sequence[Document],
    passages: Sequence[Sequence[Passage]],
    vectors: "NDArray[np.float32]",
    sentences: "NDArray[np.float32]",
) -> Content:
    """Return what a segment of some documents, sorted by id, is written from.

    Args:
        documents: the documents.
        passages: those of each.
        vectors: one a passage, float32 of shape (passages, dimensions of the model).
        sentences: one a sentence of each passage, likewise.
    """
    import numpy as np

    flat = [passage for some in passages for passage in some]
    for document, some in zip(documents, passages, strict=True):
        if [p.id for p in some] != [passage_id(document.id, n) for n in range(len(some))]:
            raise ValueError(f"the passages of {document.id} are not numbered in their order")
    by_id = {document.id: document for document in documents}
    return Content(
        ids=[document.id for document in documents],
        documents=(adapter(Document).dump_json(document) for document in documents),
        passages=(adapter(Passage).dump_json(passage) for passage in flat),
        firsts=_firsts([len(some) for some in passages]),
        spans=np.array([(p.start, p.end) for p in flat], dtype=np.int64).reshape(-1, 2),
        vectors=vectors,
        sentence_firsts=_firsts([len(p.sentences) for p in flat]),
        sentences=sentences.astype(np.float16),
        lookups={
            "bm25": postings_of(analyze(passage_text(p)) for p in flat),
            "rows": postings_of(row_terms(p, by_id[p.document_id]) for p in flat),
            "labels": postings_of([number] if (number := table_number(p)) else [] for p in flat),
        },
    )


def write_content(folder: Path, content: Content) -> Segment:
    """Write all of a segment but Chroma's files and the seal to a new folder."""
    folder.mkdir()
    (folder / "ids.json").write_text(json.dumps(list(content.ids)), encoding="utf-8")
    write_strings(folder, "documents", content.documents)
    write_strings(folder, "passages", content.passages)
    for name in ("firsts", "spans", "vectors", "sentence_firsts", "sentences"):
        write_array(folder / f"{name}.npy", getattr(content, name))
    for name in LOOKUPS:
        write_postings(folder / name, content.lookups[name])
    return Segment(folder)


def adapter(kind: Any) -> "TypeAdapter[Any]":  # noqa: ANN401 - a class, or a tuple of one
    """Return what reads and writes records of a kind as JSON."""
    return _adapter(kind)


@lru_cache(maxsize=8)
def _adapter(kind: Any) -> "TypeAdapter[Any]":  # noqa: ANN401
    from pydantic import TypeAdapter

    return TypeAdapter(kind)


def _firsts(counts: Sequence[int]) -> "NDArray[np.int64]":
    import numpy as np

    firsts = np.zeros(len(counts) + 1, dtype=np.int64)
    np.cumsum(counts, out=firsts[1:])
    return firsts
