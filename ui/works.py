"""The works that documents cite, each with all its places; and the list of them written out for other programs."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

from answer import Place, SourceIndex, work_name
from core.citing.bibtex import cited_reference
from core.records import Document, Reference
from ui.cite import places_text

__all__ = ["EXPORTS", "CitedWork", "Export", "cited_works", "export"]

Export = Literal["csv", "json", "markdown", "bibtex"]
EXPORTS: dict[Export, tuple[str, str]] = {
    "csv": ("sources.csv", "text/csv"),
    "json": ("sources.json", "application/json"),
    "markdown": ("sources.md", "text/markdown"),
    "bibtex": ("sources.bib", "application/x-bibtex"),
}  # file name and media type


@dataclass(frozen=True, slots=True)
class CitedWork:
    """A work as documents cite it: its name ('Bell and Dorn 1999'), authors and year, and its places in order.

    `reference` is its entry in the first bibliography that lists it, as printed; empty where none does.
    """

    name: str
    authors: str
    year: str
    reference: str
    places: tuple[Place, ...]


def cited_works(documents: Mapping[str, Document]) -> tuple[CitedWork, ...]:
    """Return the works that documents cite, in the order of their names."""
    places: dict[str, list[Place]] = {}
    for place in SourceIndex(documents).places:
        places.setdefault(work_name(place.cited, documents[place.document]), []).append(place)
    works = (_work(name, tuple(found), documents) for name, found in places.items())
    return tuple(sorted(works, key=lambda work: work.name.casefold()))


def export(documents: Mapping[str, Document], form: Export) -> dict[str, str]:
    """Return a file with all that documents cite: its `name`, media `type` and `text`.

    In BibTeX an entry a work, as far as the documents tell; in the other forms all places.
    """
    name, media = EXPORTS[form]
    text = _bibtex(documents) if form == "bibtex" else places_text(SourceIndex(documents).places, documents, form)
    return {"name": name, "type": media, "text": f"{text}\n"}


def _work(name: str, places: tuple[Place, ...], documents: Mapping[str, Document]) -> CitedWork:
    listed = _listed(places, documents)
    document, entry = listed or (None, None)
    year = next((place.cited.year for place in places if place.cited.year), entry.year if entry else "")
    printed = " ".join(document.text[entry.start : entry.end].split()) if document and entry else ""
    return CitedWork(name, name.removesuffix(f" {year}") if year else name, year, printed, places)


def _listed(places: tuple[Place, ...], documents: Mapping[str, Document]) -> tuple[Document, Reference] | None:
    """The entry of a work in the first bibliography that lists it."""
    for place in places:
        if place.cited.reference is not None:
            document = documents[place.document]
            return document, document.references[place.cited.reference]
    return None


def _bibtex(documents: Mapping[str, Document]) -> str:
    entries: dict[str, str] = {}
    for work in cited_works(documents):
        listed = _listed(work.places, documents)
        note = f"cited in {_where(work.places, documents)}"
        key, entry = cited_reference(work.places[0].cited, listed and listed[1], entries, note=note)
        entries[key] = entry
    return "\n\n".join(entries.values())


def _where(places: tuple[Place, ...], documents: Mapping[str, Document]) -> str:
    """The documents that cite a work, each with its pages: 'On Ponds, p. 3, 5; On Mills'."""
    pages: dict[str, list[str]] = {}
    for place in places:
        found = pages.setdefault(place.document, [])
        if place.page is not None and str(place.page) not in found:
            found.append(str(place.page))
    return "; ".join(
        documents[name].title + (f", p. {', '.join(found)}" if found else "") for name, found in pages.items()
    )
