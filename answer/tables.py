"""Show a table whole when its caption is what answers."""

from collections.abc import Mapping, Sequence
from dataclasses import replace

from answer.evidence import Evidence
from core.records import BlockKind, Document

__all__ = ["whole_table"]

MOST_WORDS = 180  # a longer table is cut after a row


def whole_table(quotes: Sequence[Evidence], documents: Mapping[str, Document]) -> Evidence | None:
    """Return the only quote widened from a caption to the rows under it; footnotes and source line are left off.

    None when there are other quotes, when this one is no caption, or when the cells of its table are not known.
    """
    if len(quotes) != 1:
        return None
    caption = quotes[0]
    document = documents[caption.hit.passage.document_id]
    start, end = caption.span
    table = next((b for b in document.blocks if b.kind is BlockKind.TABLE and b.start == start), None)
    if table is None or not table.columns or end != start + len(table.label):
        return None
    for _, row_end in (line for line in table.lines if "\t" in document.text[line[0] : line[1]]):
        if len(document.text[start:row_end].split()) > MOST_WORDS:
            break
        end = row_end
    return replace(caption, span=(start, end), text=document.text[start:end])
