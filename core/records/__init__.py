"""The frozen records that cross a stage: Document, Passage, Hit, Citation, Answer.

Offsets are half-open `[start, end)` character positions in `Document.text`, the clean text; pages count from 1.
"""

from core.records.answers import Answer, Citation, Difference, Hit, Ruled, Voice, Writing
from core.records.checks import Check, CheckedClaim, Verdict
from core.records.documents import (
    Block,
    BlockKind,
    CitedSource,
    Document,
    NoteRef,
    Page,
    Passage,
    PassageKind,
    Publication,
    Reference,
    Span,
)

__all__ = [
    "Answer",
    "Block",
    "BlockKind",
    "Check",
    "CheckedClaim",
    "Citation",
    "CitedSource",
    "Difference",
    "Document",
    "Hit",
    "NoteRef",
    "Page",
    "Passage",
    "PassageKind",
    "Publication",
    "Reference",
    "Ruled",
    "Span",
    "Verdict",
    "Voice",
    "Writing",
]
