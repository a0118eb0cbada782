"""Questions for what a word means or an abbreviation stands for, and the sentences that say so."""

import re
from collections.abc import Sequence
from dataclasses import replace

from answer.evidence import Evidence
from answer.reach import holding, nearest
from core.records import Span
from index import Index

__all__ = ["defined_term", "defining_first", "expanded_at"]

_BONUS = 3.0  # what it adds to the score of a sentence to define: more than select_quotes lets pass between two quotes
_WORD = r"(?!(?:of|in|for|to|on|at|by|with|from|like|about|that|called|between)\b)[\w’'“”\"&/-]+"
_ASKED = tuple(
    re.compile(pattern, re.IGNORECASE)
    for pattern in (
        r"^\W*what (?:is|are|was|were) (?:meant|understood) by (?P<term>.+?)\W*$",
        r"^\W*what (?:does|do|did) (?:the )?(?:(?:term|word|abbreviation|acronym|expression|phrase) )?"
        r"(?P<term>.{1,60}?) (?:mean|stand for|refer to|denote)\W*$",
        r"^\W*(?:define|give (?:the|a) definition of) (?P<term>.+?)\W*$",
        r"^\W*how (?:is|are) (?P<term>.{1,60}?) defined\b.*$",
        r"^\W*what is the (?:meaning|definition) of (?P<term>.+?)\W*$",
        rf"^\W*(?:what|who) (?:is|are|was|were) (?P<term>{_WORD}(?: {_WORD}){{0,4}})\W*$",
    )
)
_ABBREVIATION = re.compile(r"[A-Z][A-Za-z&]*[A-Z][A-Za-z\d]*")


def defined_term(question: str) -> str:
    """Return the word or words whose meaning a question asks for; empty when it asks for something else."""
    found = next((match for pattern in _ASKED if (match := pattern.match(question))), None)
    return re.sub(r"^(?:an?|the) ", "", found["term"].strip(" ‘’“”'\""), flags=re.IGNORECASE) if found else ""


def expanded_at(question: str, index: Index) -> list[tuple[str, Span]]:
    """Return where documents write an abbreviation out that a question asks for: 'Tide Gauge Office (TGO)'.

    Of very many documents that have it those nearest to the question are looked into.
    """
    term = defined_term(question)
    if not _ABBREVIATION.fullmatch(term):
        return []
    written_out = re.compile(rf"\({re.escape(term)}s?\)|\b{re.escape(term)}s? \([A-Z][a-z]")
    held = [ids for form in (term, f"{term}s") if (ids := holding([form], index)) is not None]
    names = nearest(frozenset[str]().union(*held) if held else None, question, index)
    found = ((name, written_out.search(index.documents[name].text)) for name in names)
    return [(name, match.span()) for name, match in found if match]


def defining_first(question: str, evidence: Sequence[Evidence]) -> tuple[Evidence, ...]:
    """Return scored sentences with those first that define what a question asks the meaning of, if it does."""
    term = defined_term(question)
    if not term:
        return tuple(evidence)
    raised = (replace(e, score=e.score + _BONUS) if _defines(e.text, term) else e for e in evidence)
    return tuple(sorted(raised, key=lambda e: -e.score))


def _defines(sentence: str, term: str) -> bool:
    """Say whether a sentence defines: 'X is a', 'X means', 'Long Form (X)', 'X (Long Form)', 'X, i.e.', 'called X'."""
    word = rf"[‘“\"']?\b{re.escape(term)}s?\b[’”\"']?"
    return bool(
        re.search(
            rf"{word},? (?:(?:is|are) (?:an?|the|any|all|those|what|either)\b|means?\b|refers? to\b|"
            rf"denotes?\b|stands? for\b|(?:is|are) (?:defined|understood|meant)\b)|"
            rf"{word},? (?:i\.e\.|that is,|or )|\w \({word}\)|"
            rf"{word} \([A-Z‘“]?[a-z]+ [\w ’-]+\)|\b(?:called|known as|termed|dubbed) (?:an? |the )?{word}|"
            rf"\bby {word},? (?:I|we|is) \w+",
            sentence,
            re.IGNORECASE,
        )
    )
