"""The report as one web page that needs nothing beside it and runs no script."""

import json
from collections.abc import Mapping, Sequence
from typing import Any

from eval.markdown import KIND_COLUMNS, figure, headline, misses
from eval.markup import Markup, join, tag
from eval.plots import Bar, bars, curve, histogram, reliability
from eval.run import BREAKS
from eval.style import STYLE
from eval.summary import LABELS
from eval.text import holds, strip_markers

__all__ = ["as_html"]

# The page may load nothing and run nothing, whatever a document brings into it.
_POLICY = "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'"
_TILES = (
    "correct",
    "correct_answerable",
    "recall@10",
    "citation_precision",
    "citation_recall",
    "literal",
    "attribution",
    "refusal_precision",
    "refusal_recall",
    "false_refusal",
    "ece_answerable",
    "words",
    "latency_p50_ms",
)
_PROVENANCE = ("machine", "versions", "settings", "model", "documents", "questions", "bootstrap")


def as_html(record: Mapping[str, Any]) -> str:
    """Return the page of a record, as eval.report writes it."""
    body = tag(
        "body",
        *_head(record),
        tag("h2", "Plots"),
        tag("div", *_plots(record), class_="plots"),
        tag("h2", "All numbers"),
        _table(("number", "value", "95 %"), headline(record)),
        tag("h2", "By kind of question"),
        _by_kind(record["summary"]),
        *_chain(record["broke"]),
        *_misses(record),
        *_elsewhere(record["outcomes"]),
    )
    head = (
        '<meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">'
        f'<meta http-equiv="Content-Security-Policy" content="{_POLICY}">'
        f"{tag('title', record['name'])}<style>{STYLE}</style>"
    )
    return f'<!doctype html>\n<html lang="en"><head>{head}</head>{body}</html>\n'


def _head(record: Mapping[str, Any]) -> list[Markup]:
    summary, bounds = record["summary"]["all"], record["intervals"]["all"]
    machine = record["machine"]
    memory = machine["peak_memory_mib"]
    made = f"{summary['questions']} questions, {record['made_at']}, commit {record['commit']}, {machine['system']}"
    tiles = [
        tag(
            "div",
            tag("span", LABELS[name]),
            tag("b", _short(name, summary[name])),
            tag("span", f"{_short(name, bounds[name]['low'])} to {_short(name, bounds[name]['high'])}"),
            class_="tile",
        )
        for name in _TILES
        if name in summary
    ]
    made_from = json.dumps({name: record[name] for name in _PROVENANCE}, ensure_ascii=False, indent=1)
    return [
        tag("h1", record["name"]),
        tag("p", made + f", peak memory {memory:.0f} MiB" * bool(memory), class_="soft"),
        tag("div", *tiles, class_="tiles"),
        tag("p", f"Under each number its 95 % interval: {record['bootstrap']['resamples']} resamples.", class_="soft"),
        tag("details", tag("summary", "Settings, versions and hashes"), tag("pre", made_from)),
    ]


def _plots(record: Mapping[str, Any]) -> list[Markup]:
    summary, bounds = record["summary"], record["intervals"]
    rows = [
        Bar(kind, found["correct"], bounds[kind]["correct"]["low"], bounds[kind]["correct"]["high"], found["questions"])
        for kind, found in summary.items()
    ]
    marks = {f"p{p}": summary["all"][f"latency_p{p}_ms"] for p in (50, 95, 99)}
    of = record["reliability"]
    return [
        _figure("Right, by kind", "The whisker is the 95 % interval.", bars(rows, "Share of right answers by kind")),
        _figure(
            "Retrieval", "Gold quotes held by the first k passages; the band is the 95 % interval.",
            curve(record["curve"], "recall@k for k from 1 to 20"),
        ),
        _figure(
            "Confidence against: the document answers this", "All questions in equal bins; the dashed line is ideal.",
            reliability(of["answerable"], "Reliability of the confidence that a question is answerable"),
        ),
        _figure(
            "Confidence against: the answer is right", "Questions answered, in equal bins; the dashed line is ideal.",
            reliability(of["right"], "Reliability of the confidence that an answer is right"),
        ),
        _figure(
            "Latency", "Answers by how long they took; the last bar holds all above.",
            histogram(record["latency_ms"], marks, "Histogram of latencies", "ms"),
        ),
    ]  # fmt: skip


def _figure(title: str, said: str, plot: Markup) -> Markup:
    return tag("figure", tag("figcaption", tag("b", title), said), plot)


