"""Tell lines that are worded as headings are."""

import re
from collections.abc import Sequence

from ingest.lines import Chunk

__all__ = [
    "BULLET",
    "MARKDOWN",
    "NUMBERED",
    "ends_sentence",
    "goes_on_in_items",
    "is_capitals",
    "looks_like_heading",
    "opens_section",
]

BULLET = re.compile(r"(?:[-*•·▪–]|\(?\d{1,2}[.)]|\(?[a-z]\))\s+\S")
NUMBERED = re.compile(r"(?P<number>\d{1,2}(?:\.\d{1,2})*)\.?\s+\S")

_ENTRY = re.compile(r"\d{1,2}(?:\.\d{1,2})+\.?\s+\S")  # of a table of contents, where several stand together

MARKDOWN = re.compile(r"(#{1,6})\s+(.*?)\s*#*$")

_ENDS = re.compile(r"[.!?:;…。｡！？：；؟۔।][’”」』）》〉】\"')\]]*\d{0,3}$")
_QUOTES = "‘’“”'\"()"
_MARK = re.compile(r"\S+\s+")
_CLAUSE = re.compile(r"\d{1,2}\.\s+\w")

# Words that a heading in title case leaves small.
_SMALL = frozenset(
    "a an and as at but by de for from in into la nor not of off on or per the this to und upon via vs with".split()
)


def looks_like_heading(chunk: Chunk) -> bool:
    """Say whether a chunk is worded as headings are: short, in capitals or title case, not ended as a sentence."""
    text = chunk.text
    words = text.split()
    if len(chunk.lines) > 2 or len(words) > 16 or len(text) > 160 or text[-1] in ",;:!)":
        return False
    if "©" in text or (len(chunk.lines) > 1 and all(_ENTRY.match(line.text) for line in chunk.lines)):
        return False
    if text.endswith("."):  # '7. Additional Terms.': only where a number stands before it, too
        return len(chunk.lines) == 1 and bool(_CLAUSE.match(text)) and _is_title_case(words[1:])
    if BULLET.match(text):
        return len(words) > 1 and bool(NUMBERED.match(text)) and _is_title(words[1:])
    return is_capitals(text) or _is_title(words)


def ends_sentence(text: str) -> bool:
    """Say whether a text ends as a sentence does, a note's marker aside."""
    return bool(_ENDS.search(text.rstrip()))


def opens_section(text: str, below: str) -> bool:
    """Say whether a numbered line stands right over the first of its own subsections: '4. Care' over '4.1. Water'."""
    number, first = NUMBERED.match(text), NUMBERED.match(below)
    if not number or not first or _ends_as_text(text):
        return False
    return first.group("number") in (f"{number.group('number')}.0", f"{number.group('number')}.1")


def _ends_as_text(text: str) -> bool:
    """Say whether a line ends as a sentence or a list of contents does: with a stop, or a page's number."""
    return text.endswith((".", ";", ",", ":")) or text[-1].isdigit()


def goes_on_in_items(text: str, below: str) -> bool:
    """Say whether a line begins a sentence that the items of a list end: 'A member may' over '1. vote;'."""
    item = BULLET.match(below) and not NUMBERED.match(text) and not is_capitals(text)
    return bool(item) and _MARK.sub("", below, count=1)[:1].islower()


def is_capitals(text: str) -> bool:
    """Say whether a text of more than three letters is in capitals."""
    return text.isupper() and sum(ch.isalpha() for ch in text) > 3


def _is_title(words: Sequence[str]) -> bool:
    """Title case, or one short line that begins with a capital and has no mark of a sentence or list."""
    first = words[0].strip(_QUOTES) if words else ""
    if not first or not (first[0].isupper() or first[0].isdigit()):
        return False
    return _is_title_case(words) or (len(words) <= 8 and not re.search(r"[,|]", " ".join(words)))


def _is_title_case(words: Sequence[str]) -> bool:
    """All words with a capital, but those that titles leave small."""
    names = [word.strip(_QUOTES) for word in words]
    return all(w[0].isupper() or not w[0].isalpha() for w in names if w and w.lower() not in _SMALL)
