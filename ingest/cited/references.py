"""Find a document's bibliography and its entries."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from core.records import Block, BlockKind, Reference
from ingest.cited.entries import LABEL, opens_entry, parse_reference
from ingest.lines import Chunk, Line
from ingest.parts import Kind, Part

__all__ = ["find_references", "heads_references", "mark_references", "parse_reference", "split_entries"]

_HEADING = re.compile(
    r"#*\s*(?:(?:\d{1,2}(?:\.\d{1,2})*|[IVX]+)\.?\s+)?(?:"
    r"(?:list\s+of\s+|selected\s+|cited\s+|primary\s+|secondary\s+)?(?:references|bibliography|works|literature|sources)"
    r"(?:\s+(?:cited|consulted|list))?|bibliographie|literatur(?:verzeichnis)?|quellen(?:verzeichnis)?|bibliograf[ií]a|"
    r"r[ée]f[ée]rences(?:\s+bibliographiques)?|referencias|参考文献|参考资料|引用文献)\s*:?\s*#*",
    re.IGNORECASE,
)
_DATED = re.compile(r"\b(?:1[5-9]|20)\d\d|https?://|\b(?:n\.d\.|forthcoming|in press)", re.IGNORECASE)
_ENTRY_ENDS = re.compile(r"(?:[.)\]”’?!]|\d|https?://\S+|\bdoi\S*)$")
_BEHIND = re.compile(
    r"(?:author )?affiliations?|(?:authors?[’']?s?[’']? )?address(?:es)?|(?:author )?correspondence|about the authors?",
    re.IGNORECASE,
)
_ENOUGH = 0.4  # of the entries under a heading look like entries, else it is no bibliography


@dataclass(frozen=True, slots=True)
class _Row:
    """A line of a bibliography; `blank` and `turned` say what parts it from the line before."""

    line: Line
    blank: bool
    turned: bool


def heads_references(text: str) -> bool:
    """Say whether a line is the heading of a bibliography; 'Works' alone is not."""
    match = _HEADING.fullmatch(text.strip())
    return bool(match) and text.strip(" #:").casefold() not in ("works", "literature list")


def mark_references(parts: Sequence[Part], *, wrapped: bool) -> tuple[Part, ...]:
    """Return the parts with the entries of the bibliography as parts of kind REFERENCE, one an entry.

    Args:
        parts: as a loader read them.
        wrapped: whether pages or lines cut paragraphs; else each part is a whole entry if none has several lines.

    Where no heading has entries under it, a line that says no more than such a heading is one, if it has.
    """
    marked = _marked(parts, wrapped=wrapped)
    if any(part.kind is Kind.REFERENCE for part in marked):
        return marked
    # A line alone may be the heading: not before, since it may be an entry of a table of contents.
    again = _marked([_as_heading(part) for part in parts], wrapped=wrapped)
    return again if any(part.kind is Kind.REFERENCE for part in again) else marked


def find_references(text: str, blocks: Sequence[Block]) -> tuple[Reference, ...]:
    """Return the entries of a document's bibliography, parsed, in order."""
    found: list[Reference] = []
    for block in blocks:
        if block.kind is BlockKind.REFERENCE:
            entry = parse_reference(text[block.start : block.end], found[-1].authors if found else ())
            found.append(replace(entry, start=block.start, end=block.end))
    return tuple(found)


def split_entries(chunks: Sequence[Chunk]) -> Iterator[Chunk]:
    """Part the wrapped lines of a bibliography into entries.

    What tells an entry's first line is, in this order: its number, where entries are numbered; its place to the left
    of the other lines; a blank line before it; else that it begins as entries do, and the line before ends as they do.
    """
    rows = _rows(chunks)
    starts = [0, *_starts(rows)]
    for begin, end in zip(starts, [*starts[1:], len(rows)], strict=True):
        first = rows[begin]
        if begin < end:
            yield Chunk(tuple(row.line for row in rows[begin:end]), after_blank=first.blank, after_break=first.turned)


def _marked(parts: Sequence[Part], *, wrapped: bool) -> tuple[Part, ...]:
    """Mark what stands under headings of a bibliography."""
    marked: list[Part] = []
    open_level: int | None = None  # the level of the bibliography's heading, while inside it
    run: list[Part] = []
    for part in parts:
        if open_level is not None and _is_entry(part):
            run.append(part)
            continue
        marked.extend(_entries(run, wrapped=wrapped))
        run = []
        marked.append(part)
        if part.kind in (Kind.HEADING, Kind.FRONT):
            if heads_references(part.chunk.text):
                open_level = part.level
            elif open_level is not None and part.level <= open_level:
                open_level = None
    return (*marked, *_entries(run, wrapped=wrapped))


