"""Markdown as structure: rendered to a tree of HTML in which each block says in which line it begins."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import pairwise
from typing import TYPE_CHECKING, Any

from ingest.encodings import guess_warning
from ingest.lines import split_rows
from ingest.markup.bibliography import part_entries
from ingest.markup.footnotes import add_footnotes
from ingest.markup.html import read_tree
from ingest.markup.tree import LINE, parse_html
from ingest.markup.webmeta import iso_date
from ingest.metadata import Metadata
from ingest.parts import Dropped, Reading
from ingest.text import decode, parse_text

if TYPE_CHECKING:
    from markdown_it import MarkdownIt

__all__ = ["load_markdown"]

_MOST_NESTING = 100  # levels that the parser follows; it would leave out what is deeper
_RULE = r"[ \t]*([-*])(?:[ \t]*\1)*[ \t]*$"  # nests nothing, however long
_DEEP = re.compile(
    rf"^(?!{_RULE})[ \t]*(?:>[ \t]*|(?:[-*+]|\d{{1,9}}[.)])[ \t]+){{60,}}"
    r"|^[ \t]{240,}\S|\[{1000,}|[*_`]{2000,}",
    re.MULTILINE,
)
_ATTRIBUTES = re.compile(r"\s*\{(?:-|[#.][\w:.-]+(?:\s+[^{}]*)?)\}\s*$")  # Pandoc's, at the end of a heading
_FENCE = re.compile(r"-{3}\s*$")
_FIELD = re.compile(r"([A-Za-z][\w-]*)\s*:\s*(.*)$")
_ITEM = re.compile(r"\s*-\s+(.*)$")


def load_markdown(data: bytes, name: str) -> Reading:
    """Read Markdown: CommonMark with tables, footnotes and front matter.

    Raises:
        InputError: the bytes are no text.
    """
    return replace(_read(decode(data, name), name), warnings=guess_warning(data, name))


def _read(raw: str, name: str) -> Reading:
    if _DEEP.search(raw):  # no structure that a person wrote; as plain text no word of it is lost
        return parse_text(raw)
    rows = split_rows(raw.replace("\f", "\n"))
    end = _front_matter_end(rows)
    source = "\n".join([*([""] * end), *rows[end:]])
    parser = _parser()
    env: dict[str, Any] = {}
    try:
        tokens = parser.parse(source, env)
    except RecursionError:
        return parse_text(raw)
    if any(token.level >= _MOST_NESTING - 1 for token in tokens):
        return parse_text(raw)
    html = str(parser.renderer.render(tokens, parser.options, env))
    reading = read_tree(parse_html(html, name), metadata=_metadata(rows[1 : max(end - 1, 1)]), lines=rows)
    front = tuple(Dropped(i, None, row, "front matter") for i, row in enumerate(rows[:end], start=1) if row.strip())
    return Reading(reading.parts, reading.lines, metadata=reading.metadata, dropped=(*front, *reading.dropped))


def _parser() -> "MarkdownIt":
    from markdown_it import MarkdownIt

    parser = MarkdownIt("commonmark", {"maxNesting": _MOST_NESTING}).enable(["table", "strikethrough"])
    add_footnotes(parser)
    part_entries(parser)
    parser.core.ruler.push("ibid_lines", _number_blocks)
    parser.core.ruler.push("ibid_attributes", _leave_out_attributes)
    parser.add_render_rule("html_block", _html_block)
    return parser


def _number_blocks(state: Any) -> None:  # noqa: ANN401 - a type of the library's that it does not export
    """Give each block the number of its first line."""
    for token in state.tokens:
        if token.map and token.nesting >= 0:
            token.attrSet(LINE, str(token.map[0] + 1))


def _leave_out_attributes(state: Any) -> None:  # noqa: ANN401
    """Take the attributes of a heading, such as '{#id}', from its words."""
    for opening, inside in pairwise(state.tokens):
        if opening.type == "heading_open" and inside.children and inside.children[-1].type == "text":
            inside.children[-1].content = _ATTRIBUTES.sub("", inside.children[-1].content)


def _html_block(renderer: Any, tokens: Sequence[Any], index: int, options: Any, env: Any) -> str:  # noqa: ANN401
    """A block of HTML as it stands, behind an element that gives its line."""
    del renderer, options, env
    token = tokens[index]
    return f'<wbr {LINE}="{token.attrGet(LINE)}">{token.content}'


def _front_matter_end(rows: Sequence[str]) -> int:
    """How many rows the front matter takes: a block of fields between two rows of three dashes; 0 without one."""
    if not rows or not _FENCE.match(rows[0]):
        return 0
    for i, row in enumerate(rows[1:], start=1):
        if _FENCE.match(row) or row.strip() == "...":
            return i + 1 if i > 1 and _FIELD.match(rows[1]) else 0
    return 0


def _metadata(rows: Sequence[str]) -> Metadata:
    said = dict(_fields(rows))
    authors = said.get("author") or said.get("authors") or []
    if len(authors) == 1:
        authors = re.split(r";\s*|,\s+and\s+|\s+(?:and|&)\s+", authors[0])
    return Metadata(
        title=" ".join(said.get("title", [])),
        authors=tuple(filter(None, (name.strip() for name in authors))),
        date=iso_date(" ".join(said.get("date", []))),
    )


def _fields(rows: Sequence[str]) -> Iterator[tuple[str, list[str]]]:
    """The fields of front matter in their simple forms: 'key: value', 'key: [a, b]', and a list under 'key:'."""
    values: list[str] = []
    for row in rows:
        if match := _FIELD.match(row):
            said = match.group(2).strip()
            listed = said.startswith("[") and said.endswith("]")
            values = [text for part in (said[1:-1].split(",") if listed else [said]) if (text := _unquoted(part))]
            yield match.group(1).lower(), values
        elif (item := _ITEM.match(row)) and (text := _unquoted(re.sub(r"^name:\s*", "", item.group(1)))):
            values.append(text)


def _unquoted(text: str) -> str:
    text = text.strip()
    return text[1:-1] if len(text) > 1 and text[0] == text[-1] and text[0] in "\"'" else text
