"""Citations by number, and the numbers of a bibliography whose file counts its entries without writing them."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from core.records import Block, BlockKind, Reference, Span

__all__ = ["NUMBERS", "numbered_by_place", "numbers_in"]

NUMBERS = re.compile(r"\[\s*(\d{1,3}(?:\s?[–-]\s?\d{1,3})?(?:\s*[,;]\s*\d{1,3}(?:\s?[–-]\s?\d{1,3})?)*)\s*\]")
_NUMBER = re.compile(r"(\d{1,3})(?:\s?[–-]\s?(\d{1,3}))?")
_CITING = frozenset({BlockKind.PARAGRAPH, BlockKind.NOTE, BlockKind.TABLE})


def numbers_in(text: str, start: int, end: int) -> Iterator[tuple[int, Span]]:
    """Yield the numbers in a slice of a text, those of a range each, with where they are written."""
    for item in _NUMBER.finditer(text, start, end):
        first, last = int(item.group(1)), int(item.group(2) or item.group(1))
        yield from ((number, item.span()) for number in range(first, last + 1))


def numbered_by_place(references: Sequence[Reference], text: str, blocks: Sequence[Block]) -> tuple[Reference, ...]:
    """Return a bibliography with its entries numbered by their place, where the text cites it so; else as it is.

    The numbers of a list in Markdown, on a web page or in Word are no words of the file. That they are meant is told by
    the numbers in the text: none is higher than there are entries, and half of these are cited.

    Args:
        references: the entries in order.
        text: the clean text.
        blocks: what stands where in it.
    """
    if not references or any(entry.label for entry in references):
        return tuple(references)
    cited = {
        number
        for block in blocks
        if block.kind in _CITING
        for match in NUMBERS.finditer(text, block.start, block.end)
        for number, _ in numbers_in(text, *match.span(1))
    }
    if len(cited) < max(2, len(references) / 2) or not cited <= set(range(1, len(references) + 1)):
        return tuple(references)
    return tuple(replace(entry, label=str(place)) for place, entry in enumerate(references, start=1))
