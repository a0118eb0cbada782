"""Find the markers of notes in running text, figures glued to the end of a word or bracket, and link the two."""

import re
from bisect import bisect_right
from collections.abc import Collection, Iterator

from core.records import BlockKind, Document, NoteRef

__all__ = ["anchors", "find_note_refs", "note_links"]

# A mark of punctuation, then one to three figures, then a space or the end. '1.6 trillion', '14,300' and '3:15' are
# numbers: the lookbehinds keep out a figure after a decimal point or colon, and a comma followed by three figures.
# Behind a year and a full stop they count where the next sentence begins.
_ABBREVIATION = re.compile(
    r"\b(?:pp?|figs?|nos?|vols?|ch|chap|secs?|sect|tabs?|eqs?|cf|nr|art|arts|ca|c|n|nn)\.$", re.IGNORECASE
)
_MARKER = re.compile(
    r"(?<=[^\s\d][.,;:!?’”\")\]])(\d{1,3})(?=[\s—]|$)|(?<=\d\d\d\d[,;])(\d{1,2})(?=\s)"
    r"|(?<=(?<![\d.,])(?:1[5-9]|20)\d\d\.)(\d{1,2})(?=\s+[^\W\d_a-z]|$)"
)


def find_note_refs(text: str, numbers: Collection[str], offset: int = 0) -> Iterator[NoteRef]:
    """Yield the note markers of a paragraph; only numbers of notes that the document has count.

    Args:
        text: the paragraph.
        numbers: the numbers of the document's notes.
        offset: where the paragraph begins in the clean text.
    """
    for match in _MARKER.finditer(text):
        number = match.group(1) or match.group(2) or match.group(3)
        if number in numbers and not _ABBREVIATION.search(text, max(0, match.start() - 8), match.start()):
            yield NoteRef(number, offset + match.start(), offset + match.end())


def note_links(document: Document) -> dict[int, int]:
    """Return for each marker, by where it begins, where the note that it means begins.

    A marker means the next note of its number, as a book's numbers begin anew with each chapter, else the last one.
    """
    starts: dict[str, list[int]] = {}
    for block in document.blocks:
        if block.kind is BlockKind.NOTE:
            starts.setdefault(block.label, []).append(block.start)
    found = {}
    for ref in document.note_refs:
        if notes := starts.get(ref.number):
            found[ref.start] = notes[min(bisect_right(notes, ref.start), len(notes) - 1)]
    return found


def anchors(document: Document) -> dict[int, NoteRef]:
    """Return the first marker of each note, by where the note begins."""
    links = note_links(document)
    return {links[ref.start]: ref for ref in reversed(document.note_refs) if ref.start in links}
