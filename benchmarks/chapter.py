"""Time the bundled chapter: from its file to answers, each run a process of its own.

Beside Ibid stands plain LlamaIndex with the same embedder over the same text, timed in turn with it, since times on a
shared machine say little by themselves.
"""

import argparse
import json
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

from benchmarks.record import RESULTS, about, heading, run_as, say, spread, write_results

__all__ = ["chapter_lines", "measure_chapter", "run_chapter"]

SYSTEMS = {"ibid": "benchmarks.time_ibid", "plain LlamaIndex": "benchmarks.time_plain"}
COMMANDS = {"cold_ask_s": ("ask", "When was the quantum satellite launched?", "--json"), "help_s": ("--help",)}
REPEATS = 3

Found = dict[str, dict[str, list[float]]]


def run_chapter(arguments: Sequence[str] = ()) -> str:
    """Time the bundled chapter and write the numbers; return them as Markdown."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks chapter", description=__doc__)
    parser.add_argument("--repeats", type=int, default=REPEATS)
    parser.add_argument("--out", type=Path, default=RESULTS)
    given = parser.parse_args(arguments)
    record = about(run_as("benchmarks chapter", arguments))
    record |= {"repeats": given.repeats, "found": measure_chapter(given.repeats)}
    return write_results("chapter", record, "\n".join(chapter_lines(record)) + "\n", folder=given.out)


def measure_chapter(repeats: int = REPEATS) -> Found:
    """Return, for each system and each number, one value a repeat."""
    found: Found = {name: {} for name in SYSTEMS}
    with tempfile.TemporaryDirectory() as folder:
        for repeat in range(repeats):
            say(f"the chapter, run {repeat + 1} of {repeats}")
            home = Path(folder) / str(repeat)
            for name, module in SYSTEMS.items():
                out = _run(["-m", module, str(home if name == "ibid" else home / "plain")], home)
                for key, value in json.loads(out.splitlines()[-1]).items():
                    found[name].setdefault(key, []).append(value)
            for key, arguments in COMMANDS.items():
                begun = time.perf_counter()
                _run(["-m", "cli", *arguments], home)
                found["ibid"].setdefault(key, []).append(time.perf_counter() - begun)
    return found


def chapter_lines(record: Mapping[str, Any]) -> Iterator[str]:
    """Yield the lines of the report."""
    found: Found = record["found"]
    keys = list(dict.fromkeys(key for system in found.values() for key in system))
    yield from ("# The bundled chapter", "", heading(record), "")
    yield from (
        f"Min / median / max of {record['repeats']} runs, each a cold process. `build_s` includes the imports; p50 and",
        "p95 are of warm questions, answered by Ibid, retrieved for by plain LlamaIndex; `peak_mb` is the peak of",
        "resident memory.",
        "",
        "| system | " + " | ".join(keys) + " |",
        "|---" * (len(keys) + 1) + "|",
    )
    for name, system in found.items():
        yield f"| {name} | " + " | ".join(_cell(system.get(key)) for key in keys) + " |"


def _run(arguments: list[str], home: Path) -> str:
    environment = {**os.environ, "IBID_HOME": str(home)}
    command = [sys.executable, *arguments]
    return subprocess.run(command, capture_output=True, text=True, check=True, env=environment).stdout  # noqa: S603


def _cell(values: list[float] | None) -> str:
    if not values:
        return "–"
    return " / ".join(f"{value:.2f}" if value < 10 else f"{value:.0f}" for value in spread(values).values())
