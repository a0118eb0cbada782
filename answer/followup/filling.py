"""Put a fragment that follows a whole question into its place there: 'And in Leeds?', 'Rome?', 'And the new one?'."""

import re
from collections.abc import Callable, Sequence
from itertools import pairwise

from answer.phrases import PREPOSITION, NounPhrase, coordination, is_participle, is_plural, noun_phrases, says_something

__all__ = ["ORDINAL", "fill"]

ORDINAL = r"(?:first|second|third|fourth|fifth|sixth|seventh|eighth|ninth|tenth|last|\d{1,2}(?:st|nd|rd|th))"
_PLACES = frozenset("in at on near around within across inside outside".split())
_END = re.compile(r"[\s?!.]*$")
_FIGURE = re.compile(r"\b\d[\d,.]*(?<=\d)\b")
_LABELLED = re.compile(r"\b(?P<kind>[^\W\d_]{3,}) (?P<label>\d{1,3}[a-z]?|[A-Z]\d{0,2})\b(?![\w’'-])")
_ONES = re.compile(r"(?:the\s+)?(?P<mods>(?:[\w’'-]+\s+)+)(?P<one>ones?)\b", re.IGNORECASE)
_PARTS = re.compile(r"(?<=[\w.,’'])\s+(?=(?:in|at|on|near|since|during|before|after|until|from|under|between)\s)")
_OWN = re.compile(r"(?P<owner>.+?)(?:[’']s|(?<=s)[’'])\s+(?P<noun>[^\W\d_][\w’' -]*)$")
_GENITIVE = r"(?:[’']s\b|(?<=s)[’'])"
_OWNER = re.compile(rf"(?:the\s+)?[^\W\d_][\w’' -]*?{_GENITIVE}$", re.IGNORECASE)
_OWNED = re.compile(rf".+?{_GENITIVE}(?=\s+\w)")
# A question that holds one thing against another, where the one cannot stand for both.
_COMPARES = re.compile(r"\b(?:compar\w+|differ\w*|between|versus|vs|distinguish\w*|in common|or)\b", re.IGNORECASE)
_CALENDAR = re.compile(
    r"(?:early\s+|late\s+|mid-)?(?:(?:mon|tues|wednes|thurs|fri|satur|sun)days?|january|february|march|april|may|june|july|"
    r"august|september|october|november|december)",
    re.IGNORECASE,
)
_BE = re.compile(r"\b(?:is|are|was|were|be|been)\b", re.IGNORECASE)
# 'How many mills does Leeds have?', 'How large is Leeds?': whether that is a place, to give way to one, is not told.
_OF_SUBJECT = re.compile(r"\b(?:has|have|had)[\s?!.]*$|\b(?:is|are|was|were)\s+(?:the\s+)?[A-Z][\w’' -]*[?!.]*$")


def fill(fragment: str, earlier: str) -> str | None:
    """Return the earlier question with a fragment in the place of what is of its kind.

    A name takes the place of a name, a figure that of a figure, 'the new one' that of 'the old bridge'; where nothing
    is of its kind, what begins with a preposition is put at the end.

    Args:
        fragment: 'in Leeds', 'Rome', 'the new ones', 'the fountain'.
        earlier: one whole question.

    Returns:
        None where nothing gives way.
    """
    parts = _PARTS.split(fragment)
    filled: str | None = earlier
    for part in parts:
        filled = filled and _fill_part(part, filled)
    return filled


def _fill_part(fragment: str, earlier: str) -> str | None:
    words = fragment.split()
    preposition = words[0].lower() if words and words[0].lower() in PREPOSITION else ""
    thing = " ".join(words[1:] if preposition else words)
    found = noun_phrases(earlier)
    if own := _OWN.match(thing):
        return _fill_own(own["owner"], own["noun"], earlier, found)
    if _OWNER.fullmatch(thing):
        return _fill_owner(thing, earlier, found)
    if _ONES.fullmatch(thing):
        return _fill_ones(thing, preposition, earlier, found)
    if preposition == "of":
        return _fill_of(thing, earlier, found)
    if _compares(earlier, thing, preposition, found):
        return None
    filled = None
    for way in (_fill_ones, _fill_labelled, _fill_figure, _fill_bare, _fill_name, _fill_noun, _fill_participle):
        filled = filled or way(thing, preposition, earlier, found)
    if filled is None and preposition and not _is_doubtful(thing, preposition, earlier, found):
        end = _END.search(earlier)
        at = end.start() if end else len(earlier)
        filled = f"{earlier[:at]} {preposition} {thing}{earlier[at:] or '?'}"
    return filled


