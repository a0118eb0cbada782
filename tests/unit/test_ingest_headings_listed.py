"""Whose the rights are is no heading, nor are entries of contents that stand on lines together."""

import pytest

from ingest.headings import looks_like_heading
from ingest.lines import Chunk, Line


@pytest.mark.parametrize(
    ("lines", "heads"),
    [
        (["Copyright © 2001-2004 Paul 'Wren' Heron"], False),
        (["1.1. Purpose", "1.2. Conventions"], False),
        (["1.1. Purpose"], True),
        (["3.2 Ponds before 2.0"], True),
        (["3.2 The Rise of Version 2.0 Ponds"], True),
        (["Ponds of the North"], True),
    ],
)
def test_a_line_of_rights_or_of_several_entries_is_no_heading(lines: list[str], heads: bool) -> None:
    chunk = Chunk(
        tuple(Line(line, i, None) for i, line in enumerate(lines, start=1)), after_blank=True, after_break=False
    )

    assert looks_like_heading(chunk) is heads
