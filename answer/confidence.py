"""How sure is it that the document answers: the signals that the calibrated confidence is made of."""

import heapq
import math
from collections.abc import Sequence

from answer.evidence import Evidence
from answer.features import coverage
from answer.question import Question
from index import Index

__all__ = ["SIGNALS", "signals"]

SIGNALS = ("far", "key_coverage", "named", "worded", "reading")

_READ = 5  # sentences whose readings count
_NEAR = 0.35  # the cosine of question and passage under which a document hardly speaks of what is asked


def signals(question: Question, evidence: Sequence[Evidence], index: Index) -> tuple[float, ...]:
    """Return the signals in the order of SIGNALS; all zero when there is no evidence.

    `far` is by how much the cosine of the nearest passage lacks of what a passage on the matter has. A question asked
    in other words than the text's shares few of them with it, so words count only where no other would do, in names and
    figures: `key_coverage` is the share of them that the best passages hold. But a name brings its passages to the top
    whatever is asked of it; that is why it matters whether the question is `named`. `reading` is what the reader thinks
    of the best sentences in its eyes together: the logarithm of the sum of their odds, which those of one sentence
    lead. It thinks too well of sentences in the question's own words; so `worded`, the largest share of these that one
    sentence has, counts against it.
    """
    if not evidence:
        return (0.0,) * len(SIGNALS)
    keys = question.names | question.figures
    leading = {term for e in evidence[:3] for term in _terms(question, e)}
    return (
        max(0.0, _NEAR - max(e.feature("passage_cosine") for e in evidence)),
        coverage(keys, leading, index.idf),
        float(bool(question.names)),
        max(e.feature("sentence_coverage") for e in evidence),
        math.log(sum(math.exp(logit) for logit in heapq.nlargest(_READ, (e.feature("reading") for e in evidence)))),
    )


def _terms(question: Question, evidence: Evidence) -> set[str]:
    """Return the terms of a sentence's passage and of what stands over it."""
    passage = evidence.hit.passage
    return question.terms_of(" ".join((passage.context, *passage.section, passage.text)))
