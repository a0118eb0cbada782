"""Forms of English verbs: which base a form is of, and whether it is a past or a participle."""

from functools import lru_cache

from index.terms import analyze

__all__ = ["is_past", "lemma", "of_one_verb", "participle"]

# Base, past, participle where it is another. General English; left out are those whose past is a common other word.
_IRREGULAR = (
    "arise arose arisen, awake awoke awoken, bear bore born, beat beat beaten, become became become, begin began "
    "begun, bend bent, bind bound, bite bit bitten, blow blew blown, break broke broken, breed bred, bring brought, "
    "build built, burn burnt, buy bought, catch caught, choose chose chosen, cling clung, come came come, creep "
    "crept, deal dealt, dig dug, draw drew drawn, dream dreamt, drink drank drunk, drive drove driven, eat ate eaten, "
    "fall fell fallen, feed fed, feel felt, fight fought, find found, flee fled, fly flew flown, forbid forbade "
    "forbidden, forget forgot forgotten, freeze froze frozen, get got gotten, give gave given, go went gone, grow "
    "grew grown, hang hung, hear heard, hide hid hidden, hold held, keep kept, know knew known, lay laid, lead led, "
    "leave left, lend lent, lie lay lain, lose lost, make made, mean meant, meet met, pay paid, ride rode ridden, "
    "ring rang rung, rise rose risen, run ran run, say said, see saw seen, seek sought, sell sold, send sent, shake "
    "shook shaken, shine shone, shoot shot, show showed shown, shrink shrank shrunk, sing sang sung, sink sank sunk, "
    "sit sat, sleep slept, speak spoke spoken, spend spent, spin spun, stand stood, steal stole stolen, stick stuck, "
    "strike struck, strive strove striven, swear swore sworn, sweep swept, swim swam swum, swing swung, take took "
    "taken, teach taught, tear tore torn, tell told, think thought, throw threw thrown, understand understood, "
    "undertake undertook undertaken, wake woke woken, wear wore worn, weave wove woven, win won, withdraw withdrew "
    "withdrawn, withhold withheld, write wrote written, rewrite rewrote rewritten, resell resold, oversee oversaw "
    "overseen, uphold upheld, undergo underwent undergone, outgrow outgrew outgrown, overtake overtook overtaken, "
    "rebuild rebuilt, cut cut cut, put put put, set set set, shut shut shut, split split split, spread spread "
    "spread, let let let, hit hit hit"
)
_SHORT = frozenset(
    "died tied lied used owed aged dyed".split()
)  # other words of four letters are mostly no pasts: 'seed'
_FORMS = {
    **dict.fromkeys(("am", "is", "are", "was", "were", "be", "been", "being", "isn't", "aren't", "wasn't"), "be"),
    **dict.fromkeys(("has", "have", "had", "having"), "have"),
    **dict.fromkeys(("do", "does", "did", "done"), "do"),
}


def lemma(word: str, *, base: bool = False) -> str:
    """Return the base of a form of a word, in stems; a word that stands where a verb has its base form is its own."""
    lowered = word.lower()
    if lowered in _FORMS:
        return _FORMS[lowered]
    lowered = lowered if base else _pasts().get(lowered, lowered)
    return next(iter(analyze(lowered)), lowered)


def is_past(word: str) -> bool:
    """Say whether a word may be the past or the participle of a verb; a capitalised one is none."""
    return word.islower() and (word in _pasts() or word in _SHORT or (word.endswith("ed") and len(word) > 4))


def participle(word: str) -> str:
    """Return the participle of an irregular verb's form, 'written' of 'wrote'; of any other word the word itself."""
    return _participles().get(word.lower(), word)


def of_one_verb(term: str, other: str) -> bool:
    """Say whether two stems are of forms of one irregular verb; 'found' may be another verb, and is of none."""
    bases = _bases()
    return bases.get(term, term) == bases.get(other, other)


@lru_cache(maxsize=1)
def _bases() -> dict[str, str]:
    return {analyze(form)[0]: analyze(base)[0] for form, base in _pasts().items() if form != "found" and analyze(form)}


@lru_cache(maxsize=1)
def _pasts() -> dict[str, str]:
    verbs = [verb.split() for verb in _IRREGULAR.split(", ")]
    return {form: verb[0] for verb in verbs for form in verb[1:]}


@lru_cache(maxsize=1)
def _participles() -> dict[str, str]:
    verbs = [verb.split() for verb in _IRREGULAR.split(", ")]
    return {form: verb[-1] for verb in verbs for form in verb[1:]}
