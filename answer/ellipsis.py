"""Put what a fragment leaves out around it: 'And in Leeds?' and 'Why?' said after a whole question."""

import re
from collections.abc import Callable, Sequence
from itertools import pairwise

from answer.phrases import AUXILIARY, DO, PREPOSITION, Phrase, coordination, is_participle, is_plural, phrases
from answer.verbs import participle

__all__ = ["ORDINAL", "ask_anew", "fill", "is_bare"]

ORDINAL = r"(?:first|second|third|fourth|fifth|sixth|seventh|eighth|ninth|tenth|last|\d{1,2}(?:st|nd|rd|th))"
_PLACES = frozenset("in at on near around within across inside outside".split())
_END = re.compile(r"[\s?!.]*$")
_FIGURE = re.compile(r"\b\d[\d,.]*(?<=\d)\b")
_ONES = re.compile(r"(?:the\s+)?(?P<mods>(?:[\w’'-]+\s+)+)(?P<one>ones?)\b", re.IGNORECASE)
_PARTS = re.compile(r"(?<=[\w.,’'])\s+(?=(?:in|at|on|near|since|during|before|after|until|from|under|between)\s)")
_OWN = re.compile(r"(?P<owner>.+?)(?:[’']s|(?<=s)[’'])\s+(?P<noun>[^\W\d_][\w’' -]*)$")
# A question word with what belongs to it and no verb: 'Since when', 'By whom', 'In which year', 'Where else'.
_BARE = re.compile(
    r"(?:(?:in|since|until|by|at|for|during|to|from|with|on|of)\s+)?"
    r"(?:(?:how\s+(?!come\b|so\b|about\b|of\b)[\w’'-]+|whom?|when|where|why|how|which|what)"
    r"(?:\s+(?:ones?|year|years|month|day|date|else|exactly|precisely|then))?)$",
    re.IGNORECASE,
)
_WHY_THAT = re.compile(r"(why)\s+(?:is|was|are|were)\s+(?:that|this|it)(?:\s+so)?$", re.IGNORECASE)
_ADVERBIAL = re.compile(
    r"(?:(?:in|since|until|by|at|for|during|to|from|with|on)\s+(?:whom?|what|which|when)(?:\s+(?:year|month|day|date)s?)?"
    r"|when|where|why|how(?:\s+(?:long|often|far|fast|recently|soon|well|quickly))?)(?:\s+(?:else|exactly|precisely))?",
    re.IGNORECASE,
)
_DEGREE = re.compile(r"how\s+(?!many\b|much\b)[\w’'-]+(?=\s+(?:is|are|was|were)\b)", re.IGNORECASE)
_COUNTED = re.compile(r"(?:how\s+(?:many|much)|which|what)(?:\s+ones?)?", re.IGNORECASE)
_ASKED = re.compile(rf"({_ADVERBIAL.pattern})\s+(\w+)\s+(.+)", re.IGNORECASE | re.DOTALL)
_ASKED_THING = re.compile(
    r"(how\s+(?:many|much)|which|what|who|whom)\b\s*(.*?)\s*\b(do|does|did|has|have|had|can|could|will|would|was|were)\s+(.+)",
    re.IGNORECASE | re.DOTALL,
)
_DONE = re.compile(r"(?:who|what)\s+([^\W_]+)\s+((?:up|out|off|down|in|over)\s+)?(.+)", re.IGNORECASE | re.DOTALL)


def is_bare(text: str) -> bool:
    """Say whether a question is a question word alone, with what belongs to it: 'When', 'By whom', 'How many'."""
    return bool(_BARE.match(text) or _WHY_THAT.match(text))


def ask_anew(asked: str, earlier: str) -> str | None:
    """Return the earlier question asked for something else: 'When' of 'Who founded Acme?' is 'When was Acme founded?'.

    Args:
        asked: a bare question word, as `is_bare` knows it.
        earlier: one whole question.

    Returns:
        None where English has no simple way to say it.
    """
    if why := _WHY_THAT.match(asked):
        asked = why.group(1)
    asked, body = asked[0].upper() + asked[1:], _END.sub("", earlier)
    word, *more = asked.split()
    if more == ["else"] and body.lower().split()[:1] == [word.lower()]:
        return f"{asked}{body[len(word) :]}?"
    if len(more) == 1 and word.lower() == "how" and (degree := _DEGREE.match(body)):
        return f"{asked}{body[degree.end() :]}?"
    if _ADVERBIAL.fullmatch(asked):
        return _ask_how(asked, body) or _passive(asked, body)
    if re.fullmatch(r"(?:by\s+)?whom?", asked, re.IGNORECASE):
        done = _ASKED.fullmatch(body)
        passive = done and done.group(2).lower() in ("was", "were", "is", "are") and _has_participle(done.group(3))
        return f"By whom {done.group(2)} {done.group(3)}?" if done and passive else None
    thing = re.match(rf"({_COUNTED.pattern})\s+(?=[^\W_])", body, re.IGNORECASE) if _COUNTED.fullmatch(asked) else None
    found = phrases(body)
    if thing and found and found[0].asked:
        return f"{re.sub(r' ones?$', '', asked)} {body[found[0].start :]}?"
    return None


def _ask_how(asked: str, body: str) -> str | None:
    """Put an adverbial question word before a question, in the place of its own."""
    first = body.split(maxsplit=1)[0].lower() if body else ""
    if first in AUXILIARY:
        return f"{asked} {first}{body[len(first) :]}?"
    if (how := _ASKED.fullmatch(body)) and how.group(2).lower() in AUXILIARY:
        return f"{asked} {how.group(2)} {how.group(3)}?"
    thing = _ASKED_THING.fullmatch(body)
    if not thing:
        return None
    noun, auxiliary, rest = thing.group(2), thing.group(3), thing.group(4)
    if any(word.lower() in AUXILIARY for word in noun.split()):
        return None
    if auxiliary.lower() in DO:
        return f"{asked} {auxiliary} {_with_object(rest, noun)}?" if noun or len(rest.split()) > 1 else None
    return f"{asked} {auxiliary} {noun} {rest}?" if noun and is_participle(rest.split()[0]) else None


