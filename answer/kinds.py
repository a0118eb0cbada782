"""Does a sentence give the kind of thing that a question asks for: a number, a year, a name, a reason?"""

import re
from collections.abc import Callable, Collection

from answer.question import AnswerType, Question
from answer.sought import Sought, sought_in
from answer.spans import NUMERIC, best_fit
from answer.verify.names import names_in
from index.terms import analyze

__all__ = ["gives_kind"]

_MANNER = re.compile(
    r"\W*(?:\w+ )?how (?:do|does|did|is|are|was|were|can|could|should|will|would|has|have|had)\b", re.I
)
_FRACTION = re.compile(
    r"\b(?:half|thirds?|quarters?|fifths?|sixths?|tenths?|twice|once|doubl\w+|halv\w+|none|no|few|several|single)\b",
    re.IGNORECASE,
)
_FIGURE = re.compile(r"\d[\d.,]*")
_TIME = re.compile(
    r"\b(?:when|after|before|until|during|since|once|while|noon|midnight|today|now|later|earlier|spring|summer|autumn|"
    r"winter|night|morning|evening|day|week|month|year|decade|century)s?\b|\b\d{1,2}[.:]\d\d\b",
    re.IGNORECASE,
)
# Wide on purpose: what has none of these gives no reason; what has one may.
_REASON = re.compile(
    r"\b(?:because|due|owing|result\w*|thus|therefore|hence|since|so|le(?:d|ads?|ading) to|caus\w+|reasons?|explain\w*|"
    r"in order|thanks to|as|for|to [a-z]+|account|through|by|after|from|when|ma[dk]e|driv\w+|drove|follow\w*|"
    r"consequen\w+|response|react\w*|mean[st]?|lest|otherwise|[a-z]+ing)\b",
    re.IGNORECASE,
)
_PLACE = re.compile(
    r"\b(?:in|at|on|from|near|to|of|outside|across|into|off|between|under|behind|around|through|along|inside|where)\s+"
    r"(?:the|a|an|his|her|its|their|our|every|each)\s+([\w’'-]+)",
    re.IGNORECASE,
)
# Somebody without a name: 'by a priest', 'The two fishermen'.
_SOMEBODY = re.compile(
    r"\b(?:by|from|with|to|of) (?:an?|the|his|her|its|their|two|three|several|some) [a-z]"
    r"|^(?:an?|the|two|three|some|many|most|those|people|several) [a-z]",
    re.IGNORECASE,
)
# 'Who must sign?' asks for a sort of people and no name; 'Who had to resign?' and 'Who may have won?' ask for one.
_RULED = "(?:allowed|permitted|entitled|eligible|obliged|required|exempt|excluded)"
_WHOEVER = re.compile(
    r"(?:^|,)\W*who (?:(?:must|may|can(?:not)?|can[’']t|should|shall)(?: not)?(?! have\b)|(?:has|have|needs?) to|"
    rf"(?:is|are) (?:not )?{_RULED}|(?:was|were) not {_RULED})\b",
    re.IGNORECASE,
)
_CHOICE = re.compile(r"\bor\b", re.IGNORECASE)  # 'Who was older, Bell or Rudd?' names what may answer
_CALLED = re.compile(r"[“‘\"]|\b(?:called|known as|nicknamed|named|dubbed|termed|so-called)\b", re.IGNORECASE)


def gives_kind(question: Question, known: Collection[str]) -> Callable[[str, bool], bool] | None:
    """Return what says whether a sentence gives the kind of thing that is asked for; None where any may.

    It takes the sentence, and whether it is a row of a table. What the question has itself is not counted.

    Args:
        question: as read.
        known: words that are names even where they open a sentence.
    """
    if question.answer_type is AnswerType.REASON:
        return lambda text, is_row: bool(_REASON.search(text))
    sought = None if _CHOICE.search(question.text) else sought_in(question)
    asked = set(analyze(question.text))

    def says_more(said: str) -> bool:
        return bool((question.terms_of(said) or {said.lower()}) - asked)

    def names_more(text: str) -> bool:
        return any(says_more(name.text) for name in names_in(text, known))

    if sought in NUMERIC and not _MANNER.match(question.text):
        least = 1.0 if sought is Sought.MONEY else 0.0
        return lambda text, is_row: (
            any(says_more(figure) for figure in _FIGURE.findall(text))
            if is_row
            else best_fit(question, sought, text) >= least or bool(_FRACTION.search(text))
        )
    if sought is Sought.YEAR:
        return lambda text, is_row: best_fit(question, sought, text) >= 0
    if sought is Sought.DATE:
        return lambda text, is_row: best_fit(question, sought, text) >= 0 or bool(_TIME.search(text))
    if sought is Sought.PERSON and not _WHOEVER.search(question.text):
        return lambda text, is_row: names_more(text) or bool(_SOMEBODY.search(text))
    if sought is Sought.PLACE:
        return lambda text, is_row: names_more(text) or any(map(says_more, _PLACE.findall(text)))
    if sought is Sought.TERM:
        return lambda text, is_row: names_more(text) or bool(_CALLED.search(text))
    return None
