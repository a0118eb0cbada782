"""Entries whose authors stand with their initials in front and end with a stop, as BibTeX prints them."""

import pytest

from ingest.cited.entries import parse_reference


@pytest.mark.parametrize(
    ("entry", "authors", "title"),
    [
        (
            "D. W. K. Heron and W. Wren. Optimal tests of reeds. Wetland Letters, 62:1383–1414, 1994.",
            ("Heron", "Wren"),
            "Optimal tests of reeds",
        ),
        (
            "R. L. Heron, J. Wren, and J. M. Coot. Techniques for ponds. Journal of Reeds B, 37:149–163, 1975.",
            ("Heron", "Wren", "Coot"),
            "Techniques for ponds",
        ),
        (
            "C.-M. Heron and M.-Y. Chen. Fluctuation of lakes. Wetland Letters, 44:235–239, 1994.",
            ("Heron", "Chen"),
            "Fluctuation of lakes",
        ),
        (
            "J. Heron, K. Wren, and C.-M. van de Wiel. A view: ponds. Reed Reviews, 14:135–161, 1995.",
            ("Heron", "Wren", "van de Wiel"),
            "A view: ponds",
        ),
        (
            "Ruth Heron, Peter Wren, and K. Ruben Coot. On closed ponds. Reedrika, 63:655–660, 1976.",
            ("Heron", "Wren", "Coot"),
            "On closed ponds",
        ),
        ("Heron, R., and K. Coot. On closed ponds. Reedrika, 63:655–660, 1976.", ("Heron", "Coot"), "On closed ponds"),
        ("J. Heron, K. Wren, “On ponds,” Reed Reviews, vol. 3, 1995.", ("Heron", "Wren"), "On ponds"),
        ("Heron, J. Nature, a view. Reed Press, 1995.", ("Heron",), "Nature, a view"),
    ],
)
def test_authors_with_initials_in_front_are_parted_from_the_title(
    entry: str, authors: tuple[str, ...], title: str
) -> None:
    read = parse_reference(entry)

    assert (read.authors, read.title) == (authors, title)


def test_four_initials_behind_a_name_are_no_name() -> None:
    entry = "Heron R, Wren J, Coot WPJM (2000). “On Ponds from Different Sides.” Reed Reviews, 54(1), 72–77."

    assert parse_reference(entry).authors == ("Heron", "Wren", "Coot")
