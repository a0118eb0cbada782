"""How long is the answer?"""

from core.records import Answer
from eval.text import strip_markers

__all__ = ["length", "without_markers"]


def without_markers(answer: Answer) -> str:
    """Return an answer's text without the markers of its citations."""
    return strip_markers(answer.text, [c.marker for c in answer.citations])


def length(answer: Answer) -> int:
    """Return how many words an answer has, markers not counted."""
    return len(without_markers(answer).split())
