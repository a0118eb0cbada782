"""Keep segments few: which of them are merged, and how; nothing is embedded or read anew.

Tiers, as in a log-structured merge tree (O'Neil et al. 1996; Bentley and Saxe 1980) and Lucene's TieredMergePolicy: a
segment is merged with others of about its size or less when they have become too many, so that a passage is copied a
few times at most, however many documents come after it.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from index.part import Part
from index.postings import merged
from index.segment import LOOKUPS, Content

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

__all__ = ["LARGEST", "folded", "merge", "wasteful"]

_TIER = 4  # segments of one size that become one; those of the next size are so many times larger
_SMALL = 256  # passages under which segments are of one size
LARGEST = 200_000  # passages above which a segment is merged no more
_DEAD = 3  # a segment is written anew when one passage in so many is dead


def folded(sizes: Sequence[int], coming: int) -> frozenset[int]:
    """Return the places of the segments that a new one is merged with.

    Args:
        sizes: how many live passages each segment has.
        coming: how many the new one has.
    """
    chosen: frozenset[int] = frozenset()
    while True:
        total = coming + sum(sizes[n] for n in chosen)
        of_size = frozenset(n for n, size in enumerate(sizes) if _tier(size) <= _tier(total) and size <= LARGEST)
        if total > LARGEST or len(of_size - chosen) < _TIER - 1:
            return chosen
        chosen = of_size


def wasteful(part: Part) -> bool:
    """Say whether so much of a segment is dead that it is worth writing anew."""
    return (len(part.live) - part.passages) * _DEAD > len(part.live)


def _tier(size: int) -> int:
    tier = 0
    while size > _SMALL * _TIER**tier:
        tier += 1
    return tier


@dataclass(frozen=True, slots=True)
class _Moved:
    """A document of the segment that is made: where it comes from."""

    id: str
    part: int
    place: int


def merge(parts: Sequence[Part]) -> Content:
    """Return the live documents of some segments as the content of one."""
    import numpy as np

    moved = sorted((i, n, place) for n, part in enumerate(parts) for i, place in part.documents.items())
    order = [_Moved(*some) for some in moved]
    firsts = np.zeros(len(order) + 1, dtype=np.int64)
    passages = [_range(parts[m.part].segment.firsts, m.place) for m in order]
    np.cumsum([len(numbers) for numbers in passages], out=firsts[1:])
    sentences = [_sentences(parts[m.part], numbers) for m, numbers in zip(order, passages, strict=True)]
    of = [parts[m.part].segment for m in order]
    pairs = list(zip(of, passages, strict=True))
    return Content(
        ids=[m.id for m in order],
        documents=(parts[m.part].segment.documents_json[m.place] for m in order),
        passages=(json for segment, numbers in pairs for json in segment.passages_json[numbers.start : numbers.stop]),
        firsts=firsts,
        spans=_joined([segment.spans[_slice(numbers)] for segment, numbers in pairs]),
        vectors=_joined([segment.vectors[_slice(numbers)] for segment, numbers in pairs]),
        sentence_firsts=_counted([np.diff(segment.sentence_firsts)[_slice(numbers)] for segment, numbers in pairs]),
        sentences=_joined([segment.sentences[_slice(some)] for segment, some in zip(of, sentences, strict=True)]),
        lookups={
            name: merged(
                [(part.segment.lookups[name], _numbers(n, part, order, firsts)) for n, part in enumerate(parts)],
                int(firsts[-1]),
            )
            for name in LOOKUPS
        },
    )


def _numbers(part: int, source: Part, order: Sequence[_Moved], firsts: "NDArray[np.int64]") -> "NDArray[np.int32]":
    """The new number of each passage of a part, -1 for those that are dead."""
    import numpy as np

    numbers = np.full(len(source.live), -1, dtype=np.int32)
    for place, moved in enumerate(order):
        if moved.part == part:
            old = _range(source.segment.firsts, moved.place)
            numbers[_slice(old)] = np.arange(firsts[place], firsts[place + 1], dtype=np.int32)
    return numbers


def _sentences(part: Part, passages: range) -> range:
    firsts = part.segment.sentence_firsts
    return range(int(firsts[passages.start]), int(firsts[passages.stop]))


def _joined(arrays: "Sequence[NDArray[Any]]") -> "NDArray[Any]":
    """Arrays one behind the other; those without a row may have other columns."""
    import numpy as np

    filled = [array for array in arrays if len(array)]
    return np.concatenate(filled) if filled else arrays[0]


def _counted(counts: "Sequence[NDArray[np.int64]]") -> "NDArray[np.int64]":
    import numpy as np

    return np.concatenate([np.zeros(1, dtype=np.int64), np.cumsum(np.concatenate(counts))])


def _range(firsts: "NDArray[np.int64]", place: int) -> range:
    return range(int(firsts[place]), int(firsts[place + 1]))


def _slice(numbers: range) -> slice:
    return slice(numbers.start, numbers.stop)