def _with_object(rest: str, noun: str) -> str:
    """'Acme build in Leeds' with its object 'works' put before the place."""
    words = rest.split()
    cut = next((i for i, word in enumerate(words) if i > 1 and word.lower() in PREPOSITION), len(words))
    return " ".join([*words[:cut], *([noun] if noun else []), *words[cut:]])


def _passive(asked: str, body: str) -> str | None:
    """'When was Acme founded' from 'Who founded Acme'."""
    done = _DONE.fullmatch(body)
    if not done:
        return None
    verb, particle, rest = done.group(1), done.group(2) or "", done.group(3)
    done_to = participle(verb)
    objects = phrases(f"x {rest}")
    if verb.lower() in AUXILIARY or not is_participle(done_to) or not objects or objects[0].start != len("x "):
        return None
    last = objects[0]
    for phrase in objects[1:]:
        if phrase.preposition in ("of", "for") or phrase in coordination(f"x {rest}", objects):
            last = phrase
    end = last.end - len("x ")
    several = len(coordination(rest, phrases(rest))) > 1 or (not objects[0].named and is_plural(objects[0].text))
    was = "were" if several else "was"
    return " ".join(f"{asked} {was} {rest[:end]} {done_to} {particle}{rest[end:]}".split()) + "?"


def _has_participle(rest: str) -> bool:
    return any(is_participle(word) for word in re.findall(r"\w+", rest))


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
    found = phrases(earlier)
    if own := _OWN.match(thing):
        return _fill_own(own["owner"], own["noun"], earlier, found)
    filled = None
    for way in (_fill_ones, _fill_figure, _fill_name, _fill_noun):
        filled = filled or way(thing, preposition, earlier, found)
    if filled is None and preposition:
        end = _END.search(earlier)
        at = end.start() if end else len(earlier)
        filled = f"{earlier[:at]} {preposition} {thing}{earlier[at:] or '?'}"
    return filled


def _fill_ones(thing: str, preposition: str, earlier: str, found: Sequence[Phrase]) -> str | None:
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


def _fill_figure(thing: str, preposition: str, earlier: str, found: Sequence[Phrase]) -> str | None:
    slots = list(_FIGURE.finditer(earlier))
    if not _FIGURE.fullmatch(thing) or not slots:
        return None
    slot = slots[-1]
    before = earlier[: slot.start()].rstrip()
    word = before.split()[-1] if before else ""
    if preposition not in ("", "for") and word.lower() in PREPOSITION:
        before = before[: -len(word)] + preposition
    return f"{before} {thing}{earlier[slot.end() :]}"


def _fill_name(thing: str, preposition: str, earlier: str, found: Sequence[Phrase]) -> str | None:
    new = [p for p in phrases(f"{preposition or 'about'} {thing}") if p.named]
    slots = [p for p in found if p.named]
    if not new or not slots:
        return None
    if preposition:
        same = [p for p in slots if p.preposition == preposition]
        same = same or [p for p in slots if preposition in _PLACES and p.preposition in _PLACES]
        if not same:
            return None
        before = earlier[: same[-1].start].rstrip()
        return before[: -len(same[-1].preposition)] + f"{preposition} {thing}" + earlier[same[-1].end :]
    if len(several := coordination(earlier, slots)) == len(slots):
        return _agreeing(earlier[: several[0].start], thing) + earlier[several[-1].end :]
    slot = max(slots, key=_likeness(new[0], slots))
    if re.search(r"\band\b", thing) and slot.start:
        return _agreeing(earlier[: slot.start], thing) + earlier[slot.end :]
    return _put(slot, thing, earlier)


def _likeness(new: Phrase, slots: Sequence[Phrase]) -> Callable[[Phrase], tuple[int, int, bool, int]]:
    """How like a name is to a new one: a word that both have, as many words, no preposition either; then the last."""
    words = set(new.nouns.split())
    return lambda p: (
        len(words & set(p.nouns.split())),
        -abs(len(words) - len(p.nouns.split())),
        not p.preposition,
        slots.index(p),
    )


def _fill_noun(thing: str, preposition: str, earlier: str, found: Sequence[Phrase]) -> str | None:
    """Put a common noun in the place of one: of 'the area of Leeds', the area gives way."""
    new = phrases(f"about {thing}")
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


def _fill_own(owner: str, noun: str, earlier: str, found: Sequence[Phrase]) -> str | None:
    for first, second in pairwise(found):
        if second.text == owner and second.preposition == "of" and not first.named:
            return _put(first, f"{first.determiner} {noun}".strip(), earlier)
    return None


def _agreeing(before: str, thing: str) -> str:
    """What stands before a name or joined names, with its verb in their number."""
    other = {"are": "is", "were": "was", "do": "does", "have": "has"}
    if re.search(r"\band\b", thing):
        other = {one: many for many, one in other.items()}
    last = before.lower().split()[-1:]
    if last and last[0] in other:
        before = before.rstrip()[: -len(last[0])] + other[last[0]] + " "
    return before + thing


def _put(slot: Phrase, thing: str, earlier: str) -> str:
    if slot.start == 0:
        thing = thing[0].upper() + thing[1:]
    return earlier[: slot.start] + thing + earlier[slot.end :]
