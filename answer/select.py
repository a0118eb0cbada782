"""Choose the sentences to quote: the best, and those near it in worth, one to four in all."""

import re
from collections.abc import Callable, Iterable, Sequence

from answer.evidence import Evidence
from index import Index

__all__ = ["select_quotes", "sentences_behind"]

MOST_QUOTES = 4  # of 369 development questions 283 are right with four, 278 with three
MOST_WORDS = 110  # of all quotes together; a longer single sentence is quoted whole
MARGIN = 2.5  # how far below the best score a sentence may lie and still be quoted; chosen on development questions

_APART = 1200  # characters between the first of several and the last that is told of
_COUNTED = re.compile(
    r"(?:and |the )*(?:first|second|third|fourth|fifth)(?:ly,|,| (?:of (?:these|them)|is|are|was|were|concerns?)\b)",
    re.IGNORECASE,
)
# How the items open that a sentence announces: all of them in one of these ways.
_ITEMS = (
    re.compile(r"(?:and |the )*(?:first|second|third|fourth|fifth|another|finally|lastly?)\b", re.IGNORECASE),
    re.compile(r"(?:one|another|the others?|a (?:second|third|fourth|fifth))\b", re.IGNORECASE),
    re.compile(r"\(?[a-e1-5][).]\s"),
    re.compile(r"[-–•*]\s"),
)
_COUNTS = ("one", "two", "three", "four", "five")
_ANNOUNCES = re.compile(
    rf"\b(?:({'|'.join(_COUNTS[1:])}|[2-5])|several|the following)\s+(?:[\w’'-]+\s+){{0,2}}?\w+s\b", re.IGNORECASE
)
_PRONOUN = re.compile(r"(?:It|Its|They|Their|He|His|She|Her)\b")


def select_quotes(
    evidence: Sequence[Evidence],
    among: Sequence[Evidence] = (),
    following: Callable[[Evidence], Sequence[Evidence]] | None = None,
) -> tuple[Evidence, ...]:
    """Return the sentences to quote: best passage first, and within a passage in the order of the text.

    A sentence that opens with a pronoun is quoted with the sentence before it, and one under a label with that, where
    there is room; one that ends in a colon with the sentence behind it, one that announces several with those behind it
    that tell them ('Two things helped. First, …'), and one that is the first, second or third of several, each told in
    a sentence, with the others.

    Args:
        evidence: scored sentences, best first; not empty.
        among: those of them that may be quoted; all when empty.
        following: gives the sentences behind one; None to look for them among the scored.
    """
    among = among or evidence
    before = _sentences_before(evidence)
    scored = {(e.hit.passage.id, e.span): e for e in evidence}
    chosen: list[Evidence] = []
    for candidate in among:
        if candidate.score < among[0].score - MARGIN or len(chosen) == MOST_QUOTES:
            break
        antecedent = before.get(candidate)
        if antecedent and not (antecedent.label or _PRONOUN.match(candidate.text)):
            antecedent = None
        if antecedent and _fits([*chosen, antecedent, candidate]):
            chosen += [e for e in (antecedent, candidate) if e not in chosen]
        elif candidate not in chosen and (not chosen or _fits([*chosen, candidate])):
            chosen.append(candidate)
            chosen += _others_counted(candidate, chosen, evidence)
            later = following(candidate) if following else _behind(candidate, evidence)
            for unscored in _announced(candidate, later):
                told = scored.get((unscored.hit.passage.id, unscored.span), unscored)
                chosen += [told] if told not in chosen and _fits([*chosen, told]) else []
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


def _announced(announcing: Evidence, later: Sequence[Evidence]) -> Sequence[Evidence]:
    """The sentences that tell what one announces, by a colon or by how many it says there are; none in doubt."""
    if announcing.text.endswith(":"):
        passage = announcing.hit.passage
        return [e for e in later[:1] if e.hit.passage.id == passage.id]
    counted = _ANNOUNCES.search(announcing.text)
    if not counted or not later:
        return []
    opens = next((way for way in _ITEMS if way.match(later[0].text)), None)
    told = [e for e in later if opens and opens.match(e.text)]
    number = (counted[1] or "").lower()
    wanted = _COUNTS.index(number) + 1 if number in _COUNTS else int(number or len(told))
    return told[:wanted] if len(told) >= max(wanted, 2) else []


def _behind(told: Evidence, evidence: Iterable[Evidence]) -> list[Evidence]:
    """Those of some sentences that stand not far behind one, in the order of the text."""
    document, end = told.hit.passage.document_id, told.span[1]
    found = {e.span: e for e in evidence if e.hit.passage.document_id == document and end <= e.span[0] < end + _APART}
    return [found[span] for span in sorted(found)]


def sentences_behind(told: Evidence, index: Index) -> list[Evidence]:
    """Return the sentences that stand not far behind one, in the order of the text, whether they were found or not."""
    passage, end = told.hit.passage, told.span[1]
    hits = index.hits_in(passage.document_id, (end, end + _APART))
    near = (
        Evidence(hit, span, hit.passage.text[span[0] - hit.passage.start : span[1] - hit.passage.start])
        for hit in hits
        if hit.passage.kind is passage.kind
        for span in hit.passage.sentences
    )
    return _behind(told, near)


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
