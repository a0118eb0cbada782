"""Names of authors and editors: what is family name, given name or suffix, and what is no person at all.

Which word is the family name cannot be known from 'Wang Wei': an undivided name is read in Western order, its last
word, with the particles before it, being the family name. 'Wang, Wei' says it, and braces ('{Wang Wei}') keep a name
whole.
"""

import re
from dataclasses import dataclass

__all__ = ["Name", "initials", "read_name"]

_SUFFIX = re.compile(r"(?:jr|sr)\.?|II|III|IV|2nd|3rd", re.IGNORECASE)
_TITLES = re.compile(r"(?:(?:Dr|Prof|Professor|Mr|Mrs|Ms)\b\.?\s+)+(?=\S)|,?\s+(?:Ph\.?\s?D|M\.?D)\.?$")
_PARTICLES = frozenset(
    "af al av bin da das de degli dei del della den der di do dos du e el ibn la las le los ten ter van vom von y zu "
    "zum zur 't".split()
)
# Written with a capital these are particles all the same, 'Charles De Gaulle', 'Vincent Van Gogh'; others are names.
_CAPITAL_PARTICLES = frozenset("De Del Della Den Der Di Du La Van Von".split())
_LEGAL = frozenset("ag co corp gmbh inc kg llc llp ltd nv plc sa".split())
_BODIES = frozenset(
    "academy administration agency alliance assembly association authority bank board bureau cabinet center centre "
    "centrum chamber coalition collaboration college commission committee community company confederation conference "
    "congress consortium corporation council court department directorate division federation forum foundation fund "
    "government group initiative institut institute institution international laboratories laboratory league library "
    "ministry museum nations network news observatory office organisation organization parliament partnership party "
    "programme project research school secretariat senate service services society task team times trust union "
    "universidad university universität université watch".split()
)
_JOINING = frozenset("& + and et for of on the und für pour".split())


@dataclass(frozen=True, slots=True)
class Name:
    """A name as citations need it; a corporate name, or one of a single word, stands whole in `family`.

    `family` includes particles ('van der Berg').
    """

    family: str
    given: str = ""
    suffix: str = ""

    @property
    def is_whole(self) -> bool:
        """Whether there is no given name: a body, or a person of one name."""
        return not self.given


def read_name(text: str) -> Name:
    """Return a name's parts, from 'Ann Bell', 'Bell, Ann', 'King, Martin Luther, Jr.' or a body's name."""
    text = _TITLES.sub("", " ".join(text.split()))  # no style names academic titles
    if text.startswith("{") and text.endswith("}"):
        return Name(text[1:-1].strip())
    parts = [part.strip() for part in text.split(",") if part.strip()]
    if len(parts) > 3 or _is_body(text, parts):
        return Name(text)
    suffixes = [part for part in parts[1:] if _SUFFIX.fullmatch(part)]
    rest = [part for part in parts if part not in suffixes]
    if len(rest) == 1:
        return _undivided(rest[0], suffixes[0] if suffixes else "")
    if len(rest) != 2 or len(suffixes) > 1:
        return Name(text)
    return Name(rest[0], _spaced(rest[1]), suffixes[0] if suffixes else "")


def initials(given: str) -> str:
    """Return the initials of given names, 'J.-P.' of 'Jean-Paul', 'J. R. R.' of 'J.R.R.' (APA 7, section 9.8).

    A part behind a hyphen that has no capital gets none: 'A.' of 'Ai-jun'.
    """
    found = []
    for word in _spaced(given).split():
        if len(word) == 2 and word.isalpha() and word.isupper():  # 'JP' without stops
            found += [f"{ch}." for ch in word]
            continue
        parts = [part.lstrip("'’\"“‘(") for part in re.split(r"[-‐‑]", word)]
        letters = [part[0] for i, part in enumerate(parts) if part and (i == 0 or not part[0].islower())]
        if letters:
            found.append("-".join(f"{letter.upper()}." for letter in letters))
    return " ".join(found)


def _undivided(text: str, suffix: str) -> Name:
    words = text.split()
    if not suffix and len(words) > 2 and _SUFFIX.fullmatch(words[-1]):
        suffix = words.pop()
    if len(words) < 2 or words[0] in _PARTICLES:
        return Name(" ".join(words), "", suffix)
    first = next((i for i, word in enumerate(words[1:-1], start=1) if _is_particle(word)), len(words) - 1)
    return Name(" ".join(words[first:]), _spaced(" ".join(words[:first])), suffix)


def _spaced(given: str) -> str:
    """Part initials by spaces, as all three styles do: 'J. R. R.'."""
    return re.sub(r"\.(?=[^\W\d_])", ". ", given)


def _is_particle(word: str) -> bool:
    return word in _PARTICLES or word in _CAPITAL_PARTICLES


def _is_body(text: str, parts: list[str]) -> bool:
    """Say whether a name is a ministry's, a company's or the like. 'John Bank' is taken for one, 'Bank, John' not."""
    words = [word.strip(".,()").lower() for word in text.split()]
    if len(parts) < 2 and any(ch.isdigit() for word in words if not _SUFFIX.fullmatch(word) for ch in word):
        return True
    if text.startswith("The ") or _JOINING.intersection(words) or (len(words) > 1 and words[-1] in _LEGAL):
        return True
    if len(parts) > 1:
        return len(parts[0].split()) > 1 and bool(_BODIES.intersection(parts[0].lower().split()))
    return bool(_BODIES.intersection(words))
