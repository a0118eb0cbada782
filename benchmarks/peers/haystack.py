"""Haystack's hybrid pipeline: BM25 and vectors in memory, joined by reciprocal rank fusion; no language model."""

import time
from pathlib import Path

from benchmarks.peers.protocol import Quoter, Reply, serve

PACKAGES = ("haystack-ai", "sentence-transformers-haystack", "sentence-transformers", "torch")


class Haystack:
    """The hybrid retrieval of its tutorial, without the ranker, whose model comes from a hub."""

    def __init__(self, model: Path) -> None:
        from haystack import Pipeline
        from haystack.components.joiners import DocumentJoiner
        from haystack.components.retrievers import InMemoryBM25Retriever, InMemoryEmbeddingRetriever
        from haystack.document_stores.in_memory import InMemoryDocumentStore
        from haystack.utils import ComponentDevice
        from haystack_integrations.components.embedders.sentence_transformers import (
            SentenceTransformersDocumentEmbedder,
            SentenceTransformersTextEmbedder,
        )

        device = ComponentDevice.from_str("cpu")
        self._store = InMemoryDocumentStore(embedding_similarity_function="cosine")
        self._embedder = SentenceTransformersDocumentEmbedder(
            model=str(model), device=device, normalize_embeddings=True, progress_bar=False
        )
        self._pipeline = Pipeline()
        for name, component in (
            ("embedder", SentenceTransformersTextEmbedder(model=str(model), device=device, progress_bar=False)),
            ("near", InMemoryEmbeddingRetriever(self._store)),
            ("bm25", InMemoryBM25Retriever(self._store)),
            ("joiner", DocumentJoiner(join_mode="reciprocal_rank_fusion")),
        ):
            self._pipeline.add_component(name, component)
        self._pipeline.connect("embedder.embedding", "near.query_embedding")
        self._pipeline.connect("near", "joiner")
        self._pipeline.connect("bm25", "joiner")
        self._embedder.warm_up()
        self._quoter = Quoter(self._embed)

    def index(self, text: str) -> None:
        """Split, embed and store a text; without its tokenizer of sentences, which is downloaded."""
        from haystack import Document
        from haystack.components.preprocessors import RecursiveDocumentSplitter

        splitter = RecursiveDocumentSplitter(split_length=100, separators=["\n\n", "\n", ". ", " "])
        chunks = splitter.run([Document(content=text)])["documents"]
        chunks = [chunk for chunk in chunks if chunk.content.strip()]
        self._store.write_documents(self._embedder.run(chunks)["documents"])

    def ask(self, query: str) -> Reply:
        """Quote the best documents."""
        begun = time.perf_counter()
        found = self._pipeline.run({"embedder": {"text": query}, "bm25": {"query": query}})
        hits = [document.content for document in found["joiner"]["documents"][:10]]
        return self._quoter.quote(query, hits, begun)

    def _embed(self, texts: list[str]) -> list[list[float]]:
        from haystack import Document

        made = self._embedder.run([Document(id=str(i), content=text) for i, text in enumerate(texts)])["documents"]
        return [document.embedding for document in made]


if __name__ == "__main__":
    serve(Haystack, PACKAGES)
