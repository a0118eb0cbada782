"""Builders that are killed, or build beside others: the last good index stays, and is asked all the while."""

import os
import signal
import subprocess
import sys
import threading
from pathlib import Path

import pytest
from index_samples import SECOND, add, found, write_documents

from core.errors import IbidError
from index import add_documents, index_status, open_index
from index.store import building, corpus_folder, open_generation
from ingest import find_documents


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return write_documents(tmp_path / "docs")


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
from ingest import find_documents
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
from ingest import find_documents
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
