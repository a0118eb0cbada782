"""Cut sentences into plain clauses: who does or is what, to whom, where and when; shallow grammar, no model."""

import re
from collections.abc import Iterator, Sequence
from functools import lru_cache

from answer.rulings.constituents import (
    BE,
    DO,
    HAVE,
    MODALS,
    PREPOSITIONS,
    Clause,
    Phrase,
    Word,
    phrase_of,
    phrases,
    words_and_numbers,
)
from answer.verbs import is_past, lemma
from answer.verify.quantities import Quantity

__all__ = ["clauses_of"]

_NEGATIONS = frozenset("not never cannot neither nor no".split())
_ADVERBS = frozenset("also then first later soon already still now ever once again thus therefore".split())
_CONJUNCTIONS = frozenset("and but so or yet then however moreover thus".split())
_SUBORDINATE = frozenset("while whereas although though because".split())  # what they begin is told as a fact, too
_OPENS = re.compile(
    r"who|whom|whose|which|that|where|when|while|whereas|although|though|because|if|unless|whether|;|:|—|–"
)
_PAST = frozenset("was were had did".split())
# 'Bell, who was born in Leeds, founded Acme'.
_INTERPOSED = re.compile(r",\s+(?:who|whom|whose|which|where)\b[^,;:—–]*,(?=\s)")


@lru_cache(maxsize=4096)  # the same sentences are held against one question after another
def clauses_of(text: str, *, shown: bool = False) -> tuple[Clause, ...]:
    """Return a clause for every word of a statement that may be its verb; what cannot be read plainly is left out.

    Args:
        text: one sentence.
        shown: whether to take only words that show by their form that they may be verbs.
    """
    return tuple(_clauses(text, shown=shown))


def _clauses(text: str, *, shown: bool) -> Iterator[Clause]:
    words, numbers = words_and_numbers(_INTERPOSED.sub(lambda m: " " * len(m.group()), text))
    for start, end in _parts(words):
        part = words[start:end]
        before: Clause | None = None
        for n, word in enumerate(part):
            if word.text != word.low or word.counted or word.text == "," or (shown and not _shows(word)):
                continue
            if found := _clause(part, n, numbers) or _joined(part, n, numbers, before):
                yield found
                before = found if _shows(word) else before


def _joined(words: Sequence[Word], n: int, numbers: Sequence[Quantity], before: Clause | None) -> Clause | None:
    """The clause of a second verb that an 'and' joins to one before, whose subject it shares."""
    first = n
    while first and _belongs(words[first - 1]):
        first -= 1
    if before is None or not before.subject.words or not first or words[first - 1].low != "and" or not _shows(words[n]):
        return None
    clause = _clause(words[first:], n - first, numbers)
    if clause is None or (before.passive and first == n and is_past(words[n].text)):
        return None  # 'was bought and sold the mill' is told from 'was bought and sold to Beta' by nothing
    object_, pronouns = before.behind(""), (["it"], ["them"])
    rest = tuple(object_ if object_ and [w.low for w in p.words] in pronouns else p for p in clause.rest)
    return Clause(before.subject, clause.verb, rest, clause.tense, clause.passive, clause.negated)


def _shows(word: Word) -> bool:
    return is_past(word.text) or word.low in BE | HAVE or (word.low.endswith("s") and not word.low.endswith("ss"))


def _parts(words: Sequence[Word]) -> Iterator[tuple[int, int]]:
    """The stretches of a sentence between semicolons, relative words, ', and' and 'and no'."""
    start = 0
    for n, word in enumerate(words):
        joined = word.low in ("and", "but", "so", "as") and n and words[n - 1].text == ","
        joined = joined or (word.low in ("and", "but") and n + 1 < len(words) and words[n + 1].low == "no")
        if _OPENS.fullmatch(word.low) or joined:
            yield start, n
            start = n if _OPENS.fullmatch(word.low) and word.low.isalpha() else n + 1
    yield start, len(words)


