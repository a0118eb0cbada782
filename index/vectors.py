"""Vectors: made of texts, in a file that an ingest which was killed goes on with, and put into a Chroma collection."""

from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from threading import Lock
from typing import TYPE_CHECKING, Any, Protocol, cast

if TYPE_CHECKING:
    import numpy as np
    from chromadb.api.collection_configuration import CreateHNSWConfiguration
    from numpy.typing import NDArray

    from index.server import ServerVectors

__all__ = ["COLLECTION", "Collections", "Embeds", "close_chroma", "fill_chroma", "make_vectors", "open_chroma"]

COLLECTION = "passages"
_BATCH = 256
_LEAST, _SYNC = 3, 1000  # vectors after which Chroma can be told to write the graph out, and does by itself
_OPENING = Lock()  # Chroma counts who has a folder open, but not safely when one opens it while another closes it


class Embeds(Protocol):
    """What turns texts into unit vectors."""

    def embed(self, texts: Sequence[str]) -> "NDArray[np.float32]":
        """Return one unit vector a text."""
        ...


class Collections(Protocol):
    """What of a Chroma client an index needs; its collections have Chroma's count, get, query and add."""

    def get_collection(self, name: str, embedding_function: None) -> Any:  # noqa: ANN401 - of a client or a server
        """Return a collection."""
        ...

    def create_collection(self, name: str, *, configuration: Any, embedding_function: None) -> Any:  # noqa: ANN401
        """Make a collection."""
        ...

    def close(self) -> None:
        """Let go of what is open."""
        ...


def open_chroma(place: "Path | ServerVectors") -> Collections:
    """Return a Chroma client on a folder, telemetry off, or the vectors on a server; close it with `close_chroma`."""
    if not isinstance(place, Path):
        return place
    import chromadb
    from chromadb.config import Settings as ChromaSettings

    settings = ChromaSettings(anonymized_telemetry=False)
    with _OPENING:
        return cast("Collections", chromadb.PersistentClient(path=str(place), settings=settings))


def close_chroma(client: Collections) -> None:
    """Close a Chroma client; the folder is let go with its last client."""
    with _OPENING:
        client.close()


def fill_chroma(
    place: "Path | ServerVectors", vectors: "NDArray[np.float32]", told: Callable[[int], None] = lambda done: None
) -> None:
    """Make the collection of a segment: the vectors of its passages, which are called by their numbers.

    Args:
        place: where.
        vectors: float32 of shape (passages, dimensions).
        told: called after each batch with how many are in; what it raises gives the collection up.
    """
    chroma = open_chroma(place)
    try:
        collection = chroma.create_collection(
            COLLECTION, configuration={"hnsw": _graph(len(vectors))}, embedding_function=None
        )
        for start in range(0, len(vectors), _BATCH):
            batch = vectors[start : start + _BATCH]
            collection.add(ids=[str(start + n) for n in range(len(batch))], embeddings=batch)
            told(start + len(batch))
    finally:
        close_chroma(chroma)


def _graph(vectors: int) -> "CreateHNSWConfiguration":
    """How Chroma indexes so many vectors.

    Its own numbers (100, 100, 16) miss neighbours, and others each time it is opened: its graph is built by several
    threads. With these, 2,800 random vectors lose one of 8,000 neighbours and rank alike each time; of 100,000
    real-looking ones 0.9995 of the ten nearest are found, and 0.998 of the forty. Twice the construction takes twice
    as long and finds no more of 30,000; half of it loses more. Of 200,000 in one graph 0.996 of the ten are found.

    The graph of a small collection is written out, too: it would be made again, file by file, by whoever opens the
    index, and another who looks at the same moment would find files cut short.
    """
    return {
        "space": "cosine",
        "ef_construction": 200,
        "ef_search": 400,
        "max_neighbors": 32,
        "sync_threshold": min(max(vectors, _LEAST), _SYNC),
        "batch_size": min(max(vectors, _LEAST), _BATCH),
    }


def make_vectors(  # noqa: PLR0913, PLR0917 - what is embedded, and by what
    folder: Path,
    digest: str,
    texts: Sequence[Sequence[str]],
    known: "Sequence[Mapping[str, NDArray[np.float32]]]",
    embedder: Callable[[], Embeds],
    progress: Callable[[int, int], None],
) -> "tuple[list[NDArray[np.float32]], int]":
    """Embed groups of texts, and return the vectors of each group, and how many had to be made.

    Args:
        folder: where they are written as they are made.
        digest: tells these texts and this embedder; what a build of the same has left is not made again.
        texts: the groups.
        known: vectors that need not be made, by text, for each group.
        embedder: called when the first vector has to be made.
        progress: called as progress(done, total) after each batch.
    """
    total = sum(map(len, texts))
    store = _Made(folder, digest)
    begun = store.count()
    done = made = 0
    for group, at_hand in zip(texts, known, strict=True):
        for start in range(0, len(group), _BATCH):
            batch = group[start : start + _BATCH]
            if left := batch[max(begun - done, 0) :]:
                new = [text for text in left if text not in at_hand]
                vectors = iter(embedder().embed(new)) if new else iter(())
                store.add([at_hand[text] if text in at_hand else next(vectors) for text in left])
                made += len(new)
            done += len(batch)
            progress(done, total)
    return store.split([len(group) for group in texts]), made


class _Made:
    """The file of vectors made so far, float32, one behind the other; its name tells what of, and their dimensions."""

    def __init__(self, folder: Path, digest: str) -> None:
        self._stem = folder / f"made-{digest}"

    def count(self) -> int:
        """Return how many whole vectors there are; what a kill has cut short is cut off."""
        path, size = self._file()
        if path is None:
            return 0
        whole = path.stat().st_size // (4 * size)
        with path.open("r+b") as file:
            file.truncate(whole * 4 * size)
        return whole

    def add(self, vectors: "Sequence[NDArray[np.float32]]") -> None:
        """Write vectors behind those that are there."""
        import numpy as np

        with self._stem.with_name(f"{self._stem.name}-{len(vectors[0])}.f32").open("ab") as file:
            file.write(np.array(vectors, dtype=np.float32).tobytes())

    def split(self, counts: Sequence[int]) -> "list[NDArray[np.float32]]":
        """Return the vectors in groups of so many, mapped."""
        import numpy as np

        path, size = self._file()
        if path is None or not path.stat().st_size:
            return [np.zeros((0, 1), dtype=np.float32) for _ in counts]
        rows = np.memmap(path, dtype=np.float32, mode="r").reshape(-1, size)
        return np.split(rows[: sum(counts)], np.cumsum(counts)[:-1])

    def _file(self) -> tuple[Path | None, int]:
        path = next(self._stem.parent.glob(f"{self._stem.name}-*.f32"), None)
        return path, int(path.stem.rpartition("-")[2]) if path else 0
