"""BM25 beside the vectors: Lucene's variant, over the terms of index.terms in the live passages of all segments.

The scores are those of bm25s with method 'lucene', to the last bit; but bm25s bakes the statistics of the whole corpus
into each score and would have to index all anew for one passage more. Here they are summed up when a question is asked.
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from math import log
from typing import TYPE_CHECKING

from index.postings import Postings
from index.spelling import Spellings
from index.terms import analyze

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

__all__ = ["Lexical", "Lookup", "reading_order"]

_K1, _B = 1.5, 0.75  # those of bm25s; Robertson and Zaragoza 2009
_TERMS, _RUNS = 1 << 16, 64  # frequencies and runs of words that are kept


@dataclass(frozen=True, slots=True, eq=False)
class Lookup:
    """The postings of a segment, which of its passages are live, and how they are called."""

    postings: Postings
    live: "NDArray[np.bool_]"
    passage_id: Callable[[int], str]

    def of(self, term: str) -> "tuple[NDArray[np.int32], NDArray[np.int32]]":
        """Return the live passages in which a term stands, and how often it stands in each."""
        items, counts = self.postings.of(term)
        kept = self.live[items]
        return items[kept], counts[kept]

    def ids(self, items: "Iterable[int] | NDArray[np.int32]") -> list[str]:
        """Return the ids of passages."""
        return [self.passage_id(int(item)) for item in items]


class Lexical:
    """BM25 rankings of passages, and in how many of them each term stands."""

    def __init__(self, lookups: Sequence[Lookup]) -> None:
        self._lookups = lookups
        self._passages = sum(int(lookup.live.sum()) for lookup in lookups)
        self._frequency = lru_cache(maxsize=_TERMS)(self._count)
        self._words = lru_cache(maxsize=_RUNS)(self._spelt)
        self._spellings = Spellings(self._frequency, self._words)
        self._mean = lru_cache(maxsize=1)(self._mean_length)

    def best(self, query: str, most: int) -> list[str]:
        """Return the ids of at most so many passages that hold a term of a query, best first, equals in their order."""
        import numpy as np

        found: list[tuple[float, str]] = []
        for lookup, scores in zip(self._lookups, self.scores(query), strict=True):
            items = np.flatnonzero(scores)
            if len(items) > most:
                least = np.partition(scores[items], len(items) - most)[len(items) - most]
                items = items[scores[items] >= least]
            found += zip(scores[items].tolist(), lookup.ids(items), strict=True)
        found.sort(key=lambda scored: (-scored[0], reading_order(scored[1])))
        return [i for _, i in found[:most]]

    def scores(self, query: str) -> "list[NDArray[np.float32]]":
        """Return the BM25 score of each passage of each segment; zero where no term of the query stands."""
        import numpy as np

        asked = analyze(query)
        spelt = [other for term in dict.fromkeys(asked) for other in sorted(self.variants(term))]
        terms = [term for term in (*asked, *spelt) if self._frequency(term)]
        scores = [np.zeros(len(lookup.live), dtype=np.float32) for lookup in self._lookups]
        for term in terms:
            weight = float(np.float32(self.idf(term)))
            for lookup, sums in zip(self._lookups, scores, strict=True):
                items, counts = lookup.of(term)
                lengths = lookup.postings.lengths[items]
                share = counts / (_K1 * ((1 - _B) + _B * lengths / self._mean()) + counts)
                sums[items] += (weight * share).astype(np.float32)
        return scores

    def knows(self, term: str) -> bool:
        """Say whether any passage holds a term, in one spelling or another."""
        return bool(self._frequency(term) or self.variants(term))

    def variants(self, term: str) -> frozenset[str]:
        """Return the other spellings of a term that passages use; see Spellings."""
        return self._spellings.variants(term)

    def idf(self, term: str) -> float:
        """Return ln(1 + (N - n + 0.5) / (n + 0.5)), the rarity of a term found in n of N passages (as in Lucene)."""
        n = self._frequency(term)
        return log(1 + (self._passages - n + 0.5) / (n + 0.5))

    def _count(self, term: str) -> int:
        return sum(len(lookup.of(term)[0]) for lookup in self._lookups)

    def _spelt(self, first: str, length: int) -> tuple[str, ...]:
        words = (lookup.postings.words(first, length) for lookup in self._lookups)
        return tuple(dict.fromkeys(word for some in words for word in some))

    def _mean_length(self) -> float:
        return sum(int(lookup.postings.lengths[lookup.live].sum()) for lookup in self._lookups) / self._passages


def reading_order(passage: str) -> tuple[str, int]:
    """What passages are sorted by to stand as in the index: the document's id, and the number within it."""
    document, _, number = passage.rpartition("#")
    return document, int(number)
