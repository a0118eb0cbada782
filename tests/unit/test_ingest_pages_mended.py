"""The numbers of pages: each page has its own; and what stands on them, and who a byline names."""

from dataclasses import replace

import pytest

from ingest import Metadata, build_document, parse_text
from ingest.bylines import names_in
from ingest.paging import printed_pages, text_by_page
from ingest.pdf.pages import _page_numbers
from tests.unit.markup_samples import read


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
    offered = [[(False, 1)], [(False, 2)], *([] for _ in range(5000)), [(False, 9003)], [(False, 9004)]]
    numbers = printed_pages(offered)
    assert numbers[:3] == [1, 2, 4003]
    assert numbers[-2:] == [9003, 9004]


def test_roman_numbers_of_front_matter_do_not_go_on_through_the_text():
    assert printed_pages([[(True, 2)], [(True, 3)], [], [], [], []]) == ["ii", "iii", "iv", "v", None, None]
    assert printed_pages([[], [], [(True, 3)], [(True, 4)], [], [(False, 1)], [(False, 2)]]) == (
        ["i", "ii", "iii", "iv", "v", 1, 2]
    )


def test_slices_of_a_text_are_cut_where_pages_begin():
    doc = build_document(
        parse_text("\fNorth.\n\nSouth goes on.\n\fEast.\n"),
        document_id="d",
        source="d.txt",
        metadata=Metadata(),
        content_hash="0",
    )
    assert text_by_page(doc, [(0, len(doc.text))]) == {1: ["North.\n\nSouth goes on.\n\n"], 2: ["East."]}
    assert text_by_page(doc, [(0, 5), (7, len(doc.text) - 1)]) == {1: ["North", "\nSouth goes on.\n\n"], 2: ["East"]}
    assert text_by_page(replace(doc, page_marks=()), [(0, 5)]) == {None: ["North"]}


@pytest.mark.parametrize(
    ("line", "names"),
    [
        ("By Anna Bell, Carl Dorn, and Eve B. Fay", ("Anna Bell", "Carl Dorn", "Eve B. Fay")),
        ("Anna Bell & Carl Dorn", ("Anna Bell", "Carl Dorn")),
        ("Bye Bell", ("Bye Bell",)),
        ("Leeds, 1999", ()),
    ],
)
def test_a_line_of_names_is_parted_alike_in_every_format(line, names):
    assert names_in(line) == names
    assert read(f"On Ponds\n\n{line}\n\nINTRODUCTION\n\n{TEXT}", "p.txt")[1].authors == names
    assert read(f"<h1>On Ponds</h1><p class='author'>{line}</p><p>{TEXT}</p>", "p.html")[1].authors == names


TEXT = "There is more to a pond than most people think, as the old books on the matter tell us all."
