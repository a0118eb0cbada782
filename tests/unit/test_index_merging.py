"""Segments stay few, and a passage is copied a few times at most, however many documents come one by one."""

from hypothesis import given
from hypothesis import strategies as st

from index.merging import LARGEST, folded


def grown(coming: list[int]) -> tuple[list[int], int]:
    """The sizes of the segments after documents of these sizes came one by one, and how many passages were copied."""
    sizes: list[int] = []
    copied = 0
    for size in coming:
        chosen = folded(sizes, size)
        taken = sum(sizes[n] for n in chosen)
        copied += taken
        sizes = [*(s for n, s in enumerate(sizes) if n not in chosen), size + taken]
    return sizes, copied


def test_a_few_segments_stand_side_by_side_and_the_fourth_of_a_size_is_merged_with_them():
    assert folded([], 10) == folded([10, 10], 10) == folded([5000, 5000, 5000], 10) == frozenset()
    assert folded([10, 5000, 10, 10], 10) == {0, 2, 3}


def test_a_merge_that_makes_one_too_many_of_the_next_size_goes_on():
    assert folded([200, 200, 200, 900, 900, 900], 200) == {0, 1, 2, 3, 4, 5}


def test_the_largest_are_merged_no_more():
    assert folded([LARGEST + 1] * 9, LARGEST) == frozenset()


def test_thousand_documents_one_by_one_leave_few_segments_and_few_copies():
    sizes, copied = grown([10] * 1000)
    assert sum(sizes) == 10_000
    assert len(sizes) <= 9
    assert copied <= 14 * 10_000


@given(st.lists(st.integers(1, 60_000), max_size=60))
def test_no_size_has_many_segments(coming):
    sizes, _ = grown(coming)
    assert sum(sizes) == sum(coming)
    assert len([size for size in sizes if size <= LARGEST]) <= 3 * 6
