"""LlamaIndex's reader interface, both ways: Ibid reads for its pipelines, and its readers read for Ibid."""

import tempfile
from pathlib import Path
from typing import Any

from llama_index.core.readers.base import BaseReader
from llama_index.core.schema import Document as LlamaDocument

from ingest.document import read_document
from ingest.loaders import Loader
from ingest.paging import text_by_page
from ingest.parts import Reading
from ingest.text import parse_text

__all__ = ["DocumentReader", "loader_of"]


class DocumentReader(BaseReader):
    """Reads any file that Ibid reads; give it to SimpleDirectoryReader as the extractor of a type."""

    def load_data(self, file: Path, extra_info: dict[str, Any] | None = None) -> list[LlamaDocument]:
        """Return a document a page, or one in all where the file has no pages, with title, authors, date and page.

        Raises:
            InputError: the file cannot be read.
        """
        document = read_document(Path(file))
        about = {"title": document.title, "authors": "; ".join(document.authors), "date": document.date}
        return [
            LlamaDocument(
                text="".join(texts).strip(), metadata=about | {"page_label": str(page or "")} | (extra_info or {})
            )
            for page, texts in text_by_page(document, [(0, len(document.text))]).items()
        ]


def loader_of(reader: BaseReader) -> Loader:
    """Return a loader that reads with a LlamaIndex reader, for a type of file that Ibid does not know.

    Each document that the reader returns is taken for a page.
    """

    def load(data: bytes, name: str) -> Reading:
        with tempfile.NamedTemporaryFile(suffix=Path(name).suffix) as file:
            file.write(data)
            file.flush()
            pages = [document.text.replace("\f", "\n") for document in reader.load_data(Path(file.name))]
        return parse_text("\f" + "\f".join(pages))

    return load
