"""Find the words of a sentence that answer a question: a figure with its unit, a date, a name, a quoted term.

What is found is meant to be set in bold in the sentence that is quoted; in doubt nothing is.
"""

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from answer.question import Question
from answer.sought import Sought
from answer.verify.names import names_in
from answer.verify.quantities import Kind, Quantity, quantities_in
from core.records import Span
from index.terms import analyze

__all__ = ["NUMERIC", "answer_span", "best_fit"]

NUMERIC = (Sought.MONEY, Sought.SHARE, Sought.COUNT, Sought.MEASURE, Sought.RANK)
_MONTH = (
    "(?:January|February|March|April|May|June|July|August|September|October|November|December|"
    "(?:Jan|Feb|Mar|Apr|Jun|Jul|Aug|Sept?|Oct|Nov|Dec)\\.)"
)
_DAY = r"\d{1,2}(?:st|nd|rd|th)?"
_YEAR = r"(?:1[0-9]|20)\d\d"
_ORDINAL = (
    r"(?:\d{1,2}(?:st|nd|rd|th)|first|second|third|fourth|fifth|sixth|seventh|eighth|ninth|tenth|eleventh|twelfth|"
    r"\w+teenth|twentieth|twenty-first)"
)
_DATES = re.compile(
    rf"\b(?:{_DAY} (?:of )?)?{_MONTH}(?!\w)(?: {_DAY}\b(?!,\d))?(?:,? {_YEAR}\b)?"
    rf"|\b(?:(?:early|mid|late)[- ])?(?:the )?(?:(?:1[0-9]|20)\d0s|{_ORDINAL} century(?: (?:BC|AD|BCE|CE))?)\b"
    rf"|\b(?:between {_YEAR} and|from {_YEAR} to) {_YEAR}\b"
    rf"|(?<![\w.,€$£¥])(?<![-–]){_YEAR}(?:[-–](?:{_YEAR}|\d\d))?(?![\w,]*\d)\b"
    r"(?!\s*(?:%|percent|per cent|people|km|metres))|\b\d{1,4} (?:BC|AD|BCE|CE)\b"
)
_YEARS = re.compile(rf"(?<!\d){_YEAR}(?:[-–](?:{_YEAR}|\d\d))?(?!\d)|\d{{1,4}} (?:BC|AD)\b")
_QUOTED = re.compile(r"[“\"]([^“”\"]{2,80})[”\"]|[‘]([^‘’]{2,80}(?:’\w[^‘’]*)*)’")
_RANGE = re.compile(r"\s*[-–—]\s*|\s+(?:to|and|or)\s+")
_HEDGE = re.compile(
    r"\b(?:(?:(?:slightly|well|far|a little|much)\s+)?"
    r"(?:more than|over|above|less than|fewer than|under|below|at least|at most|up to)"
    r"|about|around|roughly|approximately|nearly|almost|close to|some|an estimated|between)\s+$",
    re.IGNORECASE,
)
_UNIT = re.compile(
    r"[ -]?(?:°\s?[CFK]?|%|percentage points?)"
    r"|[ -](?:(?:square|cubic|nautical|metric|light)[ -])?(?:k?m|cm|mm|km²|kg|mg|g|[kMGT]Wh?|[kMGT]B|[kMG]?Hz|"
    r"mph|kilomet(?:er|re)s?|(?:centi|milli)?met(?:er|re)s?|miles?|feet|foot|inch(?:es)?|hectares?|acres?|tons?|tonnes?|"
    r"(?:kilo)?grams?|pounds?|lit(?:er|re)s?|gallons?|degrees?(?: (?:Celsius|Fahrenheit))?|years?|months?|weeks?|days?|"
    r"hours?|minutes?|seconds?|dollars?|euros?|yuan|renminbi|cents|francs?|rupees|yen|watts?|kilowatts?|megawatts?|"
    r"volts?|bytes|times)\b(?: per \w+\b)?"
)
_MEASURES = frozenset(
    analyze(
        "square cubic kilometre kilometer metre meter mile feet foot inch hectare acre ton tonne kg "
        "kilogram gram pound litre liter gallon degree year month week day hour minute second watt volt km cm mm mph"
    )
)
_INSTITUTION = re.compile(
    r"(?:University|Ministry|Department|Institute|Academy|School|College|Faculty|Commission|Bureau|Office|Museum) of\b"
)
_TITLE = re.compile(r"(?:\b(?:Mr|Mrs|Ms|Dr|Prof|Sir|Dame|Lord|Lady|Count|King|Queen|Saint|St|Rev)\b\.?\s+)+$")
_BEFORE_PLACE = re.compile(
    r"\b(?:in|at|from|near|to|of|around|outside|across|throughout|into|on|off|between)\s+(?:the\s+)?(?:\w+\s+(?:of\s+)?)?$",
    re.IGNORECASE,
)
_BEFORE_DATE = re.compile(
    r"\b(?:in|on|by|since|from|until|during|of|around|after|before|late|early)\s+(?:the\s+)?$", re.I
)
_BEFORE_BRACKET = re.compile(r"([^\W\d_][\w’'-]*)\s*\($")
_FIGURE_BESIDE = re.compile(r"\s*\((\d[\d.,]*)\)")
_COMPOUND = re.compile(r"[A-Z]+-[a-z]+(?:-[a-z]+)*")  # 'AI-powered'
_BEHIND_INITIAL = re.compile(r"\.(?: [A-Z]\.)* [A-Z][\w’'-]+")
_BY = re.compile(r"\bby (?:the )?(?:[\w-]+ ){0,3}$")
_OF_A_PEOPLE = re.compile(r"[A-Z]\w*(?:an|ish|ese|ench|utch|ic|ern|i)")
_CALLED = re.compile(
    r"\b(?:called|known as|nicknamed|named|dubbed|termed|so-called)\s+(?:as\s+)?(?:the\s+)?(?=[“‘\"A-Z])"
)
_WORD = re.compile(r"[^\W_][\w’'-]*")
_BREAK = re.compile(r"[,;:()–—]")

