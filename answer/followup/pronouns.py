"""Find the pronouns of a question that point out of it, and put what they stand for in their place."""

import re
from collections.abc import Sequence

from answer.followup.antecedents import Kind, Turn, antecedent, possessive
from answer.phrases import AUXILIARY, PREPOSITION, WH, is_plural, noun_phrases, says_something
from index.terms import analyze

__all__ = ["points_out", "resolve"]

_PRONOUN = re.compile(
    r"\b(?:it|its|they|them|theirs?|he|him|his|she|hers?|there|this|that|these|those|both(?=\s*[?.!]*$))\b(?![’'](?!s\b)|-)",
    re.IGNORECASE,
)
_KINDS = {
    "it": Kind.THING, "its": Kind.THING, "they": Kind.MANY, "them": Kind.MANY, "their": Kind.MANY, "both": Kind.MANY,
    "he": Kind.PERSON, "him": Kind.PERSON, "his": Kind.PERSON, "she": Kind.PERSON, "her": Kind.PERSON,
    "there": Kind.PLACE,
}  # fmt: skip
_ALWAYS_OWN = ("its", "their", "his")
_DEMONSTRATIVE = ("this", "that", "these", "those")
# A clause of its own begins with one of these, and may take up what was named before.
_CLAUSE = re.compile(
    r"[,;:]|\b(?:and|but|or|because|when|while|if|that|which|who|although|though|so|where|why|how|once|whether|what)\b"
    r"|\b(?:after|before|since|until|as)\s*$",
    re.IGNORECASE,
)
_FRONTED = re.compile(r"(?:when|if|after|before|because|since|while|as|although|once|until)\s+(\w+)", re.IGNORECASE)
# 'it' that stands for nothing: 'Is it true that', 'How long did it take to', or the document: 'What does it say of'.
_EMPTY_IT = re.compile(
    r"\b(?:is|was|isn[’']t|wasn[’']t)\s+it\b[^?]*\b(?:that|who|which|whether|if)\b"
    r"|\b(?:is|was|would)\s+it\s+(?:be\s+)?(?:true|possible|likely|necessary|important|worth|common|legal|usual)\b[^?]*\bto\b"
    r"|\bit\s+(?:take|takes|took|taken|cost|costs|mean|means|make\s+sense|matter|matters)\b[^?]*\b(?:to|if|that|whether)\b"
    r"|\bit\s+(?:say|mention|argue|claim|conclude|state|report)s?\s+"
    r"(?:about|of|on|that|who|what|which|whether|if|when|where|why|how|anything|something)\b|\btime\s+is\s+it\b"
    r"|\bit\s+(?:mention|discuss(?:e)?|describe|explain|define|cite|quote|talk\s+(?:about|of)|speak\s+of|refer\s+to)s?\b"
    r"|\b(?:mak(?:e|es|ing)|made|finds?|found)\s+it\s+(?:(?:so|too|very|more|less)\s+)?(?:hard|easy|harder|easier|difficult|"
    r"possible|impossible|necessary|expensive|dangerous|safe|legal|illegal|important)\s+(?:to|that)\s+\w+\s+"
    rf"(?!(?:{'|'.join(sorted(PREPOSITION))})\b)\w",
    re.IGNORECASE,
)
_EXISTS = re.compile(
    r"\b(?:is|are|was|were|be|been|exists?)\s+there\b"
    r"|\bthere\s+(?:is|are|was|were|be|been|has|have|had|will|would|can|could|may|might|must|exists?|remains?)\b",
    re.IGNORECASE,
)
_DOCUMENT = frozenset("chapter text document article paper book essay study report section table page author".split())
# 'Is that larger than the mill?', 'Was that legal?': no noun comes behind it.
_ALONE = re.compile(r"\b(?:is|are|was|were)\s+$", re.IGNORECASE)
_JUDGES = re.compile(rf"\s+[^\W\d_][\w’'-]*(?=\s*[?.!]*$|\s+(?:{'|'.join(sorted(PREPOSITION))})\b)", re.IGNORECASE)
_DEED = re.compile(
    r"\b(?:did|does|will|would)\s+it(?=\s+take\s*[?.]*$)|\b(?:do|does|did|done|doing)\s+(?:it|that|this)(?=\s*(?:[?.,;!]|$)|\s+(?:and|or|in|at|on|for|to|with|by|so)\b)",
    re.IGNORECASE,
)


def points_out(question: str) -> bool:
    """Say whether a question has a pronoun that stands for nothing inside it."""
    return any(_is_open(question, match) for match in _PRONOUN.finditer(question))


def resolve(question: str, turns: Sequence[Turn]) -> Turn | None:
    """Return the question with what its pronouns stand for, and what that was; None where one stands for nothing known.

    Args:
        question: one sentence.
        turns: the questions before it, completed, oldest first.
    """
    text, meant, at = question, dict[Kind, str](), 0
    while match := _PRONOUN.search(text, at):
        at = match.end()
        if not _is_open(text, match):
            continue
        if any(deed.end() == match.end() for deed in _DEED.finditer(text)):
            return None  # what was done is no phrase
        said = _said(text, match, turns, meant)
        if said is None:
            return None
        stop, phrase = said
        if not text[: match.start()].strip():
            phrase = phrase[0].upper() + phrase[1:]
        at = match.start() + len(phrase)
        text = text[: match.start()] + phrase + text[stop:]
    return Turn(text, meant)


