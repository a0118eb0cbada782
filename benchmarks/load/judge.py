"""Was every answer the right one: the one that the same question gets alone?"""

import statistics
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from benchmarks.load.clients import Said
from benchmarks.load.people import Asked, Question, Seen

__all__ = ["Judged", "Key", "Known", "judge", "key_of", "latency", "timings"]

Key = tuple[str, tuple[str, ...]]
Known = Mapping[Key, Said]  # what each question got alone


@dataclass(frozen=True, slots=True)
class Judged:
    """What came of a crowd: the errors, the answers that were not those that the question gets alone, and the times.

    `right` is the share of the programs' answers that are right by the question set's own measure.
    """

    answers: int
    errors: tuple[str, ...]
    different: tuple[str, ...]
    right: float
    numbers: Mapping[str, float]


def key_of(question: Question) -> Key:
    """Return what an answer depends on."""
    return (question.text, question.history)


def judge(seen: Seen, before: Known, after: Known, is_right: Callable[[str, Mapping[str, Any]], bool]) -> Judged:
    """Hold answers against those that were given alone, before and after the document was added.

    An answer that was over before the adding began must be as before, one that began when it was done as after; one
    between may be as either, but nothing else.

    Args:
        seen: what happened.
        before: what each question gets alone.
        after: the same, with the document.
        is_right: says whether the answer to the question of that id is right; it may be asked often.
    """
    answered = [one for one in seen.asked if one.said]
    different = [one for one in answered if not _as_alone(one, seen, before, after)]
    marks = [is_right(one.question.id, one.said.record) for one in answered if one.said and one.said.record]
    return Judged(
        answers=len(answered),
        errors=(
            *(f"{one.question.id} ({one.way}): {one.error}" for one in seen.asked if one.error),
            *([f"adding the document: {seen.added.error}"] if seen.added.error else []),
        ),
        different=tuple(f"{one.question.id} ({one.way}, {one.begun:.1f} to {one.ended:.1f} s)" for one in different),
        right=statistics.fmean(marks) if marks else 0.0,
        numbers=timings(seen),
    )


def timings(seen: Seen) -> dict[str, float]:
    """Return the times of the answers, in seconds, and how many there were a second."""
    found: dict[str, float] = {}
    for way in ("program", "page"):
        took = [one.ended - one.begun for one in seen.asked if one.said and one.way == way]
        found |= {f"{way}_{name}": value for name, value in latency(took).items()}
    first = [one.said.first_s for one in seen.asked if one.said and one.way == "page"]
    found |= {f"page_first_{name}": value for name, value in latency(first).items()}
    busy = [one for one in seen.asked if one.begun < seen.added.ended and one.ended > seen.added.begun]
    found |= {f"adding_{name}": value for name, value in latency([one.ended - one.begun for one in busy]).items()}
    found["answers_a_second"] = len(seen.asked) / seen.took if seen.took else 0.0
    found["add_s"] = seen.added.ended - seen.added.begun
    return found


def latency(took: Iterable[float]) -> dict[str, float]:
    """Return how many times there are, and of them what half, 95 and 99 of a hundred do not exceed, and the longest."""
    ordered = sorted(took)
    if not ordered:
        return {}
    return {
        "n": float(len(ordered)),
        "p50": _quantile(ordered, 0.5),
        "p95": _quantile(ordered, 0.95),
        "p99": _quantile(ordered, 0.99),
        "max": ordered[-1],
    }


def _quantile(ordered: Sequence[float], share: float) -> float:
    """The least value that this share of the values does not exceed."""
    return ordered[max(-int(-share * len(ordered) // 1) - 1, 0)]


def _as_alone(one: Asked, seen: Seen, before: Known, after: Known) -> bool:
    key = key_of(one.question)
    may_be = []
    if one.begun < seen.added.ended:
        may_be.append(before[key])
    if one.ended > seen.added.begun:
        may_be.append(after[key])
    return any(_same(one.said, said) for said in may_be if one.said)


def _same(one: Said | None, alone: Said) -> bool:
    """Say whether two answers are one; of the page's, which has no record, by what it quotes."""
    if one is None:
        return False
    if one.record:
        return one.record == alone.record
    return (one.refused, one.spots) == (alone.refused, () if alone.refused else alone.spots)
