"""Passages to Chroma and BM25, and questions to Hits."""

from index.build import IndexReport, add_documents, passage_text, remove_documents
from index.retriever import as_retriever
from index.search import Index, open_index
from index.status import IndexStatus, index_status

__all__ = [
    "Index",
    "IndexReport",
    "IndexStatus",
    "add_documents",
    "as_retriever",
    "index_status",
    "open_index",
    "passage_text",
    "remove_documents",
]
