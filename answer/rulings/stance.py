"""Does a sentence say just what a statement does, or deny it? Only where their grammar leaves no doubt."""

import re
from collections.abc import Iterable
from dataclasses import replace

from answer.rulings.clauses import clauses_of
from answer.rulings.constituents import PREPOSITIONS, Clause, Phrase, Word
from answer.verbs import lemma
from answer.verify.quantities import Kind, Quantity
from index.terms import analyze

__all__ = ["affirms", "is_unsure"]

# Words by which a sentence leaves open, or says less than, what a statement without them says.
_DOUBTS = re.compile(
    r"\b(?:perhaps|possibly|probably|likely|unlikely|maybe|alleg\w+|reported(?:ly)?|supposed(?:ly)?|apparent(?:ly)?|"
    r"presumabl[ey]|rumou?r\w*|myth|legend|false(?:ly)?|wrong(?:ly)?|untrue|contrary|might|if|unless|whether|would|"
    r"sa(?:y|ys|id)|claim(?:s|ed)?|believ\w+|think(?:s|ing)?|thought|argue[sd]?|suggest\w*|estimate[sd]?|predict\w*|"
    r"expect\w*|so-called|pretend\w*|imagin\w+|fiction\w*|doubt\w*|den(?:y|ies|ied)|disput\w+|"
    r"according|according to|could|should|may|ought|"
    r"(?:wrote|writes?|insist(?:s|ed)?|assert(?:s|ed)?|contend(?:s|ed)?|maintain(?:s|ed)?|declare[sd]?|announce[sd]?|"
    r"assume[sd]?|hold|holds|held|told \w+|tells? \w+|boast(?:s|ed)?|swore|alleges?) that|"
    r"in (?:the|a|an|his|her|their|this) (?:\w+ )?(?:novel|story|tale|play|film|movie|dream|poem|song|game))\b|"
    r"[“\"‘?]|\b\d+ or (?:in )?\d+\b",
)
_LESS = re.compile(
    r"\b(?:plan(?:s|ned|ning)?|inten[dt]\w*|hope[sd]?|propos\w+|threaten\w*|tr(?:y|ies|ied)|attempt\w*|"
    r"sought|seeks?|wants?|wanted|wish\w*|promis\w+|fail\w*|refus\w+|declin\w+|almost|nearly|virtually|partly|partially|"
    r"only|some|few|fewer|most|mostly|many|half|hardly|barely|scarcely|rarely|seldom|sometimes|usually|mainly|often|"
    r"instead of|rather than|except|again|anew|(?:second|third|last) time|to be)\b",
)
_DENIES = re.compile(r"\b(?:not|never|no|nor|neither|cannot|\w+n[’']t)\b")
# What is told beside the main clause: what it wants or half does takes nothing from that, what it doubts may.
_BESIDE = re.compile(
    r",\s+(?:who|whom|whose|which|where)\b[^,;:—–]*(?=,\s|$)"
    r"|,?\s(?:because|although|though|since|after|before|while)\b[^;:—–]*$"
)
_SAME = (frozenset(("in", "on", "at", "during")), frozenset(("to", "into", "towards", "toward")))
_PLACES = frozenset("in at from to into near".split())
# What makes another name of the one behind it.
_OTHERS = frozenset(
    "new north south east west northern southern eastern western upper lower little great greater old saint st san los "
    "inner outer central".split()
)
# What is not the thing, the post or the rank that the word behind it names.
_UNLIKE = frozenset(
    "former deputy acting vice assistant honorary would-be future ex late next second third fourth fifth sixth".split()
)
_CONDITION = re.compile(r"\b(?:when|whenever|where|while|once)\b", re.IGNORECASE)
_FIRMS = frozenset("co ltd inc corp llc plc company corporation limited mr mrs ms dr professor prof sir lady".split())
_PRONOUNS = frozenset("it he she they".split())
# What is done to a thing by these is done to all of it, in stems: who banned fishing at night has not banned fishing.
_OF_ALL = frozenset(
    analyze(
        "ban forbid prohibit outlaw abolish end stop cease suspend cancel close open cut lower raise reduce increase "
        "limit restrict exempt exclude prevent refuse reject oppose deny lack avoid allow permit legalise admit free "
        "waive lift double halve destroy"
    )
)
_DEFINITE = frozenset("the its his her their this that all every these those".split())