_CLOSENESS = 3.0  # how much the words of the question beside a candidate count for, against what it looks like
_LEAST = (
    0.75  # by how much the best must surpass the next: 89 % are right then on 1,247 sentences of SQuAD, 85 % at 0.5
)
_FAR = 0.88  # the share of a word's weight that is left a word farther off


@dataclass(frozen=True, slots=True)
class _Candidate:
    """A slice that may answer, and how well it looks like what is sought."""

    start: int
    end: int
    fit: float


def answer_span(
    question: Question,
    sought: Sought,
    sentence: str,
    masked: Sequence[Span] = (),
    idf: Callable[[str], float] = lambda term: 1.0,
) -> Span | None:
    """Return the slice of a sentence that answers a question; None where nothing plainly does.

    Args:
        question: as read.
        sought: what its answer looks like.
        sentence: what is quoted.
        masked: slices of it that answer nothing, such as citations and the markers of notes.
        idf: gives the rarity of a term.
    """
    text = sentence
    for start, end in masked:
        text = text[:start] + " " * (end - start) + text[end:]
    asked = set(analyze(question.text))
    found = [c for c in _candidates(question, sought, text) if _says_more(question, text[c.start : c.end], asked)]
    if not found:
        return None
    scored = sorted(
        ((_score(c, question, text, asked, idf), c) for c in found), key=lambda pair: (-pair[0], pair[1].start)
    )
    best, rest = scored[0], [s for s in scored[1:] if not _meet(s[1], scored[0][1])]
    if rest and best[0] - rest[0][0] < _LEAST:
        return None
    return best[1].start, best[1].end