def _compares(earlier: str, thing: str, preposition: str, found: Sequence[NounPhrase]) -> bool:
    """Say whether one thing would take the place of several that a question compares."""
    if preposition or _FIGURE.fullmatch(thing) or re.search(r"\band\b", thing):
        return False
    return bool(_COMPARES.search(earlier)) and bool(coordination(earlier, found))


def _is_doubtful(thing: str, preposition: str, earlier: str, found: Sequence[NounPhrase]) -> bool:
    """Say whether what gives way to a place may have another preposition than that: 'the area of Leeds'."""
    if preposition not in _PLACES or not any(p.named for p in noun_phrases(f"{preposition} {thing}")):
        return False
    if _CALENDAR.fullmatch(thing):
        return False
    return bool(_OF_SUBJECT.search(earlier)) or any(p.named and p.preposition == "of" for p in found)


def _fill_ones(thing: str, preposition: str, earlier: str, found: Sequence[NounPhrase]) -> str | None:
    ordinal = re.match(rf"the\s+({ORDINAL})(?:\s+ones?)?$", thing, re.IGNORECASE)
    if ordinal and (other := re.search(rf"\b(?<=the ){ORDINAL}\b", earlier, re.IGNORECASE)):
        return earlier[: other.start()] + ordinal.group(1) + earlier[other.end() :]
    ones = _ONES.fullmatch(thing)
    if not ones:
        return None
    several = ones["one"].lower() == "ones"
    fitting = [p for p in found if is_plural(p.nouns) is several and not p.named]
    if not fitting and not several:
        fitting = [p for p in found if not p.named]
    slot = next((p for p in reversed(fitting) if len(p.nouns.split()) > 1), fitting[-1] if fitting else None)
    if slot is None:
        return None
    new = f"{ones['mods'].strip()} {slot.nouns.split()[-1]}"
    return _put(slot, f"the {new}" if slot.determiner else new, earlier)


def _fill_labelled(thing: str, preposition: str, earlier: str, found: Sequence[NounPhrase]) -> str | None:
    """Put 'well 7' in the place of 'well 12'."""
    own = _LABELLED.fullmatch(thing)
    slots = [m for m in _LABELLED.finditer(earlier) if own and m["kind"].casefold() == own["kind"].casefold()]
    if not own or len(slots) != 1:
        return None
    return earlier[: slots[0].start("label")] + own["label"] + earlier[slots[0].end("label") :]


def _fill_figure(thing: str, preposition: str, earlier: str, found: Sequence[NounPhrase]) -> str | None:
    slots = list(_FIGURE.finditer(earlier))
    if not _FIGURE.fullmatch(thing) or not slots:
        return None
    slot = slots[-1]
    before = earlier[: slot.start()].rstrip()
    word = before.split()[-1] if before else ""
    if preposition not in ("", "for") and word.lower() in PREPOSITION:
        before = before[: -len(word)] + preposition
    return f"{before} {thing}{earlier[slot.end() :]}"


def _fill_name(thing: str, preposition: str, earlier: str, found: Sequence[NounPhrase]) -> str | None:
    new = [p for p in noun_phrases(f"{preposition or 'about'} {thing}") if p.named]
    slots = [p for p in found if p.named]
    if not new or not slots:
        return None
    same = [p for p in slots if p.preposition == preposition]
    same = same or [p for p in slots if preposition in _PLACES and p.preposition in _PLACES]
    if preposition and not same:
        if not any(p.nouns == other.nouns for p in new for other in slots):
            return None
    elif preposition:
        before = earlier[: same[-1].start].rstrip()
        return before[: -len(same[-1].preposition)] + f"{preposition} {thing}" + earlier[same[-1].end :]
    if len(several := coordination(earlier, slots)) == len(slots):
        return _agreeing(earlier[: several[0].start], thing) + earlier[several[-1].end :]
    slot = max(slots, key=_likeness(new[0], slots))
    if re.search(r"\band\b", thing) and slot.start:
        return _agreeing(earlier[: slot.start], thing) + earlier[slot.end :]
    return _put(slot, thing, earlier)