def _said(text: str, match: re.Match[str], turns: Sequence[Turn], meant: dict[Kind, str]) -> tuple[int, str] | None:
    """What a pronoun is to be replaced by, and where what it replaces ends; notes what it meant."""
    word = match.group().lower()
    if word in _DEMONSTRATIVE:
        return _pointed_at(text, match, turns, meant)
    if word not in _KINDS:
        return None
    kind = _KINDS[word]
    found = antecedent(kind, turns)
    if found is None:
        return None
    if kind is Kind.PLACE:
        before = text[: match.start()].split()
        led = bool(before) and before[-1].lower() in PREPOSITION
        return match.end(), found.split(" ", 1)[1] if led else found
    meant[kind] = found
    owned = possessive(found) if _owns(text, match) else found
    return (match.end(), owned) if owned else None


def _pointed_at(
    text: str, match: re.Match[str], turns: Sequence[Turn], meant: dict[Kind, str]
) -> tuple[int, str] | None:
    """'that fund' is 'the pension fund' that was spoken of; 'that company' is 'the company Acme'."""
    noun = re.match(r"\s+([^\W\d_][\w’'-]*)", text[match.end() :])
    if noun and (not says_something(noun.group(1)) or _is_judged(text, match)):
        return None
    kind = Kind.MANY if match.group().lower() in ("these", "those") else Kind.THING
    found = antecedent(kind, turns)
    if not noun or found is None:
        return None
    stop = match.end() + noun.end()
    if analyze(noun.group(1))[:1] == analyze(re.split(r"\s+(?:of|in|at|on|near|that)\s", found)[0])[-1:]:
        meant[kind] = found
        return stop, found
    named = noun_phrases(f"about {found}")
    if kind is Kind.THING and len(named) == 1 and named[0].named and not named[0].determiner:
        meant[kind] = found
        return stop, f"the {noun.group(1)} {found}"
    return None


def _is_judged(text: str, match: re.Match[str]) -> bool:
    """Say whether what stands behind a demonstrative is said of it, as in 'Is that larger?'."""
    return bool(_ALONE.search(text[: match.start()]) and _JUDGES.match(text, match.end()))


def _is_open(text: str, match: re.Match[str]) -> bool:
    """Say whether a pronoun stands for something outside of the sentence."""
    word, before, behind = match.group().lower(), text[: match.start()], text[match.end() :]
    if any(empty.start() <= match.start() < empty.end() and word == "it" for empty in _EMPTY_IT.finditer(text)):
        return False
    if word == "there":
        return not any(e.start() <= match.start() < e.end() for e in _EXISTS.finditer(text))
    if word in _DEMONSTRATIVE:
        return _points(word, before, behind)
    return not _bound(text, match) and not _announced(before, behind)


def _points(word: str, before: str, behind: str) -> bool:
    """Say whether 'that' or the like points at something, and does not begin a clause."""
    words = re.findall(r"[\w’'-]+|[^\w\s]", behind)
    following, next_but_one = (*(w.lower() for w in words[:2]), "", "")[:2]
    last = (re.findall(r"[\w’'-]+", before) or [""])[-1].lower()
    if following in ("who", "which", "that", "of", "year", "the", "a", "an") or following.rstrip("s") in _DOCUMENT:
        return False
    if not following[:1].isalpha():
        return True
    if words[0][0].isupper() or (word in ("this", "that") and is_plural(following)):
        return False
    if next_but_one in PREPOSITION and re.search(r"\b(?:the|an?|which|any|some)\s+(?:[\w’'-]+\s+){1,2}$", before):
        return False  # 'the wolves that live in the valley'
    if word != "that" or not last or last in WH | AUXILIARY | PREPOSITION | {"and", "or"}:
        return True
    return not next_but_one[:1].isalpha() or next_but_one in PREPOSITION


def _bound(text: str, match: re.Match[str]) -> bool:
    """Say whether a pronoun takes up something that its own sentence has before it.

    One that owns may take up the subject of its clause ('Did Acme sell its works?'); any other only what an earlier
    clause has ('What did Acme do when it moved?'), since 'Did Bell found it?' is not of Bell.
    """
    kind, before = _KINDS.get(match.group().lower(), Kind.MANY), text[: match.start()]
    owns = _owns(text, match)
    for phrase in noun_phrases(text):
        if phrase.end > match.start() or phrase.start == match.start():
            continue
        fits = phrase.named or (kind is Kind.PERSON and not phrase.asked)
        fits = fits or (kind is not Kind.PERSON and is_plural(phrase.text) is (kind is Kind.MANY))
        clause = _CLAUSE.search(before, phrase.end)
        goes_on = bool(re.match(r"\s+\w", text[match.end() :]))
        if fits and (
            owns or (clause and (goes_on or clause.group().strip().lower() not in ("after", "before", "since")))
        ):
            return True
    return False


def _announced(before: str, behind: str) -> bool:
    """Say whether the name comes after, as in 'When it closed, what did Acme do?'."""
    fronted = _FRONTED.match(before.strip() + " x")
    _, comma, main = behind.partition(",")
    if not fronted or not comma or fronted.group(1).lower() in AUXILIARY:
        return False
    return any(p.named for p in noun_phrases(main.strip()))


def _owns(text: str, match: re.Match[str]) -> bool:
    word = match.group().lower()
    if word != "her":
        return word in _ALWAYS_OWN
    following = re.match(r"\s+([\w’'-]+)", text[match.end() :])
    return bool(following) and following.group(1).lower() not in AUXILIARY | PREPOSITION | WH | {"and", "or", "but"}  # type: ignore[union-attr]
