"""Ask an earlier question anew for what a question word alone asks: 'Why?' said after a whole question."""

import re

from answer.phrases import (
    AUXILIARY,
    DO,
    PREPOSITION,
    coordination,
    is_participle,
    is_plural,
    noun_phrases,
    says_something,
)
from answer.verbs import participle

__all__ = ["ask_anew", "is_bare"]

_END = re.compile(r"[\s?!.]*$")
# A question word with what belongs to it and no verb: 'Since when', 'By whom', 'In which year', 'Where else'.
_BARE = re.compile(
    r"(?:(?:in|since|until|by|at|for|during|to|from|with|on|of)\s+)?"
    r"(?:(?:how\s+(?!come\b|so\b|about\b|of\b)[\w’'-]+|whom?|when|where|why|how|which|what)"
    r"(?:\s+(?:ones?|year|years|month|day|date|else|exactly|precisely|then))?"
    r"|(?<=[a-z]\s)(?:what|which)\s+[\w’'-]+)$",
    re.IGNORECASE,
)
# 'How many teachers': one word, or two of which the last is a plural and so no verb.
_OTHER_COUNT = re.compile(r"how\s+(?:many|much)\s+(?P<noun>[\w’'-]+(?:\s+[\w’'-]+)?)$", re.IGNORECASE)
_OF_THEM = re.compile(r"(?<=many|much)\s+of\s+(?:them|these|those)$", re.IGNORECASE)
_WHY_THAT = re.compile(r"(why)\s+(?:is|was|are|were)\s+(?:that|this|it)(?:\s+so)?$", re.IGNORECASE)
_ADVERBIAL = re.compile(
    r"(?:(?:in|since|until|by|at|for|during|to|from|with|on)\s+(?:(?:what|which)\s+[\w’'-]+|whom?|what|which|when)"
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
    return bool(_BARE.match(_OF_THEM.sub("", text)) or _WHY_THAT.match(text) or _other_count(text))


def _other_count(text: str) -> str | None:
    """What 'how many teachers' counts, where nothing is said of it."""
    other = _OTHER_COUNT.match(_OF_THEM.sub("", text))
    words = other["noun"].split() if other else []
    if not words or not all(map(says_something, words)) or (len(words) > 1 and not is_plural(words[-1])):
        return None
    return None if words[-1].endswith("ed") or words[-1] in ("one", "ones", "exactly") else " ".join(words)


def ask_anew(asked: str, earlier: str) -> str | None:
    """Return the earlier question asked for something else: 'When' of 'Who founded Acme?' is 'When was Acme founded?'.

    Args:
        asked: a bare question word, as `is_bare` knows it.
        earlier: one whole question.

    Returns:
        None where English has no simple way to say it.
    """
    asked = _OF_THEM.sub("", asked)
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
    counted, others = noun_phrases(body)[:1], _other_count(asked)
    if others:
        same = counted and counted[0].asked and body.lower().startswith(word.lower())
        return f"{asked}{body[counted[0].end :]}?" if same else None
    thing = re.match(rf"({_COUNTED.pattern})\s+(?=[^\W_])", body, re.IGNORECASE) if _COUNTED.fullmatch(asked) else None
    found = noun_phrases(body)
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
    if auxiliary.lower() in DO and not noun and "do" in rest.split():
        return None  # 'What did Acme do?'
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
    objects = noun_phrases(f"x {rest}")
    if verb.lower() in AUXILIARY or not is_participle(done_to) or not objects or objects[0].start != len("x "):
        return None
    last = objects[0]
    for phrase in objects[1:]:
        if phrase.preposition in ("of", "for") or phrase in coordination(f"x {rest}", objects):
            last = phrase
    end = last.end - len("x ")
    several = len(coordination(rest, noun_phrases(rest))) > 1 or (not objects[0].named and is_plural(objects[0].text))
    was = "were" if several else "was"
    return " ".join(f"{asked} {was} {rest[:end]} {done_to} {particle}{rest[end:]}".split()) + "?"


def _has_participle(rest: str) -> bool:
    return any(is_participle(word) for word in re.findall(r"\w+", rest))
