"""What speaks for a sentence as the answer to a question: the features of the scorer."""

import re
from collections.abc import Callable, Collection
from dataclasses import dataclass

from answer.question import AnswerType, Question

__all__ = ["FEATURES", "Candidate", "features", "looks_citing"]

FEATURES = (
    "sentence_cosine",
    "passage_cosine",
    "sentence_coverage",
    "passage_coverage",
    "precision",
    "type_match",
    "reading",
)

_CITATION = re.compile(r"\([^()]*\b(?:1[5-9]|20)\d\d[a-z]?\b[^()]*\)|\[\d{1,3}(?:[,;–-]\s?\d{1,3})*\]")
_YEAR = re.compile(
    r"\b(?:1[0-9]|20)\d\d\b|\b(?:January|February|March|April|May|June|July|August|September|October|November|December)\b"
)
_NUMBER = re.compile(
    r"\d|\b(?:two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|\w+teen|twenty|thirty|forty|fifty|sixty|"
    r"seventy|eighty|ninety|hundreds?|thousands?|millions?|billions?|trillions?|half|dozens?|first|second|third)\b",
    re.IGNORECASE,
)
_NAME = re.compile(r"(?<!^)(?<![.?!]\s)\b[A-Z][\w’'-]+")
_REASON = re.compile(
    r"\b(?:because|due to|owing to|as a result|result(?:s|ed|ing)? (?:from|in)|thus|therefore|hence|since|so that|"
    r"le(?:d|ads?) to|caus\w+|reasons?|explain\w*|in order to|thanks to|helped|as they|"
    r"to (?:avoid|gain|overcome|promote))\b",
    re.IGNORECASE,
)

_SUMS_UP = re.compile(
    r"\b(?:this (?:chapter|paper|article|study|report|book|essay|document|guide|analysis)|"
    r"the (?:chapter|paper|analysis)|I argue|we (?:argue|show|find)|argue[sd]? that|"
    r"in (?:summary|short|conclusion|sum)|overall|to sum up)\b",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Candidate:
    """A sentence that might answer, with what retrieval says of it: cosines from -1 to 1.

    `antecedent` is the sentence before when this one points back to it; `surroundings` are the passage and its
    sections.
    """

    text: str
    antecedent: str
    surroundings: str
    sentence_cosine: float
    passage_cosine: float


def features(question: Question, candidate: Candidate, idf: Callable[[str], float]) -> tuple[float, ...]:
    """Return the features of a candidate in the order of FEATURES, each from 0 to about 1.

    The last, `reading`, is the reader's logit: 0 for what is not read yet.
    """
    own = question.terms_of(candidate.text)
    terms = own | question.terms_of(candidate.antecedent)
    around = terms | question.terms_of(candidate.surroundings)
    return (
        max(candidate.sentence_cosine, 0.0),
        max(candidate.passage_cosine, 0.0),
        coverage(question.terms, terms, idf),
        coverage(question.terms, around, idf),
        len(own.intersection(question.terms)) / max(len(own), 1),
        float(matches_type(question, candidate.text)),
        0.0,
    )


def coverage(wanted: Collection[str], found: Collection[str], idf: Callable[[str], float]) -> float:
    """Return the share of the wanted terms' idf weight that is found; 1 when nothing is wanted."""
    total = sum(map(idf, wanted))
    return sum(idf(term) for term in wanted if term in found) / total if total else 1.0


def looks_citing(sentence: str) -> bool:
    """Say whether a sentence has what looks like a citation: a year in parentheses, or a number in brackets."""
    return bool(_CITATION.search(sentence))


def matches_type(question: Question, sentence: str) -> bool:
    """Say whether a sentence holds the kind of thing that the question asks for, beyond the question's own words."""
    kind = question.answer_type
    if kind is AnswerType.OTHER:
        return True
    if kind is AnswerType.SOURCE:
        return looks_citing(sentence)
    if kind is AnswerType.REASON:
        return bool(_REASON.search(sentence))
    if kind is AnswerType.SUMMARY:
        return bool(_SUMS_UP.search(sentence))
    if kind is AnswerType.COMPARISON:
        return len(question.names & question.terms_of(sentence)) > 1
    plain = _CITATION.sub(" ", sentence)
    if kind is AnswerType.LIST:
        return plain.count(",") + plain.count(";") > 1
    pattern = {AnswerType.NUMBER: _NUMBER, AnswerType.DATE: _YEAR}.get(kind, _NAME)
    asked = set(question.terms)
    return any(not asked.issuperset(question.terms_of(match)) for match in pattern.findall(plain))
