"""The sections of documents, and which of them a question means: by heading, number or place."""

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from itertools import islice

from answer.labelled import CARDINALS, LABELLED, ORDINALS, labelled_section
from answer.reach import are_few, nearest
from core.records import BlockKind, Document, Span
from index import Index
from index.terms import analyze

__all__ = [
    "Mention",
    "Section",
    "find_section",
    "may_have_section",
    "outline",
    "section_mentioned",
    "speaks_of_whole",
]

_NEAR = 0.5  # the cosine of a name and a heading from which, and the lead over the next by which, they mean one thing
_LEAD = 0.05
_SAME_WORD = 0.8  # the ratio of difflib from which one word may be a slip of another

_PLACES = {
    **{word: n for n, word in enumerate(ORDINALS, start=1)},
    "opening": 1,
    "last": -1,
    "final": -1,
    "closing": -1,
    "penultimate": -2,
}
_OPENS = re.compile(r"\b(?:introduct(?:ion|ory)|preface|foreword|background)\b", re.IGNORECASE)
# By how surely they close a text.
_CLOSES = tuple(
    re.compile(rf"\b(?:{words})\b", re.IGNORECASE)
    for words in (r"conclu\w+", "(?:closing|final) remarks", "closing", "summary", "outlook|discussion")
)
_KIND = r"(?:sub-?section|section|part|chapter)"
_SAYS = (
    r"(?:says?|said|argues?|concludes?|covers?|discuss(?:es)?|describes?|deals?|shows?|explains?|claims?|contains?|"
    r"finds?|tells?|states?|addresses|(?:is |are )?about)\b"
)
# The number of a heading; '2019 results' has none.
_NUMERAL = re.compile(r"(?:chapter|section|part)?\s*(\d{1,2}(?!\d)(?:\.\d+)*|[IVX]+(?=[.:)\s]))", re.IGNORECASE)
_MENTIONS = (
    rf"\b(?:the )?(?P<labelled>{LABELLED})\b",
    rf"\bthe (?P<place>{'|'.join(_PLACES)}) {_KIND}\b",
    rf"\b(?:the )?{_KIND} (?:number |no\. ?)?(?P<number>\d+(?:\.\d+)*|[IVX]+|{'|'.join(CARDINALS)})\b",
    rf"\b(?:the |its )?(?P<opens>introduction|introductory {_KIND}|introductory remarks)\b(?! (?:of|to|into)\b)",
    rf"\b(?:the |its )?(?P<closes>conclusions?|concluding {_KIND}|(?:concluding|closing|final) remarks)\b"
    r"(?! (?:of|that|on|about|from)\b)",
    rf"\bthe {_KIND} (?:(?:that is )?(?:called|titled|entitled|headed|named)|on|about|dealing with|that deals with|"
    rf"concerning|regarding|covering) (?P<name>.+?)(?=,? {_SAYS}|[\s?!.,;:]*$|[,;]\s)",
    r"\b(?:page|pp?\.) ?(?P<page>\d{1,4}|[ivxlc]+)\b",
    rf"\b(?:the )?{_KIND} '(?P<quoted>[^'?!]+(?:'\w[^'?!]*)*)'(?!\w)",
    rf"\bthe (?P<title>[‘“\"'’”]?\w[^?!.,;:]*?) {_KIND}\b",
    r"[‘“\"](?P<quoted>[^‘’“”\"]+)[’”\"]",
)


_BY_NAME = frozenset({"name", "title", "quoted"})  # how a mention tells a section by its heading


@dataclass(frozen=True, slots=True)
class Section:
    """A part of a document under a heading, with all beneath it; the text before the first heading has none.

    `number` is the one printed in its heading, else empty.
    """

    document: str
    heading: str
    span: Span
    level: int
    number: str = ""


@dataclass(frozen=True, slots=True)
class Mention:
    """How a question names a section: `text` are its words there, `how` is the name of the group that caught it."""

    text: str
    how: str
    value: str


def outline(document: Document) -> tuple[Section, ...]:
    """Return the sections of a document in order, those without running text or a table left out."""
    blocks = document.blocks
    heads = [i for i, block in enumerate(blocks) if block.kind is BlockKind.HEADING]
    found = []
    for place, i in enumerate(heads):
        below = next((j for j in heads[place + 1 :] if blocks[j].level <= blocks[i].level), len(blocks))
        span = (blocks[i].end, blocks[below - 1].end)
        heading = " ".join(document.text[blocks[i].start : blocks[i].end].split())
        number = _NUMERAL.match(heading)
        if any(b.kind in (BlockKind.PARAGRAPH, BlockKind.TABLE) for b in blocks[i + 1 : below]):
            found.append(Section(document.id, heading, span, blocks[i].level, number[1] if number else ""))
    before = [b for b in blocks[: heads[0] if heads else len(blocks)] if b.kind is BlockKind.PARAGRAPH]
    if before:
        top = min((s.level for s in found), default=1)
        found.insert(0, Section(document.id, "", (before[0].start, before[-1].end), top))
    return tuple(found)


def section_mentioned(question: str) -> Mention | None:
    """Return the part of a question that names a section, if it names one."""
    for pattern in _MENTIONS:
        if match := re.search(pattern, question, re.IGNORECASE):
            how, value = next((name, value) for name, value in match.groupdict().items() if value)
            return Mention(match.group(), how, value.strip(" ‘’“”\"'"))
    return None


