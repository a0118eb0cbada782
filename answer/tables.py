"""Show a table whole when its caption is what answers."""

from collections.abc import Mapping
from dataclasses import replace

from answer.evidence import Evidence
from core.records import BlockKind, Document

__all__ = ["whole_table"]

MOST_WORDS = 180  # a longer table is cut after a row


def whole_table(evidence: Evidence, documents: Mapping[str, Document]) -> Evidence | None:
    """Return the evidence widened from a caption to the rows under it; None when it is not the caption of a table.

    Only a table whose cells are known is shown whole; its footnotes and source line are left off.
    """
    document = documents[evidence.hit.passage.document_id]
    start, end = evidence.span
    table = next((b for b in document.blocks if b.kind is BlockKind.TABLE and b.start == start), None)
    if table is None or not table.columns or end != start + len(table.label):
        return None
    for _, row_end in (line for line in table.lines if "\t" in document.text[line[0] : line[1]]):
        if len(document.text[start:row_end].split()) > MOST_WORDS:
            break
        end = row_end
    return replace(evidence, span=(start, end), text=document.text[start:end])
