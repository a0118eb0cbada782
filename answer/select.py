"""Choose the sentences to quote: the best, and those near it in worth, one to four in all."""

import re
from collections.abc import Callable, Iterable, Sequence

from answer.enumerated import announced, others_counted
from answer.evidence import Evidence
from answer.nearby import behind

__all__ = ["MOST_ITEMS", "MOST_QUOTES", "MOST_WORDS", "MOST_WORDS_OF_LIST", "fit_together", "select_quotes"]

MOST_QUOTES = 4  # of 369 development questions 283 are right with four, 278 with three
MOST_WORDS = 110  # of all quotes together; a longer single sentence is quoted whole
MOST_ITEMS = 10  # of a list, what announces it among them
MOST_WORDS_OF_LIST = 160
MARGIN = 2.5  # how far below the best score a sentence may lie and still be quoted; chosen on development questions

_SIGNS = frozenset({"note", "tip", "hint", "warning", "caution", "important", "danger", "example"})  # over a box
_PRONOUN = re.compile(r"(?:It|Its|They|Their|He|His|She|Her)\b")


def select_quotes(
    evidence: Sequence[Evidence],
    among: Sequence[Evidence] = (),
    following: Callable[[Evidence], Sequence[Evidence]] | None = None,
    *,
    whole_lists: bool = False,
) -> tuple[Evidence, ...]:
    """Return the sentences to quote: best passage first, and within a passage in the order of the text.

    A sentence that opens with a pronoun is quoted with the sentence before it, and one under a label with that, where
    there is room; one that ends in a colon with the sentence behind it, one that announces several with those behind it
    that tell them ('Two things helped. First, …'), and one that is the first, second or third of several, each told in
    a sentence, with the others.

    Of a list that a sentence announces which is nearly as good as the best more may be quoted.

    Args:
        evidence: scored sentences, best first; not empty.
        among: those of them that may be quoted; all when empty.
        following: gives the sentences behind one; None to look for them among the scored.
        whole_lists: whether the items of a list that is announced may be more, and longer, than other quotes.
    """
    among = among or evidence
    before = _sentences_before(evidence)
    scored = {(e.hit.passage.id, e.span): e for e in evidence}
    chosen: list[Evidence] = []
    listed: list[Evidence] = []
    for candidate in among:
        if candidate.score < among[0].score - MARGIN or len(chosen) - len(listed) == MOST_QUOTES:
            break
        antecedent = before.get(candidate)
        if antecedent and not (antecedent.label or _PRONOUN.match(candidate.text)):
            antecedent = None
        if antecedent and antecedent.text.lower() in _SIGNS:
            antecedent = None
        if antecedent and _fits([*chosen, antecedent, candidate], listed):
            chosen += [e for e in (antecedent, candidate) if e not in chosen]
        elif candidate not in chosen and (not chosen or _fits([*chosen, candidate], listed)):
            chosen.append(candidate)
            others = others_counted(candidate, chosen, evidence)
            chosen += others if _fits([*chosen, *others], listed) else []
            later = following(candidate) if following else behind(candidate, evidence)
            near = candidate.score >= among[0].score - MARGIN / 2
            for unscored in announced(candidate, later):
                told = scored.get((unscored.hit.passage.id, unscored.span), unscored)
                items = [*listed, told] if whole_lists and near else listed
                if told not in chosen and _fits([*chosen, told], items):
                    chosen.append(told)
                    listed = items
    places = {e.hit.passage.id: i for i, e in reversed(list(enumerate(chosen)))}
    return tuple(sorted(chosen, key=lambda e: (places[e.hit.passage.id], e.span)))


def fit_together(quotes: Sequence[Evidence]) -> bool:
    """Say whether quotes that are no list are few and short enough to be shown together."""
    return len(quotes) <= MOST_QUOTES and sum(len(e.text.split()) for e in quotes) <= MOST_WORDS


def _sentences_before(evidence: Iterable[Evidence]) -> dict[Evidence, Evidence]:
    """For each sentence the one before it in its passage."""
    by_place = {(e.hit.passage.id, e.span): e for e in evidence}
    found = {}
    for e in by_place.values():
        spans = e.hit.passage.sentences
        position = spans.index(e.span)
        if position:
            found[e] = by_place[e.hit.passage.id, spans[position - 1]]
    return found


def _fits(quotes: Sequence[Evidence], listed: Sequence[Evidence]) -> bool:
    """Say whether quotes are few and short enough; of those that are items of a list there may be more."""
    texts = {e.text for e in quotes}
    distinct = len(texts) == len({(e.hit.passage.id, e.span) for e in quotes})
    words = MOST_WORDS_OF_LIST if listed else MOST_WORDS
    few = len(texts) - len(listed) <= MOST_QUOTES and len(listed) < MOST_ITEMS
    return distinct and few and sum(len(text.split()) for text in texts) <= words
