"""Time plain LlamaIndex with Chroma and the same embedder.

`python -m benchmarks.time_plain FOLDER [TEXTS]` indexes the texts of a folder, the bundled corpus when none is given,
and asks; `python -m benchmarks.time_plain FOLDER ask QUESTION` opens what is there and asks one question.
"""

import sys
import time
from pathlib import Path
from typing import TYPE_CHECKING

from benchmarks.clock import report
from core.settings import bundled_corpus, go_offline

if TYPE_CHECKING:
    from llama_index.core import VectorStoreIndex

_MOST = 3  # chunks that are retrieved


def main(folder: Path, source: Path) -> None:
    """Index the texts of a folder in chunks of 128 tokens, and retrieve three for each question."""
    begun = time.perf_counter()
    texts = [path.read_text(encoding="utf-8") for path in sorted(source.glob("*.txt"))]
    index = _index(folder, texts)
    report(begun, texts[0], index.as_retriever(similarity_top_k=_MOST).retrieve)


def ask(folder: Path, question: str) -> None:
    """Open what was indexed and print the chunk that is nearest to a question."""
    found = _index(folder).as_retriever(similarity_top_k=_MOST).retrieve(question)
    sys.stdout.write(found[0].node.get_content() + "\n")


def _index(folder: Path, texts: list[str] | None = None) -> "VectorStoreIndex":
    go_offline()
    import chromadb
    from llama_index.core import Document, StorageContext, VectorStoreIndex
    from llama_index.core.node_parser import SentenceSplitter
    from llama_index.vector_stores.chroma import ChromaVectorStore

    from index.embedder import as_llama_embedding, load_embedder

    settings = chromadb.config.Settings(anonymized_telemetry=False)
    client, embedding = chromadb.PersistentClient(str(folder), settings=settings), as_llama_embedding(load_embedder())
    if texts is None:
        store = ChromaVectorStore(chroma_collection=client.get_collection("plain"))
        return VectorStoreIndex.from_vector_store(store, embed_model=embedding)
    store = ChromaVectorStore(chroma_collection=client.create_collection("plain"))
    return VectorStoreIndex.from_documents(
        [Document(text=text) for text in texts],
        storage_context=StorageContext.from_defaults(vector_store=store),
        transformations=[SentenceSplitter(chunk_size=128, chunk_overlap=16)],
        embed_model=embedding,
    )


if __name__ == "__main__":
    if sys.argv[2:3] == ["ask"]:
        ask(Path(sys.argv[1]), sys.argv[3])
    else:
        main(Path(sys.argv[1]), Path(sys.argv[2]) if sys.argv[2:] else bundled_corpus())
