"""Files to Documents to Passages."""

from ingest.document import build_document, read_document
from ingest.sentences import points_back
from ingest.source import SUPPORTED, Metadata, Source, find_documents, read_text
from ingest.split import split_document

__all__ = [
    "SUPPORTED",
    "Metadata",
    "Source",
    "build_document",
    "find_documents",
    "points_back",
    "read_document",
    "read_text",
    "split_document",
]