def is_unsure(text: str, question: str) -> bool:
    """Say whether a sentence leaves open what it says, by a word that a question does not have in any form."""
    asked = {lemma(word) for word in re.findall(r"[^\W\d_]+", question.lower())}
    opened = text[:1].lower() + text[1:]  # 'May' within a sentence is a month
    main = _BESIDE.sub(lambda m: m.group() if _DOUBTS.search(m.group()) or _DENIES.search(opened) else " ", opened)
    found = (*_DOUBTS.finditer(main), *_LESS.finditer(main))
    return any(not {lemma(w) for w in m.group().split()} <= asked for m in found)


def affirms(claims: Iterable[Clause], text: str, before: str = "", *, whole: bool = False) -> bool | None:
    """Say whether a sentence says what one of some clauses does (True), denies it (False), or neither (None).

    Args:
        claims: the ways in which a statement may be read.
        text: the sentence.
        before: the sentence before it, where it points back.
        whole: whether a clause of the sentence may say no more than a statement does: 'banned fishing at night'.
    """
    sources = [_meant(clause, before) for clause in clauses_of(text)]
    found = {
        source.negated is claim.negated
        for claim in claims
        for source in sources
        if source.verb == claim.verb and _tenses_agree(claim, source) and _agree(claim, source, whole=whole)
        if claim.tense in ("past", "perfect") or not _CONDITION.search(text)
    }
    return found.pop() if len(found) == 1 else None


def _meant(clause: Clause, before: str) -> Clause:
    """A clause with what its pronoun stands for, where the sentence before speaks of one thing."""
    if len(clause.subject.words) != 1 or clause.subject.words[0].low not in _PRONOUNS or not before:
        return clause
    earlier = [c.subject for c in clauses_of(before, shown=True) if c.subject.said and c.rest]
    others = [p for c in clauses_of(before) for phrase in c.rest for p in phrase.said if p.text[0].isupper()]
    subjects = {phrase.keys: phrase for phrase in earlier}
    if len(subjects) != 1 or others:
        return clause
    return replace(clause, subject=earlier[0])


def _tenses_agree(claim: Clause, source: Clause) -> bool:
    told = {"past", "perfect"}
    return claim.tense == source.tense or told.issuperset((claim.tense, source.tense))


def _agree(claim: Clause, source: Clause, *, whole: bool) -> bool:
    """Say whether each part of a claim has its like in a source, whichever of the two is passive."""
    rest = list(claim.rest)
    pairs: list[tuple[Phrase, list[Phrase]]] = []
    if claim.passive == source.passive:
        pairs.append((claim.subject, [source.subject]))
        theirs = list(source.rest)
    elif source.passive:
        pairs.append((claim.subject, [p for p in source.rest if p.preposition == "by"]))
        rest = [p for p in rest if p.preposition]
        pairs += [(p, [source.subject]) for p in claim.rest if not p.preposition]
        theirs = list(source.rest)
    else:
        pairs.append((claim.subject, [p for p in source.rest if not p.preposition]))
        pairs += [(p, [source.subject]) for p in rest if p.preposition == "by"]
        rest = [p for p in rest if p.preposition != "by"]
        theirs = [p for p in source.rest if p.preposition]
    pairs += [(p, [o for o in theirs if _same_place(p.preposition, o.preposition)]) for p in rest]
    pairs = [(mine, its) for mine, its in pairs if mine.words]
    if not all(any(_holds(mine, other, whole=_does(mine, other, source)) for other in its) for mine, its in pairs):
        return False
    once = claim.tense in ("past", "perfect") and not source.negated
    if once and _widens(claim, source):
        return False
    return (once or _no_more(claim, source)) and (not whole or _covers(claim, source))


def _widens(claim: Clause, source: Clause) -> bool:
    """Say whether a claim says of the whole of a thing what a source says of a part of it, or within bounds."""
    if claim.passive is source.passive and _counts_some(claim.subject, source.subject):
        return True
    thing = claim.subject if claim.passive else claim.behind("")
    their = source.subject if source.passive else source.behind("")
    if not thing or not their or not thing.said or not their.said or thing.words[0].low in ("a", "an", "some"):
        return False
    definite = thing.words[0].low in _DEFINITE or thing.said[0].text[0].isupper()
    if _counts_some(thing, their):
        return True
    several = not definite or thing.said[-1].low.endswith("s")
    own = thing.words[0].low in _DEFINITE and several
    if (
        (own or claim.verb in _OF_ALL)
        and several
        and any(w.low == w.text for w in their.said if w.key not in thing.keys)
    ):
        return True
    said = frozenset(key for phrase in (claim.subject, *claim.rest) for key in phrase.keys)
    beside = [p for p in source.rest if p.preposition not in ("", "by") and not p.numbers and not p.keys <= said]
    placed = [p for p in beside if p.preposition in _PLACES and any(w.text[0].isupper() for w in p.said)]
    return claim.verb in _OF_ALL and len(beside) > (len(placed) if definite else 0)


