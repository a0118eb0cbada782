"""txtai: hybrid search over paragraphs and rows, answered by similarity.

Its extractive pipeline reads answers with a question-answering model from a hub, which cannot be had offline.
"""

import time
from pathlib import Path

from benchmarks.peers.protocol import Quoter, Reply, serve

PACKAGES = ("txtai", "sentence-transformers", "torch")


class Txtai:
    """Searches by words and vectors at once."""

    def __init__(self, model: Path) -> None:
        from txtai import Embeddings

        self._embeddings = Embeddings(
            path=str(model), method="sentence-transformers", hybrid=True, content=True, gpu=False
        )
        self._quoter = Quoter(self._embed)

    def index(self, text: str) -> None:
        """Index the lines of a text: paragraphs, and rows of tables."""
        from txtai.pipeline import Segmentation

        self._embeddings.index(Segmentation(lines=True)(text))

    def ask(self, query: str) -> Reply:
        """Quote the nearest paragraphs."""
        begun = time.perf_counter()
        hits = [found["text"] for found in self._embeddings.search(query, 10)]
        return self._quoter.quote(query, hits, begun)

    def _embed(self, texts: list[str]) -> list[list[float]]:
        vectors: list[list[float]] = self._embeddings.batchtransform(texts).tolist()
        return vectors


if __name__ == "__main__":
    serve(Txtai, PACKAGES)
