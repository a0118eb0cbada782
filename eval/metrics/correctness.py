"""Is the answer right?"""

from collections.abc import Sequence

from core.records import Answer
from eval.dataset import LONG_KINDS, EvidenceSpan, Question
from eval.metrics.citations import overlaps
from eval.text import normalize

__all__ = ["correctness", "within_length"]

MOST_WORDS = 120
MOST_WORDS_LONG = 200  # of a list, table, summary, comparison or explanation


def correctness(question: Question, answer: Answer, gold: Sequence[EvidenceSpan]) -> float:
    """Return 1 for a right answer, else 0.

    An answerable question is right when the answer holds all required facts, nothing forbidden, and is not too long;
    an unanswerable one when it is refused; one with a false premise when it is refused or the passage that corrects
    the premise is cited.
    """
    if question.kind == "false_premise" and any(overlaps(c, gold) for c in answer.citations):
        return 1.0
    if not question.answerable or answer.refused:
        return float(answer.refused and not question.answerable)
    text = normalize(answer.text)
    held = all(any(normalize(fact) in text for fact in alternatives) for alternatives in question.must)
    forbidden = any(normalize(fact) in text for fact in question.must_not)
    return float(held and not forbidden and within_length(question, answer))


def within_length(question: Question, answer: Answer) -> bool:
    """Say whether an answer keeps to the length of its kind, markers not counted."""
    words = len(answer.text.split()) - len(answer.citations)
    return words <= (MOST_WORDS_LONG if question.kind in LONG_KINDS else MOST_WORDS)