def _counts_some(thing: Phrase, their: Phrase) -> bool:
    """Say whether a phrase counts out some of what another names as a whole: 'two of its boats', 'nine members'."""
    if not thing.words or thing.numbers or thing.words[0].low not in _DEFINITE:
        return False
    return any(q.kind is not Kind.YEAR for q in their.numbers)


def _does(mine: Phrase, other: Phrase, source: Clause) -> bool:
    """Say whether a phrase is the subject of a source, or a doer behind 'by' of whom a claim gives no name."""
    named = any(w.text[0].isupper() for w in mine.said)
    return other is source.subject or (other.preposition == "by" and not named)


def _no_more(claim: Clause, source: Clause) -> bool:
    """Say whether a source restricts what it says in no way that a claim does not."""
    said = frozenset(key for phrase in (claim.subject, *claim.rest) for key in phrase.keys)
    numbers = [q for phrase in (claim.subject, *claim.rest) for q in phrase.numbers]
    restricting = source.rest if source.negated or not claim.rest else [p for p in source.rest if p.preposition]
    extra = [phrase for phrase in restricting if not phrase.keys <= said]
    return not extra and all(any(q.same(o) for o in numbers) for phrase in restricting for q in phrase.numbers)


def _covers(claim: Clause, source: Clause) -> bool:
    """Say whether a claim has every word and figure of a clause of the source."""
    parts = (claim.subject, *claim.rest)
    said = frozenset(key for phrase in parts for key in phrase.keys)
    numbers = [q for phrase in parts for q in phrase.numbers]
    theirs = (source.subject, *source.rest)
    return all(p.keys <= said and all(any(q.same(o) for o in numbers) for q in p.numbers) for p in theirs)


def _same_place(preposition: str, other: str) -> bool:
    return preposition == other or any({preposition, other} <= group for group in _SAME)


def _holds(mine: Phrase, other: Phrase, *, whole: bool) -> bool:
    """Say whether a phrase of a source says what one of a claim does; as a subject or doer, nothing narrower."""
    keys = mine.keys
    if not keys <= other.keys or (keys and other.heads and not keys & other.heads):
        return False
    if keys and mine.words[0].low == "the" and other.words[0].low in ("a", "an", "another"):
        return False
    if not all(any(_bears_out(q, o, other.numbers) for o in other.numbers) for q in mine.numbers):
        return False
    if bool(mine.numbers) != bool(other.numbers) and not keys:
        return False
    return not any(_narrows(word, other, keys, mine, whole=whole) for word in other.said if word.key not in keys)


def _bears_out(q: Quantity, other: Quantity, beside: tuple[Quantity, ...]) -> bool:
    if not q.same(other) or (other.hedge and not q.hedge) or (other.span and not q.span):
        return False
    return q.kind is not Kind.NUMBER or len(beside) == 1 or q.alike(other)


def _narrows(word: Word, phrase: Phrase, keys: frozenset[str], mine: Phrase, *, whole: bool) -> bool:
    """Say whether a word that a claim does not have makes another thing of what it speaks of."""
    words = [w for w in phrase.words if not w.counted]
    n = words.index(word)
    before_it = n + 1 < len(words) and words[n + 1].key in keys
    if word.low in _OTHERS | _UNLIKE and before_it:
        return True
    named = word.text[0].isupper() and any(w.text[0].isupper() for w in mine.said)
    if phrase.preposition in _PLACES and named and before_it:
        return True
    return whole and not named and word.low.rstrip(".") not in _FIRMS and not _describes(phrase, mine)


def _describes(phrase: Phrase, mine: Phrase) -> bool:
    """Say whether a phrase is a name with words before it that say whose it is: 'the miller Amos Rudd'."""
    name = [w.key for w in mine.said]
    words = [w for w in phrase.words if not w.counted]
    ends = bool(name) and [w.key for w in words[-len(name) :]] == name and all(w.text[0].isupper() for w in mine.said)
    return ends and not any(w.low in PREPOSITIONS or w.text[0].isupper() for w in words[1 : -len(name)])
