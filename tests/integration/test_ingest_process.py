"""Files are read in a child that can be killed: no hang, no exhaustion, and the next file is read all the same."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from core.errors import InputError
from ingest import Limits, Metadata, ReaderProcess, Source

LIMITS = Limits(megabytes=2, memory=1000, seconds=20)


@pytest.fixture
def reader():
    with ReaderProcess(LIMITS) as reader:
        yield reader


def written(path: Path, text: str) -> Path:
    path.write_text(text, encoding="utf-8")
    return path


def test_a_file_read_in_the_child_is_the_document_that_the_parent_would_read(reader, tmp_path):
    path = written(tmp_path / "a.txt", "A Title\n\nSome words stand here, and they go on for a while in one line.\n")
    read = reader.read(Source(path, "x", Metadata(authors=("A. B.",))))
    assert (read.document.id, read.document.authors) == ("x", ("A. B.",))
    assert "Some words stand here" in read.document.text


def test_what_is_wrong_with_a_file_comes_back_as_one_line(reader, tmp_path):
    with pytest.raises(InputError, match="cannot read"):
        reader.read(Source(tmp_path / "none.txt", "x"))
    with pytest.raises(InputError, match="is empty"):
        reader.read(Source(written(tmp_path / "e.txt", " \n"), "x"))


def test_a_file_that_is_too_large_is_not_opened(reader, tmp_path):
    path = tmp_path / "big.txt"
    with path.open("wb") as file:
        file.truncate(1_000_000_000)
    with pytest.raises(InputError, match=r"has 1,000 MB: expected at most 2 MB"):
        reader.read(Source(path, "x"))
    assert reader._child is None


def test_a_file_that_takes_too_long_is_given_up_and_the_next_is_read(tmp_path):
    os.mkfifo(tmp_path / "never.txt")  # opening it waits for a writer that never comes
    with ReaderProcess(Limits(megabytes=2, memory=1000, seconds=1)) as reader:
        with pytest.raises(InputError, match="within 1 seconds"):
            reader.read(Source(tmp_path / "never.txt", "x"))
        reader._limits = LIMITS  # a new child may take a second to start where the machine is busy
        assert reader.read(Source(written(tmp_path / "a.txt", "Words."), "x")).document.text == "Words."


# Reads a file where the machine allows less memory than the settings do, as `ulimit -v` or a batch system says.
NARROW = """
import resource, sys
from pathlib import Path
from ingest import Limits, ReaderProcess, Source
resource.setrlimit(resource.RLIMIT_AS, (2_000_000_000, 2_000_000_000))
with ReaderProcess(Limits(megabytes=2, memory=3000, seconds=20)) as reader:
    print(reader.read(Source(Path(sys.argv[1]), "x")).document.text)
"""


def test_a_file_is_read_where_the_machine_allows_less_memory_than_the_settings(tmp_path):
    path = written(tmp_path / "a.txt", "Words.")
    done = subprocess.run(
        [sys.executable, "-c", NARROW, str(path)],
        capture_output=True,
        text=True,
        check=False,
        cwd=Path(__file__).parents[2],
    )
    assert (done.stdout, done.returncode) == ("Words.\n", 0), done.stderr


def test_a_reader_that_dies_is_one_line_and_the_next_file_is_read(reader, tmp_path, monkeypatch):
    path = written(tmp_path / "a.txt", "Words.")
    reader.read(Source(path, "x"))
    os.kill(reader._child.pid, 9)
    reader._child.wait()
    assert reader.read(Source(path, "x")).document.text == "Words."


def test_memory_is_limited(tmp_path):
    path = written(tmp_path / "wide.txt", "word, " * 2_000_000)
    with ReaderProcess(Limits(megabytes=20, memory=150, seconds=60)) as reader, pytest.raises(InputError, match="MB"):
        reader.read(Source(path, "x"))
