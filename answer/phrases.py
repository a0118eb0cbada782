"""The noun phrases of a question, found by its function words alone: no model, no list of anybody's names."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from answer.verbs import is_past

__all__ = [
    "AUXILIARY",
    "DO",
    "PREPOSITION",
    "WH",
    "NounPhrase",
    "coordination",
    "is_participle",
    "is_plural",
    "joined",
    "noun_phrases",
    "plural_of",
    "says_something",
    "tokens_of",
]

WH = frozenset("who whom whose what which when where why how".split())
_BE = frozenset("is are was were am be been being".split())
DO = frozenset("do does did has have had can could will would shall should may might must".split())
AUXILIARY = _BE | DO
PREPOSITION = frozenset(
    "in on at of for from to by with without about into over under near between among against during since until "
    "before after through across within outside inside behind beside toward towards upon around via per than".split()
)
_DETERMINER = frozenset("the a an this that these those its their his her my our your some any each every".split())
_OTHER = frozenset(
    "and or but nor so if as because while although though unless whether that not it they them he him she i me we us "
    "you there then also just still ever never now next long many much more most other others both all else too "
    "only".split()
)
# What a question may begin with, capitalised, that is no name.
_OPENS = frozenset(
    "tell name list give show explain describe compare summarise summarize please say define find ok okay yes no "
    "anyone anything".split()
)
_CLOSED = WH | AUXILIARY | PREPOSITION | _DETERMINER | _OTHER | _OPENS
_WORD = re.compile(r"[^\W_][\w’'&./-]*[\w’']|[^\W_]|[^\w\s]")
_LINKS = ("of", "de", "von", "van", "del", "for")


@dataclass(frozen=True, slots=True)
class NounPhrase:
    """A noun phrase at `start` to `end` of a question; `preposition` and `determiner` are what stands before its nouns.

    `named` says that it has a proper name, `asked` that it is what 'how many' or 'which' asks for.
    """

    text: str
    start: int
    end: int
    preposition: str = ""
    determiner: str = ""
    named: bool = False
    asked: bool = False

    @property
    def nouns(self) -> str:
        """The phrase without its determiner."""
        return self.text[len(self.determiner) :].lstrip()


@dataclass(frozen=True, slots=True)
class _Word:
    text: str
    start: int
    end: int
    first: bool

    @property
    def low(self) -> str:
        return self.text.lower()

    @property
    def is_name(self) -> bool:
        if not self.text[0].isalpha() or (self.first and self.low in _CLOSED):
            return False
        return any(ch.isupper() for ch in self.text) and self.low not in ("i", "i'm", "i’m")

    @property
    def is_open(self) -> bool:
        return self.text[0].isalpha() and (self.is_name or self.low not in _CLOSED)


def tokens_of(text: str) -> list[str]:
    """Return the words and punctuation marks of a text, in order."""
    return _WORD.findall(text)


def says_something(word: str) -> bool:
    """Say whether a word is none of the function words."""
    return word[0].isalpha() and word.lower() not in _CLOSED


def noun_phrases(text: str) -> tuple[NounPhrase, ...]:
    """Return the noun phrases of one question, in order.

    A phrase is begun by a determiner, by a name, by 'how many' or 'which', or by an auxiliary put before its subject;
    what of it must be the verb ('did the old fund raise') is left out. Bare nouns elsewhere are not found.
    """
    words = [_Word(m.group(), m.start(), m.end(), i == 0) for i, m in enumerate(_WORD.finditer(text))]
    found, at = [], 0
    while at < len(words):
        phrase, end = _phrase_at(text, words, at)
        found += [phrase] if phrase else []
        at = max(end, at + 1)
    return tuple(found)


def _phrase_at(text: str, words: Sequence[_Word], at: int) -> tuple[NounPhrase | None, int]:
    """The phrase that begins at a word, if one does, and the position of the word behind it."""
    before = words[at - 1].low if at else ""
    two_before = words[at - 2].low if at > 1 else ""
    asked = before in ("which", "what") or (before in ("many", "much") and two_before == "how")
    inverted = before in AUXILIARY
    determined = words[at].low in _DETERMINER and not words[at].is_name
    begin = at + determined
    if begin >= len(words) or not words[begin].is_open or (at == 0 and not words[at].is_name and not determined):
        return None, at + 1
    alone = _is_object(words, at)
    if not (determined or asked or inverted or alone or words[begin].is_name):
        return None, at + 1
    end = begin
    common = determined or asked or not words[begin].is_name
    while end < len(words) and _goes_on(words, begin, end, common=common):
        end += 1
    end = _without_verb(words, begin, end, before, asked=asked)
    if determined and _ends_subject(words, at, begin, end):
        end -= 1
    bare = not determined and not words[begin].is_name
    if end <= begin or (bare and not alone and end == begin + 1 and _is_verb(words, begin, before, asked=asked)):
        return None, at + 1
    start, stop = words[at].start, words[end - 1].end
    phrase = NounPhrase(
        text=text[start:stop],
        start=start,
        end=stop,
        preposition=before if before in PREPOSITION else "",
        determiner=text[start : words[at].end] if determined else "",
        named=any(word.is_name for word in words[begin:end]),
        asked=asked,
    )
    return phrase, end


def _goes_on(words: Sequence[_Word], begin: int, end: int, *, common: bool) -> bool:
    """Say whether a phrase has the word at `end`: a noun of it, or a link between the parts of a name."""
    word = words[end]
    if end == begin:
        return True
    named = words[end - 1].is_name
    if word.is_name:
        return named or end - begin < 2  # 'the old Reed Museum', but 'did the old mayor visit York'
    if word.low in _LINKS and named and end + 1 < len(words) and words[end + 1].is_name:
        return True
    if word.low == "and" and named and end + 1 < len(words) and words[end + 1].is_name:
        return any(w.low == "of" for w in words[begin:end])  # the 'University of Art and Design' is one
    return word.is_open and common


def _without_verb(words: Sequence[_Word], begin: int, end: int, before: str, *, asked: bool) -> int:
    """The end of a phrase without the verb that the run of words ends in."""
    last, rest = words[end - 1], words[end].low if end < len(words) else ""
    if end - begin < 2 or last.is_name or last.low == "one":
        return end
    if asked:
        return _before_verb(words, begin, end, rest)
    named = next((i for i in range(begin, end) if words[i].is_name), None)
    if named is not None and before in DO and all(w.is_name for w in words[begin : end - 1]):
        return end - 1
    if named == begin and before in DO and not last.is_name:  # 'did Acme quickly sell'
        return next(i for i in range(begin, end + 1) if i == end or not words[i].is_name)
    if before in DO and not _verb_follows(words, end):
        return end - 1
    return end - 1 if before in _BE and is_participle(last.text) else end


def _ends_subject(words: Sequence[_Word], at: int, begin: int, end: int) -> bool:
    """Say whether a phrase ends a subject of two that has no verb yet: 'does entry to (the museum) cost'."""
    if end - begin < 2 or words[end - 1].is_name or at < 3 or words[at - 1].low not in PREPOSITION:
        return False
    first = at - 2
    while first > 0 and words[first].is_open:
        first -= 1
    run = words[first + 1 : at - 1]
    auxiliary = words[first - 1] if first and words[first].low in _DETERMINER else words[first]
    return auxiliary.low in DO and bool(run) and (len(run) == 1 or all(word.is_name for word in run))


def _is_object(words: Sequence[_Word], at: int) -> bool:
    """Say whether a bare word is all that is asked of: 'What is rust?', 'What causes rust?', 'How is salt made?'."""
    if at < 2 or words[0].low not in ("what", "who", "how", "where", "why", "when") or not words[at].is_open:
        return False
    rest = words[at + 1].text if at + 1 < len(words) else "?"
    if at == 2 and words[1].low in _BE and words[0].low in ("what", "who"):
        return not is_participle(words[2].text)
    if at == 2 and words[1].low in _BE:
        return is_participle(rest)
    return at == 2 and words[1].is_open and not rest[0].isalpha() and words[0].low in ("what", "who")


def _before_verb(words: Sequence[_Word], begin: int, end: int, rest: str) -> int:
    """The end of what 'which' asks for: before the first word that looks past, behind a plural, or before the last."""
    if rest in AUXILIARY:
        return end
    for at in range(begin + 1, end):
        if is_participle(words[at].text):
            return at
        if is_plural(words[at - 1].text) and not is_plural(words[at].text):
            return at
    return end - 1 if rest[:1].isalpha() else end


def _is_verb(words: Sequence[_Word], at: int, before: str, *, asked: bool) -> bool:
    """Say whether a lone bare word is the verb, as in 'What happened in Leeds?' or 'Were they sold?'."""
    rest = words[at + 1].low if at + 1 < len(words) else ""
    if asked:
        closed = at + 1 < len(words) and not words[at + 1].is_open
        return is_participle(words[at].text) or (closed and rest not in AUXILIARY and rest[:1].isalpha())
    return before in _BE or not is_plural(words[at].text)


def _verb_follows(words: Sequence[_Word], at: int) -> bool:
    """Say whether a name with a lower-case word behind it follows at once, as in '(did the museum) in Leeds open'."""
    if at + 2 >= len(words) or words[at].low not in PREPOSITION or not words[at + 1].is_name:
        return False
    behind = next((word for word in words[at + 1 :] if not word.is_name), None)
    return behind is not None and behind.is_open


def coordination(text: str, found: Sequence[NounPhrase]) -> tuple[NounPhrase, ...]:
    """Return the phrases that a question joins by commas and 'and' or 'or'; nothing when it joins none."""
    best: tuple[NounPhrase, ...] = ()
    for run in _runs(text, found):
        best = run if len(run) > len(best) else best
    return best if len(best) > 1 else ()


def _runs(text: str, found: Sequence[NounPhrase]) -> Iterator[tuple[NounPhrase, ...]]:
    run: list[NounPhrase] = []
    for phrase in found:
        between = text[run[-1].end : phrase.start].strip().lower() if run else ""
        if run and between in (",", "and", "or", ", and", ", or", "&"):
            run.append(phrase)
        else:
            yield tuple(run)
            run = [phrase]
    yield tuple(run)


def joined(items: Sequence[str]) -> str:
    """Return items as English joins them: 'A', 'A and B', 'A, B and C'."""
    return " and ".join(filter(None, (", ".join(items[:-1]), items[-1]))) if items else ""


def is_plural(noun: str) -> bool:
    """Say whether a noun, or that of a phrase, looks like a plural."""
    head = re.split(r"\s+(?:of|in|at|on|near|for|that|who)\s", noun.lower())[0]
    return bool(re.search(r"(?:[^siu’']s|ies|people|men|children)$", head))


def plural_of(nouns: str) -> str | None:
    """Return the plural of a regular noun, or of the nouns that end in it; None where something belongs to them."""
    if re.search(r"\s(?:of|in|at|on|near|for|that|who)\s", nouns):
        return None
    if re.search(r"(?:s|x|z|ch|sh)$", nouns):
        return f"{nouns}es"
    return f"{nouns[:-1]}ies" if re.search(r"[^aeiou]y$", nouns) else f"{nouns}s"


def is_participle(word: str) -> bool:
    """Say whether a word looks like a past participle, or the past, which mostly looks alike."""
    low = word.lower()
    return (
        (low.endswith("ed") and not low.endswith("eed")) or is_past(low) or low in ("read", "lit")
    )  # whose past is a common other word
