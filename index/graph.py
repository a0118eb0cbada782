"""The graph by which Chroma finds the nearest vectors of a segment, and when it is worth reading."""

import contextlib
from pathlib import Path
from threading import Lock, Thread
from typing import TYPE_CHECKING, Any

from index.vectors import COLLECTION, Collections, close_chroma, open_chroma

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    from index.server import ServerVectors

__all__ = ["Graph"]

_AT_ONCE = 20_000  # vectors whose graph is read when it is first asked
_SEARCHES = 10  # without a graph, after which it is read: more than one question takes
_READING = Lock()  # one graph is read at a time: the other core is for whoever asks


class Graph:
    """The collection of a segment; safe to share between threads.

    Chroma reads a graph into memory when it is first asked, which of many vectors takes seconds, 5 to 14 ms a thousand;
    to look at all of them takes 0.1 ms a thousand. So the first searches look at all, and a command that asks once
    does nothing else. Whoever goes on has the graph read beside, which is asked from then on.

    Args:
        place: the folder, or the place on a server, whose graphs are in memory already.
    """

    def __init__(self, place: "Path | ServerVectors") -> None:
        self._place = place
        self._client: Collections | None = None
        self._collection: Any = None
        self._counting = Lock()
        self._searches = 0
        self._closing = False
        self._reader: Thread | None = None

    def open(self) -> None:
        """Open the collection."""
        self._client = open_chroma(self._place)
        self._collection = self._client.get_collection(COLLECTION, embedding_function=None)

    def close(self) -> None:
        """Let go of the collection."""
        self._closing = True
        if self._reader:
            self._reader.join()
        if self._client:
            close_chroma(self._client)
            self._client = None

    def ready(self, vectors: int, vector: "NDArray[np.float32]") -> bool:
        """Say whether to ask for what is nearest to a vector, or to look at all vectors, of which there are so many.

        Call it before each search: it has the graph read when it is time.
        """
        if vectors <= _AT_ONCE or not isinstance(self._place, Path):
            return True
        with self._counting:
            if self._reader:
                return not self._reader.is_alive()
            self._searches += 1
            if self._searches == _SEARCHES:
                # Python waits for it at the end: one that it left behind (a daemon) would crash in Chroma's code then.
                self._reader = Thread(target=self._read, args=(vector,))
                self._reader.start()
            return False

    def query(self, vector: "NDArray[np.float32]", most: int) -> "tuple[NDArray[np.float64], NDArray[np.int64]]":
        """Return the distances and numbers of about the `most` nearest to a unit vector, nearest first."""
        import numpy as np

        found = self._collection.query(query_embeddings=vector[None, :], n_results=most, include=["distances"])
        return np.array(found["distances"][0], dtype=np.float64), np.array(found["ids"][0], dtype=np.int64)

    def _read(self, vector: "NDArray[np.float32]") -> None:
        """Have Chroma read the graph; what is wrong with it is told to who asks it next."""
        with _READING, contextlib.suppress(Exception):
            if not self._closing:
                self.query(vector, 1)
