"""The numbers of a text with what they count: '2.4tn', 'USD 2.4 trillion', 'forty-one', 'one in ten'."""

import re
from dataclasses import dataclass
from enum import StrEnum
from functools import lru_cache

from answer.figures import SCALES, WORDS, figures_in
from answer.verify.hedges import hedge_before
from answer.verify.units import measure_of
from index.terms import analyze

__all__ = ["Kind", "Quantity", "quantities_in"]


class Kind(StrEnum):
    """What a number is; a bare one in the cell of a table may be any. A month is told by its place in the year."""

    YEAR = "year"
    MONTH = "month"
    PERCENT = "percent"
    NUMBER = "number"
    ANY = "any"


@dataclass(frozen=True, slots=True)
class Quantity:
    """A number of a text, written at `start` to `end`.

    `units` are the terms of what it counts, as far as that follows it, or its currency; `hedge` is 'above', 'below',
    'least', 'most', 'about' or empty, of a year 'above' for 'after'; `span` how far the value reaches up, as that of
    '1980s' does by 9.
    """

    text: str
    value: float
    kind: Kind
    units: frozenset[str]
    hedge: str
    start: int
    end: int
    span: float = 0.0

    def same(self, other: "Quantity") -> bool:
        """Say whether another text's quantity bears this one out, whichever way either is put."""
        if not self.comparable(other) or (self.money and other.money and self.money != other.money):
            return False
        if {"above", "below"} == {self._side, other._side}:
            return False
        a, b = self._beside(other)
        mine, its = measure_of(self.units), measure_of(other.units)
        exact = _CONVERTED if mine and its and mine != its else 1e-6
        equal = abs(a - b) <= exact * max(abs(a), abs(b), 1.0)
        if self.hedge in ("above", "below") and not other.hedge and not self.span and not other.span and equal:
            return False  # 'more than 30' is not 30
        if equal or b <= a <= b + other.span or a <= b <= a + self.span:
            return True
        near = self.kind is not Kind.YEAR and abs(a - b) <= _NEAR * max(abs(a), abs(b))
        if self.hedge in ("least", "most") and other.kind is Kind.ANY:
            return False  # the cell of a table may be such a limit itself
        if self._side:
            close = max(a, b) <= 2 * min(a, b) or self.alike(other)
            return self._admits(other) and close and (near or not other._side)
        return near and "about" in (self.hedge, other.hedge)

    def rivals(self, other: "Quantity") -> bool:
        """Say whether another text may have this quantity otherwise: of a kind, and of its size or its figures."""
        a, b = map(abs, self._beside(other))
        like = a and b and (f"{a:e}".split("e")[0] == f"{b:e}".split("e")[0] or max(a, b) <= _FAR * min(a, b))
        if self.kind is Kind.YEAR and other.kind is Kind.ANY and not 1400 <= b <= 2100:
            return False
        if self._leaves_open(other):
            return False
        return self.comparable(other) and bool(like or not a or not b) and not self.same(other)

    @property
    def _side(self) -> str:
        """On which side of its value a quantity lies: 'above', 'below' or empty."""
        return _SIDES.get(self.hedge, "")

    def _admits(self, other: "Quantity") -> bool:
        """Say whether a quantity that is a bound leaves another's value possible."""
        a, b = self._beside(other)
        if self._side == "above":
            return b > a or (b == a and self.hedge == "least")
        return b < a or (b == a and self.hedge == "most")

    def _beside(self, other: "Quantity") -> tuple[float, float]:
        """The values of both, in one unit where they measure the same."""
        mine, its = measure_of(self.units), measure_of(other.units)
        if mine and its and mine[0] == its[0]:
            return self.value, other.value * its[1] / mine[1]
        return self.value, other.value

    def _leaves_open(self, other: "Quantity") -> bool:
        """Say whether both may hold though they are not the same: of two bounds one way, or of a figure within one."""
        if {self.hedge, other.hedge} & {"least", "most"} and (
            Kind.ANY in (self.kind, other.kind) or self._side == other._side
        ):
            return False  # what is allowed at most is told as such: another limit is another
        if self._side and other._side:
            return self._side == other._side or (self._admits(other) and other._admits(self))
        if self._side or other._side:
            bound, exact = (self, other) if self._side else (other, self)
            return bound._admits(exact)
        return False

    def comparable(self, other: "Quantity") -> bool:
        """Say whether two quantities are of one kind, and do not measure what cannot be compared."""
        kinds = {self.kind, other.kind}
        mine, its = measure_of(self.units), measure_of(other.units)
        if mine and its and mine[0] != its[0]:
            return False
        return len(kinds) == 1 or (Kind.ANY in kinds and Kind.MONTH not in kinds)

    def alike(self, other: "Quantity") -> bool:
        """Say whether two quantities count the same, as far as what follows them tells, or measure the same."""
        mine, its = measure_of(self.units), measure_of(other.units)
        return bool(self.units & other.units) or bool(mine and its and mine[0] == its[0])

    @property
    def money(self) -> frozenset[str]:
        """The currency, if it is one that is known."""
        return self.units & _CURRENCIES


