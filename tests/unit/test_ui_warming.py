"""The models are loaded beside what else is done."""

from threading import Event

import pytest

import answer.reader
import index.embedder
from core.errors import IbidError
from core.settings import Settings
from ui.warming import begin_loading


@pytest.fixture
def loads(monkeypatch):
    """The names of the models as they are loaded, and the event that lets the loading begin."""
    names, go, done = [], Event(), Event()

    def embedder():
        go.wait(10)
        names.append("embedder")
        raise IbidError("the weights are missing")

    def reader():
        names.append("reader")
        done.set()

    monkeypatch.setattr(index.embedder, "load_embedder", embedder)
    monkeypatch.setattr(answer.reader, "load_reader", reader)
    return names, go, done


def test_it_returns_at_once_and_leaves_faults_to_who_needs_the_model(loads, capfd):
    names, go, done = loads
    begin_loading(Settings())
    assert names == []
    go.set()
    assert done.wait(10)
    assert names == ["embedder", "reader"]
    assert capfd.readouterr() == ("", "")


def test_a_model_of_the_users_is_left_until_it_is_needed(loads, tmp_path):
    names, _, done = loads
    begin_loading(Settings(embedder=tmp_path))
    assert done.wait(10)
    assert names == ["reader"]
