"""Two short documents to index with an embedder that counts, and looks at what is on disk."""

from pathlib import Path

from core.settings import Settings
from index import IndexReport, add_documents, open_index
from index.store import corpus_folder, current_generation
from index.vectors import Embeds
from ingest import find_documents

FIRST = "# Ponds\n\n## Carp\n\nCarp live in the northern pond. They are fed with maize.\n\n## Pike\n\nPike eat carp.\n"
SECOND = "# Trees\n\nThe oak was planted in 1820. It is tall.\n"


def write_documents(folder: Path) -> Path:
    folder.mkdir()
    (folder / "ponds.md").write_text(FIRST, encoding="utf-8")
    (folder / "trees.md").write_text(SECOND, encoding="utf-8")
    return folder


def add(settings: Settings, folder: Path, embedder: Embeds) -> IndexReport:
    return add_documents(settings, find_documents([folder]), embedder=embedder)


def generation(settings: Settings) -> Path:
    return current_generation(settings).folder


def segment(settings: Settings) -> Path:
    """The only segment of a corpus."""
    (name,) = current_generation(settings).manifest().segments
    return corpus_folder(settings) / name


def found(settings: Settings, embedder: Embeds, query: str) -> list[str]:
    index = open_index(settings, embedder=embedder)
    try:
        return [hit.passage.text for hit in index.search(query, top=3)]
    finally:
        index.close()
