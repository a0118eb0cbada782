"""Which rows of a table a row of sums adds up."""

from itertools import takewhile

from answer.tables.amounts import amounts_in
from answer.tables.grids import Grid

__all__ = ["addends"]

_EXACT = 0.015  # of a sum: what rounding its parts may do to it


def addends(grid: Grid, row: int, column: int) -> tuple[int, ...]:
    """Return the rows that stand above or below a row of sums up to the next one and add up to it; none where none do.

    Args:
        grid: the table.
        row: the number of the row of sums.
        column: one of figures.
    """
    amounts = amounts_in([cells[column] for cells in grid.cells])
    total = amounts[row]
    if total is None:
        return ()
    above, below = range(row - 1, -1, -1), range(row + 1, len(grid.cells))
    for rows in (above, below):
        parts = {part: amounts[part] for part in takewhile(lambda part: not grid.is_sum(part), rows)}
        figures = [amount for amount in parts.values() if amount is not None]
        if len(figures) > 1 and abs(sum(figures) - total) <= abs(total) * _EXACT:
            return tuple(sorted(parts))
    return ()
