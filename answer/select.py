"""Choose the sentences to quote: the best, and those near it in worth, one to four in all."""

import re
from collections.abc import Iterable, Sequence

from answer.evidence import Evidence

__all__ = ["select_quotes"]

MOST_QUOTES = 4  # of 369 development questions 283 are right with four, 278 with three
MOST_WORDS = 110  # of all quotes together; a longer single sentence is quoted whole
MARGIN = 2.5  # how far below the best score a sentence may lie and still be quoted; chosen on development questions

_APART = 1200  # characters between the first of several and the last that is told of
_COUNTED = re.compile(
    r"(?:and |the )*(?:first|second|third|fourth|fifth)(?:ly,|,| (?:of (?:these|them)|is|are|was|were|concerns?)\b)",
    re.IGNORECASE,
)
_PRONOUN = re.compile(r"(?:It|Its|They|Their|He|His|She|Her)\b")


def select_quotes(evidence: Sequence[Evidence], among: Sequence[Evidence] = ()) -> tuple[Evidence, ...]:
    """Return the sentences to quote: best passage first, and within a passage in the order of the text.

    A sentence that opens with a pronoun is quoted with the sentence before it, where there is room, one that ends in a
    colon with the sentence behind it, and one that is the first, second or third of several, each told in a sentence,
    with the others.

    Args:
        evidence: scored sentences, best first; not empty.
        among: those of them that may be quoted; all when empty.
    """
    among = among or evidence
    before = _sentences_before(evidence)
    behind = {earlier: later for later, earlier in before.items()}
    chosen: list[Evidence] = []
    for candidate in among:
        if candidate.score < among[0].score - MARGIN or len(chosen) == MOST_QUOTES:
            break
        antecedent = before.get(candidate) if _PRONOUN.match(candidate.text) else None
        if antecedent and _fits([*chosen, antecedent, candidate]):
            chosen += [e for e in (antecedent, candidate) if e not in chosen]
        elif candidate not in chosen and (not chosen or _fits([*chosen, candidate])):
            chosen.append(candidate)
            chosen += _others_counted(candidate, chosen, evidence)
            announced = behind.get(candidate) if candidate.text.endswith(":") else None
            chosen += [announced] if announced and announced not in chosen and _fits([*chosen, announced]) else []
    places = {e.hit.passage.id: i for i, e in reversed(list(enumerate(chosen)))}
    return tuple(sorted(chosen, key=lambda e: (places[e.hit.passage.id], e.span)))


def _others_counted(told: Evidence, chosen: Sequence[Evidence], evidence: Iterable[Evidence]) -> list[Evidence]:
    """The sentences that tell the others where one tells 'the second' of several; none where they do not fit in."""
    if not _COUNTED.match(told.text):
        return []
    document, (start, end) = told.hit.passage.document_id, told.span
    others = sorted(
        (
            e
            for e in dict.fromkeys(evidence)
            if e.hit.passage.document_id == document
            and e not in chosen
            and _COUNTED.match(e.text)
            and start - _APART < e.span[0] < end + _APART
        ),
        key=lambda e: e.span,
    )
    return others if _fits([*chosen, *others]) else []


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


def _fits(quotes: Sequence[Evidence]) -> bool:
    texts = {e.text for e in quotes}
    distinct = len(texts) == len({(e.hit.passage.id, e.span) for e in quotes})
    return distinct and len(texts) <= MOST_QUOTES and sum(len(text.split()) for text in texts) <= MOST_WORDS
