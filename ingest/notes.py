"""Find the markers of notes in running text, figures glued to the end of a word or bracket, and link the two."""

import re
from bisect import bisect_left, bisect_right
from collections.abc import Callable, Collection, Iterator

from core.records import BlockKind, Document, NoteRef, Span

__all__ = ["anchors", "find_note_refs", "note_links", "raised_text", "unmarked_text"]

_SUPERSCRIPT = str.maketrans("0123456789", "⁰¹²³⁴⁵⁶⁷⁸⁹")

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


def raised_text(document: Document, span: Span) -> str:
    """Return a slice of a document's text with the figures of note markers raised, as they are in print."""
    return _marked(document, span, lambda marker: marker.translate(_SUPERSCRIPT))


def unmarked_text(document: Document, span: Span) -> str:
    """Return a slice of a document's text without note markers, so that a figure is none with its marker behind it."""
    return _marked(document, span, lambda marker: "")


def _marked(document: Document, span: Span, shown: Callable[[str], str]) -> str:
    start, end = span
    text = document.text[start:end]
    refs = document.note_refs
    first = bisect_left(refs, start, key=lambda ref: ref.start)
    for ref in reversed(refs[first : bisect_left(refs, end, lo=first, key=lambda ref: ref.start)]):
        if ref.end <= end:
            begin, stop = ref.start - start, ref.end - start
            text = text[:begin] + shown(text[begin:stop]) + text[stop:]
    return text
