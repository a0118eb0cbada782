"""Of the sentences that an answer cites, how many are evidence?"""

from collections.abc import Sequence

from core.records import Answer
from eval.dataset import EvidenceSpan
from eval.metrics.overlap import Sentences, cited_sentences, stands_at

__all__ = ["citation_precision"]


def citation_precision(answer: Answer, gold: Sequence[EvidenceSpan], sentences: Sentences) -> float | None:
    """Return the share of cited sentences that stand at gold evidence; None without citations or evidence."""
    if not answer.citations or not gold:
        return None
    cited = cited_sentences(answer, sentences)
    return sum(stands_at(sentence, gold) for sentence in cited) / len(cited)
