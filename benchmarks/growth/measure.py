"""Measure one size: a library is indexed anew, and then all that people do with it, each in a cold process."""

import json
import os
import resource
import subprocess
import sys
import time
from collections.abc import Iterable
from itertools import chain
from pathlib import Path
from typing import Any

from benchmarks.library import make_chapter, write_library
from benchmarks.record import percentile, say, spread

__all__ = ["Measured", "measure", "questions_on", "used_bytes"]

REPEATS = 3
QUESTIONS = 151  # the first one is asked cold
_ROOT = Path(__file__).resolve().parents[2]
_SPARE = 20_000_000  # the number of a chapter that no library has

Measured = dict[str, Any]


def measure(chapters: int, folder: Path, pool: Path | None) -> Measured:
    """Return all numbers of a library of this many chapters; spreads are of REPEATS, at ten and fewer of all.

    Args:
        chapters: how many.
        folder: an empty folder to work in.
        pool: made vectors in place of the embedder's, for the library and for what is added to it.
    """
    library, home = folder / "library", folder / "home"
    write_library(library, 0, chapters)
    questions = folder / "questions.json"
    questions.write_text(json.dumps(questions_on(chapters)), encoding="utf-8")
    vectors = ["--pool", str(pool)] if pool else []
    ingested = []
    for repeat in range(REPEATS if chapters <= 10 else 1):
        home = folder / f"home-{repeat}"
        ingested.append(_step("ingest", home, "--path", str(library), *vectors))
        say(f"{chapters} chapters indexed in {ingested[-1]['took_s']:.0f} s: {ingested[-1]['passages']} passages")
    disk, passages = used_bytes(home), ingested[-1]["passages"]
    found: Measured = {
        "chapters": chapters,
        "vectors_made": bool(pool),
        "passages": passages,
        "sentences": ingested[-1]["vectors"] - passages,
        "ingest": {
            "passages_per_s": spread([one["passages"] / one["took_s"] for one in ingested]),
            **{key: spread([one[key] for one in ingested]) for key in ("took_s", "read_s", "embed_s", "store_s")},
            "peak_mb": spread([one["peak_mb"] for one in ingested]),
            "cpu_s": spread([one["cpu_s"] for one in ingested]),
        },
        "disk_mb": disk / 1e6,
        "disk_bytes_per_passage": disk / passages,
    }
    found |= _changes(chapters, library, home, vectors)
    say(f"{chapters} chapters: one more file {found['add']['took_s']['median']:.1f} s")
    found |= _asked(home, questions)
    say(f"{chapters} chapters: warm question {found['warm_ms']['total']['p50']:.0f} ms")
    return found | _started(home, questions)


def questions_on(chapters: int, most: int = QUESTIONS) -> list[str]:
    """Return different questions on a library, from chapters all over it."""
    step = max(1, chapters // 20)
    several = [make_chapter(number).questions for number in range(0, chapters, step)][:20]
    each = -(-most // len(several))
    taken = chain.from_iterable(
        [questions[i * len(questions) // each] for i in range(each)] if len(questions) >= each else questions
        for questions in several
    )
    return list(dict.fromkeys(taken))[:most]


def used_bytes(folder: Path) -> int:
    """Return how many bytes the files under a folder have."""
    return sum(path.stat().st_size for path in folder.rglob("*") if path.is_file() and not path.is_symlink())


def _changes(chapters: int, library: Path, home: Path, vectors: list[str]) -> Measured:
    """Add a file to the library, change it, and remove it, as often as there are repeats."""
    took: dict[str, list[Measured]] = {"add": [], "change": [], "remove": []}
    for repeat in range(REPEATS):
        chapter = make_chapter(_SPARE + repeat)
        path = library / chapter.name
        path.write_text(chapter.text, encoding="utf-8")
        took["add"].append(_step("ingest", home, "--path", str(path), *vectors))
        path.write_text(chapter.text.replace(" the ", " one ", 3), encoding="utf-8")
        took["change"].append(_step("ingest", home, "--path", str(path), *vectors))
        took["remove"].append(_step("remove", home, "--path", str(path), *vectors))
        path.unlink()
    keys = ("took_s", "embed_s", "cpu_s", "peak_mb")
    return {name: {key: spread([one[key] for one in several]) for key in keys} for name, several in took.items()}


def _asked(home: Path, questions: Path) -> Measured:
    alone = _step("ask", home, "--questions", str(questions))
    together = _step("throughput", home, "--questions", str(questions))
    shares = {"p50": 0.5, "p95": 0.95, "p99": 0.99}
    return {
        "open_s": alone["open_s"],
        "question_cpu_ms": alone["cpu_ms"],
        "questions": len(alone["stages_ms"]["total"]),
        "warm_ms": {
            stage: {name: percentile(values, share) for name, share in shares.items()}
            for stage, values in alone["stages_ms"].items()
        },
        "ask_peak_mb": alone["peak_mb"],
        "answers_per_s": together["answers_per_s"],
        "throughput_peak_mb": together["peak_mb"],
    }


def _started(home: Path, questions: Path) -> Measured:
    """Start the command and the app cold, as often as there are repeats."""
    from benchmarks.load.clients import Program
    from benchmarks.load.server import served

    question = json.loads(questions.read_text(encoding="utf-8"))[0]
    commands, cpu, pages, answers, peaks = [], [], [], [], []
    for _ in range(REPEATS):
        begun, before = time.perf_counter(), _children_cpu()
        _run([str(_ROOT / "cli.py"), "ask", question, "--json"], home)
        commands.append(time.perf_counter() - begun)
        cpu.append(_children_cpu() - before)
        begun = time.perf_counter()
        with served(home) as app:
            pages.append(time.perf_counter() - begun)
            program = Program(app.url)
            program.ask(question, [])
            answers.append(time.perf_counter() - begun)
            peaks.append(app.peak_mb())
            program.close()
    return {
        "cold_ask_s": spread(commands),
        "cold_ask_cpu_s": spread(cpu),
        "app_page_s": spread(pages),
        "app_answer_s": spread(answers),
        "app_peak_mb": spread(peaks),
    }


def _children_cpu() -> float:
    """The processor seconds of all processes that were started and have ended."""
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


def _step(name: str, home: Path, *arguments: str) -> Measured:
    found: Measured = json.loads(
        _run(["-m", "benchmarks.growth.steps", name, str(home), *arguments], home).splitlines()[-1]
    )
    return found


def _run(arguments: Iterable[str], home: Path) -> str:
    environment = {**os.environ, "IBID_HOME": str(home), "PYTHONPATH": str(_ROOT)}
    command = [sys.executable, *arguments]
    ran = subprocess.run(command, capture_output=True, text=True, check=False, env=environment, cwd=_ROOT)  # noqa: S603
    if ran.returncode:
        raise RuntimeError(f"{' '.join(command[1:4])} failed: {ran.stderr.strip().splitlines()[-1:]}")
    return ran.stdout
