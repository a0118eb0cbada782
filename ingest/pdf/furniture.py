"""Find what a book repeats around its text on page after page: running headers and footers, and page numbers."""

import re
from bisect import bisect_left, bisect_right
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from statistics import median

from ingest.paging import Offer, from_roman

__all__ = ["EdgeLine", "Found", "find_furniture", "numbers_in"]

_ROMAN = re.compile(r"(?=.)c{0,3}(?:xc|xl|l?x{0,3})(?:ix|iv|v?i{0,3})$", re.IGNORECASE)
_NUMBER = re.compile(r"[\W_]*(?:(?:page|p\.|seite|s\.)\s*)?#(?:\s*(?:of|/|von)\s*#)?[\W_]*$", re.IGNORECASE)
_DEPTH = 3  # lines from the edge of the page
_LARGE = 1.25  # of the text's size; headings are that large, furniture is not
_NEAR = 2.5  # points: furniture keeps its height
_SECTIONS = 30  # a higher number heads no section


@dataclass(frozen=True, slots=True)
class EdgeLine:
    """A line of a page: its words, its baseline from the top, and its font's size, all in points."""

    text: str
    base: float
    size: float


@dataclass(frozen=True, slots=True)
class Found:
    """A line that is furniture: the position of its page and of the line on it."""

    page: int
    line: int
    why: str


def find_furniture(pages: Sequence[Sequence[EdgeLine]], heights: Sequence[float], body: float) -> list[Found]:
    """Return the furniture of a file's pages.

    A line counts that is the outermost of its page, stands apart from the text, and has on other pages its like: the
    same words but for the numbers, at the same height; or, where such lines are known to stand, its font.

    Args:
        pages: the lines of each page, from the top down.
        heights: of the pages, in points.
        body: size of the text's font, in points.
    """
    pitch = max(_pitch(pages), 1.1 * body)
    found: list[Found] = []
    for name, order in (("header", 1), ("footer", -1)):
        peeled: dict[int, int] = dict.fromkeys(range(len(pages)), 0)
        for depth in range(_DEPTH):
            edge = {
                page: _position(len(pages[page]), count, order)
                for page, count in peeled.items()
                if count == depth and count < len(pages[page])
            }
            edge = {p: i for p, i in edge.items() if _is_apart(pages[p], i, order, (pitch, body, heights[p]))}
            taken = _repeated(pages, edge, first=depth == 0)
            for page in taken:
                line = edge[page]
                number = bool(_NUMBER.match(_masked(pages[page][line].text)))
                found.append(Found(page, line, "page number" if number else f"running {name}"))
                peeled[page] += 1
    return found


def _position(count: int, peeled: int, order: int) -> int:
    return peeled if order == 1 else count - 1 - peeled


def _pitch(pages: Sequence[Sequence[EdgeLine]]) -> float:
    """The usual distance between lines."""
    steps = [b.base - a.base for lines in pages for a, b in pairwise(lines) if b.base - a.base > 2]
    return median(steps) if steps else 12.0


def _is_apart(lines: Sequence[EdgeLine], line: int, order: int, measures: tuple[float, float, float]) -> bool:
    """Say whether a line stands in the margin: at the edge of the page, and away from the text or in a small font.

    `measures` are the distance of lines, the size of the text's font, and the height of the page.
    """
    pitch, body, height = measures
    at = lines[line].base / height
    if lines[line].size > _LARGE * body:
        return False
    if not (at < 0.2 if order == 1 else at > 0.8):
        return False
    inner = line + order
    if not 0 <= inner < len(lines):
        return len(lines) > 1 or bool(_NUMBER.match(_masked(lines[line].text)))
    gap = abs(lines[inner].base - lines[line].base)
    return gap > 1.3 * pitch or (lines[line].size < 0.92 * body and lines[inner].size > lines[line].size)


