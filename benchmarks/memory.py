"""The command `python -m benchmarks.memory`: what indexing the bundled chapter, a question and the app hold at most.

Each is a process of its own; memory is the peak resident, which other work on the machine does not change.
"""

import argparse
import json
import os
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

from benchmarks.load.clients import Program
from benchmarks.load.server import Served, served
from benchmarks.record import RESULTS, about, heading, run_as, write_results

__all__ = ["measure_memory", "memory_lines", "run_memory"]

_ROOT = Path(__file__).resolve().parents[1]
_QUESTION = "When was the quantum satellite launched?"
_QUESTIONS = 60
_CHILD = """
import json, os, resource, subprocess, sys
subprocess.run(sys.argv[1:], check=True, stdout=subprocess.DEVNULL)
used = resource.getrusage(resource.RUSAGE_CHILDREN)
print(json.dumps({"peak_mb": used.ru_maxrss / 1024, "cpu_s": used.ru_utime + used.ru_stime}))
"""


def run_memory(arguments: Sequence[str] = ()) -> str:
    """Measure, write the numbers, and return them as Markdown."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.memory", description=__doc__)
    parser.add_argument("--out", type=Path, default=RESULTS)
    given = parser.parse_args(arguments)
    record = about(run_as("benchmarks.memory", arguments)) | {"found": measure_memory()}
    return write_results("memory", record, "\n".join(memory_lines(record)) + "\n", folder=given.out)


def measure_memory() -> dict[str, dict[str, float]]:
    """Return the peak in MB and the processor time in seconds, by what was done."""
    from core.settings import Settings, bundled_corpus
    from index import open_generation

    found = {}
    with tempfile.TemporaryDirectory() as folder:
        home = Path(folder)
        found["ibid ingest"] = _command(home, "ingest", str(bundled_corpus()))
        found["ibid ask"] = _command(home, "ask", _QUESTION)
        (document,) = open_generation(Settings(home=home))[0].documents().values()
        with served(home) as app:
            found[f"the app, after {_QUESTIONS} questions"] = _asked(app, document.text.split()[100:700:10])
    return found


def _asked(app: Served, words: Sequence[str]) -> dict[str, float]:
    program = Program(app.url)
    for word in words:
        program.ask(f"What is said about {word}?", [])
    program.close()
    return {"peak_mb": app.peak_mb(), "cpu_s": app.cpu_s()}


def _command(home: Path, *arguments: str) -> dict[str, float]:
    command = [sys.executable, "-c", _CHILD, sys.executable, str(_ROOT / "cli.py"), *arguments]
    environment = {**os.environ, "IBID_HOME": str(home), "PYTHONPATH": str(_ROOT)}
    out = subprocess.run(command, check=True, stdout=subprocess.PIPE, text=True, env=environment, cwd=home).stdout  # noqa: S603
    found: dict[str, float] = json.loads(out.splitlines()[-1])
    return found


def memory_lines(record: Mapping[str, Any]) -> Iterator[str]:
    """Yield the lines of the report."""
    yield from ("# Memory", "", heading(record), "", "| | peak MB | processor s |", "|---|---|---|")
    for name, one in record["found"].items():
        yield f"| {name} | {one['peak_mb']:.0f} | {one['cpu_s']:.1f} |"


if __name__ == "__main__":
    sys.stdout.write(run_memory(sys.argv[1:]))
