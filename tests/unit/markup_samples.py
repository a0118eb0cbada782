"""Files made in the test, and what became of them in short."""

import io
import zipfile
from collections.abc import Mapping

from core.records import Document
from ingest import Metadata, build_document
from ingest.loaders import load
from ingest.parts import Reading

W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
_RELATIONS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_CONTAINER = (
    '<container xmlns="urn:oasis:names:tc:opendocument:xmlns:container"><rootfiles>'
    '<rootfile full-path="OPS/book.opf" media-type="application/oebps-package+xml"/></rootfiles></container>'
)


def read(data: bytes | str, name: str) -> tuple[Reading, Document]:
    reading = load(data.encode() if isinstance(data, str) else data, name)
    return reading, build_document(reading, document_id="d", source=name, metadata=Metadata(), content_hash="0")


def blocks(doc: Document) -> list[tuple[str, str]]:
    return [(block.kind.value, doc.text[block.start : block.end]) for block in doc.blocks]


def texts(doc: Document) -> list[str]:
    return [text for _, text in blocks(doc)]


def refs(doc: Document, before: int = 5) -> list[tuple[str, str]]:
    return [(ref.number, doc.text[max(0, ref.start - before) : ref.end]) for ref in doc.note_refs]


def zipped(members: Mapping[str, str | bytes]) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as file:
        for path, content in members.items():
            file.writestr(path, content)
    return buffer.getvalue()


def word(body: str, **parts: str) -> bytes:
    """A Word document by hand; `parts` are the insides of styles, footnotes, endnotes, settings, header1 and core."""
    members = {
        "[Content_Types].xml": "<Types/>",
        "word/document.xml": f'<w:document xmlns:w="{W}" '
        f'xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006" xmlns:r="{_RELATIONS}" '
        f'xmlns:m="http://schemas.openxmlformats.org/officeDocument/2006/math"><w:body>{body}</w:body></w:document>',
    }
    core = parts.pop("core", "")
    if core:
        members["docProps/core.xml"] = (
            '<cp:coreProperties xmlns:cp="c" xmlns:dc="http://purl.org/dc/elements/1.1/" '
            f'xmlns:dcterms="http://purl.org/dc/terms/">{core}</cp:coreProperties>'
        )
    for name, content in parts.items():
        members[f"word/{name}.xml"] = f'<w:{name} xmlns:w="{W}">{content}</w:{name}>'
    return zipped(members)


def para(*runs: str, style: str = "") -> str:
    inner = "".join(run if run.startswith("<") else f'<w:r><w:t xml:space="preserve">{run}</w:t></w:r>' for run in runs)
    return f"<w:p>{f'<w:pPr><w:pStyle w:val={chr(34)}{style}{chr(34)}/></w:pPr>' if style else ''}{inner}</w:p>"


def epub(pages: Mapping[str, str], metadata: str = "", manifest: str = "", **members: str) -> bytes:
    """An e-book of `pages`, the insides of their bodies by file name; `members` are further files by stem."""
    items = "".join(
        f'<item id="i{i}" href="{name}" media-type="application/xhtml+xml"/>' for i, name in enumerate(pages)
    )
    spine = "".join(f'<itemref idref="i{i}"/>' for i in range(len(pages)))
    package = (
        '<package xmlns="http://www.idpf.org/2007/opf" version="3.0" xmlns:opf="http://www.idpf.org/2007/opf">'
        f'<metadata xmlns:dc="http://purl.org/dc/elements/1.1/">{metadata}</metadata>'
        f'<manifest>{items}{manifest}</manifest><spine toc="ncx">{spine}</spine></package>'
    )
    bodies = {
        f"OPS/{name}": '<?xml version="1.0" encoding="utf-8"?><!DOCTYPE html>'
        '<html xmlns="http://www.w3.org/1999/xhtml" '
        f'xmlns:epub="http://www.idpf.org/2007/ops"><head><title/></head><body>{body}</body></html>'
        for name, body in pages.items()
    }
    return zipped(
        {"mimetype": "application/epub+zip", "META-INF/container.xml": _CONTAINER, "OPS/book.opf": package}
        | bodies
        | {path.replace("__", "/"): content for path, content in members.items()}
    )