def _repeated(pages: Sequence[Sequence[EdgeLine]], edge: dict[int, int], *, first: bool) -> set[int]:
    """Return the pages whose line at the edge is repeated on others."""
    like: dict[str, list[int]] = defaultdict(list)
    for page, line in edge.items():
        like[_masked(pages[page][line].text)].append(page)
    least = 3 if len(pages) > 4 else 2
    if not first:
        least = max(least, len(pages) // 2)
    taken: set[int] = set()
    for text, group in like.items():
        if not _counts_pages(text, [(page, pages[page][edge[page]].text) for page in group]):
            continue
        bases = sorted(pages[page][edge[page]].base for page in group)
        for page in group:
            base = pages[page][edge[page]].base
            near = bisect_right(bases, base + _NEAR) - bisect_left(bases, base - _NEAR)
            if near >= least or (len(pages) == 1 and bool(_NUMBER.match(text))):
                taken.add(page)
    if first:
        taken |= _numbered({page: pages[page][line] for page, line in edge.items()}, len(pages))
    known = Counter(_place(pages[p][edge[p]]) for p in taken)
    for page, line in edge.items():
        here = pages[page][line]
        at, size = _place(here)
        beside = sum(known[at + up, size] for up in (-1, 0, 1))
        if beside >= min(least, 3):
            taken.add(page)
    return taken


def _numbered(edge: dict[int, EdgeLine], pages: int) -> set[int]:
    """Return the pages whose lines at the edge begin or end with a number that rises with them, whatever else they say.

    Few pages of a short article share a running header. The lines are of one size and height, on half of all pages at
    least; headings begin with rising numbers too, but with small ones, and none of them ends so.
    """
    counted: dict[tuple[int, int], dict[int, bool]] = defaultdict(dict)
    for page, line in edge.items():
        words = line.text.split()
        for word in {words[0], words[-1]} if words else ():
            if re.fullmatch(r"[0-9]{1,4}", word):
                likely = word == words[-1] or int(word) > _SECTIONS
                counted[_place(line)[1], int(word) - page][page] = likely
    taken: set[int] = set()
    for group in counted.values():
        height = median(edge[page].base for page in group)
        level = {page: likely for page, likely in group.items() if abs(edge[page].base - height) <= _NEAR}
        if len(level) >= max(2, pages / 2) and any(level.values()):
            taken |= level.keys()
    return taken


def _counts_pages(masked: str, group: Sequence[tuple[int, str]]) -> bool:
    """Say whether lines that are alike but for numbers are furniture: 'Chapter 1' and 'Chapter 2' head chapters.

    Some are wholly the same, or a number in them rises with the pages.
    """
    if "#" not in masked or not any(ch.isalpha() for ch in masked) or len({text for _, text in group}) < len(group):
        return True
    offsets = Counter(value - page for page, text in group for _, value in set(numbers_in([text])))
    return offsets.most_common(1)[0][1] >= max(2, len(group) / 2) if offsets else False


def _place(line: EdgeLine) -> tuple[int, int]:
    """Where a line stands, to the point, and its size, to the half."""
    return round(line.base), round(2 * line.size)


def _masked(text: str) -> str:
    """A line with each number as '#': figures anywhere, Roman ones where they stand first or last."""
    words = text.split()
    for i in {0, len(words) - 1}:
        if words and _ROMAN.match(words[i].strip("-–—|·[]().")) and words[i].strip("-–—|·[]().") not in ("I", "C"):
            words[i] = "#"
    return re.sub(r"\d+", "#", " ".join(words))


def numbers_in(lines: Sequence[str]) -> Iterator[Offer]:
    """Yield the numbers that a page's furniture offers, and whether they are Roman."""
    for text in lines:
        for figures in re.findall(r"(?<![\d.,])\d{1,4}(?![\d,]|\.\d)", text):
            yield False, int(figures)
        words = text.split()
        for word in {words[0], words[-1]} if words else ():
            bare = word.strip("-–—|·[]().").lower()
            if _ROMAN.match(bare):
                yield True, from_roman(bare)
