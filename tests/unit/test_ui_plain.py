"""Text in Markdown is text: every mark escaped, lines and words as they were."""

from html import unescape

import pytest
from markdown_it import MarkdownIt

from ui.plain import markdown_text, one_line


@pytest.mark.parametrize(
    ("text", "written"),
    [
        ("Herons *wait* & <b>eat</b>.", "Herons \\*wait\\* \\& \\<b\\>eat\\</b\\>."),
        ("1. Ponds\n  - mills\n+ 3.5 m", "1\\. Ponds\n  \\- mills\n\\+ 3.5 m"),
        ("Ponds\n=====\n---", "Ponds\n\\=====\n\\---"),
        ("at http://a.example, www.b.example, c@d.example", "at http\\://a.example, www\\.b.example, c\\@d.example"),
        ("a well-known mill: 1=1 (-3).", "a well-known mill: 1=1 (-3)."),
    ],
)
def test_marks_are_escaped_and_nothing_else(text, written):
    assert markdown_text(text) == written


@pytest.mark.parametrize("begin", "# a;> a;- a;+ a;* a;1. a;12) a;===;---;***;| a | b |".split(";"))
def test_no_line_begins_more_than_a_paragraph(begin):
    parser = MarkdownIt("commonmark").enable(["table", "strikethrough"])
    rendered = parser.render(markdown_text(f"a\n{begin}\n\n{begin}"))
    assert unescape(rendered) == f"<p>a\n{begin}</p>\n<p>{begin}</p>\n"


def test_one_line_parts_cells_by_bars():
    assert one_line(" Mill\tPond\n wide ") == "Mill | Pond wide"
