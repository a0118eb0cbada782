"""Ibid's two halves behind LlamaIndex's interfaces, as the README shows them."""

import pytest
from llama_index.core.llms import MockLLM
from llama_index.core.query_engine import RetrieverQueryEngine

from answer import Answerer, as_query_engine
from core.settings import Settings, bundled_corpus
from index import HybridRetriever, add_documents, open_index
from ingest import find_documents


@pytest.fixture(scope="module")
def opened(tmp_path_factory):
    settings = Settings(home=tmp_path_factory.mktemp("home"))
    add_documents(settings, find_documents([bundled_corpus()]))
    index = open_index(settings)
    yield index, settings
    index.close()


def test_any_language_model_can_write_from_what_the_retriever_finds(opened):
    index, _ = opened
    engine = RetrieverQueryEngine.from_args(HybridRetriever(index, top=3), llm=MockLLM())
    response = engine.query("Which satellite did China launch?")
    assert len(response.source_nodes) == 3
    assert any("Micius" in node.text for node in response.source_nodes)


def test_the_answerer_is_a_query_engine_whose_sources_are_the_quotes(opened):
    index, settings = opened
    response = as_query_engine(Answerer(index, settings)).query("Which satellite did China launch in 2016?")
    assert not response.metadata["refused"]
    assert "Micius" in str(response)
    for node in response.source_nodes:
        document = index.documents[node.metadata["document"]]
        assert document.text[node.node.start_char_idx : node.node.end_char_idx] == node.text


def test_a_refusal_has_no_source_nodes(opened):
    index, settings = opened
    response = as_query_engine(Answerer(index, settings)).query("How do penguins raise their chicks?")
    assert response.metadata["refused"]
    assert response.source_nodes == []
