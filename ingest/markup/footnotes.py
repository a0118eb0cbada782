"""Footnotes in Markdown: '[^1]' in the text, and '[^1]: The note.' with its further paragraphs indented."""

import re
from typing import TYPE_CHECKING, Any
from urllib.parse import quote

if TYPE_CHECKING:
    from markdown_it import MarkdownIt

__all__ = ["add_footnotes"]

_LABEL = re.compile(r"\[\^([^\]\s^]+)\]")
_KNOWN = "ibid_footnotes"


def add_footnotes(parser: "MarkdownIt") -> None:
    """Teach a parser footnotes: a marker becomes a link in a sup, its definition an element with the role of a note.

    A marker without a definition, and a definition without a marker, stay what they are.
    """
    parser.block.ruler.before("reference", "ibid_footnote", _definition, {"alt": ["paragraph", "reference"]})
    parser.inline.ruler.before("link", "ibid_footnote_ref", _marker)


def _definition(state: Any, start: int, end: int, silent: bool) -> bool:  # noqa: ANN401 - the library's protocol
    """A rule for blocks: read a definition and the blocks that it holds."""
    begin = state.bMarks[start] + state.tShift[start]
    match = _LABEL.match(state.src, begin, state.eMarks[start])
    if match is None or state.src[match.end() : match.end() + 1] != ":" or state.is_code_block(start):
        return False
    if silent:
        return True
    state.env.setdefault(_KNOWN, set()).add(match.group(1))
    opening = state.push("footnote_open", "div", 1)
    opening.attrs = {"id": f"fn-{match.group(1)}", "role": "doc-footnote"}
    opening.block = True
    opening.map = lines = [start, start + 1]
    before = state.bMarks[start], state.tShift[start], state.sCount[start], state.blkIndent, state.parentType
    content = match.end() + 1
    while content < state.eMarks[start] and state.src[content] in " \t":
        content += 1
    state.bMarks[start], state.tShift[start] = content, 0
    state.blkIndent += 4
    state.sCount[start] = state.blkIndent
    state.parentType = "footnote"
    state.md.block.tokenize(state, start, end)
    state.bMarks[start], state.tShift[start], state.sCount[start], state.blkIndent, state.parentType = before
    lines[1] = state.line
    state.push("footnote_close", "div", -1).block = True
    return True


def _marker(state: Any, silent: bool) -> bool:  # noqa: ANN401
    """A rule for running text: read the marker of a note that the document defines."""
    match = _LABEL.match(state.src, state.pos, state.posMax)
    if match is None or match.group(1) not in state.env.get(_KNOWN, ()):
        return False
    if not silent:
        state.push("sup_open", "sup", 1)
        link = state.push("link_open", "a", 1)
        link.attrs = {"href": f"#{quote('fn-' + match.group(1))}", "role": "doc-noteref"}
        label = match.group(1)
        state.push("text", "", 0).content = label if label.isdigit() or len(label) == 1 else f"[{label}]"
        state.push("link_close", "a", -1)
        state.push("sup_close", "sup", -1)
    state.pos = match.end()
    return True
