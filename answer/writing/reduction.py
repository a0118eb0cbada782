"""Is a sentence another one with parts left out that it does not need? Words in order, and no model."""

import re
from collections.abc import Collection, Sequence

from answer.clauses import clauses_of
from answer.stance import is_unsure

__all__ = ["addresses_reader", "is_reduction"]

_TOKEN = re.compile(r"\d[\d.,]*\d%?|\d%?|[^\W\d_](?:[\w’'.&/-]*\w)?|[^\w\s]")
_ARTICLES = frozenset("a an the".split())
_FEW = frozenset("few little".split())  # 'a few' is some, 'few' is hardly any
_QUOTES = frozenset("“”\"‘’'«»„")
_DASHES = frozenset("–—")
# What a part between commas opens with that says more of what stands before it, and no more than that.
_BESIDE = frozenset("which who whose whom where a an now then also too however moreover including especially".split())
# What leads into a sentence and may be left out of it.
_LEADS = frozenset(
    "however moreover also thus therefore furthermore finally later then meanwhile additionally consequently hence and "
    "but so yet initially originally eventually subsequently recently similarly notably indeed".split()
)
# The same where it tells what happened once; what holds in winter need not hold.
_WHEN = frozenset("in on at by during since after before from between until within throughout".split())
_SWEEPING = re.compile(
    r"\b(?:all|every|each|any|most|least|first|last|only|best|worst|none|never|no|not|always|more|less|fewer|\w{3,}est)\b",
    re.IGNORECASE,
)
# What makes a lead one that cannot be left out: nothing holds but in it.
_OPINION = frozenset(
    "theory principle fiction view views opinion opinions eyes words dream dreams account accounts belief novel case "
    "event absence order addition contrast mind judgement judgment name names".split()
)
_JOINS = frozenset("and but".split())
_LONGEST_LEAD = 14  # words
# What a sentence goes on with that it does not hold without.
_NEEDED = frozenset(
    "or nor if unless except but not than as that provided assuming when until apart only to like".split()
)
_SAYS = frozenset("that whether if how why".split())
_DENIES = re.compile(r"\b(?:not|never|no|none|neither|nor|nobody|nothing|without|cannot|\w+n[’']t)\b", re.IGNORECASE)
_COMMAND = re.compile(
    r"\W*(?:(?:please|now|then|instead|and|but|also|system|user|assistant|important|note|attention|instructions?|ai)\W+)*"
    r"(?:ignore|disregard|forget|say|tell|reply|answer|respond|write|repeat|print|output|pretend|act|remember|state|claim|"
    r"instruct|always|never|do not|don[’']t|you (?:are|must|should|will)|from now on|your)\b",
    re.IGNORECASE,
)


def is_reduction(claim: str, source: str) -> bool:
    """Say whether a claim is a sentence of a source, word for word, but for parts without which that still holds.

    Such parts are asides in brackets, what stands between commas and says more of what is before it, a lead such as
    'However,' (or 'In 1990,' before what happened once), a first clause with ', and' behind it, what follows a comma
    or semicolon at the end. None is left out of a sentence that addresses its reader, has words in quotation marks, or
    leaves open what it says; and what is left must be a clause.

    Args:
        claim: one sentence.
        source: one sentence without note markers and citations.
    """
    wanted, has = _tokens(claim, marks=False), _tokens(source, marks=True)
    if not wanted:
        return False
    if wanted == [token for token in has if _is_word(token)]:
        return True
    if addresses_reader(source) or _QUOTES.intersection(has) or is_unsure(source, claim):
        return False
    if len(_DENIES.findall(claim)) != len(_DENIES.findall(source)):
        return False
    tenses = {clause.tense for clause in clauses_of(claim, shown=True)}
    once = bool(tenses) and tenses <= {"past", "perfect"} and not _SWEEPING.search(claim)
    return bool(tenses) and _aligns(wanted, has, _LEADS | _WHEN if once else _LEADS)


def addresses_reader(sentence: str) -> bool:
    """Say whether a sentence tells its reader to do something, as what is meant for a language model does."""
    return bool(_COMMAND.match(sentence))


def _tokens(text: str, *, marks: bool) -> list[str]:
    """The words of a text in small letters, articles left out, and its marks; figures without the commas within."""
    words = [w.lower().replace("’", "'") for w in _TOKEN.findall(text)]
    found = []
    for n, word in enumerate(words):
        before_few = word == "a" and n + 1 < len(words) and words[n + 1] in _FEW
        if (word in _ARTICLES and not before_few) or (not marks and not _is_word(word)):
            continue
        found.append(re.sub(r"(?<=\d),(?=\d)", "", word).rstrip(",") or word)
    return found


def _is_word(word: str) -> bool:
    return word[0].isalnum() or word in "$€£¥%"


def _aligns(wanted: Sequence[str], has: Sequence[str], leads: Collection[str]) -> bool:
    """Say whether all that is wanted stands in order in what there is, and only what may be left out between."""
    ends = [i for i, token in enumerate(has) if token == wanted[0] and _may_lead(has[:i], leads)]
    for word in wanted[1:]:
        ends = [
            i for i, token in enumerate(has) if token == word and any(_may_skip(has[e + 1 : i]) for e in ends if e < i)
        ]
    return any(_may_follow(has[end + 1 :]) for end in ends)


def _may_lead(part: Sequence[str], leads: Collection[str]) -> bool:
    words = [token for token in part if _is_word(token)]
    if not words:
        return True
    if _SAYS.intersection(words) or ":" in part or _DENIES.search(" ".join(words)):
        return False
    if part[-1] == ";":
        return True
    if part[-1] in _JOINS:
        return len(words) == 1 or (
            part[-2] in ",;" and next(clauses_of(" ".join(part[:-2]), shown=True), None) is not None
        )
    lead = words[0] in leads and len(words) <= _LONGEST_LEAD and not _OPINION.intersection(words)
    return lead and part[-1] == "," and part.count(",") == 1


def _may_skip(part: Sequence[str]) -> bool:
    if not any(_is_word(token) for token in part):
        return ":" not in part
    if part[0] == "(" and part[-1] == ")":
        return "(" not in part[1:]
    inner = part[1:-1]
    closed = part[0] == part[-1] == "," or (part[0] in _DASHES and part[-1] in _DASHES)
    return closed and len(part) > 2 and inner[0] in _BESIDE and not {",", ";", ":", *_DASHES}.intersection(inner)


def _may_follow(part: Sequence[str]) -> bool:
    words = [token for token in part if _is_word(token)]
    if not words:
        return True
    if part[0] == "(":
        return ")" in part and _may_follow(part[part.index(")") + 1 :])
    return (part[0] in ",;" or part[0] in _DASHES) and part[1] not in _NEEDED
