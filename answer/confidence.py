"""How sure is it that the document answers: the signals that the calibrated confidence is made of."""

import heapq
import math
from collections.abc import Sequence

from answer.evidence import Evidence
from answer.features import coverage
from answer.question import Question
from index import Index

__all__ = ["SIGNALS", "signals"]

SIGNALS = ("sentence_cosine", "far", "key_coverage", "named", "unmet", "row", "reading")

_READ = 5  # sentences whose readings count
_NEAR = 0.35  # the cosine of question and passage under which a document hardly speaks of what is asked


def signals(question: Question, evidence: Sequence[Evidence], index: Index) -> tuple[float, ...]:
    """Return the signals in the order of SIGNALS; all zero when there is no evidence.

    A question asked in other words than the text's shares few of them with it, so words count only where no other
    would do, in names and figures: `key_coverage` is the share of them that the best passages hold. But a name brings
    its passages to the top whatever is asked of it; that is why it matters whether the question is `named`, and how
    much of what it asks beside names and figures is `unmet` by the best passage. `far` is by how much the cosine of
    the nearest passage lacks of what a passage on the matter has; `row` the cosine of the best sentence when it is a
    row of a table, which has few words to be found by, else zero. `reading` is what the reader thinks of the best
    sentences in its eyes together: the logarithm of the sum of their odds, which those of one sentence lead.
    """
    if not evidence:
        return (0.0,) * len(SIGNALS)
    best = evidence[0]
    keys = question.names | question.figures
    asked = [term for term in question.terms if term not in keys]
    leading = {term for e in evidence[:3] for term in _terms(question, e)}
    return (
        max(e.feature("sentence_cosine") for e in evidence),
        max(0.0, _NEAR - max(e.feature("passage_cosine") for e in evidence)),
        coverage(keys, leading, index.idf),
        float(bool(question.names)),
        1 - coverage(asked, _terms(question, best), index.idf) if keys else 0.0,
        best.feature("sentence_cosine") if "\t" in best.text else 0.0,
        math.log(sum(math.exp(logit) for logit in heapq.nlargest(_READ, (e.feature("reading") for e in evidence)))),
    )


def _terms(question: Question, evidence: Evidence) -> set[str]:
    """Return the terms of a sentence's passage and of what stands over it."""
    passage = evidence.hit.passage
    return question.terms_of(" ".join((passage.context, *passage.section, passage.text)))
