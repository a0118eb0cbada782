"""Plain LlamaIndex: sentence splitter, Chroma, the nearest chunks; no language model."""

import tempfile
import time
from pathlib import Path
from typing import TYPE_CHECKING

from benchmarks.peers.protocol import Quoter, Reply, serve

if TYPE_CHECKING:
    from llama_index.core import VectorStoreIndex
    from llama_index.core.embeddings import BaseEmbedding

PACKAGES = (
    "llama-index-core",
    "llama-index-vector-stores-chroma",
    "llama-index-embeddings-huggingface",
    "chromadb",
    "sentence-transformers",
    "torch",
)


class LlamaIndex:
    """Retrieves the nearest chunks and quotes them."""

    def __init__(self, model: Path) -> None:
        self._embedding = load_embedding(model)
        self._quoter = Quoter(self._embedding.get_text_embedding_batch)

    def index(self, text: str) -> None:
        """Split, embed and store a text."""
        self._retriever = index_in_chroma(text, self._embedding).as_retriever(similarity_top_k=10)

    def ask(self, query: str) -> Reply:
        """Quote the nearest chunks."""
        begun = time.perf_counter()
        hits = [found.node.get_content() for found in self._retriever.retrieve(query)]
        return self._quoter.quote(query, hits, begun)


def load_embedding(model: Path) -> "BaseEmbedding":
    """Return the embedder in a folder, as LlamaIndex loads it."""
    from llama_index.embeddings.huggingface import HuggingFaceEmbedding

    return HuggingFaceEmbedding(str(model), device="cpu", normalize=True)


def index_in_chroma(text: str, embedding: "BaseEmbedding") -> "VectorStoreIndex":
    """Index a text in chunks of 128 tokens, as many words as an answer may have; of the default, 1,024, most is cut."""
    import chromadb
    from llama_index.core import Document, StorageContext, VectorStoreIndex
    from llama_index.core.node_parser import SentenceSplitter
    from llama_index.vector_stores.chroma import ChromaVectorStore

    client = chromadb.PersistentClient(tempfile.mkdtemp(), settings=chromadb.Settings(anonymized_telemetry=False))
    # The vectors are of length 1, so that Chroma's default, the squared distance, ranks as the cosine does.
    store = ChromaVectorStore(chroma_collection=client.create_collection("peers"))
    return VectorStoreIndex.from_documents(
        [Document(text=text)],
        storage_context=StorageContext.from_defaults(vector_store=store),
        transformations=[SentenceSplitter(chunk_size=128, chunk_overlap=16)],
        embed_model=embedding,
    )


if __name__ == "__main__":
    serve(LlamaIndex, PACKAGES)
