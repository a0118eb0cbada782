"""Say what an evaluation found: a table for the terminal; JSON, Markdown and a web page for a folder."""

import json
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np

from core.records import Document
from core.settings import Settings
from eval.bootstrap import interval, resample
from eval.dataset import KINDS
from eval.html import as_html
from eval.markdown import as_markdown
from eval.metrics import bins
from eval.provenance import provenance
from eval.run import BREAKS, Outcome, summarize
from eval.summary import columns, intervals

if TYPE_CHECKING:
    from rich.table import Table

__all__ = ["as_table", "make_record", "write_report"]

_COLUMNS = {
    "questions": "n",
    "correct": "right",
    "recall@1": "R@1",
    "recall@10": "R@10",
    "mrr": "MRR",
    "ndcg@10": "nDCG",
    "citation_precision": "cit. prec.",
    "citation_recall": "cit. rec.",
    "literal": "literal",
    "attribution": "attrib.",
    "refusal_precision": "ref. prec.",
    "refusal_recall": "ref. rec.",
    "false_refusal": "false ref.",
    "latency_p50_ms": "p50 ms",
    "latency_p95_ms": "p95 ms",
}
_DEPTH = 20  # of the retrieval curve


def as_table(outcomes: Sequence[Outcome]) -> "Table":
    """Return a rich table: a line for all questions, and one a kind."""
    from rich.table import Table

    table = Table("kind", *_COLUMNS.values(), title="Evaluation")
    for name, group in _groups(outcomes).items():
        summary = summarize(group)
        table.add_row(name, *(_cell(column, summary.get(column)) for column in _COLUMNS), end_section=name == "all")
    return table


def write_report(  # noqa: PLR0913 - a report names all that it was made from
    outcomes: Sequence[Outcome],
    folder: Path,
    name: str,
    *,
    settings: Settings,
    documents: Mapping[str, Document],
    questions: Path,
    split: str = "all",
    show_test: bool = False,
) -> Path:
    """Write `name`.json, `name`.html and `name`.md into `folder`; return the path of the last.

    Questions of the test split count in every total and are not told one by one, lest anybody tune on them; all of
    them are when `show_test` is set.
    """
    folder.mkdir(parents=True, exist_ok=True)
    record = {"name": name, **provenance(settings, documents, questions, split), **make_record(outcomes, show_test)}
    text = json.dumps(record, ensure_ascii=False, indent=1, allow_nan=False)
    (folder / f"{name}.json").write_text(text + "\n", encoding="utf-8")
    (folder / f"{name}.html").write_text(as_html(record), encoding="utf-8")
    path = folder / f"{name}.md"
    path.write_text(as_markdown(record), encoding="utf-8")
    return path


def make_record(outcomes: Sequence[Outcome], show_test: bool = False) -> dict[str, Any]:
    """Return all that the outcomes say, as JSON values: totals by kind, what the plots show, and each outcome."""
    shown = [o for o in outcomes if show_test or o.question.split != "test"]
    groups = _groups(outcomes)
    tables = {name: columns([o.scores for o in group]) for name, group in groups.items()}
    return {
        "summary": {name: summarize(group) for name, group in groups.items()},
        "intervals": {
            name: {score: asdict(bounds) for score, bounds in intervals(table).items()}
            for name, table in tables.items()
            if len(groups[name])
        },
        "broke": {name: _breaks(group) for name, group in groups.items()},
        "curve": _curve(outcomes),
        "reliability": {name: _reliability(outcomes, name) for name in ("answerable", "right")},
        "latency_ms": sorted(round(o.scores["latency_ms"] or 0.0, 1) for o in outcomes),
        "hidden": len(outcomes) - len(shown),
        "outcomes": [_outcome(o) for o in shown],
    }


def _groups(outcomes: Sequence[Outcome]) -> dict[str, list[Outcome]]:
    groups = {"all": list(outcomes)}
    for kind in KINDS:
        if found := [o for o in outcomes if o.question.kind == kind]:
            groups[kind] = found
    return groups


def _breaks(outcomes: Sequence[Outcome]) -> dict[str, int]:
    found = Counter(o.broke for o in outcomes)
    return {step: found[step] for step in BREAKS if found[step]}


def _curve(outcomes: Sequence[Outcome]) -> list[dict[str, float]]:
    """Recall@k for k from 1 on, in the mean of the questions that have evidence, with its interval."""
    ranks = [o.ranks for o in outcomes if o.ranks]
    if not ranks:
        return []
    held = np.array([[np.mean([r is not None and r <= k for r in of]) for k in range(1, _DEPTH + 1)] for of in ranks])
    drawn = held[resample(len(held))].mean(axis=1)
    points = []
    for k, (recall, values) in enumerate(zip(held.mean(axis=0), drawn.T, strict=True), start=1):
        bounds = interval(values)
        points.append({"k": k, "recall": float(recall)} | (asdict(bounds) if bounds else {}))
    return points


def _reliability(outcomes: Sequence[Outcome], came_true: str) -> list[dict[str, float]]:
    pairs = [(o.scores["confidence"], true) for o in outcomes if (true := o.scores[came_true]) is not None]
    cases = np.array(pairs, dtype=np.float64).reshape(-1, 2)
    return [asdict(b) for b in bins(cases[:, 0], cases[:, 1])]


def _outcome(outcome: Outcome) -> dict[str, Any]:
    question, answer = outcome.question, outcome.answer
    return {
        "id": question.id,
        "kind": question.kind,
        "split": question.split,
        "question": question.question,
        "history": list(question.history),
        "expected": question.answer,
        "must": [list(alternatives) for alternatives in question.must],
        "must_not": list(question.must_not),
        "evidence": list(question.evidence),
        "evidence_ranks": list(outcome.ranks),
        "answer": answer.text,
        "refused": answer.refused,
        "reason": answer.reason,
        "confidence": round(answer.confidence, 4),
        "quotes": [
            asdict(c) | {"at_evidence": there} for c, there in zip(answer.citations, outcome.at_evidence, strict=True)
        ],
        "scores": dict(outcome.scores),
        "broke": outcome.broke,
    }


def _cell(column: str, value: float | None) -> str:
    if value is None:
        return "–"
    return f"{value:.0f}" if column == "questions" or column.endswith("_ms") else f"{value:.2f}"
