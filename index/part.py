"""A segment as an index asks it: only the documents that are live, and the vectors nearest to a question's."""

from collections.abc import Collection
from functools import cached_property
from typing import TYPE_CHECKING

from index.graph import Graph
from index.lexical import Lookup
from index.segment import Segment

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

__all__ = ["Part"]

_SCANNED = 20_000  # live passages of a segment with dead ones that are all looked at
_MANY = 0.5  # share of passages that are live from which on all are looked at: to gather them costs more


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
        self._graph: Graph = of._graph if of else Graph(segment.chroma)

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
        return Part(self.segment, self.dead.union(i for i in self.documents if i not in ids), of=self)

    def open(self) -> None:
        """Open the collection."""
        self._graph.open()

    def close(self) -> None:
        """Let go of the collection."""
        self._graph.close()

    def nearest(self, vector: "NDArray[np.float32]", most: int) -> list[tuple[float, int]]:
        """Return the distances and numbers of about the `most` live passages nearest to a unit vector, in any order."""
        most = min(most, self.passages)
        if not most:
            return []
        few = self.passages < len(self.live) and self.passages <= _SCANNED
        if few or not self._graph.ready(len(self.live), vector):
            return self._scan(vector, most)
        asked = most
        while True:
            distances, numbers = self._graph.query(vector, asked)
            kept = self.live[numbers]
            if kept.sum() >= most or asked == len(self.live):
                return list(zip(distances[kept][:most].tolist(), numbers[kept][:most].tolist(), strict=True))
            asked = min(2 * asked, len(self.live))

    def _scan(self, vector: "NDArray[np.float32]", most: int) -> list[tuple[float, int]]:
        import numpy as np

        if self.passages < _MANY * len(self.live):
            numbers = np.flatnonzero(self.live)
            distances = 1.0 - np.einsum("ij,j->i", self.segment.vectors[numbers], vector)
        else:
            numbers = np.arange(len(self.live))
            distances = np.where(self.live, 1.0 - np.einsum("ij,j->i", self.segment.vectors, vector), np.inf)
        best = np.argpartition(distances, most - 1)[:most]
        return list(zip(distances[best].tolist(), numbers[best].tolist(), strict=True))
