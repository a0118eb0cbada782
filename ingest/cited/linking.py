"""Link each work that a text cites to its entry in the bibliography."""

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace

from core.records import CitedSource, Reference
from ingest.cited.names import CONNECTIVES, fold_name
from ingest.cited.works import normal_year

__all__ = ["link_citations", "same_author"]

LIKE = 85.0  # percent of rapidfuzz's ratio, from which two spellings of a name of five letters or more are one
_SMALL = CONNECTIVES | {"in", "the"}


def link_citations(cited: Sequence[CitedSource], references: Sequence[Reference], text: str) -> tuple[CitedSource, ...]:
    """Return the citations with the positions of their entries, wherever just one entry fits.

    First author and year tell the entry; the other authors decide between several. Accents, case, given names and
    abbreviations of organisations are overlooked, and a misspelling is where nothing else fits.

    Args:
        cited: as found; those linked already stay.
        references: the bibliography.
        text: the clean text, in which an entry may give the abbreviation of its author.
    """
    if not references:
        return tuple(cited)
    dated: dict[str, list[int]] = {}
    for i, entry in enumerate(references):
        if entry.authors:
            dated.setdefault(normal_year(entry.year), []).append(i)
    return tuple(
        c if c.reference is not None else replace(c, reference=_entry(c, references, dated, text)) for c in cited
    )


def same_author(name: str, other: str, *, entry: str = "") -> bool:
    """Say whether two names are one author's: alike but for accents, a given name, or one abbreviates the other.

    `entry` is the text of the entry that has `other`, which may hold the abbreviation in brackets.
    """
    a, b = fold_name(name), fold_name(other)
    if a == b or a.split()[-1:] == [b] or b.split()[-1:] == [a]:
        return bool(a)
    compact = name.replace(".", "")
    if compact.isupper() and len(compact) > 1:
        initials = "".join(word[0] for word in re.split(r"[\s-]+", b) if word and word not in _SMALL).upper()
        return initials == compact or f"({compact})" in entry or f"[{compact}]" in entry
    return False


def _entry(
    cited: CitedSource, references: Sequence[Reference], dated: Mapping[str, Sequence[int]], text: str
) -> int | None:
    if not cited.authors or not cited.year:
        return None
    for fits in (_spelled(cited, references, text), _nearly(cited, references)):
        found = [i for i in dated.get(normal_year(cited.year), ()) if fits(i)]
        if len(found) > 1:
            found = [i for i in found if _same_others(cited, references[i])] or found
        if found:
            return found[0] if len(found) == 1 else None
    return None


def _spelled(cited: CitedSource, references: Sequence[Reference], text: str) -> Callable[[int], bool]:
    def fits(i: int) -> bool:
        entry = references[i]
        return same_author(cited.authors[0], entry.authors[0], entry=text[entry.start : entry.end])

    return fits


def _nearly(cited: CitedSource, references: Sequence[Reference]) -> Callable[[int], bool]:
    from rapidfuzz import fuzz

    name = fold_name(cited.authors[0])

    def fits(i: int) -> bool:
        other = fold_name(references[i].authors[0])
        return min(len(name), len(other)) >= 5 and fuzz.ratio(name, other) >= LIKE

    return fits


def _same_others(cited: CitedSource, entry: Reference) -> bool:
    """Say whether the authors behind the first agree: all of them, or more than are named where 'et al.' is said."""
    if cited.et_al:
        return len(entry.authors) > max(2, len(cited.authors))
    if len(cited.authors) != len(entry.authors):
        return False
    return all(same_author(a, b) for a, b in zip(cited.authors, entry.authors, strict=True))
