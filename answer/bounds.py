"""Bounds that questions set: 'over 5,000', 'fewer than two', 'at least half a million'."""

import re
from dataclasses import dataclass

from answer.figures import WORDS, YEAR, figures_in

__all__ = ["Bound", "asks_for_bound", "bound_in", "limits_in"]

_BOUND = re.compile(
    r"(?P<not>\b(?:not|never|no)\s+|n[’']t\s+)?(?:\w+\s+)?"
    r"\b(?:(?P<more>over|above|more than|greater than|larger than|higher than|longer than|exceed(?:s|ed|ing)?|at least|"
    r"no (?:fewer|less) than)|(?P<less>under|below|less than|fewer than|lower than|smaller than|shorter than|at most|"
    r"up to|no more than))\b"
    rf"(?P<limit>\s+(?:[a-z]{{1,3}} ?|[$€£]\s?)?(?:[-−]?\d(?:[\d.,’\u00a0 ]*\d)?|(?:{'|'.join(WORDS)})\b)"
    r"(?:[ -](?:thousand|million|billion|trillion))?)(?P<after>\W*\w*)",
    re.IGNORECASE,
)
_FIGURE = r"(?:[$€£]\s?)?([-−]?\d(?:[\d.,]*\d)?)"
_BETWEEN = re.compile(rf"\b(?:between|from)\s+{_FIGURE}\s+(?:and|to)\s+{_FIGURE}", re.IGNORECASE)
_DATED = re.compile(
    r"\b(?P<word>before|earlier than|until|after|later than|since)\s+(?:the year\s+)?(?P<limit>(?:1\d|20)\d\d)\b",
    re.IGNORECASE,
)
_CLOSED = re.compile(r"at least|at most|up to|no (?:fewer|less|more)", re.IGNORECASE)
_FRACTION = re.compile(r"\W*(?:thirds?|quarters?|fifths?|tenths?|dozen|hundreds?)\b", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Bound:
    """A limit, put as `text`, that figures must keep to: above it or below, itself among them when `closed`.

    `end` is the other limit of a range; `dated` is that the limit is a year.
    """

    text: str
    limit: float
    above: bool
    closed: bool
    end: float | None = None
    dated: bool = False

    def holds(self, value: float | None) -> bool:
        """Say whether a figure keeps to the bound."""
        if value is None or (self.end is not None and value > self.end):
            return False
        return (value > self.limit if self.above else value < self.limit) or (self.closed and value == self.limit)


def asks_for_bound(text: str) -> bool:
    """Say whether a question sets a bound, whether or not it can be read."""
    return bool(_BOUND.search(text))


def bound_in(text: str) -> Bound | None:
    """Return the bound that a question sets; None for none, a negated one, or a limit that is no plain figure."""
    match = _BOUND.search(text)
    if match is None or match["not"] or _FRACTION.match(match["after"]):
        return None
    words = match["more"] or match["less"]
    spelt = re.sub(
        rf"\b({'|'.join(WORDS)})\b", lambda m: str(WORDS.index(m.group().lower())), match["limit"], flags=re.I
    )
    limits = figures_in(spelt.strip(" .,"))
    if len(limits) != 1:
        return None
    return Bound(words + match["limit"], limits[0], above=bool(match["more"]), closed=bool(_CLOSED.match(words)))


def limits_in(text: str) -> Bound | None:
    """Return the bound, the range or the bound on years that a question sets: 'between 5 and 9', 'before 1990'."""
    if asks_for_bound(text):
        return bound_in(text)
    if dated := _DATED.search(text):
        word, year = dated["word"].lower(), dated["limit"]
        above = word in ("after", "later than", "since")
        return Bound(dated.group(), float(year), above=above, closed=word in ("since", "until"), dated=True)
    if not (ranged := _BETWEEN.search(text)):
        return None
    low, high = (figures_in(end) for end in ranged.groups())
    if len(low) != 1 or len(high) != 1 or low[0] >= high[0]:
        return None
    dated_range = all(YEAR.fullmatch(end) for end in ranged.groups())
    return Bound(ranged.group(), low[0], above=True, closed=True, end=high[0], dated=dated_range)
