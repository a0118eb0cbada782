"""What an EPUB says of itself: its metadata, the order of its documents, its tables of contents and of pages."""

import posixpath
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING
from urllib.parse import unquote

from core.errors import InputError
from core.records import Page, Publication
from ingest.markup.archive import Archive
from ingest.markup.tree import decode_html, parse_html, plain, roles, words
from ingest.markup.webmeta import iso_date, read_doi
from ingest.markup.wordstyles import local
from ingest.metadata import Metadata

if TYPE_CHECKING:
    from lxml.etree import _Element

__all__ = ["Package", "Targets", "read_package", "read_targets", "resolve"]

_CONTAINER = "META-INF/container.xml"
_PAGES = ("application/xhtml+xml", "text/html", "application/html+xml", "text/x-oeb1-document")


@dataclass(frozen=True, slots=True)
class Package:
    """A book's metadata and the paths of its documents in reading order; `nav` and `ncx` are its lists, or empty."""

    metadata: Metadata
    spine: tuple[str, ...]
    nav: str = ""
    ncx: str = ""


@dataclass(frozen=True, slots=True)
class Targets:
    """What a book's lists say: the title of a document by path, and the page that begins at 'path#id' or a path."""

    titles: Mapping[str, str] = field(default_factory=dict)
    pages: Mapping[str, Page] = field(default_factory=dict)


def read_package(archive: Archive) -> Package:
    """Return what a book's package document says.

    Raises:
        InputError: it has none, or one that is broken.
    """
    path = _package_path(archive)
    root = archive.read_xml(path)
    items: dict[str, tuple[str, str, str]] = {}
    for item in root.iter("{*}item"):
        href = resolve(path, item.get("href") or "")
        items[item.get("id") or ""] = href, item.get("media-type") or "", item.get("properties") or ""
    order = [items[ref] for e in root.iter("{*}itemref") if (ref := e.get("idref") or "") in items]
    spine = [href for href, kind, _ in order or items.values() if kind in _PAGES]
    spine_element = root.find("{*}spine")
    ncx = items.get(spine_element.get("toc") or "") if spine_element is not None else None
    return Package(
        metadata=_metadata(root),
        spine=tuple(spine),
        nav=next((href for href, _, properties in items.values() if "nav" in properties.split()), ""),
        ncx=ncx[0] if ncx else next((href for href, kind, _ in items.values() if kind.endswith("dtbncx+xml")), ""),
    )


def read_targets(archive: Archive, package: Package) -> Targets:
    """Return what the tables of contents and of pages say, that of EPUB 3 before that of EPUB 2."""
    titles: dict[str, str] = {}
    pages: dict[str, Page] = {}
    if package.nav in archive:
        root = parse_html(decode_html(archive.read(package.nav), archive.name), archive.name)
        for nav in root.iter("nav"):
            links = [(resolve(package.nav, a.get("href") or ""), words(a)) for a in nav.iter("a")]
            if "page-list" in roles(nav):
                pages.update((key, _page(label)) for key, label in links if label)
            elif "toc" in roles(nav):
                _add_titles(titles, links)
    if package.ncx in archive:
        root = archive.read_xml(package.ncx)
        if not titles:
            _add_titles(titles, _ncx_entries(root, "navPoint", package.ncx))
        if not pages:
            pages.update((key, _page(label)) for key, label in _ncx_entries(root, "pageTarget", package.ncx) if label)
    return Targets(titles, pages)


def resolve(base: str, href: str) -> str:
    """Return the path in the archive that a link of the file at `base` leads to, with its fragment."""
    path, mark, fragment = href.partition("#")
    joined = posixpath.normpath(posixpath.join(posixpath.dirname(base), unquote(path))) if path else base
    return f"{joined.lstrip('/')}#{unquote(fragment)}" if mark else joined.lstrip("/")


def _package_path(archive: Archive) -> str:
    if _CONTAINER in archive:
        for element in archive.read_xml(_CONTAINER).iter("{*}rootfile"):
            if (path := element.get("full-path") or "") in archive:
                return path
    path = next((path for path in archive.members if path.lower().endswith(".opf")), "")
    if not path:
        raise InputError(f"cannot read {archive.name}: it is a zip file but no e-book (EPUB); download it again")
    return path


def _add_titles(titles: dict[str, str], links: "Iterator[tuple[str, str]] | list[tuple[str, str]]") -> None:
    for key, label in links:
        titles.setdefault(key.partition("#")[0], label)


def _ncx_entries(root: "_Element", name: str, base: str) -> Iterator[tuple[str, str]]:
    for entry in root.iter(f"{{*}}{name}"):
        label, content = entry.find("{*}navLabel"), entry.find("{*}content")
        if label is not None and content is not None:
            yield resolve(base, content.get("src") or ""), words(label)


def _page(label: str) -> Page:
    return int(label) if label.isascii() and label.isdigit() and len(label) < 7 else label


def _metadata(root: "_Element") -> Metadata:
    said: dict[str, list[_Element]] = {}
    refined: dict[tuple[str, str], str] = {}
    for element in root.iter():
        if isinstance(element.tag, str) and "purl.org/dc/" in element.tag and (element.text or "").strip():
            said.setdefault(local(element), []).append(element)
        elif local(element) == "meta" and element.get("refines"):
            refined[(element.get("refines") or "").lstrip("#"), element.get("property") or ""] = element.text or ""
    titles = sorted(
        said.get("title", ()), key=lambda e: refined.get((e.get("id") or "", "title-type"), "main") != "main"
    )
    creators = [e for e in said.get("creator", ()) if _role(e, refined) in ("", "aut")]
    editors = [e for name in ("creator", "contributor") for e in said.get(name, ()) if _role(e, refined) == "edt"]
    dates = sorted(said.get("date", ()), key=lambda e: not _attribute(e, "event").endswith("publication"))
    identifiers = [e.text or "" for e in said.get("identifier", ())]
    return Metadata(
        title=_text(titles[0]) if titles else "",
        authors=tuple(_text(e) for e in creators),
        date=next(filter(None, (iso_date(_text(e)) for e in dates if _attribute(e, "event") != "modification")), ""),
        publication=Publication(
            type="book",
            editors=tuple(_text(e) for e in editors),
            publisher=_text(said["publisher"][0]) if "publisher" in said else "",
            doi=next(filter(None, map(read_doi, identifiers)), ""),
        ),
    )


def _role(element: "_Element", refined: Mapping[tuple[str, str], str]) -> str:
    return (_attribute(element, "role") or refined.get((element.get("id") or "", "role"), "")).strip().lower()


def _attribute(element: "_Element", name: str) -> str:
    return next((v for k, v in element.items() if k.rpartition("}")[2] == name), "")


def _text(element: "_Element") -> str:
    return plain(element.text or "").strip()
