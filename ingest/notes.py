"""Find the markers of notes in running text: figures glued to the end of a word, sentence or bracket."""

import re
from collections.abc import Collection, Iterator

from core.records import NoteRef

__all__ = ["find_note_refs"]

# A mark of punctuation, then one to three figures, then a space or the end. '1.6 trillion', '14,300' and '3:15' are
# numbers: the lookbehinds keep out a figure after a decimal point or colon, and a comma followed by three figures.
_MARKER = re.compile(r"(?<=[^\s\d][.,;:!?’”\")\]])(\d{1,3})(?=[\s—]|$)|(?<=\d\d\d\d[,;])(\d{1,2})(?=\s)")


def find_note_refs(text: str, numbers: Collection[str], offset: int = 0) -> Iterator[NoteRef]:
    """Yield the note markers of a paragraph; only numbers of notes that the document has count.

    Args:
        text: the paragraph.
        numbers: the numbers of the document's notes.
        offset: where the paragraph begins in the clean text.
    """
    for match in _MARKER.finditer(text):
        number = match.group(1) or match.group(2)
        if number in numbers:
            yield NoteRef(number, offset + match.start(), offset + match.end())
