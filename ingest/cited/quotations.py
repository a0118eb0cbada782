"""Widen what a citation supports to the whole of a quotation that it ends."""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace

from core.records import CitedSource, Span

__all__ = ["announces_quotation", "widen_quotations"]

MOST_WORDS = 150  # of a quotation; of a longer one the last sentences are kept

_OPENERS = {"”": "“„", "“": "„", '"': '"', "’": "‘", "‘": "‚", "»": "«", "«": "»"}
_CLOSES = re.compile(r"(?<=[^\s(])([”“\"’‘»«])[.,;]?$")
_ENDS_SINGLE = re.compile(r"(?<=[^\W\d_.!?,])’(?=[\s.,;:)])")
_BEHIND = re.compile(r"[^()\[\]]*[)\]][\s.,;”“’‘»«\"]*\d{0,3}$")  # the rest of a citation, and nothing more
_GOES_ON = re.compile(r"[^()\[\]]*[)\]],?\s+(?=[^\W\d_])(\w)")  # the rest of a citation, and a word
_SAYS = re.compile(
    r"\b(?:puts?|wr(?:i|o)tes?|writing|written|words?|says?|said|saying|states?|stated|argue[sd]?|explain(?:s|ed)?|"
    r"quot\w+|notes?|noted|remark(?:s|ed)?|observe[sd]?|claim(?:s|ed)?|t(?:ells?|old)|recall(?:s|ed)?|declare[sd]?|"
    r"according to|conclude[sd]?|passage|reads?|has it|schr(?:ei|ie)b\w*|sagt?e?|heißt)\b[^.?!]*:$",
    re.IGNORECASE,
)


def announces_quotation(paragraph: str) -> bool:
    """Say whether a paragraph ends with a colon behind a word of saying, so that the next may be a quotation."""
    return bool(_SAYS.search(paragraph))


def widen_quotations(
    text: str, cited: Iterable[CitedSource], sentences: Sequence[Span], quoted_from: int | None
) -> Iterator[CitedSource]:
    """Yield the citations of a paragraph, each with all sentences of the quotation that it stands behind.

    Args:
        text: the clean text, full-width marks made narrow.
        cited: the citations of the paragraph.
        sentences: of the paragraph.
        quoted_from: where the block quotation begins that ends with the paragraph; None where it is none.
    """
    for source in cited:
        begin = _begins(text, source, sentences, quoted_from)
        yield source if begin is None else replace(source, sentence=(begin, source.sentence[1]))


def _begins(text: str, source: CitedSource, sentences: Sequence[Span], quoted_from: int | None) -> int | None:
    """Where the quotation begins whose citation ends it; None where it begins in the citation's own sentence."""
    start, end = source.sentence
    bracket = max(text.rfind(mark, start, source.start) for mark in "([")
    if bracket < 0 or source.form not in ("parenthetical", "numeric"):
        return None
    alone = not text[start:bracket].strip()
    if alone and (word := _GOES_ON.match(text, source.end, end)) and word.group(1).islower():
        return None  # the parentheses open the sentence that they stand in
    before = text[sentences[0][0] : bracket].rstrip()
    if (mark := _CLOSES.search(before)) is not None:
        opener = _opener(before, mark)
        begin = None if opener is None else _sentence_at(sentences, sentences[0][0] + opener)
    elif quoted_from is not None and end == sentences[-1][1] and _BEHIND.match(text, source.end, end):
        begin = quoted_from
    else:
        begin = None
    if begin is None and alone and _BEHIND.match(text, source.end, end):
        begin = max((a for a, _ in sentences if a < start), default=None)
    if begin is None or begin >= start:
        return None
    fitting = (a for a in (begin, *(a for a, _ in sentences)) if a >= begin and _words(text, a, end) <= MOST_WORDS)
    return min(fitting, default=None)


def _opener(before: str, mark: re.Match[str]) -> int | None:
    """Where the quotation is opened that a mark closes."""
    closer, at = mark.group(1), mark.start(1)
    found = max(before.rfind(opener, 0, at) for opener in _OPENERS[closer])
    if closer == "”":
        found = _balanced(before, at)
    if closer == "“" and before.count("“", found + 1, at) != before.count("”", found + 1, at):
        return None  # closed before
    if found < 0 or (closer == "’" and _ENDS_SINGLE.search(before, found + 1, at)):
        return None
    return found


def _balanced(before: str, at: int) -> int:
    """Where the double quotation mark stands that the one at `at` closes; -1 where none does."""
    depth = 0
    for i in range(at, -1, -1):
        depth += (before[i] == "”") - (before[i] in "“„")
        if depth == 0:
            return i
    return -1


def _sentence_at(sentences: Sequence[Span], offset: int) -> int:
    return max((a for a, _ in sentences if a <= offset), default=sentences[0][0])


def _words(text: str, start: int, end: int) -> int:
    return len(text[start:end].split())
