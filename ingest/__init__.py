"""Files to Documents to Passages."""

from ingest.cited.audit import Finding, audit_citations
from ingest.cited.names import fold_name
from ingest.code import is_code
from ingest.document import READER, ReadDocument, build_document, build_read, read_document, read_file
from ingest.labels import is_wordless, labels, leads
from ingest.length import count_words
from ingest.loaders import SUPPORTED
from ingest.metadata import Metadata
from ingest.notes import anchors, note_links, raised_text
from ingest.paging import from_roman
from ingest.process import Limits, ReaderProcess
from ingest.report import ReadingReport, reading_report
from ingest.rows import block_at, labelled_row, passage_reading, row_cells, row_says
from ingest.scraps import figure_number
from ingest.sentences import points_back
from ingest.source import Said, Source, describe, find_documents
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
    "ReadingReport",
    "Said",
    "Source",
    "anchors",
    "audit_citations",
    "block_at",
    "build_document",
    "build_read",
    "count_words",
    "describe",
    "figure_number",
    "find_documents",
    "fold_name",
    "from_roman",
    "is_code",
    "is_wordless",
    "labelled_row",
    "labels",
    "leads",
    "note_links",
    "parse_text",
    "passage_reading",
    "points_back",
    "raised_text",
    "read_document",
    "read_file",
    "reading_report",
    "row_cells",
    "row_says",
    "split_document",
]