def _clause(words: Sequence[Word], n: int, numbers: Sequence[Quantity]) -> Clause | None:
    """The clause whose verb is a word, None where that is none or nothing plain."""
    word, group, i = words[n], [], n - 1
    while i >= 0 and _belongs(words[i]):
        group.append(words[i].low)
        i -= 1
    if word.low in _ADVERBS | _NEGATIONS | MODALS | PREPOSITIONS | _CONJUNCTIONS or word.low.endswith("ing"):
        return None
    behind = n + 1
    after = []
    while behind < len(words) and words[behind].low in _NEGATIONS | _ADVERBS:
        after.append(words[behind].low)
        behind += 1
    auxiliary = word.low in BE | HAVE | DO
    if auxiliary and behind < len(words) and (is_past(words[behind].text) or words[behind].low in ("been", "being")):
        return None
    if word.low in DO or (i >= 0 and words[i].low == "to"):
        return None
    passive = bool(BE.intersection(group)) and not auxiliary
    if passive and not is_past(word.text):
        return None
    read = _subject(words[: i + 1], numbers)
    if read is None:
        return None
    subject, leading = read
    denied = bool(subject.words) and subject.words[0].low == "no" and not subject.numbers
    if denied:  # 'No boat was lost' denies that a boat was
        subject = phrase_of("", subject.words[1:], numbers)
    negated = len([w for w in (*group, *after) if w in _NEGATIONS]) + _denies_object(words, behind) + denied
    if negated > 1:
        return None
    rest = (*phrases(words[behind:], numbers), *leading)
    return Clause(subject, lemma(word.text), rest, _tense(word, group), passive, bool(negated))


def _belongs(word: Word) -> bool:
    """Say whether a word before a verb is its auxiliary, a denial or an adverb."""
    low = word.low
    known = low in BE | HAVE | DO | MODALS | _NEGATIONS | _ADVERBS
    return known or (low.endswith("ly") and word.text.islower())


def _denies_object(words: Sequence[Word], behind: int) -> bool:
    return behind < len(words) and words[behind].low in ("no", "nothing", "none")


def _tense(word: Word, group: Sequence[str]) -> str:
    modal = next((w for w in group if w in MODALS), "")
    if modal:
        return modal
    if {"has", "have"}.intersection(group):
        return "perfect"
    if _PAST.intersection((*group, word.low)):
        return "past"
    return "past" if not BE.union(DO).intersection(group) and is_past(word.text) else "present"


def _subject(words: Sequence[Word], numbers: Sequence[Quantity]) -> tuple[Phrase, tuple[Phrase, ...]] | None:
    """The subject of what stands before a verb, and the phrases that lead in; None where it is not plain."""
    rest = list(words)
    leading: list[Phrase] = []
    while rest and (rest[0].low in _CONJUNCTIONS | _SUBORDINATE or rest[0].text == ","):
        rest.pop(0)
    if rest and rest[0].low.endswith("ing") and (comma := next((n for n, w in enumerate(rest) if w.text == ","), 0)):
        rest = rest[comma + 1 :]  # 'Having left York, Bell founded Acme'
    while rest and rest[0].low in PREPOSITIONS:
        stop = next((n for n, w in enumerate(rest) if w.text == ","), None)
        dated = 1
        while dated < len(rest) and rest[dated].counted:
            dated += 1
        if dated > 1 and (stop is None or dated < stop):
            stop = dated
        if stop is None:
            return None
        leading += phrases(rest[:stop], numbers)
        rest = rest[stop:]
        while rest and rest[0].text == ",":
            rest.pop(0)
    end = len(rest)
    commas = [n for n, w in enumerate(rest) if w.text == ","]
    if commas and not any(w.low == "and" for w in rest):
        if commas[-1] != end - 1:  # an apposition ends with a comma
            return None
        named = len(commas) == 2 and all(w.text[0].isupper() for w in rest[commas[0] + 1 : -1])
        rest = rest[: commas[-1]] if named else rest[: commas[0]]  # 'the keeper, Olaf Brandt,' is either
    if any(w.text in BE | HAVE | DO | MODALS or is_past(w.text) for w in rest):
        return None
    return phrase_of("", rest, numbers), tuple(leading)
