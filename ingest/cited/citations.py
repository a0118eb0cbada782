"""Find every work that a text cites, in parentheses, in the sentence itself, in source lines or by number."""

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from core.records import Block, BlockKind, CitedSource, Reference, Span
from ingest.cited.names import CONNECTIVES, bare_word, is_name_word, names_document, part_authors, without_genitive
from ingest.cited.numbering import NUMBERS, numbers_in
from ingest.cited.quotations import announces_quotation, widen_quotations
from ingest.cited.works import YEAR, Work, find_works, narrative_start
from ingest.headings import BULLET
from ingest.sentences import sentence_spans

__all__ = ["find_citations"]

_NARROW = str.maketrans("（）［］，；：\u00a0", "()[],;: ")
_SOURCE = re.compile(r"(?:data\s+)?sources?\s*:|quellen?\s*:|资料来源\s*:|来源\s*:", re.IGNORECASE)
_MAYBE = re.compile(r"[(\[]|\d{4}")
_RANGE = re.compile(r"\d{4}\s?[–/-]\s?\d")
_CALL = re.compile(r"[A-Za-z\d_]\(")  # 'date(2004, 1)' is code,
_GLUED = re.compile(r"[(“‘]?(?:[A-Z][a-zà-ÿ]{2,}|al\.?)\(\d{4}[a-z]?(?:\)|:|, p)")  # and 'Bell(2004)' is none
_DEEPEST = 5  # brackets in brackets
_SKIPPED = (BlockKind.FRONT, BlockKind.HEADING, BlockKind.REFERENCE)


@dataclass(frozen=True, slots=True)
class _Group:
    """A pair of brackets, `start` and `end` inside them; `depth` counts from 0."""

    start: int
    end: int
    depth: int


def find_citations(
    text: str, blocks: Sequence[Block], masked: Sequence[Span] = (), references: Sequence[Reference] = ()
) -> tuple[CitedSource, ...]:
    """Return the works cited in a document's paragraphs, tables and notes, in order; none is linked but numbers.

    Args:
        text: the clean text.
        blocks: what stands where in it; headings, front matter and the bibliography cite nothing.
        masked: the markers of notes in order, which part no sentences.
        references: the bibliography; '[12]' is a citation only where an entry has that number.
    """
    narrow = text.translate(_NARROW)
    numbers = {entry.label: i for i, entry in enumerate(references) if entry.label}
    found: list[CitedSource] = []
    quotations = _block_quotations(text, blocks)
    for block in blocks:
        if block.kind in _SKIPPED or not _MAYBE.search(narrow, block.start, block.end):
            continue
        for unit in _units(text, block, _within(masked, block)):
            cited = list(_in_unit(text, narrow, unit, numbers))
            if block.kind is not BlockKind.TABLE and cited:
                said = block.quoted or len({source.sentence for source in cited}) == 1
                cited = list(widen_quotations(narrow, cited, unit, quotations.get(block.start) if said else None))
            found.extend(cited)
    return tuple(sorted(found, key=lambda cited: (cited.start, cited.end)))


def _block_quotations(text: str, blocks: Sequence[Block]) -> dict[int, int]:
    """Where the block quotation of a paragraph begins, by where the paragraph does.

    A paragraph is quoted where the file says so, and may be where the one before ends with words of saying and a colon.
    """
    begins: dict[int, int] = {}
    for before, block in pairwise((None, *blocks)):
        if block is None or block.kind is not BlockKind.PARAGRAPH:
            continue
        led = before is not None and before.kind is BlockKind.PARAGRAPH and text.endswith(":", 0, before.end)
        led = led and before is not None and announces_quotation(text[before.start : before.end])
        if block.quoted and before is not None and before.quoted:
            begins[block.start] = begins[before.start]
        elif block.quoted or (led and not BULLET.match(text, block.start)):
            begins[block.start] = block.start
    return begins


def _within(masked: Sequence[Span], block: Block) -> Sequence[Span]:
    """The spans inside a block; by bisection, since a book has thousands of both."""
    first = bisect_left(masked, block.start, key=lambda span: span[0])
    return masked[first : bisect_left(masked, block.end, lo=first, key=lambda span: span[0])]


def _units(text: str, block: Block, masked: Sequence[Span]) -> Iterator[tuple[Span, ...]]:
    """The sentences of each stretch of text that citations keep to: a paragraph, a table's row or line."""
    if block.kind is not BlockKind.TABLE:
        yield sentence_spans(text, block.start, block.end, masked)
        return
    if block.label:
        yield ((block.start, block.start + len(block.label)),)
    yield from ((line,) for line in block.lines)


