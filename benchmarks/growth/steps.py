"""One step in a process of its own: `python -m benchmarks.growth.steps STEP HOME [...]` prints one JSON object.

It uses nothing but what any program may: sources, `add_documents`, `remove_documents`, `open_index`, `Answerer`.
"""

import argparse
import json
import resource
import sys
import time
from collections.abc import Callable, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from itertools import cycle
from pathlib import Path
from threading import Lock
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    from answer.reader import Stretch
    from core.settings import Settings

CLIENTS = (1, 4, 16)
BUSY = 8.0  # seconds that a number of clients ask


class Clocked:
    """Stands in for an embedder or a reader and adds up the seconds that it takes."""

    def __init__(self, of: Any) -> None:  # noqa: ANN401 - an embedder or a reader
        self._of = of
        self._lock = Lock()
        self.took = 0.0

    def embed(self, texts: Sequence[str]) -> "NDArray[np.float32]":
        """Embed texts."""
        return self._timed(lambda: self._of.embed(texts))

    def scores(self, question: str, stretches: "Sequence[Stretch]") -> list[tuple[float, ...]]:
        """Read stretches."""
        return self._timed(lambda: self._of.scores(question, stretches))

    def _timed(self, work: Callable[[], Any]) -> Any:  # noqa: ANN401 - what the work returns
        begun = time.perf_counter()
        done = work()
        with self._lock:
            self.took += time.perf_counter() - begun
        return done


def ingest(settings: "Settings", given: argparse.Namespace) -> dict[str, Any]:
    """Add a folder or a file; say what each stage took."""
    from index import add_documents
    from ingest import find_documents

    embedder = Clocked(_embedder(given.pool))
    stages: dict[str, float] = {}
    begun = last = time.perf_counter()

    def progress(stage: str, done: int, total: int) -> None:
        nonlocal last
        now = time.perf_counter()
        stages[stage] = stages.get(stage, 0.0) + now - last
        last = now

    report = add_documents(settings, find_documents([given.path]), progress=progress, embedder=embedder)
    took = time.perf_counter() - begun
    return {
        "took_s": took,
        "read_s": stages.get("read", 0.0),
        "embed_s": embedder.took,
        "store_s": took - stages.get("read", 0.0) - embedder.took,
        "passages": report.passages,
        "vectors": report.embedded,
        "failures": len(report.failures),
    }


def remove(settings: "Settings", given: argparse.Namespace) -> dict[str, Any]:
    """Remove the document of a file."""
    from index import remove_documents

    embedder = Clocked(_embedder(given.pool))
    begun = time.perf_counter()
    report = remove_documents(settings, [given.path.stem], embedder=embedder)
    return {
        "took_s": time.perf_counter() - begun,
        "embed_s": embedder.took,
        "passages": report.passages,
        "vectors": report.embedded,
    }


def ask(settings: "Settings", given: argparse.Namespace) -> dict[str, Any]:
    """Open the index, answer a first question and then each of many, alone; the times of the stages are of each."""
    begun = time.perf_counter()
    from answer import Answerer
    from answer.reader import load_reader
    from index import open_index
    from index.embedder import load_embedder

    imported = time.perf_counter()
    embedder, reader = Clocked(load_embedder()), Clocked(load_reader())
    index = open_index(settings, embedder=embedder)
    answerer = Answerer(index, settings, reader=reader)
    opened = time.perf_counter()
    questions = _questions(given.questions)
    answerer.ask(questions[0])
    answered = time.perf_counter()
    cpu = time.process_time()
    stages: dict[str, list[float]] = {}
    for question in questions[1:]:
        before, embedded, read = time.perf_counter(), embedder.took, reader.took
        answer = answerer.ask(question)
        total = time.perf_counter() - before
        found = (answer.timings or {}).get("retrieve", 0.0)
        one = {
            "total": total * 1000,
            "embedding": (embedder.took - embedded) * 1000,
            "retrieval": found,
            "reading": (reader.took - read) * 1000,
        }
        one["rest"] = one["total"] - one["retrieval"] - one["reading"]
        for stage, value in one.items():
            stages.setdefault(stage, []).append(value)
    cpu = time.process_time() - cpu
    index.close()
    return {
        "cpu_ms": cpu / (len(questions) - 1) * 1000,
        "import_s": imported - begun,
        "open_s": opened - imported,
        "first_s": answered - opened,
        "stages_ms": stages,
    }


def throughput(settings: "Settings", given: argparse.Namespace) -> dict[str, Any]:
    """Answer questions for 1, 4 and 16 who ask at once, of one answerer; say how many are answered a second."""
    from answer import Answerer
    from index import open_index

    index = open_index(settings)
    answerer = Answerer(index, settings)
    answerer.warm()
    questions = _questions(given.questions)
    found = {}
    for clients in CLIENTS:
        found[str(clients)] = _together(answerer.ask, questions, clients)
    index.close()
    return {"answers_per_s": found}


def _together(answer: Callable[[str], object], questions: Sequence[str], clients: int) -> dict[str, float]:
    """Have clients ask one question after another for BUSY seconds."""
    left, lock = cycle(questions), Lock()
    begun, cpu = time.perf_counter(), time.process_time()

    def client(_: int) -> int:
        asked = 0
        while time.perf_counter() - begun < BUSY:
            with lock:
                question = next(left)
            answer(question)
            asked += 1
        return asked

    with ThreadPoolExecutor(clients) as pool:
        asked = sum(pool.map(client, range(clients)))
    took = time.perf_counter() - begun
    return {"per_s": asked / took, "cpu_ms": (time.process_time() - cpu) / asked * 1000}


def _embedder(pool: Path | None) -> Any:  # noqa: ANN401 - either embedder
    if pool:
        from benchmarks.vectors import PooledEmbedder

        return PooledEmbedder.load(pool)
    from index.embedder import load_embedder

    return load_embedder()


def _questions(path: Path) -> list[str]:
    questions: list[str] = json.loads(path.read_text(encoding="utf-8"))
    return questions


STEPS: Mapping[str, Callable[["Settings", argparse.Namespace], dict[str, Any]]] = {
    "ingest": ingest,
    "remove": remove,
    "ask": ask,
    "throughput": throughput,
}


def main(arguments: Sequence[str]) -> None:
    """Do one step and print what it took."""
    from core.settings import Settings, go_offline

    parser = argparse.ArgumentParser()
    parser.add_argument("step", choices=STEPS)
    parser.add_argument("home", type=Path)
    parser.add_argument("--path", type=Path, help="a file or a folder")
    parser.add_argument("--pool", type=Path, help="of vectors, in place of the embedder")
    parser.add_argument("--questions", type=Path, help="a JSON array")
    given = parser.parse_args(arguments)
    go_offline()
    found = STEPS[given.step](Settings(home=given.home), given)
    own, reader = resource.getrusage(resource.RUSAGE_SELF), resource.getrusage(resource.RUSAGE_CHILDREN)
    found["cpu_s"] = sum(one.ru_utime + one.ru_stime for one in (own, reader))  # the imports and the reader's, too
    found["peak_mb"] = own.ru_maxrss / 1024
    found["reader_mb"] = reader.ru_maxrss / 1024
    sys.stdout.write(json.dumps(found) + "\n")


if __name__ == "__main__":
    main(sys.argv[1:])