def may_have_section(mention: Mention, index: Index) -> Iterator[Document]:
    """Yield the documents in which a section that is named may be: all of them where these are few.

    Of many, those that have the words of its name, or come nearest to it; one that is only named by its place ('the
    introduction', 'section 2') is none of theirs, as several have one.
    """
    if not are_few(index) and mention.how not in _BY_NAME:
        return
    ids = None
    if not are_few(index):
        terms = [[term, *index.variants(term)] for term in dict.fromkeys(analyze(mention.value))]
        held = [index.documents_with(spelt) for spelt in terms]
        ids = frozenset.intersection(*held) or frozenset.union(*held) if held else None
    yield from (index.documents[name] for name in nearest(ids or None, mention.value, index))


def find_section(
    mention: Mention, documents: Iterable[Document], cosines: Callable[[str, Sequence[str]], Sequence[float]]
) -> Section | None:
    """Return the section that is meant; None where there is none, or where several documents have one.

    Args:
        mention: how it is named.
        documents: where to look.
        cosines: gives the cosine of a text with each of others; asked when no heading has the words of a name.
    """
    outlines = (outline(document) for document in documents)
    if mention.how in _BY_NAME:
        sections = [section for found in outlines for section in found if section.heading]
        by_words = _by_words(mention.value, sections)
        return by_words or (_by_meaning(mention.value, sections, cosines) if mention.how == "name" else None)
    if mention.how == "page":
        on_page = (section for document in documents if (section := _page(document, mention.value)))
        placed = list(islice(on_page, 2))
    else:
        placed = list(islice((section for found in outlines if (section := _placed(mention, found))), 2))
    return placed[0] if len(placed) == 1 else None


def speaks_of_whole(sections: Sequence[Section]) -> tuple[Section, ...]:
    """Return those sections of a document in which it speaks of itself as a whole: its opening and its close."""
    top = _top(sections)
    named = [s for s in top if _OPENS.search(s.heading) or any(pattern.search(s.heading) for pattern in _CLOSES)]
    return tuple(s for s in top if not s.heading or s in named or re.search(r"\babstract\b", s.heading, re.IGNORECASE))


def _page(document: Document, number: str) -> Section | None:
    """What stands on a page, as its number is printed; of what stands apart on it, the longest piece."""
    ends = [*(offset for offset, _ in document.page_marks[1:]), len(document.text)]
    spans = [
        (start, end)
        for (start, page), end in zip(document.page_marks, ends, strict=False)
        if str(page).lower() == number.lower()
    ]
    longest = max(spans, key=lambda span: span[1] - span[0], default=None)
    return Section(document.id, "", longest, 1) if longest else None


def _placed(mention: Mention, found: Sequence[Section]) -> Section | None:
    """The section of one document that a number or place names."""
    if mention.how == "labelled":
        return labelled_section(mention.value, found)
    top = _top(found)
    if mention.how == "opens":
        return next((s for s in top if _OPENS.search(s.heading)), top[0] if top and not top[0].heading else None)
    if mention.how == "closes":
        return next((s for pattern in _CLOSES for s in reversed(top) if pattern.search(s.heading)), None)
    headed = [section for section in top if section.heading]
    if mention.how == "place":
        place = _PLACES[mention.value.lower()]
        return headed[place - (place > 0)] if len(headed) >= abs(place) else None
    number = mention.value.lower()
    number = str(CARDINALS.index(number) + 1) if number in CARDINALS else number
    numbered = [section for section in found if section.number]
    if numbered or not number.isdigit():
        return next((section for section in numbered if section.number.lower() == number), None)
    return headed[int(number) - 1] if 0 < int(number) <= len(headed) else None


def _top(found: Sequence[Section]) -> list[Section]:
    """The sections of the highest level that has more than one with a heading, and the text before the first."""
    levels = sorted({s.level for s in found})
    level = next(
        (n for n in levels if sum(s.level == n and bool(s.heading) for s in found) > 1), min(levels, default=1)
    )
    return [s for s in found if s.level == level or not s.heading]


def _by_words(name: str, sections: Sequence[Section]) -> Section | None:
    """The section whose heading has all words of a name, or the name all of its; that with the fewest others."""
    wanted = frozenset(analyze(name))
    best: list[tuple[float, Section]] = []
    for section in sections:
        heading = frozenset(analyze(_NUMERAL.sub("", section.heading, count=1) or section.heading))
        shared = sum(any(_same(term, other) for other in heading) for term in wanted)
        if shared and shared == min(len(wanted), len(heading)):
            best.append((shared / max(len(wanted), len(heading)), section))
    best.sort(key=lambda pair: -pair[0])
    if len(best) > 1 and best[0][0] == best[1][0] and best[0][1].document != best[1][1].document:
        return None
    return best[0][1] if best else None


def _same(term: str, other: str) -> bool:
    """Say whether two terms are one, or one a slip of the other: a letter too many or too few, or two swapped."""
    slip = len(term) != len(other) or sorted(term) == sorted(other)
    long = min(len(term), len(other)) > 4
    return term == other or (long and slip and SequenceMatcher(None, term, other).ratio() >= _SAME_WORD)


def _by_meaning(
    name: str, sections: Sequence[Section], cosines: Callable[[str, Sequence[str]], Sequence[float]]
) -> Section | None:
    """The section whose heading comes nearest to a name in meaning, where it is near and no other is as near."""
    headings = list(dict.fromkeys(section.heading for section in sections))
    ranked = sorted(zip(cosines(name, headings), headings, strict=True), reverse=True) if headings else []
    if not ranked or ranked[0][0] < _NEAR or (len(ranked) > 1 and ranked[0][0] - ranked[1][0] < _LEAD):
        return None
    return next(_each(sections, ranked[0][1]))


def _each(sections: Sequence[Section], heading: str) -> Iterator[Section]:
    return (section for section in sections if section.heading == heading)
