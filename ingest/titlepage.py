"""Tell the title page of a text: the lines before its first running text."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from ingest.bylines import has_address, is_capitalised, names_house, names_in
from ingest.dates import printed_date
from ingest.headings import BULLET, MARKDOWN, NUMBERED, ends_sentence, is_capitals
from ingest.length import count_words
from ingest.lines import LONG_LINE
from ingest.parts import Kind, Part

__all__ = ["with_front"]

_OPENING = re.compile(
    r"(?!an?\s|the\s)(?:[\w’']+\.?\s+)?"
    r"(?:abstract|introduction|summary|overview|preface|foreword|preamble|prologue|opening|background)"
    r"(?::.+|\s(?:and|by|for|of|to)\s.+)?$",
    re.IGNORECASE,
)
_TITLE_WORDS = 12
# What else stands under the names, in small letters.
_IMPRINT = re.compile(
    r"\b(?:edition|version|draft|translated|printed|reserved|preprint|manuscript|paper)\b", re.IGNORECASE
)


def with_front(parts: Sequence[Part]) -> Iterator[Part]:
    """Yield the parts, the headings before the first running text as front matter, but for the heading of that text."""
    leading = int(_is_long_title(parts) or _is_first_line(parts))
    while leading < len(parts) and parts[leading].kind is Kind.HEADING:
        leading += 1
    titles = [part.chunk.text for part in parts[:leading]]
    if leading > 1 and (_opens_text(titles, parts[leading - 1].level) or _is_behind_names(titles)):
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


def _is_behind_names(titles: Sequence[str]) -> bool:
    """Say whether the last line before the text stands under the authors' names and is a heading, in small letters.

    One in which every word has a capital may be a journal or a place as well.
    """
    *above, last = titles
    named = any(names_house(line) or (is_capitalised(line) and names_in(line)) for line in above[1:])
    imprint = names_house(last) or has_address(last) or printed_date(last) or _IMPRINT.search(last) or "," in last
    return named and last[0].isupper() and not is_capitalised(last) and not imprint
