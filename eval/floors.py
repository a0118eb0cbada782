"""Floors: numbers that an evaluation may not fall below, and that only move up.

Floors hold for the question set that they were measured on and say nothing of another. The noise of a floor is the
standard error of its number, from the bootstrap over the questions.
"""

import dataclasses
import json
import math
from collections.abc import Mapping
from pathlib import Path

from pydantic import TypeAdapter, ValidationError
from pydantic.dataclasses import dataclass as checked

from core.errors import IbidError, InputError
from eval.bootstrap import Interval
from eval.provenance import git, is_shallow

__all__ = ["Bound", "Floors", "below_floors", "earlier_floors", "load_floors", "lowered", "raised", "save_floors"]

HEADLINE = (
    "correct",
    "recall@10",
    "citation_recall",
    "literal",
    "whole",
    "attribution",
    "refusal_recall",
    "false_refusal",
)
LOWER_IS_BETTER = frozenset({"false_refusal"})


@checked(frozen=True, slots=True, config={"extra": "forbid"})
class Bound:
    """A number's floor (a ceiling where lower is better), and the noise by which it may be missed."""

    floor: float
    noise: float


@checked(frozen=True, slots=True, config={"extra": "forbid"})
class Floors:
    """The floors of numbers; `questions` is eval.provenance.fingerprint of those asked, of one `split`."""

    questions: str
    split: str
    bounds: Mapping[str, Bound]

    def same_questions(self, other: "Floors") -> bool:
        """Say whether both were measured on the same questions."""
        return (self.questions, self.split) == (other.questions, other.split)


def load_floors(path: Path) -> Floors:
    """Read a file of floors.

    Raises:
        InputError: it cannot be read or does not hold floors.
    """
    try:
        return TypeAdapter(Floors).validate_json(path.read_bytes())
    except OSError as error:
        raise InputError(f"cannot read the floors {path}: {error.strerror}") from None
    except ValidationError as error:
        raise InputError(f"{path} does not hold floors: {error.errors()[0]['msg']}") from None


def save_floors(floors: Floors, path: Path) -> None:
    """Write floors as JSON, a number a line."""
    lines = [f'  "{name}": {json.dumps(dataclasses.asdict(bound))}' for name, bound in floors.bounds.items()]
    head = f'{{\n "questions": "{floors.questions}",\n "split": "{floors.split}",\n "bounds": {{\n'
    path.write_text(head + ",\n".join(lines) + "\n }\n}\n", encoding="utf-8")


def below_floors(summary: Mapping[str, float], bounds: Mapping[str, Bound]) -> tuple[str, ...]:
    """Return a line for each number that is worse than its floor by more than the noise, or is of no question."""
    said = []
    for name, bound in bounds.items():
        value = summary.get(name)
        if value is None:
            said.append(f"{name} applies to no question, and has the floor {bound.floor:.3f}")
        elif _gain(name, value, bound.floor) < -bound.noise:
            said.append(
                f"{name} is {value:.3f}, worse than its floor {bound.floor:.3f} and the noise {bound.noise:.3f}"
            )
    return tuple(said)


def raised(floors: Floors, summary: Mapping[str, float], intervals: Mapping[str, Interval]) -> Floors:
    """Return the floors moved up to what was measured; one that is higher already stays.

    A number without a floor gets one. The noise is the measured standard error, or less where the worst value that the
    floor allows would otherwise fall.
    """
    bounds = {}
    for name in (n for n in HEADLINE if n in summary):
        old = floors.bounds.get(name)
        bound = Bound(_rounded(name, summary[name]), round(intervals[name].error, 3))
        if old and _gain(name, bound.floor, old.floor) <= 0:
            bound = old
        elif old:
            bound = Bound(bound.floor, round(min(bound.noise, old.noise + abs(bound.floor - old.floor)), 3))
        bounds[name] = bound
    return Floors(floors.questions, floors.split, {**floors.bounds, **bounds})


def lowered(new: Floors, old: Floors) -> tuple[str, ...]:
    """Return a line for each floor of the same questions that is missing, lower, or looser by its noise than before."""
    if not new.same_questions(old):
        return ()
    said = []
    for name, before in old.bounds.items():
        now = new.bounds.get(name)
        if now is None:
            said.append(f"{name} had the floor {before.floor} and has none now")
        elif _gain(name, now.floor, before.floor) < max(0.0, round(now.noise - before.noise, 6)):
            said.append(f"{name} had the floor {before.floor} ± {before.noise} and has {now.floor} ± {now.noise} now")
    return tuple(said)


def earlier_floors(name: str = "eval/floors.json") -> tuple[Floors, ...]:
    """Return the floors of the last two commits that changed the file; none without git.

    Raises:
        IbidError: the clone is shallow, so that the last commit that it has may look like the one that set the floors.
    """
    if is_shallow():
        raise IbidError("the floors cannot be held against their history in a shallow clone: git fetch --unshallow")
    found = []
    for commit in git("log", "-2", "--format=%H", "--", name).split():
        try:
            found.append(TypeAdapter(Floors).validate_json(git("show", f"{commit}:./{name}")))
        except ValidationError:
            continue  # of an older form
    return tuple(found)


def _gain(name: str, value: float, floor: float) -> float:
    """How much better a value is than a floor; negative when it is worse. Rounded: these are decimals of a file."""
    return round(floor - value if name in LOWER_IS_BETTER else value - floor, 6)


def _rounded(name: str, value: float) -> float:
    """A floor that the value itself reaches, to three places."""
    return (math.ceil if name in LOWER_IS_BETTER else math.floor)(round(value * 1000, 6)) / 1000
