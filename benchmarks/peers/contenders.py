"""Who is compared, and how each is run in its own environment."""

import json
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from core.errors import IbidError
from eval.dataset import Question

__all__ = ["CONTENDERS", "Contender", "Ran", "few", "has_environment", "run_contender"]

ROOT = Path(__file__).resolve().parents[2]
# No downloads, and nothing is told to anyone; one thread for all.
_ENVIRONMENT = {
    "HF_HUB_OFFLINE": "1",
    "TRANSFORMERS_OFFLINE": "1",
    "HF_HUB_DISABLE_TELEMETRY": "1",
    "ANONYMIZED_TELEMETRY": "False",
    "HAYSTACK_TELEMETRY_ENABLED": "False",
    "LOGFIRE_IGNORE_NO_CONFIG": "1",
    "LOGFIRE_SEND_TO_LOGFIRE": "false",
    "OTEL_SDK_DISABLED": "true",
    "DO_NOT_TRACK": "1",
    "TOKENIZERS_PARALLELISM": "false",
    "OMP_NUM_THREADS": "1",  # on a shared machine, threads that wait for each other are slower than one
}


@dataclass(frozen=True, slots=True)
class Contender:
    """A program that is asked; `note` says what is not its default. `few`: it is so slow that it is asked few."""

    name: str
    title: str
    licence: str
    note: str
    few: bool = False


CONTENDERS = (
    Contender("ibid", "Ibid", "Apache-2.0", "`ibid ask --batch` over the bundled corpus; its own refusals"),
    Contender(
        "llamaindex",
        "LlamaIndex",
        "MIT",
        "SentenceSplitter in chunks of 128 tokens (default 1,024), Chroma, no language model",
    ),
    Contender(
        "citation",
        "LlamaIndex CitationQueryEngine",
        "MIT; SmolLM2 Apache-2.0",
        "the same chunks, the 5 nearest shown to SmolLM2-135M-Instruct in llama.cpp at temperature 0, at most 200"
        " tokens; quotes are the"
        " sources whose markers it sets, a refusal is what its words say",
        few=True,
    ),
    Contender(
        "txtai",
        "txtai",
        "Apache-2.0",
        "hybrid index over lines (paragraphs and rows of tables);"
        " its extractor needs a question-answering model from a hub, so similarity answers",
    ),
    Contender(
        "haystack",
        "Haystack",
        "Apache-2.0",
        "BM25 and embedding retrievers in memory, reciprocal rank fusion; RecursiveDocumentSplitter at 100 words"
        " (default 200) without its sentence tokenizer, and no ranker: both are downloaded",
    ),
    Contender(
        "haiku",
        "haiku.rag",
        "MIT",
        "hybrid search on Python 3.12 with its defaults but for embedder and tokenizer; its answers need a language"
        " model that calls tools and are left out; torch for Python 3.12 came with 3.6 GB of CUDA libraries",
    ),
)


@dataclass(frozen=True, slots=True)
class Ran:
    """What a contender wrote: its answers, by their form, and its stats."""

    answers: Mapping[str, Sequence[Mapping[str, Any]]]
    stats: Mapping[str, Any]


def few(questions: Sequence[Question]) -> tuple[Question, ...]:
    """Return the first question of each kind in each split."""
    first = {(q.split, q.kind): q for q in reversed(questions)}
    return tuple(q for q in questions if first[q.split, q.kind] is q)


def run_contender(contender: Contender, questions: Sequence[Question], text: str, model: Path, kept: Path) -> Ran:
    """Ask a contender in its environment, or read what it answered before in the folder `kept`.

    Raises:
        IbidError: its script failed; the message has its last words.
    """
    answers, stats = kept / f"{contender.name}.jsonl", kept / f"{contender.name}.json"
    if not stats.exists():
        asked = [{"id": q.id, "question": q.question, "history": q.history} for q in questions]
        with tempfile.TemporaryDirectory() as folder:
            texts, puts = Path(folder) / "text.txt", Path(folder) / "questions.jsonl"
            texts.write_text(text, encoding="utf-8")
            puts.write_text("\n".join(map(json.dumps, asked)) + "\n", encoding="utf-8")
            arguments = ["--text", texts, "--questions", puts, "--out", answers, "--model", model]
            load = os.getloadavg()[0]
            found = json.loads(_run(contender.name, list(map(str, arguments))))
        stats.write_text(json.dumps({**found, "load_before": load}), encoding="utf-8")
    forms: dict[str, list[Mapping[str, Any]]] = {}
    for line in answers.read_text(encoding="utf-8").splitlines():
        record = json.loads(line)
        forms.setdefault(record["form"], []).append(record)
    return Ran(forms, json.loads(stats.read_text(encoding="utf-8")))


def has_environment(contender: Contender) -> bool:
    """Say whether a contender is installed; haiku.rag is not where there is no Python 3.12."""
    return _python(contender.name).exists()


def _python(name: str) -> Path:
    return Path(sys.executable) if name == "ibid" else ROOT / ".venv-peers" / name / "bin" / "python"


def _run(name: str, arguments: Sequence[str]) -> str:
    """Run a contender's script; return its line of stats."""
    command = [str(_python(name)), "-m", f"benchmarks.peers.{name}", *arguments, "--begun", str(time.time())]
    # what this process imports besides is no part of another's environment
    environment = {key: value for key, value in os.environ.items() if key != "PYTHONPATH"} | _ENVIRONMENT
    ran = subprocess.run(  # noqa: S603
        command, cwd=ROOT, env=environment, capture_output=True, text=True, check=False
    )
    if ran.returncode:
        raise IbidError(f"{name} failed: {ran.stderr.strip()[-2000:]}")
    return ran.stdout.splitlines()[-1]
