"""Hold a claim against one source: how much of it is said there, what is missing, and what is said otherwise."""

import re
from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass, replace

from answer.features import coverage
from answer.tables.measures import measure_terms
from answer.verify.claim import Claim, denials
from answer.verify.crossed import crossed
from answer.verify.hedges import hedge_before
from answer.verify.names import Name, initials
from answer.verify.quantities import Kind, Quantity, quantities_in
from answer.verify.rows import SHARE, akin, cells_for, focused, is_common, names_column, names_row, other_cells, share
from answer.verify.sources import Cell, Source
from core.records import Difference, PassageKind
from index.terms import analyze

__all__ = ["Comparison", "compare", "likeness", "merge"]

COSINE = 0.5  # the weight of meaning beside that of words, in how like a claim and a sentence are
ROW_COSINE = 0.25  # the same for a row, whose few words have little meaning of their own
BESIDE = 0.5  # the weight of a word that stands only in what a sentence points back to, or in a table's caption

_WINDOW = 40  # characters beside a number that tell what it is of
_SHORT = re.compile(r"\b[A-Z]{2,6}\b")


@dataclass(frozen=True, slots=True)
class Comparison:
    """What became of a claim at a source.

    `found` are the claim's terms that stand there, `met` the positions of its quantities that do, `absent` how many
    quantities and names are nowhere near; `differences` what is said otherwise. `score` is how like the two are, from
    0 to 1, `masked` the same without what differs. `tells` says whether the source can say otherwise.
    """

    source: Source
    found: frozenset[str]
    met: frozenset[int]
    absent: int
    differences: tuple[Difference, ...]
    score: float
    masked: float
    masked_coverage: float
    predicate: float
    tells: bool
    named: bool


def likeness(covered: float, source: Source) -> float:
    """Return how like a claim and a source are, by the share of words found and the cosine, from 0 to 1."""
    weight = ROW_COSINE if source.cells else COSINE
    return (1 - weight) * covered + weight * max(source.cosine, 0.0)


def compare(claim: Claim, source: Source, idf: Callable[[str], float]) -> Comparison:
    """Hold a claim against a source; `idf` gives the rarity of a term."""
    focus = focused(claim, source)
    heads = " ".join(cell.column for cell in focus)
    context = frozenset(analyze(f"{source.context} {heads}"))
    own = _found(claim, claim.respelt(source.terms | frozenset(analyze(heads)))) | _abbreviated(claim, source)
    if source.cells:  # a row goes under its columns and caption
        own |= _found(claim, context) | {t for t in claim.terms if measure_terms(t).intersection(analyze(heads))}
    found = own | _found(claim, claim.respelt(context))
    beside = quantities_in(f"{source.context} {heads}") + (source.key.quantities if source.key else ())
    places = [_places(q, source, focus) for q in claim.quantities]
    met = frozenset(
        i for i, q in enumerate(claim.quantities) if _is_met(q, claim, places[i], beside, cells=bool(source.cells))
    )
    others = _other_numbers(claim, source, met, places)
    differences = [*others.values(), *crossed(claim, source)]
    named, strange = _other_names(claim, source, found, idf)
    differences += [*named, *other_cells(claim, source)]
    if denied := _denial(claim, source):
        differences.append(denied)
    told = [term for d in differences if d.kind != "denial" for term in analyze(d.written)]
    missing = [(i, q) for i, q in enumerate(claim.quantities) if i not in met]
    unmet = [q for i, q in missing if i not in others and not set(analyze(q.text)).intersection(told)]
    strange = [name for name in strange if not set(name.terms).intersection(told)]
    rest = [term for term in claim.terms if term not in told]
    names = {term for name in claim.names for term in name.terms}
    numbers = [claim.quantities[i] for i in met]
    whole = _weighed(claim.terms, own, found, numbers, [q for _, q in missing], idf)
    masked = _weighed(rest, own, found, numbers, unmet, idf)
    return Comparison(
        source=source,
        found=found,
        met=met,
        absent=len(unmet) + len(strange),
        differences=tuple(differences),
        score=likeness(whole, source),
        masked=likeness(masked, source),
        masked_coverage=masked,
        predicate=coverage([term for term in rest if term not in names], found, idf),
        tells=_tells(claim, source, idf),
        named=not source.cells or names_row(claim, source, idf) or _in_cell(claim, source, idf),
    )


