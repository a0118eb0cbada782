"""Files to Documents to Passages."""

from ingest.audit import Finding, audit_citations
from ingest.document import READER, ReadDocument, build_document, build_read, read_document, read_file
from ingest.loaders import SUPPORTED
from ingest.metadata import Metadata
from ingest.names import fold_name
from ingest.notes import anchors
from ingest.process import Limits, ReaderProcess
from ingest.sentences import points_back
from ingest.source import Source, find_documents
from ingest.split import split_document
from ingest.text import parse_text

__all__ = [
    "READER",
    "SUPPORTED",
    "Finding",
    "Limits",
    "Metadata",
    "ReadDocument",
    "ReaderProcess",
    "Source",
    "anchors",
    "audit_citations",
    "build_document",
    "build_read",
    "find_documents",
    "fold_name",
    "parse_text",
    "points_back",
    "read_document",
    "read_file",
    "split_document",
]
