"""What a loader makes of a file: its parts in reading order, and all that it left out."""

from dataclasses import dataclass, field
from enum import StrEnum

from core.records import Page
from ingest.lines import Chunk
from ingest.metadata import Metadata
from ingest.transcription import Rows

__all__ = ["Dropped", "Kind", "Part", "Reading"]


class Kind(StrEnum):
    """What a part of a file is."""

    FRONT = "front"
    HEADING = "heading"
    PROSE = "prose"
    NOTE = "note"
    CAPTION = "caption"
    CELL = "cell"
    SOURCE = "source"
    REFERENCE = "reference"


@dataclass(frozen=True, slots=True)
class Part:
    """A chunk with what it is.

    `level` is a heading's depth from 1, or how deep in lists an item stands, or 0; `label` is a note's number as
    printed. A table that the file holds as a table is one part of kind CELL with `rows`, the names of the columns first
    and each cell on one line; its `chunk` says only where it stands. `merged` are the (row, column) positions of cells,
    empty in `rows`, that one cell above spans. `quoted` says that the file sets it as a block quotation.
    """

    kind: Kind
    chunk: Chunk
    level: int = 0
    label: str = ""
    rows: Rows = ()
    merged: frozenset[tuple[int, int]] = frozenset()
    quoted: bool = False


@dataclass(frozen=True, slots=True)
class Dropped:
    """A line of the file that is not in the clean text, and why: 'running header', 'page number', 'navigation'."""

    number: int
    page: Page | None
    text: str
    why: str


@dataclass(frozen=True, slots=True)
class Reading:
    """A file as its loader read it.

    `lines` are the file's raw lines, of which the parts' lines give the numbers from 1 (for a file without lines, such
    as a web page, its blocks of text). `wrapped` says that lines or pages cut paragraphs, so that a part
    may go on with the one before, and `width` how many characters a full line has (0 when the lines do not say).
    `warnings` are lines for the user.
    """

    parts: tuple[Part, ...]
    lines: tuple[str, ...]
    wrapped: bool = False
    width: int = 0
    metadata: Metadata = field(default_factory=Metadata)
    dropped: tuple[Dropped, ...] = ()
    warnings: tuple[str, ...] = ()
