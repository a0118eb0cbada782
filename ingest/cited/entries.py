"""Parse an entry of a bibliography: who wrote it, when, and what it is called.

Serves the common styles (APA, Harvard, Chicago author-date, MLA, Vancouver, IEEE) without being told which.
"""

import re
from collections.abc import Sequence

from core.records import Reference
from ingest.cited.names import CONNECTIVES, PARTICLES, is_name_word, is_organisation, part_authors
from ingest.cited.works import YEAR

__all__ = ["LABEL", "REPEAT", "opens_entry", "parse_reference"]

UPPER = r"[^\W\d_a-zà-ÿ]"  # a capital, or a letter of a script without them
_SURNAME = rf"(?:(?:van|von|de[nrl]?|la|le|du|da|di|ter|al|el|’t)[\s-])*{UPPER}[\w’'-]*(?:[\s-]{UPPER}[\w’'-]+)?"
_INITIAL = rf"{UPPER}\.(?:[\s-]?{UPPER}\.)*"
_GIVEN = re.compile(rf"(?:{_INITIAL}|{UPPER}(?:[\s-]{UPPER})*\.?|Jr\.?|Sr\.?|I{{2,3}})")  # no name without another
_INITIALED = re.compile(rf"{_INITIAL}\s")
_ALONE = re.compile(rf"(?:^|[\s,]){UPPER}\.(?=[\s,]|$)")  # an initial, but not those of 'U.S.'
LABEL = re.compile(r"\[(\d{1,3}|[A-Z][A-Za-z+]*\d\d[a-z]?)\]\s*|(\d{1,3})[.)]\s+")
BULLET = re.compile(r"^[-*•·▪]\s+")
REPEAT = re.compile(r"(?:[—–]{1,3}|-{3,}|_{2,})[\s.,]*")

_OPENINGS = (
    re.compile(rf"{_SURNAME},\s+{UPPER}[^:]{{0,30}}"),  # Smith, J. or Smith, John
    re.compile(rf"{_SURNAME}\s+{UPPER}{{1,3}}[,.\s]\s*[^:]"),  # Smith JA, Brown P.
    re.compile(rf"{_INITIAL}\s+{_SURNAME}"),  # J. Smith
    re.compile(
        rf"{UPPER}[^.()]{{1,120}}(?:\([^()\d]{{2,40}}\))?(?:[.,]\s+\(?|\s\()(?:{YEAR.pattern})"
    ),  # World Bank. 2020
    re.compile(rf"{UPPER}[\w\s’'&-]{{1,60}}\.\s+[“\"]"),  # Reuters. “Title”
)
_PUBLISHER = re.compile(r"\b(?:press|publish\w+|verlag|books)$", re.IGNORECASE)
_VANCOUVER = re.compile(
    rf"(?P<names>(?:{_SURNAME}\s{UPPER}{{1,3}})(?:,\s(?:{_SURNAME}\s{UPPER}{{1,3}}))*(?:,?\set\sal)?)\.\s+"
)
_INITIALS_FIRST = re.compile(
    rf"(?P<names>{_INITIAL}\s{_SURNAME}(?:(?:,?\s(?:and|&)\s|,\s){_INITIAL}\s{_SURNAME})*(?:,?\set\sal\.?)?),\s+"
    rf"(?!(?:and\s|&\s)?{_INITIAL}\s{_SURNAME}(?:[.,]|\s(?:and|&)\s))"  # 'A. Bell, B. Carr, and C. Dunn. Title' goes on
)
# 'Jason C. Hsu. Title': what ends in an initial so far goes on with the family name.
_MIDDLE = re.compile(rf"(?:^|,\s|\s(?:and|&)\s){UPPER}[\w’'-]+(?:\s{UPPER}\.?)*\s{UPPER}$")
# 'A. Bell, C. Dunn. Title', 'Ann Bell and C. Dunn. Title': what ends in an initial of the next one in a list so far.
_NEXT_INITIAL = re.compile(
    rf"(?:{_INITIAL}\s{_SURNAME}.*,|.*\s(?:and|&))\s{UPPER}(?:\.[\s-]?{UPPER})*$",
)
_FAMILY_NEXT = re.compile(rf"{_SURNAME}(?:[.,]|\s(?:and|&)\s)")
_UNTURNED = re.compile(rf"{UPPER}[\w’'.-]*(?:\s[\w’'.-]+)*?\s{UPPER}?[\w’'-]*[a-zà-ÿ][\w’'-]*")  # Jane A. Doe
_AUTHORS_END = re.compile(rf"\.\s+(?!{UPPER}\.|and\b|&|et\b|\(?eds?\b)")
_QUOTED = re.compile(r"“(.+?)[.,]?”|\"(.+?)[.,]?\"|‘(.+?)[.,]?’(?!\w)|«\s*(.+?)\s*»")
_TITLE_END = re.compile(
    r"(?<=[\w)’”]{2})[.](?=\s|$)|[?!](?=\s+[^\W\d_a-z])|[.,]\s+(?=[Ii]n:?\s)|\s(?=\[|https?://)"
    rf"|,\s+(?={UPPER}\w+(?:[\s,]+{UPPER}\w+){{0,2}}:\s)"  # a place and its publisher
    r"|,\s+(?=[Vv]ol\b|\d{1,2}(?:st|nd|rd|th)\s+ed)"
)
_ACCESS = re.compile(
    r"\b(?:accessed|retrieved|abgerufen|last\s+access|cited\s+\d{4}|visited)\b|https?://|\bdoi\b", re.I
)
_EDS = re.compile(r",?\s*\(?\b(?:eds?|hrsg)\b\.?\)?[,.]?", re.IGNORECASE)


