"""Notes of plain text whose numbers stand in brackets, in the text and before the note: '[1]', '[Footnote 1: …]'."""

import re
from collections.abc import Collection, Iterator, Sequence
from dataclasses import replace

from ingest.cited.references import heads_references
from ingest.lines import Line
from ingest.parts import Kind, Part

__all__ = ["with_bracketed_notes"]

# What has numbers alone, as '[1] 3.14', is printed by a console.
_NOTE = re.compile(r"\[(?:(\d{1,3})\]|(?:foot)?note (\d{1,3}):)\s+(?![-+\d.,e\s]+$)\S", re.IGNORECASE)
_MARKER = re.compile(r"(?<=\S)( ?)(\[(\d{1,3})\])(?!\()")


def with_bracketed_notes(parts: Sequence[Part]) -> Iterator[Part]:
    """Yield the parts, paragraphs that open with a number in brackets as notes where a marker before them has it.

    What goes on as deep as a note's second line is the note's, too. Entries of a bibliography are none.
    """
    notes = _notes(parts)
    numbers = frozenset(notes.values())
    lines: list[Line] = []  # of the note that is being read
    open_note: Part | None = None
    for i, part in enumerate(parts):
        if open_note is not None and i not in notes and _goes_on(part, lines):
            lines.extend(part.chunk.lines)
            continue
        if open_note is not None:
            yield _as_note(open_note, lines)
            open_note = None
        if i in notes:
            open_note, lines = replace(part, label=notes[i]), list(part.chunk.lines)
        elif part.kind is Kind.PROSE and numbers:
            yield replace(part, chunk=replace(part.chunk, lines=tuple(_marked(part.chunk.lines, numbers))))
        else:
            yield part
    if open_note is not None:
        yield _as_note(open_note, lines)


def _notes(parts: Sequence[Part]) -> dict[int, str]:
    """The numbers of the parts that are notes, by their positions."""
    found: dict[int, str] = {}
    seen: set[str] = set()
    listing = False
    for i, part in enumerate(parts):
        if part.kind in (Kind.HEADING, Kind.FRONT):
            listing = heads_references(part.chunk.text)
        elif part.kind is Kind.PROSE:
            match = _NOTE.match(part.chunk.lines[0].text)
            number = (match[1] or match[2]) if match else ""
            if number in seen and not listing:
                found[i] = number
                seen.discard(number)
            seen.update(marker[3] for line in part.chunk.lines for marker in _MARKER.finditer(_even(line.text)))
    return found


def _goes_on(part: Part, lines: Sequence[Line]) -> bool:
    """Say whether a part stands as deep as the second line of the note before it."""
    hanging = len(lines) > 1 and lines[1].indent > lines[0].indent
    return hanging and part.kind is Kind.PROSE and all(line.indent >= lines[1].indent for line in part.chunk.lines)


def _as_note(part: Part, lines: Sequence[Line]) -> Part:
    return replace(part, kind=Kind.NOTE, level=0, chunk=replace(part.chunk, lines=tuple(lines)))


def _marked(lines: Sequence[Line], numbers: Collection[str]) -> Iterator[Line]:
    for line in lines:
        text = _even(line.text)
        marks = tuple(match.span(2) for match in _MARKER.finditer(text) if match[3] in numbers)
        yield replace(line, text=text, marks=marks) if marks else line


def _even(text: str) -> str:
    return re.sub(r" {2,}", " ", text)
