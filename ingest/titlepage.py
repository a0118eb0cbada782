"""Tell the title page of a text: the lines before its first running text."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from ingest.headings import BULLET, MARKDOWN, NUMBERED, ends_sentence, is_capitals
from ingest.length import count_words
from ingest.lines import LONG_LINE
from ingest.parts import Kind, Part

__all__ = ["with_front"]

_OPENING = re.compile(
    r"(?:abstract|introduction|summary|overview|preface|foreword|preamble|background)$", re.IGNORECASE
)
_TITLE_WORDS = 12


def with_front(parts: Sequence[Part]) -> Iterator[Part]:
    """Yield the parts, the headings before the first running text as front matter, but for the heading of that text."""
    leading = int(_is_long_title(parts) or _is_first_line(parts))
    while leading < len(parts) and parts[leading].kind is Kind.HEADING:
        leading += 1
    if leading > 1 and _opens_text([p.chunk.text for p in parts[:leading]], parts[leading - 1].level):
        leading -= 1
    for i, part in enumerate(parts):
        yield replace(part, kind=Kind.FRONT, level=0) if i < leading else part


def _is_long_title(parts: Sequence[Part]) -> bool:
    """Say whether a text opens with a title that fills its lines as prose does: no sentence, and a heading under it."""
    if len(parts) < 2 or parts[0].kind is not Kind.PROSE or parts[1].kind is not Kind.HEADING:
        return False
    chunk = parts[0].chunk
    title = len(chunk.lines) < 4 and not ends_sentence(chunk.text) and len(chunk.text) <= LONG_LINE
    return title and not BULLET.match(chunk.text) and chunk.text[0].isupper()


def _is_first_line(parts: Sequence[Part]) -> bool:
    """Say whether a text opens with a line of its own that is no sentence: its title, whatever stands under it."""
    if len(parts) < 2 or parts[0].kind is not Kind.PROSE or len(parts[0].chunk.lines) > 1:
        return False
    text = parts[0].chunk.text
    apart = parts[1].chunk.after_blank and not BULLET.match(text) and not text.endswith(",")
    return apart and text[0].isupper() and not ends_sentence(text) and count_words(text) <= _TITLE_WORDS


def _opens_text(titles: Sequence[str], level: int) -> bool:
    last = titles[-1].lstrip("# ")
    if MARKDOWN.match(titles[-1]):
        return level > 1
    if _OPENING.match(last) or NUMBERED.match(last):
        return True
    return is_capitals(last) and not all(is_capitals(t) for t in titles)
