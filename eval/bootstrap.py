"""How far would a number move if other questions like these had been asked?"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

__all__ = ["RESAMPLES", "SEED", "Interval", "interval", "resample"]

RESAMPLES = 1000
SEED = 0


@dataclass(frozen=True, slots=True)
class Interval:
    """The 95 % confidence interval of a number, and its standard error."""

    low: float
    high: float
    error: float


def resample(count: int) -> NDArray[np.int_]:
    """Return `RESAMPLES` draws of `count` questions with replacement: positions, int of shape (RESAMPLES, count).

    The draws are seeded, so that a report made twice from the same answers is the same; questions are drawn as
    wholes, so that all scores of one stay together.
    """
    return np.random.default_rng(SEED).integers(0, count, size=(RESAMPLES, count))


def interval(values: NDArray[np.float64]) -> Interval | None:
    """Return the percentile interval of a number's values over resamples (Efron and Tibshirani 1993, chapter 13).

    Args:
        values: float of shape (resamples,); NaN where a resample has no question that the number applies to. None when
            that is so of all.
    """
    kept = values[~np.isnan(values)]
    if not len(kept):
        return None
    low, high = np.quantile(kept, (0.025, 0.975))
    return Interval(float(low), float(high), float(kept.std()))
