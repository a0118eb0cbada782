"""What every benchmark shares: its progress lines, where its numbers come from, and how they are written."""

import json
import os
import platform
import statistics
import sys
import time
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import Any

__all__ = ["RESULTS", "about", "heading", "number", "percentile", "run_as", "say", "spread", "write_results"]

RESULTS = Path(__file__).parent / "results"
PACKAGES = ("ibid", "chromadb", "bm25s", "numpy", "onnxruntime", "tokenizers", "llama-index")


def about(command: str, packages: Sequence[str] = PACKAGES) -> dict[str, Any]:
    """Return what numbers depend on: when, which command, machine and versions, and what else the machine was doing."""
    from eval.provenance import git

    return {
        "made_at": datetime.now(UTC).isoformat(timespec="seconds"),
        "command": command,
        "commit": git("rev-parse", "--short", "HEAD").strip() or "unknown",
        "machine": f"{platform.machine()}, {os.cpu_count()} cores, Python {platform.python_version()}",
        "versions": {name: found for name in packages if (found := _version(name))},
        "load_before": round(os.getloadavg()[0], 2),
    }


def run_as(module: str, arguments: Sequence[str]) -> str:
    """Return the command that ran a benchmark, to be typed again."""
    return " ".join([f"python -m {module}", *arguments])


def heading(record: Mapping[str, Any]) -> str:
    """Return the lines of a report that say what its numbers depend on."""
    versions = ", ".join(f"{name} {found}" for name, found in record["versions"].items())
    busy = record["load_before"] > 0.5
    return (
        f"`{record['command']}`, {record['made_at']}, commit {record['commit']}, {record['machine']};\n{versions};\n"
        f"load of the machine before it began: {record['load_before']:.1f}"
        + (" (busy with other work: times are longer than on a quiet one)." if busy else ".")
    )


def say(text: str) -> None:
    """Print a line of progress."""
    sys.stderr.write(f"{time.strftime('%H:%M:%S')} {text}\n")
    sys.stderr.flush()


def percentile(values: Sequence[float], share: float) -> float:
    """Return the least value that this share of the values does not exceed; there is at least one value."""
    ordered = sorted(values)
    return ordered[max(-int(-share * len(ordered) // 1) - 1, 0)]


def spread(values: Sequence[float]) -> dict[str, float]:
    """Return the least, the median and the largest of some values."""
    return {"min": min(values), "median": statistics.median(values), "max": max(values)}


def number(value: float) -> str:
    """Return a number with three figures."""
    if value == 0 or abs(value) >= 100:
        return f"{value:,.0f}"
    return f"{value:.1f}" if abs(value) >= 10 else f"{value:.2f}" if abs(value) >= 1 else f"{value:.3f}"


def write_results(  # noqa: PLR0913 - what a result is made of, and where it goes
    name: str, record: Mapping[str, Any], text: str, svg: str = "", folder: Path = RESULTS, *, whole: bool = True
) -> str:
    """Write a result as JSON and Markdown, and as SVG if there is a plot; return the Markdown.

    Each file is replaced at once: whoever reads one meanwhile finds a whole one. What is not the whole result yet goes
    to files 'NAME-so-far', which the whole one ends.
    """
    folder.mkdir(parents=True, exist_ok=True)
    told = {".json": json.dumps(record, indent=1) + "\n", ".md": text, ".svg": svg}
    for suffix, content in told.items():
        if content:
            part = folder / f"{name}-so-far{suffix}"
            part.write_text(content, encoding="utf-8")
            if whole:
                part.replace(folder / f"{name}{suffix}")
    return text


def _version(name: str) -> str:
    try:
        return version(name)
    except PackageNotFoundError:
        return ""
