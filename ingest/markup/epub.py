"""E-books: the documents of an EPUB put together as one tree of HTML in the order in which they are read."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING
from urllib.parse import quote, unquote

from core.errors import InputError
from core.records import Page
from ingest.markup.archive import Archive, open_archive
from ingest.markup.html import read_tree
from ingest.markup.opf import Package, Targets, read_package, read_targets, resolve
from ingest.markup.tree import BLOCKS, DROP, HEADINGS, decode_html, parse_html, roles, words
from ingest.parts import Kind, Part, Reading

if TYPE_CHECKING:
    from lxml.etree import _Element

__all__ = ["load_epub"]

# What readers may obfuscate without locking the book: its fonts.
_FONT_METHODS = ("http://www.idpf.org/2008/embedding", "http://ns.adobe.com/pdf/enc#RC")
_UNSAFE = re.compile("[^\\t\\n\\r\\x20-\\ud7ff\\ue000-\\ufffd\\U00010000-\\U0010ffff]")
_LINKED = 0.7  # of a document's characters in links: then it is a table of contents
_FEWEST_LINKS = 4


def load_epub(data: bytes, name: str) -> Reading:
    """Read an e-book.

    Raises:
        InputError: it is no EPUB, broken, locked, or unpacks to more than a book holds.
    """
    archive = open_archive(data, name)
    _check_open(archive)
    package = read_package(archive)
    targets = read_targets(archive, package)
    root, sections = _read_spine(archive, package)
    if not sections:
        raise InputError(f"{name} is broken: none of the documents in its reading order is there; download it again")
    for path, section in sections.items():
        if path == package.nav or _is_contents(section):
            section.set(DROP, "table of contents")
        elif path in targets.titles:
            _set_heading(section, targets.titles[path])
    reading = read_tree(root, metadata=package.metadata, pages=_pages(root, sections, targets))
    return replace(reading, parts=_from_level_one(reading.parts))


def _check_open(archive: Archive) -> None:
    """Refuse a book whose text is encrypted."""
    if "META-INF/encryption.xml" not in archive:
        return
    for element in archive.read_xml("META-INF/encryption.xml").iter("{*}EncryptedData"):
        method = element.find("{*}EncryptionMethod")
        if method is None or method.get("Algorithm") not in _FONT_METHODS:
            raise InputError(f"cannot read {archive.name}: it is locked (DRM); use a copy without a lock")


def _read_spine(archive: Archive, package: Package) -> tuple["_Element", Mapping[str, "_Element"]]:
    """All documents of a book under one root, each in a section of its own; ids are made those of the whole book."""
    from lxml import etree

    root = etree.Element("html")
    body = etree.SubElement(root, "body")
    sections: dict[str, _Element] = {}
    for path in package.spine:
        if path not in archive or path in sections:
            continue
        page = parse_html(decode_html(archive.read(path), f"{archive.name}: {path}"), archive.name)
        found = page.find("body")
        section = etree.SubElement(body, "section") if found is None else found
        section.tag = "section"
        section.set("id", _safe(path))
        body.append(section)
        sections[path] = section
        for element in section.iterdescendants():
            _make_global(element, path)
    return root, sections


def _make_global(element: "_Element", path: str) -> None:
    for key in ("id", "name"):
        if element.get(key) and (key == "id" or element.tag == "a"):
            element.set(key, _safe(f"{path}#{element.get(key)}"))
    href = element.get("href")
    if href and element.tag == "a" and "://" not in href and not href.startswith("mailto:"):
        file, _, fragment = href.partition("#")
        target = resolve(path, file) if file else path
        element.set("href", "#" + quote(_safe(f"{target}#{unquote(fragment)}" if fragment else target)))


def _safe(text: str) -> str:
    """A text without the characters that no attribute may hold."""
    return _UNSAFE.sub("", text)


def _is_contents(section: "_Element") -> bool:
    """Say whether a document holds little but links to the others."""
    links = [link for link in section.iter("a") if link.get("href") and not roles(link) & {"noteref", "backlink"}]
    linked = sum(len(words(link)) for link in links)
    return len(links) >= _FEWEST_LINKS and linked > _LINKED * max(len(words(section)), 1)


def _set_heading(section: "_Element", title: str) -> None:
    """Make the paragraph that opens a document its heading, where the table of contents has it as its title."""
    wanted = _letters(title)
    for element in section.iterdescendants():
        if element.tag in HEADINGS:
            return
        if element.tag not in BLOCKS or not words(element):
            continue
        if (
            wanted
            and _letters(words(element)) == wanted
            and not any(e.tag in BLOCKS for e in element.iterdescendants())
        ):
            element.tag = "h1"
            return
        if not wanted.startswith(_letters(words(element))) and not _letters(words(element)).startswith(wanted):
            return


def _letters(text: str) -> str:
    return "".join(ch for ch in text.casefold() if ch.isalnum())


def _pages(root: "_Element", sections: Mapping[str, "_Element"], targets: Targets) -> Mapping["_Element", Page]:
    """The pages that the book's list of pages says begin at its elements."""
    if not targets.pages:
        return {}
    known = {element.get("id"): element for element in root.iter() if element.get("id")} | dict(sections)
    return {known[_safe(key)]: page for key, page in targets.pages.items() if _safe(key) in known}


def _from_level_one(parts: Sequence[Part]) -> tuple[Part, ...]:
    """Parts whose highest heading is of level 1: a book whose title is h1 has its chapters in h2."""
    levels = [part.level for part in parts if part.kind is Kind.HEADING]
    shift = min(levels, default=1) - 1
    return tuple(replace(p, level=p.level - shift) if p.kind is Kind.HEADING else p for p in parts)
