"""Does the confidence say how often it is so?"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

__all__ = ["Bin", "bins", "brier", "expected_calibration_error"]

Floats = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Bin:
    """Cases of about equal confidence: how many, their mean confidence, and the share of them that came true."""

    count: int
    confidence: float
    share: float


def brier(confidence: float, came_true: float) -> float:
    """Return one case's part of the Brier score: the squared difference (Brier 1950); the mean is the score."""
    return (confidence - came_true) ** 2


def bins(confidence: Floats, came_true: Floats, most: int = 10) -> tuple[Bin, ...]:
    """Part cases, by rising confidence, into bins of equal mass; cases of equal confidence are never parted.

    Args:
        confidence: float of shape (cases,), 0 to 1.
        came_true: float of shape (cases,), 0 or 1.
        most: how many bins; fewer come out when there are fewer cases or many equal ones.
    """
    confidence, came_true, starts = _parted(confidence, came_true, most)
    ends = [*starts, len(confidence)][1:]
    return tuple(
        Bin(int(end - start), float(confidence[start:end].mean()), float(came_true[start:end].mean()))
        for start, end in zip(starts, ends, strict=True)
    )


def expected_calibration_error(confidence: Floats, came_true: Floats, most: int = 10) -> float:
    """Return the mean distance of confidence and share over equal-mass bins, weighed by their cases.

    Naeini et al. 2015, 'Obtaining well calibrated probabilities using Bayesian binning'; bins of equal mass, not width,
    as in Nguyen and O'Connor 2015, so that none is empty. NaN without cases.
    """
    if not len(confidence):
        return float("nan")
    confidence, came_true, starts = _parted(confidence, came_true, most)
    distances = np.abs(np.add.reduceat(confidence - came_true, starts))  # of each bin, times its cases
    return float(distances.sum()) / len(confidence)


def _parted(confidence: Floats, came_true: Floats, most: int) -> tuple[Floats, Floats, NDArray[np.int_]]:
    """The cases by rising confidence, and where each bin begins."""
    order = np.argsort(confidence, kind="stable")
    confidence, count = confidence[order], min(most, len(order))
    size, more = divmod(len(order), max(count, 1))
    marks = np.array([number * size + min(number, more) for number in range(count)], dtype=int)  # as numpy.array_split
    before, behind = (np.searchsorted(confidence, confidence[marks], side) for side in ("left", "right"))
    starts = np.unique(np.where(marks - before <= behind - marks, before, behind))
    return confidence, came_true[order], starts[starts < len(order)]
