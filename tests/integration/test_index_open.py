"""An index that is open while others build: its files stay until it is closed, however often."""

from pathlib import Path

import pytest

from core.settings import Settings
from index import add_documents, open_index
from index.store import corpus_folder
from ingest import find_documents


def write(folder: Path, year: int) -> None:
    folder.mkdir(exist_ok=True)
    (folder / "trees.md").write_text(f"# Trees\n\nThe oak was planted in {year}. It is tall.\n", encoding="utf-8")


def add(settings: Settings, folder: Path, embedder):
    return add_documents(settings, find_documents([folder]), embedder=embedder)


def generations(settings: Settings) -> list[str]:
    return sorted(path.name for path in corpus_folder(settings).glob("gen-*"))


def test_an_open_index_outlives_any_number_of_builds_and_is_swept_when_it_is_closed(home, embedder, tmp_path):
    write(tmp_path / "docs", 1820)
    add(home, tmp_path / "docs", embedder)
    index = open_index(home, embedder=embedder)
    try:
        for year in (1821, 1822, 1823):
            write(tmp_path / "docs", year)
            add(home, tmp_path / "docs", embedder)
        assert generations(home) == ["gen-000001", "gen-000003", "gen-000004"]
        (hit,) = (h for h in index.search("when was the oak planted", top=3) if "oak" in h.passage.text)
        assert "1820" in hit.passage.text
        assert index.sentence_similarities("the oak", [hit])
    finally:
        index.close()
    write(tmp_path / "docs", 1824)
    add(home, tmp_path / "docs", embedder)
    assert generations(home) == ["gen-000004", "gen-000005"]
