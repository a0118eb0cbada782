"""Example questions made from what any document shows of itself: its section headings and table captions."""

import re
from collections.abc import Iterable, Iterator

from core.records import Block, BlockKind, Document

__all__ = ["example_questions"]

_WORDS = range(1, 9)  # a heading in that many words reads well inside a question
_LABEL = re.compile(r"\w+\s+[\dA-Z]+(?:[.\-–]\d+)*\s*[.:]?\s+")
_NUMBERING = re.compile(r"(?:\d+(?:\.\d+)*\.?|[IVXLC]+\.)\s+")


def example_questions(documents: Iterable[Document], *, most: int = 4) -> tuple[str, ...]:
    """Return up to `most` questions: deepest sections first, table captions in between, documents in turn."""
    queues = [list(_questions(document)) for document in documents]
    rounds = max(map(len, queues), default=0)
    found = [queue[i] for i in range(rounds) for queue in queues if i < len(queue)]
    return tuple(dict.fromkeys(found))[:most]


def _questions(document: Document) -> Iterator[str]:
    headings = [_heading(document, block) for block in _deepest(document)]
    tables = [_LABEL.sub("", block.label, count=1) for block in document.blocks if block.kind is BlockKind.TABLE]
    sections = [f"What is said about {heading}?" for heading in headings if len(heading.split()) in _WORDS]
    lists = [f"What are the {_lower_first(c)}?" for c in tables if len(c.split()) in _WORDS and ":" not in c]
    for i in range(max(len(sections), len(lists))):
        yield from sections[2 * i : 2 * i + 2]
        yield from lists[i : i + 1]


def _deepest(document: Document) -> list[Block]:
    """The headings of sections that hold text, those with the most specific place first; notes aside."""
    with_text = {block.section for block in document.blocks if block.kind is BlockKind.PARAGRAPH}
    headings = [b for b in document.blocks if b.kind is BlockKind.HEADING and b.section in with_text]
    return sorted(headings, key=lambda block: -block.level)


def _heading(document: Document, block: Block) -> str:
    text = _NUMBERING.sub("", document.text[block.start : block.end], count=1).strip(" .:?!")
    return text.lower() if text.isupper() else text


def _lower_first(text: str) -> str:
    """The first letter small, unless the word is a name or an acronym as far as its case tells."""
    first = text.split(" ", 1)[0]
    return text if not first[1:].islower() else text[0].lower() + text[1:]
