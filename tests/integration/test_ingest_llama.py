"""The real LlamaIndex reads through Ibid, and Ibid through it."""

from pathlib import Path

from llama_index.core import SimpleDirectoryReader
from llama_index.core.readers.base import BaseReader
from llama_index.core.schema import Document as LlamaDocument

from core.records import BlockKind
from ingest import read_document
from ingest.llama import DocumentReader, loader_of

TEXT = "A Title\n\nAnn Bell\n\nFirst words stand on the first page of it.\n\fSecond words stand on the page after.\n"


def test_a_directory_reader_reads_files_through_ibid(tmp_path):
    (tmp_path / "a.txt").write_text(TEXT, encoding="utf-8")
    reader = SimpleDirectoryReader(input_dir=str(tmp_path), file_extractor={".txt": DocumentReader()})
    found = reader.load_data()
    assert [d.metadata["page_label"] for d in found] == ["1", "2"]
    assert found[1].text == "Second words stand on the page after."
    assert (found[0].metadata["title"], found[0].metadata["authors"]) == ("A Title", "Ann Bell")
    assert found[0].metadata["file_name"] == "a.txt"


class Shouting(BaseReader):
    """A reader of a type that Ibid does not know."""

    def load_data(self, file: Path) -> list[LlamaDocument]:
        return [LlamaDocument(text=page.upper()) for page in file.read_text(encoding="utf-8").split("|")]


def test_ibid_reads_a_file_through_a_reader_of_llamaindex(tmp_path):
    path = tmp_path / "a.pipes"
    path.write_text("the first page has these words.|the second page has those.", encoding="utf-8")
    doc = read_document(path, loader=loader_of(Shouting()))
    assert [doc.text[b.start : b.end] for b in doc.blocks if b.kind is BlockKind.PARAGRAPH] == [
        "THE FIRST PAGE HAS THESE WORDS.",
        "THE SECOND PAGE HAS THOSE.",
    ]
    assert doc.page_at(doc.text.index("SECOND")) == 2
