"""Answer which works the documents cite, and how many: a list of them, most cited first."""

import re
from collections.abc import Collection, Sequence

from answer.sources.cited import place_quote
from answer.sources.finding import SourceIndex, work_name
from answer.sources.places import Place, all_places
from answer.told import Told
from core.records import Document
from core.wording import count_of
from index import Index
from index.terms import analyze

__all__ = ["asks_for_works", "author_asked_for", "list_works"]

MOST_WORKS = 10

_CITES = re.compile(
    r"\b(?:cit(?:e[sd]?|ing|ations?)|references?|referenced|sources|bibliography|literature)\b", re.IGNORECASE
)
# What a question for all sources is made of; one with any other term asks for the source of something.
_TERMS = frozenset(
    analyze(
        "cite cites cited citing citation source reference referenced work works literature bibliography author "
        "scholar study publication book article paper writer use used draw drawn rely name list tell give show many "
        "number total count altogether overall document chapter text report thesis essay most often frequently "
        "commonly main different every whole please survey handbook manual guide briefing review"
    )
)
_DOCUMENT = re.compile(
    r"\b(?:document|chapter|text|article|paper|report|thesis|essay|book|author|survey|handbook|manual|guide|briefing|review)"
    r"s?\b",
    re.IGNORECASE,
)
# What asks for these asks for no list of works.
_BOOKS = re.compile(r"\breference (?:book|article|paper|text|work|number)s?\b", re.IGNORECASE)
_BY = re.compile(
    r"\b(?:works?|stud(?:y|ies)|papers?|publications?|books?|articles?|sources?|references?|texts?)\s+(?:by|of|from)\s+"
    r"(?P<author>(?-i:[A-Z])[^?!]*?)(?=\s+(?:do|does|did|is|are|was|were|has|have)\b|\W*$)",
    re.IGNORECASE,
)
_FOR = re.compile(r"\b(?:for|on|about|behind)\b", re.IGNORECASE)


def asks_for_works(question: str, completed: str) -> bool:
    """Say whether a question asks which works the documents cite, or how many, and not which for something.

    Args:
        question: as asked; one that names the document stands alone.
        completed: with what it leaves out.
    """
    if _BOOKS.search(question):
        return False
    alone = bool(_DOCUMENT.search(question)) and not _FOR.search(question)
    text = question if alone else completed
    return bool(_CITES.search(text)) and _TERMS.issuperset(analyze(text))


def author_asked_for(question: str) -> str:
    """Return the author of whom a question asks which works the documents cite, or nothing."""
    named = _BY.search(question)
    if not named or not _CITES.search(question):
        return ""
    rest = question[: named.start("author")] + question[named.end("author") :]
    return named["author"] if _TERMS.issuperset(analyze(rest)) else ""


def list_works(sources: SourceIndex, index: Index, author: str = "") -> Told:
    """Return the works that the documents cite, most cited first, each with the first place that can be quoted.

    Args:
        sources: the places.
        index: where to quote from.
        author: whose works; all where it is empty, for which every document is read, one after another.
    """
    documents = index.documents
    places = sources.find(author) if author else tuple(all_places(documents))
    works: dict[str, list[Place]] = {}
    for place in places:
        works.setdefault(work_name(place.cited, documents[place.document]), []).append(place)
    by = f" by {author}" if author else ""
    if not works:
        return Told((), "", f"It cites no work{by}." if by else _nothing(documents.values()))
    shown = sorted(works.items(), key=lambda item: -len(item[1]))[:MOST_WORKS]
    head = f"{'It cites' if len(documents) == 1 else 'The documents cite'} {count_of(len(works), 'work')}{by} in "
    head += f"{count_of(len(places), 'place')}{':' if len(works) == len(shown) else '; most often:'}"
    lines, quotes = [], []
    for name, held in shown:
        found = (place_quote(place, index) for place in held)
        quote = next(filter(None, found), None)
        quotes += [quote] if quote else []
        lines.append(f"{name} ({_places(held)}){f' [{len(quotes)}]' * bool(quote)}")
    return Told(tuple(quotes), "\n\n".join([head, *lines, "`ibid cite --all` lists every place."]))


def _places(places: Sequence[Place]) -> str:
    """How many places there are, and where the first is."""
    first = places[0]
    where = f"on p. {first.page}" if first.page is not None else f"in {first.section[-1]}" if first.section else ""
    if len(places) > 1 and where:
        where = f"first {where}"
    return ", ".join(filter(None, (count_of(len(places), "place"), where)))


def _nothing(documents: Collection[Document]) -> str:
    said = "It cites no works" if len(documents) == 1 else "The documents cite no works"
    listed = any(document.references for document in documents)
    return f"{said}{', though there is a bibliography' * listed}."
