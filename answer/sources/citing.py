"""Which documents may cite a work that is asked for: those that hold its authors' names."""

import re
from collections.abc import Collection, Iterable, Iterator
from itertools import product

from answer.reach import MOST, are_few, holding, in_order, nearest
from index import Index
from index.terms import analyze
from ingest import fold_name

__all__ = ["BETWEEN", "YEAR", "CitingDocuments"]

YEAR = re.compile(r"\b((?:1[5-9]|20)\d\d[a-z]?|n\.d\.|forthcoming|in press)(?!\w)", re.IGNORECASE)
BETWEEN = frozenset({"and", "et", "al", "s"})  # what stands between the names of authors and a year
_FOLDED = {"o": "oø", "l": "lł"}  # letters that `fold_name` makes one, and the terms of an index do not
_MOST_SPELLINGS = 64


class CitingDocuments:
    """Finds the documents of an index that hold the names of authors."""

    def __init__(self, index: Index) -> None:
        self._index = index

    def holding(self, names: Collection[str], year: str = "", asked: str = "") -> tuple[str, ...]:
        """Return the documents that have all of some names; all documents where no index keeps any of these.

        Args:
            names: as `fold_name` folds them.
            year: of the work; it tells where names do not.
            asked: a question: of very many documents those nearest to it.
        """
        held = _in_all(self._with_name(name) for name in sorted(names))
        if year and (held is None or (asked and len(held) > MOST)):
            held = _in_all((held, holding([year], self._index)))
        return self._bounded(held, asked)

    def holding_alike(self, names: Collection[str], asked: str = "") -> tuple[str, ...]:
        """Return the documents that may have all of some names, or slips of them: all documents where these are few."""
        if are_few(self._index):
            return tuple(self._index.documents)
        groups = [[term, *self._index.variants(term)] for name in sorted(names) for term in analyze(name)]
        return self._bounded(_in_all(self._index.documents_with(group) for group in groups), asked)

    def holding_authors(self, question: str, years: Collection[str]) -> tuple[str, ...]:
        """Return the documents that may cite an author whom a question names, of the years that it names."""
        found: set[str] = set()
        for name in _possible_authors(question):
            held = self._with_name(name)
            if years and (held is None or len(held) > MOST):
                dated = frozenset[str]().union(*(holding([year], self._index) or () for year in years))
                held = dated if held is None else held & dated
            found.update(self._bounded(held, question))
        return self.in_order(found)

    def holding_name(self, name: str) -> tuple[str, ...]:
        """Return the documents that have a name; of one that no index keeps, all of them or, of many, none."""
        held = self._with_name(name)
        return () if held is None and not are_few(self._index) else self._bounded(held, "")

    def nearest(self, query: str) -> tuple[str, ...]:
        """Return the documents nearest to a query: all documents where these are few."""
        return nearest(None, query, self._index)

    def in_order(self, ids: Collection[str]) -> tuple[str, ...]:
        """Return ids in the order of the documents."""
        return in_order(ids, self._index)

    def _bounded(self, ids: frozenset[str] | None, asked: str) -> tuple[str, ...]:
        if asked:
            return nearest(ids, asked, self._index)
        return tuple(self._index.documents) if ids is None else self.in_order(ids)

    def _with_name(self, name: str) -> frozenset[str] | None:
        held = [ids for spelt in _spellings(name) if (ids := holding([spelt], self._index)) is not None]
        return frozenset[str]().union(*held) if held else None


def _in_all(held: Iterable[frozenset[str] | None]) -> frozenset[str] | None:
    """The documents in each of some sets; a None is no set."""
    sets = [ids for ids in held if ids is not None]
    return sets[0].intersection(*sets[1:]) if sets else None


def _spellings(name: str) -> Iterator[str]:
    """Yield the names that `fold_name` folds to one: a sorensen may be a Sørensen."""
    spelt = ("".join(letters) for letters in product(*(_FOLDED.get(ch, ch) for ch in name)))
    yield from (name for name, _ in zip(spelt, range(_MOST_SPELLINGS), strict=False))


def _possible_authors(question: str) -> list[str]:
    """The words of a question that may be an author's name: capitals, the last before a year, or all in one case."""
    words = re.findall(r"[\w’'-]+", question)
    one_case = question in (question.lower(), question.upper())
    proper = words if one_case else [w for w in words if not w.islower()]
    unsaid = fold_name(question if one_case else words[0]).split()  # where a word that no index keeps is no name
    folded = fold_name(question).split()
    before_years = [
        next((w for w in reversed(folded[:i]) if w not in BETWEEN), "") for i, w in enumerate(folded) if YEAR.match(w)
    ]
    names = dict.fromkeys(part for word in (*proper, *before_years) for part in fold_name(word).split())
    return [name for name in names if not name.isdigit() and (analyze(name) or name not in unsaid)]
