"""Write a comparison: JSON for machines, Markdown for people; of the test split it tells ids, not questions."""

import hashlib
import json
import os
import platform
import subprocess
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from benchmarks.peers.contenders import Contender
from eval.run import Outcome, summarize

__all__ = ["Row", "write_report"]

Stats = Mapping[str, Mapping[str, Any]]
COMMAND = "make peers"
QUESTIONS = Path(__file__).resolve().parents[2] / "eval" / "questions" / "chapter09.jsonl"
_COLUMNS = {
    "questions": "n",
    "correct": "right",
    "correct_answerable": "right, answerable",
    "citation_recall": "evidence",
    "citation_precision": "cit. prec.",
    "recall@1": "R@1",
    "recall@3": "R@3",
    "recall@10": "R@10",
    "refusal_recall": "refused",
    "false_refusal": "false ref.",
    "words": "words",
    "latency_p50_ms": "p50 ms",
    "latency_p95_ms": "p95 ms",
}
_WHOLE = frozenset({"questions", "words", "latency_p50_ms", "latency_p95_ms"})
_SHOWN = 30  # words of a wrong answer
_BUSY = 1.5  # the load average from which on times say little

LITERATURE = """\
## From the literature, data differ

Numbers that others published, on other documents, questions and machines; we measured none of them. We found the pages
named, but not the tables themselves: each figure is as it was handed to us.

- Chat with a single paper by large hosted models (Open Paper's harness, 100 rows of ResearchQA,
  openpaper.ai/blog/benchmark): citation precision .49 to .78, answer accuracy .70 to .85, refusal .48 to .87,
  3 to 30 s an answer.
- haiku.rag with a language model, on MTRAG-ClapNQ (its pull request 545): precision of refusals .33, recall .44.
"""


@dataclass(frozen=True, slots=True)
class Row:
    """What came of one form of a contender's answers on one split; `threshold` is that of its refusals, if tuned.

    `asked` says which questions were put when not all were, else it is empty.
    """

    contender: Contender
    form: str
    split: str
    asked: str
    threshold: float | None
    outcomes: Sequence[Outcome]

    @property
    def name(self) -> str:
        """What tells it from the other rows of a split."""
        refuses = "" if self.threshold is None else f", refuses below {self.threshold:.2f}"
        return f"{self.contender.title}: {self.form}{refuses}" + f" ({self.asked})" * bool(self.asked)


