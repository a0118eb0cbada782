"""What `ibid cite` prints: the places where works are cited, an audit, and a document written out as a citation."""

import csv
import io
import json
from collections.abc import Iterable, Mapping, Sequence
from typing import Literal

from answer import Place, SourceIndex, hear, source_name
from core.citing.secondary import write_secondary
from core.citing.styles import Style, write_in_text, write_reference
from core.errors import InputError
from core.records import Document, Page
from core.wording import count_of
from ingest import Finding, audit_citations
from ui.plain import markdown_text, one_line
from ui.reader import place_label

__all__ = ["Format", "audit_text", "citation_text", "find", "place_record", "places_text", "secondary_text"]


Format = Literal["text", "csv", "json", "markdown"]

_COLUMNS = ("work", "authors", "year", "locator", "raw", "form", "document", "section", "page", "sentence", "reference")
_AUDITED = ("document", "kind", "text", "pages")


def places_text(
    places: Sequence[Place], documents: Mapping[str, Document], form: Format, *, ranked: bool = False
) -> str:
    """Return a list of places: works in the order of their names as text or Markdown, else a row or object a place.

    Where places are `ranked`, works keep their order.
    """
    if not places and form in ("text", "markdown"):
        return "No document cites anything for that." if ranked else "No document cites anything."
    if form == "json":
        return json.dumps([place_record(place, documents) for place in places], ensure_ascii=False, indent=2)
    if form == "csv":
        return _csv(_COLUMNS, (_flat(place_record(place, documents)) for place in places))
    works = _works(places, documents, markdown=form == "markdown", ranked=ranked)
    return "\n".join([*works, *_without_list(places, documents)])


def audit_text(documents: Iterable[Document], form: Format) -> str:
    """Return what is wrong with the citations of some documents, each finding with its places.

    By document as text, Markdown or objects; else a row a finding.
    """
    found = ((document, audit_citations(document)) for document in documents)  # one after another: they may be many
    if form == "json":
        return json.dumps([_audit(*pair) for pair in found], ensure_ascii=False, indent=2)
    if form == "csv":
        rows = [
            (document.id, f.kind, f.text, "; ".join(map(str, _pages(document, f))))
            for document, fs in found
            for f in fs
        ]
        return _csv(_AUDITED, (dict(zip(_AUDITED, row, strict=True)) for row in rows))
    head, item, gap = ("## ", "- ", [""]) if form == "markdown" else ("", "  ", [])
    said = markdown_text if form == "markdown" else str
    lines: list[str] = []
    for document, findings in found:
        counts = f"{len(document.cited)} citations, {len(document.references)} references"
        lines += [*(gap if lines else []), f"{head}{said(document.id)}: {counts}", *gap]
        lines += [f"{item}{f.kind}: {said(f.text)}{_on_pages(_pages(document, f))}" for f in findings]
        lines += [] if findings else [f"{item}nothing disagrees"]
    return "\n".join(lines)


def citation_text(document: Document, style: str, page: Page | None) -> str:
    """Return a document as an entry of a bibliography, and as it is cited in the running text."""
    return f"{write_reference(document, Style(style))}\n{write_in_text(document, page, Style(style))}"


def secondary_text(places: Sequence[Place], documents: Mapping[str, Document], style: str) -> str:
    """Return for each place the citation of the work as the document cites it, ready to be pasted, and the sentence.

    In BibTeX an entry a document and work, with the pages of all its places: a key stands once in a file.
    """
    if Style(style) is Style.BIBTEX:
        return "\n\n".join(_entries(places, documents))
    return "\n\n".join(
        f"{_secondary([place], documents, Style(style))}\n  “{one_line(place.sentence)}”" for place in places
    )


def _entries(places: Sequence[Place], documents: Mapping[str, Document]) -> Iterable[str]:
    grouped: dict[tuple[str, str], list[Place]] = {}
    for place in places:
        grouped.setdefault((place.document, source_name(place.cited)), []).append(place)
    return (_secondary(found, documents, Style.BIBTEX) for found in grouped.values())


def _secondary(places: Sequence[Place], documents: Mapping[str, Document], style: Style) -> str:
    document = documents[places[0].document]
    pages = list(dict.fromkeys(str(place.page) for place in places if place.page is not None))
    quoted = all(hear(document, place.cited.sentence).voice.kind == "quotation" for place in places)
    return write_secondary(document, ", ".join(pages) or None, style, works=[places[0].cited], quoted=quoted)


