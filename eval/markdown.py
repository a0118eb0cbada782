"""The report as Markdown."""

from collections.abc import Mapping, Sequence
from html import escape
from typing import Any

from eval.run import BREAKS
from eval.summary import LABELS

__all__ = ["KIND_COLUMNS", "as_markdown", "figure", "headline", "misses"]

KIND_COLUMNS = {
    "questions": "n",
    "correct": "right",
    "quote_f1": "best quote F1",
    "recall@10": "recall@10",
    "mrr": "MRR",
    "ndcg@10": "nDCG@10",
    "citation_precision": "cit. precision",
    "citation_recall": "cit. recall",
    "attribution": "attributed",
    "refusal_recall": "refusal recall",
    "false_refusal": "false refusals",
    "words": "words",
    "latency_p50_ms": "p50 ms",
}


def as_markdown(record: Mapping[str, Any]) -> str:
    """Return the report of a record, as eval.report writes it."""
    machine = record["machine"]
    memory = machine["peak_memory_mib"]
    return "\n".join(
        [
            f"# {_plain(record['name'])}",
            "",
            f"{record['summary']['all']['questions']} questions, {record['made_at']}, commit {record['commit']}, "
            f"{machine['system']} with {machine['cores']} cores, Python {machine['python']}"
            + (f", peak memory {memory:.0f} MiB." if memory else "."),
            f"Questions {record['questions']['sha256'][:12]}, model {record['model']['sha256'][:12]}. Intervals: 95 %, "
            f"percentile bootstrap over {record['bootstrap']['resamples']} resamples of the questions.",
            "",
            "| number | value | 95 % |",
            "|---|---|---|",
            *(f"| {label} | {value} | {bounds} |" for label, value, bounds in headline(record)),
            "",
            *_by_kind(record["summary"]),
            "",
            *_chain(record["broke"]),
            "",
            *_misses(record),
        ]
    )


def headline(record: Mapping[str, Any]) -> list[tuple[str, str, str]]:
    """Return the label, the value and the interval of each number over all questions, as text."""
    summary, bounds = record["summary"]["all"], record["intervals"]["all"]
    return [
        (label, figure(name, summary[name]), f"{figure(name, b['low'])} to {figure(name, b['high'])}")
        for name, label in LABELS.items()
        if name in summary and (b := bounds.get(name))
    ]


def figure(name: str, value: float | None) -> str:
    """Return a number as text: counts, words and milliseconds whole, all else to three places."""
    if value is None:
        return "–"
    return f"{value:.0f}" if name in ("questions", "words") or name.endswith("_ms") else f"{value:.3f}"


def misses(record: Mapping[str, Any]) -> dict[str, list[Mapping[str, Any]]]:
    """Return the outcomes that may be shown and are wrong, by where the chain broke."""
    found = {step: [o for o in record["outcomes"] if o["broke"] == step] for step in BREAKS}
    return {step: outcomes for step, outcomes in found.items() if outcomes}


def _by_kind(summary: Mapping[str, Mapping[str, float]]) -> list[str]:
    return [
        "| kind | " + " | ".join(KIND_COLUMNS.values()) + " |",
        "|---" * (len(KIND_COLUMNS) + 1) + "|",
        *(
            f"| {kind} | {' | '.join(figure(column, numbers.get(column)) for column in KIND_COLUMNS)} |"
            for kind, numbers in summary.items()
        ),
    ]


def _chain(broke: Mapping[str, Mapping[str, int]]) -> list[str]:
    steps = list(broke["all"])
    if not steps:
        return ["No answer is wrong."]
    return [
        "Where the chain broke:",
        "",
        "| kind | " + " | ".join(steps) + " |",
        "|---" * (len(steps) + 1) + "|",
        *(f"| {kind} | {' | '.join(str(found.get(s, 0)) for s in steps)} |" for kind, found in broke.items() if found),
        "",
        *(f"- *{step}*: {BREAKS[step]}." for step in steps),
    ]


def _misses(record: Mapping[str, Any]) -> list[str]:
    lines = ["## Misses", ""]
    if record["hidden"]:
        lines += [f"{record['hidden']} questions of the test split are not told one by one (`--show-test` does).", ""]
    for step, outcomes in misses(record).items():
        lines += [f"### {step.capitalize()}", ""]
        for o in outcomes:
            lines += _miss(o)
        lines.append("")
    return lines


def _miss(outcome: Mapping[str, Any]) -> list[str]:
    asked: Sequence[str] = (*outcome["history"], outcome["question"])
    return [
        f"- **{_plain(outcome['id'])}** ({outcome['kind']}) {_plain(' / '.join(asked))}",
        f"  - expected: {_plain(outcome['expected'])}",
        f"  - given ({outcome['confidence']:.2f}): {_plain(outcome['answer']) or '(nothing)'}",
    ]


def _plain(text: str) -> str:
    """A text on one line, in which nothing is markup: the words of a document may hold any."""
    return " ".join(escape(text, quote=False).split())
