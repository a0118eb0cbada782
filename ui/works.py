"""The works that documents cite, each with all its places; and the list of them written out for other programs."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal

from answer import Place, all_places, places_in, work_name
from core.citing.bibtex import cited_reference
from core.records import Document, Reference
from ingest import fold_name
from ui.cite import places_text

__all__ = ["EXPORTS", "CitedWork", "Export", "cited_work", "cited_works", "export"]

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
    works = (_work(name, found) for name, found in _read(documents).items())
    return tuple(sorted(works, key=lambda work: (fold_name(work.name), work.name)))


def cited_work(name: str, documents: Mapping[str, Document]) -> CitedWork | None:
    """Return a work by its name, as some documents cite it; None where none does."""
    found = _read(documents).get(name)
    return _work(name, found) if found else None


def export(documents: Mapping[str, Document], form: Export) -> dict[str, str]:
    """Return a file with all that documents cite: its `name`, media `type` and `text`.

    In BibTeX an entry a work, as far as the documents tell; in the other forms all places.
    """
    name, media = EXPORTS[form]
    text = _bibtex(documents) if form == "bibtex" else places_text(tuple(all_places(documents)), documents, form)
    return {"name": name, "type": media, "text": f"{text}\n"}


@dataclass(slots=True)
class _Found:
    """The places of a work as they are found, and its entry in the first bibliography that lists it, as printed."""

    places: list[Place] = field(default_factory=list)
    entry: Reference | None = None
    printed: str = ""
    titles: dict[str, str] = field(default_factory=dict)  # of the documents that cite it, by id


def _read(documents: Mapping[str, Document]) -> dict[str, _Found]:
    """Every work by its name; each document is read once."""
    works: dict[str, _Found] = {}
    for document in documents.values():
        for place in places_in(document):
            found = works.setdefault(work_name(place.cited, document), _Found())
            found.places.append(place)
            found.titles[document.id] = document.title
            if place.cited.reference is not None and found.entry is None:
                found.entry = entry = document.references[place.cited.reference]
                found.printed = " ".join(document.text[entry.start : entry.end].split())
    return works


def _work(name: str, found: _Found) -> CitedWork:
    year = next(
        (place.cited.year for place in found.places if place.cited.year), found.entry.year if found.entry else ""
    )
    authors = name.removesuffix(f" {year}") if year else name
    return CitedWork(name, authors, year, found.printed, tuple(found.places))


def _bibtex(documents: Mapping[str, Document]) -> str:
    entries: dict[str, str] = {}
    works = sorted(_read(documents).items(), key=lambda item: (fold_name(item[0]), item[0]))
    for _, found in works:
        note = f"cited in {_where(found)}"
        key, entry = cited_reference(found.places[0].cited, found.entry, entries, note=note)
        entries[key] = entry
    return "\n\n".join(entries.values())


def _where(found: _Found) -> str:
    """The documents that cite a work, each with its pages: 'On Ponds, p. 3, 5; On Mills'."""
    pages: dict[str, list[str]] = {}
    for place in found.places:
        on = pages.setdefault(place.document, [])
        if place.page is not None and str(place.page) not in on:
            on.append(str(place.page))
    return "; ".join(found.titles[name] + (f", p. {', '.join(on)}" if on else "") for name, on in pages.items())
