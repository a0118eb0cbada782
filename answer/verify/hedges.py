"""Words before a number that make a bound or a guess of it: 'more than', 'at most', 'about', of a year 'before'."""

import re

__all__ = ["hedge_before"]

_HEDGES = (
    ("least", r"(?:at least|a minimum of)"),
    ("most", r"(?:at most|up to|a maximum of)"),
    ("above", r"(?<!no )(?:more than|over|above|upwards? of|exceed(?:s|ed|ing)?)"),
    ("below", r"(?<!no )(?:less than|fewer than|under|below)"),
    ("about", r"(?:about|around|roughly|approximately|some|nearly|almost|close to|circa|c\.|an estimated|close on)"),
)
_YEARS = (("above", r"after"), ("below", r"(?:before|prior to)"))  # of years alone
_HEDGE = [(name, re.compile(rf"\b{words}\s+(?:the |a |an |by )?$", re.IGNORECASE)) for name, words in _HEDGES]
_YEAR_HEDGE = [(name, re.compile(rf"\b{words}\s+$", re.IGNORECASE)) for name, words in _YEARS]
_NOT = re.compile(r"\b(?:not|never|no|nobody|\w+n[’']t)\b[^,;:.]*$", re.IGNORECASE)


def hedge_before(before: str, *, year: bool) -> tuple[str, str]:
    """Return the hedge that ends a text, and its words; both empty for none, and 'not before' a year is none."""
    hedges = [*_HEDGE, *(_YEAR_HEDGE if year and not _NOT.search(before) else ())]
    found = ((name, pattern.search(before[-30:])) for name, pattern in hedges)
    return next(((name, match.group()) for name, match in found if match), ("", ""))
