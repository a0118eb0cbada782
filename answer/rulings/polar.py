"""Read a question for the statement that it makes or takes for granted: 'Was X founded in Y?', 'Why did X leave Y?'."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from answer.rulings.clauses import clauses_of
from answer.rulings.constituents import MODALS, PREPOSITIONS, Clause, Phrase, Word, phrases, words_and_numbers
from answer.verbs import is_past, lemma
from answer.verify.quantities import Quantity

__all__ = ["Statement", "read_statement"]

_TEXT = r"(?:text|document|chapter|author|paper|article|book|report|source|essay|study)s?"
# What comes before a statement in a question whether it holds.
_WHETHER = re.compile(
    r"(?:(?:is|was) it (?:really |actually |indeed )?(?:true|correct|right|the case|a fact) that"
    rf"|(?:do|does|did) (?:the|this|these) {_TEXT} (?:say|state|claim|mention|report|confirm|write) that"
    r"|true or false:)\s+(?P<said>.+)",
    re.IGNORECASE,
)
_TAG = re.compile(
    r"(?P<said>.+?),\s*(?:right|correct|true|(?:is|are|was|were|do|does|did|has|have|had)n[’']t (?:it|he|she|they))$",
    re.IGNORECASE,
)
_LEAD = re.compile(r"^(?:and|but|so|then|well|also|please tell me)\b[,:]?\s+", re.IGNORECASE)
_AUXILIARY = r"(?:is|are|was|were|do|does|did|has|have|had|can|could|may|might|must|shall|should|will|would)"
_INVERTED = re.compile(rf"(?P<auxiliary>{_AUXILIARY})(?:n[’']t)?\s+(?P<said>.+)", re.IGNORECASE)
_BEFORE_WH = r"(?:(?:in|on|at|by|for|from|to|since|until|with|under|after|before)\s+)?"
_WH = rf"{_BEFORE_WH}(?:why|how|when|where|which|what|whom?|whose)\b"
_OPEN = re.compile(rf"{_WH}(?:\s+(?!{_AUXILIARY}\b)[\w’'-]+){{0,4}}?\s+(?P<tail>{_AUXILIARY}\s.+)", re.IGNORECASE)
_WHO = re.compile(r"(?:who|(?:which|what)\s+[\w’'-]+)\s+(?P<said>\S+.*)", re.IGNORECASE)
_ANY = re.compile(r"(?<=\s)any (?=[a-z])", re.IGNORECASE)  # 'Was any boat lost?' asks whether a boat was
_CHOICE = re.compile(r"\bor\b|\bnot\b|\bnever\b|\?", re.IGNORECASE)
_PRONOUN = re.compile(
    r"\b(?:it|he|she|they|him|them|its|his|their|her|this|these|that|those|there|one|ones|I|you|we)\b", re.IGNORECASE
)
# 'Did Acme sell its mill?': what it owns is that of what was named before.
_OWN = re.compile(
    r"(?<=[\w’'])(?<!\bis)(?<!\bare)(?<!\bwas)(?<!\bwere)(?<!\bdo)(?<!\bdoes)(?<!\bdid)(?<!\bhas)(?<!\bhave)(?<!\bhad)"
    r"\s+(?:its|his|their|her)(?=\s+[a-z])",
    re.IGNORECASE,
)
_TENSES = {**dict.fromkeys(("do", "does", "is", "are"), "present"), **dict.fromkeys(("did", "was", "were"), "past")}


@dataclass(frozen=True, slots=True)
class Statement:
    """What a question states: in words, and in every way in which they may be a clause.

    `open` is that the question asks for more than whether it holds: who, when, why; a part may be missing then.
    """

    text: str
    clauses: tuple[Clause, ...]
    open: bool


def read_statement(question: str) -> Statement | None:
    """Return what a question asks the truth of, or takes for granted; None for what cannot be read plainly.

    A question that gives a choice, denies, or points back with a pronoun is left alone.
    """
    asked = _LEAD.sub("", re.sub(r"\s+", " ", question).strip()).rstrip("?!. ")
    asked = _ANY.sub("", asked)
    if whole := _WHETHER.fullmatch(asked) or _TAG.fullmatch(asked):
        return _plain(whole["said"])
    if _CHOICE.search(asked) or _points(asked):
        return None
    if inverted := _INVERTED.fullmatch(asked):
        return _inverted(inverted["auxiliary"].lower(), inverted["said"], is_open=False)
    if (held := _OPEN.fullmatch(asked)) and (inverted := _INVERTED.fullmatch(held["tail"])):
        return _inverted(inverted["auxiliary"].lower(), inverted["said"], is_open=True)
    return _without_subject(asked)


def _points(said: str) -> bool:
    """Say whether a statement has a pronoun that may stand for what is outside of it."""
    return bool(_PRONOUN.search(_OWN.sub("", said)))


def _plain(said: str) -> Statement | None:
    if _CHOICE.search(said) or _points(said):
        return None
    words, _ = words_and_numbers(said)
    found = tuple(clause for clause in clauses_of(said) if _tells_all(clause, words))
    return Statement(said, found, open=False) if found else None


def _without_subject(asked: str) -> Statement | None:
    """What 'Who founded X in 1985?' takes for granted."""
    held = _WHO.fullmatch(asked)
    words, numbers = words_and_numbers(held["said"] if held else "")
    if not held or not words or not is_past(words[0].text):
        return None
    clause = Clause(Phrase("", (), ()), lemma(words[0].text), phrases(words[1:], numbers), "past")
    return Statement(held["said"], (clause,), open=True) if _tells_all(clause, words) else None


def _inverted(auxiliary: str, said: str, *, is_open: bool) -> Statement | None:
    words, numbers = words_and_numbers(said)
    found = [
        clause
        for clause in (*_verbs(auxiliary, words, numbers), *(() if is_open else _copulas(auxiliary, words, numbers)))
        if _tells_all(clause, words)
    ]
    return Statement(said, tuple(found), is_open) if found else None


def _verbs(auxiliary: str, words: Sequence[Word], numbers: Sequence[Quantity]) -> Iterator[Clause]:
    """Every clause whose verb is one of the words behind an auxiliary."""
    is_be, is_have = lemma(auxiliary) == "be", lemma(auxiliary) == "have"
    tense = "perfect" if is_have else _TENSES.get(auxiliary, auxiliary)
    for n, word in enumerate(words[1:], start=1):
        if word.text != word.low or word.counted or word.low in PREPOSITIONS | MODALS:
            continue
        if (is_be or is_have) and not is_past(word.text):
            continue
        verb = lemma(word.text, base=not (is_be or is_have))
        subject = Phrase("", tuple(words[:n]), _within(numbers, words[:n]))
        yield Clause(subject, verb, phrases(words[n + 1 :], numbers), tense, passive=is_be)


def _copulas(auxiliary: str, words: Sequence[Word], numbers: Sequence[Quantity]) -> Iterator[Clause]:
    """Every way to part the words behind 'is' into what is spoken of and what it is said to be."""
    if lemma(auxiliary) != "be":
        return
    for n in range(1, len(words)):
        subject = Phrase("", tuple(words[:n]), _within(numbers, words[:n]))
        yield Clause(subject, "be", phrases(words[n:], numbers), _TENSES[auxiliary])


def _within(numbers: Sequence[Quantity], words: Sequence[Word]) -> tuple[Quantity, ...]:
    return tuple(q for q in numbers if words[0].start <= q.start <= words[-1].start)


def _tells_all(clause: Clause, words: Sequence[Word]) -> bool:
    """Say whether no word of a statement that says something is left out of a clause."""
    said = Phrase("", tuple(words), ()).said
    held = {w.start for phrase in (clause.subject, *clause.rest) for w in phrase.said}
    left = [word for word in said if word.start not in held and word.text not in ",;:"]
    return len(left) <= 1 and bool(held) and all(clause.verb in (lemma(w.text), lemma(w.text, base=True)) for w in left)
