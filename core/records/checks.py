"""A text whose claims were checked."""

from dataclasses import dataclass
from enum import StrEnum

from core.records.answers import Citation, Difference

__all__ = ["Check", "CheckedClaim", "Verdict"]


class Verdict(StrEnum):
    """What documents make of a claim."""

    SUPPORTED = "supported"
    CONTRADICTED = "contradicted"
    NOT_FOUND = "not found"


@dataclass(frozen=True, slots=True)
class CheckedClaim:
    """A claim, at `start` to `end` of the checked text, its verdict, the quotes that it rests on, and what differs.

    `unsaid` are the words of a supported claim that its quotes do not have, for a reader to judge.
    """

    text: str
    start: int
    end: int
    verdict: Verdict
    citations: tuple[Citation, ...]
    differences: tuple[Difference, ...]
    unsaid: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Check:
    """A text's claims in order, and its sentences that claim nothing: headings, questions, greetings."""

    claims: tuple[CheckedClaim, ...]
    skipped: tuple[str, ...]

    def count(self, verdict: Verdict) -> int:
        """Return how many claims have a verdict."""
        return sum(claim.verdict is verdict for claim in self.claims)
