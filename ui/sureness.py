"""How sure an answer is, in words; and by how much a refusal fell short."""

from dataclasses import dataclass
from math import ceil

__all__ = ["LEVELS", "Sureness", "shortfall_words", "sureness"]


@dataclass(frozen=True, slots=True)
class Sureness:
    """A word for the confidences from `least` on, and how many of ten such answers were right when it was measured."""

    word: str
    least: float
    right: int
    told: str


# Cut where the share of right answers changes, on the development questions (eval/results/chapter09-dev.json, to which
# a test holds it). Those above 0.9 are no more often right than the others from 0.75 on, so none is called sure.
LEVELS = (
    Sureness("Likely", 0.75, 8, "8 in 10 such answers were right when we measured"),
    Sureness("Unsure", 0.0, 6, "only 6 in 10 such answers were right when we measured: check the quotes"),
)


def sureness(confidence: float) -> Sureness:
    """Return the level of a confidence from 0 to 1."""
    return next(level for level in LEVELS if confidence >= level.least or level is LEVELS[-1])


def shortfall_words(confidence: float, threshold: float) -> str:
    """Return in words how far the confidence of a refusal is from the threshold at which Ibid answers, both in 100."""
    if confidence >= threshold:
        return "It was confident enough to answer, but had nothing that it may quote."
    share = confidence / threshold
    how = "just under" if share >= 0.8 else "well under" if share >= 0.4 else "far under"
    # Rounded apart, so that the one is never shown to reach the other.
    return f"Confidence {int(100 * confidence)} of 100, {how} the {ceil(100 * threshold)} from which it answers."