def _as_heading(part: Part) -> Part:
    """A part that is nothing but the bibliography's heading is one, whatever the loader took it for."""
    if part.kind in (Kind.PROSE, Kind.CELL, Kind.NOTE) and not part.rows and heads_references(part.chunk.text):
        return Part(Kind.HEADING, part.chunk, level=1)
    return part


def _is_entry(part: Part) -> bool:
    if part.kind is Kind.HEADING:  # a short entry that its loader took for a heading
        text = part.chunk.text
        return opens_entry(text) and bool(re.search(r"\b(?:1[5-9]|20)\d\d\b|https?://", text))
    return part.kind in (Kind.PROSE, Kind.REFERENCE) or (part.kind is Kind.CELL and not part.rows)


def _entries(run: Sequence[Part], *, wrapped: bool) -> Iterator[Part]:
    chunks = [part.chunk for part in run]
    # Where the loader knows of lines or where they begin, it may have misjudged them.
    lined = any(len(chunk.lines) > 1 or chunk.lines[0].indent for chunk in chunks)
    entries = list(split_entries(chunks)) if chunks and (wrapped or lined) else chunks
    end = next((i for i, entry in enumerate(entries) if _BEHIND.fullmatch(entry.text.rstrip(" :"))), len(entries))
    if sum(opens_entry(entry.text) for entry in entries[:end]) < max(_ENOUGH * end, 1):
        yield from run
        return
    # What stands behind the last entry, such as the authors' addresses, is none.
    while end and not opens_entry(entries[end - 1].text) and not _DATED.search(entries[end - 1].text):
        end -= 1
    yield from (Part(Kind.REFERENCE, entry) for entry in entries[:end])
    yield from (Part(Kind.PROSE, chunk) for chunk in entries[end:])


def _rows(chunks: Sequence[Chunk]) -> list[_Row]:
    rows: list[_Row] = []
    for chunk in chunks:
        for i, line in enumerate(chunk.lines):
            parted = i == 0 and bool(rows) and line.number != rows[-1].line.number + 1
            turned = i == 0 and chunk.after_break
            rows.append(_Row(line, parted and chunk.after_blank, turned))
    return rows


def _starts(rows: Sequence[_Row]) -> list[int]:
    """The positions, but the first, of the rows that begin an entry."""
    following = range(1, len(rows))
    if _is_numbered(rows):
        return _numbered(rows)
    indents = [row.line.indent for row in rows]
    left = min(indents)
    hanging = [i for i in following if indents[i] < left + 2]
    if indents[0] < left + 2 and any(indent >= left + 2 for indent in indents) and _mostly_open(rows, hanging):
        return hanging
    parted = [i for i in following if rows[i].blank and not (rows[i].turned and _goes_on(rows, i))]
    if parted and len(rows) / (len(parted) + 1) <= 6 and _mostly_open(rows, parted):
        return parted
    return [i for i in following if opens_entry(rows[i].line.text) and _ENTRY_ENDS.search(rows[i - 1].line.text)]


def _goes_on(rows: Sequence[_Row], i: int) -> bool:
    return not (opens_entry(rows[i].line.text) and _ENTRY_ENDS.search(rows[i - 1].line.text))


def _mostly_open(rows: Sequence[_Row], starts: Sequence[int]) -> bool:
    return sum(opens_entry(rows[i].line.text) for i in starts) >= 0.5 * len(starts)


def _is_numbered(rows: Sequence[_Row]) -> bool:
    return bool(LABEL.match(rows[0].line.text)) and (len(rows) < 2 or bool(_numbered(rows)) or len(rows) < 6)


def _numbered(rows: Sequence[_Row]) -> list[int]:
    """The rows whose number follows the last entry's; where labels are no numbers, all that have one."""
    starts: list[int] = []
    last = _number(rows[0])
    for i, row in enumerate(rows[1:], start=1):
        number = _number(row)
        if number is not None and (last is None or number == last + 1):
            starts.append(i)
            last = number
        elif number is None and last is None and LABEL.match(row.line.text):
            starts.append(i)
    return starts


def _number(row: _Row) -> int | None:
    match = LABEL.match(row.line.text)
    shown = (match.group(1) or match.group(2)) if match else ""
    return int(shown) if shown.isdigit() else None
