"""Read the figures of a column so that they can be held against each other: '90 min' is less than '3 h'."""

import re
from collections.abc import Sequence

from answer.figures import figure_in

__all__ = ["amounts_in"]

_COMPOUND = re.compile(r"(\d+)\s*(h|hours?|m|metres?|kg)\s+(\d+)\s*(min|minutes?|cm|g)\.?$", re.IGNORECASE)
_FREE = re.compile(r"\W*(?:nil|free)\W*", re.IGNORECASE)
_UNIT = re.compile(r"\d\s*([^\W\d_]+)\.?\s*(?:\(.*\))?$")
# Units of one kind with what each is in the first of its kind.
_SECONDS = {"s": 1, "sec": 1, "second": 1, "min": 60, "minute": 60, "h": 3600, "hr": 3600, "hour": 3600}
_DAYS = {"d": 86400, "day": 86400, "week": 604800, "month": 2629800, "year": 31557600}
_KINDS = (
    _SECONDS | _DAYS,
    {"mm": 1, "cm": 10, "m": 1000, "metre": 1000, "km": 1e6},
    {"mg": 1, "g": 1000, "kg": 1e6, "t": 1e9, "tonne": 1e9},
    {"ml": 1, "cl": 10, "l": 1000, "litre": 1000},
    {"kw": 1, "mw": 1000, "gw": 1e6},
    {"kb": 1, "mb": 1000, "gb": 1e6, "tb": 1e9},
)


def amounts_in(cells: Sequence[str]) -> list[float | None]:
    """Return the figure of each cell, in one unit where they have several of one kind; None for a cell with no figure.

    'free' and 'nil' are 0.
    """
    cells = [_in_one(cell) for cell in cells]
    figures = [0.0 if _FREE.fullmatch(cell) else figure_in(cell) for cell in cells]
    units = [_unit(cell) for cell in cells]
    used = {unit for unit, figure in zip(units, figures, strict=True) if figure}
    kind = next((kind for kind in _KINDS if used <= kind.keys()), None)
    if kind is None or len(used) < 2:
        return figures
    return [f and f * kind[unit] if unit in kind else f for f, unit in zip(figures, units, strict=True)]


def _in_one(cell: str) -> str:
    """A cell that has two units of a kind, '2 h 10 min', in the lesser."""
    found = _COMPOUND.match(cell.strip())
    much, little = (_singular(found[2]), _singular(found[4])) if found else ("", "")
    kind = next((kind for kind in _KINDS if {much, little} <= kind.keys()), None)
    if not found or not kind:
        return cell
    return f"{int(found[1]) * kind[much] / kind[little] + int(found[3]):g} {little}"


def _unit(cell: str) -> str:
    found = _UNIT.search(cell)
    return _singular(found[1]) if found else ""


def _singular(unit: str) -> str:
    return unit.lower().removesuffix("s") if len(unit) > 2 else unit.lower()
