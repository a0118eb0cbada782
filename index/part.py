"""A segment as an index asks it: only the documents that are live, and the vectors nearest to a question's."""

from collections.abc import Collection
from functools import cached_property
from typing import TYPE_CHECKING, Any

from index.lexical import Lookup
from index.segment import Segment
from index.vectors import COLLECTION, Collections, close_chroma, open_chroma

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

__all__ = ["Part"]

_SCANNED = 20_000  # live passages of a segment with dead ones that are all looked at


class Part:
    """A segment and which of its documents are live; safe to share between threads.

    Args:
        segment: the segment.
        dead: the ids of the documents that are not live.
        of: the part that has the collection open, where this one is a choice of its documents.
    """

    def __init__(self, segment: Segment, dead: Collection[str] = (), of: "Part | None" = None) -> None:
        self.segment = segment
        self.dead = frozenset(dead)
        self._of = of
        self._client: Collections | None = None
        self._collection: Any = None

    @cached_property
    def documents(self) -> dict[str, int]:
        """The places of the live documents, by id."""
        return {i: place for place, i in enumerate(self.segment.ids) if i not in self.dead}

    @cached_property
    def live(self) -> "NDArray[np.bool_]":
        """Which passages are live."""
        import numpy as np

        documents = np.zeros(len(self.segment.ids), dtype=np.bool_)
        documents[list(self.documents.values())] = True
        return np.repeat(documents, np.diff(self.segment.firsts))

    @cached_property
    def passages(self) -> int:
        """How many passages are live."""
        return int(self.live.sum())

    def lookup(self, name: str) -> Lookup:
        """Return one of the segment's postings with the passages that are live."""
        return Lookup(self.segment.lookups[name], self.live, self.segment.passage_id)

    def number(self, document: str, place: int) -> int:
        """Return the number of a passage by its place in a live document."""
        return int(self.segment.firsts[self.documents[document]]) + place

    def only(self, ids: Collection[str]) -> "Part":
        """Return the part without the documents that are not among some."""
        return Part(self.segment, self.dead.union(i for i in self.documents if i not in ids), of=self._of or self)

    def open(self) -> None:
        """Open the collection."""
        self._client = open_chroma(self.segment.chroma)
        self._collection = self._client.get_collection(COLLECTION, embedding_function=None)

    def close(self) -> None:
        """Let go of the collection."""
        if self._client:
            close_chroma(self._client)
            self._client = None

    def nearest(self, vector: "NDArray[np.float32]", most: int) -> list[tuple[float, int]]:
        """Return the distances and numbers of about the `most` live passages nearest to a unit vector, in any order."""
        most = min(most, self.passages)
        if not most:
            return []
        if self.passages < len(self.live) and self.passages <= _SCANNED:
            return self._scan(vector, most)
        asked = most
        while True:
            distances, numbers = self._query(vector, asked)
            kept = self.live[numbers]
            if kept.sum() >= most or asked == len(self.live):
                return list(zip(distances[kept][:most].tolist(), numbers[kept][:most].tolist(), strict=True))
            asked = min(2 * asked, len(self.live))

    def _scan(self, vector: "NDArray[np.float32]", most: int) -> list[tuple[float, int]]:
        import numpy as np

        numbers = np.flatnonzero(self.live)
        distances = 1.0 - np.einsum("ij,j->i", self.segment.vectors[numbers], vector)
        best = np.argpartition(distances, most - 1)[:most]
        return list(zip(distances[best].tolist(), numbers[best].tolist(), strict=True))

    def _query(self, vector: "NDArray[np.float32]", most: int) -> "tuple[NDArray[np.float64], NDArray[np.int64]]":
        import numpy as np

        collection = (self._of or self)._collection
        found = collection.query(query_embeddings=vector[None, :], n_results=most, include=["distances"])
        return np.array(found["distances"][0], dtype=np.float64), np.array(found["ids"][0], dtype=np.int64)
