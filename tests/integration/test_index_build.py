"""Real Chroma and BM25, and an embedder that counts: what is embedded again, and what survives a kill."""

import json
import os
import shutil
import signal
import subprocess
import sys
import threading
from pathlib import Path

import numpy as np
import pytest

from core.errors import IbidError, InputError
from core.settings import Settings
from index import add_documents, index_status, open_index, remove_documents
from index.store import building, corpus_folder, current_generation, open_generation
from index.vectors import fill_chroma, open_chroma
from ingest import Said, describe, find_documents

FIRST = "# Ponds\n\n## Carp\n\nCarp live in the northern pond. They are fed with maize.\n\n## Pike\n\nPike eat carp.\n"
SECOND = "# Trees\n\nThe oak was planted in 1820. It is tall.\n"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    path = tmp_path / "docs"
    path.mkdir()
    (path / "ponds.md").write_text(FIRST, encoding="utf-8")
    (path / "trees.md").write_text(SECOND, encoding="utf-8")
    return path


def add(settings: Settings, folder: Path, embedder):
    return add_documents(settings, find_documents([folder]), embedder=embedder)


def generation(settings: Settings) -> Path:
    return current_generation(settings).folder


def segment(settings: Settings) -> Path:
    """The only segment of a corpus."""
    (name,) = current_generation(settings).manifest().segments
    return corpus_folder(settings) / name


def found(settings: Settings, embedder, query: str) -> list[str]:
    index = open_index(settings, embedder=embedder)
    try:
        return [hit.passage.text for hit in index.search(query, top=3)]
    finally:
        index.close()


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


def test_no_index_is_a_state_and_an_error_with_a_way_out(home):
    assert not index_status(home).ready
    with pytest.raises(IbidError, match="no index of corpus 'test'"):
        open_index(home)


def test_a_second_builder_is_told_so(home, folder, embedder):
    with building(home), pytest.raises(IbidError, match="another process is indexing"):
        add(home, folder, embedder)
    assert add(home, folder, embedder).added


def test_an_open_index_outlives_the_next_build_and_serves_threads(home, folder, embedder):
    add(home, folder, embedder)
    index = open_index(home, embedder=embedder)
    try:
        (folder / "trees.md").write_text(SECOND + "\nMore.\n", encoding="utf-8")
        add(home, folder, embedder)
        expected = index.search("carp in the pond", top=3)
        results: list[object] = []
        threads = [
            threading.Thread(target=lambda: results.append(index.search("carp in the pond", top=3))) for _ in range(8)
        ]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        assert results == [expected] * 8
    finally:
        index.close()


# Builds the corpus anew and kills itself without warning when the given stage is reached for the given time.
KILLED = """
import os, signal, sys
from pathlib import Path
from core.settings import Settings
from index import add_documents
from ingest import Said, describe, find_documents
from tests.conftest import CountingEmbedder
home, folder, stage, done = sys.argv[1:]
def progress(s, d, total):
    if (s, d) == (stage, int(done)):
        os.kill(os.getpid(), signal.SIGKILL)
sources = find_documents([Path(folder)])
settings = Settings(home=Path(home), corpus="test")
add_documents(settings, sources, progress=progress, embedder=CountingEmbedder())
"""


@pytest.mark.parametrize(("stage", "done"), [("read", "1"), ("embed", "PASSAGES"), ("index", "0")])
def test_a_kill_leaves_the_last_good_index_and_no_rubbish(home, folder, embedder, stage, done):
    first = add(home, folder, embedder)
    (folder / "trees.md").write_text(SECOND.replace("1820", "1999"), encoding="utf-8")
    done = str(first.passages) if done == "PASSAGES" else done
    process = subprocess.run(
        [sys.executable, "-c", KILLED, str(home.home), str(folder), stage, done],
        check=False,
        cwd=Path(__file__).parents[2],
        env=os.environ,
    )
    assert process.returncode == -signal.SIGKILL
    assert any("1820" in text for text in found(home, embedder, "oak planted"))
    assert add(home, folder, embedder).changed == ("trees",)
    assert any("1999" in text for text in found(home, embedder, "oak planted"))
    assert len(list(corpus_folder(home).glob("gen-*"))) <= 2


def test_a_first_build_that_was_killed_is_no_index_and_is_swept_by_the_next(home, folder, embedder):
    process = subprocess.run(
        [sys.executable, "-c", KILLED, str(home.home), str(folder), "index", "0"],
        check=False,
        cwd=Path(__file__).parents[2],
        env=os.environ,
    )
    assert process.returncode == -signal.SIGKILL
    assert not index_status(home).ready
    assert add(home, folder, embedder).added == ("ponds", "trees")
    assert list(corpus_folder(home).glob("gen-*")) == [open_generation(home)[0].folder]


# Builds while the other builder holds the lock, and prints the error.
SECOND_BUILDER = """
import sys
from pathlib import Path
from core.errors import IbidError
from core.settings import Settings
from index import add_documents
from ingest import Said, describe, find_documents
from tests.conftest import CountingEmbedder
try:
    sources = find_documents([Path(sys.argv[2])])
    add_documents(Settings(home=Path(sys.argv[1]), corpus="test"), sources, embedder=CountingEmbedder())
except IbidError as error:
    print(error)
"""


def test_a_second_process_that_builds_is_told_so_while_the_first_finishes(home, folder, embedder):
    told: list[str] = []

    def progress(stage: str, done: int, total: int) -> None:
        if stage == "index" and not done:
            command = [sys.executable, "-c", SECOND_BUILDER, str(home.home), str(folder)]
            second = subprocess.run(command, check=True, capture_output=True, text=True, cwd=Path(__file__).parents[2])
            told.append(second.stdout)

    add_documents(home, find_documents([folder]), progress=progress, embedder=embedder)
    assert told == ["another process is indexing corpus 'test'; try again when it is done\n"]
    assert found(home, embedder, "carp")
