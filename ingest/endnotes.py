"""The notes at the end of a text: where they begin, their sub-headings, and the notes themselves by their numbers."""

import re
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, field

from ingest.cited.references import heads_references
from ingest.headings import looks_like_heading
from ingest.lines import Chunk, Line
from ingest.parts import Kind, Part

__all__ = ["NOTES", "EndNotes", "heads_more_notes", "heads_notes", "title_words"]

NOTES = re.compile(r"(?:end|foot)?notes?$", re.IGNORECASE)
_NOTE = re.compile(r"(\d{1,3})[.)]?\s+\S")
# What parts of a book are called that have notes; others are known by the headings over the text.
_PART = re.compile(
    r"(?:chapter|part|section|introduction|conclusion|preface|foreword|prologue|epilogue|afterword|kapitel|einleitung)\b",
    re.IGNORECASE,
)
_AHEAD = 2  # lines of a sub-heading, such as 'Chapter 2' over the chapter's title


@dataclass(slots=True)
class EndNotes:
    """The notes that are being read: whether their section is `open`, its level, and the number of the last note.

    `known` are the headings over the text so far, in the words that `title_words` makes of them.
    """

    open: bool = False
    level: int = 0
    last: int = 0
    known: set[tuple[str, ...]] = field(default_factory=set)
    _headed: bool = False  # whether a sub-heading came last, under which numbers may begin anew

    def see(self, heading: str, level: int) -> None:
        """Take note of a heading of the text, which opens or ends the section of notes."""
        self.open, self.level, self.last, self._headed = bool(NOTES.match(heading)), level, 0, False
        self.known.add(title_words(heading))

    def go_on(self, groups: Sequence[Chunk], position: int) -> bool:
        """Say whether a chunk is a sub-heading in the section of notes: numbered notes follow it."""
        chunk = groups[position]
        if not self.open or not _is_title(chunk):
            return False
        ahead = _lines_ahead(groups, position, most=_AHEAD)
        return bool(ahead) and heads_more_notes(chunk.text, ahead[-1].text, self.last, self.known)

    def heading(self, chunk: Chunk) -> Part:
        """Return a sub-heading as a part, a level below that of the section."""
        self._headed = True
        return Part(Kind.HEADING, chunk, self.level + 1)

    def cut(self, chunk: Chunk) -> Iterator[Part]:
        """Part a chunk into notes, numbered on from the last or from 1, and sub-headings; other text has its number."""
        begin = 0
        for i, line in enumerate(chunk.lines):
            if self._heads(chunk, i):
                yield from self._note(chunk, begin, i)
                yield self.heading(chunk.cut(i, i + 1))
                begin = i + 1
                continue
            match = _NOTE.match(line.text)
            number = int(match.group(1)) if match else -1
            anew = number == 1 and (self._headed or (self.last > 1 and i == 0 and chunk.after_blank))
            if number == self.last + 1 or anew:
                yield from self._note(chunk, begin, i)
                begin, self.last, self._headed = i, number, False
        yield from self._note(chunk, begin, len(chunk.lines))

    def _note(self, chunk: Chunk, begin: int, end: int) -> Iterator[Part]:
        if end > begin:
            yield Part(Kind.NOTE, chunk.cut(begin, end), label=str(self.last or ""))

    def _heads(self, chunk: Chunk, i: int) -> bool:
        """Say whether a line within a chunk is a sub-heading: one that the text has, or that names a part of it."""
        line = chunk.cut(i, i + 1)
        if i + 1 == len(chunk.lines) or not _is_title(line):
            return False
        said = title_words(line.text) in self.known or bool(_PART.match(line.text))
        return said and heads_more_notes(line.text, chunk.lines[i + 1].text, self.last, self.known)


def heads_notes(groups: Sequence[Chunk], position: int) -> bool:
    """Say whether a line is the heading of notes: the word alone, and note 1 under it or under a sub-heading."""
    if not NOTES.match(groups[position].text):
        return False
    ahead = _lines_ahead(groups, position, most=_AHEAD)
    note = _NOTE.match(ahead[-1].text) if ahead else None
    return bool(note and note.group(1) == "1")


def heads_more_notes(heading: str, following: str, last: int, known: Collection[tuple[str, ...]]) -> bool:
    """Say whether what stands under a heading in the section of notes is one more note, and not other text.

    Args:
        heading: its words.
        following: the line under it.
        last: the number of the last note, or 0.
        known: the headings over the text, where numbers that begin anew are those of a part of it.
    """
    note = _NOTE.match(following)
    if note is None or heads_references(heading):
        return False
    number = int(note.group(1))
    return number == last + 1 or (number == 1 and (title_words(heading) in known or bool(_PART.match(heading))))


def title_words(heading: str) -> tuple[str, ...]:
    """Return the words of a heading without a number before them, for comparison."""
    return tuple(re.findall(r"\w+", re.sub(r"^[\d.]+\s+(?=\S)", "", heading).casefold()))


def _is_title(chunk: Chunk) -> bool:
    return not _NOTE.match(chunk.text) and looks_like_heading(chunk)


def _lines_ahead(groups: Sequence[Chunk], position: int, *, most: int) -> list[Line]:
    """The lines behind a chunk up to the first that is no title, of which there are fewer than `most`."""
    found: list[Line] = []
    for line in (line for chunk in groups[position + 1 : position + 1 + most] for line in chunk.lines[:most]):
        found.append(line)
        if len(found) == most or not _is_title(Chunk((line,), after_blank=True, after_break=False)):
            break
    return found
