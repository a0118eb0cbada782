"""Time plain LlamaIndex with Chroma and the same embedder: `python -m benchmarks.time_plain FOLDER`."""

import sys
import time
from pathlib import Path

from benchmarks.clock import report
from core.settings import bundled_corpus, go_offline


def main(folder: Path) -> None:
    """Index the bundled corpus under a folder in chunks of 128 tokens, and retrieve three for each question."""
    begun = time.perf_counter()
    go_offline()
    import chromadb
    from llama_index.core import Document, StorageContext, VectorStoreIndex
    from llama_index.core.node_parser import SentenceSplitter
    from llama_index.vector_stores.chroma import ChromaVectorStore

    from index.embedder import as_llama_embedding, load_embedder

    texts = [path.read_text(encoding="utf-8") for path in bundled_corpus().glob("*.txt")]
    settings = chromadb.config.Settings(anonymized_telemetry=False)
    collection = chromadb.PersistentClient(str(folder), settings=settings).create_collection("plain")
    index = VectorStoreIndex.from_documents(
        [Document(text=text) for text in texts],
        storage_context=StorageContext.from_defaults(vector_store=ChromaVectorStore(chroma_collection=collection)),
        transformations=[SentenceSplitter(chunk_size=128, chunk_overlap=16)],
        embed_model=as_llama_embedding(load_embedder()),
    )
    report(begun, texts[0], index.as_retriever(similarity_top_k=3).retrieve)


if __name__ == "__main__":
    main(Path(sys.argv[1]))
