"""Answer questions about a document itself: its tables, sections and notes, how long it is, by whom and of when."""

import re
from collections.abc import Iterator

from answer.evidence import Evidence
from answer.told import DOCUMENT, Told, forms, has_form
from core.records import Block, BlockKind, Document, Span
from core.wording import count_of
from index import Index
from ingest import count_words

__all__ = ["tell_of_makeup"]

_MOST = 30  # lines of a list
_NOTE_WORDS = 20  # of a note in the list of all
_OPENING = 8  # blocks that may name the authors

_KINDS = {
    "table": BlockKind.TABLE,
    "section": BlockKind.HEADING,
    "heading": BlockKind.HEADING,
    "note": BlockKind.NOTE,
    "endnote": BlockKind.NOTE,
    "footnote": BlockKind.NOTE,
}
_PART = r"(?:section )?(?P<part>tables?|sections?|headings?|(?:end|foot)?notes?)"
_HAS = rf"(?:do we have|are there|does {DOCUMENT} (?:have|contain|include)|are (?:there )?in {DOCUMENT})"
_OF = rf"(?: (?:of|in|does) {DOCUMENT}(?: (?:have|contain|include))?)?"
_PARTS = forms(
    (
        rf"how many {_PART}(?: {_HAS}| in (?:all|total))*",
        rf"(?:list|name|show|give|tell|what are|which are)(?: me| us)?(?: all)?(?: the| its)? {_PART}{_OF}(?: about)?",
        rf"(?:what|which) {_PART} {_HAS}",
        rf"(?:what(?: is|[’']s)|show|give)(?: me)? (?:the|its) (?:structure|table of contents|contents){_OF}",
        rf"how is {DOCUMENT} (?:structured|organi[sz]ed|divided|laid out)",
    )
)
_LENGTH = forms(
    (
        rf"how long is {DOCUMENT}",
        rf"how many (?:pages|words)(?: (?:{_HAS}|does {DOCUMENT} run to|is {DOCUMENT}|long|{DOCUMENT}))*",
        rf"what(?: is|[’']s) (?:the|its) length{_OF}",
    )
)
_OUT = r"(?:published|written|released|issued|printed|brought out)"
_DATE = forms(
    (
        rf"(?:when|(?:in )?(?:what|which) year) (?:was|were) {DOCUMENT} (?:first )?{_OUT}",
        rf"how old is {DOCUMENT}",
        rf"what(?: is|[’']s) (?:the|its) (?:publication )?(?:date|year)(?: of publication)?{_OF}",
    )
)
_AUTHORS = forms(
    (
        rf"who (?:wrote|has written|authored|composed) {DOCUMENT}",
        rf"(?:who|what) (?:is|was|are|were) (?:the |its )?authors?{_OF}",
        rf"who (?:was|is) {DOCUMENT} (?:written|authored) by|by whom (?:was|is) {DOCUMENT} written",
    )
)
_CALLED = re.compile(r"(?<=\bthe )(?:guide|handbook|manual|report|survey|study|thesis|essay)\b", re.IGNORECASE)
_HOUSE = forms(
    (
        rf"who (?:published|publishes|issued) {DOCUMENT}",
        rf"(?:who|what)(?: is|[’']s) (?:the|its) publisher{_OF}",
        rf"where (?:was|is) {DOCUMENT} {_OUT}",
    )
)
_WHOLE = forms(
    (
        r"(?:which|what) (?:book|journal|volume|magazine) "
        rf"(?:is {DOCUMENT} (?:from|in|part of)|did {DOCUMENT} appear in|(?:was|is) {DOCUMENT} {_OUT} in)",
    )
)


def tell_of_makeup(question: str, index: Index) -> Told | None:
    """Return what is to be said of a single document; None where something else is asked, or there are several."""
    if len(index.documents) != 1:
        return None
    (document,) = index.documents.values()
    if match := has_form(question, _PARTS):
        part = (match.groupdict().get("part") or "section").lower().rstrip("s")
        return _parts(document, part, index)
    if has_form(question, _LENGTH):
        return _length(document)
    if has_form(question, _DATE):
        return _date(document, index)
    if has_form(question, _AUTHORS) and (told := _authors(question, document, index)):
        return told
    if has_form(question, _HOUSE):
        return _house(document)
    return _whole(document) if has_form(question, _WHOLE) else None


