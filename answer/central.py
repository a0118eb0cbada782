"""Choose what is central and says nothing twice: the arithmetic of an extractive summary."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

__all__ = ["TRADE", "centrality", "next_best"]

TRADE = 0.7  # how much worth counts beside novelty


def centrality(vectors: "NDArray[np.float32]") -> list[float]:
    """Return how central each sentence is among all: the cosine of its vector with their mean, from -1 to 1.

    But for a factor that all share, this is a sentence's mean cosine with every sentence: the degree centrality of
    Erkan and Radev 2004, 'LexRank: Graph-based lexical centrality as salience in text summarization', with the cosines
    as weights of the edges in place of a threshold.

    Args:
        vectors: a unit vector a sentence, float32 of shape (sentences, dimensions).
    """
    import numpy as np

    if not len(vectors):
        return []
    mean = vectors.mean(axis=0)
    return [round(float(c), 6) for c in vectors @ mean / max(float(np.linalg.norm(mean)), 1e-9)]


def next_best(
    worth: Sequence[float], vectors: "NDArray[np.float32]", chosen: Sequence[int], left: Sequence[int]
) -> int:
    """Return which of the sentences that are left to choose next, by maximal marginal relevance; the first of equals.

    Carbonell and Goldstein 1998, 'The use of MMR, diversity-based reranking for reordering documents and producing
    summaries': the one of the greatest TRADE * worth - (1 - TRADE) * its greatest cosine with what is chosen.

    Args:
        worth: of each sentence, about 0 to 1.
        vectors: a unit vector a sentence, float32 of shape (sentences, dimensions).
        chosen: the positions of those chosen so far.
        left: the positions of those to choose from; not empty.
    """

    def gain(position: int) -> float:
        said = max((float(vectors[position] @ vectors[c]) for c in chosen), default=0.0)
        return round(TRADE * worth[position] - (1 - TRADE) * said, 6)

    return max(left, key=lambda position: (gain(position), -position))
