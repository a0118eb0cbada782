"""Read a claim: its content terms, numbers, proper names and denials."""

import re
from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass, field

from answer.verify.names import Name, names_in
from answer.verify.quantities import Quantity, quantities_in
from index.terms import analyze

__all__ = ["Claim", "denials", "read_claim"]

# A citation in what the user wrote: brackets with a name and a year.
_CITATION = re.compile(r"\([^()]*[A-Z][^()]*\b(?:1[5-9]|20)\d\d[a-z]?\b[^()]*\)")
_REPORTS = frozenset(
    analyze("according author chapter article paper text document book report states says said writes mentions")
)
_DENIES = re.compile(
    r"\b(?:not|never|no|without|nor|neither|none|nobody|nothing|cannot|\w+n[’']t|"
    r"(?:fail(?:s|ed|ing)?|refus(?:es?|ed|ing)|declin(?:es?|ed|ing)|unable) to)\b",
    re.IGNORECASE,
)
# Words of denial that deny nothing: bounds, 'not only', 'no matter'.
_NO_DENIAL = re.compile(
    r"\b(?:no (?:more|less|fewer|later|earlier|sooner|longer than|matter|doubt)|not (?:only|just|merely|least|until)|"
    r"(?:no|not) one of)\b",
    re.IGNORECASE,
)
_CLAUSE = re.compile(r"[;:—]|,?\s\b(?:but|while|whereas|although|though|because|since|if|when|which|who)\b")
_REACH = 4  # terms behind a word of denial that it denies


@dataclass(frozen=True, slots=True)
class Claim:
    """A sentence to be checked, as read: `terms` are content stems in order, those of numbers left out.

    `denied` are the terms that it denies; `spellings` gives, for another spelling of a term that the documents use,
    the term.
    """

    text: str
    terms: tuple[str, ...]
    quantities: tuple[Quantity, ...]
    names: tuple[Name, ...]
    denied: frozenset[str]
    spellings: Mapping[str, str] = field(default_factory=dict)

    def respelt(self, terms: Collection[str]) -> frozenset[str]:
        """Return terms of a source in the claim's spelling."""
        return frozenset(self.spellings.get(term, term) for term in terms)


def read_claim(
    text: str, variants: Callable[[str], Collection[str]] = lambda term: (), known: Collection[str] = ()
) -> Claim:
    """Return what a claim says.

    Args:
        text: one sentence.
        variants: gives the other spellings of a term that the documents use.
        known: words that the documents write as names, for one that opens the sentence.
    """
    plain = _CITATION.sub(" ", text)
    names = names_in(plain, known)
    quantities = tuple(q for q in quantities_in(plain) if not any(n.holds(q.start, q.text) for n in names))
    rest = list(plain)
    for q in quantities:
        rest[q.start : q.end] = " " * (q.end - q.start)
    found = dict.fromkeys(analyze("".join(rest)))
    terms = tuple(t for t in found if t not in _REPORTS) or tuple(found)
    return Claim(
        text=plain,
        terms=terms,
        quantities=quantities,
        names=names,
        denied=denials(plain),
        spellings={other: term for term in terms for other in variants(term) if other not in terms},
    )


def denials(text: str, beside: Collection[str] = ()) -> frozenset[str]:
    """Return the terms that a text denies; of several clauses, only in those that share most with `beside`."""
    clauses = [clause for clause in _CLAUSE.split(text) if clause and clause.strip()]
    if beside and clauses:
        shared = [len(set(beside).intersection(analyze(clause))) for clause in clauses]
        clauses = [clause for clause, count in zip(clauses, shared, strict=True) if count == max(shared)]
    found: set[str] = set()
    for clause in clauses:
        for match in _DENIES.finditer(clause):
            if not any(m.start() <= match.start() < m.end() for m in _NO_DENIAL.finditer(clause)):
                found.update(analyze(clause[match.end() :])[:_REACH])
    return frozenset(found)
