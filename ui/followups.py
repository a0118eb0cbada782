"""Questions to ask next: made of what stands near an answer's quotes, and only those that are answered there."""

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import zip_longest

from answer import source_name
from answer.verify.names import names_in
from core.errors import IbidError
from core.records import Answer, Block, BlockKind, Document, Span
from index.terms import analyze
from ui.examples import heading_words, table_question
from ui.sureness import LEVELS

__all__ = ["Cited", "follow_up_questions"]

MOST = 3
TRIES = 4  # questions that are put to the answerer, which costs as much as an answer each; four in five are answered
_OFTEN = 12  # times that a text names what it is about all along, and not just here

Cited = tuple[str, int, int]  # a quote's document, start and end
Ask = Callable[[str, Sequence[str]], Answer]


@dataclass(frozen=True, slots=True)
class _Candidate:
    """A question, and where its answer has to stand; `cites` are the sentences that are sure to be quoted."""

    question: str
    near: Span
    cites: tuple[Span, ...] = ()


def follow_up_questions(
    asked: Sequence[str],
    cited: Sequence[Cited],
    documents: Mapping[str, Document],
    ask: Ask,
    may_ask: Callable[[], bool] = lambda: True,
) -> tuple[str, ...]:
    """Return up to MOST questions that are answered, likely right, by a quote near those of an answer.

    Args:
        asked: the questions of the conversation; what they speak of is not asked again.
        cited: the quotes of the answer; the first leads.
        documents: by id.
        ask: the answerer; it is asked TRIES questions at most.
        may_ask: is called before each, and ends the search where it says no.
    """
    quotes = [quote for quote in cited if quote[0] in documents]
    if not quotes:
        return ()
    document = documents[quotes[0][0]]
    found: list[str] = []
    candidates = list(_candidates(document, quotes[0][1:], {term for text in asked for term in analyze(text)}))
    tries = 0
    for candidate in candidates:
        if len(found) == MOST:
            break
        if candidate.cites:  # it is looked up in the index of sources: no need to ask
            shown = [quote[1:] for quote in quotes if quote[0] == document.id]
            if any(not any(_overlap(sentence, quote) for quote in shown) for sentence in candidate.cites):
                found.append(candidate.question)
            continue
        if tries == TRIES or not may_ask():
            break
        tries += 1
        try:
            answer = ask(candidate.question, ())
        except IbidError:
            continue
        if _is_new(answer, candidate, document.id, quotes):
            found.append(candidate.question)
    return tuple(found)


def _is_new(answer: Answer, candidate: _Candidate, document: str, quotes: Sequence[Cited]) -> bool:
    """Say whether an answer is likely right, stands where it should, and quotes what was not quoted yet."""
    if answer.refused or answer.confidence < LEVELS[0].least:
        return False
    found = [(c.start, c.end) for c in answer.citations if c.document == document]
    near = any(_overlap(span, candidate.near) for span in found)
    return near and any((document, *span) not in quotes for span in found)


def _overlap(one: Span, other: Span) -> bool:
    return one[0] < other[1] and other[0] < one[1]


def _candidates(document: Document, quote: Span, said: set[str]) -> Iterator[_Candidate]:
    """Questions on names, works, tables and sections near a quote, one of each kind in turn."""
    here = _section(document, quote)
    kinds = [
        _of_names(document, quote, here),
        _of_works(document, here),
        _of_tables(document, here),
        _of_sections(document, here),
    ]
    seen: set[str] = set()
    for turn in zip_longest(*kinds):
        for about, candidate in filter(None, turn):
            terms = set(analyze(about))
            if terms and not terms <= said and candidate.question not in seen:
                seen.add(candidate.question)
                yield candidate


def _of_names(document: Document, quote: Span, here: Sequence[Block]) -> Iterator[tuple[str, _Candidate]]:
    """Proper names of the paragraphs around a quote, the nearest first, which the document says more of."""
    around = [block for block in here if block.kind is BlockKind.PARAGRAPH]
    around.sort(key=lambda block: abs(block.start - quote[0]))
    for block in around[:3]:
        text = _without_citations(document, block)
        names = [
            name
            for name in names_in(text)
            if not any(ch.isdigit() for ch in name.text) and not _may_go_on(text, name.start, name.end)
        ]
        for name in sorted(names, key=lambda name: (-len(name.terms), abs(block.start + name.start - quote[0]))):
            if 2 <= document.text.count(name.text) <= _OFTEN:
                yield (
                    name.text,
                    _Candidate(f"What is said about {_named(document, name.text)}?", _reach(document, here)),
                )


def _may_go_on(text: str, start: int, end: int) -> bool:
    """Say whether a name may be a part of a longer one ('Institute of Art and Design'), or is one of a pair."""
    return bool(
        re.match(r"\s+(?:and|&)\s+[A-Z]", text[end:]) or re.search(r"[A-Z][\w’-]*\s+(?:and|&)\s+$", text[:start])
    )


def _named(document: Document, name: str) -> str:
    """A name, with the article that the document mostly puts before it."""
    whole = len(re.findall(rf"\b{re.escape(name)}", document.text))
    return f"the {name}" if 2 * len(re.findall(rf"\bthe\s+{re.escape(name)}", document.text, re.I)) > whole else name


def _of_works(document: Document, here: Sequence[Block]) -> Iterator[tuple[str, _Candidate]]:
    start, end = _reach(document, here)
    places: dict[str, list[Span]] = {}
    for cited in document.cited:
        if cited.authors and cited.year:
            places.setdefault(source_name(cited), []).append(cited.sentence)
    for name, sentences in places.items():
        if any(start <= sentence[0] < end for sentence in sentences):
            yield name, _Candidate(f"What is {name} cited for?", (start, end), tuple(sentences))


def _of_tables(document: Document, here: Sequence[Block]) -> Iterator[tuple[str, _Candidate]]:
    middle = sum(_reach(document, here)) / 2
    tables = [block for block in document.blocks if block.kind is BlockKind.TABLE]
    for block in sorted(tables, key=lambda block: abs(block.start - middle))[:2]:
        if question := table_question(block):
            yield question, _Candidate(question, (block.start, block.end))


def _of_sections(document: Document, here: Sequence[Block]) -> Iterator[tuple[str, _Candidate]]:
    """The section that the quote stands in, then the one behind it."""
    end = _reach(document, here)[1]
    opening = [block for block in document.blocks if block.kind is BlockKind.HEADING]
    own = [block for block in opening if here and block.section == here[0].section]
    for heading in [*own[:1], *[block for block in opening if block.start >= end][:1]]:
        words = heading_words(document, heading)
        blocks = [block for block in document.blocks if block.section[: len(heading.section)] == heading.section]
        if words and blocks:
            yield words, _Candidate(f"What is said about {words}?", _reach(document, blocks))


def _section(document: Document, quote: Span) -> list[Block]:
    """The blocks of the section that a quote stands in."""
    block = next((b for b in document.blocks if b.start <= quote[0] < b.end), None)
    return [b for b in document.blocks if block and b.section == block.section]


def _reach(document: Document, blocks: Sequence[Block]) -> Span:
    if not blocks:
        return (0, len(document.text))
    return min(block.start for block in blocks), max(block.end for block in blocks)


def _without_citations(document: Document, block: Block) -> str:
    """A block's text with its citations blanked out, of one length with it: who is cited is no matter of the text."""
    text = document.text[block.start : block.end]
    for cited in document.cited:
        if block.start <= cited.start and cited.end <= block.end:
            start, end = cited.start - block.start, cited.end - block.start
            text = text[:start] + " " * (end - start) + text[end:]
    return text
