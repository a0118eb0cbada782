"""An inverted index: in which items (the passages of a segment) each term stands, and how often; mapped from files.

Terms are in the order of their first letter, then of their length: so those that may be slips of one another lie in a
few runs, and none of the others has to be looked at.
"""

from array import array
from bisect import bisect_left
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from index.arrays import Strings, read_array, read_strings, strings_of, write_array, write_strings

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

__all__ = ["Postings", "merged", "postings_of", "read_postings", "write_postings"]

_ARRAYS = ("starts", "items", "counts", "lengths")


@dataclass(frozen=True, slots=True, eq=False)
class Postings:
    """Terms and where they stand: the n-th in `items[starts[n]:starts[n + 1]]`, which rise, as often as `counts` say.

    `lengths` are the numbers of terms of all items, each term as often as it stands there.
    """

    terms: Strings
    starts: "NDArray[np.int64]"
    items: "NDArray[np.int32]"
    counts: "NDArray[Any]"
    lengths: "NDArray[np.int32]"

    def of(self, term: str) -> "tuple[NDArray[np.int32], NDArray[Any]]":
        """Return the items in which a term stands, and how often it stands in each."""
        place = bisect_left(self.terms, _order(term), key=_order_of_bytes)
        found = place < len(self.terms) and self.terms[place] == _encoded(term)
        run = slice(self.starts[place], self.starts[place + 1]) if found else slice(0, 0)
        return self.items[run], self.counts[run]

    def words(self, first: str, length: int) -> list[str]:
        """Return the terms of so many letters that begin with a letter."""
        begin = bisect_left(self.terms, (first, length, ""), key=_order_of_bytes)
        end = bisect_left(self.terms, (first, length + 1, ""), begin, key=_order_of_bytes)
        return [_decoded(term) for term in self.terms[begin:end]]


def postings_of(items: Iterable[Sequence[str]]) -> Postings:
    """Index items, each given by its terms, in memory."""
    import numpy as np

    known: dict[str, int] = {}
    term_of, item_of, counts, lengths = array("i"), array("i"), array("i"), array("i")
    for item, terms in enumerate(items):
        lengths.append(len(terms))
        for term, count in Counter(terms).items():
            term_of.append(known.setdefault(term, len(known)))
            item_of.append(item)
            counts.append(count)
    names, numbers, times, sizes = (np.array(some, dtype=np.int32) for some in (term_of, item_of, counts, lengths))
    return _sorted(list(known), names, numbers, times, sizes)


def merged(parts: "Sequence[tuple[Postings, NDArray[np.int32]]]", items: int) -> Postings:
    """Return the postings of several indexes as one.

    Args:
        parts: each index, and the new number of each of its items, -1 for one that is left out.
        items: how many items the whole has.
    """
    import numpy as np

    known: dict[str, int] = {}
    lengths = np.zeros(items, dtype=np.int32)
    term_of, item_of, counts = [], [], []
    for postings, numbers in parts:
        terms = [known.setdefault(_decoded(term), len(known)) for term in postings.terms[:]]
        renumbered = numbers[postings.items]
        kept = renumbered >= 0
        term_of.append(np.repeat(np.array(terms, dtype=np.int32), np.diff(postings.starts))[kept])
        item_of.append(renumbered[kept])
        counts.append(postings.counts[kept].astype(np.int32))
        lengths[numbers[numbers >= 0]] = postings.lengths[numbers >= 0]
    return _sorted(list(known), _joined(term_of), _joined(item_of), _joined(counts), lengths)


def write_postings(folder: Path, postings: Postings) -> None:
    """Write postings to a new folder."""
    folder.mkdir()
    write_strings(folder, "terms", postings.terms[:])
    for name in _ARRAYS:
        write_array(folder / f"{name}.npy", getattr(postings, name))


def read_postings(folder: Path) -> Postings:
    """Map what `write_postings` wrote."""
    terms = read_strings(folder, "terms")
    return Postings(terms, *(read_array(folder / f"{name}.npy") for name in _ARRAYS))


def _sorted(
    names: Sequence[str],
    term_of: "NDArray[np.int32]",
    item_of: "NDArray[np.int32]",
    counts: "NDArray[np.int32]",
    lengths: "NDArray[np.int32]",
) -> Postings:
    """Postings from (term, item, count) in any order, terms given by their numbers; those of no item are left out."""
    import numpy as np

    found = np.bincount(term_of, minlength=len(names))
    used = sorted((n for n in range(len(names)) if found[n]), key=lambda n: _order(names[n]))
    rank = np.zeros(len(names), dtype=np.int32)
    rank[used] = np.arange(len(used), dtype=np.int32)
    order = np.lexsort((item_of, rank[term_of]))
    starts = np.zeros(len(used) + 1, dtype=np.int64)
    np.cumsum(found[used], out=starts[1:])
    small = np.min_scalar_type(int(counts.max(initial=0)))
    terms = strings_of([_encoded(names[n]) for n in used])
    return Postings(terms, starts, item_of[order], counts[order].astype(small), lengths)


def _joined(arrays: "Sequence[NDArray[np.int32]]") -> "NDArray[np.int32]":
    import numpy as np

    return np.concatenate([np.zeros(0, dtype=np.int32), *arrays])


def _order(term: str) -> tuple[str, int, str]:
    return term[:1], len(term), term


def _order_of_bytes(term: bytes) -> tuple[str, int, str]:
    return _order(_decoded(term))


def _encoded(term: str) -> bytes:
    return term.encode("utf-8", "surrogatepass")


def _decoded(term: bytes) -> str:
    return term.decode("utf-8", "surrogatepass")
