"""The entries of a bibliography in Markdown that stand line by line, with no blank line between them."""

import re
from collections.abc import Iterator, Sequence
from copy import copy
from itertools import pairwise
from typing import TYPE_CHECKING, Any

from ingest.cited.entries import opens_entry
from ingest.cited.references import heads_references

if TYPE_CHECKING:
    from markdown_it import MarkdownIt

__all__ = ["part_entries"]

_ENDS = re.compile(r"(?:[.)\]”’?!*_>]|\d|https?://\S+|\bdoi\S*)\s*$")


def part_entries(parser: "MarkdownIt") -> None:
    """Teach a parser that under the heading of a bibliography a line that begins as entries do begins a paragraph.

    CommonMark would make one paragraph of all entries, and so one entry.
    """
    parser.core.ruler.after("block", "ibid_entries", _part)


def _part(state: Any) -> None:  # noqa: ANN401 - a type of the library's that it does not export
    """A rule for the blocks of a document, whose words are not read yet."""
    tokens = state.tokens
    parted: list[Any] = []
    listed = False
    for i, token in enumerate(tokens):
        before = tokens[i - 1].type if i else ""
        if before == "heading_open":
            listed = heads_references(token.content)
        if listed and before == "paragraph_open" and token.level == 1:
            parted.extend(_paragraphs(parted.pop(), token, tokens[i + 1]))
        else:
            parted.append(token)
    state.tokens = parted


def _paragraphs(opening: Any, words: Any, closing: Any) -> Iterator[Any]:  # noqa: ANN401
    """Yield the tokens of a paragraph as those of several, but for the end of the last."""
    rows = words.content.split("\n")
    starts = [0, *(i for i in range(1, len(rows)) if _begins(rows, i))]
    for n, (start, end) in enumerate(pairwise([*starts, len(rows)])):
        if n:
            yield closing
        begin, inline = copy(opening), copy(words)
        begin.attrs, inline.children = dict(opening.attrs), []
        begin.map = inline.map = [opening.map[0] + start, opening.map[0] + end]
        inline.content = "\n".join(rows[start:end])
        yield begin
        yield inline


def _begins(rows: Sequence[str], i: int) -> bool:
    return opens_entry(rows[i]) and bool(_ENDS.search(rows[i - 1]))
