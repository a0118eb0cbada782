"""Gather the parts of a page, and give each table the caption, notes and source line that stand beside it."""

import re
from dataclasses import dataclass, field, replace

from ingest.layout import CAPTION, SOURCE, ends_table
from ingest.parts import Kind, Part

__all__ = ["Stack"]

_FIGURE = re.compile(r"(?:fig|abb|photo|map|box)", re.IGNORECASE)
_LONGEST = 60  # words of a caption


@dataclass(slots=True)
class Stack:
    """The parts so far; `table` is the position of the table that the last of them belong to, or -1."""

    parts: list[Part] = field(default_factory=list)
    table: int = -1
    _captioned: bool = False
    _closed: bool = False  # whether its source line was read: nothing goes on with it
    _above: bool = False  # whether a table had its caption above it: then the others have, too
    _captions: set[int] = field(default_factory=set)  # positions of paragraphs that the file calls captions

    @property
    def has_caption(self) -> bool:
        """Whether the last part is the caption of a table that comes next."""
        if not self.parts:
            return False
        last = self.parts[-1]
        said = len(self.parts) - 1 in self._captions
        return last.kind is Kind.CAPTION or (
            last.kind in (Kind.PROSE, Kind.HEADING) and self._is_caption(last, said=said)
        )

    def add(self, part: Part, *, caption: bool = False, foot: bool = False) -> None:
        """Append a part; the file calls it a `caption`, of a table or of a figure, or the `foot` of a table."""
        if self.table >= 0 and part.kind is Kind.PROSE:
            if not self._captioned and not self._above and self._is_caption(part, said=caption):
                self.parts.insert(self.table, replace(part, kind=Kind.CAPTION))
                self.table += 1
                self._captioned = True
                return
            source = bool(SOURCE.match(part.chunk.text))
            if foot or (ends_table(part.chunk.text) and not self._closed):
                # More of a foot may follow a source line in it, which elsewhere ends the table.
                self.parts.append(replace(part, kind=Kind.SOURCE if source and not foot else Kind.CELL))
                self._closed = self._closed or source
                return
        self.table = -1
        if caption:
            self._captions.add(len(self.parts))
        self.parts.append(part)

    def add_table(self, part: Part) -> None:
        """Append a table; the caption may be the part before it."""
        self._captioned = self._closed = False
        if self.has_caption:
            self.parts[-1] = replace(self.parts[-1], kind=Kind.CAPTION, level=0)
            self._captioned = self._above = True
        self.table = len(self.parts)
        self.parts.append(part)

    def _is_caption(self, part: Part, *, said: bool) -> bool:
        text = part.chunk.text
        if said:
            return not _FIGURE.match(text)
        match = CAPTION.match(text)
        if not match or len(text.split()) > _LONGEST:
            return False
        return bool(match.group("stop")) or not text.endswith(".")
