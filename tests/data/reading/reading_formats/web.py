"""HTML, and EPUB, which is made of it."""

import html
import zipfile
from collections.abc import Iterator
from pathlib import Path

from reading_formats.neutral import MARKER, Block, Doc, is_notes_heading, spans


def html_table(block: Block) -> str:
    """Return a table with its caption and rowspans, and its source in a paragraph after it."""
    heights = {(r, c): height for r, c, height in spans(block["rows"])}
    head = "".join(f"<th>{html.escape(c)}</th>" for c in block["columns"])
    lines = [
        f"<table>\n<caption>{html.escape(block['caption'])}</caption>",
        f"<thead><tr>{head}</tr></thead>",
        "<tbody>",
    ]
    for r, row in enumerate(block["rows"]):
        cells = ""
        for c, cell in enumerate(row):
            span = f' rowspan="{heights[r, c]}"' if (r, c) in heights else ""
            cells += "" if cell is None else f"<td{span}>{html.escape(cell)}</td>"
        lines.append(f"<tr>{cells}</tr>")
    lines.append("</tbody>\n</table>")
    if block["source"]:
        lines.append(f'<p class="source">{html.escape(block["source"])}</p>')
    return "\n".join(lines)


def html_text(text: str, notes: str, kind: str = "") -> str:
    """Return a paragraph's text with its markers as links into the file `notes`."""
    link = rf'<sup><a id="ref\1"{kind} href="{notes}#note\1">\1</a></sup>'
    return MARKER.sub(link, html.escape(text, quote=False))


def html_block(block: Block, notes: str = "", kind: str = "") -> str:
    """Return one block as HTML."""
    match block["kind"]:
        case "heading":
            level = block["level"] + 1
            return f"<h{level}>{html.escape(block['text'], quote=False)}</h{level}>"
        case "table":
            return html_table(block)
        case "note":
            return f'<p class="note" id="note{block["label"]}">{block["label"]}. {html_text(block["text"], notes)}</p>'
        case "reference":
            return f'<p class="reference">{html.escape(block["text"], quote=False)}</p>'
        case _:
            return f"<p>{html_text(block['text'], notes, kind)}</p>"


def html_head(doc: Doc) -> str:
    """Return the title, the authors and the date as HTML."""
    authors = html.escape(", ".join(doc["authors"]))
    return f'<h1>{html.escape(doc["title"])}</h1>\n<p class="author">{authors}</p>\n<p class="date">{doc["date"]}</p>'


def make_html(doc: Doc, path: Path) -> None:
    """Write a web page with a bar of links that is no part of the text."""
    body = "\n".join(html_block(b) for b in doc["blocks"])
    bar = '<nav><a href="/">Home</a> <a href="/all">All documents</a></nav>'
    title, author = html.escape(doc["title"]), html.escape(", ".join(doc["authors"]))
    path.write_text(
        f'<!DOCTYPE html>\n<html lang="en">\n<head>\n<meta charset="utf-8">\n<title>{title}</title>\n'
        f'<meta name="author" content="{author}">\n<style>table {{ border-collapse: collapse }}</style>\n</head>\n'
        f"<body>\n{bar}\n<main>\n{html_head(doc)}\n{body}\n</main>\n"
        "<footer>Made for tests</footer>\n</body>\n</html>\n",
        encoding="utf-8",
    )


def epub_chapters(doc: Doc) -> Iterator[tuple[str, str, str]]:
    """Yield (file name, title, body) of each chapter: what stands under one heading of the first level."""
    groups: list[list[Block]] = []
    for block in doc["blocks"]:
        if not groups or (block["kind"] == "heading" and block["level"] == 1):
            groups.append([])
        groups[-1].append(block)
    yield "title.xhtml", doc["title"], html_head(doc)
    for number, group in enumerate(groups, start=1):
        name = "notes.xhtml" if is_notes_heading(group[0]) else f"part{number:02}.xhtml"
        body = "\n".join(html_block(b, "notes.xhtml", ' epub:type="noteref"') for b in group)
        yield name, group[0]["text"], body


def _xhtml(title: str, body: str) -> str:
    return (
        '<?xml version="1.0" encoding="utf-8"?>\n<html xmlns="http://www.w3.org/1999/xhtml" '
        f'xmlns:epub="http://www.idpf.org/2007/ops" lang="en">\n<head><title>{html.escape(title)}</title></head>\n'
        f"<body>\n{body}\n</body>\n</html>\n"
    )


def _opf(doc: Doc, names: list[str]) -> str:
    items = "".join(f'<item id="i{i}" href="{n}" media-type="application/xhtml+xml"/>' for i, n in enumerate(names))
    creators = "".join(f"<dc:creator>{html.escape(a)}</dc:creator>" for a in doc["authors"])
    refs = "".join(f'<itemref idref="i{i}"/>' for i in range(len(names)))
    return (
        '<?xml version="1.0" encoding="utf-8"?>\n<package xmlns="http://www.idpf.org/2007/opf" version="3.0" '
        'unique-identifier="id"><metadata xmlns:dc="http://purl.org/dc/elements/1.1/">'
        f'<dc:identifier id="id">urn:ibid:test</dc:identifier><dc:title>{html.escape(doc["title"])}</dc:title>'
        f"{creators}<dc:date>{doc['date']}</dc:date><dc:language>en</dc:language>"
        '<meta property="dcterms:modified">2024-01-01T00:00:00Z</meta></metadata><manifest>'
        f'{items}<item id="nav" href="nav.xhtml" media-type="application/xhtml+xml" properties="nav"/></manifest>'
        f"<spine>{refs}</spine></package>\n"
    )


CONTAINER = (
    '<?xml version="1.0"?>\n<container version="1.0" xmlns="urn:oasis:names:tc:opendocument:xmlns:container">'
    '<rootfiles><rootfile full-path="OEBPS/content.opf" media-type="application/oebps-package+xml"/></rootfiles>'
    "</container>\n"
)


def make_epub(doc: Doc, path: Path) -> None:
    """Write an EPUB 3: one file a chapter, the notes in a file of their own."""
    chapters = list(epub_chapters(doc))
    entries = "".join(f'<li><a href="{name}">{html.escape(title)}</a></li>' for name, title, _ in chapters)
    nav = _xhtml("Contents", f'<nav epub:type="toc"><h1>Contents</h1><ol>{entries}</ol></nav>')
    files = {
        "META-INF/container.xml": CONTAINER,
        "OEBPS/content.opf": _opf(doc, [name for name, _, _ in chapters]),
        "OEBPS/nav.xhtml": nav,
    }
    files |= {f"OEBPS/{name}": _xhtml(title, body) for name, title, body in chapters}
    with zipfile.ZipFile(path, "w") as book:
        book.writestr(zipfile.ZipInfo("mimetype"), "application/epub+zip")
        for name, text in files.items():
            book.writestr(zipfile.ZipInfo(name), text, zipfile.ZIP_DEFLATED)
