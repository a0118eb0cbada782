"""A quality gate: pages whose text looks broken, told to the user before anybody trusts an answer from them."""

import re
from collections.abc import Iterator, Sequence
from functools import lru_cache
from itertools import pairwise

from core.records import Block, BlockKind, Document, Page
from ingest.paging import text_by_page

__all__ = ["quality_warnings"]

_TOKEN = re.compile(r"[^\W\d_]+")
_LEAST = 3  # faults on a page; fewer are names and misprints
_SHARE = 0.01  # of a page's words
_LONGEST = 40  # letters of a word; a longer one is a sequence of DNA or an address

# Zipf frequencies of the wordfreq library: at 3.5 a word is plainly one, under 2.5 it hardly is.
_COMMON = 3.5
_RARE = 2.5


def quality_warnings(document: Document) -> tuple[str, ...]:
    """Return a line for each page that looks broken: glued words, words with spaces in them, characters lost.

    And one for each captioned table whose rows could not be told. Words are judged by English word lists, and only on
    pages that are mostly made of words found there.
    """
    lines = []
    for page, text in _pages(document):
        where = f"p. {page}" if page is not None else "the text"
        for fault, examples in (("glued words", _glued(text)), ("words with spaces in them", _split(text))):
            if len(examples) >= max(_LEAST, _SHARE * len(text.split())):
                lines.append(f"{where} looks broken: {fault} such as {_shown(examples)}")
        lost = text.count("\ufffd")
        if lost:
            lines.append(f"{where} looks broken: {lost} characters could not be read")
    torn = (block.label for block in document.blocks if block.kind is BlockKind.TABLE and _is_torn(block))
    lines += [f"the rows and columns of '{label}' could not be told: its lines are kept as they are" for label in torn]
    return tuple(lines)


def _pages(document: Document) -> Iterator[tuple[Page | None, str]]:
    """Yield the running text of each page in English, tables left out."""
    skipped = (BlockKind.TABLE, BlockKind.REFERENCE)
    pieces = text_by_page(document, [(b.start, b.end) for b in document.blocks if b.kind not in skipped])
    for page, texts in pieces.items():
        text = " ".join(texts)
        if _is_english(text):
            yield page, text


def _is_english(text: str) -> bool:
    words = _TOKEN.findall(text)[:400]
    return bool(words) and sum(_frequency(word) > 0 for word in words) > 0.5 * len(words)


def _glued(text: str) -> list[str]:
    """Long words that no list has and that two plain words make."""
    return [
        word
        for word in _TOKEN.findall(text)
        if 8 <= len(word) <= _LONGEST
        and word.islower()
        and _frequency(word) == 0
        and any(_is_common(word[:i]) and _is_common(word[i:]) for i in range(3, len(word) - 2))
    ]


def _split(text: str) -> list[str]:
    """Neighbours of which one is hardly a word and which together are plainly one."""
    found = []
    for before, after in pairwise(text.split()):
        if not (before.isalpha() and after.islower() and after.isalpha()):
            continue
        initial = len(before) == 1 and before.lower() not in "ai"
        broken = initial or min(_frequency(before), _frequency(after)) < _RARE
        if broken and _is_common(before + after):
            found.append(f"{before} {after}")
    return found


def _is_common(word: str) -> bool:
    return _frequency(word) >= _COMMON


@lru_cache(maxsize=100_000)
def _frequency(word: str) -> float:
    from wordfreq import zipf_frequency

    return float(zipf_frequency(word.lower(), "en"))


def _shown(examples: Sequence[str]) -> str:
    return ", ".join(f"‘{example}’" for example in dict.fromkeys(examples[:3]))


def _is_torn(block: Block) -> bool:
    return bool(block.label) and not block.columns and bool(block.lines)
