"""Copies of uploads go with the process, and those that killed ones left with the next."""

import os
from pathlib import Path

import pytest

from core.settings import Settings
from ui.copies import own_copies


@pytest.fixture(autouse=True)
def no_folder_of_the_users(monkeypatch):
    monkeypatch.setenv("GRADIO_TEMP_DIR", "")


def folders(home: Path) -> list[Path]:
    return list((home / "@copies").glob("app-*"))


def test_a_process_has_a_folder_for_copies_while_it_lasts(tmp_path):
    with own_copies(Settings(home=tmp_path)):
        folder = Path(os.environ["GRADIO_TEMP_DIR"])
        (folder / "upload.pdf").touch()
        assert folders(tmp_path) == [folder]
    assert folders(tmp_path) == []
    assert "GRADIO_TEMP_DIR" not in os.environ


def test_what_is_left_is_swept_and_what_is_in_use_stays(tmp_path, monkeypatch):
    left = tmp_path / "@copies" / "app-killed"
    left.mkdir(parents=True)
    (left / "in-use").touch()
    (left / "upload.pdf").touch()
    with own_copies(Settings(home=tmp_path)):
        first = Path(os.environ["GRADIO_TEMP_DIR"])
        monkeypatch.setenv("GRADIO_TEMP_DIR", "")
        with own_copies(Settings(home=tmp_path)):
            assert set(folders(tmp_path)) == {first, Path(os.environ["GRADIO_TEMP_DIR"])}
        monkeypatch.setenv("GRADIO_TEMP_DIR", str(first))
    assert folders(tmp_path) == []


def test_a_folder_that_the_user_has_set_stays(tmp_path, monkeypatch):
    monkeypatch.setenv("GRADIO_TEMP_DIR", str(tmp_path / "mine"))
    with own_copies(Settings(home=tmp_path)):
        assert os.environ["GRADIO_TEMP_DIR"] == str(tmp_path / "mine")
    assert not (tmp_path / "@copies").exists()
