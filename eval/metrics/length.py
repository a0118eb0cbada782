"""How long is the answer?"""

import re

from core.records import Answer

__all__ = ["length", "without_markers"]


def without_markers(answer: Answer) -> str:
    """Return an answer's text without the markers of its citations."""
    markers = "|".join(str(c.marker) for c in answer.citations)
    return re.sub(rf"\s*\[(?:{markers})\]", "", answer.text) if markers else answer.text


def length(answer: Answer) -> int:
    """Return how many words an answer has, markers not counted."""
    return len(without_markers(answer).split())
