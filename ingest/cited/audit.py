"""Hold the citations of a document against its bibliography, and against each other."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import combinations

from core.records import CitedSource, Document, Reference, Span
from ingest.cited.linking import LIKE
from ingest.cited.names import fold_name
from ingest.cited.works import normal_year

__all__ = ["Finding", "audit_citations"]

_JUNIOR = re.compile(r",?\s(?:jr|sr)\.?$", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing wrong with the citations of a document, and all the places where it shows.

    `kind` is 'no bibliography', 'not in bibliography', 'year differs', 'ambiguous' (several entries fit), 'spelling
    differs', 'never cited', 'spellings disagree' (within the text) or 'no year'; `places` are slices of the clean text.
    """

    kind: str
    text: str
    places: tuple[Span, ...] = ()


def audit_citations(document: Document) -> tuple[Finding, ...]:
    """Return what is wrong with a document's citations: by kind, and within a kind in the order of the text."""
    findings: list[Finding] = []
    if document.references:
        findings.extend(_unlisted(document))
        findings.extend(_misspelt(document))
        meant = {place for finding in findings for place in finding.places}
        findings.extend(_uncited(document, meant))
    elif document.cited:
        findings.append(
            Finding("no bibliography", f"The document lists no references; it cites {_works(document)} works.")
        )
    findings.extend(_disagreeing(document.cited))
    findings.extend(
        Finding("no year", f"“{_name(places[0])}” is cited without a year.", _places(places))
        for places in _by_work(document.cited)
        if not places[0].year and places[0].authors
    )
    return tuple(findings)


def _by_work(cited: Sequence[CitedSource]) -> list[list[CitedSource]]:
    """The citations of each work together, told by its authors as printed and its year."""
    works: dict[tuple[tuple[str, ...], bool, str], list[CitedSource]] = {}
    for source in cited:
        if source.authors:
            works.setdefault((source.authors, source.et_al, normal_year(source.year)), []).append(source)
    return list(works.values())


def _works(document: Document) -> int:
    return len(_by_work(document.cited))


def _unlisted(document: Document) -> Iterator[Finding]:
    """Works cited that no entry was linked to: those that an entry almost fits, and those without any."""
    linked = {source.reference for source in document.cited}
    free = [entry for i, entry in enumerate(document.references) if i not in linked]
    for places in _by_work(document.cited):
        first = places[0]
        if first.reference is not None or not first.year:
            continue
        kind, near = _nearest(first, document.references, free)
        shown = ", ".join(dict.fromkeys(f"{_authors(entry.authors)} {entry.year}".strip() for entry in near))
        text = {
            "year differs": f"“{_shown(first)}” is cited, the bibliography lists {shown}.",
            "spelling differs": f"“{_shown(first)}” is cited, the bibliography lists {shown}.",
            "ambiguous": f"“{_shown(first)}” fits {len(near)} entries of the bibliography: {shown}.",
            "not in bibliography": f"“{_shown(first)}” is cited but not in the bibliography.",
        }[kind]
        yield Finding(kind, text, (*_places(places), *((entry.start, entry.end) for entry in near)))


def _nearest(
    source: CitedSource, references: Sequence[Reference], free: Sequence[Reference]
) -> tuple[str, list[Reference]]:
    """What is wrong with a citation that was linked to no entry, and the entries that it may mean.

    An entry that other citations were linked to is not `free`, and is no slip's.
    """
    alike = [entry for entry in references if _alike(source.authors, entry)]
    same_year = [entry for entry in alike if normal_year(entry.year) == normal_year(source.year)]
    near = [entry for entry in alike if entry in free and (source.et_al or len(entry.authors) == len(source.authors))]
    slips = [entry for entry in free if _is_slip(source, entry)]
    if len(same_year) > 1:
        return "ambiguous", same_year
    if slips:
        return "spelling differs", slips
    return ("year differs", near) if near else ("not in bibliography", [])


def _is_slip(source: CitedSource, entry: Reference) -> bool:
    """Say whether a citation differs from an entry of its year by one letter of a name of four letters or more."""
    from rapidfuzz.distance import OSA

    if not entry.authors or normal_year(entry.year) != normal_year(source.year):
        return False
    name, other = fold_name(source.authors[0]), fold_name(entry.authors[0])
    return min(len(name), len(other)) >= 4 and OSA.distance(name, other) == 1


def _misspelt(document: Document) -> Iterator[Finding]:
    """Works linked to an entry that spells the first author otherwise."""
    for places in _by_work(document.cited):
        first = places[0]
        if first.reference is None:
            continue
        entry = document.references[first.reference]
        if entry.authors and _is_misspelling(first.authors[0], entry.authors[0]):
            text = f"“{first.authors[0]}” in the text is “{entry.authors[0]}” in the bibliography ({first.year})."
            yield Finding("spelling differs", text, (*_places(places), (entry.start, entry.end)))


def _uncited(document: Document, meant: set[Span]) -> Iterator[Finding]:
    """Entries that nothing is linked to, but for those that a finding says may be `meant`."""
    linked = {source.reference for source in document.cited}
    for i, entry in enumerate(document.references):
        if i not in linked and (entry.start, entry.end) not in meant:
            shown = " ".join(filter(None, (_authors(entry.authors), entry.year))) or entry.title
            yield Finding("never cited", f"“{shown}” is listed but never cited.", ((entry.start, entry.end),))


def _disagreeing(cited: Sequence[CitedSource]) -> Iterator[Finding]:
    """Works of one year whose authors are spelt almost alike: one of the spellings is likely wrong."""
    years: dict[str, list[list[CitedSource]]] = {}
    for work in _by_work(cited):
        years.setdefault(normal_year(work[0].year).rstrip("abcdefgh"), []).append(work)
    for one, other in (pair for works in years.values() for pair in combinations(works, 2)):
        if len(one[0].authors) == len(other[0].authors) and _is_misspelling(_name(one[0]), _name(other[0])):
            text = f"“{_name(one[0])}” and “{_name(other[0])}” ({one[0].year}) may be one author in two spellings."
            yield Finding("spellings disagree", text, tuple(sorted((*_places(one), *_places(other)))))


def _is_misspelling(name: str, other: str) -> bool:
    """Say whether two names differ by a slip: by one letter, or two in a long name. Short names differ by right."""
    from rapidfuzz.distance import OSA

    name, other = _JUNIOR.sub("", name), _JUNIOR.sub("", other)
    if name == other or name.endswith(f" {other}") or other.endswith(f" {name}"):
        return False
    apart = OSA.distance(name, other)
    if fold_name(name) == fold_name(other):
        return True  # accents, case or marks only
    shorter = min(len(name), len(other))
    return (apart == 1 and shorter >= 6) or (apart == 2 and shorter >= 10)


def _alike(authors: Sequence[str], entry: Reference) -> bool:
    from rapidfuzz import fuzz

    if not entry.authors:
        return False
    a, b = fold_name(authors[0]), fold_name(entry.authors[0])
    return a == b or (min(len(a), len(b)) >= 5 and fuzz.ratio(a, b) >= LIKE)


def _places(sources: Sequence[CitedSource]) -> tuple[Span, ...]:
    return tuple((source.start, source.end) for source in sources)


def _name(source: CitedSource) -> str:
    return _authors(source.authors)


def _shown(source: CitedSource) -> str:
    return f"{_name(source)}{' et al.' if source.et_al else ''} {source.year}".strip()


def _authors(names: Sequence[str]) -> str:
    return " and ".join(filter(None, (", ".join(names[:-1]), *names[-1:])))
