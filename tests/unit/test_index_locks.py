"""Where the file system keeps no locks, as some network drives do not, it is said so, and nobody is waited for."""

import errno
import fcntl
import os

import pytest

from core.errors import IbidError, InputError
from index import lease_generation
from index.generation import Manifest
from index.locks import Lease, is_leased, locked
from index.store import building, new_generation, swap_in
from ui.uploads import uploading


def refuse(descriptor: object, operation: int) -> None:
    raise OSError(errno.ENOLCK, os.strerror(errno.ENOLCK))


@pytest.fixture
def indexed(home):
    """The settings of an index without a document."""
    with building(home):
        generation = new_generation(home)
        generation.write(Manifest(5, {}, {}, ""), ())
        swap_in(home, generation)
    return home


def test_a_file_is_locked_once_and_leased_by_many(tmp_path):
    file = tmp_path / "file"
    file.touch()
    with file.open("w") as one, file.open("w") as other:
        assert (locked(one.fileno()), locked(other.fileno())) == (True, False)
    leases = [Lease(file), Lease(file)]
    leases.pop().close()
    assert is_leased(file)
    leases.pop().close()
    assert not is_leased(file)


def test_builders_are_told_in_one_line(home, monkeypatch):
    monkeypatch.setattr(fcntl, "flock", refuse)
    with pytest.raises(IbidError, match=r"cannot lock .*test \(No locks available\); set IBID_HOME"), building(home):
        pass


def test_who_adds_files_is_told_in_one_line(home, monkeypatch):
    monkeypatch.setattr(fcntl, "flock", refuse)
    with pytest.raises(InputError, match=r"cannot write to .*uploads \(No locks available\)"), uploading(home):
        pass


def test_who_asks_is_told_in_one_line(indexed, monkeypatch):
    monkeypatch.setattr(fcntl, "flock", refuse)
    with pytest.raises(IbidError, match=r"cannot lock .*test \(No locks available\); set IBID_HOME"):
        lease_generation(indexed)
