"""Adding, renaming and removing over a real index: a line for each file, no harm to another, and a way to give up."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from core.errors import IbidError, InputError
from core.settings import Settings
from index import add_documents, open_generation, open_index
from index.store import building, corpus_folder
from ui.jobs import AddJob
from ui.library import Library

ROOT = Path(__file__).parents[2]
POND = "# Ponds\n\nCarp live in the northern pond. They are fed with maize.\n"
TREE = "# Trees\n\nThe oak was planted in 1820. It is tall.\n"


@pytest.fixture
def library(home, embedder) -> Library:
    return Library(home, embedder)


@pytest.fixture
def files(tmp_path):
    def write(**texts: str | bytes) -> list[Path]:
        folder = tmp_path / "temp"
        folder.mkdir(exist_ok=True)
        paths = [folder / name.replace("_", ".") for name in texts]
        for path, text in zip(paths, texts.values(), strict=True):
            path.write_bytes(text if isinstance(text, bytes) else text.encode())
        return paths

    return write


def add(library: Library, paths: list[Path]):
    *_, last = library.add(paths)[1].snapshots()
    assert last.over
    return last


def uploads(settings: Settings) -> list[str]:
    return sorted(path.name for path in (corpus_folder(settings) / "uploads").glob("*/*"))


def titles(library: Library) -> dict[str, str]:
    return {row.id: row.title for row in library.listed().rows}


def test_what_is_added_is_listed_with_its_facts_and_survives_its_upload(library, home, files, embedder):
    assert library.listed().rows == ()
    paths = files(ponds_md=POND, trees_md=TREE)
    seen = list(library.add(paths)[1].snapshots())
    assert seen[-1].added == ("ponds.md", "trees.md")
    assert seen[-1].failures == ()
    assert seen[-1].stages["read"] == (2, 2)
    done, total = seen[-1].stages["index"]
    assert done == total > 1
    done, total = seen[-1].stages["embed"]
    assert done == total > 0
    for path in paths:
        path.unlink()
    rows = {row.id: row for row in Library(home, embedder).listed().rows}
    pond = rows["ponds"]
    assert (pond.title, pond.words, pond.pages, pond.file) == ("Ponds", 12, 0, "ponds.md")
    assert pond.passages >= 1
    assert pond.added.startswith("20")


def test_one_that_cannot_be_read_is_a_line_with_its_name_and_the_others_come_in(library, home, files):
    last = add(library, files(good_md=POND, broken_pdf=b"%PDF-1.4 nothing", empty_txt=b"", run_exe=b"MZ"))
    assert last.added == ("good.md",)
    assert len(last.failures) == 3
    assert not any(str(home.home) in line or "/" in line.split(":")[0] for line in last.failures)
    assert {name for name in ("broken.pdf", "empty.txt", "run.exe") if any(name in f for f in last.failures)} == {
        "broken.pdf",
        "empty.txt",
        "run.exe",
    }
    assert uploads(home) == ["good.md"]


def test_when_none_can_be_read_each_has_its_line_and_nothing_is_kept(library, home, files):
    last = add(library, files(a_txt=b"", b_txt=b" "))
    assert [line.split(" ")[0] for line in last.failures] == ["a.txt", "b.txt"]
    assert (last.added, uploads(home), library.listed().rows) == ((), [], ())


def test_the_same_bytes_are_not_added_twice_and_another_file_of_the_name_hides_none(library, home, files):
    add(library, files(ponds_md=POND))
    last = add(library, files(copy_md=POND))
    assert last.failures == ("copy.md is here already: ‘Ponds’",)
    assert add(library, files(ponds_md=POND + "\nMore of it.\n")).added == ("ponds.md",)
    assert set(titles(library)) == {"ponds", "ponds-2"}
    assert uploads(home) == ["ponds.md", "ponds.md"]


def test_a_name_that_is_given_stays_without_a_vector_made_anew(library, files, embedder, home):
    add(library, files(ponds_md=POND))
    embedder.texts.clear()
    assert library.rename("ponds", "  My \n<b>ponds</b> ") == "My <b>ponds</b>"
    assert embedder.texts == []
    assert titles(library) == {"ponds": "My <b>ponds</b>"}
    (entry,) = open_generation(home)[1].documents
    assert (entry.title, entry.said.title) == ("My <b>ponds</b>",) * 2
    add(library, files(trees_md=TREE))
    assert titles(library)["ponds"] == "My <b>ponds</b>"
    with pytest.raises(InputError, match="no document nosuch"):
        library.rename("nosuch", "X")


def test_all_can_be_removed_and_what_lies_elsewhere_is_not_deleted(library, home, files, embedder, tmp_path):
    add(library, files(ponds_md=POND, trees_md=TREE))
    library.remove(["ponds"])
    assert (set(titles(library)), uploads(home)) == ({"trees"}, ["trees.md"])
    library.remove(["trees"])
    assert (library.listed().rows, uploads(home)) == ((), [])
    index = open_index(home, embedder=embedder)
    assert index.search("carp", top=3) == ()
    index.close()
    assert add(library, files(ponds_md=POND)).added == ("ponds.md",)
    with pytest.raises(InputError, match="no document gone"):
        library.remove(["gone"])


@pytest.mark.parametrize("stage", ["read", "embed", "index"])
def test_a_job_is_given_up_at_any_stage_and_leaves_all_as_it_was(library, home, files, stage, monkeypatch):
    add(library, files(trees_md=TREE))
    before = open_generation(home)
    job = None
    step = type(library.add([])[1])._step

    def stop_at(self, name, done, total):
        if name == stage:
            self.cancel()
        step(self, name, done, total)

    monkeypatch.setattr("ui.jobs.AddJob._step", stop_at)
    _, job = library.add(files(ponds_md=POND))
    *_, last = job.snapshots()
    assert (last.cancelled, last.added, last.failures) == (True, (), ())
    assert open_generation(home) == before
    assert uploads(home) == ["trees.md"]
    assert [path.name for path in corpus_folder(home).glob("gen-*")] == [before[0].folder.name]


def test_a_job_waits_for_its_turn_and_can_be_given_up_while_it_does(library, home, files):
    with building(home):
        key, job = library.add(files(ponds_md=POND))
        snapshots = job.snapshots()
        assert any(snapshot.waiting for snapshot in snapshots)
        library.cancel(key)
        *_, last = snapshots
        assert last.cancelled
        _, job = library.add(files(trees_md=TREE))
        snapshots = job.snapshots()
        assert any(snapshot.waiting for snapshot in snapshots)
    *_, last = snapshots
    assert (last.added, last.waiting) == (("trees.md",), False)
    assert uploads(home) == ["trees.md"]


def test_documents_that_came_in_keep_their_files_whatever_becomes_of_the_index_then(library, home, files, monkeypatch):
    def add_then_break(*args, **options):
        report = add_documents(*args, **options)
        (corpus_folder(home) / "CURRENT").write_text("gen-000099", encoding="utf-8")
        return report

    monkeypatch.setattr("ui.jobs.add_documents", add_then_break)
    last = add(library, files(ponds_md=POND))
    assert (last.added, last.failures, uploads(home)) == (("ponds.md",), (), ["ponds.md"])


KILLED = """
import os, sys
from pathlib import Path
from core.settings import Settings
from tests.conftest import CountingEmbedder
from ui.jobs import AddJob
AddJob._step = lambda self, stage, done, total: os._exit(9) if stage == "embed" else None
job = AddJob(Settings(home=Path(sys.argv[1]), corpus="test"), [Path(sys.argv[2])], CountingEmbedder())
list(job.start().snapshots())
"""


def test_what_a_killed_process_kept_is_swept_and_what_is_indexed_is_not(library, home, files):
    add(library, files(trees_md=TREE))
    (indexed,) = (corpus_folder(home) / "uploads").glob("*/trees.md")
    indexed.with_name("coming").touch()  # killed after the index had it
    (upload,) = files(ponds_md=POND)
    command = [sys.executable, "-c", KILLED, str(home.home), str(upload)]
    assert subprocess.run(command, cwd=ROOT, check=False).returncode == 9
    assert uploads(home) == ["coming", "ponds.md", "trees.md"]
    add(library, files(birds_md="# Birds\n\nHerons stand in the reeds.\n"))
    assert uploads(home) == ["birds.md", "trees.md"]
    assert len(library._jobs) == 1


def test_snapshots_are_no_more_than_one_a_rest_and_the_last_is_never_lost(monkeypatch):
    job, rests = AddJob(Settings(), []), []

    def rest(seconds: float) -> None:
        rests.append(seconds)
        for n in range(5):
            job._fail(str(n))
        if len(rests) == 3:
            job._tell(over=True)

    monkeypatch.setattr("ui.jobs.sleep", rest)
    assert [len(snapshot.failures) for snapshot in job.snapshots()] == [0, 5, 10, 15]


ADDER = """
import sys
from pathlib import Path
from core.settings import Settings
from tests.conftest import CountingEmbedder
from ui.library import Library
home, *paths = sys.argv[1:]
library = Library(Settings(home=Path(home), corpus="test"), CountingEmbedder())
for path in paths:
    *_, last = library.add([Path(path)])[1].snapshots()
    assert last.added, last
