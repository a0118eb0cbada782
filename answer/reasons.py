"""Tell whether a sentence gives a reason, and bring the neighbour that does to one that only states what is asked."""

import re
from collections.abc import Sequence

from answer.evidence import Evidence
from answer.nearby import within_paragraph
from answer.select import fit_together
from index import Index

__all__ = ["explains", "gives_reason", "with_reasons"]

_STATED = 0.4  # share of a question's words
_WHO = (
    r"(?:it|they|he|she|we|i|you|there|the|this|these|those|an?|its|their|his|her|our|most|many|some|few|no|nobody|"
    r"nothing|none|every\w*|all|both|each|whoever|whatever|neither|only)"
)
_PURPOSE = (
    r"(?:avoid|prevent|protect|save|spare|reduce|limit|ensure|allow|enable|keep|make|give|help|gain|win|improve|stop|"
    r"escape|pay|raise|get|meet|overcome|promote|encourage|attract|free|secure|show|test|compensate|replace)"
)
_GIVES = re.compile(
    r"\b(?:because|due to|owing to|on account of|thanks to|reasons?|so that|lest|otherwise|in order to|"
    rf"cause[sd]?|led to|result(?:s|ed|ing)? (?:in|from)|stem(?:s|med) from|explain(?:s|ed)?|in case|"
    rf"to {_PURPOSE}|for fear|fear(?:s|ed|ing)?|want(?:s|ed|ing)? to|wish(?:es|ed|ing)? to|"
    r"hop(?:es|ed|ing) (?:to|that)|too \w+ (?:to|for)|so \w+ that|such an? [^.,;]+ that|"
    r"for (?:want|lack|safety|\w+ reasons)\b|in response to|in return for|would (?:have|otherwise))\b"
    r"|\bsince (?!(?:then|the (?:war|year|days?)|last|\d+|January|February|March|April|May|June|July|August|September|"
    r"October|November|December)\b)"
    rf"|[,:;] (?:as|for) {_WHO}\b",
    re.IGNORECASE,
)
# The reason is what stands before: 'As a result …', 'Passengers were therefore …'.
_FOLLOWS = re.compile(
    r"(?:as a (?:result|consequence)|for (?:this|that|the same) reason|because of (?:this|that|these)|"
    r"th(?:is|at) (?:is|was) (?:the reason )?why|therefore|thus|hence|consequently|accordingly|so|since then|"
    r"in consequence|in response|following this|after (?:this|that))\b"
    r"|(?:(?!and\b|but\b)[\w’'-]+ ){1,8}(?:therefore|thus|hence|consequently|accordingly)\b",
    re.IGNORECASE,
)
# What opens like this stands on the sentence before.
_LEANS = re.compile(r"(?:This|That|These|Those|The|Such|It|They|He|She|Its|Their|His|Her)\b")


def gives_reason(text: str) -> bool:
    """Say whether a sentence gives a reason in so many words, and not only what follows from the one before it."""
    return bool(_GIVES.search(text)) and not _FOLLOWS.match(text)


def explains(quotes: Sequence[Evidence]) -> bool:
    """Say whether one of some quotes gives a reason, or says that it follows from another."""
    return any(gives_reason(e.text) for e in quotes) or any(_FOLLOWS.match(e.text) for e in quotes[1:])


def with_reasons(quotes: Sequence[Evidence], evidence: Sequence[Evidence], index: Index) -> tuple[Evidence, ...]:
    """Return quotes for a question 'why' so that the best of them is not without its reason.

    'Shutters work better than curtains.' is told with the sentence behind it, 'Sales were therefore stopped.' with the
    one before it, from the same paragraph. What there is no room for then is left out, the worst first.

    The best is the one that states what is asked, where one does: another may give the reason of another thing.

    Args:
        quotes: running text, in the order in which it is quoted.
        evidence: scored sentences.
        index: gives the paragraphs.
    """
    best = max(quotes, key=lambda e: (_states(e), e.score))
    if gives_reason(best.text):
        return tuple(quotes)
    near = _reasons_for(best, index)
    scored = {(e.hit.passage.document_id, e.span): e for e in evidence}
    kept = [best]
    others = sorted(quotes, key=lambda e: -e.score)
    first = others[:1] if gives_reason(others[0].text) else []
    for e in (*first, *near, *others):
        told = scored.get((e.hit.passage.document_id, e.span), e)
        if told not in kept and fit_together([*kept, told]):
            kept.append(told)
    group = [e for e in quotes if e in kept]
    at = group.index(best)
    beside = sorted({best, *(e for e in kept if e not in group)}, key=lambda e: e.span)
    return (*group[:at], *beside, *group[at + 1 :])


def _states(evidence: Evidence) -> bool:
    """Say whether a sentence states what is asked: it has two in five of the question's words, by weight."""
    return bool(evidence.features) and evidence.feature("sentence_coverage") > _STATED


def _reasons_for(told: Evidence, index: Index) -> list[Evidence]:
    """The neighbours of a sentence that may say why, the likelier first."""
    before, behind = within_paragraph(told, index)
    if _FOLLOWS.match(told.text):
        return [before] if before else []
    if behind and gives_reason(behind.text):
        return [behind]
    leans = bool(_LEANS.match(told.text))
    if before and gives_reason(before.text) and leans:
        return [before]
    return [e for e in ((before, behind) if leans else (behind, before)) if e]
