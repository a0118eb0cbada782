"""How long does an answer take?"""

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

__all__ = ["percentile"]


def percentile(values: Sequence[float] | NDArray[np.float64], share: float) -> NDArray[np.float64]:
    """Return the smallest value that at least `share` (0 to 1) of the values do not exceed (nearest rank).

    Args:
        values: float of shape (..., values); the result has the shape (...).
        share: 0.5 for the median.
    """
    return np.asarray(np.quantile(values, share, axis=-1, method="inverted_cdf"))
