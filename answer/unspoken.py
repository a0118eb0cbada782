"""Tell that those whom a question names are nowhere said to speak of what it asks: 'What did Bell find in Hull?'."""

import re
from bisect import bisect_left
from collections.abc import Collection, Iterator, Sequence
from itertools import islice

from answer.phrases import PREPOSITION
from answer.question import NAME, Question
from core.records import BlockKind, Document, Hit
from index import Index
from index.terms import analyze
from ingest import block_at

__all__ = ["unspoken_of"]

_SAYS = (
    r"find|found|say|said|argue[sd]?|report(?:ed)?|show(?:ed|n)?|conclude[sd]?|write|written|wrote|think|thought|"
    r"suggest(?:ed)?|claim(?:ed)?|observed?|noted?|believed?|discover(?:ed)?|tell|told|recommend(?:ed)?|proposed?|"
    r"explain(?:ed)?|stated?|estimated?|measured?|recorded?|advised?|learn(?:ed|t)?|see|seen"
)
_ASKS = re.compile(
    rf"\b[Ww]hat (?:else )?(?:do|does|did|have|has) (?P<who>(?:{NAME.pattern})(?: (?:and|et al\.?|{NAME.pattern}))*)"
    rf"(?: (?:also|actually))? (?:{_SAYS}) (?P<how>about|on|of|regarding|concerning|in|at|for) (?P<rest>[^?.!]+)"
)
_BOUND = PREPOSITION | frozenset("and or who which that when while is are was were has have had".split())
_DETERMINER = frozenset("the a an this that these those its his her their any some all".split())
_LIKE = 0.42  # the cosine of two words from which one may be said for the other, as for rows of tables
_MOST = 200  # paragraphs on somebody that are looked at; where there are more, nothing is said
_TEXT = frozenset({BlockKind.PARAGRAPH, BlockKind.NOTE, BlockKind.TABLE})


def unspoken_of(question: Question, hits: Sequence[Hit], index: Index) -> str:
    """Return what somebody is asked about and no paragraph that names them, nor the one behind it, speaks of.

    Empty where nothing is amiss, or nobody is asked about so. Other words for the same thing are held to be it.

    Args:
        question: as read.
        hits: what came back for it; their documents are looked into.
        index: gives the documents and the cosines of words.
    """
    asked = _ASKS.search(question.text)
    if not asked:
        return ""
    topic = _topic(asked["rest"])
    if asked["how"] in ("in", "at", "for") and not all(word[:1].isupper() for word in topic):
        return ""  # 'in general', 'at first', 'in his research'
    wanted = question.terms_of(" ".join(topic))
    names = [name for name in NAME.findall(f"x {asked['who']}") if analyze(name)]
    documents = {hit.passage.document_id for hit in hits}
    every = (text for name in sorted(documents) for text in _told_of(names, index.documents[name]))
    told = list(islice(every, _MOST + 1))
    if not wanted or not 0 < len(told) <= _MOST or wanted & question.terms_of(" ".join(told)):
        return ""
    named = all(word[:1].isupper() for word in topic)
    said = sorted({word for text in told for word in re.findall(r"[^\W\d_]{3,}", text)})
    if not named and any(max(index.cosines(word, said), default=0.0) >= _LIKE for word in topic):
        return ""
    return " ".join(topic)


def _topic(rest: str) -> list[str]:
    """The words of the first noun phrase of what is left of a question, without what determines it."""
    words = re.findall(r"[\w’'-]+", rest)
    while words and words[0].lower() in _DETERMINER:
        del words[0]
    end = next((i for i, word in enumerate(words) if word.lower() in _BOUND), len(words))
    return words[:end]


def _told_of(names: Collection[str], document: Document) -> Iterator[str]:
    """Yield the paragraphs that have one of some names, each with its headings and the paragraph behind it."""
    pattern = re.compile(rf"(?<!\w)(?:{'|'.join(map(re.escape, names))})(?!\w)")
    for start in dict.fromkeys(block_at(document, match.start()).start for match in pattern.finditer(document.text)):
        at = bisect_left(document.blocks, start, key=lambda block: block.start)
        for block in document.blocks[at : at + 2]:
            if block.kind in _TEXT:
                yield " ".join((document.title, *block.section, document.text[block.start : block.end]))
