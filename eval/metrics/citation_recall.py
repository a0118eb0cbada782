"""Of the sentences of the evidence, how many does an answer cite?"""

from collections.abc import Sequence

from core.records import Answer
from eval.dataset import EvidenceSpan
from eval.metrics.overlap import Sentences, sentences_of, stands_at

__all__ = ["citation_recall"]


def citation_recall(answer: Answer, quotes: Sequence[Sequence[EvidenceSpan]], sentences: Sentences) -> float | None:
    """Return the share of the gold quotes' sentences that some citation stands at; None without gold quotes.

    Each quote is given by all its places, of which the one that is cited best counts.
    """
    if not quotes:
        return None
    cited = [EvidenceSpan(c.document, (c.start, c.end)) for c in answer.citations]
    found = wanted = 0
    for places in quotes:
        met = [[stands_at(s, cited) for s in sentences_of(place, sentences)] for place in places] or [[False]]
        best = max(met, key=lambda sentences_met: sum(sentences_met) / len(sentences_met))
        found += sum(best)
        wanted += len(best)
    return found / wanted
