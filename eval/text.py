"""How texts are made comparable before a fact is looked for in one."""

import re
import unicodedata
from collections.abc import Iterable

__all__ = ["holds", "normalize", "strip_markers"]

_PLAIN = str.maketrans({"’": "'", "‘": "'", "“": '"', "”": '"', "–": "-", "—": "-", "‐": "-"})
_RAISED = dict.fromkeys(map(ord, "⁰¹²³⁴⁵⁶⁷⁸⁹"))


def normalize(text: str) -> str:
    """Return a text in lower case with plain quotes and dashes, single spaces, and no compatibility forms (NFKC)."""
    folded = unicodedata.normalize("NFKC", text).translate(_PLAIN).casefold()
    return re.sub(r"\s+", " ", folded).strip()


def strip_markers(text: str, markers: Iterable[int]) -> str:
    """Return an answer's text without the markers of its citations: '[1]', for the numbers given."""
    numbers = "|".join(map(str, markers))
    return re.sub(rf"\s*\[(?:{numbers})\]", "", text) if numbers else text


def holds(text: str, fact: str) -> bool:
    """Say whether a text without markers holds a fact, both normalised.

    A fact that begins or ends in a digit has no digit beside it there: '60' is not in '1600'. A raised figure may be a
    note's marker or an exponent, so that the text counts with its raised figures and without them.
    """
    wanted = normalize(fact)
    before, behind = (r"(?<!\d)" * wanted[:1].isdigit(), r"(?!\d)" * wanted[-1:].isdigit())
    found = re.compile(f"{before}{re.escape(wanted)}{behind}")
    return any(found.search(normalize(said)) for said in (text, text.translate(_RAISED)))
