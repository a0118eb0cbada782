"""Answer where and how often a document speaks of a thing: 'On which page is Leeds mentioned?', 'How often …?'."""

from collections import Counter
from collections.abc import Iterable
from itertools import groupby
from operator import itemgetter

from answer.evidence import Evidence
from answer.told import DOCUMENT, Told, forms, has_form
from core.records import Document
from core.wording import count_of
from index import Index
from index.terms import analyze

__all__ = ["tell_of_mentions"]

_MOST_QUOTES = 5
_MOST_SECTIONS = 3
_MOST_WORDS = 120  # of all quotes together

_SPEAK = r"(?:mention|discuss|name|cover|treat|refer to|speak of|talk about|deal with|use the (?:word|term|phrase))"
_SPOKEN = r"(?:mentioned|discussed|named|covered|treated|referred to|spoken of|talked about|dealt with|used)"
_IN = rf"(?: in {DOCUMENT})?"
_ASKS = forms(
    (
        rf"(?:(?:on|in) )?(?:which|what) (?:pages?|sections?) (?:does {DOCUMENT} )?{_SPEAK}s? (?P<thing>.+?)",
        rf"(?:(?:on|in) )?(?:which|what) (?:pages?|sections?) (?:is|are|was|were) (?P<thing>.+?) {_SPOKEN}{_IN}",
        rf"(?:where|how often|how many times) does {DOCUMENT} {_SPEAK} (?P<thing>.+?)",
        rf"(?:where|how often|how many times)(?: in {DOCUMENT})? (?:is|are) (?P<thing>.+?) {_SPOKEN}{_IN}",
    )
)


def tell_of_mentions(question: str, index: Index) -> Told | None:
    """Return in how many sentences and rows of a single document a thing is named, and where, with the first of them.

    None where something else is asked, or there are several documents.
    """
    match = has_form(question, _ASKS)
    if not match or len(index.documents) != 1:
        return None
    (document,) = index.documents.values()
    thing = match["thing"].strip(" ‘’“”\"'")
    wanted = set(analyze(thing))
    if not wanted:
        return None
    found = _naming(document, wanted, index)
    if not found:
        return Told((), "", f"It has no sentence with ‘{thing}’.")
    pages = [str(document.page_at(e.span[0])) for e in found] if document.page_marks else []
    if "section" in question.lower() or not pages:
        sections = Counter(_section(e) for e in found)
        where = f"in {_listed(sections.most_common(_MOST_SECTIONS))}"
        quotes = _first([e for e in found if _section(e) == sections.most_common(1)[0][0]])
    else:
        counted = Counter(pages)
        where = f"on page{'s' * (len(counted) > 1)} {_listed(counted.items())}"
        quotes = _first([next(group)[0] for _, group in groupby(zip(found, pages, strict=True), key=itemgetter(1))])
    lines = [f"{' '.join(quote.text.split())} [{n}]" for n, quote in enumerate(quotes, start=1)]
    head = f"‘{thing}’ is named in {count_of(len(found), 'place')}, {where}:"
    return Told(quotes, "\n\n".join([head, *lines]))


def _naming(document: Document, wanted: set[str], index: Index) -> list[Evidence]:
    """The sentences and rows that have all words of a thing, in the order of the text."""
    spans = {span: hit for hit in index.hits_in(document.id, (0, len(document.text))) for span in hit.passage.sentences}
    texts = ((hit, span, document.text[slice(*span)]) for span, hit in sorted(spans.items(), key=lambda item: item[0]))
    return [Evidence(hit, span, text) for hit, span, text in texts if wanted <= set(analyze(text))]


def _section(evidence: Evidence) -> str:
    section = evidence.hit.passage.section
    return f"‘{section[-1]}’" if section else "what comes before the first heading"


def _first(found: Iterable[Evidence]) -> tuple[Evidence, ...]:
    """As many as there is room for."""
    quotes: list[Evidence] = []
    room = _MOST_WORDS
    for quote in found:
        room -= len(quote.text.split())
        if quotes and (room < 0 or len(quotes) == _MOST_QUOTES):
            break
        quotes.append(quote)
    return tuple(quotes)


def _listed(counted: Iterable[tuple[str, int]]) -> str:
    """Places, each with how often where that is more than once."""
    named = [f"{place} ({count})" if count > 1 else place for place, count in counted]
    return f"{', '.join(named[:-1])} and {named[-1]}" if len(named) > 1 else named[0]
