"""Find the sentences that tell what one announces: by how many it says there are, by a colon, or as a first step."""

import re
from collections.abc import Iterable, Sequence
from itertools import pairwise

from answer.evidence import Evidence
from answer.nearby import NEARBY
from index.terms import analyze
from ingest import count_words, is_code

__all__ = ["announced", "others_counted"]

_COUNTED = re.compile(
    r"(?:and |the )*(?:first|second|third|fourth|fifth)(?:ly,|,| (?:of (?:these|them)|is|are|was|were|concerns?)\b)",
    re.IGNORECASE,
)
# How the items open that a sentence announces: all of them in one of these ways.
_ITEMS = (
    re.compile(
        r"(?:and |the )*(?:(?:first|second|third|fourth|fifth)(?:ly)?|another|finally|lastly?)\b", re.IGNORECASE
    ),
    re.compile(r"(?:one|another|the others?|a (?:second|third|fourth|fifth))\b", re.IGNORECASE),
    re.compile(r"\(?(?:[a-h]|\d{1,2})[).]\s"),
    re.compile(r"[-–•*]\s"),
)
_COUNTS = tuple("one two three four five six seven eight nine ten".split())
_ANNOUNCES = re.compile(
    rf"\b(?:({'|'.join(_COUNTS[1:])}|[2-9]|10)|several|the following)\s+(?:[\w’'-]+\s+){{0,2}}?\w+s\b", re.IGNORECASE
)
_FOLLOWING = re.compile(r"\b(?:following|follows|below|these)\b", re.IGNORECASE)
_LONG = 120  # words of a list with all the sentences of its items
_STOPS = (".", "!", "?", ";", ",")
_LISTING = 30  # words
_TERM = 8  # words of a term that a list tells of
_POINTS = re.compile(r"(?:It|Its|They|Their|He|His|She|Her|This|These|That|Those|Here|There)\b")
_JOINS = re.compile(r"(?:and|finally|also|lastly),? ", re.IGNORECASE)
_ARTICLE = re.compile(r"(?:An?|The)\s+")
# A step, and one that follows another: 'To enter, guests first sign. They then wait.'
_FIRST = re.compile(r"First,? (?=[a-z])|(?<!the )(?<!at )(?<!its )(?<!their )(?<!her )(?<!his )\bfirst (?=[a-z])")
_ORDER = re.compile(r"\b(?:order|procedure|steps?|stages?|as follows|like this|in this way)\b", re.IGNORECASE)
_NEXT = re.compile(
    r"(?:[\w’'-]+ ){0,2}(?:then|next|finally|lastly|afterwards|after (?:that|this)|at last|in the end|last)\b",
    re.IGNORECASE,
)
_STEPS_APART = 2  # sentences; one may stand between two steps and say more of the first


def others_counted(told: Evidence, chosen: Sequence[Evidence], evidence: Iterable[Evidence]) -> list[Evidence]:
    """Return the sentences that tell the others where one tells 'the second' of several."""
    if not _COUNTED.match(told.text):
        return []
    document, (start, end) = told.hit.passage.document_id, told.span
    return sorted(
        (
            e
            for e in dict.fromkeys(evidence)
            if e.hit.passage.document_id == document
            and e not in chosen
            and _COUNTED.match(e.text)
            and start - NEARBY < e.span[0] < end + NEARBY
        ),
        key=lambda e: e.span,
    )


def announced(announcing: Evidence, later: Sequence[Evidence]) -> Sequence[Evidence]:
    """Return the sentences that tell what one announces; none in doubt.

    Args:
        announcing: may say how many there are ('Two things helped.'), end in a colon, or be a first step.
        later: the sentences behind it, in the order of the text.
    """
    if items := _under(announcing, later):
        return items
    if announcing.text.endswith(":"):
        return _alike(later) or [e for e in later[:1] if _is_next(announcing, e)]
    if _FIRST.search(announcing.text) and (steps := _steps(later)):
        return steps
    if _ORDER.search(announcing.text) and later and _FIRST.search(later[0].text) and (steps := _steps(later[1:])):
        return [later[0], *steps]
    counts = reversed(_ANNOUNCES.findall(announcing.text)) if later else ()  # 'In three years we want two things.'
    found = (_as_many(announcing, number, later) for number in counts)
    return next(filter(None, found), [])


