"""Cut what a language model writes into sentences, each with the numbers of the passages that it cites."""

import re
from dataclasses import dataclass, replace

from ingest.sentences import sentence_spans

__all__ = ["Written", "split_writing"]

_NUMBERS = re.compile(r"\s*[\[(](?:(?:passages?|sources?)\s+)?(\d{1,2}(?:\s*[,;&]\s*\d{1,2})*)[\])]", re.IGNORECASE)
_END_FIRST = re.compile(r"([.!?…][’”\")]*)((?:\s*\[[\d ,;&]+\])+)")  # 'so it is. [2]', which belongs to what ended
_ENDED = re.compile(r"[.!?…][’”\")]*$")
_LIST = re.compile(r"^\s*(?:(?:[-*•]|\d{1,2}[.)]|#{1,6})\s+)+")
_LEAD = re.compile(
    r"(?:(?:(?:the\s+)?(?:answer|response|passages?)\s*\d*\s*(?:is\s*)?:)|(?:yes|no)\s*[,.:;—-])(?:\s+|$)|"
    r"(?:according to|based on)\s+(?:the\s+)?(?:given\s+|provided\s+)?"
    r"(?:passages?|texts?|documents?|sources?)\s*\d*\s*,\s*|"
    r"(?:the\s+)?(?:passages?|texts?|documents?|sources?)\s*\d*\s+(?:says?|states?|mentions?|notes?)\s+that\s+",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Written:
    """A sentence as a model wrote it, its marks of citation left out, and the passages that it cites.

    `cut` says that the writing breaks off in it, or may.
    """

    text: str
    numbers: tuple[int, ...]
    cut: bool = False


def split_writing(text: str) -> tuple[Written, ...]:
    """Return the sentences of a text, without list marks, emphasis and the words that lead to what a passage says."""
    plain = re.sub(r"\*{1,3}|`+|(?<!\w)_{1,2}(?=\S)|(?<=\S)_{1,2}(?!\w)", "", text)
    found = []
    for listed in re.split(r"\n+", _END_FIRST.sub(r"\2\1", plain)):
        line = _LIST.sub("", listed)
        for start, end in sentence_spans(line, 0, len(line)):
            said = line[start:end]
            numbers = tuple(int(n) for m in _NUMBERS.finditer(said) for n in re.findall(r"\d+", m.group(1)))
            said = _without_lead(re.sub(r"\s+", " ", re.sub(r"\s*\[[\d ,;&]+\]", "", said)).strip())
            if any(ch.isalnum() for ch in said):
                found.append(Written(said, numbers))
    if found and not _ENDED.search(found[-1].text):
        found[-1] = replace(found[-1], cut=True)
    return tuple(found)


def _without_lead(said: str) -> str:
    while lead := _LEAD.match(said):
        said = said[lead.end() :]
    return said[:1].upper() + said[1:]
