"""Time the bundled chapter: from its file to answers, each run a process of its own.

Beside Ibid stands plain LlamaIndex with the same embedder over the same text, timed in turn with it, since times on a
shared machine say little by themselves.
"""

import json
import os
import platform
import statistics
import subprocess
import sys
import tempfile
import time
from datetime import UTC, datetime
from pathlib import Path

from benchmarks.record import say

__all__ = ["run_chapter"]

RESULTS = Path(__file__).parent / "results"
SYSTEMS = {"ibid": "benchmarks.time_ibid", "plain LlamaIndex": "benchmarks.time_plain"}
COMMANDS = {"cold_ask_s": ("ask", "When was the quantum satellite launched?", "--json"), "help_s": ("--help",)}
REPEATS = 3

Found = dict[str, dict[str, list[float]]]


def measure() -> Found:
    """Return, for each system and each number, one value a repeat."""
    found: Found = {name: {} for name in SYSTEMS}
    with tempfile.TemporaryDirectory() as folder:
        for repeat in range(REPEATS):
            say(f"the chapter, run {repeat + 1} of {REPEATS}")
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


def run_chapter() -> str:
    """Time the bundled chapter and write the numbers; return them as Markdown."""
    return write(measure())


def write(found: Found) -> str:
    """Write the numbers as JSON and Markdown; return the latter."""
    made_at = datetime.now(UTC).isoformat(timespec="seconds")
    machine = f"{platform.machine()}, {os.cpu_count()} cores, Python {platform.python_version()}"
    keys = list(dict.fromkeys(key for system in found.values() for key in system))
    lines = [
        "# The bundled chapter",
        "",
        f"`python -m benchmarks chapter`, {made_at}, {machine}; min / median / max of {REPEATS} runs, each a cold",
        "process. `build_s` includes the imports; p50 and p95 are of warm questions, answered by Ibid, retrieved for",
        "by plain LlamaIndex; `peak_mb` is the peak of resident memory.",
        "",
        "| system | " + " | ".join(keys) + " |",
        "|---" * (len(keys) + 1) + "|",
        *(f"| {name} | " + " | ".join(_cell(system.get(key)) for key in keys) + " |" for name, system in found.items()),
    ]
    RESULTS.mkdir(exist_ok=True)
    record = {"made_at": made_at, "machine": machine, "repeats": REPEATS, "found": found}
    (RESULTS / "chapter.json").write_text(json.dumps(record, indent=1) + "\n", encoding="utf-8")
    (RESULTS / "chapter.md").write_text("\n".join(lines) + "\n", encoding="utf-8")
    return "\n".join(lines) + "\n"


def _run(arguments: list[str], home: Path) -> str:
    environment = {**os.environ, "IBID_HOME": str(home)}
    command = [sys.executable, *arguments]
    return subprocess.run(command, capture_output=True, text=True, check=True, env=environment).stdout  # noqa: S603


def _cell(values: list[float] | None) -> str:
    if not values:
        return "–"
    return " / ".join(
        f"{v:.2f}" if v < 10 else f"{v:.0f}" for v in (min(values), statistics.median(values), max(values))
    )
