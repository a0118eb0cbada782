"""Decide whether sources bear a claim out, say otherwise, or do not say."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from itertools import combinations

from answer.verify.claim import Claim
from answer.verify.compare import Comparison, compare, merge
from answer.verify.sources import Source
from core.records import Difference, Verdict

__all__ = ["Finding", "verify"]

# All chosen on the tuning half of eval/claims; see docs/decisions.md.
SUPPORTED = 0.62  # how like a claim and a sentence must be, words and meaning weighed, for support
CONTRADICTED = 0.6  # the same for what differs, what differs left aside
COVERED = 0.5  # the share of words that must be there, too, for something to differ
ROW_SUPPORTED = 0.47  # the first of these where a row is named and a figure of it met: its verb stands nowhere
ROW_CONTRADICTED = 0.4  # the second where a row is named
NAMED = 0.65  # the same where a name differs
PREDICATE = 0.55  # of the words that are no names, so that a name alone does not do
DENIED = 0.75  # the same for one that denies what the other does not
_BEST = 6  # sources that are tried together


@dataclass(frozen=True, slots=True)
class Finding:
    """A verdict, the sources it rests on in the order of the text, what they say otherwise, and how like they are.

    `unsaid` are the terms of a supported claim that its sources do not have.
    """

    verdict: Verdict
    sources: tuple[Source, ...]
    differences: tuple[Difference, ...]
    score: float
    unsaid: frozenset[str] = frozenset()


def verify(claim: Claim, sources: Sequence[Source], idf: Callable[[str], float]) -> Finding:
    """Decide on a claim.

    Args:
        claim: one sentence, as read.
        sources: the sentences and rows that come into question.
        idf: gives the rarity of a term among the documents.
    """
    compared = [compare(claim, source, idf) for source in sources]
    single = max(filter(_supports, compared), key=lambda c: c.score, default=None)
    opposed = max((c.masked for c in compared if _opposes(c)), default=0.0)
    if single and single.score >= opposed:
        return Finding(Verdict.SUPPORTED, (single.source,), (), single.score, _unsaid(claim, single))
    differing = max(filter(_contradicts, compared), key=lambda c: (c.masked, c.score), default=None)
    pair = _together(claim, compared, idf)
    if pair and (differing is None or pair.score > differing.masked):
        return pair
    if differing:
        return Finding(Verdict.CONTRADICTED, (differing.source,), differing.differences, differing.masked)
    return Finding(Verdict.NOT_FOUND, (), (), max((c.score for c in compared), default=0.0))


def _unsaid(claim: Claim, c: Comparison) -> frozenset[str]:
    return frozenset(claim.terms) - c.found


def _supports(c: Comparison) -> bool:
    if c.absent or c.differences or not c.named:
        return False
    return c.score >= (ROW_SUPPORTED if c.source.cells and c.met else SUPPORTED)


def _contradicts(c: Comparison) -> bool:
    kinds = [d.kind for d in c.differences]
    if not kinds or c.absent or not c.tells or len(kinds) > 1 + len(c.met) or kinds.count("name") > 1:
        return False
    if c.source.cells:
        return c.masked >= ROW_CONTRADICTED
    covered = DENIED if set(kinds) == {"denial"} else NAMED if "name" in kinds else COVERED
    return c.masked >= CONTRADICTED and c.masked_coverage >= covered and c.predicate >= PREDICATE


def _opposes(c: Comparison) -> bool:
    """Say whether a source has what the claim says the other way round: no other can make up for that."""
    return _contradicts(c) and any(d.kind in ("swap", "denial") for d in c.differences)


def _together(claim: Claim, compared: Sequence[Comparison], idf: Callable[[str], float]) -> Finding | None:
    """Two sentences that bear a claim out together and neither does alone."""
    best = sorted((c for c in compared if not _opposes(c)), key=lambda c: -c.score)[:_BEST]
    found = []
    for one, two in combinations(best, 2):
        if not one.source.groups & two.source.groups or one.source.span == two.source.span:
            continue
        first, second = sorted((one, two), key=lambda c: (c.source.hit.passage.document_id, c.source.span))
        both = compare(claim, merge(first.source, second.source), idf)
        if both.score > max(one.score, two.score) and _supports(both):
            found.append(
                Finding(Verdict.SUPPORTED, (first.source, second.source), (), both.score, _unsaid(claim, both))
            )
    return max(found, key=lambda f: f.score, default=None)