def _found(claim: Claim, terms: Collection[str]) -> frozenset[str]:
    """The terms of a claim that stand among others, or one of a root with them: 'employ' and 'employe'."""
    return frozenset(t for t in claim.terms if t in terms or any(akin(t, other) for other in terms))


def _weighed(  # noqa: PLR0913, PLR0917 - the parts of one sum
    wanted: Sequence[str],
    own: Collection[str],
    found: Collection[str],
    numbers: Sequence[Quantity],
    unmet: Sequence[Quantity],
    idf: Callable[[str], float],
) -> float:
    """The share of a claim that is found: its words, and its numbers, by rarity; words only beside a source by half."""
    counted = [max(map(idf, analyze(q.text)), default=0.0) for q in numbers]
    missing = [max(map(idf, analyze(q.text)), default=0.0) for q in unmet]
    there = sum(idf(term) * (1.0 if term in own else BESIDE) for term in wanted if term in found)
    total = sum(map(idf, wanted)) + sum(counted) + sum(missing)
    return (there + sum(counted)) / total if total else 1.0


def _is_met(q: Quantity, claim: Claim, places: Sequence[Quantity], beside: Sequence[Quantity], *, cells: bool) -> bool:
    """Say whether a claim's quantity is borne out, not by the count of one thing where that of its own is another.

    What is counted in the source may be some other word of the claim: 'two of the people withdrew' and 'two withdrew'.
    """
    same = [o for o in (*places, *beside) if q.same(o)]
    if q.kind is not Kind.NUMBER or not q.units or cells:
        return bool(same)
    own = any(q.alike(o) for o in places if o.kind is Kind.NUMBER and q.rivals(o))
    return any(not own or not o.units or q.alike(o) or o.units & set(claim.terms) for o in same)


def _places(q: Quantity, source: Source, focus: Collection[Cell]) -> tuple[Quantity, ...]:
    """The quantities of a source that may be one of a claim's, of a row those of the cells that it may mean."""
    if not source.cells:
        return source.quantities
    return tuple(o for cell in cells_for(q, source, focus) for o in cell.quantities)


def _tells(claim: Claim, source: Source, idf: Callable[[str], float]) -> bool:
    """Say whether a source speaks of what the claim does: a title page does not, a row where the claim names it."""
    if source.hit.passage.kind is PassageKind.FRONT:
        return False
    return not source.cells or names_row(claim, source, idf)


def _in_cell(claim: Claim, source: Source, idf: Callable[[str], float]) -> bool:
    """Say whether a name of a claim that is not everywhere stands in a cell."""
    return any(not is_common(name, idf) and name.terms and source.terms.issuperset(name.terms) for name in claim.names)


def _other_numbers(
    claim: Claim, source: Source, met: Collection[int], places: Sequence[Sequence[Quantity]]
) -> dict[int, Difference]:
    """For each quantity of a claim that is not there, by its position, the one that stands in its place."""
    found: dict[int, Difference] = {}
    for i, q in enumerate(claim.quantities):
        if i in met:
            continue
        free = [o for o in places[i] if q.rivals(o) and not any(other.same(o) for other in claim.quantities)]
        rivals = [(o, _kinship(claim, q, source, o)) for o in free]
        rivals = [(o, kin) for o, kin in rivals if kin > 0]
        if any(q.alike(o) for o, _ in rivals):
            rivals = [(o, kin) for o, kin in rivals if q.alike(o)]
        if source.cells and len({o.text for o, _ in rivals}) != 1:
            continue
        if rivals:
            rival = max(rivals, key=lambda pair: pair[1])[0]
            kind = str(q.kind) if q.kind in (Kind.YEAR, Kind.MONTH) else "number"
            found[i] = Difference(kind, _shown(claim.text, q), _shown(source.said, rival, cell=bool(source.cells)))
    return found


