"""Cut text into sentences with NLTK's Punkt, whose English model ships inside llama-index-core."""

import re
from collections.abc import Iterator, Sequence
from functools import lru_cache
from itertools import pairwise
from typing import TYPE_CHECKING

from core.records import Span
from ingest.punkt import load_punkt

if TYPE_CHECKING:
    from nltk.tokenize.punkt import PunktSentenceTokenizer

__all__ = ["points_back", "sentence_spans"]

# Abbreviations of scholarly and business prose that Punkt's model lacks or takes for a sentence's end.
_ABBREVIATIONS = (
    "al app approx art bros c ca cf ch chap co corp dept dist e.g ed edn eds esp est etc f ff fig figs fn ft gen gov "
    "i.e ibid inc jr ltd max min mt mr mrs ms no nos op p para pp prof rev sec sr st tab trans univ v viz vol vols vs "
    "dr u.s u.k tbl tbls fol fols eq eqs pl pls"
).split()
_CLOSERS = re.compile(r"[’”\"')\]]+(?=\s|$)")
# Full stops of Chinese and Japanese, Arabic, Urdu and Hindi, which Punkt's English model does not know.
_OTHER_STOPS = re.compile(r"[。｡！？؟۔।]+[”’」』）》〉】\"')\]]*")
_SPACED_ELLIPSIS = re.compile(r"\.(?:\s\.){2,}")
# A sentence that opens like this says of what it speaks only in the sentence before it.
_POINTS_BACK = re.compile(r"(?:It|Its|They|Their|He|His|She|Her|This|These|Those|Such|The [a-z]+)\b")

_ENUMERATOR = re.compile(r"\(?(?:\d{1,2}|[a-hA-H])[.)]")  # what an item of a numbered list begins with

# A source in brackets of its own, which stands behind the sentence that it is of: '[Of Ponds, p. 3]', '(Bell, 2004)'.
_SOURCE = re.compile(
    r"\[(?=[^\[\]]*(?:\bpp?\. ?\d|\b[Oo]p\. ?[Cc]it\.|\b[Ii]bid\b))[^\[\]]{3,200}\]"
    r"|\([A-Z][^()\d.]{2,80},? \d{4}[a-z]?(?:[,:] ?(?:pp?\. ?)?\d+(?:[-–]\d+)?)?\)"
)

_NEAR = 3  # characters between a sentence and the source behind it

_PIECE = 100_000  # characters

LONGEST = 900  # characters; text without sentence ends is cut at a space, so that no quote grows without bound


def sentence_spans(text: str, start: int, end: int, masked: Sequence[Span] = ()) -> tuple[Span, ...]:
    """Return the sentences of `text[start:end]` as offsets into `text`.

    Args:
        text: the clean text.
        start: where to begin.
        end: where to stop.
        masked: spans to overlook, such as note markers; one that touches the end of a sentence belongs to it.
    """
    shadow = list(_SPACED_ELLIPSIS.sub(lambda match: match.group().replace(".", ","), text[start:end]))
    inside = [(max(a, start), min(b, end)) for a, b in masked if a < end and b > start]
    for a, b in inside:
        shadow[a - start : b - start] = " " * (b - a)
    sources = [match.span() for match in _SOURCE.finditer(text, start, end)]
    ends = dict(sources)
    for a, b in sources:
        shadow[a - start : b - start] = " " * (b - a)
    spans: list[Span] = []
    for a, b in _tokenized("".join(shadow)):
        begin, stop = _shrink(text, start + a, start + b)
        closers = _CLOSERS.match(text, begin, stop)
        if closers and spans:  # a closing quote that Punkt left at the head of the next sentence
            spans[-1] = (spans[-1][0], closers.end())
            begin, stop = _shrink(text, closers.end(), stop)
        if spans and begin < stop and _ENUMERATOR.fullmatch(text, *spans[-1]):  # '2. Wash it.' is one sentence
            begin = spans.pop()[0]
        if spans and begin < stop and text[begin] in ",;":  # '3f.; so too': no sentence begins like that
            begin = spans.pop()[0]
        stop = next((mb for ma, mb in inside if ma == stop or (ma == stop + 1 and text[ma] == "[")), stop)
        while begin < stop and (source := _SOURCE.match(text, begin, stop)) and spans:
            spans[-1] = spans[-1][0], source.end()
            begin, stop = _shrink(text, source.end(), stop)
        behind = next((at for at in range(stop + 1, stop + _NEAR) if at in ends and text[stop:at].isspace()), None)
        stop = stop if behind is None else ends[behind]
        if begin < stop:
            spans.extend(_bounded(text, begin, stop))
    return tuple(spans)


def _tokenized(shadow: str) -> Iterator[Span]:
    """Yield Punkt's sentences; a text longer than any paragraph goes through it piece by piece, cut at sentence ends.

    NLTK gives its patterns a few seconds, which a file of one line would use up.
    """
    begin = 0
    while begin < len(shadow):
        end = begin + _PIECE
        if end < len(shadow):
            cut = max(shadow.rfind(mark, begin + _PIECE // 2, end) for mark in (". ", "? ", "! "))
            cut = cut + 1 if cut >= 0 else shadow.rfind(" ", begin + 1, end)
            end = cut if cut > begin else end
        for a, b in _punkt().span_tokenize(shadow[begin:end]):
            ends = [match.end() for match in _OTHER_STOPS.finditer(shadow, begin + a, begin + b)]
            marks = [begin + a, *(at for at in ends if at < begin + b), begin + b]
            yield from pairwise(marks)
        begin = end


def points_back(sentence: str) -> bool:
    """Say whether a sentence opens with a word that stands for something in the sentence before."""
    return bool(_POINTS_BACK.match(sentence))


def _shrink(text: str, start: int, end: int) -> Span:
    while start < end and text[start].isspace():
        start += 1
    while start < end and text[end - 1].isspace():
        end -= 1
    return start, end


def _bounded(text: str, start: int, end: int) -> Iterator[Span]:
    while end - start > LONGEST:
        cut = text.rfind(" ", start + 1, start + LONGEST)
        cut = cut if cut > start else start + LONGEST
        yield start, cut
        start = cut + (text[cut] == " ")
    yield start, end


@lru_cache(maxsize=1)
def _punkt() -> "PunktSentenceTokenizer":
    tokenizer = load_punkt()
    tokenizer._params.abbrev_types.update(_ABBREVIATIONS)
    return tokenizer
