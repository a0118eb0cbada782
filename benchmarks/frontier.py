"""Which choices no other beats, in cost and worth at once."""

from collections.abc import Sequence
from typing import Protocol, TypeVar

__all__ = ["beats", "frontier"]


class Placed(Protocol):
    """What has a cost and a worth."""

    @property
    def x(self) -> float:
        """The cost: less is better."""
        ...

    @property
    def y(self) -> float:
        """The worth: more is better."""
        ...


_T = TypeVar("_T", bound=Placed)


def beats(one: Placed, other: Placed) -> bool:
    """Say whether one is no worse than another in cost and worth, and better in one of them."""
    return one.x <= other.x and one.y >= other.y and (one.x, one.y) != (other.x, other.y)


def frontier(points: Sequence[_T]) -> list[_T]:
    """Return the points that no other beats, in the order given."""
    return [p for p in points if not any(beats(other, p) for other in points)]
