"""From the clean text back to the raw lines: what became of each line, told so that it can be undone."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from core.records import Span
from ingest.document import ReadDocument

__all__ = ["Edit", "TracedLine", "restore", "trace"]


@dataclass(frozen=True, slots=True)
class Edit:
    """What to do to a slice of the clean text to have the raw line back: at `at`, `removed` goes and `raw` comes."""

    at: int
    removed: str
    raw: str


@dataclass(frozen=True, slots=True)
class TracedLine:
    """A raw line; `clean` is its slice of the clean text, None where the line stands there in no one place.

    Such a line (a blank one, a running header, a line of a table whose cells were sorted into rows) is kept whole, as
    one edit.
    """

    number: int
    clean: Span | None
    edits: tuple[Edit, ...]


def trace(read: ReadDocument) -> tuple[TracedLine, ...]:
    """Return what became of each raw line of a document, in order."""
    spans = {placed.number: placed.clean for placed in read.placed if not placed.row}
    sorted_into_rows = {placed.number for placed in read.placed if placed.row}
    text = read.document.text
    lines = []
    for number, raw in enumerate(read.reading.lines, start=1):
        span = None if number in sorted_into_rows else spans.get(number)
        edits = tuple(_edits(text[slice(*span)], raw)) if span else ((Edit(0, "", raw),) if raw else ())
        lines.append(TracedLine(number, span, edits))
    return tuple(lines)


def restore(text: str, traced: Sequence[TracedLine]) -> tuple[str, ...]:
    """Return the raw lines that a clean text was made from."""
    return tuple(_undone(text[slice(*line.clean)] if line.clean else "", line.edits) for line in traced)


def _undone(clean: str, edits: Sequence[Edit]) -> str:
    pieces, position = [], 0
    for edit in edits:
        pieces += [clean[position : edit.at], edit.raw]
        position = edit.at + len(edit.removed)
    return "".join([*pieces, clean[position:]])


def _edits(clean: str, raw: str) -> Iterator[Edit]:
    """Yield the edits that turn a clean slice into its raw line.

    The clean slice is the raw line less spaces, hyphens and marks, with a plain space here and there: so a greedy walk
    over both is enough, and whatever the walk does not match is an edit, which makes it right by construction.
    """
    i = j = 0
    while i < len(clean) or j < len(raw):
        begin = i, j
        while i < len(clean) and j < len(raw) and clean[i] != raw[j]:
            i, j = (i + 1, j + raw[j].isspace()) if clean[i] == " " else (i, j + 1)
        if i == len(clean) or j == len(raw):
            i, j = len(clean), len(raw)
        if (i, j) != begin:
            yield Edit(begin[0], clean[begin[0] : i], raw[begin[1] : j])
        while i < len(clean) and j < len(raw) and clean[i] == raw[j]:
            i, j = i + 1, j + 1
