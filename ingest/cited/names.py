"""Tell the names of authors from other words, and part a list of authors into names."""

import re
import unicodedata
from functools import lru_cache

__all__ = [
    "CONNECTIVES",
    "PARTICLES",
    "Authors",
    "bare_word",
    "fold_name",
    "is_function_word",
    "is_name_word",
    "is_organisation",
    "is_title",
    "names_document",
    "never_author",
    "part_authors",
    "without_genitive",
]

Authors = tuple[tuple[str, ...], bool]  # the names, and whether 'et al.' stands behind them

# Small words inside a family name, and inside the name of an organisation.
PARTICLES = frozenset("van von der den de del della di da dos du la le ter ten zu zum af av bin ibn el al y e".split())
CONNECTIVES = frozenset("of the for and & on to und et für des pour et".split())

_ORGANISATIONS = frozenset(
    "academy administration agency alliance archive archives association authority bank board bundesamt bureau "
    "cabinet center centre chamber co college commission committee company congress consortium cooperative "
    "corporation council court database department directorate executive federation forum foundation "
    "fund government group holding inc institute institution laboratory limited llc ltd ministerium ministry "
    "museum nations network observatory office organisation organization parliament party plc press "
    "secretariat service services society statistics taskforce team trust union university".split()
)
_DOCUMENTS = frozenset(
    "accord act agenda agreement amendment bill blueprint budget charter code constitution convention covenant "
    "declaration decree directive framework fyp guideline guidelines initiative law laws measures memorandum notice "
    "opinions ordinance outline paper plan plans policy programme protocol provisions regulation regulations report "
    "resolution roadmap rules statute strategy treaty".split()
)
_NEVER = frozenset(
    "january february march april may june july august september october november december jan feb mar apr jun jul "
    "aug sep sept oct nov dec spring summer autumn winter table tables figure figures fig figs chapter chapters "
    "section sections box appendix phase phases step steps equation grant no nos number vol volume version fy q1 q2 "
    "q3 q4 ad bc ce bce article articles line lines item part author authors fieldwork interview interviews survey "
    "photo image own rmb usd eur gbp cny vision horizon".split()
)
_EVENTS = frozenset(
    "battle championship championships conference coup crisis cup earthquake election elections expo festival "
    "games movement olympics pandemic rebellion referendum reform reforms revolution season summit uprising war wars "
    "edition release expo".split()
)
_FUNCTION = frozenset(
    "a according additionally after again against all also although among an and another any are as at based because "
    "before between both but by compare contra despite during e.g each early either even except finally first "
    "following for from further furthermore given had has have he hence her here his how however if in indeed "
    "initially instead into is it its later like many meanwhile more moreover most neither nevertheless nor not now "
    "of on once only or other others our over overall per rather recent research scholars second see several she "
    "since so some still studies such than that the their then there therefore these they third this those though "
    "through thus to today together too toward towards under unlike until upon using was we were what when where "
    "whereas whether which while who why with within without yet cf source sources likewise accordingly consequently "
    "currently formerly importantly interestingly notably originally previously recently similarly specifically "
    "subsequently surprisingly ultimately elsewhere perhaps maybe often sometimes next last authors scholars".split()
)
_TITLES = frozenset("president professor prof dr mr mrs ms minister premier chairman secretary sir".split())
_ET_AL = re.compile(
    r",?\s*\b(?:et\.?\s+al\b\.?|(?:and|&)\s+(?:others|colleagues|co-?workers|co-?authors|associates)\b|u\.\s?a\.)"
    r"|(?<=[\u4e00-\u9fff])等$",
)
_EDITORS = re.compile(r",?\s*(?:\(\s*(?:eds?|hrsgg?|trans)\b\.?\s*\)|\b(?:eds?|hrsgg?)\.)", re.IGNORECASE)
_GLOSS = re.compile(r"\s*[(\[][^()\[\]]*[)\]]")
_POSSESSIVE = re.compile(r"(?:[’']s|(?<=s)[’'])$")
_COMPANY = re.compile(r",\s*(?=(?:Ltd|Inc|LLC|Co|Corp|Limited|PLC|GmbH|S\.A)\b)", re.IGNORECASE)
_AND = re.compile(r"\s*(?:,\s*)?(?:\s(?:and|und|et|y|or)\s|&)\s*")
_INITIALED = re.compile(r"[A-Z]{1,3},?|(?:[A-Z]\.){1,3},?")
_JUNIOR = re.compile(r"(?<=\w)\s(?:jr|sr)$")
_INITIALS = r"(?:[^\W\d_]\.[\s-]*){1,4}"


def bare_word(word: str) -> str:
    """Return a word without the marks around it and without a genitive's ending."""
    return _POSSESSIVE.sub("", word.strip("‘“\"'’”.,;:()[]*")).strip("’'")


