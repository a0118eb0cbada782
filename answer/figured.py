"""Answer a question that names a figure by its number: 'What does Figure 3 show?'."""

import re
from collections.abc import Iterator

from answer.decision import CERTAIN, Decision
from answer.evidence import Evidence
from answer.told import forms, has_form
from core.records import Block, BlockKind, Document
from index import Index
from ingest import figure_number

__all__ = ["decide_on_figure"]

_MOST_DOCUMENTS = 3  # beyond which a number names nothing
_FIGURE = r"(?:the )?fig(?:ure|\.)? ?(?P<number>[A-Z]?\d+(?:[.\-–]\d+)*)"
_SHOWS = r"(?:show|illustrate|depict|present|display|plot|represent|compare|describe|say|tell|contain)"
_SHOWN = r"(?:shown|illustrated|depicted|presented|displayed|plotted|represented|compared|described|seen)"
_ASKED = forms(
    (
        rf"what (?:does|do|is) {_FIGURE} (?:{_SHOWS}|showing|about)(?: us)?",
        rf"what(?:[’']s| is| are| can be| can we see)(?: (?:{_SHOWN}|to be seen))? (?:in|on|by) {_FIGURE}",
        rf"what(?: is|[’']s) (?:the )?(?:caption|title|subject) of {_FIGURE}",
        rf"(?:describe|explain|show(?: me)?|what(?: is|[’']s)) {_FIGURE}",
    )
)


def decide_on_figure(question: str, index: Index) -> Decision | None:
    """Return the caption of the figure that a question asks for, or that there is none.

    None where it asks for none, the documents are too many for a number to tell, have no captions of figures, or speak
    of that one without a caption that is known for one.
    """
    asked = has_form(question, _ASKED)
    if not asked or len(index.documents) > _MOST_DOCUMENTS:
        return None
    captions = [(document, block, n) for document in index.documents.values() for block, n in _captions(document)]
    meant = [(document, block) for document, block, n in captions if n.casefold() == asked["number"].casefold()]
    quotes = [quote for document, block in meant for quote in _quotes(document, block, index)]
    if quotes:
        return Decision(tuple(quotes), CERTAIN)
    number = re.escape(asked["number"])
    spoken_of = re.compile(rf"\bfig(?:ure|s?\.)\s*{number}\b", re.IGNORECASE)
    if not captions or any(spoken_of.search(document.text) for document in index.documents.values()):
        return None
    return Decision((), 1 - CERTAIN, f"It has no figure {asked['number']}.")


def _captions(document: Document) -> Iterator[tuple[Block, str]]:
    """Yield the captions of figures with their numbers."""
    for block in document.blocks:
        if block.kind is BlockKind.PARAGRAPH and (number := figure_number(document.text[block.start : block.end])):
            yield block, number


def _quotes(document: Document, caption: Block, index: Index) -> Iterator[Evidence]:
    for hit in index.hits_in(document.id, (caption.start, caption.end)):
        for start, end in hit.passage.sentences:
            if caption.start <= start < caption.end:
                yield Evidence(hit, (start, end), document.text[start:end])
