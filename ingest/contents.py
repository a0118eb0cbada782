"""Find the tables of contents and indexes of a document: they name what it says elsewhere, and say nothing."""

import re
from collections.abc import Collection, Iterator

from core.records import Block, BlockKind, Document
from ingest.layout import ends_sentence

__all__ = ["contents_of", "lists_heading", "title_of"]

_LEADER = re.compile(r"\w\W?(?:\s?\.){4,}\s*(?:[ivxlc]+|\d+)\s*$", re.IGNORECASE)
_TITLE = re.compile(r"\W*(?:(?:table of )?contents|(?:list of )?(?:figures|tables))\W*", re.IGNORECASE)
_ROMAN = "(?=[IVXL])(?:XL|L?X{0,3})(?:IX|IV|V?I{0,3})"  # 'Civil' is none
_NUMBER = re.compile(
    rf"(?:chapter|part|section|appendix)\s+(?:\d+|{_ROMAN}|[a-z])(?:[.\-]\d+)*[.):]?\s+"
    rf"|(?:\d+|(?-i:{_ROMAN}|[A-Z])|(?:{_ROMAN}|[a-z])(?=[.):]))(?:[.\-]\d+)*[.):]?\s+",
    re.IGNORECASE,
)
_FEWEST = 3  # entries in a row


def contents_of(document: Document) -> frozenset[int]:
    """Return where the paragraphs start that list what the document has elsewhere.

    They are lines that lead to a page number by dots, and three paragraphs or more in a row each of which is a heading
    of the document, with the words over them; under such words a few may be worded otherwise than the heading.
    """
    titles = {title_of(document.text[b.start : b.end]) for b in document.blocks if b.kind is BlockKind.HEADING} - {""}
    found: set[int] = set()
    for run in _runs(document, titles):
        texts = [document.text[b.start : b.end] for b in run]
        told = [text for text in texts if _LEADER.search(text) or _TITLE.fullmatch(text) or title_of(text) in titles]
        led = any(_LEADER.search(text) for text in texts) or any(
            b.section and _TITLE.fullmatch(b.section[-1]) for b in run
        )
        if (led or len(told) >= _FEWEST) and 2 * len(told) > len(run):
            found.update(b.start for b in run)
    return frozenset(found)


def lists_heading(text: str, titles: Collection[str]) -> bool:
    """Say whether a line is a table of contents' title or one of its entries, by the `titles` that `title_of` makes."""
    return bool(_TITLE.fullmatch(text)) or title_of(text) in titles


def _runs(document: Document, titles: set[str]) -> Iterator[list[Block]]:
    """Yield paragraphs that follow each other and might be entries, or the words over them."""
    run: list[Block] = []
    for block in document.blocks:
        text = document.text[block.start : block.end]
        under = bool(block.section) and _TITLE.fullmatch(block.section[-1]) and not ends_sentence(text)
        entry = block.kind is BlockKind.PARAGRAPH and (
            under or _LEADER.search(text) or _TITLE.fullmatch(text) or title_of(text) in titles
        )
        if entry:
            run.append(block)
        elif run:
            yield run
            run = []
    if run:
        yield run


def title_of(text: str) -> str:
    """Return a heading or entry without its number, its dots and its page."""
    return " ".join(_unnumbered(_LEADER.sub("", text).strip()).casefold().split())


def _unnumbered(text: str) -> str:
    return text[match.end() :] if (match := _NUMBER.match(text)) else text