_SIDES = {"above": "above", "least": "above", "below": "below", "most": "below"}
_CONVERTED = 0.02  # how far the same may lie apart in two units, of which one is mostly rounded
_FAR = 100  # times; a slip of the pen keeps the size of a figure, or its digits
_NEAR = 0.06  # how far 'about 14,000' may lie from the figure
_TEENS = "thirteen fourteen fifteen sixteen seventeen eighteen nineteen".split()
_TENS = "twenty thirty forty fifty sixty seventy eighty ninety".split()
_ONES = {word: float(n) for n, word in enumerate([*WORDS, *_TEENS])}
_SMALL = _ONES | {word: 10.0 * n for n, word in enumerate(_TENS, start=2)}
_SHORT = {"k": 1e3, "mn": 1e6, "bn": 1e9, "tn": 1e12, "m": 1e6, "b": 1e9, "t": 1e12}
_ORDINALS = {
    **{f"{stem}th": value for stem, value in _SMALL.items() if stem not in {"one", "two", "three"}},
    **{"fifth": 5.0, "eighth": 8.0, "ninth": 9.0, "twelfth": 12.0},
    **{f"{stem[:-1]}ieth": value for stem, value in _SMALL.items() if stem.endswith("ty")},
}
# 'second' is also a time and 'third' a part: they are numbers only behind a ten, 'twenty-second'.
_LATE = {"first": 1.0, "second": 2.0, "third": 3.0}
_PARTS = {"half": 0.5, "third": 1 / 3, "thirds": 1 / 3, "quarter": 0.25, "quarters": 0.25, "fifth": 0.2, "fifths": 0.2}
_PARTS |= {"tenth": 0.1, "tenths": 0.1}
_MONEY = {
    **dict.fromkeys(("$", "us$", "usd", "dollar", "dollars"), "dollar"),
    **dict.fromkeys(("€", "eur", "euro", "euros"), "euro"),
    **dict.fromkeys(("£", "gbp", "pound", "pounds"), "pound"),
    **dict.fromkeys(("¥", "rmb", "cny", "yuan", "renminbi"), "yuan"),
}
_CURRENCIES = frozenset(_MONEY.values())
_MONTHS = "january february march april may june july august september october november december".split()
# 'March' and 'May' are months beside a figure or behind a preposition.
_MONTH = re.compile(
    r"\b(?:January|February|April|June|July|August|September|October|November|December|"
    r"(?:(?<=\bin )|(?<=\bof )|(?<=\bby )|(?<=\bsince )|(?<=\buntil )|(?<=\d ))(?:March|May)|(?:March|May)(?= \d))\b"
)
_LABEL = re.compile(r"\b(?:Tables?|Figures?|Figs?\.?|Chapters?|Sections?|Notes?|pp?\.|Appendix|Part|Box)\s+$")
_TIMES = {
    re.compile(r"\bhalf[ -](?:an )?hour\b", re.I): (30.0, "minutes"),
    re.compile(r"\bquarter of an hour\b", re.I): (15.0, "minutes"),
    re.compile(r"\bhalf (?:a )?year\b", re.I): (6.0, "months"),
}
_WORD = "|".join(sorted([*_SMALL, *_ORDINALS, *_LATE], key=len, reverse=True))
_SPELT = rf"(?:{_WORD})(?:(?:[ -]|(?<=hundred) and |(?<=thousand) and )(?:{_WORD}|hundred|thousand)\b)*"
_NUMBER = re.compile(
    r"(?P<money>(?:US\$|[$€£¥]|\b(?:USD|EUR|GBP|RMB|CNY)\b)\s*)?"
    r"(?:(?<![\w.])(?P<digits>\d{1,3}(?:[,’\u00a0\u202f ]\d{3})+(?!\d)(?:\.\d+)?|\d+(?:\.\d+)?)"
    r"(?P<short>(?:k|mn|bn|tn|[mbt](?=\b))\b)?(?P<decade>s\b)?(?:st|nd|rd|th)?(?![\w])"
    rf"|\b(?P<spelt>{_SPELT})\b)"
    r"(?P<scale>(?:(?:\s+|-)(?:hundred|thousand|million|billion|trillion|bn|tn|mn)\b)*)"
    r"(?P<percent>\s*%|(?:\s+|-)per ?cent\b)?",
    re.IGNORECASE,
)
_SHARE = re.compile(
    rf"\b(?P<some>{'|'.join(_ONES)}|\d+) (?:in|out of) (?:every )?(?P<all>{'|'.join(_SMALL)}|\d+)\b", re.I
)
_PART = re.compile(
    rf"\b(?:(?P<times>two|three|four|a|one) )?(?P<part>{'|'.join(_PARTS)})\b(?= of\b| as\b| the\b|,|\.|$)",
    re.IGNORECASE,
)
_AFTER = re.compile(r"(?:\s*-?\s*°?[^\W\d_][\w’'-]*){1,4}")
_ALONE = frozenset("year month week day hour minute second percent metre kilometre mile".split())


