"""Close misspellings find each other: terms of the index that a term is likely to be another spelling of."""

from collections.abc import Callable, Collection
from functools import lru_cache

from index.peoples import same_land

__all__ = ["Spellings"]

_SHORTEST = 5  # letters; shorter words that differ by a letter are other words
_LONG = 9  # letters from which two edits are let pass
_ODD = 1.0  # Zipf frequency of the wordfreq library under which a word is hardly known


class Spellings:
    """Tells other spellings of a term, by the terms of an index.

    Args:
        frequency: in how many passages a term stands; 0 for a word that no longer does.
        words: the terms that begin with a letter and have so many.
    """

    def __init__(self, frequency: Callable[[str], int], words: Callable[[str, int], Collection[str]]) -> None:
        self._frequency = frequency
        self._words = words
        self.variants = lru_cache(maxsize=4096)(self._variants)

    def _variants(self, term: str) -> frozenset[str]:
        """Return the other spellings of a term in the index: one edit apart, or two for a long word.

        One of a pair must look like a slip: a word that no list knows and that the index has in one passage at most.
        So 'Winchster' finds 'Winchester', while two towns whose names differ by a letter stay apart. The first letter
        counts, as slips seldom touch it. A country and its adjective are one: 'Finnish' finds 'Finland'.
        """
        lands = {other for other in same_land(term) if self._frequency(other)}
        if lands or not _can_be_misspelt(term):
            return frozenset(lands)
        from rapidfuzz.distance import OSA
        from rapidfuzz.process import extract

        edits = 2 if len(term) >= _LONG else 1
        lengths = range(max(len(term) - edits, _SHORTEST), len(term) + edits + 1)
        words = [word for length in lengths for word in self._words(term[0], length) if word.isalpha()]
        near = extract(term, words, scorer=OSA.distance, score_cutoff=edits, limit=None)
        others = [word for word, _, _ in near if word != term and self._frequency(word)]
        slip = bool(others) and self._is_slip(term)
        return frozenset(word for word in others if slip or self._is_slip(word))

    def _is_slip(self, term: str) -> bool:
        from wordfreq import zipf_frequency

        return self._frequency(term) <= 1 and float(zipf_frequency(term, "en")) < _ODD


def _can_be_misspelt(term: str) -> bool:
    return len(term) >= _SHORTEST and term.isalpha()
