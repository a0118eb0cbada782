"""Tell where pages begin in a text without form feeds: by a running line whose number rises at even distances."""

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise
from statistics import median

__all__ = ["numbered_pages"]

_FEWEST = 5  # pages
_LINES = (30, 100)  # of a page
_LONGEST = 120  # characters of a running line
_ASIDE = 3  # lines by which most pages may be longer or shorter than the middle one
_MOST = 0.8
_NUMBERED = re.compile(
    r"(?P<number>\d{1,4})\s{2,}(?P<words>\D*[^\W\d_]\D*)$|(?P<said>\D*[^\W\d_]\D*?)(?P<last>\d{1,4})\W*$"
)
_HEADING = re.compile(r"(?!(?:page|pg|p)\b)[^\W\d_]+\W*$", re.IGNORECASE)  # 'Chapter 3' heads what follows


def numbered_pages(rows: Sequence[str]) -> frozenset[int]:
    """Return the positions of the rows that open pages; none where no running line is plain.

    The line may head its page or stand at its foot: at the foot another line that repeats, or more blank rows, follow.
    """
    lone = [i for i, row in enumerate(rows) if row.strip() and _blank(rows, i - 1) and _blank(rows, i + 1)]
    edges = max(_runs(rows, lone), key=len, default=[])
    if len(edges) < _FEWEST:
        return frozenset()
    gaps = [b - a for a, b in pairwise(edges)]
    usual = median(gaps)
    even = sum(abs(gap - usual) <= _ASIDE for gap in gaps) >= _MOST * len(gaps)
    if not even or not _LINES[0] <= usual <= _LINES[1]:
        return frozenset()
    return frozenset(i + 1 for i in edges) if _is_foot(rows, edges) else frozenset(edges)


def _runs(rows: Sequence[str], lone: Sequence[int]) -> Iterator[list[int]]:
    """Yield the rows of the same words whose numbers follow each other."""
    open_runs: dict[str, tuple[int, list[int]]] = {}
    for i in lone:
        row = rows[i].strip()
        match = _NUMBERED.match(row) if len(row) <= _LONGEST else None
        words = " ".join((match["words"] or match["said"]).split()) if match else ""
        if not match or _HEADING.match(words):
            continue
        number = int(match["number"] or match["last"])
        last, run = open_runs.get(words, (0, []))
        if run and number == last + 1:
            run.append(i)
        else:
            yield run
            run = [i]
        open_runs[words] = number, run
    yield from (run for _, run in open_runs.values())


def _is_foot(rows: Sequence[str], edges: Sequence[int]) -> bool:
    """Say whether running lines stand at the foot of their pages."""
    behind = [next((row.strip() for row in rows[i + 1 : i + 10] if row.strip()), "") for i in edges[:-1]]
    if max(map(behind.count, behind)) > len(behind) / 2:
        return True
    return median(_blanks(rows, i, 1) for i in edges) > median(_blanks(rows, i, -1) for i in edges)


def _blanks(rows: Sequence[str], at: int, step: int) -> int:
    count = 0
    while 0 <= at + step * (count + 1) < len(rows) and not rows[at + step * (count + 1)].strip():
        count += 1
    return count


def _blank(rows: Sequence[str], at: int) -> bool:
    return not (0 <= at < len(rows)) or not rows[at].strip()
