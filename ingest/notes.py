"""Find the markers of notes in running text, figures glued to the end of a word or bracket, and link the two."""

import re
from bisect import bisect_left, bisect_right
from collections import Counter
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from itertools import pairwise

from core.records import Block, BlockKind, Document, NoteRef, Page, Span
from ingest.endnotes import NOTES, title_words

__all__ = [
    "anchors",
    "at_their_notes",
    "fill_note_refs",
    "find_note_refs",
    "note_links",
    "raised_text",
    "unmarked_text",
]

_SUPERSCRIPT = str.maketrans("0123456789", "⁰¹²³⁴⁵⁶⁷⁸⁹")

# A mark of punctuation, then one to three figures, then a space or the end. '1.6 million', '12,400' and '3:15' are
# numbers: the lookbehinds keep out a figure after a decimal point or colon, and a comma followed by three figures.
# Behind a year and a full stop they count where the next sentence begins.
_ABBREVIATION = re.compile(
    r"(?<!°)\b(?:pp?|figs?|nos?|vols?|ch|chap|secs?|sect|tabs?|eqs?|cf|nr|art|arts|ca|c|n|nn)\.$", re.IGNORECASE
)
_MARKER = re.compile(
    r"(?<=[^\s\d][.,;:!?’”\")\]])(\d{1,3})(?=[\s—]|$)|(?<=\d\d\d\d[,;])(\d{1,2})(?=\s)"
    r"|(?<=(?<![\d.,])(?:1[5-9]|20)\d\d\.)(\d{1,2})(?=\s+[^\W\d_a-z]|$)"
)

# What is a marker only where one is missing: behind a figure and the end of a sentence, behind a year in brackets, or
# behind a sentence that ends like an abbreviation. A sentence begins with a word that is no sign of a unit ('Hz', 'A').
_SENTENCE = r"(?=\s+[“‘\"'(]?(?:[^\W\d_a-z][^\W\d_A-Z]{2}|I\s|(?:A[nst]|By|He|I[fnst]|My|No|O[fn]|So|To|We)\s)|$)"
_UNSURE = re.compile(
    rf"(?:(?<=\d[.!?])|(?<=\d[.!?][”’\")\]])|(?<=\d[”’][.!?])|(?<=\b[CN]\.))(\d{{1,3}}){_SENTENCE}"
    r"|(?:(?<=\d\d\d\d[)\]])|(?<=\d[”;]))(\d{1,3})(?=\s|$)"
)
_ENDED = re.compile(r"[.!?][’”\")\]]*\d{0,3}\s+[^\W\d_a-z]")


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


def fill_note_refs(
    text: str, paragraphs: Sequence[Span], refs: Sequence[NoteRef], notes: Mapping[str, int]
) -> tuple[NoteRef, ...]:
    """Return the markers found, and those that a gap in their running numbers gives away.

    A figure in doubt is a marker where notes of its number lack one, the numbers of the markers before and behind it
    leave it out, and it is the only one that could be it between the two.

    Args:
        text: the clean text.
        paragraphs: where its running text stands.
        refs: the markers found, in order.
        notes: how many notes of each number the document has.
    """
    lacking = Counter(notes) - Counter(ref.number for ref in refs)
    unsure = [ref for span in paragraphs for ref in _unsure_refs(text, span, lacking)] if refs else []
    highest = max((int(number) for number in notes if number.isdecimal()), default=0)
    found = list(refs)
    for before, after in pairwise([NoteRef("0", 0, 0), *refs, NoteRef(str(highest + 1), len(text), len(text))]):
        between = [ref for ref in unsure if before.end <= ref.start < after.start]
        counts = Counter(ref.number for ref in between)
        missed = [
            r for r in between if counts[r.number] == 1 and int(before.number) < int(r.number) < int(after.number)
        ]
        numbers = [int(ref.number) for ref in missed]
        if numbers == sorted(numbers):
            found += missed
    return tuple(sorted(found, key=lambda ref: ref.start))


def _unsure_refs(text: str, span: Span, numbers: Collection[str]) -> Iterator[NoteRef]:
    start, end = span
    for match in _UNSURE.finditer(text, start, end):
        number = match.group(1) or match.group(2)
        glued = text[max(start, match.start() - 40) : match.start()].rsplit(maxsplit=1)[-1]
        decimal = glued[-2:-1].isdigit() and glued[-1] == "."
        # '1.2.3' is no sentence's end; nor, in a list's item without a stop, is a decimal at its end.
        if number not in numbers or (decimal and "." in glued[:-1]):
            continue
        if not (decimal and match.end() == end and not _ENDED.search(text, start, match.start())):
            yield NoteRef(number, match.start(), match.end())


def note_links(document: Document) -> dict[int, int]:
    """Return for each marker, by where it begins, where the note that it means begins.

    Where notes stand under the headings of the parts of a text, a marker means the note of its number under the heading
    of its part; else the next note of its number, as a book's numbers begin anew with each chapter, or the last one.
    """
    starts: dict[str, list[int]] = {}
    parts: dict[tuple[str, str], int] = {}
    for block in document.blocks:
        if block.kind is BlockKind.NOTE:
            starts.setdefault(block.label, []).append(block.start)
            parts.setdefault((_part_of(block), block.label), block.start)
    begins = _parts_noted(document, {part for part, _ in parts if part})
    found = {}
    for ref in document.note_refs:
        if notes := starts.get(ref.number):
            following = notes[min(bisect_right(notes, ref.start), len(notes) - 1)]
            at = bisect_right(begins, ref.start, key=lambda part: part[0]) - 1
            found[ref.start] = parts.get((begins[at][1], ref.number), following) if at >= 0 else following
    return found


def _part_of(block: Block) -> str:
    """The heading that a note stands under within the section of notes, or nothing."""
    return block.section[-1] if any(NOTES.match(title) for title in block.section[:-1]) else ""


def _parts_noted(document: Document, parts: Collection[str]) -> list[tuple[int, str]]:
    """Where the parts of a text begin that have notes under their headings: each at the highest heading like it."""
    headings = [
        (block.level, block.start, title_words(block.section[-1]))
        for block in document.blocks
        if parts and block.kind is BlockKind.HEADING and not any(NOTES.match(title) for title in block.section)
    ]
    found = []
    for part in parts:
        words = title_words(part)
        like = [(level, start) for level, start, title in headings if title == words] or [
            (level, start) for level, start, title in headings if _opens_with(title, words) or _opens_with(words, title)
        ]
        if like:
            found.append((min(like)[1], part))
    return sorted(found)


def _opens_with(title: tuple[str, ...], words: tuple[str, ...]) -> bool:
    """Say whether a title is a shorter one, such as 'Chapter 2', and more."""
    return 1 < len(words) < len(title) and title[: len(words)] == words


def at_their_notes(
    refs: Sequence[NoteRef], blocks: Sequence[Block], page_at: Callable[[int], Page | None]
) -> tuple[NoteRef, ...]:
    """Return markers without those of a footnote's number on other pages than it, where its own page has one.

    Those are powers and indices of formulas. Notes under a heading of their own may be referred to from any page.
    """
    pages: dict[str, set[Page | None]] = {}
    for block in blocks:
        if block.kind is BlockKind.NOTE and not any(NOTES.match(title) for title in block.section):
            pages.setdefault(block.label, set()).add(block.page)
    beside = {ref.start for ref in refs if page_at(ref.start) in pages.get(ref.number, ())}
    met = {ref.number for ref in refs if ref.start in beside}
    return tuple(ref for ref in refs if ref.start in beside or ref.number not in met)


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
