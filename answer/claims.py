"""Cut a text that a person wrote into the claims it makes, and what claims nothing."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise

from index.terms import analyze
from ingest.sentences import sentence_spans

__all__ = ["Sentence", "split_claims"]

_LEAD = re.compile(r"\s*(?:(?:[-*•·▪–>]|#{1,6}|\(?\d{1,2}[.)](?=\s))\s*)*")
_ENDED = re.compile(r"[.!?…][’”\")\]]*\d{0,3}\s*$")
_GREETING = re.compile(
    r"(?:dear|hello|hi|hey|good (?:morning|day|evening)|thanks|thank you|yours|(?:(?:best|kind) )?regards|sincerely)\b",
    re.IGNORECASE,
)
_QUESTION = re.compile(r"\?[’”\")\]]*\s*$")
_FEWEST = 2  # content terms of a claim
_TITLE = 12  # words; a longer line without an end is no heading
_GREETS = 8  # words; a sentence that opens with 'Thanks' and goes on is none
_FULL = 0.7  # of a paragraph's longest line; a shorter line ends on purpose


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence of a text, at `start` to `end`, white space made even; `claims` says whether it states anything."""

    text: str
    start: int
    end: int
    claims: bool


def split_claims(text: str) -> tuple[Sentence, ...]:
    """Return the sentences of a text in order; headings, questions, greetings and scraps claim nothing."""
    found = []
    for start, end in _lines(text):
        lead = _LEAD.match(text, start, end)
        begin = lead.end() if lead else start
        heading = text[start:begin].lstrip().startswith("#")
        spans = sentence_spans(text, begin, end)
        for a, b in spans:
            said = re.sub(r"\s+", " ", text[a:b]).strip()
            heading = heading or (len(spans) == 1 and _is_heading(said))
            found.append(Sentence(said, a, b, claims=not heading and _states(said)))
    return tuple(found)


def _lines(text: str) -> Iterator[tuple[int, int]]:
    """Yield the paragraphs of a text, and of one whose lines end on purpose, such as a list, its items."""
    for paragraph in re.finditer(r"\S(?:.|\n(?!\s*\n))*", text):
        lines = [m.span() for m in re.finditer(r"[^\n]+", paragraph.group())]
        longest = max((b - a for a, b in lines), default=0)
        start = 0
        for (a, b), (c, _) in pairwise(lines):
            line, following = paragraph.group()[a:b], paragraph.group()[c:]
            new = len(line) < _FULL * longest and following[:1].isupper() and not _ENDED.search(line)
            marked = _LEAD.match(following)
            if new or (marked and marked.group().strip()) or line.startswith("#"):
                yield paragraph.start() + start, paragraph.start() + b
                start = c
        yield paragraph.start() + start, paragraph.end()


def _is_heading(line: str) -> bool:
    """Say whether a line alone is worded as headings are: few words, no end, all long ones capitalised."""
    words = [word for word in re.findall(r"[^\W\d_][\w’'-]*", line) if len(word) > 3]
    return not _ENDED.search(line) and len(line.split()) <= _TITLE and all(word[0].isupper() for word in words)


def _states(sentence: str) -> bool:
    if _QUESTION.search(sentence) or len(set(analyze(sentence))) < _FEWEST:
        return False
    return not (_GREETING.match(sentence) and len(sentence.split()) <= _GREETS)
