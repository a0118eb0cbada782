"""Hold two runs against each other, question by question."""

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from core.errors import InputError
from eval.bootstrap import interval, resample
from eval.summary import LABELS, STATISTICS, Columns, columns

__all__ = ["Change", "Comparison", "Row", "compare", "comparison_text", "load_record", "mcnemar"]

Floats = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Row:
    """A number in both runs, the difference B - A with its 95 % interval, and McNemar's p where it applies.

    None is a number that applies to no question of a run, or that the run did not measure, and a difference from it.
    """

    name: str
    a: float | None
    b: float | None
    difference: float | None
    low: float | None
    high: float | None
    p: float | None


@dataclass(frozen=True, slots=True)
class Change:
    """A question that one run gets right and the other not; `broke` says where it went wrong there."""

    id: str
    question: str
    broke: str


@dataclass(frozen=True, slots=True)
class Comparison:
    """What two runs say of the questions that both were asked; `unpaired` are those that only one was asked."""

    paired: int
    unpaired: int
    rows: tuple[Row, ...]
    lost: tuple[Change, ...]
    won: tuple[Change, ...]


def load_record(path: Path) -> dict[str, Any]:
    """Read the JSON of a run.

    Raises:
        InputError: the file cannot be read, is no record of a run, or holds no question (a hidden test split).
    """
    try:
        record = json.loads(path.read_text(encoding="utf-8"))
    except OSError as error:
        raise InputError(f"cannot read {path}: {error.strerror}") from None
    except ValueError:
        record = None
    if not isinstance(record, dict) or not isinstance(record.get("outcomes"), list):
        raise InputError(f"{path} is not the JSON that 'ibid eval' writes: give the .json of a run")
    if not record["outcomes"]:
        raise InputError(f"{path} tells no question one by one: make it anew with --show-test")
    return record


def compare(a: Mapping[str, Any], b: Mapping[str, Any]) -> Comparison:
    """Compare the runs A and B over the questions that both were asked in the same words.

    Raises:
        InputError: there is no such question.
    """
    first, second = ({(o["id"], o["question"]): o for o in record["outcomes"]} for record in (a, b))
    keys = [key for key in first if key in second]
    if not keys:
        raise InputError("the two runs share no question: compare runs of one question set")
    pairs = [(first[key], second[key]) for key in keys]
    left, right = (columns([pair[side]["scores"] for pair in pairs]) for side in (0, 1))
    return Comparison(
        paired=len(pairs),
        unpaired=len(first) + len(second) - 2 * len(pairs),
        rows=_rows(left, right, len(pairs)),
        lost=_changes((a, b) for a, b in pairs),
        won=_changes((b, a) for a, b in pairs),
    )


def mcnemar(a: Floats, b: Floats) -> float | None:
    """Return McNemar's exact two-sided p of paired outcomes: a binomial test of the pairs that differ (McNemar 1947).

    Args:
        a: float of shape (questions,), 1 for right, 0 for wrong, NaN where it does not apply.
        b: the same of the other run. None where the two do not apply to the same questions or are not 0 or 1.
    """
    from scipy.stats import binomtest

    there = ~np.isnan(a)
    if not np.array_equal(there, ~np.isnan(b)) or not np.isin([a[there], b[there]], (0, 1)).all():
        return None
    lost, won = int((a > b).sum()), int((b > a).sum())
    return float(binomtest(lost, lost + won).pvalue) if lost + won else 1.0


def comparison_text(found: Comparison, a: str, b: str) -> str:
    """Return a comparison as lines for the terminal; `a` and `b` name the runs."""
    width = max(len(label) for label in LABELS.values())
    lines = [
        f"A: {a}",
        f"B: {b}",
        f"{found.paired} questions asked in both" + f", {found.unpaired} in one only" * bool(found.unpaired),
        "",
        f"{'':{width}} {'A':>8} {'B':>8} {'B - A':>8}  {'95 % interval':<19}  McNemar p",
    ]
    for row in found.rows:
        bounds = "" if row.low is None or row.high is None else f"{row.low:+.3f} to {row.high:+.3f}"
        p = "" if row.p is None else f"{row.p:.3f}"
        numbers = f"{_figure(row.a)} {_figure(row.b)} {_figure(row.difference, '+')}"
        lines.append(f"{LABELS[row.name]:{width}} {numbers}  {bounds:<19}  {p}".rstrip())
    for title, changes in (("Right in A, wrong in B", found.lost), ("Wrong in A, right in B", found.won)):
        lines += ["", f"{title}: {len(changes)}"]
        lines += [f"  {c.id} ({c.broke}) {c.question}" for c in changes]
    return "\n".join(lines)


def _rows(left: Columns, right: Columns, count: int) -> tuple[Row, ...]:
    drawn = resample(count)
    resampled = [{name: values[drawn] for name, values in table.items()} for table in (left, right)]
    rows = []
    for name, of in STATISTICS.items():
        a, b = float(of(left)), float(of(right))
        bounds = interval(of(resampled[1]) - of(resampled[0]))
        if np.isnan(b - a) and not (np.isnan(a) and np.isnan(b)):
            rows.append(Row(name, None if np.isnan(a) else a, None if np.isnan(b) else b, None, None, None, None))
        elif bounds and not np.isnan(b - a):
            p = mcnemar(left[name], right[name]) if name in left and name in right else None
            rows.append(Row(name, a, b, b - a, bounds.low, bounds.high, p))
    return tuple(rows)


def _figure(value: float | None, sign: str = "") -> str:
    return f"{'–':>8}" if value is None else f"{value:{sign}8.3f}"


def _changes(pairs: Iterable[tuple[Mapping[str, Any], Mapping[str, Any]]]) -> tuple[Change, ...]:
    """Of pairs of outcomes, the questions that the first got right and the second wrong."""
    return tuple(
        Change(wrong["id"], wrong["question"], wrong["broke"])
        for right, wrong in pairs
        if right["scores"]["correct"] and not wrong["scores"]["correct"]
    )
