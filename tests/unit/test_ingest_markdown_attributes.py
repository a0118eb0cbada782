"""The attributes that Pandoc's headings bear are no words of theirs."""

import pytest

from ingest.markup.markdown import load_markdown


@pytest.mark.parametrize(
    ("line", "heading"),
    [
        ("## Reeds and ponds {#reeds}", "Reeds and ponds"),
        ("## Reeds {#reeds .unnumbered key=3}", "Reeds"),
        ("## Reeds *of old* {-}", "Reeds of old"),
        ("Reeds {.unlisted}\n---", "Reeds"),
        ("## The set {a, b}", "The set {a, b}"),
        ("## The sign {#}", "The sign {#}"),
    ],
)
def test_attributes_are_left_out_of_a_heading(line: str, heading: str) -> None:
    parts = load_markdown(f"# Ponds\n\nOf ponds.\n\n{line}\n\nReeds grow.\n".encode(), "ponds.md").parts

    assert heading in [part.chunk.text for part in parts]
