"""Passages to Chroma and BM25, and questions to Hits."""

from typing import TYPE_CHECKING

from index.build import IndexReport, add_documents, remove_documents, rename_document
from index.embedder import tokenizer_file, verified_model
from index.events import QUOTES_WITHHELD, count_event
from index.labels import without_tables
from index.own_model import model_of
from index.reading import passage_text
from index.search import Index, open_index
from index.server import UnreachableError
from index.sources import NothingReadError
from index.status import IndexStatus, index_status, read_documents
from index.store import Entry, corpus_folder, current_name, has_index, lease_generation, open_generation

if TYPE_CHECKING:
    from index.retriever import HybridRetriever

__all__ = [
    "QUOTES_WITHHELD",
    "Entry",
    "HybridRetriever",
    "Index",
    "IndexReport",
    "IndexStatus",
    "NothingReadError",
    "UnreachableError",
    "add_documents",
    "corpus_folder",
    "count_event",
    "current_name",
    "has_index",
    "index_status",
    "lease_generation",
    "model_of",
    "open_generation",
    "open_index",
    "passage_text",
    "read_documents",
    "remove_documents",
    "rename_document",
    "tokenizer_file",
    "verified_model",
    "without_tables",
]


def __getattr__(name: str) -> "type[HybridRetriever]":
    """Import the retriever when it is asked for: it derives from a class of LlamaIndex, which is slow to import."""
    if name == "HybridRetriever":
        from index.retriever import HybridRetriever

        return HybridRetriever
    raise AttributeError(f"module 'index' has no attribute '{name}'")
