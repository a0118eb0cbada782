"""Answer from a tally in running text, as in 'The boats lie as follows: Hull (30), Selby (20) and Goole (14)'."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from answer.evidence import Evidence
from answer.figures import figure_in
from answer.question import AnswerType, Question
from index import Index

__all__ = ["Tally", "answer_from_tally", "read_tally"]

_FEWEST = 3  # things with a figure that make a tally
# The cosine of what is asked for and what is counted from which on they are the same: 'projects' and 'digital
# initiatives' have .37, 'people' and these .18.
_LIKE = 0.3
_ITEM = re.compile(r"([A-Z][\w’'-]*(?: [A-Z][\w’'-]*){0,3}|[a-z][\w’'-]+) \((\d[\d,.]*)\)")
_YEAR = re.compile(r"(?:1[5-9]|20)\d\d")
_WORDS = r"((?:[a-z][\w’'-]* ){0,2}[a-z][\w’'-]*)"
_OF_THINGS = re.compile(rf"(?:\d|more|less|over|under|about)[\d,.]* {_WORDS[:-1]}s)\b")
_OVER = r"(?:is|are|was|were|do|does|did|has|have|had|can|could|will|would|in|of|at|for|from|by|there)"
_HOW_MANY = re.compile(rf"\b(?:how many|(?:the|what) number of) (.+?)(?= {_OVER}\b|[?.!]|$)", re.IGNORECASE)
_MOST = re.compile(
    rf"\b(?:most|fewest|(?:highest|largest|biggest|greatest|lowest|smallest) number of) (.+?)(?= {_OVER}\b|[?.!]|$)",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Tally:
    """What a sentence counts, as it says it, and how many of them each thing has; `figures` by label."""

    counted: str
    figures: dict[str, float]


def read_tally(sentence: str) -> Tally | None:
    """Return the tally in a sentence; None where fewer than three things have a figure, or these are years."""
    items = [item for item in _ITEM.finditer(sentence) if not _YEAR.fullmatch(item[2])]
    figures = {item[1]: figure for item in items if (figure := figure_in(item[2])) is not None}
    if len(figures) < _FEWEST:
        return None
    head = sentence[: items[0].start()]
    things = _OF_THINGS.search(head)
    return Tally(things[1] if things else head.strip(" :,"), figures)


def answer_from_tally(question: Question, evidence: Sequence[Evidence], index: Index) -> Evidence | None:
    """Return the sentence with the tally that answers a question; None when none does.

    A question for the count of one thing, for what has a given count, or for the most or fewest is answered where the
    tally counts what is asked for, which the embedder tells: 'projects' may be 'initiatives', and are no 'people'.

    Args:
        question: as read.
        evidence: scored sentences, best first.
        index: gives cosines.
    """
    asked = _counted(question)
    if not asked:
        return None
    found: list[tuple[int, Evidence]] = []
    for e in evidence:
        tally = read_tally(e.text)
        if tally and _answers(question, tally, e) and index.cosines(asked, [tally.counted])[0] >= _LIKE:
            found.append((len(tally.figures), e))
    return max(found, key=lambda pair: pair[0])[1] if found else None


def _counted(question: Question) -> str:
    """What a question wants the count of: 'boats' in 'How many boats lie in Hull?', empty for another question."""
    if how_many := _HOW_MANY.search(question.text) or _MOST.search(question.text):
        return _without_verb(how_many[1])
    if question.figures and question.answer_type is not AnswerType.NUMBER and (of := _OF_THINGS.search(question.text)):
        return of[1]
    return ""


def _without_verb(phrase: str) -> str:
    """The words up to the first plural: 'boats lie' counts boats."""
    words = phrase.split()
    plural = next((n for n, word in enumerate(words) if word.endswith("s") and not word.endswith("ss")), len(words) - 1)
    return " ".join(words[: plural + 1])


def _answers(question: Question, tally: Tally, evidence: Evidence) -> bool:
    """Say whether a tally has what a question names; other names in it must be those of the sentence or its place."""
    passage = evidence.hit.passage
    around = question.terms_of(" ".join((passage.context, *passage.section, evidence.text)))
    if not question.names <= around:
        return False
    if _MOST.search(question.text):
        return bool(question.names)
    if _HOW_MANY.search(question.text):
        labels = (question.terms_of(label) for label in tally.figures)
        return any(label and label <= question.names for label in labels)
    asked = {figure_in(figure) for figure in question.figures}
    return any(figure in asked for figure in tally.figures.values())
