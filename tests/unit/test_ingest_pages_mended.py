"""The numbers of a PDF file's pages: each page has its own."""

import pytest

from ingest.pdf.furniture import printed_pages
from ingest.pdf.pages import _page_numbers


@pytest.mark.parametrize(
    ("printed", "labels", "numbers"),
    [
        (["", "1", "2", "3"], [""] * 4, ["i", 1, 2, 3]),
        (["", "", "1", "2", "3"], ["Cover", "", "", "", ""], ["Cover", "ii", 1, 2, 3]),
        (["", "1", "2", "3"], ["1", "2", "3", "4"], ["i", 1, 2, 3]),
        (["", "ii", "iii", "1", "2", "3"], [""] * 6, ["i", "ii", "iii", 1, 2, 3]),
        (["", "i", "ii", "iii", "1", "2"], [""] * 6, ["iv", "i", "ii", "iii", 1, 2]),
        (["", "5", "6", "7"], [""] * 4, [4, 5, 6, 7]),
        (["", "", ""], ["a", "a", "²"], ["a", 2, "²"]),
        (["", "", ""], [""] * 3, [1, 2, 3]),
        (["i", "ii", "", "1", "2", "", "4", ""], [""] * 8, ["i", "ii", "iii", 1, 2, 3, 4, 5]),
    ],
)
def test_no_two_pages_have_one_number_unless_it_is_printed_on_both(printed, labels, numbers):
    assert _page_numbers([[text] if text else [] for text in printed], labels) == numbers


def test_the_numbers_of_a_book_with_few_printed_are_told_from_the_nearest():
    texts = [["1"], ["2"], *([] for _ in range(5000)), ["9003"], ["9004"]]
    numbers = printed_pages(texts)
    assert numbers[:3] == [1, 2, 4003]
    assert numbers[-2:] == [9003, 9004]
