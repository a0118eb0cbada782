"""Answer which works the documents cite, and how many: a list of them, most cited first."""

import re
from collections.abc import Collection, Sequence
from dataclasses import dataclass

from answer.cited import place_quote
from answer.evidence import Evidence
from answer.places import Place, all_places
from answer.sources import work_name
from core.records import Document
from index import Index
from index.terms import analyze

__all__ = ["WorkList", "asks_for_works", "list_works"]

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
_FOR = re.compile(r"\b(?:for|on|about|behind)\b", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class WorkList:
    """The works that documents cite: in words, `quotes` a place of each; no text where nothing is cited, and why."""

    quotes: tuple[Evidence, ...]
    text: str
    reason: str = ""


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


def list_works(index: Index) -> WorkList:
    """Return the works that the documents cite, most cited first, each with the first place that can be quoted.

    Every document is read for it, one after another.
    """
    documents = index.documents
    works: dict[str, list[Place]] = {}
    for place in all_places(documents):
        works.setdefault(work_name(place.cited, documents[place.document]), []).append(place)
    if not works:
        return WorkList((), "", _nothing(documents.values()))
    shown = sorted(works.items(), key=lambda item: -len(item[1]))[:MOST_WORKS]
    head = f"{'It cites' if len(documents) == 1 else 'The documents cite'} {_count(len(works), 'work')} in "
    head += f"{_count(sum(map(len, works.values())), 'place')}{':' if len(works) == len(shown) else '; most often:'}"
    lines, quotes = [], []
    for name, places in shown:
        found = (place_quote(place, index) for place in places)
        quote = next(filter(None, found), None)
        quotes += [quote] if quote else []
        lines.append(f"{name} ({_places(places)}){f' [{len(quotes)}]' * bool(quote)}")
    return WorkList(tuple(quotes), "\n\n".join([head, *lines, "`ibid cite --all` lists every place."]))


def _places(places: Sequence[Place]) -> str:
    """How many places there are, and where the first is."""
    first = places[0]
    where = f"on p. {first.page}" if first.page is not None else f"in {first.section[-1]}" if first.section else ""
    if len(places) > 1 and where:
        where = f"first {where}"
    return ", ".join(filter(None, (_count(len(places), "place"), where)))


def _nothing(documents: Collection[Document]) -> str:
    said = "It cites no works" if len(documents) == 1 else "The documents cite no works"
    listed = any(document.references for document in documents)
    return f"{said}{', though there is a bibliography' * listed}."


def _count(number: int, what: str) -> str:
    return f"{number} {what}" if number == 1 else f"{number} {what}s"
