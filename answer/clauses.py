"""Cut sentences into plain clauses: who does or is what, to whom, where and when; shallow grammar, no model."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from answer.verbs import is_past, lemma
from answer.verify.hedges import hedge_before
from answer.verify.quantities import Kind, Quantity, quantities_in

__all__ = ["MODALS", "PREPOSITIONS", "Clause", "Phrase", "Word", "clauses_of", "phrases", "words_of"]

PREPOSITIONS = frozenset(
    "in on at by from to into with for near between under over after before since until till during through within "
    "against among across along around behind beside towards toward upon without as than per despite like outside "
    "inside onto of off about via throughout except following".split()
)
_BE = frozenset("am is are was were be been".split())
_HAVE = frozenset("has have had".split())
_DO = frozenset("do does did".split())
MODALS = frozenset("can could may might must shall should will would".split())
_NEGATIONS = frozenset("not never cannot neither nor no".split())
_ADVERBS = frozenset("also then first later soon already still now ever once again thus therefore".split())
_CONJUNCTIONS = frozenset("and but so or yet then however moreover thus".split())
_OPENS = re.compile(
    r"who|whom|whose|which|that|where|when|while|whereas|although|though|because|if|unless|whether|;|:|—|–"
)
_CLOSED = frozenset("after before since until till despite like as than without except following".split())
_BOUNDS = frozenset("before after prior".split())
_PAST = frozenset("was were had did".split())
# Words that say nothing of their own.
_EMPTY = frozenset(
    "a an the this that these those its their his her and or there ever any really actually also indeed it he she they "
    "be am is are was were been has have had do does did".split()
)
_WORD = re.compile(r"\d[\d,.]*\d%?|[^\W_][\w’'&-]*(?:\.(?=\w))?[\w’'-]*|[$€£¥]\d[\d,.]*|[,;:—–]")
_COMPANY = re.compile(r",(?=\s+(?:Ltd|Inc|LLC|Corp|Jr)\b)")
_ASIDE = re.compile(r"\([^()]*\)|\[[^\[\]]*\]")


@dataclass(frozen=True, slots=True)
class Word:
    """A word or mark of a sentence and where it stands; `counted` is that it belongs to a number."""

    text: str
    start: int
    counted: bool = False

    @property
    def low(self) -> str:
        """The word in small letters."""
        return self.text.lower()

    @property
    def key(self) -> str:
        """What two words share that are forms of one; of one that owns something, with that."""
        bare = re.sub(r"[’']s?$", "", self.text)
        return lemma(bare) + ("'s" if bare != self.text else "")


@dataclass(frozen=True, slots=True)
class Phrase:
    """Words behind a preposition, or behind none: `said` are its words that say something, `numbers` its numbers."""

    preposition: str
    words: tuple[Word, ...]
    numbers: tuple[Quantity, ...]

    @property
    def said(self) -> tuple[Word, ...]:
        """The words that say something, numbers left out."""
        return tuple(w for w in self.words if not w.counted and w.low not in _EMPTY | PREPOSITIONS and w.text != ",")

    @property
    def keys(self) -> frozenset[str]:
        """The keys of what it says."""
        return frozenset(word.key for word in self.said)

    @property
    def heads(self) -> frozenset[str]:
        """The keys of the nouns that it is about: the last word before a preposition, 'and' or a comma."""
        found: set[str] = set()
        last: Word | None = None
        said = self.said
        for word in (*(w for w in self.words if not w.counted), None):
            if word is None or word.low in ("and", ",", "or"):
                found |= {last.key} if last else set()
                last = None
            elif word.low in PREPOSITIONS:
                found |= {last.key} if last else set()
                break
            elif word in said:
                last = word
        return frozenset(found)


@dataclass(frozen=True, slots=True)
class Clause:
    """A verb with its subject and what follows; `tense` is 'past', 'present', 'perfect' or the modal verb itself."""

    subject: Phrase
    verb: str
    rest: tuple[Phrase, ...]
    tense: str
    passive: bool = False
    negated: bool = False

    def behind(self, preposition: str) -> Phrase | None:
        """The first phrase behind a preposition; '' is the object, or what something is said to be."""
        return next((phrase for phrase in self.rest if phrase.preposition == preposition), None)


def words_of(text: str) -> tuple[tuple[Word, ...], tuple[Quantity, ...]]:
    """Return the words and marks of a sentence, asides in brackets left out, and its numbers."""
    plain = _ASIDE.sub(lambda m: " " * len(m.group()), _COMPANY.sub(" ", text))
    numbers = quantities_in(plain)
    spans = [
        (q.start - len(hedge_before(plain[: q.start], year=q.kind is Kind.YEAR)[1] if q.hedge else ""), q.end)
        for q in numbers
    ]
    words = tuple(Word(m.group(), m.start(), any(a <= m.start() < b for a, b in spans)) for m in _WORD.finditer(plain))
    return words, numbers


def phrases(words: Sequence[Word], numbers: Sequence[Quantity]) -> tuple[Phrase, ...]:
    """Return what follows a verb, phrase by phrase, up to the next verb; 'of' goes on with the phrase before it."""
    found: list[tuple[str, list[Word]]] = [("", [])]
    for n, word in enumerate(words):
        bound = word.counted and word.low in _BOUNDS and not (n and words[n - 1].counted)  # 'before 1990' is a date
        starts = bound or (word.low in PREPOSITIONS and word.low != "of" and not word.counted)
        if starts and found[-1][0] in _CLOSED:
            break
        if _ends(words, n, found[-1][0]):
            break
        if starts:
            found.append(("in" if bound else word.low, []))
        else:
            found[-1][1].append(word)
    return tuple(_phrase(preposition, held, numbers) for preposition, held in found if held)


def _ends(words: Sequence[Word], n: int, preposition: str) -> bool:
    word = words[n]
    if word.low in _BE | _HAVE | _DO | MODALS or (word.low.endswith("ing") and word.text.islower() and n):
        return True
    return is_past(word.text) and not (preposition == "" and n == 0) and word.low not in ("born", "set")


def _phrase(preposition: str, words: Sequence[Word], numbers: Sequence[Quantity]) -> Phrase:
    own = tuple(q for q in numbers if words and words[0].start <= q.start <= words[-1].start + len(words[-1].text))
    return Phrase(preposition, tuple(words), own)


def clauses_of(text: str, *, shown: bool = False) -> Iterator[Clause]:
    """Yield a clause for every word of a statement that may be its verb; what cannot be read plainly is left out.

    Args:
        text: one sentence.
        shown: whether to take only words that show by their form that they may be verbs.
    """
    words, numbers = words_of(text)
    for start, end in _parts(words):
        part = words[start:end]
        for n, word in enumerate(part):
            if word.text != word.low or word.counted or word.text == "," or (shown and not _shows(word)):
                continue
            if found := _clause(part, n, numbers):
                yield found


def _shows(word: Word) -> bool:
    return is_past(word.text) or word.low in _BE | _HAVE or (word.low.endswith("s") and not word.low.endswith("ss"))


def _parts(words: Sequence[Word]) -> Iterator[tuple[int, int]]:
    """The stretches of a sentence between semicolons, relative words and ', and'."""
    start = 0
    for n, word in enumerate(words):
        joined = word.low in ("and", "but", "so", "as") and n and words[n - 1].text == ","
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
    auxiliary = word.low in _BE | _HAVE | _DO
    if auxiliary and behind < len(words) and (is_past(words[behind].text) or words[behind].low in ("been", "being")):
        return None
    if word.low in _DO or (i >= 0 and words[i].low == "to"):
        return None
    passive = bool(_BE.intersection(group)) and not auxiliary
    if passive and not is_past(word.text):
        return None
    read = _subject(words[: i + 1], numbers)
    if read is None:
        return None
    subject, leading = read
    negated = len([w for w in (*group, *after) if w in _NEGATIONS]) + _denies_object(words, behind)
    if negated > 1:
        return None
    rest = (*phrases(words[behind:], numbers), *leading)
    return Clause(subject, lemma(word.text), rest, _tense(word, group), passive, bool(negated))


def _belongs(word: Word) -> bool:
    """Say whether a word before a verb is its auxiliary, a denial or an adverb."""
    low = word.low
    known = low in _BE | _HAVE | _DO | MODALS | _NEGATIONS | _ADVERBS
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
    return "past" if not _BE.union(_DO).intersection(group) and is_past(word.text) else "present"


def _subject(words: Sequence[Word], numbers: Sequence[Quantity]) -> tuple[Phrase, tuple[Phrase, ...]] | None:
    """The subject of what stands before a verb, and the phrases that lead in; None where it is not plain."""
    rest = list(words)
    leading: list[Phrase] = []
    while rest and (rest[0].low in _CONJUNCTIONS or rest[0].text == ","):
        rest.pop(0)
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
        rest = rest[: commas[0]]
    if any(w.low in _BE | _HAVE | _DO | MODALS or is_past(w.text) for w in rest):
        return None
    return _phrase("", rest, numbers), tuple(leading)
