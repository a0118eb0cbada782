"""Is a sentence another one with parts left out that it does not need? Words in order, and no model."""

import re
from collections.abc import Collection, Sequence

from answer.rulings.clauses import clauses_of
from answer.rulings.stance import is_unsure

__all__ = ["addresses_reader", "is_reduction", "only_reorders", "takes_back"]

# A figure has its sign and what joins it to the one before: '-5', '10–12', '3/4'.
_TOKEN = re.compile(r"[-/:^](?=\d)|\d[\d.,]*\d%?|\d%?|[^\W\d_](?:[\w’'.&/-]*\w)?|[^\w\s]")
_SIGNS = frozenset("$€£¥%~<>≤≥±≈=×-/^")
_ARTICLES = frozenset("a an the".split())
_ARTICLE = "·"  # stands for 'a' or 'an' behind a mark, which opens what says more of the thing before it
_FEW = frozenset("few little".split())  # 'a few' is some, 'few' is hardly any
_QUOTES = frozenset("“”\"‘’'«»„")
_DASHES = frozenset("–—")
# What a part between commas opens with that says more of what stands before it, and no more than that.
_BESIDE = frozenset("which who whose whom where now then also too however moreover including especially".split())
# The same at the end of a sentence, where a clause may follow as well.
_BEHIND = frozenset(f"which who whose whom where including especially and but {_ARTICLE}".split())
# A part in brackets that says what a thing is called, when it was, or more of it.
_ASIDE = re.compile(
    r"\s\((?:[A-Z][A-Z.&-]{1,9}|\d{4}(?:[–-]\d{2,4})?|"
    r"(?:which|who|whose|a|an|built|born|founded|opened|established|completed|also|formerly|including)\s[^()]*)\)"
)
# What leads into a sentence and may be left out of it.
_LEADS = frozenset(
    "however moreover also thus therefore furthermore finally later then meanwhile additionally consequently hence and "
    "but so yet initially originally eventually subsequently recently similarly notably indeed".split()
)
# The same where it tells when something happened once; what holds in winter need not hold, nor in mice what held there.
_WHEN = frozenset("in on at by during since after before".split())
_TIMES = frozenset(
    "january february march april may june july august september october november december spring summer autumn winter "
    "early mid late year years decade century month week day morning evening night of and same following next "
    "that this".split()
)
_SWEEPING = re.compile(
    r"\b(?:all|every|each|any|most|least|first|last|only|best|worst|none|never|no|not|always|more|less|fewer|\w{3,}est)\b",
    re.IGNORECASE,
)
# What takes back, or gives to another, what stands beside it.
_TAKEN_BACK = re.compile(
    r"\b(?:mistak\w+|misprint\w*|misread\w*|misreport\w*|errors?|erroneous\w*|lie[sd]?|hoax\w*|fake[sd]?|forge(?:d|ry)|incorrect\w*|"
    r"inaccurate\w*|disprov\w+|refut\w+|retract\w+|withdr[ae]w\w*|revok\w+|cancel\w*|annul\w*|overturn\w*|no longer|"
    r"not so|provided|assuming|suppos\w+|subject to|permitting|pending|in (?:theory|principle|fiction|legend|name)|"
    r"on paper|in the (?:eyes|words|opinions?|views?) of|simulat\w+|scenario\w*|hypothe\w+|rumou?r\w*|dream\w*|"
    r"complain\w*|lament\w*|fear(?:s|ed)|warn\w*|joke[sd]?|(?:wrote|writes|insists|insisted|asserts|asserted|contends|"
    r"contended|maintains|maintained|boasts|boasted|alleges|recalls|recalled|"
    r"notes|noted|adds|added|states|stated|explain\w*|remark\w*|testif\w+|conclud\w+|recount\w*|confess\w*|quip\w*))\b",
    re.IGNORECASE,
)
_BE = frozenset("is are was were be been being by".split())
_JOINS = frozenset("and but".split())
# What a sentence goes on with behind a semicolon that it does not hold without.
_NEEDED = frozenset("or nor if unless except but not otherwise when until apart only".split())
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

    Such parts are a name or year in brackets, what stands between commas and says more of what is before it, a lead
    such as 'However,' (or 'In 1990,' before what happened once), a first clause with ', and' behind it, the same at a
    comma at the end, and what follows a semicolon there. None is left out of a sentence that addresses its
    reader, has words in quotation marks, leaves open or takes back what it says; and what is left must be a clause.

    Args:
        claim: one sentence.
        source: one sentence without note markers and citations.
    """
    wanted, has = _tokens(claim, marks=False), _tokens(source, marks=True)
    if not wanted or not _same_marks(_tokens(claim, marks=True), has):
        return False
    if wanted == [token for token in has if _is_word(token)]:
        return True
    if addresses_reader(source) or _QUOTES.intersection(has) or is_unsure(source, claim) or takes_back(source, claim):
        return False
    if len(_DENIES.findall(claim)) != len(_DENIES.findall(source)):
        return False
    tenses = {clause.tense for clause in clauses_of(claim, shown=True)}
    once = bool(tenses) and tenses <= {"past", "perfect"} and not _SWEEPING.search(claim)
    forms = (has, _tokens(_ASIDE.sub("", source), marks=True))
    return bool(tenses) and any(_aligns(wanted, form, once=once) for form in forms)


def only_reorders(claim: str, source: str) -> bool:
    """Say whether a claim has no word that its source lacks, but for those of a passive, and all signs and brackets."""
    wanted, has = set(_tokens(claim, marks=True)), set(_tokens(source, marks=True))
    words = {token for token in wanted if _is_word(token)}
    needed = has & (_SIGNS | {"(", "or"})
    return words <= _BE | has and needed <= wanted and _same_marks(wanted, has)


def takes_back(source: str, claim: str) -> bool:
    """Say whether a sentence takes back, makes depend or gives to another what it says, by a word a claim lacks."""
    said = claim.lower()
    return any(m.group().lower() not in said for m in _TAKEN_BACK.finditer(source))


def addresses_reader(sentence: str) -> bool:
    """Say whether a sentence tells its reader to do something, as what is meant for a language model does."""
    return bool(_COMMAND.match(sentence))


def _tokens(text: str, *, marks: bool) -> list[str]:
    """The words of a text in small letters, articles left out, and its marks; figures without the commas within."""
    words = [w.lower().replace("’", "'") for w in _TOKEN.findall(re.sub(r"[–−‑‐](?=\d)", "-", text))]
    found: list[str] = []
    for n, word in enumerate(words):
        before_few = word == "a" and n + 1 < len(words) and words[n + 1] in _FEW
        if (word in _ARTICLES and not before_few) or (not marks and not _is_word(word)):
            if marks and word in ("a", "an") and found and not _is_word(found[-1]):
                found.append(_ARTICLE)
            continue
        found.append(re.sub(r"(?<=\d),(?=\d)", "", word).rstrip(",") or word)
    return found


def _is_word(word: str) -> bool:
    return word[0].isalnum() or word in _SIGNS


def _same_marks(claim: Collection[str], source: Collection[str]) -> bool:
    """Say whether a claim has the marks of its source that make a question, a quotation or a speaker's words of it."""
    quoted = bool(_QUOTES.intersection(claim)) is bool(_QUOTES.intersection(source))
    return quoted and ("?" in claim) is ("?" in source) and (":" in claim or ":" not in source)