def _in_unit(text: str, narrow: str, sentences: Sequence[Span], numbers: dict[str, int]) -> Iterator[CitedSource]:
    if not sentences:
        return
    start, end = sentences[0][0], sentences[-1][1]
    if label := _SOURCE.match(narrow, start, end):
        for work in find_works(narrow, label.end(), end, source_line=True):
            yield _cited(text, work, sentences, "source line")
        return
    done = start  # up to here a group has given its citations, and none inside it is looked at
    for group in _groups(narrow, start, end):
        if group.start <= done and group.depth:
            continue
        works = list(_in_group(narrow, group, max(start, done - 1 if group.depth else start), sentences))
        if works:
            done = group.end + 1
        yield from (_cited(text, work, sentences, form) for work, form in works)
    if numbers:
        yield from _numeric(text, narrow, sentences, numbers)


def _groups(text: str, start: int, end: int) -> Iterator[_Group]:
    """The pairs of brackets, each before those inside it; none deeper than people write them."""
    found: list[_Group] = []
    stack: list[int] = []
    for match in re.compile(r"[()\[\]]").finditer(text, start, end):
        if match.group() in "([":
            stack.append(match.end())
        elif stack:
            opened = stack.pop()
            found.append(_Group(opened, match.start(), len(stack)))
    around: list[int] = []  # where those end that hold the next
    for group in sorted(found, key=lambda group: group.start):
        while around and around[-1] <= group.start:
            around.pop()
        if len(around) < _DEEPEST:
            yield group
        around.append(group.end)


def _in_group(text: str, group: _Group, floor: int, sentences: Sequence[Span]) -> Iterator[tuple[Work, str]]:
    """The works of one pair of brackets, with their forms."""
    year = re.compile(r"\s*").match(text, group.start)
    opening = YEAR.match(text, year.end() if year else group.start, group.end)
    initial = None
    if opening and text[group.start - 1] == "(":
        if _RANGE.search(opening.group()) or (_CALL.match(text, group.start - 2) and not _is_glued(text, group)):
            return
        floor = max(floor, next((a for a, b in sentences if a <= group.start < b), floor))
        floor = max(floor, *(text.rfind(mark, floor, group.start) + 1 for mark in "\t\n"))
        begin = narrative_start(text, floor, group.start - 1)
        if begin is not None:
            phrase = text[begin : group.start - 1]
            initial = Work(part_authors(without_genitive(phrase)), "", "", begin, begin)
    works = list(find_works(text, group.start, group.end, initial=initial))
    if initial and len(works) == 1 and works[0].start == initial.start:
        works = [replace(works[0], end=group.end + 1)]
    for work in works:
        named = work.inner or (initial is not None and work.authors == initial.authors)
        yield work, "narrative" if named else "parenthetical"
    if not works and (document := _document(text, group)):
        yield document, "parenthetical"


def _is_glued(text: str, group: _Group) -> bool:
    """Say whether a name stands right before a year in parentheses, the space between them lost: 'Bell(2004)'."""
    word = max(text.rfind(blank, 0, group.start) for blank in " \t\n") + 1
    return bool(_GLUED.match(text, word))


def _document(text: str, group: _Group) -> Work | None:
    """A document that a pair of parentheses names without a year: '(Tenth Plan of the Province)'.

    Most parentheses hold glosses. One is a citation where it names a kind of document in several words, stands at the
    end of a clause, and follows neither a name nor an abbreviation, which it would explain.
    """
    words = text[group.start : group.end].split()
    named = [word for word in words if is_name_word(word)]
    known = all(is_name_word(word) or word in CONNECTIVES or re.match(r"\d+(?:st|nd|rd|th)\b", word) for word in words)
    before = text[max(0, group.start - 60) : group.start - 1].split()
    after = text[group.end + 1 : group.end + 2]
    if len(words) < 3 or len(named) < 2 or not known or not names_document(" ".join(words)) or after not in ".,;:":
        return None
    if not before or not after or (is_name_word(before[-1]) and before[-1][-1] not in "’”"):
        return None
    if bare_word(before[-1]).isdigit() or text[group.start - 1] != "(":
        return None
    authors = part_authors(text[group.start : group.end])
    return Work(authors, "", "", group.start, group.end)


def _numeric(text: str, narrow: str, sentences: Sequence[Span], numbers: dict[str, int]) -> Iterator[CitedSource]:
    for match in NUMBERS.finditer(narrow, sentences[0][0], sentences[-1][1]):
        for number, (start, end) in numbers_in(narrow, *match.span(1)):
            if str(number) in numbers:
                work = Work(((), False), "", "", start, end)
                yield replace(_cited(text, work, sentences, "numeric"), reference=numbers[str(number)])


def _cited(text: str, work: Work, sentences: Sequence[Span], form: str) -> CitedSource:
    names, others = work.authors
    return CitedSource(
        authors=names,
        year=work.year,
        locator=work.locator,
        raw=text[work.start : work.end],
        start=work.start,
        end=work.end,
        sentence=_sentence(work, sentences),
        form=form,
        et_al=others,
    )


def _sentence(work: Work, sentences: Sequence[Span]) -> Span:
    """The sentence that holds a citation; where a stop inside the citation was taken for its end, all of it."""
    first = next((span for span in reversed(sentences) if span[0] <= work.start), sentences[0])
    last = next((span for span in sentences if span[1] >= work.end), sentences[-1])
    return first[0], max(first[1], last[1])
