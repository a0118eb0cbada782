"""What a question speaks of, for a later question's 'it', 'they', 'she' or 'there'."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from enum import StrEnum

from answer.phrases import AUXILIARY, DO, NounPhrase, coordination, is_plural, noun_phrases, plural_of

__all__ = ["Kind", "Turn", "antecedent", "possessive", "split_sentences"]

_PLACES = ("in", "at", "on", "near")
_ABBREVIATION = r"(?<!\bDr)(?<!\bMr)(?<!\bMs)(?<!\bMrs)(?<!\bSt)(?<!\bNo)(?<!\bvs)(?<!\bProf)(?<!\b[A-Z])"
_SENTENCE_END = re.compile(rf"(?<=[?!])\s+|{_ABBREVIATION}(?<=\.)\s+(?=[^\W\d_a-z])")
_IDENTIFIES = re.compile(r"(?:who|what)\s+(?:is|are|was|were)\s+", re.IGNORECASE)
_WHO = re.compile(r"who\s+(?!(?:do|does|did|has|have|can|could|will|would|should)\b)(.+)", re.IGNORECASE | re.DOTALL)
_END = re.compile(r"[\s?!.]+$")


class Kind(StrEnum):
    """What a pronoun can stand for."""

    THING = "thing"
    MANY = "many"
    PERSON = "person"
    PLACE = "place"


@dataclass(frozen=True, slots=True)
class Turn:
    """An earlier question, completed; `meant` says what its own pronouns stood for."""

    text: str
    meant: dict[Kind, str] = field(default_factory=dict)


def split_sentences(text: str) -> list[str]:
    """Return the sentences of a message."""
    return [part for part in _SENTENCE_END.split(text.strip()) if part.strip()]


def antecedent(kind: Kind, turns: Sequence[Turn]) -> str | None:
    """Return what a pronoun stands for after some turns, oldest first; None when nothing fits.

    The last turn that has anything of the kind decides; what its own pronoun meant comes before its other phrases.
    """
    for turn in reversed(turns):
        if found := turn.meant.get(kind):
            return found
        for sentence in reversed(split_sentences(turn.text)):
            if found := _FINDERS[kind](sentence):
                return found
    return None


def possessive(owner: str) -> str | None:
    """Return the genitive of a name or a short phrase; None where a clause belongs to it."""
    if re.search(r"\b(?:that|who|which)\b", owner):
        return None
    return f"{owner}{'’' if owner.endswith('s') else '’s'}"


def _thing(question: str) -> str | None:
    found = noun_phrases(question)
    if relative := _relative(question, found, several=False):
        return relative
    if coordination(question, found):
        return None
    chains = [c for c in _chains(question, found) if c.named or not is_plural(c.text)]
    first = [c for c in chains if not c.preposition]
    things = [c for c in first if not _is_person(c)] or first
    chosen = next(iter(things or [c for c in chains if c.named] or chains), None)
    return chosen.text if chosen else None


def _many(question: str) -> str | None:
    found = noun_phrases(question)
    if several := coordination(question, found):
        return question[several[0].start : several[-1].end]
    if relative := _relative(question, found, several=True):
        return relative
    plural = next((c for c in _chains(question, found) if not c.named and is_plural(c.text)), None)
    if plural:
        return plural.text
    if found and found[0].asked and is_plural(found[0].text):
        return None
    chain = next(iter(_chains(question, found)), None)
    if chain and chain.determiner.lower() in ("a", "an") and not chain.preposition:
        return plural_of(chain.nouns)
    return _thing(question) if any(p.named for p in found) else None


def _person(question: str) -> str | None:
    found = noun_phrases(question)
    body = _END.sub("", question)
    if identified := _IDENTIFIES.match(question):
        chain = next((c for c in _chains(question, found, whole=True) if c.start == identified.end()), None)
        return chain.text if chain else None
    if who := _WHO.fullmatch(body):
        return f"the person who {who.group(1)}"
    named = [c for c in found if c.named and c.preposition not in _PLACES]
    common = [c for c in found if c.determiner and not c.preposition and not is_plural(c.text)]
    chosen = next((c for c in named if _is_person(c)), next(iter(named or common), None))
    return chosen.text if chosen else None


def _place(question: str) -> str | None:
    found = noun_phrases(question)
    placed = [c for c in found if c.preposition in _PLACES and (c.named or c.determiner)]
    if placed:
        return f"{placed[-1].preposition} {placed[-1].text}"
    if question.lower().startswith("where"):
        return None  # it is the answer that is meant
    names = (c.text for c in found if c.named and not c.determiner and not _is_person(c))
    thing = _relative(question, found, several=False) or next(names, "")
    return f"in {thing}" if thing else None


_FINDERS = {Kind.THING: _thing, Kind.MANY: _many, Kind.PERSON: _person, Kind.PLACE: _place}


def _relative(question: str, found: Sequence[NounPhrase], *, several: bool) -> str | None:
    """'the town that grew fastest' of 'Which town grew fastest?', where what is asked for is the subject."""
    if not found or not found[0].asked or is_plural(found[0].text) is not several:
        return None
    opening, rest = question[: found[0].start].lower().split(), _END.sub("", question[found[0].end :]).strip()
    if opening not in (["which"], ["what"]) and not (several and opening == ["how", "many"]):
        return None
    words = rest.split()
    if len(words) < 2 or words[0].lower() in DO or not words[0][0].isalpha():
        return None
    inverted = words[0].lower() in AUXILIARY and any(p.named and p.text.startswith(words[1]) for p in found)
    return None if inverted else f"the {found[0].text} that {rest}"


def _chains(question: str, found: Sequence[NounPhrase], *, whole: bool = False) -> list[NounPhrase]:
    """The phrases with what belongs to them: 'the museum in Leeds', 'the head of the Reed Trust'.

    Who asks what 'the aim of the trust' is goes on to speak of the trust, unless the `whole` is wanted.
    """
    identifies = bool(_IDENTIFIES.match(question)) and not whole
    chains: list[NounPhrase] = []
    for phrase in (p for p in found if not p.asked):
        head = chains[-1] if chains else None
        gap = question[head.end : phrase.start].split() if head else []
        if head and gap == ["of"] and identifies:
            chains[-1] = NounPhrase(phrase.text, phrase.start, phrase.end, "", phrase.determiner, phrase.named)
        elif head and (gap == ["of"] or (len(gap) == 1 and gap[0] in _PLACES and head.determiner and not head.named)):
            text = question[head.start : phrase.end]
            chains[-1] = NounPhrase(text, head.start, phrase.end, head.preposition, head.determiner, head.named)
        else:
            chains.append(phrase)
    return chains


def _is_person(phrase: NounPhrase) -> bool:
    """Say whether a name looks like a person's: two or three capitalised words without an article."""
    words = phrase.text.split()
    return phrase.named and not phrase.determiner and 1 < len(words) < 4 and all(w.istitle() for w in words)
