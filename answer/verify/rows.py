"""Rows of tables as claims speak of them: by their name and the columns that they mean."""

import re
from collections.abc import Callable, Collection, Iterable

from answer.tables.measures import measure_terms
from answer.verbs import of_one_verb
from answer.verify.claim import Claim
from answer.verify.names import Name
from answer.verify.quantities import Kind, Quantity
from answer.verify.sources import Cell, Source
from core.records import Difference
from index.terms import analyze

__all__ = ["SHARE", "akin", "cells_for", "focused", "is_common", "names_column", "names_row", "other_cells", "share"]

COMMON = 0.95  # idf; a name in two of five passages is what the whole text is about, and nothing's place is taken by it
SHARE = 0.6  # of a name's terms that must be found for it to be found
KEY = 0.5  # the same of what a row is about

_ROOT = 5  # letters from which two words that begin alike are one
_ENDING = 2  # letters that an ending may have

_LETTER = re.compile(r"[^\W\d_]")


def share(terms: Iterable[str], among: Collection[str]) -> float:
    """Return how many of some terms are among others, from 0 to 1; 0 of none."""
    wanted = set(terms)
    return len(wanted.intersection(among)) / len(wanted) if wanted else 0.0


def akin(term: str, other: str) -> bool:
    """Say whether two terms are one, or of one root: 'employ' and 'employe', 'build' and 'built'."""
    shorter, longer = sorted((term, other), key=len)
    return of_one_verb(term, other) or (
        len(shorter) >= _ROOT and len(longer) - len(shorter) <= _ENDING and longer.startswith(shorter)
    )


def is_common(name: Name, idf: Callable[[str], float]) -> bool:
    """Say whether a name stands all over the documents."""
    return all(idf(term) < COMMON for term in name.terms)


def names_row(claim: Claim, source: Source, idf: Callable[[str], float]) -> bool:
    """Say whether a claim names a row: most of its key, or with a name that is part of that."""
    if not source.key:
        return False
    key = source.key.terms
    said = claim.respelt(analyze(claim.text))
    held = [term for term in key if any(akin(term, other) for other in said)]
    if len(held) >= KEY * len(key) and all(term in said for term in key if any(ch.isdigit() for ch in term)):
        return bool(held)
    return any(key.issuperset(name.terms) and not is_common(name, idf) for name in claim.names)


def names_column(claim: Claim, source: Source) -> bool:
    """Say whether a claim names any column of a row, by a word or by a measure."""
    said = measure_terms(claim.text).union(analyze(claim.text))
    return any(said.intersection(analyze(cell.column)) for cell in source.cells if cell is not source.key)


def focused(claim: Claim, source: Source) -> tuple[Cell, ...]:
    """Return the cells of a row that a claim speaks of: of the columns that it names best, all where it names none.

    Its key and what the claim repeats are among them.
    """
    said = frozenset(analyze(claim.text))
    measured = measure_terms(claim.text)
    values = [cell for cell in source.cells if cell is not source.key]
    heads = [frozenset(analyze(cell.column)) for cell in values]
    named = [2 * len(said & head) + bool(measured & head) for head in heads]
    most = max(named, default=0)
    kept = [
        cell
        for cell, count in zip(values, named, strict=True)
        if count == most or (_LETTER.search(cell.text) and cell.terms <= said)
    ]
    return (*((source.key,) if source.key else ()), *kept)


def cells_for(q: Quantity, source: Source, focus: Collection[Cell]) -> list[Cell]:
    """Return the cells that may hold a quantity: those whose columns are named for what it counts, else the focus.

    A year may stand in any.
    """
    values = [cell for cell in source.cells if cell is not source.key]
    if q.kind is Kind.YEAR:
        return values
    meant = q.units | measure_terms(" ".join(q.units))
    counted = [cell for cell in values if meant.intersection(analyze(cell.column))]
    return [cell for cell in counted if cell in focus] or counted or [cell for cell in focus if cell is not source.key]


def other_cells(claim: Claim, source: Source) -> list[Difference]:
    """Return what a claim says of a row that other rows say in the same column; figures are told apart elsewhere."""
    said = frozenset(analyze(claim.text))
    key = source.key
    if not key or not key.terms <= said:
        return []
    own = frozenset(term for cell in source.cells for term in cell.terms)
    found = []
    for cell in source.cells:
        if cell is key or not cell.text or share(cell.terms, said) >= SHARE:
            continue
        for other in cell.others:
            terms = frozenset(analyze(other))
            if _is_words(other) and terms and terms <= said and not terms <= own:
                found.append(Difference("cell", other, cell.text))
                break
    return found


def _is_words(cell: str) -> bool:
    return bool(_LETTER.search(cell)) and not cell[0].isdigit()