def write_report(rows: Sequence[Row], stats: Stats, contenders: Sequence[Contender], model: Path, out: Path) -> str:
    """Write peers.json and peers.md into a folder; return the latter. A contender without stats was not run."""
    made_at = datetime.now(UTC).isoformat(timespec="seconds")
    machine = f"{platform.machine()}, {os.cpu_count()} cores, Python {platform.python_version()}"
    record = {
        "made_at": made_at,
        "command": COMMAND,
        "machine": machine,
        "commit": _commit(),
        "questions_sha256": hashlib.sha256(QUESTIONS.read_bytes()).hexdigest(),
        "embedder_mb": _size_mb(model),
        "stats": stats,
        "rows": [_row_record(row) for row in rows],
    }
    lines = [
        "# Ibid and its peers",
        "",
        f"`{COMMAND}`, {made_at}, {machine}, one thread each.",
        f"Commit {record['commit']}; {QUESTIONS.name} has SHA-256 {str(record['questions_sha256'])[:12]}….",
        *_told_load([found["load_before"] for found in stats.values()]),
        *_preface(),
        *(line for split in ("dev", "test") for line in _table([row for row in rows if row.split == split], split)),
        *_costs(stats, contenders, _size_mb(model)),
        LITERATURE,
        *_misses(rows),
    ]
    text = "\n".join(lines).rstrip() + "\n"
    out.mkdir(parents=True, exist_ok=True)
    (out / "peers.json").write_text(json.dumps(record, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
    (out / "peers.md").write_text(text, encoding="utf-8")
    return text


def _told_load(loads: Sequence[float]) -> Iterator[str]:
    """Yield the load averages before each program was run, and what they mean for the times."""
    if loads:
        yield f"The load average before each was {min(loads):.1f} to {max(loads):.1f}."
    if loads and max(loads) > _BUSY:
        yield "The machine was busy with other work: times are upper bounds and hardly compare; all else does."
    yield ""


def _preface() -> Iterator[str]:
    yield from (
        "Every program has an environment of its own, reads the same text (the chapter as Ibid reads it, tables and",
        "notes included), has the same embedder (all-MiniLM-L6-v2) and is asked the same questions; before a follow-up",
        "stands the question it follows, since none of them but Ibid resolves it without a large model. All are scored",
        "by the metrics of `ibid eval`: `right` as docs/questions.md says (at most 120 words, refusals count),",
        "`evidence` the share of gold quotes that a quote overlaps, R@k the share that the first k chunks hold, and",
        "chunks differ in length. `refused` is the share of unanswerable questions refused, `false ref.` of answerable",
        "ones. None of the extractive peers refuses by itself; the rows that do refuse when the cosine of question and",
        "answer is below the threshold with which most questions of dev are right. `top chunk` is the best chunk up to",
        "120 words, `top sentence` and `top 3 sentences` the nearest of the best three chunks, parted alike for all;",
        "their latency is that of the peer's retrieval alone, the latency of Ibid and of what is generated is of all.",
        "",
    )


def _table(rows: Sequence[Row], split: str) -> Iterator[str]:
    if rows:
        yield from (f"## {split.capitalize()} split", "", "| program: answer | " + " | ".join(_COLUMNS.values()) + " |")
        yield "|---" * (len(_COLUMNS) + 1) + "|"
        for row in rows:
            found = summarize(row.outcomes)
            yield f"| {row.name} | " + " | ".join(_cell(key, found.get(key)) for key in _COLUMNS) + " |"
        yield ""


def _costs(stats: Stats, contenders: Sequence[Contender], model_mb: float) -> Iterator[str]:
    yield from (
        "## What they cost, and how they were run",
        "",
        "Memory is the peak resident; installed is all packages with their dependencies, and the embedder",
        f"({model_mb:.0f} MB). Cold start is from starting the process to the first answer, indexing not counted,",
        "though Haystack's index in memory is lost with the process; indexing of Ibid is the whole command, start",
        "included.",
        "",
        "| program | cold start s | indexing s | memory MB | installed MB | licence | as run |",
        "|---|---|---|---|---|---|---|",
    )
    for one in contenders:
        if one.name not in stats:
            yield f"| {one.title} | – | – | – | – | {one.licence} | not run: it has no environment |"
            continue
        found = stats[one.name]
        # Ibid's packages include the embedder, the peers are handed its files.
        installed = found["install_mb"] + (0 if one.name == "ibid" else model_mb)
        copyleft = "".join(f"; {said}" for said in found["copyleft"])
        numbers = f"{found['cold_start_s']:.1f} | {found['index_s']:.1f} | {found['peak_mb']:.0f} | {installed:.0f}"
        versions = ", ".join(f"{name} {version}" for name, version in found["versions"].items())
        yield f"| {one.title} | {numbers} | {one.licence}{copyleft} | {one.note}. {versions} |"
    yield ""


def _misses(rows: Sequence[Row]) -> Iterator[str]:
    """Yield what was wrong in the best row of each contender."""
    yield from ("## Misses", "", "Of the row of each program with most right on dev; of test the ids alone.", "")
    for name in dict.fromkeys(row.contender.name for row in rows):
        own = [row for row in rows if row.contender.name == name and (row.contender.few or not row.asked)]
        best = max((row for row in own if row.split == "dev"), key=lambda row: summarize(row.outcomes)["correct"])
        yield from (f"### {best.name}", "")
        for row in own:
            if (row.form, row.threshold) == (best.form, best.threshold):
                yield from _wrong(row)
        yield ""


def _wrong(row: Row) -> Iterator[str]:
    wrong = [outcome for outcome in row.outcomes if outcome.broke]
    if row.split != "dev":
        yield f"- {row.split}: {', '.join(outcome.question.id for outcome in wrong) or 'none'}"
        return
    for outcome in wrong:
        words = outcome.answer.text.split()
        given = " ".join(words[:_SHOWN]) + " …" * (len(words) > _SHOWN) or "refused"
        yield f"- **{outcome.question.id}** ({outcome.broke}) {outcome.question.question} – {given}"


def _row_record(row: Row) -> dict[str, Any]:
    return {
        "program": row.contender.name,
        "form": row.form,
        "split": row.split,
        "asked": row.asked or "all",
        "threshold": row.threshold,
        "summary": summarize(row.outcomes),
        "wrong": [outcome.question.id for outcome in row.outcomes if outcome.broke],
    }


def _cell(key: str, value: float | None) -> str:
    if value is None:
        return "–"
    return f"{value:.0f}" if key in _WHOLE else f"{value:.2f}"


def _size_mb(folder: Path) -> float:
    return sum(path.stat().st_size for path in folder.rglob("*") if path.is_file()) / 1e6


def _commit() -> str:
    command = ["git", "rev-parse", "--short", "HEAD"]
    found = subprocess.run(command, capture_output=True, text=True, check=False, cwd=QUESTIONS.parent)  # noqa: S603
    return found.stdout.strip() or "unknown"
