"""The proper names of a text, with the slot that each fills: 'in Oslo', 'by Ann Bell', or the subject of its clause."""

import re
from collections.abc import Collection
from dataclasses import dataclass
from functools import lru_cache

from index.terms import analyze

__all__ = ["Name", "initials", "names_in", "proper_words"]

_LINK = r"(?:of|the|and|for|de|la|van|von|der|&)"
_WORD = r"(?!(?:RMB|USD|EUR|GBP|CNY)\b)(?:[A-Z][\w’'-]*|[a-z]+[A-Z]\w*)"
_RUN = re.compile(
    rf"(?<![\w’'-]){_WORD}(?:(?:\s+|(?<!\d)\s+(?:of|for|&)(?:\s+the)?\s+){_WORD}|\s+(?!(?:1[4-9]|20)\d\d\b)\d{{1,4}}\b(?![,.%]?\d|\s?%))*"
)
_SLOT = re.compile(
    r"\b(in|at|by|of|from|to|with|for|on|near|between|under|into|against|after|before|than)\s+(?:the\s+)?$", re.I
)
_PLACE = re.compile(r"\b(?:in|at|from|near|by)\s+$", re.IGNORECASE)
_LISTED = re.compile(r"(?:,|\band|\bor)\s+$")
_CODE = re.compile(r"(?=.*\d)[A-Z]+[\w-]*\d[\w-]*$|[a-z]+[A-Z]|[A-Z]{2,}")
_OPENS = re.compile(r"(?:^|[.?!:;]\s+|[‘“\"'(]\s*)$")
_CALENDAR = frozenset(
    analyze(
        "January February March April May June July August September October November December Monday Tuesday "
        "Wednesday Thursday Friday Saturday Sunday"
    )
)


@dataclass(frozen=True, slots=True)
class Name:
    """A proper name as written, its terms, the preposition before it ('' for none), and where it stands."""

    text: str
    terms: tuple[str, ...]
    slot: str
    start: int
    end: int

    def holds(self, start: int, number: str) -> bool:
        """Say whether a number written in figures at `start` is part of the name, as in 'Heron 90'."""
        return self.start <= start < self.end and number[0].isdigit()


def names_in(text: str, known: Collection[str] = ()) -> tuple[Name, ...]:
    """Return the proper names of a text in order.

    A single capitalised word that opens a sentence is a name only when it is written as no common word is ('eBay',
    'E04') or is among the `known` words.
    """
    found: list[Name] = []
    for match in _RUN.finditer(text):
        start, end = match.span()
        words = match.group().split()
        if _OPENS.search(text[:start]):
            while words and not _names(words, known):
                start = end - len(text[start:end].split(maxsplit=1)[1]) if words[1:] else end
                small = not analyze(words[0])
                words = words[1:]
                if small and words and words[0][0].isupper():  # 'The Heron': what follows an article opens nothing
                    break
        if words and words[-1].isdigit() and _PLACE.search(text[:start]):  # 'in Rome 40 people'
            end -= len(text[start:end]) - len(text[start:end].rsplit(maxsplit=1)[0])
            words = words[:-1]
        said = text[start:end]
        terms = tuple(term for term in analyze(said) if term not in _CALENDAR)
        if not words or not terms or said.lower() in ("i", "a"):
            continue
        found.append(Name(said, terms, _slot(text, start, found), start, end))
    return tuple(found)


def _names(words: list[str], known: Collection[str]) -> bool:
    """Say whether the words that open a sentence begin a name."""
    first = words[0]
    if _CODE.match(first) or re.sub(r"[’']s$", "", first) in known:
        return True
    if not analyze(first):
        return False
    return any(word[0].isupper() for word in words[1:]) and first.lower() not in _OPENERS


_OPENERS = frozenset(
    "according although despite since like unlike following besides today recently however later early many most some "
    "several both all when while where programme programmes code table chapter".split()
)


def proper_words(texts: Collection[str]) -> frozenset[str]:
    """Return the words that stand capitalised within the sentences of texts, and never in small letters."""
    big: set[str] = set()
    small: set[str] = set()
    for text in texts:
        for match in re.finditer(r"[^\W\d_][\w-]*", text):
            word = match.group()
            if word[0].islower():
                small.add(word)
            elif not _OPENS.search(text[max(match.start() - 3, 0) : match.start()]):
                big.add(word)
    return frozenset(word for word in big if word.lower() not in small)


@lru_cache(maxsize=4096)  # the same sentences are read for one question after another
def initials(text: str) -> frozenset[str]:
    """Return the initials of the runs of capitalised words in a text: 'ACN' for 'Arts and Crafts of Norway'."""
    found: set[str] = set()
    words = re.findall(rf"{_WORD}|{_LINK}\b|[^\s]", text)
    run: list[str] = []
    for word in [*words, "."]:
        if word[0].isupper():
            run.append(word[0])
        elif word not in ("of", "the", "and", "for", "&"):
            found.update("".join(run[i:j]) for i in range(len(run)) for j in range(i + 2, len(run) + 1))
            run = []
    return frozenset(found)


def _slot(text: str, start: int, before: list[Name]) -> str:
    slot = _SLOT.search(text[:start])
    if slot:
        return slot.group(1).lower()
    if before and _LISTED.search(text[:start]) and start - before[-1].end < 8:
        return before[-1].slot
    return ""
