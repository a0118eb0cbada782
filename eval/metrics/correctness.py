"""Is the answer right?"""

from collections.abc import Sequence

from core.records import Answer
from eval.dataset import LONG_KINDS, EvidenceSpan, Question
from eval.metrics.length import length, without_markers
from eval.metrics.overlap import stands_at
from eval.text import holds

__all__ = ["correctness", "facts_right", "within_length"]

MOST_WORDS = 120
MOST_WORDS_LONG = 200  # of a list, table, summary, comparison or explanation


def correctness(question: Question, answer: Answer, gold: Sequence[EvidenceSpan]) -> float:
    """Return 1 for a right answer, else 0.

    An answerable question is right when the answer holds all required facts, nothing forbidden, and is not too long;
    an unanswerable one when it is refused; one with a false premise when it is refused, or when the answer cites the
    passage that corrects the premise, is not empty and not too long.
    """
    if question.kind == "false_premise" and any(stands_at(c, gold) for c in answer.citations):
        return float(answer.refused or (length(answer) > 0 and within_length(question, answer)))
    if not question.answerable or answer.refused:
        return float(answer.refused and not question.answerable)
    return float(facts_right(question, answer) and within_length(question, answer))


def facts_right(question: Question, answer: Answer) -> bool:
    """Say whether an answer, markers aside, holds every required fact in some form, and nothing forbidden."""
    text = without_markers(answer)
    held = all(any(holds(text, fact) for fact in alternatives) for alternatives in question.must)
    return held and not any(holds(text, fact) for fact in question.must_not)


def within_length(question: Question, answer: Answer) -> bool:
    """Say whether an answer keeps to the length of its kind, markers not counted."""
    return length(answer) <= (MOST_WORDS_LONG if question.kind in LONG_KINDS else MOST_WORDS)