@lru_cache(maxsize=4096)  # the same sentences are read for one question after another
def quantities_in(text: str, *, cell: bool = False) -> tuple[Quantity, ...]:
    """Return the numbers of a text in order; in a cell of a table a figure may be a year, a share or a count."""
    found: list[Quantity] = []
    taken: list[tuple[int, int]] = []
    for start, end, value, kind, units in (*_spoken(text), *_written(text)):
        if any(start < b and a < end for a, b in taken):
            continue
        taken.append((start, end))
        hedge, _ = hedge_before(text[:start], year=kind is Kind.YEAR)
        said = text[start:end]
        reach = 9.0 if kind is Kind.YEAR and said.endswith("s") else 0.0
        shown = Kind.ANY if cell and kind not in (Kind.PERCENT, Kind.MONTH) else kind
        found.append(Quantity(said, value, shown, units or _units(text, end), hedge, start, end, reach))
    return tuple(sorted(found, key=lambda q: q.start))


_Raw = tuple[int, int, float, Kind, frozenset[str]]


def _spoken(text: str) -> list[_Raw]:
    """Months, parts of a whole, and of an hour or year."""
    found: list[_Raw] = []
    for m in _MONTH.finditer(text):
        value = float(_MONTHS.index(m.group().lower()) + 1)
        found.append((m.start(), m.end(), value, Kind.MONTH, frozenset({"month"})))
    for pattern, (value, unit) in _TIMES.items():
        found += [(m.start(), m.end(), value, Kind.NUMBER, frozenset(analyze(unit))) for m in pattern.finditer(text)]
    for m in _SHARE.finditer(text):
        some, whole = _count(m["some"]), _count(m["all"])
        if 0 < some < whole:
            found.append((m.start(), m.end(), 100 * some / whole, Kind.PERCENT, frozenset({"share"})))
    for m in _PART.finditer(text):
        times = {"two": 2, "three": 3, "four": 4}.get((m["times"] or "").lower(), 1)
        found.append((m.start(), m.end(), 100 * times * _PARTS[m["part"].lower()], Kind.PERCENT, frozenset({"share"})))
    return found


def _written(text: str) -> list[_Raw]:
    found: list[_Raw] = []
    for m in _NUMBER.finditer(text):
        digits, spelt, money = m["digits"], m["spelt"], (m["money"] or "").strip().lower()
        if (spelt and not m["scale"] and _is_no_number(spelt, text[m.end() :])) or _LABEL.search(text[: m.start()]):
            continue
        if m["short"] and m["short"].lower() in ("m", "b", "t") and not money:
            value = figures_in(digits)[0]  # metres or tonnes
        else:
            value = (figures_in(digits)[0] if digits else _spelt_value(spelt)) * _SHORT.get(
                (m["short"] or "").lower(), 1
            )
        for word in re.findall(r"[a-z]+", (m["scale"] or "").lower()):
            value *= SCALES.get(word, _SHORT.get(word, 1.0))
        bare = digits is not None and not (m["short"] or m["scale"] or money)
        kind = Kind.PERCENT if m["percent"] else Kind.NUMBER
        if bare and not m["percent"] and re.fullmatch(r"1[4-9]\d\d|20\d\d", digits):
            kind = Kind.YEAR
        units = frozenset({_MONEY[money]}) if money else frozenset()
        if kind is Kind.YEAR:
            units = frozenset({"year"})
        found.append((m.start(), m.end(), value, kind, units))
    return found


def _is_no_number(spelt: str, after: str) -> bool:
    """'One' is mostly no number, and 'first' to 'third' alone are an order or parts of a whole."""
    word = spelt.lower()
    if word in _LATE:
        return True
    following = analyze(after[:20])
    return word == "one" and not (following and following[0] in _alone())


@lru_cache(maxsize=1)
def _number_terms() -> frozenset[str]:
    return frozenset(analyze(" ".join([*_SMALL, *SCALES])))


@lru_cache(maxsize=1)
def _alone() -> frozenset[str]:
    return frozenset(analyze(" ".join(_ALONE)))


def _spelt_value(spelt: str) -> float:
    total, part = 0.0, 0.0
    for word in re.findall(r"[a-z]+", spelt.lower()):
        if word == "hundred":
            part = max(part, 1.0) * 100
        elif word == "thousand":
            total, part = total + max(part, 1.0) * 1000, 0.0
        else:
            part += _SMALL.get(word, _ORDINALS.get(word, _LATE.get(word, 0.0)))
    return total + part


def _count(word: str) -> float:
    return float(word) if word.isdigit() else _SMALL[word.lower()]


def _units(text: str, end: int) -> frozenset[str]:
    """The terms that follow a number in its clause, up to two, a currency by its one name."""
    after = _AFTER.match(text[end : end + 60])
    if not after:
        return frozenset()
    for word in re.findall(r"[^\W\d_]+", after.group().lower())[:3]:
        if word in _MONEY:
            return frozenset({_MONEY[word]})
    return frozenset(term for term in analyze(after.group())[:2] if term not in _number_terms())
