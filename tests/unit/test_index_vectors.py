"""What is opened to write vectors is closed, whatever happens."""

import pytest

from index.vectors import write_vectors


def test_the_new_folder_is_let_go_when_the_old_one_cannot_be_opened(monkeypatch, tmp_path):
    closed = []

    def open_folder(folder):
        if folder.name == "old":
            raise RuntimeError("damaged")
        return folder

    monkeypatch.setattr("index.vectors.open_chroma", open_folder)
    monkeypatch.setattr("index.vectors.close_chroma", closed.append)
    new, old = tmp_path / "new", tmp_path / "old"
    with pytest.raises(RuntimeError, match="damaged"):
        write_vectors(new, {}, old=old, kept={"p"}, embedder=lambda: None, progress=lambda done, total: None)
    assert closed == [new]
