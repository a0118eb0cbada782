"""The command `python -m benchmarks million [--vectors N]`: a million passages' vectors, written and searched.

The vectors look like a library's (`benchmarks/vectors.py`); they go the index's own way to disk and are searched its
own way, by real questions, and what is found is held against exact search with NumPy.
"""

import argparse
import json
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from benchmarks.record import RESULTS, about, heading, number, percentile, run_as, say, write_results

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

__all__ = ["exact", "million_lines", "recall", "run_million", "write_made"]

VECTORS = 1_000_000
QUESTIONS = 400
NEAREST = 200  # what index.search asks each segment for
COMPARED = 10
_CHUNK = 50_000
_ROOT = Path(__file__).resolve().parents[1]


def run_million(arguments: Sequence[str] = ()) -> str:
    """Write, search, compare; write the numbers and return them as Markdown."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks million", description=__doc__)
    parser.add_argument("--vectors", type=int, default=VECTORS)
    parser.add_argument("--shards", type=int, default=1, help="of equal size, each searched, the finds merged")
    parser.add_argument("--out", type=Path, default=RESULTS)
    given = parser.parse_args(arguments)
    record = about(run_as("benchmarks million", arguments))
    with tempfile.TemporaryDirectory() as folder:
        record |= _measure(Path(folder), given.vectors, given.shards)
    return write_results("million", record, "\n".join(million_lines(record)) + "\n", folder=given.out)


def _measure(folder: Path, count: int, shards: int) -> dict[str, Any]:
    import numpy as np

    from benchmarks.growth.measure import questions_on, used_bytes
    from benchmarks.vectors import PooledEmbedder, make_pool
    from index.embedder import load_embedder

    say("embedding the pool and the questions")
    make_pool(folder / "pool.npy")
    questions = load_embedder().embed(questions_on(1000, QUESTIONS))
    np.save(folder / "questions.npy", questions)
    say(f"making {count:,} vectors")
    write_made(folder / "vectors.npy", PooledEmbedder.load(folder / "pool.npy"), count)
    say(f"writing them the index's way, in {shards} parts")
    built = _step("build", folder, shards)
    say(f"written in {built['took_s']:.0f} s; searching")
    found = _step("search", folder, shards)
    say("searching exactly")
    begun = time.perf_counter()
    truth = exact(np.load(folder / "vectors.npy", mmap_mode="r"), questions, COMPARED)
    took = time.perf_counter() - begun
    return {
        "vectors": count,
        "shards": shards,
        "questions": len(questions),
        "build": built,
        "disk_bytes_per_vector": used_bytes(folder / "index") / count,
        "search": {key: value for key, value in found.items() if key != "ids"},
        "recall": recall(found["ids"], truth.tolist()),
        "exact_ms": took / len(questions) * 1000,
    }


def write_made(path: Path, embedder: Any, count: int) -> None:  # noqa: ANN401 - a PooledEmbedder
    """Write so many made vectors as a NumPy file, float32 of shape (count, dimensions)."""
    import numpy as np

    made: Any = None
    for start in range(0, count, _CHUNK):
        drawn = np.random.default_rng((11, start)).integers(0, 2**32, (min(_CHUNK, count - start), 6), dtype=np.uint32)
        vectors = embedder.of_numbers(drawn)
        if made is None:
            shape = (count, vectors.shape[1])
            made = np.lib.format.open_memmap(path, mode="w+", dtype=np.float32, shape=shape)
        made[start : start + len(vectors)] = vectors
    made.flush()


def exact(vectors: "NDArray[np.float32]", questions: "NDArray[np.float32]", most: int) -> "NDArray[np.int64]":
    """Return the numbers of the nearest vectors of each question, nearest first, int64 of shape (questions, most)."""
    import numpy as np

    best = np.full((len(questions), most), -np.inf, dtype=np.float32)
    ids = np.zeros((len(questions), most), dtype=np.int64)
    for start in range(0, len(vectors), _CHUNK):
        cosines = questions @ np.asarray(vectors[start : start + _CHUNK]).T
        all_ids = np.hstack([ids, np.broadcast_to(np.arange(start, start + cosines.shape[1]), cosines.shape)])
        cosines = np.hstack([best, cosines])
        order = np.argsort(-cosines, axis=1, kind="stable")[:, :most]
        best, ids = np.take_along_axis(cosines, order, 1), np.take_along_axis(all_ids, order, 1)
    return ids


def recall(found: Sequence[Sequence[int]], truth: Sequence[Sequence[int]]) -> float:
    """Return the mean share of what is truly nearest that was found among as many."""
    shares = [
        len(set(some[: len(true)]).intersection(true)) / len(true) for some, true in zip(found, truth, strict=True)
    ]
    return sum(shares) / len(shares)


def million_lines(record: Mapping[str, Any]) -> Iterator[str]:
    """Yield the lines of the report."""
    build, search = record["build"], record["search"]
    yield from (
        f"# {record['vectors']:,} passages' vectors",
        "",
        heading(record),
        "",
        "Vectors as `benchmarks/vectors.py` makes them, written and searched by the code of index/, in",
        f"{record['shards']} part(s); {record['questions']} real questions, {NEAREST} nearest each, one at a time.",
        "",
        "| | |",
        "|---|---|",
        f"| writing | {number(build['took_s'])} s, {number(record['vectors'] / build['took_s'])} vectors a second |",
        f"| writing, processor s | {number(build['cpu_s'])} |",
        f"| writing, peak MB | {number(build['peak_mb'])} |",
        f"| on disk, bytes a vector | {number(record['disk_bytes_per_vector'])} |",
        f"| opening and the first search, s | {number(search['open_s'])} |",
        "| search, ms: p50 / p95 / p99 | " + " / ".join(number(search[p]) for p in ("p50", "p95", "p99")) + " |",
        f"| search, processor ms | {number(search['cpu_ms'])} |",
        f"| searching, peak MB | {number(search['peak_mb'])} |",
        f"| recall@{COMPARED} of exact search | {record['recall']:.4f} |",
        f"| exact search in NumPy, all questions in one product, ms a question | {number(record['exact_ms'])} |",
    )


def _build(folder: Path, shards: int) -> dict[str, Any]:
    """Write the vectors that lie in a folder as an index does."""
    import numpy as np

    from index.vectors import fill_chroma

    vectors = np.load(folder / "vectors.npy", mmap_mode="r")
    (folder / "index").mkdir()
    begun = time.perf_counter()
    for shard, part in enumerate(np.array_split(vectors, shards)):
        fill_chroma(folder / "index" / str(shard), part)
    return {"took_s": time.perf_counter() - begun}


def _search(folder: Path, shards: int) -> dict[str, Any]:
    """Search for each question, one at a time."""
    import numpy as np

    from index.vectors import COLLECTION, close_chroma, open_chroma

    questions = np.load(folder / "questions.npy")
    size = [len(part) for part in np.array_split(np.load(folder / "vectors.npy", mmap_mode="r"), shards)]
    firsts = np.cumsum([0, *size])
    begun = time.perf_counter()
    clients = [open_chroma(folder / "index" / str(shard)) for shard in range(shards)]
    parts = [client.get_collection(COLLECTION, embedding_function=None) for client in clients]

    def nearest(question: "NDArray[np.float32]") -> list[int]:
        found = []
        for first, part in zip(firsts, parts, strict=False):
            got = part.query(query_embeddings=question[None, :], n_results=NEAREST, include=["distances"])
            found += [(d, int(first) + int(i)) for d, i in zip(got["distances"][0], got["ids"][0], strict=True)]
        return [i for _, i in sorted(found)[:NEAREST]]

    nearest(questions[0])
    opened = time.perf_counter()
    cpu = time.process_time()
    took, ids = [], []
    for question in questions:
        before = time.perf_counter()
        ids.append(nearest(question))
        took.append((time.perf_counter() - before) * 1000)
    cpu = time.process_time() - cpu
    for client in clients:
        close_chroma(client)
    shares = {"p50": 0.5, "p95": 0.95, "p99": 0.99}
    return {
        "open_s": opened - begun,
        **{name: percentile(took, share) for name, share in shares.items()},
        "cpu_ms": cpu / len(questions) * 1000,
        "ids": ids,
    }


def _step(name: str, folder: Path, shards: int) -> dict[str, Any]:
    """Do a step in a process of its own, so that its memory is its own."""
    command = [sys.executable, "-m", "benchmarks.million", name, str(folder), str(shards)]
    ran = subprocess.run(command, capture_output=True, text=True, check=False, cwd=_ROOT)  # noqa: S603
    if ran.returncode:
        raise RuntimeError(f"the step '{name}' failed: {ran.stderr.strip().splitlines()[-1:]}")
    found: dict[str, Any] = json.loads(ran.stdout.splitlines()[-1])
    return found


def _peak_mb() -> float:
    """The peak of resident memory; `getrusage` would count what the parent held when it began this process."""
    status = Path("/proc/self/status").read_text(encoding="ascii")
    return int(status.partition("VmHWM:")[2].split()[0]) / 1024


def main(name: str, folder: Path, shards: int) -> None:
    """Do a step and print what it took."""
    from core.settings import go_offline

    go_offline()
    cpu = time.process_time()
    found = {"build": _build, "search": _search}[name](folder, shards)
    found["cpu_s"] = time.process_time() - cpu
    found["peak_mb"] = _peak_mb()
    sys.stdout.write(json.dumps(found) + "\n")


if __name__ == "__main__":
    main(sys.argv[1], Path(sys.argv[2]), int(sys.argv[3]))
