"""Vectors that a killed build has left are not made again, and what is opened to write them is closed."""

import numpy as np
import pytest

from index.vectors import fill_chroma, make_vectors

TEXTS = (["one", "two"], ["three", "four", "five"])


class LengthEmbedder:
    """The vector of a text is (its letters, 1)."""

    def __init__(self) -> None:
        self.texts: list[str] = []

    def embed(self, texts):
        self.texts += texts
        return np.array([(len(text), 1) for text in texts], dtype=np.float32)


def make(folder, embedder, known=({}, {}), digest="d"):
    return make_vectors(folder, digest, TEXTS, known, lambda: embedder, lambda done, total: None)


def test_each_text_has_its_vector_in_its_group(tmp_path):
    (passages, sentences), made = make(tmp_path, LengthEmbedder())
    assert (passages.tolist(), sentences.tolist(), made) == ([[3, 1], [3, 1]], [[5, 1], [4, 1], [4, 1]], 5)


def test_what_was_made_before_a_kill_is_not_made_again(tmp_path):
    make(tmp_path, LengthEmbedder())
    (left,) = tmp_path.glob("made-d-2.f32")
    left.write_bytes(left.read_bytes()[: 3 * 8 + 5])  # three vectors and a torn one
    embedder = LengthEmbedder()
    (_, sentences), made = make(tmp_path, embedder)
    assert (embedder.texts, made, sentences.tolist()) == (["four", "five"], 2, [[5, 1], [4, 1], [4, 1]])


def test_what_is_known_of_a_group_is_not_made(tmp_path):
    embedder = LengthEmbedder()
    known = ({"two": np.array([7, 7], dtype=np.float32)}, {})
    (passages, _), made = make(tmp_path, embedder, known)
    assert (passages.tolist(), made) == ([[3, 1], [7, 7]], 4)
    assert "two" not in embedder.texts


def test_nothing_to_embed_asks_for_no_model(tmp_path):
    vectors, made = make_vectors(tmp_path, "d", ([], []), ({}, {}), lambda: None, lambda done, total: None)
    assert ([len(some) for some in vectors], made) == ([0, 0], 0)


def test_the_folder_is_let_go_when_it_cannot_be_filled(monkeypatch, tmp_path):
    closed = []

    class Damaged:
        def create_collection(self, *args, **kwargs):
            raise RuntimeError("damaged")

    monkeypatch.setattr("index.vectors.open_chroma", lambda folder: Damaged())
    monkeypatch.setattr("index.vectors.close_chroma", closed.append)
    with pytest.raises(RuntimeError, match="damaged"):
        fill_chroma(tmp_path, np.zeros((1, 2), dtype=np.float32))
    assert len(closed) == 1