def _aligns(wanted: Sequence[str], has: Sequence[str], *, once: bool) -> bool:
    """Say whether all that is wanted stands in order in what there is, and only what may be left out between."""
    ends = [i for i, token in enumerate(has) if token == wanted[0] and _may_lead(has[:i], once=once)]
    for word in wanted[1:]:
        ends = [
            i for i, token in enumerate(has) if token == word and any(_may_skip(has[e + 1 : i]) for e in ends if e < i)
        ]
    return any(_may_follow(has[end + 1 :]) for end in ends)


def _may_lead(part: Sequence[str], *, once: bool) -> bool:
    part = [token for token in part if token != _ARTICLE]
    words = [token for token in part if _is_word(token)]
    if not words:
        return True
    if _SAYS.intersection(words) or ":" in part or _DENIES.search(" ".join(words)):
        return False
    if part[-1] == ";":
        return True
    if part[-1] in _JOINS:
        return len(words) == 1 or (part[-2] in ",;" and bool(clauses_of(" ".join(part[:-2]), shown=True)))
    when = once and words[0] in _WHEN and all(word in _TIMES or word[0].isdigit() for word in words[1:])
    lead = words[0] in _LEADS and len(words) == 1
    return (lead or when) and part[-1] == "," and part.count(",") == 1


def _may_skip(part: Sequence[str]) -> bool:
    part = [token for token in part if token != _ARTICLE]
    if not any(_is_word(token) for token in part):
        return ":" not in part
    inner = part[1:-1]
    closed = part[0] == part[-1] == "," or (part[0] in _DASHES and part[-1] in _DASHES)
    return closed and len(part) > 2 and inner[0] in _BESIDE and not {",", ";", ":", *_DASHES}.intersection(inner)


def _may_follow(part: Sequence[str]) -> bool:
    words = [token for token in part if _is_word(token)]
    if not words:
        return True
    return (part[0] == ";" and part[1] not in _NEEDED) or (
        (part[0] == "," or part[0] in _DASHES) and part[1] in _BEHIND
    )
