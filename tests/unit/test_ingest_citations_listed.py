"""Citations one behind the other, behind an abbreviation, and what code has in their shape."""

import pytest

from core.records import Block, BlockKind
from ingest.cited.citations import find_citations


def _cited(text: str) -> list[tuple[tuple[str, ...], str]]:
    block = Block(BlockKind.PARAGRAPH, 0, len(text), None, ())
    return [(source.authors, source.year) for source in find_citations(text, [block])]


@pytest.mark.parametrize(
    ("text", "cited"),
    [
        (
            "See also Heron and Wren (2010, Section 2.1), Coot et al. (2016, Section 1.1), Bittern (2017, p. 3).",
            [(("Heron", "Wren"), "2010"), (("Coot",), "2016"), (("Bittern",), "2017")],
        ),
        (
            "It fits additive models (generalized models for place and shape, GAMPS, Heron and Wren 2005) to reeds.",
            [(("Heron", "Wren"), "2005")],
        ),
        (
            "It is kept by compressed sparse rows (CSR, Heron 2006, Chapter 2) and read.",
            [(("Heron",), "2006")],
        ),
        ("Bodies agree (see WHO, FAO and UNICEF 2005).", [(("WHO", "FAO", "UNICEF"), "2005")]),
        ("Water is unsafe there (WHO 2005).", [(("WHO",), "2005")]),
        ("Take in.year <- subset(reeds, isoWeekYear(epoch(reeds))$ISOYear<=2010) of them.", []),
        ('Then with(as.POSIXlt(x, tz = "GMT"), 1900 + year) is the year.', []),
    ],
)
def test_each_citation_has_its_own_authors(text: str, cited: list[tuple[tuple[str, ...], str]]) -> None:
    assert _cited(text) == cited
