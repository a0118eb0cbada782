"""Show what an evaluation found: a table for the terminal, JSON and Markdown for eval/results/."""

import hashlib
import importlib.metadata
import json
import platform
import subprocess
from collections.abc import Mapping, Sequence
from dataclasses import asdict
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

from core.records import Document
from core.settings import Settings
from eval.dataset import KINDS
from eval.run import Outcome, summarize

if TYPE_CHECKING:
    from rich.table import Table

__all__ = ["as_table", "below_floors", "write_report"]

_COLUMNS = {
    "questions": "n",
    "correct": "right",
    "recall@1": "R@1",
    "recall@3": "R@3",
    "recall@10": "R@10",
    "mrr": "MRR",
    "citation_precision": "cit. prec.",
    "citation_recall": "cit. recall",
    "literal": "literal",
    "refused_unanswerable": "refused",
    "false_refusal": "false ref.",
    "latency_p50_ms": "p50 ms",
    "latency_p95_ms": "p95 ms",
}
_PACKAGES = ("llama-index-core", "chromadb", "sentence-transformers", "torch", "bm25s", "numpy")
LOWER_IS_BETTER = frozenset({"false_refusal"})


def as_table(outcomes: Sequence[Outcome]) -> "Table":
    """Return a rich table: a line for all questions, and one a kind."""
    from rich.table import Table

    table = Table("kind", *_COLUMNS.values(), title="Evaluation")
    for name, group in _groups(outcomes).items():
        table.add_row(name, *_cells(summarize(group)), end_section=name == "all")
    return table


def write_report(  # noqa: PLR0913 - a report names all that it was made from
    outcomes: Sequence[Outcome],
    folder: Path,
    name: str,
    *,
    settings: Settings,
    documents: Mapping[str, Document],
    questions: Path,
) -> Path:
    """Write `name`.json and `name`.md into `folder`; return the path of the latter."""
    folder.mkdir(parents=True, exist_ok=True)
    record = {
        "made_at": datetime.now(UTC).isoformat(timespec="seconds"),
        "commit": _commit(),
        "machine": f"{platform.machine()}, Python {platform.python_version()}",
        "versions": {package: importlib.metadata.version(package) for package in _PACKAGES},
        "settings": settings.model_dump(mode="json", exclude={"home"}),
        "documents": {d.id: d.content_hash for d in documents.values()},
        "questions": {"file": questions.name, "sha256": hashlib.sha256(questions.read_bytes()).hexdigest()},
        "summary": {group: summarize(found) for group, found in _groups(outcomes).items()},
        "outcomes": [_outcome(o) for o in outcomes],
    }
    (folder / f"{name}.json").write_text(json.dumps(record, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
    path = folder / f"{name}.md"
    path.write_text(_markdown(outcomes, name, record), encoding="utf-8")
    return path


def below_floors(summary: Mapping[str, float], floors: Mapping[str, Mapping[str, float]]) -> tuple[str, ...]:
    """Return a line for each number that is worse than its floor by more than the noise it allows."""
    said = []
    for name, bound in floors.items():
        value, floor, noise = summary[name], bound["floor"], bound["noise"]
        worse = value - floor if name in LOWER_IS_BETTER else floor - value
        if worse > noise:
            said.append(f"{name} is {value:.3f}, worse than its floor {floor:.3f} by more than the noise {noise:.3f}")
    return tuple(said)


def _groups(outcomes: Sequence[Outcome]) -> dict[str, list[Outcome]]:
    groups = {"all": list(outcomes)}
    for kind in KINDS:
        if found := [o for o in outcomes if o.question.kind == kind]:
            groups[kind] = found
    return groups


def _cells(summary: Mapping[str, float]) -> list[str]:
    return [_cell(column, summary.get(column)) for column in _COLUMNS]


def _cell(column: str, value: float | None) -> str:
    if value is None:
        return "–"
    return f"{value:.0f}" if column == "questions" or column.endswith("_ms") else f"{value:.2f}"


def _outcome(outcome: Outcome) -> dict[str, object]:
    answer = outcome.answer
    return {
        "id": outcome.question.id,
        "kind": outcome.question.kind,
        "split": outcome.question.split,
        "question": outcome.question.question,
        "answer": answer.text,
        "refused": answer.refused,
        "confidence": round(answer.confidence, 4),
        "quotes": [asdict(c) for c in answer.citations],
        "scores": {name: value for name, value in outcome.scores.items() if name != "latency_ms"},
        "broke": outcome.broke,
    }


def _markdown(outcomes: Sequence[Outcome], name: str, record: Mapping[str, object]) -> str:
    lines = [
        f"# {name}",
        "",
        f"{len(outcomes)} questions, {record['made_at']}, commit {record['commit']}, {record['machine']}.",
        "",
        "| kind | " + " | ".join(_COLUMNS.values()) + " |",
        "|---" * (len(_COLUMNS) + 1) + "|",
    ]
    lines += [f"| {kind} | {' | '.join(_cells(summarize(found)))} |" for kind, found in _groups(outcomes).items()]
    lines += ["", "## Misses", ""]
    for o in outcomes:
        if o.broke:
            lines += [
                f"- **{o.question.id}** ({o.broke}) {o.question.question}",
                f"  - expected: {o.question.answer}",
                f"  - given ({o.answer.confidence:.2f}): {o.answer.text}",
            ]
    return "\n".join(lines) + "\n"


def _commit() -> str:
    found = subprocess.run(
        ["git", "rev-parse", "--short", "HEAD"],  # noqa: S607
        capture_output=True,
        text=True,
        check=False,
        cwd=Path(__file__).parent,
    )
    return found.stdout.strip() or "unknown"