def opens_entry(text: str) -> bool:
    """Say whether a line begins as entries of a bibliography do: with a number, a name turned round, a dated body."""
    text = BULLET.sub("", text)
    head, stop, _ = text.partition(". ")
    if stop and is_organisation(head) and _is_authors(head) and not _PUBLISHER.search(head):
        return True
    return bool(LABEL.match(text) or REPEAT.match(text)) or any(opening.match(text) for opening in _OPENINGS)


def parse_reference(text: str, previous: Sequence[str] = ()) -> Reference:
    """Return an entry's authors (family names), year, title and number; what cannot be told is empty.

    Args:
        text: the entry, on one line.
        previous: the authors of the entry before, for whom a dash stands.
    """
    label = ""
    body = BULLET.sub("", text.strip())
    if match := LABEL.match(body):
        label, body = match.group(1) or match.group(2), body[match.end() :]
    repeat = REPEAT.match(body)
    if repeat:
        body = body[repeat.end() :]
    dated = _author_date(body, bare=bool(repeat))
    if dated:
        head, year, rest = dated
    else:
        head, rest = ("", body) if repeat else _leading_authors(body)
        year = _last_year(body)
    authors = tuple(previous) if repeat else entry_authors(head)
    return Reference(authors, year, _title(rest, comma=bool(_INITIALS_FIRST.match(body))), 0, len(text), label)


def entry_authors(head: str) -> tuple[str, ...]:
    """Return the family names in the authors of an entry, inverted ('Smith, John, and Jane Doe') or not."""
    head = re.sub(r",?\s*\bet\s+al\b\.?", "", _EDS.sub("", head)).replace(" / ", "; ").strip(" .,;:")
    parts = [part for part in re.split(r"\s*(?:,\s*)?(?:\s(?:and|und|et|y)\s|&)\s*", head) if part]
    bodies = is_organisation(head) and not _ALONE.search(head)
    pieces = [piece.strip() for part in parts for piece in part.split(",") if piece.strip() not in ("", "others")]
    several = len(pieces) > 1 or _ALONE.search(head)  # a single name of two words may be a body's
    if several and not bodies and ";" not in head and all(map(_UNTURNED.fullmatch, pieces)):
        return tuple(map(_last_word, pieces))
    if bodies or (len(parts) == 1 and "," not in head and not re.search(rf"\s{UPPER}{{1,3}}$", head)):
        return part_authors(head)[0] if bodies else (_family(head),) if head else ()
    if ";" in head:
        return tuple(_family(piece.split(",")[0]) for piece in head.split(";") if piece.strip())
    names: list[str] = []
    for number, part in enumerate(parts):
        names.extend(_listed(part.split(","), inverted=number == 0 or "," in part))
    return tuple(name for name in names if name)


def _listed(pieces: Sequence[str], *, inverted: bool) -> list[str]:
    """The family names in pieces between commas: initials and given names go with the family name before them."""
    pieces = [piece.strip() for piece in pieces if piece.strip()]
    names: list[str] = []
    given = False  # whether the piece may be the given name of the one before
    for piece in pieces:
        if _GIVEN.fullmatch(piece) or (given and inverted):
            given = False
        else:
            vancouver = re.fullmatch(rf"(.+?)\s(?:{UPPER}{{1,4}})", piece)
            name = vancouver.group(1) if vancouver else piece
            direct = bool(names) and not vancouver and len(_without_particles(piece)) > 1
            names.append(_last_word(piece) if direct or not inverted else _family(name))
            given = not vancouver and not direct and not _INITIALED.match(piece)
    return names


