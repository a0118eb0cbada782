"""Say why the documents do not answer: which words of the question they lack."""

import re
from collections.abc import Sequence

from answer.evidence import Evidence
from answer.question import Question
from index import Index
from index.terms import analyze

__all__ = ["why_refused"]

_NEAREST = 3  # sentences whose words may say the same
# The cosine of two words from which on one may stand for the other: 'fire' and 'blaze' have .61, 'vehicles' and 'cars'
# .88, but 'painted' and 'drawn' .62; 'seal' and 'photograph' have .33, as most words that merely go together.
_SAME = 0.6
# Words of no matter of their own: that a text lacks them tells nothing.
_EMPTY = frozenset(
    analyze(
        "get got go going gone went come came put take taken took make made give given gave keep kept let set "
        "want need try use find found show shown see seen look seem become became begin began start stop happen "
        "hold held bring brought turn leave left stand stood do thing something anything everything nothing "
        "someone anyone everyone somebody anybody nobody way lot bit fact case actually really ever never always "
        "often sometimes even still already else without against around away back beyond along yet maybe perhaps "
        "quite rather within since though although among per via long short old new large big great small little "
        "good bad well better best high low fast slow much less least sure able whole real different certain "
        "another next last first"
    )
)
_WORD = re.compile(r"\w[\w’'-]*")


def why_refused(question: Question, evidence: Sequence[Evidence], index: Index) -> str:
    """Return a sentence that says why a question is refused.

    Words are named that no passage has: names, figures, and such others as have a matter of their own and for which
    the nearest sentences have no word of like meaning. A text may say the same in other words, and often does.

    Args:
        question: as read.
        evidence: scored sentences, best first.
        index: knows the words of its documents, and embeds.
    """
    if not evidence:
        return "No passage has anything to do with the question."
    missing = [word for word in dict.fromkeys(_WORD.findall(question.text)) if _is_missing(word, question, index)]
    if not missing:
        return "It has the words of the question, but no passage that brings them together."
    keys = {word for word in missing if _is_key(word, question)}
    others = [word for word in missing if word not in keys and not _EMPTY.issuperset(analyze(word))]
    keys.update(_unlike(others, evidence[:_NEAREST], index))
    told = [f"‘{word}’" for word in missing if word in keys]
    if not told:
        return "No passage was found that says it, in these words or in others."
    return f"It never uses the {'words' if len(told) > 1 else 'word'} {', '.join(told)}."


def _is_missing(word: str, question: Question, index: Index) -> bool:
    terms = set(analyze(word)).intersection(question.terms)
    return bool(terms) and not any(index.knows(term) for term in terms)


def _is_key(word: str, question: Question) -> bool:
    """Say whether no other word would do for a word: it is of a name, or a figure."""
    return not question.names.union(question.figures).isdisjoint(analyze(word))


def _unlike(words: Sequence[str], nearest: Sequence[Evidence], index: Index) -> set[str]:
    """Return the words for which the nearest sentences have no other word."""
    own = dict.fromkeys(w.lower() for e in nearest for w in _WORD.findall(e.text) if w[0].isalpha() and analyze(w))
    if not words or not own:
        return set(words)
    import numpy as np

    vectors = index.embed([*words, *own])
    cosines = np.einsum("ij,kj->ik", vectors[: len(words)], vectors[len(words) :])
    return {word for word, likest in zip(words, cosines.max(axis=1).tolist(), strict=True) if likest < _SAME}
