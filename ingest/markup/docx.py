"""Word documents: their parts put together as one tree of HTML, with pages, notes and what they say of themselves."""

import re
from typing import TYPE_CHECKING

from core.errors import InputError
from ingest.dates import NO_DATES
from ingest.markup.archive import Archive, open_archive
from ingest.markup.html import read_tree
from ingest.markup.tree import DROP, KIND
from ingest.markup.webmeta import iso_date
from ingest.markup.wordml import Body
from ingest.markup.wordstyles import child, local, read_styles, value
from ingest.metadata import Metadata
from ingest.parts import Reading

if TYPE_CHECKING:
    from lxml.etree import _Element

__all__ = ["load_docx"]

_MAIN = "word/document.xml"
_NOBODY = re.compile(r"(?:python-docx|microsoft\b.*|administrator|admin|user|windows.*|author|unknown|owner)$", re.I)
_UNTITLED = re.compile(r"(?:microsoft word - .*|word document|untitled.*|document\d*)$", re.IGNORECASE)
_EDGES = re.compile(r"word/(header|footer)\d*\.xml")
_FORMATS = {"footnote": "decimal", "endnote": "lowerRoman"}  # Word's own where the document says nothing


def load_docx(data: bytes, name: str) -> Reading:
    """Read a Word document.

    Raises:
        InputError: it is no Word document, broken, encrypted, or unpacks to more than a document holds.
    """
    from lxml import etree

    archive = open_archive(data, name)
    path = _main_part(archive)
    body = child(archive.read_xml(path), "body")
    if body is None:
        raise InputError(f"{name} is broken: {path} has no body; open it in Word and save it again")
    root = etree.Element("html")
    tree = Body(
        read_styles(_part(archive, path, "styles")),
        _formats(_part(archive, path, "settings")),
        etree.SubElement(root, "body"),
    )
    try:
        tree.read(body)
        for kind in _FORMATS:
            _add_notes(tree, _part(archive, path, f"{kind}s"), kind)
    except RecursionError:
        raise InputError(f"{name} nests its tables too deeply: expected a Word document; save it again") from None
    _add_edges(tree, archive)
    metadata = _metadata(archive, tree.root)
    if tree.paged:
        tree.root.insert(0, etree.Element("span", {"role": "doc-pagebreak", "title": "1"}))
    return read_tree(root, metadata=metadata)


def _main_part(archive: Archive) -> str:
    if _MAIN in archive:
        return _MAIN
    if "_rels/.rels" in archive:
        for relation in archive.read_xml("_rels/.rels"):
            if value(relation, "Type").endswith("/officeDocument"):
                path = value(relation, "Target").lstrip("/")
                if path in archive and "word" in path:
                    return path
    raise InputError(f"cannot read {archive.name}: it is a zip file but no Word document; save it as .docx")


def _part(archive: Archive, main: str, name: str) -> "_Element | None":
    path = f"{main.rpartition('/')[0]}/{name}.xml"
    return archive.read_xml(path) if path in archive else None


def _formats(settings: "_Element | None") -> dict[str, str]:
    said = {kind: value(child(child(settings, f"{kind}Pr"), "numFmt")) for kind in _FORMATS}
    return {kind: said[kind] or standard for kind, standard in _FORMATS.items()}


def _add_notes(tree: Body, notes: "_Element | None", kind: str) -> None:
    """Append the notes behind the body, each on the page of its marker when it is a footnote."""
    from lxml import etree

    for note in notes if notes is not None else ():
        key = f"{kind}-{value(note, 'id')}"
        if local(note) != kind or value(note, "type") in ("separator", "continuationSeparator", "continuationNotice"):
            continue
        out = etree.SubElement(tree.root, "div", {"id": key, "role": f"doc-{kind}"})
        if key not in tree.refs:
            out.set(DROP, "note without a marker")
        elif tree.paged and kind == "footnote":
            etree.SubElement(out, "span", {"role": "doc-pagebreak", "title": str(tree.refs[key])})
        tree.blocks(note, out)


def _add_edges(tree: Body, archive: Archive) -> None:
    """Append the text of headers and footers, which is not the body's, so that it is listed."""
    from lxml import etree

    for path in sorted(archive.members):
        if match := _EDGES.match(path):
            text = " ".join(e.text or "" for e in archive.read_xml(path).iter() if local(e) == "t")
            etree.SubElement(tree.root, "div", {DROP: f"running {match.group(1)}"}).text = text


def _metadata(archive: Archive, body: "_Element") -> Metadata:
    """What the document's properties say, where a person wrote them; a title and authors in the text come first."""
    if "docProps/core.xml" not in archive:
        return Metadata()
    said: dict[str, str] = {}
    for element in archive.read_xml("docProps/core.xml"):
        said.setdefault(local(element), (element.text or "").strip())
    creator, created = said.get("creator", ""), said.get("created", "")
    fronts = [element for element in body.iter("p") if element.get(KIND) == "front"]
    title = "" if fronts or _UNTITLED.match(said.get("title", "")) else said.get("title", "")
    authors = [name.strip() for name in creator.split(";")]
    return Metadata(
        title=title,
        authors=tuple(name for name in authors if name and not _NOBODY.match(name)),
        date="" if NO_DATES.match(created) else iso_date(created),
    )
