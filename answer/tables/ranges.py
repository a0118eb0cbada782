"""Ranges that cells give, in one of which a figure lies: '10 to 40', 'under 10', '65 and over'."""

import re
from dataclasses import dataclass

from answer.figures import figures_in

__all__ = ["Range", "range_in"]

_FIGURE = r"[$€£]?\s?\d[\d.,]*\s*(?:[^\W\d]{1,3}\.?|%)?"
_BETWEEN = re.compile(rf"(?:between |from )?({_FIGURE})\s*(?:to|and|[-–])\s*({_FIGURE})(?: [^\W\d]+)?")
_BELOW = re.compile(rf"(?:under|below|less than|fewer than|<)\s*({_FIGURE})(?: [^\W\d]+)?")
_UP_TO = re.compile(
    rf"(?:up to|at most|to|≤)\s*({_FIGURE})(?: [^\W\d]+)?|({_FIGURE})\s*(?:(?:[^\W\d]+ )?(?:or|and) (?:less|under))"
)
_ABOVE = re.compile(rf"(?:over|above|more than|>)\s*({_FIGURE})(?: [^\W\d]+)?")
_FROM = re.compile(
    rf"(?:from|at least|≥)\s*({_FIGURE})(?: [^\W\d]+)?"
    rf"|({_FIGURE})\s*(?:\+|(?:[^\W\d]+ )?(?:or|and) (?:more|over|above|older))"
)


@dataclass(frozen=True, slots=True)
class Range:
    """Figures from `low` to `high`; `open_` are the ends that do not belong to it."""

    low: float
    high: float
    open_: frozenset[float] = frozenset()

    def holds(self, value: float) -> bool:
        """Say whether a figure lies in the range."""
        return self.low <= value <= self.high and value not in self.open_


def range_in(cell: str) -> Range | None:
    """Return the range that a cell gives; None when it gives none or says more."""
    text = cell.strip().lower()
    if found := _BETWEEN.fullmatch(text):
        low, high = (_value(end) for end in found.groups())
        return Range(low, high) if low is not None and high is not None and low < high else None
    for pattern, below, closed in (
        (_BELOW, True, False),
        (_UP_TO, True, True),
        (_ABOVE, False, False),
        (_FROM, False, True),
    ):
        if found := pattern.fullmatch(text):
            end = _value(next(filter(None, found.groups())))
            if end is None:
                return None
            low, high = (float("-inf"), end) if below else (end, float("inf"))
            return Range(low, high, frozenset() if closed else frozenset({end}))
    return None


def _value(text: str) -> float | None:
    found = figures_in(text.strip(" .,"))
    return found[0] if len(found) == 1 else _bare(text)


def _bare(text: str) -> float | None:
    """The figure of a text that glues its unit to it, '5kg'."""
    digits = re.search(r"\d[\d.,]*", text)
    found = figures_in(digits.group().strip(".,")) if digits else []
    return found[0] if len(found) == 1 else None