def best_fit(question: Question, sought: Sought, text: str) -> float:
    """Return how much some slice of a text looks like what is sought; -1 where none says more than the question."""
    asked = set(analyze(question.text))
    fits = (c.fit for c in _candidates(question, sought, text) if _says_more(question, text[c.start : c.end], asked))
    return max(fits, default=-1.0)


def _says_more(question: Question, said: str, asked: set[str]) -> bool:
    """Say whether a slice has a word or figure that the question has not."""
    terms = question.terms_of(said) or {word.lower() for word in _WORD.findall(said)}
    return bool(terms - asked)


def _candidates(question: Question, sought: Sought, text: str) -> Iterator[_Candidate]:
    if sought in NUMERIC:
        yield from _numbers(question, sought, text)
    elif sought is Sought.YEAR:
        yield from (_Candidate(*m.span(), 1.0) for m in _YEARS.finditer(text))
    elif sought is Sought.DATE:
        for m in _DATES.finditer(text):
            yield _Candidate(*m.span(), 1.0 + 0.5 * bool(_BEFORE_DATE.search(text[: m.start()])))
    elif sought is Sought.TERM:
        yield from _terms(text)
    else:
        yield from _names(question, sought, text)


def _numbers(question: Question, sought: Sought, text: str) -> Iterator[_Candidate]:
    names = names_in(text)
    counted = _counted(question)
    quantities = [
        q
        for q in quantities_in(text)
        if q.kind in (Kind.NUMBER, Kind.PERCENT)
        and not any(name.holds(q.start, q.text) for name in names)
        and not re.search(r"\w-$", text[: q.start])
    ]
    passed = -1
    for position, first in enumerate(quantities):
        if position == passed:
            continue
        last = quantities[position + 1] if position + 1 < len(quantities) else None
        start, end, shown = first.start, first.end, first
        if last and _is_range(text, first, last):
            end, shown, passed = last.end, last, position + 1
        if hedge := _HEDGE.search(text[:start]):
            start = hedge.start()
        if unit := _UNIT.match(text, end):
            end = unit.end()
        fit = _number_fit(sought, shown, counted, text[start:end])
        beside = _BEFORE_BRACKET.search(text[:start]) if text[end : end + 1] == ")" else None
        yield _Candidate(start, end, fit + 4 * bool(beside and question.terms_of(beside[1]) & question.names))


def _is_range(text: str, first: Quantity, last: Quantity) -> bool:
    """Say whether two figures are the ends of one range; 'and' joins them only behind 'between'."""
    between = text[first.end : last.start]
    if not _RANGE.fullmatch(between) or (first.kind is not last.kind and first.kind is Kind.PERCENT):
        return False
    if between.strip() in ("and", "or"):
        return bool(re.search(r"\b[Bb]etween\s+$", text[: first.start])) or between.strip() == "or"
    return True


def _number_fit(sought: Sought, quantity: Quantity, counted: set[str], said: str) -> float:
    percent, money = quantity.kind is Kind.PERCENT, bool(quantity.money)
    measured = bool(quantity.units & _MEASURES) or bool(re.search(r"°|\b[kcm]?m$", said))
    if sought is Sought.SHARE:
        return 2.0 if percent else 0.0
    if sought is Sought.MONEY:
        return 2.0 if money else 1.0 if re.search(r"illion|thousand|[bmt]n\b", said) else 0.0
    if sought is Sought.RANK:
        return 1.0
    named = 1.5 if quantity.units & counted else 0.0
    if sought is Sought.MEASURE:
        return named + (1.5 if measured else 0.5)
    return named + (0.3 if percent or (money and not named) else 1.0)


def _counted(question: Question) -> set[str]:
    """The terms of what a question wants counted: those right behind 'how many' or 'number of'."""
    asked = re.search(r"\b(?:how (?:many|much)|number of|amount of)\s+((?:[\w’'-]+\s*){1,3})", question.text, re.I)
    return set(analyze(asked.group(1))) if asked else set()