def find(sources: SourceIndex, work: str) -> tuple[Place, ...]:
    """Return the places of a work.

    Raises:
        InputError: it is not cited; the works with the nearest names are told.
    """
    if places := sources.find(work):
        return places
    if sources.listed(work):
        raise InputError(f"'{work}' stands in the bibliography, but the text never cites it: see --audit")
    near = ", ".join(sources.closest(work))
    raise InputError(
        f"no document cites '{work}': " + (f"the nearest are {near}" if near else "give an author and a year, or --all")
    )


def _works(
    places: Sequence[Place], documents: Mapping[str, Document], *, markdown: bool, ranked: bool
) -> Iterable[str]:
    works: dict[str, list[Place]] = {}
    entries: dict[str, str] = {}  # read in the order of the documents, so that each is read once
    for place in places:
        works.setdefault(name := source_name(place.cited), []).append(place)
        if name not in entries:
            entries[name] = _reference(place, documents) or ""
    several = len({place.document for place in places}) > 1
    said = markdown_text if markdown else str
    for name, found in works.items() if ranked else sorted(works.items(), key=lambda item: item[0].casefold()):
        count = count_of(len(found), "place")
        yield f"## {said(name)} ({count})\n" if markdown else f"{name} ({count})"
        if entry := said(entries[name]):
            yield f"> {entry}\n" if markdown else f"  = {entry}"
        for place in found:
            locator = f"at {place.cited.locator}" if place.cited.locator else ""
            where = [place.document] if several else []
            label = said(" · ".join(filter(None, [*where, place_label(place.section, place.page), locator])))
            sentence = said(one_line(place.sentence))
            yield f"- “{sentence}” ({label})" if markdown else f"  “{sentence}”\n    {label}"
        yield ""


def _without_list(places: Sequence[Place], documents: Mapping[str, Document]) -> Iterable[str]:
    for name in dict.fromkeys(place.document for place in places):
        if not documents[name].references:
            yield f"{name} has no bibliography: works are named as its text cites them."


def place_record(place: Place, documents: Mapping[str, Document]) -> dict[str, object]:
    """Return a place where a work is cited as other programs read it."""
    cited = place.cited
    return {
        "work": source_name(cited),
        "authors": list(cited.authors),
        "year": cited.year,
        "locator": cited.locator,
        "raw": cited.raw,
        "form": cited.form,
        "document": place.document,
        "section": " > ".join(place.section),
        "page": place.page,
        "sentence": place.sentence,
        "start": cited.start,
        "end": cited.end,
        "sentence_start": cited.sentence[0],
        "sentence_end": cited.sentence[1],
        "reference": _reference(place, documents),
    }


def _flat(record: dict[str, object]) -> dict[str, object]:
    authors = record["authors"]
    assert isinstance(authors, list)  # noqa: S101 - made above
    return record | {"authors": "; ".join(authors), "sentence": one_line(str(record["sentence"]))}


def _reference(place: Place, documents: Mapping[str, Document]) -> str | None:
    document, number = documents[place.document], place.cited.reference
    if number is None:
        return None
    entry = document.references[number]
    return one_line(document.text[entry.start : entry.end])


def _audit(document: Document, findings: Sequence[Finding]) -> dict[str, object]:
    return {
        "document": document.id,
        "citations": len(document.cited),
        "references": len(document.references),
        "findings": [
            {"kind": f.kind, "text": f.text, "pages": _pages(document, f), "places": [list(span) for span in f.places]}
            for f in findings
        ],
    }


def _pages(document: Document, finding: Finding) -> list[Page]:
    pages = (document.page_at(start) for start, _ in finding.places)
    return list(dict.fromkeys(page for page in pages if page is not None))


def _on_pages(pages: Sequence[Page]) -> str:
    return f" (p. {', '.join(map(str, pages))})" if pages else ""


def _csv(columns: Sequence[str], rows: Iterable[Mapping[str, object]]) -> str:
    out = io.StringIO()
    writer = csv.DictWriter(out, columns, extrasaction="ignore", lineterminator="\n")
    writer.writeheader()
    writer.writerows(rows)
    return out.getvalue().rstrip("\n")
