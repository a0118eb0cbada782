"""How long does an answer take?"""

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

__all__ = ["percentile", "percentiles"]


def percentile(values: Sequence[float], share: float) -> float:
    """Return the smallest value that at least `share` (0 to 1) of the values do not exceed (nearest rank)."""
    return float(percentiles(np.asarray(values, dtype=np.float64), share))


def percentiles(values: NDArray[np.float64], share: float) -> NDArray[np.float64]:
    """Return that of each row: for values of shape (..., n) an array of shape (...)."""
    return np.asarray(np.quantile(values, share, axis=-1, method="inverted_cdf"))
