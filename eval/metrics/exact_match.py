"""Is the answer the gold answer, word for word?"""

import re
import string

from eval.text import normalize

__all__ = ["exact_match", "squad_words"]

_PUNCTUATION = str.maketrans("", "", string.punctuation)


def squad_words(text: str) -> list[str]:
    """Return a text's words as SQuAD compares them: lower case, no punctuation, no articles.

    Rajpurkar et al. 2016, 'SQuAD: 100,000+ Questions for Machine Comprehension of Text', and its evaluation script;
    typographic quotes and dashes are made plain first, since the script knows ASCII punctuation only.
    """
    return re.sub(r"\b(a|an|the)\b", " ", normalize(text).translate(_PUNCTUATION)).split()


def exact_match(given: str, gold: str) -> float:
    """Return 1 when the words of both are the same, else 0."""
    return float(squad_words(given) == squad_words(gold))
