"""All vectors are looked at until the graph of a large segment has been read; what is found is the same."""

import time
from pathlib import Path
from threading import Event, Thread
from types import SimpleNamespace

import numpy as np
import pytest

from index.graph import _READING
from index.part import Part

VECTORS = np.array([[1, 0], [0.8, 0.6], [0.6, 0.8], [0, 1], [-0.6, 0.8], [-1, 0]], dtype=np.float32)
EAST, NORTH = VECTORS[0], VECTORS[3]


class Chroma:
    """A client and its only collection, which finds exactly; its first query waits until `read` is set."""

    def __init__(self) -> None:
        self.asked: list[int] = []
        self.closed = False
        self.read = Event()
        self.read.set()
        self.damaged = False

    def get_collection(self, name, embedding_function):
        return self

    def query(self, query_embeddings, n_results, include):
        self.read.wait(60)
        if self.damaged:
            raise RuntimeError("damaged")
        assert not self.closed
        self.asked.append(n_results)
        distances = 1 - VECTORS @ query_embeddings[0]
        best = np.argsort(distances, kind="stable")[:n_results]
        return {"distances": [distances[best].tolist()], "ids": [[str(n) for n in best]]}

    def close(self):
        self.closed = True


@pytest.fixture
def chroma(monkeypatch) -> Chroma:
    chroma = Chroma()
    monkeypatch.setattr("index.graph.open_chroma", lambda place: chroma)
    monkeypatch.setattr("index.graph._AT_ONCE", 5)
    monkeypatch.setattr("index.graph._SEARCHES", 2)
    monkeypatch.setattr("index.part._SCANNED", 1)
    return chroma


def part(place: object = Path("chroma"), documents: int = 6) -> Part:
    """A segment whose documents have a passage each."""
    ids = [f"d{n}" for n in range(documents)]
    opened = Part(SimpleNamespace(chroma=place, ids=ids, firsts=np.arange(documents + 1), vectors=VECTORS[:documents]))
    opened.open()
    return opened


def numbers(part: Part, vector: np.ndarray, most: int = 2) -> list[int]:
    return [number for _, number in sorted(part.nearest(vector, most))]


def test_a_few_searches_look_at_all_vectors_and_more_have_the_graph_read(chroma):
    chroma.read.clear()
    large = part()
    assert numbers(large, EAST) == [0, 1]
    assert numbers(large, NORTH, 3) == [3, 2, 4]  # has it read, and waits for nothing
    assert numbers(large, -EAST, 1) == [5]
    assert chroma.asked == []
    chroma.read.set()
    assert not large._graph._reader.daemon, "Chroma crashes when Python ends meanwhile"
    large._graph._reader.join()
    assert chroma.asked == [1]
    assert numbers(large, EAST) == [0, 1]
    assert chroma.asked == [1, 2]


def test_few_vectors_and_those_of_a_server_are_asked_for_at_once(chroma):
    assert numbers(part(documents=5), EAST) == [0, 1]
    assert numbers(part(place=SimpleNamespace()), EAST) == [0, 1]
    assert chroma.asked == [2, 2]


@pytest.mark.parametrize("searches", [1, 99])
@pytest.mark.parametrize(("dead", "expected"), [({"d3"}, [2, 4]), ({"d1", "d2", "d3", "d5"}, [4, 0])])
def test_what_is_dead_is_not_found_with_a_graph_or_without(chroma, monkeypatch, searches, dead, expected):
    monkeypatch.setattr("index.graph._SEARCHES", searches)
    large = part()
    live = large.only(large.documents.keys() - dead)
    live.nearest(NORTH, 1)
    if searches == 1:
        large._graph._reader.join()
    assert numbers(live, NORTH) == expected
    assert bool(chroma.asked) == (searches == 1)


def test_it_is_closed_when_it_has_been_read(chroma):
    large = part()
    for _ in range(2):
        numbers(large, EAST)
    large._graph._reader.join()
    large.close()
    assert chroma.closed
    assert chroma.asked


def test_one_that_waits_for_its_turn_is_not_read_when_it_is_closed(chroma):
    large = part()
    with _READING:
        for _ in range(2):
            numbers(large, EAST)
        closing = Thread(target=large.close)
        closing.start()
        while not large._graph._closing:
            time.sleep(0.001)
    closing.join()
    assert chroma.closed
    assert chroma.asked == []


def test_what_is_wrong_with_it_is_told_to_who_asks_it(chroma):
    chroma.damaged = True
    large = part()
    assert [numbers(large, EAST), numbers(large, EAST)] == [[0, 1], [0, 1]]
    large._graph._reader.join()
    with pytest.raises(RuntimeError, match="damaged"):
        large.nearest(EAST, 1)
