"""Take apart a question that asks several things, or the same of several named things, so that each gets a quote."""

import re
from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from answer.compared import asked_of_each, asks_for_common, contrasts, says_of_both
from answer.decision import Decision
from answer.evidence import Evidence
from answer.finder import Found
from answer.followup.completing import complete_question
from answer.question import AnswerType, read_question
from answer.select import fit_together
from answer.verify.names import names_in
from index.terms import analyze

__all__ = ["Part", "parts_of", "with_common", "with_parts"]

_NEAR = 3.0  # how far below the best a sentence may be in score that names what a part is asked of

_WH = r"(?:who|whom|whose|what|which|when|where|why|how)"
_ASKS = re.compile(rf"\W*(?:(?:by|to|from|with|for|in|at|of|on) )?{_WH}\b", re.IGNORECASE)
_NEXT = re.compile(rf",? and (?=(?:(?:by|to|from|with|for|in|at|of) )?{_WH}\b)", re.IGNORECASE)
# What stands between two names of which the same is asked.
_BETWEEN = re.compile(
    r",? (?P<by>and|or|from|with|versus|vs\.?|than|(?:compares?|compared|differs?|differed) (?:with|from|to|and))"
    r"(?: (?:that|those|the))?(?P<preposition> (?:in|at|on|of|for|by|to))?(?: the)? "
)
_BETWEEN_BOTH = re.compile(r"\bbetween (?:the )?$", re.IGNORECASE)
_EACH = re.compile(r"\b(?:both|each|respectively)\b", re.IGNORECASE)
_SHARED = frozenset(analyze("common share alike similar same both"))
_OF_EACH = frozenset({AnswerType.COMPARISON, AnswerType.NUMBER, AnswerType.DATE})


@dataclass(frozen=True, slots=True)
class Part:
    """A question that is part of another, what it is asked of, and what that is held against, where there are such."""

    question: str
    about: str = ""
    beside: str = ""


def parts_of(question: str) -> tuple[Part, ...]:
    """Return the questions that a question is made of; none where it is one.

    'When did Bell leave, and why?' is 'When did Bell leave?' and 'Why did Bell leave?'; 'How do Ash and Elm differ in
    age?' is asked of each.
    """
    joined = _NEXT.search(question)
    if joined and _ASKS.match(question) and joined.start():
        first = question[: joined.start()].rstrip(" ,") + "?"
        second = question[joined.end() :]
        whole = complete_question(second[0].upper() + second[1:], (first,))
        return *(_of_each(first) or (Part(first),)), Part(whole)
    return _of_each(question)


def _of_each(question: str) -> tuple[Part, ...]:
    if each := asked_of_each(question):
        (asked, first), (asked_too, second) = each
        return Part(asked, first, second), Part(asked_too, second, first)
    for one, other in pairwise(names_in(question)):
        between = _BETWEEN.fullmatch(question, one.end, other.start)
        if between and _asks_of_each(question, between) and not _BETWEEN_BOTH.search(question[: one.start]):
            return tuple(
                Part(question[: one.start] + name.text + question[other.end :], name.text) for name in (one, other)
            )
    return ()


def _asks_of_each(question: str, between: re.Match[str]) -> bool:
    by = between["by"].lower()
    if by != "and":
        return by == "or" or read_question(question).answer_type is AnswerType.COMPARISON
    return bool(between["preposition"] or _EACH.search(question)) or read_question(question).answer_type in _OF_EACH


def with_parts(whole: Decision, parts: Sequence[tuple[Part, Found, Decision]], threshold: float) -> Decision:
    """Return what is decided on a question with the best quote for each part that it has none for, where there is room.

    Where it is refused as a whole, it is answered by its parts if none of them is refused.

    Args:
        whole: on the question as it was asked.
        parts: its parts, with what was found for each and what is decided on it.
        threshold: the confidence from which a part counts as answered.
    """
    answered = [(part, found, own) for part, found, own in parts if own.quotes and own.confidence >= threshold]
    beside = {e.hit.passage.id for e in whole.quotes}
    best = list({_place(e): e for e in (_best(*part, beside) for part in answered)}.values())
    if not whole.quotes:
        if not best or whole.reason or len(answered) < len(parts):
            return whole
        return Decision(tuple(best), min(own.confidence for _, _, own in answered))
    missing = [e for e in best if _place(e) not in map(_place, whole.quotes)]
    wanted = {_place(e) for e in best}
    kept = sorted(whole.quotes, key=lambda e: _place(e) not in wanted)
    while kept[1:] and not fit_together([*kept, *missing]):
        kept.pop()
    quotes = [e for e in whole.quotes if e in kept] + missing
    return replace(whole, quotes=tuple(quotes)) if missing and fit_together(quotes) else whole


def with_common(question: str, found: Found, decision: Decision) -> Decision:
    """Return what is decided on what two things have in common, with the best sentence that says so of both in front.

    It stands in a passage that names the two: 'Both begin with a cough.'
    """
    if not asks_for_common(question) or not decision.quotes:
        return decision
    wanted = set(found.read.terms) - _SHARED
    for e in found.evidence:
        passage = e.hit.passage
        around = found.read.terms_of(" ".join((*passage.section, passage.text)))
        if says_of_both(e.text) and wanted <= around:
            kept = [q for q in decision.quotes if _place(q) != _place(e)]
            while kept and not fit_together([e, *kept]):
                kept.pop()
            return replace(decision, quotes=(e, *kept))
    return decision


def _best(part: Part, found: Found, decision: Decision, beside: Collection[str]) -> Evidence:
    """The best quote for a part that names what it is asked of, or a sentence near it in worth; else the best.

    Of what is held against another, one that names it alone, or says of each what it is, comes first, and before
    others one from the passages that are quoted for the whole question.
    """
    best = max(decision.quotes, key=lambda e: e.score)
    wanted, other = set(analyze(part.about)), set(analyze(part.beside)) - set(analyze(part.about))
    near = dict.fromkeys((*sorted(decision.quotes, key=lambda e: -e.score), *found.evidence))
    naming = [
        e for e in near if wanted <= found.read.terms_of(f"{e.antecedent} {e.text}") and e.score > best.score - _NEAR
    ]
    if not other:
        return naming[0] if naming else best
    apart = [
        e
        for e in naming
        if not e.text.endswith(":") and (not other <= found.read.terms_of(e.text) or contrasts(e.text))
    ]
    apart.sort(key=lambda e: e.hit.passage.id not in beside)
    return next(iter(apart or naming), best)


def _place(evidence: Evidence) -> tuple[str, tuple[int, int]]:
    return evidence.hit.passage.document_id, evidence.span
