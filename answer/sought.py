"""What a question wants to hear, narrower than its answer type: a sum, a year, a name; one thing or several."""

import re
from enum import StrEnum

from answer.question import AnswerType, Question

__all__ = ["Sought", "asks_for_several", "sought_in"]


class Sought(StrEnum):
    """What the words of an answer look like."""

    MONEY = "money"
    SHARE = "share"
    COUNT = "count"
    MEASURE = "measure"
    RANK = "rank"
    YEAR = "year"
    DATE = "date"
    PERSON = "person"
    PLACE = "place"
    TERM = "term"
    NAME = "name"


# Where a question's own word of asking stands: 'Who', 'With whom', 'In Leeds, where', and not 'a man who'.
_OPENS = (
    r"(?:^\W*|[,:;] (?:and )?|^(?:and|but|so) |\b(?:to|by|from|with|for|of|in|at|on|since|until|after|before|into) )"
)
# What is told in common words, not by a name.
_COMMON = (
    r"(?:colou?r|direction|effect|feature|field|form|function|impact|industry|influence|issue|kind|level|material|means|"
    r"measure|method|part|position|problem|purpose|reason|result|role|sector|shape|sort|sport|stage|step|subject|task|"
    r"thing|topic|type|use|way|word)s?"
)
_AUXILIARY = r"(?:is|are|was|were|do|does|did|has|have|had|can|could|will|would|should|may|might|must)"
# First match wins. 'What' and 'which' ask for a thing only with its noun behind them: 'What did she find?' does not.
_ASKED = (
    (None, rf"^\W*{_AUXILIARY}\b|\bwhy\b|\bhow come\b"),
    (Sought.YEAR, r"\b(?:what|which) years?\b"),
    (Sought.DATE, rf"{_OPENS}when\b|\b(?:what|which) (?:date|month|day|century|decade|era|period)\b|\bhow recently\b"),
    (Sought.SHARE, r"\b(?:percent\w*|per cent|(?:share|portion|proportion|fraction)\b)"),
    (
        Sought.MONEY,
        r"\bhow much (?:(?:\w+ ){0,2}money|funding|cash|"
        r"did .*\b(?:cost|spend|pay|raise|invest|earn|charge)|"
        r"(?:is|was|were|are) .*\b(?:worth|spent|paid|raised|invested|earmarked)|does .*\bcost)"
        r"|\b(?:what|which) (?:\w+ )?(?:sum|price|budget|fee|fare|cost|salary|wage)\b"
        r"|\bwhat (?:is|was|were|are|did|does) the (?:\w+ )?(?:price|budget|fee|fare|cost|salary|revenue|debt)s?\b",
    ),
    (
        Sought.COUNT,
        r"\bhow (?:many|often|much)\b|\b(?:what|which) (?:(?:is|was|were|are) )?(?:\w+ ){0,2}(?:number|amount) of\b",
    ),
    (
        Sought.MEASURE,
        r"\bhow (?:large|big|long|old|far|high|wide|heavy|fast|deep|thick|tall|hot|cold|warm|strong|quickly)\b"
        r"|\b(?:what|which)(?: (?:is|was|are|were))?(?: (?:the|its|their))?(?: \w+)? "
        r"(?:length|height|width|depth|weight|area|size|speed|temperature|distance|population|age|density|capacity)\b",
    ),
    (Sought.RANK, r"\b(?:what|which) rank\b|\bhow (?:high|low) .*\brank\w*"),
    (
        Sought.TERM,
        rf"\bwhat (?:else )?{_AUXILIARY}\b.*\b(?:called|nicknamed|known as|named|dubbed|termed)\b"
        r"|\bby (?:what|which) name\b|\b(?:what|which) (?:\w+ )?(?:phrase|slogan|motto|term|expression|nickname|name)\b"
        rf"|\bwhat {_AUXILIARY} the (?:name|nickname|title|term|motto|slogan)\b",
    ),
    (
        Sought.PERSON,
        rf"{_OPENS}(?:who|whom|whose)\b|\b(?:which|what) (?:person|man|woman|minister|leader|scholar|author|founder)\b",
    ),
    (
        Sought.PLACE,
        rf"{_OPENS}where\b|\b(?:which|what) (?:\w+ )?(?:city|country|place|town|region|province|state|village|county|"
        r"continent|island|district)\b",
    ),
    (
        Sought.NAME,
        rf"\b(?:which|what)\s+(?!{_AUXILIARY}\b|(?:happen\w*|if|about|else|\w+ed)\b|(?:\w+ )?{_COMMON}\b"
        r"|\w+s (?:the|to|a|in)\b)[\w’'-]+",
    ),
)
_NO_THING = frozenset({AnswerType.REASON, AnswerType.SOURCE, AnswerType.SUMMARY, AnswerType.COMPARISON})
_NUMBERS = "two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|both|several|pair of"
_SEVERAL = re.compile(
    r"\b(?:list|enumerate|examples)\b"
    rf"|\b(?:name|give|tell|mention) (?:me )?(?:the |all |some |every )*(?:{_NUMBERS}|names)\b"
    rf"|\bname (?:all|some|every)\b|\b(?:what|which) (?:of the )?(?:{_NUMBERS})\b|\bwhat (?:are|were) the\b",
    re.IGNORECASE,
)
_AFTER_WH = re.compile(r"(?<!of )\b(?:which|what)\s+((?:[\w’'-]+\s*){1,5})", re.IGNORECASE)
# Where the noun of a question ends: 'Which of', 'Which towns in', 'What tools does'.
_STOPS = frozenset(
    "of in at on for by with from to near between under over after before during into as the a an this that its their "
    "did do can could will would should may might must".split()
)
_OF_ONE = frozenset("is was has does".split())
_OF_MANY = frozenset("are were have".split())
_BEHIND_NOUN = _OF_MANY | {"do", "did", "of", "that"}
_ADJECTIVE = re.compile(
    r".*-.*|.*(?:al|ic|ing|ed|ive|ous|ary|an|ern|ful|able|ible|ish|less)$"
    r"|new|old|other|local|big|large|small|main|key|major|minor|foreign|first|last|great|good|young|early|late"
)
_IRREGULAR = frozenset("people children men women criteria phenomena media mice feet teeth".split())
_NO_PLURAL = re.compile(r".*(?:ss|us|is|ics)$|.{1,3}$|news|series|species|means")


