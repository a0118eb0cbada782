"""The parts of a clause: its words, the phrases before and behind its verb, and the clause itself."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from answer.verbs import is_past, lemma
from answer.verify.hedges import hedge_before
from answer.verify.quantities import Kind, Quantity, quantities_in

__all__ = [
    "BE",
    "DO",
    "HAVE",
    "MODALS",
    "PREPOSITIONS",
    "Clause",
    "Phrase",
    "Word",
    "phrase_of",
    "phrases",
    "words_and_numbers",
]

PREPOSITIONS = frozenset(
    "in on at by from to into with for near between under over after before since until till during through within "
    "against among across along around behind beside towards toward upon without as than per despite like outside "
    "inside onto of off about via throughout except following".split()
)
BE = frozenset("am is are was were be been".split())
HAVE = frozenset("has have had".split())
DO = frozenset("do does did".split())
MODALS = frozenset("can could may might must shall should will would".split())
_CLOSED = frozenset("after before since until till despite like as than without except following".split())
_BOUNDS = frozenset("before after prior".split())
_DETERMINERS = frozenset("the a an its his her their no every".split())
# Words that say nothing of their own.
_EMPTY = frozenset(
    "a an the this that these those its their his her and or there ever any really actually also indeed it he she they "
    "itself himself herself themselves "
    "be am is are was were been has have had do does did".split()
)
_WORD = re.compile(r"\d{1,2}:\d\d|\d[\d,.]*\d%?|[^\W_][\w’'&-]*(?:\.(?=\w))?[\w’'-]*|[$€£¥]\d[\d,.]*|[,;:—–]")
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


def words_and_numbers(text: str) -> tuple[tuple[Word, ...], tuple[Quantity, ...]]:
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
    return tuple(phrase_of(preposition, held, numbers) for preposition, held in _before_gap(found) if held)


def _before_gap(found: Sequence[tuple[str, list[Word]]]) -> Sequence[tuple[str, list[Word]]]:
    """The phrases before an 'and' behind which the verb is left out: 'Bell founded Acme in 2003 (and Beta in 2005)'."""
    for n, (preposition, held) in enumerate(found):
        gap = next((i for i, word in enumerate(held) if word.low in ("and", "but", ",")), None)
        if (
            preposition
            and gap is not None
            and {p for p, _ in found[: n + 1]}.intersection(p for p, _ in found[n + 1 :])
        ):
            return [*found[:n], (preposition, held[:gap])]
    return found


def _ends(words: Sequence[Word], n: int, preposition: str) -> bool:
    word = words[n]
    doing = word.low.endswith("ing") and word.text.islower() and n and words[n - 1].low not in _DETERMINERS
    if word.text in BE | HAVE | DO | MODALS or doing:
        return True  # 'May' is a month
    if n and words[n - 1].low == "and" and word.text.endswith("s") and n + 1 < len(words):
        return words[n + 1].counted or words[n + 1].low in _DETERMINERS  # 'has two mills and sells the flour'
    return is_past(word.text) and not (preposition == "" and n == 0) and word.low not in ("born", "set")


def phrase_of(preposition: str, words: Sequence[Word], numbers: Sequence[Quantity]) -> Phrase:
    """Return words as a phrase, with those of a sentence's numbers that stand among them."""
    own = tuple(q for q in numbers if words and words[0].start <= q.start <= words[-1].start + len(words[-1].text))
    return Phrase(preposition, tuple(words), own)