def _fill_bare(thing: str, preposition: str, earlier: str, found: Sequence[NounPhrase]) -> str | None:
    """Put 'in winter' in the place of 'in summer' at the end of a question."""
    if not preposition or not (_CALENDAR.fullmatch(thing) or thing.islower()) or re.match(r"(?:the|an?)\s", thing):
        return None
    ends = re.search(
        rf"(?<=\s){preposition}\s+(?P<bare>[^\W\d_][\w’'-]*(?:\s+[^\W\d_][\w’'-]*)?)(?=[\s?!.]*$)", earlier
    )
    if not ends or not (_CALENDAR.fullmatch(ends["bare"]) or ends["bare"].islower()):
        return None
    if not all(map(says_something, ends["bare"].split())):
        return None
    return earlier[: ends.start("bare")] + thing + earlier[ends.end("bare") :]


def _fill_of(thing: str, earlier: str, found: Sequence[NounPhrase]) -> str | None:
    """Put 'of the doctors' in the place of 'of the nurses', where there is one such."""
    ofs = list(re.finditer(r"\bof\s+(?P<bare>[\w’'-]+)", earlier))
    if len(ofs) != 1:
        return None
    slot = next((p for p in found if p.preposition == "of"), None)
    start, end = (slot.start, slot.end) if slot else ofs[0].span("bare")
    return earlier[:start] + thing + earlier[end:]


def _fill_participle(thing: str, preposition: str, earlier: str, found: Sequence[NounPhrase]) -> str | None:
    """'When was Acme sold' of 'When was Acme founded'."""
    be = _BE.search(earlier)
    if preposition or not be or not is_participle(thing):
        return None
    done = [m for m in re.finditer(r"[a-z]+", earlier[be.end() :]) if is_participle(m.group())]
    if len(done) != 1:
        return None
    at, end = (be.end() + place for place in done[0].span())
    return None if any(p.start <= at < p.end for p in found) else earlier[:at] + thing + earlier[end:]


def _likeness(new: NounPhrase, slots: Sequence[NounPhrase]) -> Callable[[NounPhrase], tuple[int, int, bool, int]]:
    """How like a name is to a new one: a word that both have, as many words, no preposition either; then the last."""
    words = set(new.nouns.split())
    return lambda p: (
        len(words & set(p.nouns.split())),
        -abs(len(words) - len(p.nouns.split())),
        not p.preposition,
        slots.index(p),
    )


def _fill_noun(thing: str, preposition: str, earlier: str, found: Sequence[NounPhrase]) -> str | None:
    """Put a common noun in the place of one: of 'the area of Leeds', the area gives way."""
    new = noun_phrases(f"about {thing}")
    if any(p.named for p in new) and not (new and new[0].determiner):
        return None
    if not new:  # bare: 'And copper?' after 'How much steel did Acme sell?'
        bare = [p for p in found if not (p.determiner or p.named or p.preposition)]
        slot = next((p for p in bare if p.asked), bare[0] if bare else None)
        return _put(slot, thing, earlier) if slot and not preposition else None
    slots = [p for p in found if p.determiner and (not p.named or new[0].named)]
    if preposition:
        same = [p for p in slots if p.preposition == preposition]
        return _put(same[-1], thing, earlier) if same else None
    heads = [p for p in slots if not p.preposition] or slots
    return _put(heads[-1], thing, earlier) if heads else None


def _fill_own(owner: str, noun: str, earlier: str, found: Sequence[NounPhrase]) -> str | None:
    for first, second in pairwise(found):
        if second.text == owner and second.preposition == "of" and not first.named:
            return _put(first, f"{first.determiner} {noun}".strip(), earlier)
    return None


def _fill_owner(thing: str, earlier: str, found: Sequence[NounPhrase]) -> str | None:
    """'Who raised Beta’s funds' of 'Who raised Acme’s funds', where only 'Beta’s' is said."""
    slots = [own for p in found if (own := _OWNED.match(earlier, p.start)) and own.end() <= p.end]
    return earlier[: slots[0].start()] + thing + earlier[slots[0].end() :] if len(slots) == 1 else None


def _agreeing(before: str, thing: str) -> str:
    """What stands before a name or joined names, with its verb in their number."""
    other = {"are": "is", "were": "was", "do": "does", "have": "has"}
    if re.search(r"\band\b", thing):
        other = {one: many for many, one in other.items()}
    last = before.lower().split()[-1:]
    if last and last[0] in other:
        before = before.rstrip()[: -len(last[0])] + other[last[0]] + " "
    return before + thing


def _put(slot: NounPhrase, thing: str, earlier: str) -> str:
    if slot.start == 0:
        thing = thing[0].upper() + thing[1:]
    return earlier[: slot.start] + thing + earlier[slot.end :]