def sought_in(question: Question) -> Sought | None:
    """Return what the answer to a question looks like; None where that cannot be told, as of 'why' and yes or no."""
    if question.answer_type in _NO_THING:
        return None
    lowered = question.text.strip().lower()
    return next((kind for kind, pattern in _ASKED if re.search(pattern, lowered)), None)


def asks_for_several(question: Question) -> bool:
    """Say whether a question asks for more than one thing: 'Name the three', 'Which towns are', 'In which fields'."""
    if question.answer_type in _NO_THING:
        return False
    if _SEVERAL.search(question.text):
        return True
    asked = _AFTER_WH.search(question.text)
    words = asked.group(1).lower().split() if asked else []
    before = ""
    for position, word in enumerate(words):
        following = words[position + 1] if position + 1 < len(words) else ""
        if word in _OF_ONE or word in _STOPS:
            return False
        if word in _OF_MANY:
            return position > 0
        if _is_plural(word):
            # Behind a noun it may be a verb, 'Which mill grinds the corn?'; behind an adjective it is not.
            return not before or bool(_ADJECTIVE.fullmatch(before)) or following in _BEHIND_NOUN
        before = word
    return False


def _is_plural(word: str) -> bool:
    return word in _IRREGULAR or (word.endswith("s") and not _NO_PLURAL.fullmatch(word))
