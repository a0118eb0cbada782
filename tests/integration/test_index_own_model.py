"""A model of the user's in place of the shipped one: here the same weights, so that the hits must be the same."""

import shutil
from pathlib import Path

import numpy as np
import pytest

from core.errors import IbidError, InputError
from core.settings import Settings
from index import add_documents, index_status, open_index
from index.embedder import model_folder
from ingest import find_documents

PONDS = """The pond was dug in 1850 for the mill. Carp have lived in it ever since.

Rain fills the pond in winter. In summer the reeds keep its water clean.
"""


@pytest.fixture
def ponds(tmp_path) -> Path:
    path = tmp_path / "ponds.txt"
    path.write_text(PONDS, encoding="utf-8")
    return path


@pytest.fixture
def own(tmp_path) -> Path:
    return Path(shutil.copytree(model_folder(), tmp_path / "own"))


def hits(settings):
    index = open_index(settings)
    try:
        found = index.search("When was the pond made?", top=5)
        return [(hit.passage.text, round(hit.similarity, 4)) for hit in found], index.embed(["reeds"]), index.embed([])
    finally:
        index.close()


def test_it_embeds_texts_and_questions(ponds, own, tmp_path):
    shipped, mine = Settings(home=tmp_path / "a"), Settings(home=tmp_path / "b", embedder=own)
    for settings in (shipped, mine):
        add_documents(settings, find_documents([ponds]))
    (found, vector, none), (expected, other, _) = hits(mine), hits(shipped)
    assert found == expected
    assert np.abs(vector - other).max() < 1e-5
    assert none.shape == (0, 384)


def test_an_index_is_asked_with_the_model_it_was_made_with_and_made_anew_with_another(ponds, own, tmp_path):
    mine, shipped = Settings(home=tmp_path / "home", embedder=own), Settings(home=tmp_path / "home")
    add_documents(mine, find_documents([ponds]))
    with pytest.raises(IbidError, match="made with another embedding model; run: ibid ingest"):
        open_index(shipped)
    assert add_documents(shipped, find_documents([ponds])).embedded
    assert hits(shipped)[0]


def test_the_status_of_a_corpus_without_an_index_names_it(own, tmp_path):
    assert index_status(Settings(home=tmp_path / "home", embedder=own)).model == "own"


@pytest.mark.parametrize("spoilt", ["modules.json", "model.safetensors", "config.json"])
def test_a_folder_without_a_model_is_told_in_one_line(ponds, own, tmp_path, spoilt):
    (own / spoilt).unlink()
    settings = Settings(home=tmp_path / "home", embedder=own)
    with pytest.raises(InputError, match=r"cannot embed with .*own \(.*\): expected the folder of a sentence-trans"):
        add_documents(settings, find_documents([ponds]))
    assert not (tmp_path / "home/default/CURRENT").exists()
