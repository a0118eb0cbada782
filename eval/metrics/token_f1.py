"""How many words do the answer and the gold answer share?"""

from collections import Counter
from collections.abc import Iterable

from eval.metrics.exact_match import squad_words

__all__ = ["best_f1", "token_f1"]


def token_f1(given: str, gold: str) -> float:
    """Return the harmonic mean of the words' precision and recall, as SQuAD defines it (Rajpurkar et al. 2016)."""
    words, wanted = squad_words(given), squad_words(gold)
    shared = (Counter(words) & Counter(wanted)).total()
    if not words or not wanted:
        return float(words == wanted)
    return 2 * shared / (len(words) + len(wanted))


def best_f1(quotes: Iterable[str], gold: str) -> float:
    """Return the F1 of the quote that shares most with the gold answer; 0 without quotes."""
    return max((token_f1(quote, gold) for quote in quotes), default=0.0)
