"""Figures as texts and cells write them: '9,800', '−12', '(12)', 'RMB 50 billion', 'five thousand'."""

import re

__all__ = ["SCALES", "WORDS", "YEAR", "figure_in", "figures_in"]

WORDS = "zero one two three four five six seven eight nine ten eleven twelve".split()
SCALES = {"hundred": 1e2, "thousand": 1e3, "million": 1e6, "billion": 1e9, "trillion": 1e12}
YEAR = re.compile(r"(?<!\d)(?:1[5-9]|20)\d\d(?!\d)")  # anywhere in a text
_MONTH = re.compile(r"\b(?:jan|feb|mar|apr|may|june?|july?|aug|sept?|oct|nov|dec)[a-z]*\b", re.IGNORECASE)
# Thousands in groups of three; a single group behind a point is a decimal fraction. Glued to a letter it is a code.
_FIGURE = re.compile(
    r"(?<![\w.,])(?P<sign>[-−–]?)(?P<open>\(?)"
    r"(?P<number>\d{1,3}(?:(?:[,’\u00a0\u202f ]\d{3})+|(?:\.\d{3}){2,})(?:\.\d+)?|\d+(?:[.,]\d+)?)(?![.,]?\d)"
    r"(?P<close>\)?)(?:[ -](?P<scale>hundred|thousand|million|billion|trillion))?",
    re.IGNORECASE,
)


def figures_in(text: str) -> list[float]:
    """Return the figures of a text in order; one in parentheses of its own is negative only where that is all."""
    found = []
    for match in _FIGURE.finditer(text):
        value = _value(match["number"]) * SCALES.get((match["scale"] or "").lower(), 1.0)
        bracketed = bool(match["open"] and match["close"]) and match.group() == text.strip()
        found.append(-value if match["sign"] or bracketed else value)
    return found


def figure_in(cell: str) -> float | None:
    """Return the figure of a cell; None when it holds none, several, as a range does, or a date."""
    found = figures_in(cell)
    return found[0] if len(found) == 1 and not _MONTH.search(cell) else None


def _value(number: str) -> float:
    grouped = re.sub(r"[,’\u00a0\u202f ](?=\d{3}(?!\d))", "", number)
    if grouped.count(".") > 1:
        grouped = grouped.replace(".", "")
    return float(grouped.replace(",", "."))
