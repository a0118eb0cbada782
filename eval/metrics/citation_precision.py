"""Of the sentences that an answer cites, how many are evidence?"""

from collections.abc import Sequence

from core.records import Answer
from eval.dataset import EvidenceSpan
from eval.metrics.overlap import Sentences, cited_sentences, stands_at

__all__ = ["citation_precision"]


def citation_precision(
    answer: Answer, gold: Sequence[EvidenceSpan], sentences: Sentences, *, answerable: bool = True
) -> float | None:
    """Return the share of cited sentences that stand at gold evidence; None without citations.

    Without evidence it is None of an answerable question, and 0 of one that has no answer: no citation can be right.
    """
    if not answer.citations:
        return None
    if not gold:
        return None if answerable else 0.0
    cited = cited_sentences(answer, sentences)
    return sum(stands_at(sentence, gold) for sentence in cited) / len(cited)
