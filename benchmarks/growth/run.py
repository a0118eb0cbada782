"""The command `python -m benchmarks growth [--most N] [--real N]`."""

import argparse
import json
import tempfile
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from benchmarks.growth.measure import measure
from benchmarks.growth.report import growth_lines, growth_plot
from benchmarks.record import RESULTS, about, run_as, say, write_results
from benchmarks.vectors import make_pool

__all__ = ["run_growth", "write_growth"]

SIZES = (1, 10, 100, 1000, 10_000)


def run_growth(arguments: Sequence[str] = ()) -> str:
    """Measure each size up to the largest that is asked for; the results so far are written after each.

    Raises:
        RuntimeError: a size could not be measured; those before it are written, with a line that says so.
    """
    given = _parser().parse_args(arguments)
    record = about(run_as("benchmarks growth", arguments))
    sizes = [size for size in SIZES if given.least <= size <= given.most]
    kept = _kept(given.out, sizes) if given.keep else []
    record |= {"real_up_to": given.real, "sizes": kept, "failed": []}
    text = ""
    with tempfile.TemporaryDirectory() as folder:
        pool = Path(folder) / "pool.npy"
        if any(size > given.real for size in sizes):
            say("embedding the pool that vectors are made from")
            make_pool(pool)
        for size in sizes:
            try:
                with tempfile.TemporaryDirectory(dir=folder) as work:
                    measured = measure(size, Path(work), pool if size > given.real else None)
                record["sizes"] = sorted([*record["sizes"], measured], key=lambda one: one["chapters"])
            except RuntimeError as error:
                record["failed"].append(f"{size} chapters could not be measured: {error}")
                say(record["failed"][-1])
            text = write_growth(record, given.out, whole=size == sizes[-1] or bool(record["failed"]))
            if record["failed"]:
                raise RuntimeError(record["failed"][0])
    return text


def write_growth(record: dict[str, Any], folder: Path = RESULTS, *, whole: bool = True) -> str:
    """Write what was measured; return it as Markdown."""
    svg = growth_plot(record["sizes"]) if record["sizes"] else ""
    return write_results("growth", record, "\n".join(growth_lines(record)) + "\n", svg, folder, whole=whole)


def _kept(folder: Path, measured: Sequence[int]) -> list[dict[str, Any]]:
    """Return the other sizes of the last results, each with what its numbers depend on."""
    last = json.loads((folder / "growth.json").read_text(encoding="utf-8"))
    about = {key: last[key] for key in ("command", "made_at", "commit", "load_before")}
    return [{"about": about, **size} for size in last["sizes"] if size["chapters"] not in measured]


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m benchmarks growth", description=__doc__)
    parser.add_argument("--least", type=int, default=1, help="chapters of the smallest library")
    parser.add_argument("--most", type=int, default=100, help="chapters of the largest: 1, 10, 100, 1000 or 10000")
    parser.add_argument("--real", type=int, default=100, help="up to so many chapters are truly embedded")
    parser.add_argument("--keep", action="store_true", help="keep what the last results have of other sizes")
    parser.add_argument("--out", type=Path, default=RESULTS)
    return parser
