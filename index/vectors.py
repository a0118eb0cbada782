"""The vectors of an index: two Chroma collections, one vector a passage and one a sentence."""

import itertools
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from pathlib import Path
from threading import Lock
from typing import TYPE_CHECKING, Any, Protocol, cast

if TYPE_CHECKING:
    import numpy as np
    from chromadb.api.collection_configuration import CreateHNSWConfiguration
    from numpy.typing import NDArray

    from index.server import ServerVectors

__all__ = ["COLLECTIONS", "Collections", "Embeds", "close_chroma", "open_chroma", "write_vectors"]

COLLECTIONS = ("passages", "sentences")
_BATCH = 256
_LEAST, _SYNC = 3, 1000  # vectors after which Chroma can be told to write the graph out, and does by itself
_OPENING = Lock()  # Chroma counts who has a folder open, but not safely when one opens it while another closes it
# Chroma's own numbers (100, 100, 16) miss neighbours, and others each time it is opened: its graph is built by several
# threads. With these, 2,800 random vectors lose none and rank alike each time, and a query takes no longer.
_HNSW: "CreateHNSWConfiguration" = {"space": "cosine", "ef_construction": 400, "ef_search": 400, "max_neighbors": 32}


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


def write_vectors(  # noqa: PLR0913 - what is written, where, and where it comes from
    folder: "Path | ServerVectors",
    texts: Mapping[str, Mapping[str, str]],
    *,
    old: "Path | ServerVectors | None",
    kept: Collection[str],
    embedder: Callable[[], Embeds],
    progress: Callable[[int, int], None],
) -> int:
    """Write the collections of an index, and return how many vectors had to be made.

    Args:
        folder: a new folder, or a place on a server; what an unfinished build has left there is not made again.
        texts: what to embed, by id, for each of the COLLECTIONS; a sentence's id is its passage's, '/', and a number.
        old: the folder or place of an index to take vectors from.
        kept: ids of the passages whose vectors are taken from there, with those of their sentences.
        embedder: called when the first vector has to be made.
        progress: called as progress(done, total) after each batch.
    """
    total = sum(map(len, texts.values()))
    chroma = open_chroma(folder)
    source: Collections | None = None
    made = done = 0
    try:
        source = open_chroma(old) if old and kept else None
        for name, wanted in texts.items():
            collection = chroma.create_collection(
                name, configuration={"hnsw": {**_HNSW, **_synced(len(wanted))}}, embedding_function=None
            )
            reuse = source.get_collection(name, embedding_function=None) if source else None
            begun = collection.count() > 0
            for batch in _batched(wanted):
                left = _left(collection, batch) if begun else batch
                made += _write_batch(collection, left, reuse, kept, embedder) if left else 0
                done += len(batch)
                progress(done, total)
    finally:
        close_chroma(chroma)
        if source:
            close_chroma(source)
    return made


def _synced(vectors: int) -> "CreateHNSWConfiguration":
    """Have Chroma write the graph of a small collection out, too.

    It would be made again, file by file, by whoever opens the index, and another who looks at the same moment would
    find files cut short.
    """
    return {"sync_threshold": min(max(vectors, _LEAST), _SYNC), "batch_size": min(max(vectors, _LEAST), _BATCH)}


def _batched(wanted: Mapping[str, str]) -> Iterator[tuple[tuple[str, str], ...]]:
    items = iter(wanted.items())
    while batch := tuple(itertools.islice(items, _BATCH)):
        yield batch


def _left(collection: Any, batch: Sequence[tuple[str, str]]) -> Sequence[tuple[str, str]]:  # noqa: ANN401
    """What of a batch a collection does not have yet."""
    there = set(collection.get(ids=[i for i, _ in batch], include=[])["ids"])
    return [(i, text) for i, text in batch if i not in there]


def _write_batch(
    collection: Any,  # noqa: ANN401 - of a client or a server
    batch: Sequence[tuple[str, str]],
    reuse: Any,  # noqa: ANN401
    kept: Collection[str],
    embedder: Callable[[], Embeds],
) -> int:
    vectors: dict[str, Any] = {}
    old = [i for i, _ in batch if i.partition("/")[0] in kept]
    if reuse and old:
        found = reuse.get(ids=old, include=["embeddings"])
        vectors.update(zip(found["ids"], cast("Any", found["embeddings"]), strict=True))
    new = [(i, text) for i, text in batch if i not in vectors]
    if new:
        made = embedder().embed([text for _, text in new])
        vectors.update((i, vector) for (i, _), vector in zip(new, made, strict=True))
    ids = [i for i, _ in batch]
    collection.add(ids=ids, embeddings=[vectors[i] for i in ids])
    return len(new)
