"""Running headers, footers and page numbers of a text with pages: told by repetition, taken out, their numbers kept."""

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import groupby, pairwise
from statistics import median

from core.records import Page
from ingest.lines import Line
from ingest.paging import Offer, from_roman, printed_pages
from ingest.parts import Dropped

__all__ = ["strip_running"]

_DEPTH = 3  # lines at the top and at the bottom of a page that may be a header or footer
_NUMBER = re.compile(r"\d{1,9}")
_ROMAN = re.compile(r"(?=[ivxl])(?:x{0,3}|xl|l)(?:ix|iv|v?i{0,3})$")
# One word and a number, 'Chapter 3', is the heading of what follows, unless the word is 'page'.
_HEADING = re.compile(r"(?!(?:page|pg|p|seite|s|página|pagina)\b)[^\W\d_]+\W*#\W*$")
_BARE = re.compile(r"\W*#\W*$")  # a page number and nothing else, as in '- 12 -'


@dataclass(frozen=True, slots=True)
class _Edge:
    """The outermost line of a page, at its top or bottom; `pattern` is its text with numbers masked.

    `alone` says that the page has no other line.
    """

    page: int
    line: Line
    pattern: str
    number: Page | None
    alone: bool


def strip_running(lines: Sequence[Line]) -> tuple[tuple[Line, ...], tuple[Dropped, ...]]:
    """Return the lines of a text without what repeats at the edges of its pages, and that; pages are as printed.

    A line at an edge is furniture when the same words, numbers aside, stand there on three pages near each other, or on
    three whose numbers rise with the pages, or when it is a number that rises with them. Pages get the numbers printed
    on them, where there are such; one that has none then is '[1]', by its place.
    """
    pages = [list(group) for _, group in groupby(lines, key=lambda line: line.page)]
    order = [page[0].page for page in pages]
    if len(pages) < 2:
        return tuple(lines), ()
    numbers: dict[int, Page] = {}
    dropped: list[Dropped] = []
    for last in (False, True):
        for _ in range(_DEPTH):
            found = _furniture(pages, last=last)
            for edge in found:
                _take(pages[edge.page], edge.line, last=last)
                dropped.append(Dropped(edge.line.number, edge.line.page, edge.line.text, _why(edge, last=last)))
                if edge.number is not None:
                    numbers.setdefault(edge.page, edge.number)
    printed = _printed(numbers, len(pages))
    for i, page in enumerate(pages):
        for last in (False, True):
            outer = _edge(i, page, last=last)
            if outer and _BARE.match(outer.pattern) and outer.number == printed.get(i):
                _take(page, outer.line, last=last)
                dropped.append(Dropped(outer.line.number, outer.line.page, outer.line.text, "page number"))
    names = {i: printed.get(i, f"[{i + 1}]" if printed else page[0].page) for i, page in enumerate(pages) if page}
    kept = [replace(line, page=names[i]) for i, page in enumerate(pages) for line in page]
    told = {old: names[i] for i, old in enumerate(order) if i in names}
    moved = [replace(line, page=told.get(line.page, line.page)) for line in dropped]
    return tuple(kept), tuple(sorted(moved, key=lambda d: d.number))


def _printed(numbers: Mapping[int, Page], pages: int) -> dict[int, Page]:
    """The printed number of each page, by its position from 0, as far as those found on some of them tell it."""
    offered = [[_offer(numbers[i])] if i in numbers else [] for i in range(pages)]
    return {i: page for i, page in enumerate(printed_pages(offered)) if page is not None}


def _offer(number: Page) -> Offer:
    return (True, from_roman(number)) if isinstance(number, str) else (False, number)


def _furniture(pages: Sequence[Sequence[Line]], *, last: bool) -> list[_Edge]:
    edges = [edge for i, page in enumerate(pages) if (edge := _edge(i, page, last=last))]
    groups: defaultdict[str, list[_Edge]] = defaultdict(list)
    for edge in edges:  # the number stands left on even pages and right on odd ones
        groups[edge.pattern.strip("# ") or edge.pattern].append(edge)
    return [edge for group in groups.values() for edge in _repeated(group)]


def _edge(position: int, page: Sequence[Line], *, last: bool) -> _Edge | None:
    texts = [line for line in page if line.text]
    if not texts:
        return None
    line, alone = texts[-1 if last else 0], len(texts) == 1
    text = line.text.casefold()
    if _ROMAN.match(text) and (last or line.text.islower()):
        return _Edge(position, line, "roman", text, alone)
    found = _NUMBER.findall(text)
    number = int(found[-1 if text.endswith(found[-1]) else 0]) if found else None
    return _Edge(position, line, _NUMBER.sub("#", text), number, alone)


def _repeated(group: Sequence[_Edge]) -> Iterator[_Edge]:
    """Yield those lines of one pattern that repeat as furniture does, over text and not instead of it."""
    pattern = group[0].pattern
    if sum(not edge.alone for edge in group) < 2:
        return
    rising = {id(e) for pair in pairwise(group) if _rises(*pair) for e in pair}
    if pattern == "roman" or _BARE.match(pattern):
        if pattern != "roman" or len(rising) > 2:  # 'I' and 'II' over two pages are sections
            yield from (edge for edge in group if id(edge) in rising)
        return
    if len(group) < 3 or not any(ch.isalpha() for ch in pattern) or _HEADING.match(pattern) or _are_years(group):
        return
    near = median([b.page - a.page for a, b in pairwise(group)]) <= 2
    if near or len(rising) > 0.5 * len(group):
        yield from group


def _are_years(group: Sequence[_Edge]) -> bool:
    """Say whether the numbers of lines are years: 'Report 2020', 'Report 2021' are titles and not running ones."""
    return all(isinstance(edge.number, int) and 1900 <= edge.number < 2100 for edge in group)


def _rises(before: _Edge, after: _Edge) -> bool:
    """Say whether the numbers of two lines differ as their pages do."""
    if isinstance(before.number, str) and isinstance(after.number, str):
        return from_roman(after.number) - from_roman(before.number) == after.page - before.page
    if isinstance(before.number, int) and isinstance(after.number, int):
        return after.number - before.number == after.page - before.page
    return False


def _take(page: list[Line], line: Line, *, last: bool) -> None:
    """Take a line off the edge of a page, with the blank lines that part it from the text."""
    at = page.index(line)
    stop = at
    step = -1 if last else 1
    while 0 <= stop + step < len(page) and not page[stop + step].text:
        stop += step
    del page[min(at, stop) : max(at, stop) + 1]


def _why(edge: _Edge, *, last: bool) -> str:
    if edge.pattern == "roman" or _BARE.match(edge.pattern):
        return "page number"
    return "running footer" if last else "running header"
