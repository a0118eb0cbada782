"""The real model: its weights, its vectors, and the LlamaIndex faces of the index."""

import numpy as np
import pytest

from core.errors import IbidError
from core.settings import Settings, bundled_corpus
from index import HybridRetriever, Index, add_documents, open_index
from index import embedder as module
from ingest import find_documents


@pytest.fixture(scope="module")
def index(tmp_path_factory) -> Index:
    settings = Settings(home=tmp_path_factory.mktemp("home"))
    add_documents(settings, find_documents([bundled_corpus()]))
    opened = open_index(settings)
    yield opened
    opened.close()


def test_vectors_are_those_of_sentence_transformers(index):
    from sentence_transformers import SentenceTransformer

    texts = ["A short one.", "A much longer text about ponds and the carp that live in them. " * 9, "x"]
    plain = SentenceTransformer(str(module.model_folder()), device="cpu").encode(texts, normalize_embeddings=True)
    assert np.abs(index.embed(texts) - plain).max() < 1e-5
    assert index.embed([]).shape == (0, module.DIMENSIONS)


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
