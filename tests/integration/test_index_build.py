"""Real Chroma and BM25, and an embedder that counts: what a build reads, embeds and writes, and what it leaves."""

import json
import os
from pathlib import Path

import numpy as np
import pytest
from index_samples import SECOND, add, found, write_documents

from core.errors import IbidError, InputError
from core.settings import Settings
from index import add_documents, open_index, remove_documents
from index.power import write_out
from index.store import corpus_folder, current_generation, open_generation
from index.vectors import fill_chroma, open_chroma
from ingest import Said, describe, find_documents


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return write_documents(tmp_path / "docs")


def test_an_unchanged_corpus_is_not_touched(home, folder, embedder):
    first = add(home, folder, embedder)
    assert (first.added, first.embedded) == (("ponds", "trees"), len(embedder.texts))
    before = current_generation(home)
    embedder.texts.clear()
    again = add(home, folder, embedder)
    assert (again.unchanged, again.embedded, again.passages) == (("ponds", "trees"), 0, first.passages)
    assert embedder.texts == []
    assert current_generation(home) == before


def test_a_changed_file_alone_is_embedded_again(home, folder, embedder):
    add(home, folder, embedder)
    embedder.texts.clear()
    (folder / "trees.md").write_text(SECOND.replace("1820", "1821"), encoding="utf-8")
    report = add(home, folder, embedder)
    assert (report.changed, report.unchanged) == (("trees",), ("ponds",))
    assert embedder.texts
    assert not any("arp" in text for text in embedder.texts)
    assert any("1821" in text for text in found(home, embedder, "oak planted"))
    assert any("maize" in text for text in found(home, embedder, "carp fed with maize"))


def test_vectors_taken_over_equal_those_made_anew(home, folder, embedder, tmp_path):
    add(home, folder, embedder)
    (folder / "trees.md").write_text(SECOND + "\nIt fell.\n", encoding="utf-8")
    add(home, folder, embedder)
    fresh = Settings(home=tmp_path / "fresh", corpus="test")
    add(fresh, folder, embedder)
    kept, made = open_index(home, embedder=embedder), open_index(fresh, embedder=embedder)
    try:
        assert kept.search("pike eat", top=5) == made.search("pike eat", top=5)
    finally:
        kept.close()
        made.close()


def test_changed_settings_rebuild_all_without_the_files(home, folder, embedder):
    add(home, folder, embedder)
    embedder.texts.clear()
    (folder / "ponds.md").unlink()
    smaller = home.model_copy(update={"passage_words": 20})
    report = add_documents(smaller, find_documents([folder]), embedder=embedder)
    assert report.embedded == len(embedder.texts) > 0
    assert any("carp" in text for text in found(smaller, embedder, "pike eat carp"))


def test_a_second_file_of_the_same_name_does_not_replace_the_first(home, folder, embedder, tmp_path):
    add(home, folder, embedder)
    other = tmp_path / "elsewhere" / "trees.md"
    other.parent.mkdir()
    other.write_text("# Trees\n\nThe elm is ill.\n", encoding="utf-8")
    report = add(home, other.parent, embedder)
    assert report.added == ("trees-2",)
    assert any("oak" in text for text in found(home, embedder, "oak planted"))


def test_documents_are_removed_and_an_unknown_one_is_named(home, folder, embedder):
    add(home, folder, embedder)
    with pytest.raises(InputError, match="no document nosuch"):
        remove_documents(home, ["nosuch"], embedder=embedder)
    embedder.texts.clear()
    assert remove_documents(home, ["ponds"], embedder=embedder).removed == ("ponds",)
    assert embedder.texts == []
    assert not any("arp" in text for text in found(home, embedder, "carp"))


def test_documents_removed_under_other_settings_leave_nothing_split_by_the_old_ones(home, folder, embedder, tmp_path):
    long = " ".join(f"The {n}th oak of the long alley was planted in the year {1800 + n}." for n in range(12))
    (folder / "oaks.md").write_text(f"# Oaks\n\n{long}\n", encoding="utf-8")
    add(home, folder, embedder)
    smaller = home.model_copy(update={"passage_words": 20})
    removed = remove_documents(smaller, ["ponds"], embedder=embedder)
    (folder / "ponds.md").unlink()
    fresh = Settings(home=tmp_path / "fresh", corpus="test", passage_words=20)
    assert removed.passages == add(fresh, folder, embedder).passages


def test_a_file_that_cannot_be_read_is_named_stays_as_it_was_and_harms_no_other(home, folder, embedder):
    add(home, folder, embedder)
    (folder / "ponds.md").write_bytes(b"")
    (folder / "trees.md").write_text("# Trees\n\nAll new.\n", encoding="utf-8")
    report = add(home, folder, embedder)
    (line,) = report.failures
    assert "ponds.md is empty" in line
    assert report.changed == ("trees",)
    assert any("maize" in text for text in found(home, embedder, "carp fed with maize"))
    assert any("All new" in text for text in found(home, embedder, "all new"))


def test_when_no_file_can_be_read_nothing_changes(home, folder, embedder):
    add(home, folder, embedder)
    before = current_generation(home)
    for name in ("ponds.md", "trees.md"):
        (folder / name).write_bytes(b"")
    with pytest.raises(InputError, match=r"ponds\.md is empty.*1 more could not be read"):
        add(home, folder, embedder)
    assert current_generation(home) == before


