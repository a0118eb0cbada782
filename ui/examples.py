"""Example questions made from what any document shows of itself: its section headings and table captions."""

import re
from collections.abc import Iterable, Iterator
from itertools import islice

from core.records import Block, BlockKind, Document

__all__ = ["example_questions", "heading_words", "table_question"]

_READ = 8  # documents that are read for examples
_WORDS = range(1, 9)  # a heading in that many words reads well inside a question
_LABEL = re.compile(r"\w+\s+[\dA-Z]+(?:[.\-–]\d+)*\s*[.:]?\s+")
_NUMBERING = re.compile(r"(?:\d+(?:\.\d+)*\.?|[IVXLC]+\.)\s+")


def example_questions(documents: Iterable[Document], *, most: int = 4) -> tuple[str, ...]:
    """Return up to `most` questions: deepest sections first, table captions in between, the first documents in turn."""
    queues = [list(_questions(document)) for document in islice(documents, _READ)]
    rounds = max(map(len, queues), default=0)
    found = [queue[i] for i in range(rounds) for queue in queues if i < len(queue)]
    return tuple(dict.fromkeys(found))[:most]


def _questions(document: Document) -> Iterator[str]:
    headings = filter(None, (heading_words(document, block) for block in _deepest(document)))
    sections = [f"What is said about {heading}?" for heading in headings]
    lists = list(filter(None, (table_question(b) for b in document.blocks if b.kind is BlockKind.TABLE)))
    for i in range(max(len(sections), len(lists))):
        yield from sections[2 * i : 2 * i + 2]
        yield from lists[i : i + 1]


def _deepest(document: Document) -> list[Block]:
    """The headings of sections that hold text, those with the most specific place first; notes aside."""
    with_text = {block.section for block in document.blocks if block.kind is BlockKind.PARAGRAPH}
    headings = [b for b in document.blocks if b.kind is BlockKind.HEADING and b.section in with_text]
    return sorted(headings, key=lambda block: -block.level)


def heading_words(document: Document, block: Block) -> str:
    """Return a heading as it reads inside a question; nothing for one that is too long for it."""
    text = _NUMBERING.sub("", document.text[block.start : block.end], count=1).strip(" .:?!")
    if len(text.split()) not in _WORDS:
        return ""
    return text.lower() if text.isupper() else text


def table_question(block: Block) -> str:
    """Return the question that a table answers by its caption; nothing where the caption does not read as one."""
    caption = _LABEL.sub("", block.label, count=1)
    return f"What are the {_lower_first(caption)}?" if len(caption.split()) in _WORDS and ":" not in caption else ""


def _lower_first(text: str) -> str:
    """The first letter small, unless the word is a name or an acronym as far as its case tells."""
    first = text.split(" ", 1)[0]
    return text if not first[1:].islower() else text[0].lower() + text[1:]
