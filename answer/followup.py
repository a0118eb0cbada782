"""Complete a follow-up question from the questions before it."""

import re
from collections.abc import Sequence

from answer.question import NAME

__all__ = ["complete_question"]

_POINTS_BACK = re.compile(
    r"\b(?:it|its|they|them|their|theirs|he|him|his|she|her|hers|this|that|these|those|there|then|ones?|"
    r"former|latter|same|both|others?)\b",
    re.IGNORECASE,
)
_GOES_ON = re.compile(
    r"\s*(?:and|but|so|or|also|what about|how about|what of|what else|in which case)\b", re.IGNORECASE
)
_BARE = 3  # words; a question as short as 'Since when?' cannot stand alone


def complete_question(question: str, history: Sequence[str]) -> str:
    """Return the question with what it leaves out, taken from the last question it goes on from.

    A question that stands alone comes back as it is. Names of the earlier question give way to those of the new
    one: 'And in Rome?' after 'How many plants did Paris have?' asks of Rome.
    """
    if not history or not _depends(question):
        return question
    earlier = complete_question(history[-1], history[:-1])
    if NAME.search(question):
        earlier = re.sub(r"\s{2,}", " ", NAME.sub("", earlier))
    return f"{earlier.strip()} {question.strip()}"


def _depends(question: str) -> bool:
    return bool(_GOES_ON.match(question) or _POINTS_BACK.search(question)) or len(question.split()) <= _BARE
