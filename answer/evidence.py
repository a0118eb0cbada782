"""Score the sentences of the hits as answers to a question."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from answer.bounds import asks_for_bound
from answer.features import FEATURES, Candidate, features
from answer.model import Model
from answer.question import Question
from core.records import Hit, PassageKind, Span
from index import Index
from ingest import points_back

__all__ = ["Evidence", "missing_numbers", "score_sentences"]

_YEAR = re.compile(r"(?<!\d)(?:1[5-9]|20)\d\d(?!\d)")
_NUMBERED = re.compile(
    r"(?<!^)\b(?!(?:Table|Figure|Chapter|Section|Page|Note|Part|Article|Appendix|Box)\b)"
    r"[A-Z][\w’-]+ (?!(?:1[5-9]|20)\d\d\b)\d[\w-]*"
)


@dataclass(frozen=True, slots=True)
class Evidence:
    """A sentence of a hit, its place in the clean text, and how well it answers."""

    hit: Hit
    span: Span
    text: str
    score: float
    features: tuple[float, ...]

    def feature(self, name: str) -> float:
        """Return one feature by its name."""
        return self.features[FEATURES.index(name)]


def score_sentences(
    question: Question, hits: Sequence[Hit], similarities: Sequence[Sequence[float]], index: Index, model: Model
) -> tuple[Evidence, ...]:
    """Return every sentence of the hits, best first; equals keep the order of hits and text.

    Args:
        question: what is asked.
        hits: the retrieved passages.
        similarities: for each hit, the cosine of the question with each of its sentences.
        index: gives the rarity of terms.
        model: the weights of the features.
    """
    found = []
    for hit, cosines in zip(hits, similarities, strict=True):
        passage = hit.passage
        surroundings = "\n".join((passage.context, *passage.section, passage.text))
        before = ""
        for (start, end), cosine in zip(passage.sentences, cosines, strict=True):
            text = passage.text[start - passage.start : end - passage.start]
            context = before if points_back(text) else ""
            if passage.kind is PassageKind.TABLE:  # a row says what it says under its caption and column names
                context = passage.context
            candidate = Candidate(text, context, surroundings, cosine, hit.similarity)
            before = text
            values = features(question, candidate, index.idf)
            found.append(Evidence(hit, (start, end), text, model.score(values), values))
    return tuple(sorted(found, key=lambda evidence: -evidence.score))


def missing_numbers(question: Question, quotes: Sequence[Evidence]) -> tuple[str, ...]:
    """Return the years and numbered names ('Heron 90') of a question, when none stands in the quotes' passages.

    A question that sets a bound has none: 'over 2000' is no year.
    """
    if asks_for_bound(question.text):
        return ()
    asked = tuple(dict.fromkeys([*_NUMBERED.findall(question.text), *_YEAR.findall(question.text)]))
    passages = {quote.hit.passage.id: quote.hit.passage for quote in quotes}.values()
    said = " ".join(" ".join((p.context, *p.section, p.text)) for p in passages).casefold()
    return () if any(number.casefold() in said for number in asked) else asked
