"""What questions call a quantity, and what the names of columns call it: 'how heavy' is a mass in kg."""

import re
from functools import lru_cache

from index.terms import analyze

__all__ = ["asking_terms", "measure_terms"]

# Words of questions on the left, words and units of column names on the right. General English and SI; no document's.
_MEASURES = (
    ("heavy heavier heaviest light lighter lightest weigh weighs", "mass weight kg g t tonnes lb"),
    ("loud louder loudest quiet quietest noisy noisiest", "noise sound db"),
    ("old older oldest young younger youngest aged", "age ages years"),
    (
        "long longer longest short shorter shortest last lasts take takes wait waiting duration",
        "duration time contact wait length min minutes h hours days weeks months years s seconds",
    ),
    ("far farther furthest farthest near nearest distance distant", "distance km miles m length"),
    (
        "deep deeper deepest depth tall taller tallest high low height",
        "depth height lift altitude elevation level m cm",
    ),
    ("wide wider widest narrow narrowest width", "width breadth m cm mm"),
    ("fast faster fastest slow slower slowest quick quickest", "speed rate km h s time min"),
    ("hot hotter hottest warm warmest cold colder coldest cool coolest", "temperature c °c f"),
    (
        "expensive dear dearest cheap cheaper cheapest cost costs pay paid price",
        "price cost fee charge rate amount paid",
    ),
    ("often frequently frequent", "every interval frequency times rhythm schedule"),
    ("litre litres liter liters", "l litres volume capacity output"),
    ("hour hours hourly", "h hours"),
    ("minute minutes", "min minutes"),
    ("metre metres meter meters", "m metres"),
    ("kilogram kilograms kilo kilos", "kg mass weight"),
    ("watt watts wattage electricity", "w kw power"),
    ("percent percentage share proportion portion", "share percent percentage"),
    ("people persons inhabitants residents population live", "inhabitants population residents people"),
    ("staff employees workers employed employ", "staff employees posts workers fte"),
    ("average averages averaged mean", "mean average avg median"),
    ("money funds funding spend spent", "budget spending expenditure cost amount income"),
)


# Question words on the left, what columns that answer them are called on the right.
_ASKING = (
    (
        r"\b(?:who|whom|whose)\b",
        "person name head lead leader led author director manager chair keeper maker contact owner founder curator "
        "teacher doctor coach president secretary editor sponsor",
    ),
    (r"\bwhen\b", "date year day month time began begins begin start starts opened founded since built launched"),
    (r"\bwhere\b", "place location town city site room address venue country region district seat port"),
    (r"^\W*how (?:is|are|was|were|do|does|did|can|should)\b", "method means technique procedure mode"),
    (r"\bwhy\b", "reason cause grounds purpose"),
)


def asking_terms(text: str) -> frozenset[str]:
    """Return the terms by which columns may name what a question's own word asks for: 'who' a person or a head."""
    lowered = text.lower()
    return frozenset(term for asks, names in _ASKING if re.search(asks, lowered) for term in analyze(names))


def measure_terms(text: str) -> frozenset[str]:
    """Return the terms by which columns may name the quantities that a text speaks of."""
    lexicon = _lexicon()
    return frozenset(name for term in analyze(text) for name in lexicon.get(term, ()))


@lru_cache(maxsize=1)
def _lexicon() -> dict[str, frozenset[str]]:
    found: dict[str, frozenset[str]] = {}
    for asked, named in _MEASURES:
        for term in analyze(asked):
            found[term] = found.get(term, frozenset()) | frozenset(analyze(named))
    return found
