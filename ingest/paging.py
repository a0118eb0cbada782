"""The pages of a text: the numbers printed on them, in figures or Roman, and what stands on each."""

from bisect import bisect_left, bisect_right
from collections import Counter
from collections.abc import Collection, Iterable, Sequence
from itertools import pairwise

from core.records import Document, Page, Span

__all__ = ["Offer", "from_roman", "printed_pages", "text_by_page", "to_roman"]

Offer = tuple[bool, int]  # whether a number that may be a page's is Roman, and its value

_LEAVES = 2  # pages behind front matter that are its own; more of them are the text, which has figures or no numbers
_VALUES = {"i": 1, "v": 5, "x": 10, "l": 50, "c": 100}
_FIGURES = (1000, 900, 500, 400, 100, 90, 50, 40, 10, 9, 5, 4, 1)


def to_roman(number: int) -> str:
    """Return a number in small Roman figures."""
    text = ""
    for value, figure in zip(_FIGURES, "m cm d cd c xc l xl x ix v iv i".split(), strict=True):
        text += figure * (number // value)
        number %= value
    return text


def from_roman(text: str) -> int:
    """Return the value of small Roman figures up to c."""
    values = [_VALUES[ch] for ch in text]
    return sum(-a if a < b else a for a, b in zip(values, [*values[1:], 0], strict=True))


def text_by_page(document: Document, spans: Iterable[Span]) -> dict[Page | None, list[str]]:
    """Return slices of a document's text, cut where pages begin, by page; under None where it has no pages."""
    marks = document.page_marks or ((0, None),)
    stops = [*(offset for offset, _ in marks[1:]), len(document.text)]
    found: dict[Page | None, list[str]] = {}
    for begin, end in spans:
        at = max(bisect_right(marks, begin, key=lambda mark: mark[0]) - 1, 0)
        start = begin
        while start < end:
            stop = min(end, stops[at])
            if start < stop:
                found.setdefault(marks[at][1], []).append(document.text[start:stop])
            start, at = max(start, stop), at + 1
    return found


def printed_pages(offered: Sequence[Collection[Offer]]) -> list[Page | None]:
    """Return the page number printed on each page, or inferred from its neighbours; None where nothing tells.

    Numbers count where they rise with the pages: the number less the page's position is the same on many pages.

    Args:
        offered: for each page the numbers at its edges.
    """
    votes = Counter((roman, value - page) for page, offers in enumerate(offered) for roman, value in set(offers))
    known: dict[int, Offer] = {}
    enough = 2 if len(offered) > 1 else 1
    for (roman, offset), count in votes.most_common():
        if count < enough or (count == 2 and len(offered) > 8 and not _adjoin(offered, (roman, offset))):
            continue
        for page, offers in enumerate(offered):
            if page not in known and (roman, page + offset) in offers:
                known[page] = (roman, page + offset)
    marked = sorted(known)
    return [_page(known, marked, page) for page in range(len(offered))]


def _adjoin(offered: Sequence[Collection[Offer]], run: Offer) -> bool:
    roman, offset = run
    pages = [page for page, offers in enumerate(offered) if (roman, page + offset) in offers]
    return any(b - a <= 2 for a, b in pairwise(pages))


def _page(known: dict[int, Offer], marked: Sequence[int], page: int) -> Page | None:
    """A page's number: its own, else counted back from the next that has one, else on from the last.

    `marked` are the pages that are `known`, in order.
    """
    at = bisect_left(marked, page)
    if at < len(marked):
        roman, value = known[marked[at]]
        if value - (marked[at] - page) >= 1:
            return _shown(value - (marked[at] - page), roman=roman)
    at = bisect_right(marked, page) - 1
    if at >= 0:
        (roman, value), further = known[marked[at]], page - marked[at]
        if not roman or further <= _LEAVES:
            return _shown(value + further, roman=roman)
    return None


def _shown(value: int, *, roman: bool) -> Page:
    return to_roman(value) if roman else value
