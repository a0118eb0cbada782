"""How sure is it that the document answers: the signals that the calibrated confidence is made of."""

from collections.abc import Sequence

from answer.evidence import Evidence
from answer.features import coverage
from answer.question import Question
from index import Index

__all__ = ["SIGNALS", "signals"]

SIGNALS = (
    "best_score",
    "sentence_cosine",
    "passage_cosine",
    "sentence_coverage",
    "passage_coverage",
    "key_coverage",
    "known",
    "type_match",
)


def signals(question: Question, evidence: Sequence[Evidence], index: Index) -> tuple[float, ...]:
    """Return the signals in the order of SIGNALS; all zero when there is no evidence.

    `known` is the share of the question's weight in terms that the corpus uses at all; `key_coverage` the share of
    its names and figures that the best passages hold.
    """
    if not evidence:
        return (0.0,) * len(SIGNALS)
    leading = evidence[:3]
    held = {t for e in leading for t in question.terms_of(" ".join((e.hit.passage.text, *e.hit.passage.section)))}
    known = [term for term in question.terms if index.knows(term)]
    return (
        leading[0].score,
        max(e.feature("sentence_cosine") for e in evidence),
        max(e.feature("passage_cosine") for e in evidence),
        leading[0].feature("sentence_coverage"),
        max(e.feature("passage_coverage") for e in evidence),
        coverage(question.names | question.figures, held, index.idf),
        coverage(question.terms, known, index.idf),
        max(e.feature("type_match") for e in leading),
    )