def _names(question: Question, sought: Sought, text: str) -> Iterator[_Candidate]:
    for start, end in _joined(text, [(name.start, name.end) for name in names_in(text)], sought):
        said, fit = text[start:end], 1.0
        if (_OF_A_PEOPLE.fullmatch(said) and re.match(r"\s+[a-z]", text[end:])) or _COMPOUND.fullmatch(said):
            continue
        bracket = text.rfind("(", 0, start)
        fit -= bracket > text.rfind(")", 0, start)
        behind = _FIGURE_BESIDE.match(text, end)
        fit += 4 * bool(behind and question.terms_of(behind[1]) & question.figures)
        if sought is Sought.PLACE:
            fit += 1.0 * bool(_BEFORE_PLACE.search(text[:start]))
        if sought is Sought.PERSON:
            fit += 0.5 * (" " in said) + 0.5 * bool(_BY.search(text[:start]))
        title = _TITLE.search(text[:start]) if sought is Sought.PERSON else None
        yield _Candidate(title.start() if title else start, end - (len(said) - len(re.sub(r"[’']s?$", "", said))), fit)
    if sought is Sought.NAME:
        yield from (_Candidate(*m.span(m.lastindex or 0), 1.2) for m in _QUOTED.finditer(text))


def _terms(text: str) -> Iterator[_Candidate]:
    """What is in quotation marks, and what a sentence says that something is called."""
    yield from (_Candidate(*m.span(m.lastindex or 0), 2.0) for m in _QUOTED.finditer(text))
    for called in _CALLED.finditer(text):
        names = [n for n in names_in(text) if n.start == called.end()]
        if names:
            yield _Candidate(names[0].start, names[0].end, 3.0)
        elif quoted := _QUOTED.match(text, called.end()):
            yield _Candidate(*quoted.span(quoted.lastindex or 0), 3.0)


def _joined(text: str, runs: Sequence[Span], sought: Sought) -> Iterator[Span]:
    """Names made whole: 'Institute of Arts and Crafts', 'Ada B. Cole', and of a place 'Salem, Oregon'."""
    joined: list[Span] = []
    for start, stop in runs:
        initial = _BEHIND_INITIAL.match(text, stop) if re.search(r"\b[A-Z]$", text[:stop]) else None
        end = initial.end() if initial else stop
        before = joined[-1] if joined else (0, 0)
        between = text[before[1] : start]
        whole = (between == " and " and _INSTITUTION.match(text, before[0])) or (
            between == ", " and sought is Sought.PLACE and re.match(r"[,.;)]|$", text[end:])
        )
        if joined and whole:
            joined[-1] = before[0], end
        else:
            joined.append((start, end))
    return iter(joined)


def _score(candidate: _Candidate, question: Question, text: str, asked: set[str], idf: Callable[[str], float]) -> float:
    """What a candidate looks like, and the weight of the question's words near it as a share of all that are there."""
    words = [(m.start(), m.end(), question.terms_of(m.group()) & asked) for m in _WORD.finditer(text)]
    inside = [i for i, (start, end, _) in enumerate(words) if start < candidate.end and candidate.start < end]
    if not inside:
        return candidate.fit
    near: dict[str, float] = {}
    for i, (start, end, terms) in enumerate(words):
        if i in inside or not terms:
            continue
        between = text[end : candidate.start] if i < inside[0] else text[candidate.end : start]
        distance = (inside[0] - i if i < inside[0] else i - inside[-1]) - 1 + 2 * len(_BREAK.findall(between))
        for term in terms:
            near[term] = max(near.get(term, 0.0), _FAR**distance)
    total = sum(map(idf, near))
    close = sum(idf(term) * share for term, share in near.items()) / total if total else 0.0
    return candidate.fit + _CLOSENESS * close


def _meet(one: _Candidate, other: _Candidate) -> bool:
    return one.start < other.end and other.start < one.end