def _table(head: Sequence[str], rows: Sequence[Sequence[str]]) -> Markup:
    lines = [tag("tr", *(tag("td", cell) for cell in row)) for row in rows]
    return tag("div", tag("table", tag("tr", *(tag("th", name) for name in head)), *lines), class_="wide")


def _by_kind(summary: Mapping[str, Mapping[str, float]]) -> Markup:
    rows = [(kind, *(figure(c, numbers.get(c)) for c in KIND_COLUMNS)) for kind, numbers in summary.items()]
    return _table(("kind", *KIND_COLUMNS.values()), rows)


def _chain(broke: Mapping[str, Mapping[str, int]]) -> list[Markup]:
    steps = list(broke["all"])
    if not steps:
        return [tag("h2", "Where the chain broke"), tag("p", "No answer is wrong.")]
    rows = [(kind, *(str(found.get(step, 0)) for step in steps)) for kind, found in broke.items() if found]
    return [tag("h2", "Where the chain broke"), _table(("kind", *steps), rows)]


def _misses(record: Mapping[str, Any]) -> list[Markup]:
    parts = [tag("h2", "Misses")]
    if record["hidden"]:
        hidden = f"{record['hidden']} questions of the test split are not told one by one, lest anybody tune on them."
        parts.append(tag("p", hidden, class_="soft"))
    for step, outcomes in misses(record).items():
        parts += [
            tag("h3", f"{step.capitalize()}: {len(outcomes)}"),
            tag("p", f"{BREAKS[step][:1].upper()}{BREAKS[step][1:]}.", class_="soft"),
        ]
        parts += [_outcome(o) for o in outcomes]
    return parts


def _elsewhere(outcomes: Sequence[Mapping[str, Any]]) -> list[Markup]:
    """Answers whose facts are right, though none of their quotes stands at the evidence."""
    found = [
        o
        for o in outcomes
        if o["scores"]["correct_answerable"] and not any(quote["at_evidence"] for quote in o["quotes"])
    ]
    if not found:
        return []
    said = (
        "The facts are there, but no quote stands at the evidence: another place says the same, or a citation is off."
    )
    return [tag("h2", f"Right, quoted from elsewhere: {len(found)}"), tag("p", said), *(_outcome(o) for o in found)]


def _outcome(outcome: Mapping[str, Any]) -> Markup:
    rows = {
        "asked before": list(outcome["history"]),
        "expected": [outcome["expected"]],
        "given": [outcome["answer"] or "(nothing)"],
        "missing": [] if outcome["refused"] else [" or ".join(facts) for facts in _missing(outcome)],
        "forbidden": [fact for fact in outcome["must_not"] if holds(_said(outcome), fact)],
        "confidence": [f"{outcome['confidence']:.2f}"],
        "evidence": _evidence(outcome["evidence"], outcome["evidence_ranks"]),
        "quoted": [_quote(quote) for quote in outcome["quotes"]],
    }
    described = join(
        join((tag("dt", name), tag("dd", *(tag("p", text) for text in texts)))) for name, texts in rows.items() if texts
    )
    title = f"{outcome['id']} · {outcome['kind']} · {outcome['scores']['latency_ms']:.0f} ms"
    return tag("article", tag("span", title, class_="soft"), tag("b", outcome["question"]), tag("dl", described))


def _missing(outcome: Mapping[str, Any]) -> list[Sequence[str]]:
    given = _said(outcome)
    return [facts for facts in outcome["must"] if not any(holds(given, fact) for fact in facts)]


def _said(outcome: Mapping[str, Any]) -> str:
    """What an answer says, without its markers."""
    return strip_markers(outcome["answer"], [quote["marker"] for quote in outcome["quotes"]])


def _evidence(quotes: Sequence[str], ranks: Sequence[int | None]) -> list[str]:
    """The gold quotes and where they were found; a false premise has no ranks, since what corrects it may be missed."""
    if not ranks:
        return list(quotes)
    found = (
        tag("span", f"passage {rank}", class_="good") if rank else tag("span", "in no passage read", class_="bad")
        for rank in ranks
    )
    return [join((quote, " — ", where)) for quote, where in zip(quotes, found, strict=True)]


def _quote(quote: Mapping[str, Any]) -> Markup:
    where = " > ".join(quote["section"]) + f", p. {quote['page']}" * (quote["page"] is not None)
    there = tag(
        "span",
        "at the evidence" if quote["at_evidence"] else "elsewhere",
        class_="good" if quote["at_evidence"] else "bad",
    )
    return join((f"[{quote['marker']}] {quote['quote']} ({where}) — ", there))


def _short(name: str, value: float) -> str:
    return figure(name, value) if name == "words" or name.endswith("_ms") else f"{value:.2f}"
