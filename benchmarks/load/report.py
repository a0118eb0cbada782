"""What a crowd saw, as JSON and Markdown, with the machine and the versions."""

import json
import os
import platform
from collections.abc import Iterator, Mapping
from datetime import UTC, datetime
from importlib.metadata import version
from pathlib import Path
from typing import Any

from benchmarks.load.people import Crowd
from benchmarks.load.trial import Trial

__all__ = ["RESULTS", "as_record", "write"]

RESULTS = Path(__file__).resolve().parents[1] / "results"
_PACKAGES = ("gradio", "chromadb", "onnxruntime", "sentence-transformers", "torch")
_ROWS = {
    "program": "programs, whole answer",
    "page_first": "page, first words",
    "page": "page, last word",
    "adding": "all, while a document is added",
}


def as_record(crowd: Crowd, trial: Trial, *, command: str, document: int, load_before: float) -> dict[str, Any]:
    """Return all that a report tells, as JSON values.

    Args:
        crowd: who asked.
        trial: what came of it.
        command: how it was run.
        document: the size of the document that was added, in bytes.
        load_before: how many processes the machine was running before.
    """
    judged = trial.judged
    return {
        "made_at": datetime.now(UTC).isoformat(timespec="seconds"),
        "command": command,
        "machine": f"{platform.machine()}, {os.cpu_count()} cores, Python {platform.python_version()}",
        "versions": {name: version(name) for name in _PACKAGES},
        "people": len(crowd.scripts),
        "pages": crowd.pages,
        "seconds": crowd.seconds,
        "think_s": crowd.think,
        "seed": crowd.seed,
        "document_bytes": document,
        "answers": judged.answers,
        "errors": list(judged.errors),
        "different": list(judged.different),
        "right": judged.right,
        "numbers": dict(judged.numbers),
        "server": {"cpu_s": trial.cpu_s, "peak_mb": trial.peak_mb, "load_before": load_before},
    }


def write(record: Mapping[str, Any], folder: Path = RESULTS, name: str = "load") -> str:
    """Write a report into a folder, as JSON and Markdown; return the latter."""
    text = "\n".join(_lines(record)) + "\n"
    folder.mkdir(exist_ok=True)
    (folder / f"{name}.json").write_text(json.dumps(record, indent=1) + "\n", encoding="utf-8")
    (folder / f"{name}.md").write_text(text, encoding="utf-8")
    return text


def _lines(record: Mapping[str, Any]) -> Iterator[str]:
    numbers, server, think = record["numbers"], record["server"], record["think_s"]
    versions = ", ".join(f"{name} {number}" for name, number in record["versions"].items())
    yield from (
        f"# {record['people']} people ask at once",
        "",
        f"`{record['command']}`, {record['made_at']}, {record['machine']}; {versions};",
        f"load of the machine before it began: {server['load_before']:.1f}.",
        "",
        f"The app serves the bundled chapter. {record['people'] - record['pages']} people ask its endpoint with",
        f"Gradio's client, {record['pages']} its page, where answers stream into a conversation that grows. Each asks",
        "a question of the development set, drawn by chance, waits for the answer, thinks",
        f"{think / 2:.1f} to {think * 1.5:.1f} s, and asks again, for {record['seconds']:.0f} s, on the same cores.",
        f"In the middle a text of {record['document_bytes'] / 1000:.0f} kB is dropped into the library. An answer is",
        "to be the one that the question gets alone on the same server, but for the clock (of the page: the quotes).",
        "",
        f"- {record['answers']} answers, {len(record['errors'])} errors,"
        f" {len(record['different'])} that differ from the answer alone.",
        f"- {record['right']:.0%} of the programs' answers are right by the question set's own measure.",
        f"- {numbers['answers_a_second']:.1f} answers a second; the document was in after {numbers['add_s']:.1f} s.",
        f"- The server took {server['cpu_s']:.0f} s of processor time; it held {server['peak_mb']:.0f} MB at its peak.",
        "",
        "| seconds until | n | p50 | p95 | p99 | max |",
        "|---" * 6 + "|",
    )
    for key, told in _ROWS.items():
        if f"{key}_n" in numbers:
            cells = " | ".join(f"{numbers[f'{key}_{name}']:.2f}" for name in ("p50", "p95", "p99", "max"))
            yield f"| {told} | {numbers[f'{key}_n']:.0f} | {cells} |"
    for title in ("errors", "different"):
        if record[title]:
            yield from ("", f"{title.capitalize()}:", "", *(f"- {line}" for line in record[title][:20]))
