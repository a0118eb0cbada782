"""The places where a document cites works."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace

from core.records import CitedSource, Document, Page

__all__ = ["Place", "all_places", "places_in"]


@dataclass(frozen=True, slots=True)
class Place:
    """A place where a document cites a work: the sentence, quotation or table row that the work supports.

    A work that is cited by its number has the authors and the year of its entry in the bibliography.
    """

    document: str
    cited: CitedSource
    sentence: str
    section: tuple[str, ...]
    page: Page | None


def places_in(document: Document) -> Iterator[Place]:
    """Yield the places where a document cites works, in the order of its text."""
    blocks = iter(document.blocks)
    block = next(blocks, None)
    for cited in document.cited:
        start, end = cited.sentence
        while block and block.end <= start:
            block = next(blocks, None)
        section = block.section if block else ()
        yield Place(
            document.id, _named(cited, document), document.text[start:end], section, document.page_at(cited.start)
        )


def _named(cited: CitedSource, document: Document) -> CitedSource:
    """A cited work with its names: those of its entry where the text gives its number alone."""
    if cited.authors or cited.reference is None:
        return cited
    entry = document.references[cited.reference]
    return replace(cited, authors=entry.authors, year=entry.year) if entry.authors else cited


def all_places(documents: Mapping[str, Document]) -> Iterable[Place]:
    """Yield the places of all documents, which are read one after another."""
    return (place for document in documents.values() for place in places_in(document))
