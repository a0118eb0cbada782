"""Ibid itself, through its command line, as any other program would use it."""

import json
import os
import re
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from importlib import metadata
from pathlib import Path

from benchmarks.peers.protocol import Given, Reply, answer_lines, print_stats, read_arguments

PACKAGES = ("ibid", "llama-index-core", "chromadb", "sentence-transformers", "torch")
FORM = "quoted"


def main() -> None:
    """Ingest the bundled corpus, ask one question alone and then all of them."""
    given = read_arguments()
    lines = given.questions.read_text(encoding="utf-8").splitlines(keepends=True)
    with tempfile.TemporaryDirectory() as folder:
        home = Path(folder)
        index_s = _ibid(home, "ingest", "corpus")
        first, answers = home / "first.jsonl", home / "answers.jsonl"
        first.write_text(lines[0], encoding="utf-8")
        cold_start_s = _ibid(home, "ask", "--batch", str(first), "--out", str(answers))
        _ibid(home, "ask", "--batch", str(given.questions), "--out", str(answers))
        peak_mb = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 1024
        records = [json.loads(line) for line in answers.read_text(encoding="utf-8").splitlines()]
        retrieved = list(_retrieve(home, lines))
    with given.out.open("w", encoding="utf-8") as out:
        for record, hits in zip(records, retrieved, strict=True):
            quotes = tuple(citation["quote"] for citation in record["citations"])
            said = Given(FORM, record["answer"], quotes, record["refused"], None, record["latency_ms"])
            out.writelines(answer_lines(record["id"], Reply((said,), hits)))
    stats = {"index_s": index_s, "cold_start_s": cold_start_s, "peak_mb": peak_mb}
    print_stats(stats, PACKAGES, _needed("ibid"))


def _ibid(home: Path, *arguments: str) -> float:
    """Run the command with its data under a folder; return the seconds it took."""
    begun = time.perf_counter()
    environment = {**os.environ, "IBID_HOME": str(home)}
    subprocess.run([sys.executable, "-m", "cli", *arguments], check=True, env=environment, stdout=sys.stderr)  # noqa: S603
    return time.perf_counter() - begun


def _retrieve(home: Path, lines: list[str]) -> Iterator[tuple[str, ...]]:
    """Yield the passages that were retrieved for each question; the command's answers do not tell them."""
    from answer import Answerer
    from core.settings import Settings
    from index import open_index

    settings = Settings(home=home)
    index = open_index(settings)
    answerer = Answerer(index, settings)
    for line in lines:
        record = json.loads(line)
        yield tuple(hit.passage.text for hit in answerer.ask(record["question"], record["history"]).hits)
    index.close()


def _needed(name: str) -> list[metadata.Distribution]:
    """Return a distribution and all that it needs to run, extras left out."""
    found: dict[str, metadata.Distribution] = {}
    wanted = [name]
    while wanted:
        key = re.sub(r"[-_.]+", "-", wanted.pop()).lower()
        try:
            one = metadata.distribution(key)
        except metadata.PackageNotFoundError:  # needed on other systems only
            continue
        if key not in found:
            found[key] = one
            needs = [need for need in one.requires or () if "extra ==" not in need]
            wanted += [re.split(r"[\s\[<>=!~;(]", need, maxsplit=1)[0] for need in needs]
    return list(found.values())


if __name__ == "__main__":
    main()
