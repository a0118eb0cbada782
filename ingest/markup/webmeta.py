"""What a web page says of itself in its head: for search engines of papers, for libraries, for other sites."""

import json
import re
from collections.abc import Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, Any

from core.records import Publication
from ingest.markup.tree import HEADINGS, classes, plain, words
from ingest.metadata import Metadata

if TYPE_CHECKING:
    from lxml.etree import _Element

__all__ = ["iso_date", "page_metadata", "read_doi"]

_DATE = re.compile(r"(\d{4})(?:[-/.](\d{1,2})(?:[-/.](\d{1,2}))?)?(?!\d)")
_DOI = re.compile(r"10\.\d{4,9}/[^\s\"<>]+")
_TITLES = ("citation_title", "dc.title", "dcterms.title", "og:title", "twitter:title")
_AUTHORS = ("citation_author", "citation_authors", "dc.creator", "dcterms.creator", "author", "article:author")
_DATES = (
    "citation_publication_date",
    "citation_date",
    "citation_online_date",
    "dc.date",
    "dc.date.issued",
    "dcterms.date",
    "dcterms.issued",
    "article:published_time",
    "date",
)
_CONTAINERS = ("citation_journal_title", "citation_inbook_title", "citation_conference_title", "dc.source")
_ARTICLES = ("Article", "Report", "BlogPosting", "Chapter", "Book", "Thesis", "WebPage")
_SEPARATOR = r"\s+[-–—|·»]\s+"
_NOBODY = re.compile(r"https?:|^@|^(?:admin(?:istrator)?|editor|staff|unknown|author|user|root)$", re.IGNORECASE)


def page_metadata(root: "_Element") -> Metadata:
    """Return what a page's head says of it; of a title the name of the site is no part."""
    said = _meta(root)
    linked = _linked_data(root)
    title = next((said[key][0] for key in _TITLES if key in said), "") or _text(linked.get("headline"))
    title = _without_site(title or _head_title(root), [_heading(e) for e in root.iter("h1", "h2")], said)
    authors = next((tuple(said[key]) for key in _AUTHORS if key in said), ()) or tuple(_people(linked.get("author")))
    authors = authors or tuple(_heading(e) for e in root.iter(*HEADINGS) if "author" in classes(e))
    if len(authors) == 1 and ";" in authors[0]:
        authors = tuple(name.strip() for name in authors[0].split(";"))
    dates = [said[key][0] for key in _DATES if key in said] + [_text(linked.get("datePublished"))]
    return Metadata(
        title=title,
        authors=tuple(_in_order(name) for name in authors if name and not _NOBODY.search(name)),
        date=next(filter(None, map(iso_date, dates)), ""),
        publication=_publication(root, said, linked),
    )


def iso_date(text: str) -> str:
    """Return the year or ISO date with which a text begins, or nothing."""
    match = _DATE.match(text.strip())
    if not match:
        return ""
    return "-".join(part if i == 0 else part.zfill(2) for i, part in enumerate(match.groups()) if part)


def read_doi(text: str) -> str:
    """Return the DOI in a text, or nothing."""
    match = _DOI.search(text)
    return match.group().rstrip(".,;)") if match else ""


def _meta(root: "_Element") -> dict[str, list[str]]:
    """The meta elements by name in lower case, those of Dublin Core with a dot."""
    found: dict[str, list[str]] = {}
    for element in root.iter("meta"):
        name = (element.get("name") or element.get("property") or "").lower().replace("dc:", "dc.")
        content = plain(element.get("content") or "").strip()
        if name and content:
            found.setdefault(name, []).append(content)
    return found


def _linked_data(root: "_Element") -> Mapping[str, Any]:
    """The article that a page's JSON-LD describes; the first, or nothing."""
    for element in root.iter("script"):
        if (element.get("type") or "").lower().strip() != "application/ld+json":
            continue
        try:
            data = json.loads(element.text or "")
        except (ValueError, RecursionError):
            continue
        entries = data if isinstance(data, list) else [data]
        for entry in [e for e in entries if isinstance(e, dict)]:
            graph = entry.get("@graph")
            for node in graph if isinstance(graph, list) else [entry]:
                if isinstance(node, dict) and _text(node.get("@type")).endswith(_ARTICLES):
                    return node
    return {}


def _text(value: object) -> str:
    """A JSON value that should be a text; of a list its first."""
    if isinstance(value, list):
        value = value[0] if value else ""
    return plain(value).strip() if isinstance(value, str) else ""


def _people(value: object) -> Iterator[str]:
    for person in value if isinstance(value, list) else [value]:
        name = _text(person.get("name")) if isinstance(person, dict) else _text(person)
        if name:
            yield name


def _in_order(name: str) -> str:
    """A name as it is spoken: 'Bell, Anna' is 'Anna Bell'."""
    family, comma, given = name.partition(", ")
    return f"{given} {family}" if comma and "," not in given and len(given.split()) < 4 else name


def _head_title(root: "_Element") -> str:
    title = root.find("head/title")
    return words(title) if title is not None else ""


def _heading(element: "_Element") -> str:
    """The words of a heading, its lines parted by spaces."""
    pieces: list[object] = element.xpath(".//text() | .//br")
    return plain("".join(piece if isinstance(piece, str) else " " for piece in pieces)).strip()


def _without_site(title: str, headings: Sequence[str], said: Mapping[str, list[str]]) -> str:
    """A title without the site's name: what stands before it, or behind it, is a heading of the page."""
    parts = re.split(_SEPARATOR, title)
    for site in said.get("og:site_name", ()):
        title = re.sub(rf"\s*[-–—|·:]\s*{re.escape(site)}$", "", title)
    if title in headings:
        return title
    starts = [h for h in headings if h and title.startswith(h) and re.match(_SEPARATOR, title[len(h) :])]
    if starts:
        return max(starts, key=len)
    return next((part for part in parts if part in headings), title)


def _publication(root: "_Element", said: Mapping[str, list[str]], linked: Mapping[str, Any]) -> Publication:
    def first(*names: str) -> str:
        return next((said[name][0] for name in names if name in said), "")

    container = first(*_CONTAINERS)
    begin, end = first("citation_firstpage"), first("citation_lastpage")
    publisher = linked.get("publisher")
    canonical = next((e.get("href") or "" for e in root.iter("link") if e.get("rel") == "canonical"), "")
    kind = "chapter" if "citation_inbook_title" in said else "article" if container else "webpage"
    if "citation_dissertation_institution" in said:
        kind = "thesis"
    elif "citation_technical_report_institution" in said:
        kind = "report"
    identifiers = (first("citation_doi", "prism.doi"), *said.get("dc.identifier", ()))
    return Publication(
        type=kind if len(said) else "",
        container=container,
        publisher=first("citation_publisher", "dc.publisher")
        or _text(publisher.get("name") if isinstance(publisher, dict) else publisher)
        or first("og:site_name"),
        volume=first("citation_volume"),
        issue=first("citation_issue"),
        pages=f"{begin}–{end}" if begin and end and begin != end else begin,
        doi=next(filter(None, map(read_doi, identifiers)), ""),
        url=next((url for url in (canonical, first("og:url")) if url.startswith(("https://", "http://"))), ""),
    )
