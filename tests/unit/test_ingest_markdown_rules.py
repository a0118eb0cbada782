"""A long rule in a Markdown file is a rule, and no nesting too deep to be read."""

import pytest

from ingest.markup.markdown import load_markdown
from ingest.parts import Kind


@pytest.mark.parametrize("rule", ["-" * 80, "=" * 80, "*" * 80, "- " * 80])
def test_a_long_rule_leaves_a_file_markdown(rule: str) -> None:
    raw = f"---\ntitle: Ponds\n---\n\n# Reeds\n\nReeds *grow* in ponds.\n\n{rule}\n\nThey are green.\n"

    reading = load_markdown(raw.encode(), "ponds.md")

    assert reading.metadata.title == "Ponds"
    assert "Reeds grow in ponds." in [part.chunk.text for part in reading.parts]


def test_a_title_underlined_at_length_is_a_heading() -> None:
    raw = f"The ponds of the north and all the reeds that grow in them and beside them\n{'-' * 74}\n\nReeds grow.\n"

    parts = load_markdown(raw.encode(), "ponds.md").parts

    assert parts[0].kind is Kind.HEADING
    assert parts[0].chunk.text.endswith("beside them")
