"""The vectors of an index: two Chroma collections, one vector a passage and one a sentence."""

import itertools
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from pathlib import Path
from threading import Lock
from typing import TYPE_CHECKING, Any, Protocol, cast

if TYPE_CHECKING:
    import numpy as np
    from chromadb.api.client import Client
    from chromadb.api.collection_configuration import CreateHNSWConfiguration
    from chromadb.api.models.Collection import Collection as ChromaCollection
    from numpy.typing import NDArray

__all__ = ["COLLECTIONS", "Embeds", "close_chroma", "open_chroma", "write_vectors"]

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


def open_chroma(folder: Path) -> "Client":
    """Return a Chroma client on a folder, telemetry off; close it with `close_chroma` when done."""
    import chromadb
    from chromadb.config import Settings as ChromaSettings

    settings = ChromaSettings(anonymized_telemetry=False)
    with _OPENING:
        return cast("Client", chromadb.PersistentClient(path=str(folder), settings=settings))


def close_chroma(client: "Client") -> None:
    """Close a Chroma client; the folder is let go with its last client."""
    with _OPENING:
        client.close()


def write_vectors(  # noqa: PLR0913 - what is written, where, and where it comes from
    folder: Path,
    texts: Mapping[str, Mapping[str, str]],
    *,
    old: Path | None,
    kept: Collection[str],
    embedder: Callable[[], Embeds],
    progress: Callable[[int, int], None],
) -> int:
    """Write the collections of an index, and return how many vectors had to be made.

    Args:
        folder: a new folder.
        texts: what to embed, by id, for each of the COLLECTIONS; a sentence's id is its passage's, '/', and a number.
        old: the folder of an index to take vectors from.
        kept: ids of the passages whose vectors are taken from there, with those of their sentences.
        embedder: called when the first vector has to be made.
        progress: called as progress(done, total) after each batch.
    """
    total = sum(map(len, texts.values()))
    chroma = open_chroma(folder)
    source = open_chroma(old) if old and kept else None
    made = done = 0
    try:
        for name, wanted in texts.items():
            collection = chroma.create_collection(
                name, configuration={"hnsw": {**_HNSW, **_synced(len(wanted))}}, embedding_function=None
            )
            reuse = source.get_collection(name, embedding_function=None) if source else None
            for batch in _batched(wanted):
                made += _write_batch(collection, batch, reuse, kept, embedder)
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


def _write_batch(
    collection: "ChromaCollection",
    batch: Sequence[tuple[str, str]],
    reuse: "ChromaCollection | None",
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
