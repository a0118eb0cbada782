"""How sure is it that the document answers: the signals that the calibrated confidence is made of."""

import heapq
import math
import re
from collections.abc import Sequence

from answer.counted import uncounted
from answer.evidence import Evidence
from answer.features import coverage
from answer.kinds import gives_kind
from answer.question import AnswerType, Question
from answer.verify.names import proper_words
from core.records import PassageKind
from index import Index

__all__ = ["SIGNALS", "signals"]

SIGNALS = ("far", "key_coverage", "named", "strange", "worded", "reading", "lacking", "uncounted", "echoing")

_READ = 5  # sentences whose readings count
_LOOKED_AT = 12  # sentences that may give the kind of thing that is asked for
_MOST_LACKING = 2.0  # above that it makes no difference how much less the reader thinks of those that give it
# What goes on about the sentence before.
_LEANS = re.compile(
    r"(?:(?:in|for|at|by|on|with|under|from) )?(?:this|that|these|those|it|they|he|she|its|their|his|her)\b",
    re.IGNORECASE,
)
_NEAR = 0.35  # the cosine of question and passage under which a document hardly speaks of what is asked


def signals(question: Question, evidence: Sequence[Evidence], index: Index) -> tuple[float, ...]:
    """Return the signals in the order of SIGNALS; all zero when there is no evidence.

    `far` is by how much the cosine of the nearest passage lacks of what a passage on the matter has. A question asked
    in other words than the text's shares few of them with it, so words count only where no other would do, in names and
    figures: `key_coverage` is the share of them that the best passages hold. But a name brings its passages to the top
    whatever is asked of it; that is why it matters whether the question is `named`, and whether one of its names is
    `strange`, for no document knows it. `reading` is what the reader thinks of the best sentences in its eyes together:
    the logarithm of the sum of their odds, which those of one sentence lead. It thinks too well of sentences in the
    question's own words; so `worded`, the largest share of these that one sentence has, counts against it. `uncounted`
    is by how much what these sentences count is unlike what the question counts.
    """
    if not evidence:
        return (0.0,) * len(SIGNALS)
    keys = question.names | question.figures
    leading = {term for e in evidence[:3] for term in _terms(question, e)}
    telling = [e for e in evidence if not e.text.endswith("?")]  # a question of the text answers none
    read = heapq.nlargest(_LOOKED_AT, telling or evidence, key=_reading)
    together = _together(read)
    return (
        max(0.0, _NEAR - max(e.feature("passage_cosine") for e in evidence)),
        coverage(keys, leading, index.idf),
        float(bool(question.names)),
        float(any(not _is_known(name, index) for name in question.names)),
        max(e.feature("sentence_coverage") for e in evidence),
        together,
        min(_MOST_LACKING, together - _together(_giving(question, read))),
        uncounted(question.text, read[:_READ], index),
        read[0].feature("precision"),
    )


def _is_known(term: str, index: Index) -> bool:
    return index.knows(term) or bool(index.variants(term))


def _reading(evidence: Evidence) -> float:
    return evidence.feature("reading")


def _together(read: Sequence[Evidence]) -> float:
    """Return the logarithm of the odds of the best sentences together, in the reader's eyes; minus infinity of none."""
    odds = sum(math.exp(_reading(e)) for e in read[:_READ])
    return math.log(odds) if odds else -math.inf


def _giving(question: Question, read: Sequence[Evidence]) -> Sequence[Evidence]:
    """Return the sentences that give the kind of thing that is asked for; all where that cannot be told."""
    gives = gives_kind(question, proper_words([e.hit.passage.text for e in read]))
    if gives is None or not read:
        return read
    told = _with_what_leans_on_it if question.answer_type is AnswerType.REASON else _alone
    return [e for e in read if gives(told(e), e.hit.passage.kind is PassageKind.TABLE)]


def _alone(evidence: Evidence) -> str:
    return evidence.text


def _with_what_leans_on_it(evidence: Evidence) -> str:
    """A sentence, with the one behind it where that goes on about the same: 'The directors refused. They had …'."""
    passage = evidence.hit.passage
    behind = [span for span in passage.sentences if span[0] >= evidence.span[1]][:1]
    said = "".join(passage.text[start - passage.start : end - passage.start] for start, end in behind)
    return f"{evidence.text} {said}" if _LEANS.match(said) else evidence.text


def _terms(question: Question, evidence: Evidence) -> set[str]:
    """Return the terms of a sentence's passage and of what stands over it."""
    passage = evidence.hit.passage
    return question.terms_of(" ".join((passage.context, *passage.section, passage.text)))