def is_title(word: str) -> bool:
    """Say whether a word is a title that stands before a person's name."""
    return bare_word(word).casefold() in _TITLES


def without_genitive(phrase: str) -> str:
    """Return a phrase without the ending in 'Smith’s (2001)'."""
    return _POSSESSIVE.sub("", phrase.rstrip(" ,"))


def is_name_word(word: str) -> bool:
    """Say whether a word can be part of a name: it has a capital or is of a script without capitals."""
    letters = [ch for ch in bare_word(word) if ch.isalpha()]
    return any(not ch.islower() for ch in letters)


def is_function_word(word: str) -> bool:
    """Say whether a word, capital or not, is one of grammar, which no name begins with."""
    low = bare_word(word).casefold()
    if len(low) == 1 and word.rstrip(",").endswith("."):
        return False  # an initial
    return low in _FUNCTION and bare_word(word) != "WHO"  # which is a body in capitals


def is_organisation(phrase: str) -> bool:
    """Say whether a phrase holds a word that organisations are named with: Bank, Ministry, University.

    In front of other names or initials it is somebody's: 'Press WH, Shaw AB', 'Banks et al.'.
    """
    words = phrase.split()
    if len(words) > 1 and (words[0].endswith(",") or words[1] == "et" or _INITIALED.fullmatch(words[1])):
        words = words[1:]
    return any(bare_word(word).casefold() in _ORGANISATIONS for word in words)


def names_document(phrase: str) -> bool:
    """Say whether a phrase is named for a kind of document: Plan, Act, Guidelines."""
    return any(bare_word(word).casefold() in _DOCUMENTS for word in phrase.split())


def never_author(phrase: str, *, narrative: bool = False) -> bool:
    """Say whether a phrase ends in a word that dates, cross-references and events end in.

    With `narrative`, so do phrases that end in the name of a kind of document: a year in brackets behind it is its own.
    """
    words = [bare_word(word).casefold() for word in phrase.split()]
    if not words or words[-1] in _EVENTS or (len(words) == 1 and words[0] in _DOCUMENTS):
        return True
    if words[0] in _NEVER and len(words) == 2 and re.fullmatch(r"[ivx]+|\d+", words[1]):
        return True
    if words[-1] in _NEVER:  # but a March who writes with others is an author
        return not ({"and", "&"} & set(words)) or all(word in _NEVER for word in words if len(word) > 3)
    return narrative and words[-1] in _DOCUMENTS


@lru_cache(maxsize=1 << 14)
def fold_name(name: str) -> str:
    """Return a name without accents, case, marks, a leading article and 'Jr.', for comparison."""
    plain = unicodedata.normalize("NFKD", name.casefold().replace("ø", "o").replace("ł", "l"))
    kept = "".join(ch if ch.isalnum() else " " for ch in plain if not unicodedata.combining(ch) and ch not in "’'")
    return _JUNIOR.sub("", " ".join(kept.split())).removeprefix("the ")


def part_authors(phrase: str) -> Authors:
    """Return the names in a phrase such as 'Smith, J. and Jones et al.'; an organisation is one name.

    Organisations joined by 'and' are parted only where both sides are named as such.
    """
    if (quoted := phrase.strip(" ,"))[:1] in ("“", '"') and quoted[-1:] in ("”", '"'):
        return (quoted.strip('“”" ,'),), False  # a title in the place of authors
    plain, others = _ET_AL.subn("", phrase)
    plain = _GLOSS.sub("", _EDITORS.sub("", plain)).strip(" ,;‘“\"'”")
    if is_organisation(plain) or any(word in ("of", "for") for word in plain.split()):
        return tuple(_organisations(plain)), bool(others)
    pieces = [piece for part in _AND.split(plain) for piece in part.split(",")]
    names = [name for piece in pieces if (name := _family(piece))]
    return tuple(names), bool(others)


def _organisations(phrase: str) -> list[str]:
    sides = [_strip_the(side) for side in _AND.split(_COMPANY.sub("\0", phrase))]
    sides = [side.replace("\0", ", ") for side in sides]
    if len(sides) > 1 and all(is_organisation(side) and len(side.split()) > 1 for side in sides):
        return sides
    return [_strip_the(phrase)]


def _strip_the(phrase: str) -> str:
    return re.sub(r"^\s*the\s+", "", phrase).strip(" ,")


def _family(piece: str) -> str:
    """A name without initials before or behind it; nothing of a piece that is initials only."""
    name = re.sub(rf"^\s*{_INITIALS}|\s+{_INITIALS}$", "", _strip_the(piece)).strip()
    name = name.strip('‘“"”')
    return "" if re.fullmatch(rf"{_INITIALS}|Jr\.?|Sr\.?|I{{2,3}}", name) else name