def _parts(document: Document, part: str, index: Index) -> Told:
    """A list of the tables, headings or notes, each quoted."""
    kind = _KINDS[part]
    blocks = [block for block in document.blocks if block.kind is kind]
    if not blocks:
        return Told((), "", f"It has no {part}s.")
    top = min(block.level for block in blocks)
    lines, quotes = [], []
    for block in blocks[:_MOST]:
        span = _shown(document, block)
        quote = _quote(document, block, span, index)
        quotes += [quote] if quote else []
        text = " ".join(document.text[slice(*span)].split())
        where = f" (p. {block.page})" if block.page is not None else ""
        indent = "– " * (block.level - top)
        lines.append(f"{indent}{text}{where}{f' [{len(quotes)}]' * bool(quote)}")
    more = f"\n\nand {len(blocks) - _MOST} more." if len(blocks) > _MOST else ""
    return Told(tuple(quotes), "\n\n".join([f"It has {count_of(len(blocks), part)}:", *lines]) + more)


def _shown(document: Document, block: Block) -> Span:
    """What a list shows of a block: a caption or the names of the columns, a heading, the beginning of a note."""
    if block.kind is BlockKind.TABLE:
        return (block.start, block.start + len(block.label)) if block.label else block.lines[0]
    if block.kind is BlockKind.HEADING:
        return block.start, block.end
    words = list(re.finditer(r"\S+", document.text[block.start : block.end]))[:_NOTE_WORDS]
    return block.start, block.start + words[-1].end()


def _quote(document: Document, block: Block, span: Span, index: Index) -> Evidence | None:
    """A slice of a block as a quote, in the passage that holds it or the first behind it: a heading is in none."""
    after = (b for b in document.blocks if b.start >= block.start and b.kind is not BlockKind.HEADING)
    hits = index.hits_in(document.id, (block.start, next(after, block).end))
    return Evidence(hits[0], span, document.text[slice(*span)]) if hits else None


def _length(document: Document) -> Told:
    pages = list(dict.fromkeys(page for _, page in document.page_marks))
    words = f"about {round(count_words(document.text), -2):,} words"
    if not pages:
        return Told((), f"It has {words}; its file has no pages.")
    return Told((), f"It has {count_of(len(pages), 'page')} ({pages[0]} to {pages[-1]}) and {words}.")


def _date(document: Document, index: Index) -> Told:
    """The date, with the line of the title page that prints its year, if one does."""
    if not document.date:
        return Told((), "", "It does not say when it came out, nor does its file.")
    printed = next(_front(document, document.date[:4], index), None)
    if printed:
        return Told((printed,), f"It is dated {document.date}: {' '.join(printed.text.split())} [1]")
    return Told((), f"It is dated {document.date} by the record of its file; its title page prints no date.")


def _authors(question: str, document: Document, index: Index) -> Told | None:
    """The authors, with what of the first page names them, if anything does.

    None where the title page does and is found by what is asked: 'the manual' may be another, unless it is named so.
    """
    if not document.authors:
        return None
    called = _CALLED.search(question)
    names, family = ", ".join(document.authors), document.authors[0].split()[-1]
    titles = [document.id, document.title, *(document.text[b.start : b.end] for b in document.blocks if _is_front(b))]
    named = called and called[0].casefold() in " ".join(titles).casefold()
    if not named and (called or any(_front(document, family, index))):
        return None
    opening = [b for b in document.blocks[:_OPENING] if family in document.text[b.start : b.end]]
    quotes = [quote for b in opening if (quote := _quote(document, b, (b.start, b.end), index))][:1]
    if quotes:
        return Told(tuple(quotes), f"It is by {names} [1]")
    return Told((), f"It is by {names}, by the record of its file; its title page names nobody.")


def _is_front(block: Block) -> bool:
    return block.kind is BlockKind.FRONT


def _front(document: Document, words: str, index: Index) -> Iterator[Evidence]:
    """Yield the blocks of the title page that hold some words."""
    for block in document.blocks:
        text = document.text[block.start : block.end]
        if _is_front(block) and words in text:
            hits = index.hits_in(document.id, (block.start, block.end))[:1]
            yield from (Evidence(hit, (block.start, block.end), text) for hit in hits)


def _house(document: Document) -> Told:
    """Who published it, or what it is part of, as the record of the file or of its folder says."""
    if publisher := document.publication.publisher:
        return Told((), f"It came out with {publisher}, by its record.")
    return _whole(document, unknown="who published it")


def _whole(document: Document, *, unknown: str = "what it is part of") -> Told:
    """The book or journal that it stands in, by that record."""
    if container := document.publication.container:
        return Told((), f"It came out in {container}, by its record.")
    return Told((), "", f"It does not say {unknown}.")