def test_documents_of_an_earlier_reader_are_read_anew_with_what_was_said_of_them(home, folder, embedder, monkeypatch):
    (folder / "manifest.json").write_text(
        '{"documents": [{"id": "t", "file": "trees.md", "title": "Said"}, {"id": "p", "file": "ponds.md"}]}',
        encoding="utf-8",
    )
    add(home, folder, embedder)
    for module in ("index.sources", "index.state"):
        monkeypatch.setattr(f"{module}.READER", "later")
    report = add_documents(home, find_documents([folder / "ponds.md"]), embedder=embedder)
    assert set(report.changed) == {"p", "t"}
    assert {e.id: (e.title, e.reader) for e in open_generation(home)[1].documents} == {
        "p": ("Ponds", "later"),
        "t": ("Said", "later"),
    }


def test_what_is_said_of_a_document_outlives_its_manifest_and_hides_no_correction_of_it(home, folder, embedder):
    def listed(**fields):
        entry = {"id": "t", "file": "trees.md", **fields}
        (folder / "manifest.json").write_text(json.dumps({"documents": [entry]}), encoding="utf-8")

    def say(**fields):
        before = {Path(e.source): e.said for e in open_generation(home)[1].documents}
        sources = describe(find_documents([folder / "trees.md"]), Said(**fields), before)
        return add_documents(home, sources, embedder=embedder)

    def known():
        (document,) = open_generation(home)[0].documents().values()
        return document.title, document.authors, document.date

    listed(title="Listed", authors=["Ann Bell"], date="1999")
    add(home, folder, embedder)
    assert say(title="Said").changed == ("t",)
    assert known() == ("Said", ("Ann Bell",), "1999")
    assert add(home, folder, embedder).unchanged == ("t",)
    listed(title="Listed anew", authors=["Carl Dorn"], date="2001")
    assert add(home, folder, embedder).changed == ("t",)
    assert known() == ("Said", ("Carl Dorn",), "2001")
    (folder / "trees.md").write_text(SECOND + "\nIt fell.\n", encoding="utf-8")
    add(home, folder, embedder)
    assert known() == ("Said", ("Carl Dorn",), "2001")
    assert say(title="").changed == ("t",)
    assert known() == ("Listed anew", ("Carl Dorn",), "2001")
    (folder / "manifest.json").unlink()
    add_documents(home, find_documents([folder / "trees.md"]), embedder=embedder)
    assert known() == ("Listed anew", ("Carl Dorn",), "2001")


def test_a_home_that_cannot_be_written_to_is_named(tmp_path, folder, embedder):
    (tmp_path / "file").write_text("in the way", encoding="utf-8")
    with pytest.raises(IbidError, match=r"cannot write to .*set IBID_HOME"):
        add(Settings(home=tmp_path / "file", corpus="test"), folder, embedder)


def test_the_nearest_are_found_exactly_however_often_the_index_is_opened(tmp_path, embedder):
    vectors = embedder.embed([f"text {n}" for n in range(1500)])
    fill_chroma(tmp_path / "chroma", vectors)
    questions = embedder.embed([f"question {n}" for n in range(20)])
    expected = [{str(n) for n in np.argsort(-vectors @ q)[:40]} for q in questions]
    for _ in range(3):
        chroma = open_chroma(tmp_path / "chroma")
        try:
            collection = chroma.get_collection("passages", embedding_function=None)
            nearest = collection.query(query_embeddings=questions, n_results=40)["ids"]
        finally:
            chroma.close()
        assert [set(ids) for ids in nearest] == expected


def test_chroma_indexes_each_passage_once_however_many_segments_a_build_merges(home, folder, embedder, monkeypatch):
    monkeypatch.setattr("index.build._BATCH", 1)
    for number in range(6):
        (folder / f"more{number}.md").write_text(
            f"# More\n\nHeron {number} has {number + 40} eggs.\n", encoding="utf-8"
        )
    indexed: list[int] = []

    def counted(place, vectors, told):
        indexed.append(len(vectors))
        fill_chroma(place, vectors, told)

    monkeypatch.setattr("index.writer.fill_chroma", counted)
    steps: list[tuple[str, int, int]] = []
    report = add_documents(home, find_documents([folder]), progress=lambda *step: steps.append(step), embedder=embedder)
    assert sum(indexed) == report.passages >= 8
    assert len(indexed) == len(list(corpus_folder(home).glob("seg-*"))) < 8
    told = [(done, total) for stage, done, total in steps if stage == "index"]
    assert told[0] == (0, report.passages + 1)
    assert told[-1] == (report.passages + 1, report.passages + 1)
    assert told == sorted(told)
    assert any("44" in text for text in found(home, embedder, "Heron 4 eggs"))


def test_all_files_are_on_the_disk_before_an_index_is_in_use_and_its_name_after(home, folder, embedder, monkeypatch):
    written: list[tuple[str, set[str]]] = []

    def noted(files):
        paths = list(files)
        write_out(paths)
        now = current_generation(home).folder.name if (corpus_folder(home) / "CURRENT").exists() else ""
        written.append((now, {path.name for path in paths}))

    monkeypatch.setattr("index.store.write_out", noted)
    add(home, folder, embedder)
    (before, files), (there, pointer), (now, renamed) = written
    assert (before, there, now) == ("", "", current_generation(home).folder.name)
    assert {"manifest.json", "entries.json", "segment.json", "vectors.npy", "chroma.sqlite3"} <= files
    assert (pointer, renamed) == ({"CURRENT.new"}, {"CURRENT"})


def test_what_is_there_is_written_out_and_what_has_gone_is_passed_over(tmp_path, monkeypatch):
    (tmp_path / "there").write_text("x", encoding="utf-8")
    synced: list[int] = []
    monkeypatch.setattr("index.power.os.fsync", lambda descriptor: synced.append(os.fstat(descriptor).st_ino))
    write_out([tmp_path / "gone", tmp_path / "there", tmp_path / "no" / "folder"])
    assert synced == [(tmp_path / "there").stat().st_ino, tmp_path.stat().st_ino]
