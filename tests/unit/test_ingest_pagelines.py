"""A running line that counts pages is short; a long line that ends in a number is text."""

from ingest.pagelines import numbered_pages


def rows(line: str) -> list[str]:
    """Six pages of forty rows, each under a line that ends in its number."""
    return [row for page in range(1, 7) for row in ("", f"{line} {page}", "", *["text"] * 37)]


def test_a_short_line_that_counts_heads_the_pages():
    assert len(numbered_pages(rows("Survey of ponds"))) == 6


def test_a_long_line_is_none_and_is_not_searched():  # which takes the cube of its length
    assert numbered_pages(rows("word, " * 30)) == frozenset()
    assert numbered_pages(["", "word, " * 100_000, ""]) == frozenset()