def _kinship(claim: Claim, q: Quantity, source: Source, other: Quantity) -> int:
    """How likely another number is to stand in a number's place: 0 for not at all."""
    if q.units and other.units:
        if not q.alike(other):
            return 0
        return 10 + len(_near(claim.text, q) & _near(source.said, other))
    if source.cells:
        return int(names_column(claim, source))
    if q.kind in (Kind.YEAR, Kind.MONTH, Kind.PERCENT):
        return 1
    return len(_near(claim.text, q) & _near(source.said, other))


def _near(text: str, q: Quantity) -> frozenset[str]:
    """The terms close to a number."""
    return frozenset(analyze(text[max(q.start - _WINDOW, 0) : q.start] + " " + text[q.end : q.end + _WINDOW]))


def _shown(text: str, q: Quantity, *, cell: bool = False) -> str:
    """A number with the word that follows it, as far as that is what it counts, and with its bound."""
    if cell:
        return q.text
    bound = hedge_before(text[: q.start], year=q.kind is Kind.YEAR)[1] if q.hedge and q.hedge != "about" else ""
    if q.kind is not Kind.NUMBER:
        return bound + q.text
    after = re.match(r"(?:\s+[^\W\d_][\w’'-]*)", text[q.end :])
    return bound + q.text + (after.group() if after and set(analyze(after.group())) & q.units else "")


def _other_names(
    claim: Claim, source: Source, found: Collection[str], idf: Callable[[str], float]
) -> tuple[list[Difference], list[Name]]:
    """The names of a claim that give way to others at a source, and those that are nowhere near it."""
    differences: list[Difference] = []
    strange: list[Name] = []
    rivals = [] if source.cells else [n for n in source.names if share(n.terms, analyze(claim.text)) < SHARE]
    here = frozenset(analyze(f"{source.said} {source.context}")) | frozenset(found)
    around = claim.respelt(source.around) | here
    for name in claim.names:
        if share(name.terms, claim.respelt(here)) >= SHARE:
            continue
        if share(name.terms, around) < SHARE:
            strange.append(name)
        if is_common(name, idf):
            continue
        rival = next((o for o in rivals if _same_slot(name, o) and not is_common(o, idf)), None)
        if rival:
            differences.append(Difference("name", name.text, rival.text))
    return differences, strange


def _same_slot(name: Name, other: Name) -> bool:
    """Say whether two names may stand for each other: behind the same preposition, or codes of one shape."""
    shapes = [re.sub(r"\d", "0", n.text) for n in (name, other)]
    if re.search(r"\d", name.text):
        return shapes[0] == shapes[1]
    return name.slot == other.slot and not re.search(r"\d", other.text)


def _denial(claim: Claim, source: Source) -> Difference | None:
    """What one of the two denies and the other does not; a source is read in the clause that is most like the claim."""
    ours = claim.denied & claim.respelt(source.terms)
    if ours and not claim.respelt(denials(source.said)).intersection(claim.terms):
        return Difference("denial", "a denial", "no denial")
    theirs = not claim.denied and claim.respelt(denials(source.said, claim.terms)).intersection(claim.terms)
    return Difference("denial", "no denial", "a denial") if theirs else None


def _abbreviated(claim: Claim, source: Source) -> frozenset[str]:
    """The terms of a claim that a source has as an abbreviation, or the other way round."""
    found: set[str] = set()
    long, short = initials(source.said), set(_SHORT.findall(source.said)) & initials(claim.text)
    for name in claim.names:
        letters = "".join(word[0] for word in name.text.split() if word[0].isupper())
        if name.text in long or (len(letters) > 1 and any(letters in s for s in short)):
            found.update(name.terms)
    return frozenset(found)


def merge(first: Source, second: Source) -> Source:
    """Return two sources as one that says what both say."""
    shift = len(first.said) + 1
    moved = tuple(replace(q, start=q.start + shift, end=q.end + shift) for q in second.quantities)
    return replace(
        first,
        said=f"{first.said} {second.said}",
        context=f"{first.context} {second.context}",
        cosine=max(first.cosine, second.cosine),
        terms=first.terms | second.terms,
        around=first.around | second.around,
        quantities=(*first.quantities, *moved),
        names=(*first.names, *(replace(n, start=n.start + shift, end=n.end + shift) for n in second.names)),
        cells=(),
    )
