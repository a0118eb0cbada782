"""haiku.rag's hybrid search with a local embedder; its answers need a language model's tool calls and are left out."""

import asyncio
import tempfile
import time
from pathlib import Path

from benchmarks.peers.protocol import Quoter, Reply, serve

PACKAGES = ("haiku.rag-slim", "docling", "lancedb", "pydantic-ai-slim", "sentence-transformers", "torch")


class HaikuRag:
    """Chunks by Docling, full text and vectors in LanceDB; its defaults but for embedder and tokenizer."""

    def __init__(self, model: Path) -> None:
        from haiku.rag.client import HaikuRAG
        from haiku.rag.config import AppConfig

        config = AppConfig.model_validate(
            {
                "embeddings": {"model": {"provider": "sentence-transformers", "name": str(model), "vector_dim": 384}},
                "processing": {"chunking_tokenizer": str(model)},
            }
        )
        self._runner = asyncio.Runner()
        self._client = HaikuRAG(Path(tempfile.mkdtemp()) / "peers.lancedb", config=config, create=True)
        self._runner.run(self._client.__aenter__())
        self._embedder = self._client.embedder
        self._embed(["the model is loaded with its first text"])
        self._quoter = Quoter(self._embed)

    def index(self, text: str) -> None:
        """Convert a text, split, embed and store it."""
        self._runner.run(self._client.create_document(text))

    def ask(self, query: str) -> Reply:
        """Quote the best chunks."""
        begun = time.perf_counter()
        found = self._runner.run(self._client.search(query, limit=10))
        return self._quoter.quote(query, [one.content for one in found], begun)

    def _embed(self, texts: list[str]) -> list[list[float]]:
        vectors: list[list[float]] = self._runner.run(self._embedder.embed_documents(texts))
        return vectors


if __name__ == "__main__":
    serve(HaikuRag, PACKAGES)
