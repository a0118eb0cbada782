"""The real model: its weights, its vectors, and the LlamaIndex faces of the index."""

import os
import random
import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest

from core.errors import IbidError
from core.settings import Settings, bundled_corpus
from index import HybridRetriever, Index, add_documents, open_index
from index import embedder as module
from ingest import find_documents

ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture(scope="module")
def index(tmp_path_factory) -> Index:
    settings = Settings(home=tmp_path_factory.mktemp("home"))
    add_documents(settings, find_documents([bundled_corpus()]))
    opened = open_index(settings)
    yield opened
    opened.close()


def test_vectors_are_those_of_sentence_transformers(index):
    from sentence_transformers import SentenceTransformer

    texts = ["A short one.", "A much longer text about ponds and the carp that live in them. " * 9, "x", "word " * 400]
    texts += [" Zürich, 池塘 and\n\ttabs ", "", "“Quoted” – £5.6m (50%)"]
    plain = SentenceTransformer(str(module.model_folder()), device="cpu").encode(texts, normalize_embeddings=True)
    assert np.abs(index.embed(texts) - plain).max() < 1e-5
    assert index.embed([]).shape == (0, module.DIMENSIONS)


def test_a_vector_is_the_same_in_company_and_alone():
    """To the last bit, however many stand with it in a call, of whatever lengths, on one thread or several."""
    embedder = module.load_embedder()
    words = "the carp of a northern pond eat maize, bread and 12 herons' eggs".split()
    chance = random.Random(1)
    texts = [" ".join(chance.choices(words, k=chance.choice([0, 1, 5, 12, 30, 60, 150, 400]))) for _ in range(60)]
    alone = np.concatenate([embedder.embed([text]) for text in texts])
    for count in (2, 3, 7, 8, 9, 16, 17, 59, 60):
        assert np.array_equal(embedder.embed(texts[:count]), alone[:count])
        assert np.array_equal(embedder.embed_here(texts[-count:]), alone[-count:])
    assert np.array_equal(embedder.embed(texts[::-1]), alone[::-1])
    assert embedder.embed([]).shape == embedder.embed_here([]).shape == (0, module.DIMENSIONS)


def test_the_graph_is_the_one_that_the_script_makes(index):
    from scripts.make_embedder import make_graph

    made = make_graph(module.model_folder() / module.WEIGHTS_FILE)
    assert made.SerializeToString(deterministic=True) == module.GRAPH_FILE.read_bytes()


def test_questions_are_answered_without_what_takes_long_to_import(tmp_path):
    code = """
import sys
from answer import open_corpus
corpus = open_corpus("mine", add=[sys.argv[1]])
assert corpus.ask("Where do the carp live?").citations
print([name for name in ("torch", "transformers", "sentence_transformers", "sklearn") if name in sys.modules])
"""
    note = tmp_path / "note.md"
    note.write_text("# Ponds\n\nCarp live in the northern pond. Pike live in the river.\n", encoding="utf-8")
    environment = {**os.environ, "IBID_HOME": str(tmp_path / "home")}
    command = [sys.executable, "-c", code, note]
    done = subprocess.run(command, check=False, capture_output=True, text=True, env=environment, cwd=ROOT)
    assert (done.stdout.splitlines()[-1:], done.stderr) == (["[]"], "")


def test_weights_that_were_tampered_with_are_refused(tmp_path):
    weights = tmp_path / "model.safetensors"
    weights.write_bytes(b"not the weights")
    with pytest.raises(IbidError, match="expected 53aa51172d14"):
        module._verify(weights)


def test_a_passage_is_found_by_other_words_than_its_own(index):
    hits = index.search("private firms disguised as collectives in the 1980s", top=5)
    assert any("red-hat" in hit.passage.text for hit in hits)
    assert [hit.rank for hit in hits] == [1, 2, 3, 4, 5]
    assert all(-1 <= hit.similarity <= 1 and hit.retrievers for hit in hits)


def test_each_sentence_of_each_hit_has_its_cosine(index):
    query = "quantum satellite"
    hits = index.search(query, top=4)
    cosines = index.sentence_similarities(query, hits)
    assert [len(c) for c in cosines] == [len(h.passage.sentences) for h in hits]
    start, end = hits[0].passage.sentences[0]
    text = index.documents[hits[0].passage.document_id].text[start:end]
    vectors = index.embed([query, text])
    assert cosines[0][0] == pytest.approx(float(vectors[0] @ vectors[1]), abs=1e-4)


def test_llamaindex_retrieves_through_the_index(index):
    nodes = HybridRetriever(index, top=3).retrieve("quantum satellite")
    assert [n.node.id_ for n in nodes] == [h.passage.id for h in index.search("quantum satellite", top=3)]
    assert nodes[0].node.metadata["section"]


def test_the_embedder_has_llamaindex_interface(index):
    embedding = module.as_llama_embedding(module.load_embedder())
    assert embedding.get_query_embedding("carp") == pytest.approx(index.embed(["carp"])[0].tolist())