"""


def test_two_processes_that_add_at_once_lose_nothing_while_the_index_is_asked(library, home, files, embedder):
    add(library, files(trees_md=TREE))
    names = [[f"{who}{n}_md" for n in range(3)] for who in ("a", "b")]
    paths = [files(**{name: f"# {name}\n\nHerons of {name} stand in the reeds.\n" for name in part}) for part in names]
    adders = [
        subprocess.Popen([sys.executable, "-c", ADDER, str(home.home), *map(str, part)], cwd=ROOT, env=os.environ)
        for part in paths
    ]
    asked = 0
    while any(adder.poll() is None for adder in adders):
        index = open_index(home, embedder=embedder)  # the last good one, at any moment
        assert any("1820" in hit.passage.text for hit in index.search("oak planted", top=8))
        index.close()
        asked += 1
    assert [adder.returncode for adder in adders] == [0, 0]
    assert asked
    assert set(titles(library)) == {"trees", *(f"{who}{n}" for who in "ab" for n in range(3))}
    assert len(list(corpus_folder(home).glob("gen-*"))) <= 2


def test_a_broken_index_is_an_error_and_no_empty_library(library, home, files):
    add(library, files(trees_md=TREE))
    (corpus_folder(home) / "CURRENT").write_text("gen-000099", encoding="utf-8")
    with pytest.raises(IbidError, match="broken"):
        library.listed()
