"""Time reading: made files of 1, 100 and 1,000 pages of each type that Ibid reads, to documents and passages.

Each run is a process of its own that has read a page of the same type before, so that imports and models count apart.
Growth is judged by processor time, which neighbours on a shared machine disturb less than the clock.
"""

import argparse
import json
import statistics
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

from benchmarks.make_documents import WRITERS, make_document
from benchmarks.record import RESULTS, about, heading, run_as, say, write_results

__all__ = ["judge_growth", "measure_reading", "reading_lines", "reading_record", "run_reading"]

SIZES = (1, 100, 1000)
REPEATS = 3
LINEAR = 12  # times the time of a tenth of the pages; 10 is exact, the rest is what a shared machine adds
SEED = 1
PACKAGES = ("nltk", "wordfreq", "pypdfium2", "lxml", "reportlab", "python-docx")

Runs = list[dict[str, float]]
Found = dict[str, dict[int, Runs]]


def run_reading(arguments: Sequence[str] = ()) -> str:
    """Time reading and write the numbers; return them as Markdown."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks reading", description=__doc__)
    parser.add_argument("--pages", type=int, nargs="+", default=SIZES, help="of the made files")
    parser.add_argument("--repeats", type=int, default=REPEATS)
    parser.add_argument("--out", type=Path, default=RESULTS)
    given = parser.parse_args(arguments)
    record = about(run_as("benchmarks reading", arguments), PACKAGES)
    record |= reading_record(measure_reading(given.pages, given.repeats))
    return write_results("reading", record, "\n".join(reading_lines(record)) + "\n", folder=given.out)


def measure_reading(sizes: Sequence[int] = SIZES, repeats: int = REPEATS) -> Found:
    """Return, for each type that has a loader and each number of pages, what each run printed."""
    from ingest import SUPPORTED

    found: Found = {}
    with tempfile.TemporaryDirectory() as folder:
        for suffix in (suffix for suffix in WRITERS if suffix in SUPPORTED):
            files = {pages: Path(folder) / f"{pages}{suffix}" for pages in (1, *sizes)}
            say(f"reading {suffix[1:]}")
            for pages, path in files.items():
                make_document(path, pages, seed=SEED)
            found[suffix] = {pages: [_time(files[pages], files[1]) for _ in range(repeats)] for pages in sizes}
    return found


def judge_growth(found: Mapping[int, Runs]) -> tuple[float, str] | None:
    """Return how many times the least processor time grows for ten times the pages, and the verdict on it.

    It is taken from the two largest sizes; None when they are not ten times apart.
    """
    small, large = (sorted(found)[-2:]) if len(found) > 1 else (0, 0)
    if not small or large != 10 * small:
        return None
    growth = min(run["cpu_s"] for run in found[large]) / min(run["cpu_s"] for run in found[small])
    return growth, "linear" if growth <= LINEAR else "superlinear"


def reading_record(found: Found) -> dict[str, Any]:
    """Return what was found, what it says of growth, and which types were left out."""
    return {
        "seed": SEED,
        "found": found,
        "growth": {suffix: judge_growth(sizes) for suffix, sizes in found.items()},
        "skipped": [suffix for suffix in WRITERS if suffix not in found],
    }


def _time(path: Path, warm: Path) -> dict[str, float]:
    command = [sys.executable, "-m", "benchmarks.time_reading", str(path), str(warm)]
    out = subprocess.run(command, stdout=subprocess.PIPE, text=True, check=True).stdout  # noqa: S603
    found: dict[str, float] = json.loads(out.splitlines()[-1])
    return found


def reading_lines(record: Mapping[str, Any]) -> Iterator[str]:
    """Yield the lines of the report."""
    repeats = max((len(runs) for sizes in record["found"].values() for runs in sizes.values()), default=0)
    yield from ("# Reading", "", heading(record), "")
    yield from (
        f"Made files (`benchmarks/make_documents.py`, seed {record['seed']}) to document and passages; best / median",
        f"of {repeats} runs, each a fresh process that has read one page before: `start s` is the imports and that",
        "page, and no part of the rest. Pages a second are of reading and splitting together; memory is the peak",
        "resident in MB, of the process before (`start MB`) and after.",
        "",
        "| type | pages | pages/s | read s | split s | cpu s | start s | start MB | peak MB | passages |",
        "|---" * 10 + "|",
    )
    for suffix, sizes in record["found"].items():
        for pages, runs in sizes.items():
            speed = [pages / (run["read_s"] + run["split_s"]) for run in runs]
            timed = [_cell(runs, key) for key in ("read_s", "split_s", "cpu_s", "start_s", "start_mb", "peak_mb")]
            cells = [f"{max(speed):.0f} / {statistics.median(speed):.0f}", *timed, f"{runs[0]['passages']:.0f}"]
            yield f"| {suffix[1:]} | {pages} | {' | '.join(cells)} |"
    yield ""
    for suffix, grown in record["growth"].items():
        if grown:
            yield f"- {suffix[1:]}: ten times the pages take {grown[0]:.1f} times the processor time: {grown[1]}."
    for suffix in record["skipped"]:
        yield f"- {suffix[1:]}: skipped, since Ibid has no loader for it yet."


def _cell(runs: Runs, key: str) -> str:
    values = [run[key] for run in runs]
    return " / ".join(
        f"{value:.3f}" if value < 1 else f"{value:.2f}" if value < 10 else f"{value:.0f}"
        for value in (min(values), statistics.median(values))
    )
