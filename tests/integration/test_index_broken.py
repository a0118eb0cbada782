"""An index that is damaged, or of another version or model, is told in one line and made anew."""

import json
import shutil
from pathlib import Path

import pytest
from index_samples import add, found, generation, segment, write_documents

from core.errors import IbidError
from index import add_documents, index_status, open_index
from index.generation import Generation
from index.store import corpus_folder, current_generation
from ingest import find_documents


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return write_documents(tmp_path / "docs")


def test_an_index_whose_manifest_has_other_fields_is_of_another_version(home, folder, embedder):
    add(home, folder, embedder)
    folder_of = current_generation(home).folder
    manifest = json.loads((folder_of / "manifest.json").read_text(encoding="utf-8"))
    entries = json.loads((folder_of / "entries.json").read_text(encoding="utf-8"))
    entries[0]["said"]["title"] = "Said"
    old = {key: manifest[key] for key in ("settings", "versions", "built_at")}
    old |= {"schema": 4, "documents": entries, "files": {}}
    (folder_of / "manifest.json").write_text(json.dumps(old), encoding="utf-8")
    with pytest.raises(IbidError, match="made by another version of Ibid; run: ibid ingest"):
        open_index(home, embedder=embedder)
    assert current_generation(home).manifest().documents[0].said.title == "Said"  # what the user said is still known
    assert set(add(home, folder, embedder).added) == {"ponds", "trees"}


def test_the_documents_of_an_index_of_another_version_are_read_anew_though_they_are_not_named(home, folder, embedder):
    add(home, folder, embedder)
    (folder / "gone.md").write_text("# Gone\n\nIt is no more.\n", encoding="utf-8")
    add(home, folder, embedder)
    (folder / "gone.md").unlink()
    manifest = current_generation(home).folder / "manifest.json"
    manifest.write_text(manifest.read_text(encoding="utf-8").replace('"schema":', '"schema":9'), encoding="utf-8")
    (folder / "mills.md").write_text("# Mills\n\nThe mill burnt down.\n", encoding="utf-8")
    report = add_documents(home, find_documents([folder / "mills.md"]), embedder=embedder)
    assert set(report.added) == {"mills", "ponds", "trees"}
    assert any("maize" in text for text in found(home, embedder, "carp fed with maize"))


@pytest.mark.parametrize("kept", [0, 0.5])
@pytest.mark.parametrize(
    "name",
    [
        "CURRENT",
        "manifest.json",
        "entries.json",
        "segment.json",
        "ids.json",
        "documents.bin",
        "passages.npy",
        "vectors.npy",
        "sentences.npy",
        "bm25/terms.bin",
        "bm25/items.npy",
        "chroma/chroma.sqlite3",
        "chroma/*/header.bin",
    ],
)
def test_an_index_cut_short_says_what_to_run_and_is_built_anew(home, folder, embedder, name, kept):
    add(home, folder, embedder)
    home_of = {"CURRENT": corpus_folder(home), "manifest.json": generation(home), "entries.json": generation(home)}
    broken = next(home_of.get(name, segment(home)).glob(name))
    broken.write_bytes(broken.read_bytes()[: int(broken.stat().st_size * kept)])
    with pytest.raises(IbidError, match=r"ibid ingest PATH\.\.\. --corpus test$") as raised:
        open_index(home, embedder=embedder)
    assert "\n" not in str(raised.value)
    status = index_status(home)
    assert (status.ready, status.reason) == (False, str(raised.value))
    add(home, folder, embedder)
    assert index_status(home).ready
    assert any("maize" in text for text in found(home, embedder, "carp fed with maize"))


def test_vectors_that_are_lost_are_made_again_for_all_documents_from_what_is_stored(home, folder, embedder):
    first = add(home, folder, embedder)
    (segment(home) / "chroma" / "chroma.sqlite3").unlink()
    (folder / "ponds.md").unlink()
    report = add(home, folder, embedder)
    assert (report.passages, report.embedded) == (first.passages, first.embedded)
    assert any("maize" in text for text in found(home, embedder, "carp fed with maize"))


def test_files_that_make_no_sense_are_an_error_with_a_way_out(home, folder, embedder):
    add(home, folder, embedder)
    chroma = segment(home) / "chroma"
    broken = chroma / "chroma.sqlite3"
    broken.write_bytes(b"x" * broken.stat().st_size)
    for _ in range(2):  # Chroma remembers a client that failed to open, and fails otherwise the second time
        with pytest.raises(IbidError, match=f"delete {chroma} and run: ibid ingest"):
            open_index(home, embedder=embedder)
    shutil.rmtree(chroma)
    add(home, folder, embedder)
    assert any("maize" in text for text in found(home, embedder, "carp fed with maize"))


def test_an_index_of_another_version_or_model_is_not_read(home, folder, embedder):
    add(home, folder, embedder)
    manifest = current_generation(home).folder / "manifest.json"
    text = manifest.read_text(encoding="utf-8")
    manifest.write_text(text.replace('"schema":', '"schema":9'), encoding="utf-8")
    with pytest.raises(IbidError, match="another version of Ibid; run: ibid ingest"):
        open_index(home, embedder=embedder)
    manifest.write_text(text.replace('"weights":"', '"weights":"0'), encoding="utf-8")
    with pytest.raises(IbidError, match="another embedding model; run: ibid ingest"):
        open_index(home, embedder=embedder)
    embedder.texts.clear()
    assert add(home, folder, embedder).embedded == len(embedder.texts) > 0
    assert found(home, embedder, "carp")


def test_no_index_is_a_state_and_an_error_with_a_way_out(home):
    assert not index_status(home).ready
    with pytest.raises(IbidError, match="no index of corpus 'test'"):
        open_index(home)


def test_the_status_of_a_corpus_bears_files_that_go_while_it_is_looked_at(home, folder, embedder, monkeypatch):
    add(home, folder, embedder)
    size = index_status(home).size
    files = Generation.files
    passing = corpus_folder(home) / "chroma.sqlite3-journal"  # which Chroma writes for a moment
    monkeypatch.setattr(Generation, "files", lambda self, manifest: (*files(self, manifest), passing))
    assert index_status(home).size == size > 0