def _is_next(announcing: Evidence, later: Evidence) -> bool:
    """Say whether what stands behind a colon is of the same passage, and no long listing of a program."""
    listing = count_words(later.text) > _LISTING and is_code(later.text)
    return later.hit.passage.id == announcing.hit.passage.id and not listing


def _under(announcing: Evidence, later: Sequence[Evidence]) -> Sequence[Evidence]:
    """The items of the list right under a term, or a sentence that announces one; of long ones the first sentences."""
    end = next((n for n, e in enumerate(later) if e.under < 1), len(later))
    text = announcing.text
    is_term = not text.endswith(_STOPS) and count_words(text) <= _TERM
    if not end or not (is_term or text.endswith(":") or _FOLLOWING.search(text)):
        return []
    items = later[:end]
    if sum(count_words(e.text) for e in items) <= _LONG:
        return items
    return [e for before, e in pairwise([announcing, *items]) if _breaks(before, e)]


def _as_many(announcing: Evidence, number: str, later: Sequence[Evidence]) -> Sequence[Evidence]:
    """The sentences that tell as many things as one says there are, in words or figures; no number is 'several'."""
    told = [e for e in later if (way := _way(later[0])) and way.match(e.text)]
    number = number.lower()
    wanted = _COUNTS.index(number) + 1 if number in _COUNTS else int(number or len(told))
    if len(told) >= max(wanted, 2):
        return told[:wanted]
    return [] if told else _in_lines(announcing, later, wanted) or _in_turn(announcing, later, wanted)


def _way(first: Evidence) -> re.Pattern[str] | None:
    """How the items of a list open, by its first."""
    return next((way for way in _ITEMS if way.match(first.text)), None)


def _alike(later: Sequence[Evidence]) -> list[Evidence]:
    """The first of some sentences that open as items do, up to one that does not."""
    way = _way(later[0]) if later else None
    end = next((n for n, e in enumerate(later) if not (way and way.match(e.text))), len(later))
    return list(later[:end]) if end > 1 else []


def _steps(later: Sequence[Evidence]) -> Sequence[Evidence]:
    """The sentences up to the last of the steps that follow a first."""
    last = -1
    for n, e in enumerate(later):
        if n - last > _STEPS_APART:
            break
        last = n if _NEXT.match(e.text) else last
    return later[: last + 1]


def _in_lines(announcing: Evidence, later: Sequence[Evidence], wanted: int) -> Sequence[Evidence]:
    """As many sentences as are wanted where each is a paragraph of its own, as the items of a list are."""
    told = [announcing, *later[:wanted]]
    apart = all(_breaks(one, other) for one, other in pairwise([*told, *later[wanted : wanted + 1]]))
    return told[1:] if wanted > 1 and len(told) == wanted + 1 and apart else []


def _breaks(one: Evidence, other: Evidence) -> bool:
    """Say whether a paragraph ends between two sentences: more than a blank stands between them."""
    return other.span[0] - one.span[1] > 1


def _in_turn(announcing: Evidence, later: Sequence[Evidence], wanted: int) -> Sequence[Evidence]:
    """As many sentences as are wanted that each speak of another: 'A yellow flag … A red flag …'.

    They follow at once, and open with the same two words, or with an article and share a word near it; or they are all
    of their paragraph that do not open with a pronoun.
    """
    if wanted < 2:
        return []
    first = later[:wanted]
    heads = [set(analyze(" ".join(e.text.split()[1:4]))) for e in first if _ARTICLE.match(e.text)]
    openings = {" ".join(e.text.split()[:3]) for e in first}
    alike = {" ".join(_JOINS.sub("", e.text).lower().split()[:2]) for e in first}
    if len(alike) == 1 and len(first) == wanted and not _breaks(announcing, first[0]):
        return first
    if len(heads) == len(openings) == wanted and set.intersection(*heads) and not _breaks(announcing, first[0]):
        return first
    pairs = pairwise([announcing, *later])
    end = next((n for n, (one, other) in enumerate(pairs) if _breaks(one, other)), len(later))
    own = [e for e in later[:end] if not _POINTS.match(e.text)]
    named = [e for e in own if any(word[0].isupper() for word in e.text.split()[1:4])]
    return own if len(own) == len(named) == wanted else []
