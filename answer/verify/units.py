"""Units of measure: which measure the same, and how many times the one is of the other."""

from collections.abc import Iterable
from functools import lru_cache

from index.terms import analyze

__all__ = ["measure_of"]

# Each line one dimension: its units by how many of the first make one. General English and SI; no document's.
_UNITS: tuple[dict[str, float], ...] = (
    {"m metre meter": 1, "mm millimetre millimeter": 1e-3, "cm centimetre centimeter": 1e-2,
     "km kilometre kilometer": 1e3, "mile": 1609.344, "foot feet": 0.3048, "inch inches": 0.0254},
    {"kg kilogram kilo": 1, "gram": 1e-3, "tonne ton": 1e3},
    {"second": 1, "minute": 60, "hour": 3600, "day": 86400, "week": 604800, "month": 2629800, "year": 31557600},
    {"litre liter": 1, "ml millilitre milliliter": 1e-3},
    {"hectare": 1, "acre": 0.404686},
    {"w watt": 1, "kw kilowatt": 1e3, "mw megawatt": 1e6, "gw gigawatt": 1e9},
)  # fmt: skip


def measure_of(units: Iterable[str]) -> tuple[int, float] | None:
    """Return the dimension that terms behind a number measure in, and how large the unit is there; None for a count."""
    table = _table()
    return next((table[term] for term in sorted(units) if term in table), None)


@lru_cache(maxsize=1)
def _table() -> dict[str, tuple[int, float]]:
    return {
        term: (dimension, factor)
        for dimension, units in enumerate(_UNITS)
        for names, factor in units.items()
        for term in analyze(names)
    }
