"""What switching parts off changed, as Markdown and as a plot of worth over cost."""

from collections.abc import Iterator, Mapping, Sequence
from math import comb
from typing import Any

from benchmarks.frontier import beats
from benchmarks.plot import Point, scatter
from benchmarks.record import heading, number

__all__ = ["ablation_lines", "ablation_plot", "sign_test"]

Rows = Sequence[Mapping[str, Any]]
_REMEMBERED = (
    " What the models made of a text is remembered, and the processor time that it took counts each time (`--anew` runs"
    " them again, for p50)."
)
ALIKE = 0.03  # the share by which costs may differ by chance


def ablation_lines(record: Mapping[str, Any]) -> Iterator[str]:
    """Yield the lines of the report."""
    rows: Rows = record["rows"]
    default = rows[0]
    runs = ", ".join(number(value) for value in default["cpu_ms_runs"])
    yield from ("# What each stage costs and brings", "", heading(record), "")
    yield from (
        "The development questions of the bundled chapter, each variant differing from the default in one thing: a",
        "part switched off by a stand-in, or a size changed. `cost` is processor time of all threads for a question,",
        f"which other work on the machine changes little: the default took {runs} ms in runs between which the others",
        "stand. `won` and `lost`: questions that are right here and wrong by default, and the other way round; p is",
        "of a sign test on them (McNemar's exact test). Nothing is fitted anew for a variant, which favours the",
        "default a little; where the change moves the confidence itself (°), the threshold of refusal is set so that",
        "as many answerable questions are refused as by default. The questions are those that the default was fitted",
        "to. A ranking that is left out is computed all the same." + _REMEMBERED * ("p50_ms" not in default),
        "",
        "| variant | right | of answerable | evidence among hits | refused rightly | refused wrongly | won / lost (p) "
        "| cost, ms | against default | p50, ms |",
        "|---|---|---|---|---|---|---|---|---|---|",
    )
    for row in rows:
        share = row["cpu_ms"] / default["cpu_ms"]
        p = sign_test(row["won"], row["lost"])
        changed = f"{row['won']} / {row['lost']}" + (f" ({p:.2g})" if row["won"] + row["lost"] else "")
        name = f"**{row['name']}**" if row is default else row["name"] + "°" * ("threshold" in row)
        p50 = number(row["p50_ms"]) if "p50_ms" in row else "–"
        cost = number(row["cpu_ms"])
        shares = (row[key] for key in ("right", "right_answerable", "recall", "refused", "false_refusals"))
        told = " | ".join(f"{value * 100:.1f} %" for value in shares)
        yield f"| {name} | {told} | {changed} | {cost} | {share:.2f} | {p50} |"
    yield from ("", *_verdict(rows), "", "![right answers over cost](ablations.svg)")


def ablation_plot(rows: Rows) -> str:
    """Return right answers over cost, the default drawn large."""
    return scatter(
        _points(rows), "Right answers over cost, development questions", ("processor ms a question", "right, %")
    )


def sign_test(won: int, lost: int) -> float:
    """Return how likely a split at least as uneven is by chance, both ways (the exact form of McNemar's test)."""
    n = won + lost
    tail = sum(comb(n, k) for k in range(min(won, lost) + 1)) / 2**n
    return min(1.0, 2 * tail)


def _points(rows: Rows) -> list[Point]:
    return [Point(row["name"], row["cpu_ms"], row["right"] * 100, row["kind"], row is rows[0]) for row in rows]


def _verdict(rows: Rows) -> Iterator[str]:
    """Say whether the default is on the frontier."""
    default, *others = _points(rows)
    slack = Point(default.name, default.x * (1 - ALIKE), default.y, default.kind)
    better = [p for p in others if beats(p, slack)]
    if not better:
        yield (
            "**The default is on the frontier**: no variant is as often right for less"
            f" (costs within {ALIKE:.0%} count as equal), and none is more often right for the same."
        )
        return
    told = ", ".join(f"{p.name} ({p.y:.1f} % for {number(p.x)} ms)" for p in better)
    yield f"**The default is not on the frontier** of this set: as often right or more for less are {told}."
    sure = [row["name"] for row in rows[1:] if row["won"] > row["lost"] and sign_test(row["won"], row["lost"]) < 0.05]
    yield (
        f"More often right beyond chance: {', '.join(sure)}."
        if sure
        else "None of the variants is more often right beyond what chance would bring (p < 0.05)."
    )