def _family(name: str) -> str:
    """A name without initials before it: 'J. A. Smith' is Smith."""
    return re.sub(rf"^(?:{_INITIAL}\s*)+", "", name.strip(" .,")) or name.strip()


def _last_word(name: str) -> str:
    words = _family(name).split()
    at = next((i for i, word in enumerate(words[:-1]) if word in PARTICLES), len(words) - 1)
    return " ".join(words[at:])


def _without_particles(name: str) -> list[str]:
    return [word for word in name.split() if word not in PARTICLES]


def _author_date(body: str, *, bare: bool) -> tuple[str, str, str] | None:
    """Authors, year and the rest, where the year comes straight behind the authors (or, `bare`, opens the body)."""
    match = YEAR.search(body)
    if not match:
        return None
    bracket = body[: match.start()].rstrip().endswith("(")
    head = body[: match.start()].strip(" (.,:")
    if not (bare and not head) and not _is_authors(head):
        return None
    rest = body[match.end() :]
    if bracket:
        rest = rest.partition(")")[2]
    return head, " ".join(match.group().split()), rest.lstrip(" .,:;")


def _is_authors(head: str) -> bool:
    head = _EDS.sub("", head).replace(" / ", "; ")
    if not head or _QUOTED.search(head) or any(mark in head for mark in "“‘«:?"):
        return False
    if _VANCOUVER.match(f"{head}. ") or is_organisation(head):
        return not re.search(r"\w{3}\.\s", head) or bool(re.search(r"\b(?:Inc|Ltd|Corp)\.", head))
    whole = "," not in head and not re.search(rf"\b{UPPER}\.", head)
    small = {"and", "und", "et", "y", "al", "al.", "&"} | PARTICLES | (CONNECTIVES if whole else frozenset())
    known = all(is_name_word(word) or word.strip(",;") in small for word in head.split())
    breaks = re.search(rf"[\w’]{{2}}\.\s+{UPPER}|{UPPER}\.\s+{UPPER}\w+\s+{UPPER}\w+\s+\w+", head)
    return known and not breaks


def _leading_authors(body: str) -> tuple[str, str]:
    """The authors and the rest of an entry that gives its year last."""
    for pattern in (_VANCOUVER, _INITIALS_FIRST):
        match = pattern.match(body)
        if match and ("," in match.group("names") or not _goes_on(match.group("names"), body[match.end() :])):
            return match.group("names"), body[match.end() :]
    quoted = _QUOTED.search(body)
    if quoted and _is_authors(head := body[: quoted.start()].strip(" .,")):
        return head, body[quoted.start() :]
    named, colon, rest = body.partition(": ")
    if colon and "," in named and _is_authors(named):
        return named, rest
    for match in _AUTHORS_END.finditer(body):
        head = body[: match.start()]
        if re.search(r"\w{2}", head) and not _goes_on(head, body[match.end() :]):
            return (head, body[match.end() :]) if _is_authors(head) or "," in head[:30] else ("", body)
    return "", body


def _goes_on(head: str, rest: str) -> bool:
    """Say whether the stop behind a head is that of an initial, and the family name follows."""
    return bool((_MIDDLE.search(head) or _NEXT_INITIAL.match(head)) and _FAMILY_NEXT.match(rest))


def _last_year(body: str) -> str:
    shown = body
    if match := _ACCESS.search(body):
        shown = body[: match.start()] if YEAR.search(body[: match.start()]) else body
    years = [m.group() for m in YEAR.finditer(shown) if not re.match(r"\s*[–-]\s*\d", shown[m.end() :])]
    return " ".join(years[-1].split()) if years else ""


def _title(rest: str, *, comma: bool) -> str:
    """The title that the rest of an entry begins with: what is quoted, else up to the end of its sentence."""
    quoted = _QUOTED.match(rest)
    if quoted:
        return next(group for group in quoted.groups() if group).strip()
    end = _TITLE_END.search(rest)
    title = rest[: end.start() + (end.group() in "?!" and bool(end.group()))] if end else rest
    return (title.split(",")[0] if comma else title).strip(" .,;")
