"""Find what a claim has of two things crosswise: 'shortest in A and longest in B' where it is the other way round."""

import re
from collections.abc import Sequence
from itertools import combinations, pairwise

from answer.verify.claim import Claim
from answer.verify.names import Name
from answer.verify.quantities import Kind, Quantity
from answer.verify.sources import Source
from core.records import Difference
from index.terms import analyze

__all__ = ["crossed"]

_BREAK = re.compile(r"[,;:()]|\band\b|\bbut\b")
_CLAUSE = re.compile(r"[;:—]|,\s+(?:and|but|while|whereas|though|although)\b")
_REACH = 60  # characters


def crossed(claim: Claim, source: Source) -> list[Difference]:
    """Return what a claim says of one thing that the source says of another and the other way round.

    Names are told by the words before them and numbers by those behind, up to the next comma or 'and'; a number behind
    a name is that name's. Both must be crossed for either to count. So is a number whose clause has fewer of the
    claim's words than another clause that has all of those and another number.
    """
    if source.cells:
        return []
    return [*_crossed_words(claim, source), *_crossed_numbers(claim, source), *_misplaced(claim, source)][:1]


def _crossed_words(claim: Claim, source: Source) -> list[Difference]:
    ours = _told(claim.text, claim.names, claim.quantities)
    theirs = _told(source.said, source.names, source.quantities)
    found = []
    for (one, by_one), (two, by_two) in combinations(ours.items(), 2):
        if one not in theirs or two not in theirs:
            continue
        same = (by_one & by_two) | (theirs[one] & theirs[two])
        a, b, c, d = by_one - same, by_two - same, theirs[one] - same, theirs[two] - same
        if a & d and b & c and not a & c and not b & d:
            found.append(Difference("swap", f"{one} … {two}", f"{two} … {one}"))
    return found


def _crossed_numbers(claim: Claim, source: Source) -> list[Difference]:
    theirs = _pairs(source.names, source.quantities)
    found = []
    for name, q in _pairs(claim.names, claim.quantities):
        own = [o for other, o in theirs if other.terms == name.terms and q.comparable(o)]
        elsewhere = any(o.same(q) and other.terms != name.terms for other, o in theirs)
        if own and elsewhere and not any(o.same(q) for o in own):
            found.append(Difference("swap", f"{name.text}: {q.text}", f"{name.text}: {own[0].text}"))
    return found


def _misplaced(claim: Claim, source: Source) -> list[Difference]:
    ends = [m.start() for m in _CLAUSE.finditer(source.said)]
    spans = list(pairwise([0, *ends, len(source.said)]))
    shared = [frozenset(analyze(source.said[a:b])).intersection(claim.terms) for a, b in spans]
    inside = [[o for o in source.quantities if a <= o.start < b] for a, b in spans]
    for q in claim.quantities:
        own = [i for i, found in enumerate(inside) if any(q.same(o) for o in found)]
        if len(own) != 1 or q.kind in (Kind.YEAR, Kind.MONTH):
            continue
        for words, found in zip(shared, inside, strict=True):
            rivals = [o for o in found if q.rivals(o) and q.units & o.units]
            free = [o for o in rivals if not any(other.same(o) for other in claim.quantities)]
            if free and shared[own[0]] < words:
                return [Difference("swap", q.text, free[0].text)]
    return []


def _told(text: str, names: Sequence[Name], quantities: Sequence[Quantity]) -> dict[str, frozenset[str]]:
    """Each name with the terms before it, and each number with the words behind it."""
    found: dict[str, frozenset[str]] = {}
    for name in names:
        found[name.text] = found.get(name.text, frozenset()).union(analyze(_before(text, name.start)))
    for q in quantities:
        words = _BREAK.split(text[q.end : q.end + _REACH], maxsplit=1)[0]
        found[f"{q.value:g}"] = found.get(f"{q.value:g}", frozenset()).union(re.findall(r"[^\W\d_]+", words.lower()))
    return found


def _before(text: str, start: int) -> str:
    return _BREAK.split(text[max(start - _REACH, 0) : start])[-1]


def _pairs(names: Sequence[Name], quantities: Sequence[Quantity]) -> list[tuple[Name, Quantity]]:
    """Each number with the name before it, where no other number stands between."""
    found = []
    for n, q in enumerate(quantities):
        begin = quantities[n - 1].end if n else 0
        before = [name for name in names if begin <= name.start and name.end <= q.start and q.start - name.end < _REACH]
        if before and q.kind != "year":
            found.append((before[-1], q))
    return found
