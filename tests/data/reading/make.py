"""Render the neutral JSON documents beside this file in every format that Ibid reads.

    python tests/data/reading/make.py OUT

writes OUT/NAME.txt, .md, .html, .docx, .epub and .pdf for each NAME.json. A block is a heading, paragraph, table, note
or reference; `{{1}}` in a text is the marker of note 1; null in a table's row is a cell that the one above it spans.
"""

import html
import itertools
import json
import random
import re
import sys
import zipfile
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

HERE = Path(__file__).parent
FIRST_PAGE = 101
WIDTH = 78
LINES = 44  # of text on a page of the .txt
MARKER = re.compile(r"\{\{(\d+)\}\}")

Block = dict[str, Any]
Doc = dict[str, Any]


def plain(text: str) -> str:
    """Return a text with its note markers glued on as figures, as print gives them."""
    return MARKER.sub(r"\1", text)


def is_notes_heading(block: Block) -> bool:
    """Say whether a block is the heading over the notes, which formats with notes of their own do without."""
    return block["kind"] == "heading" and block["text"] == "Notes"


def spans(rows: list[list[str | None]]) -> Iterator[tuple[int, int, int]]:
    """Yield (row, column, height) of each cell that spans rows below it."""
    for r, row in enumerate(rows):
        for c, cell in enumerate(row):
            end = r + 1
            while cell is not None and end < len(rows) and rows[end][c] is None:
                end += 1
            if end > r + 1:
                yield r, c, end - r


# ---------------------------------------------------------------------------------------------------------------- txt


def divisions(word: str) -> list[int]:
    """Return where a plain word may be divided: before consonant and vowel, three letters from each end."""
    if not word.isalpha() or len(word) < 6 or word.isupper():
        return []
    return [i for i in range(3, len(word) - 2) if _divides(word[:i].lower(), word[i:].lower())]


def _divides(first: str, rest: str) -> bool:
    vowels, pairs = "aeiouy", {"ch", "ck", "gh", "ph", "qu", "sh", "th"}
    if rest[0] in vowels or rest[1] not in vowels or first[-1] + rest[0] in pairs:
        return False
    cluster = first[-1] not in vowels and rest[0] in "lrw"
    return not cluster and re.fullmatch(r"[^aeiouy]+(e|ed|es)", rest) is None


def _break(word: str, room: int, rng: random.Random) -> int:
    """Return where to divide a word so that its first part and a hyphen fill no more than `room`; 0 for nowhere."""
    places = [i + 1 for i, c in enumerate(word) if c == "-" and i >= 2]
    if rng.random() < 0.95:
        places += divisions(word.rstrip(".,;:"))
    return max((i for i in places if i + (word[i - 1] != "-") <= room), default=0)


def wrap(text: str, rng: random.Random, indent: str = "") -> list[str]:
    """Set a paragraph in lines of at most WIDTH, some of them ending in a divided word."""
    lines, line = [], ""
    for whole in text.split():
        word, start = whole, indent if lines else ""
        if line and len(line) + 1 + len(word) > WIDTH:
            cut = _break(word, WIDTH - len(line) - 1, rng)
            if cut:
                first = word[:cut]
                line, word = f"{line} {first}" + ("" if first.endswith("-") else "-"), word[cut:]
            lines.append(line)
            line, start = "", indent
        line = f"{line} {word}" if line else start + word
    return [*lines, line]


def _widths(block: Block) -> list[int]:
    """Return the widths of a table's columns, the widest ones narrowed until the table fits the page."""
    table = [block["columns"], *block["rows"]]
    widths = [max(len(row[c] or "") for row in table) for c in range(len(block["columns"]))]
    while sum(widths) + 3 * (len(widths) - 1) > WIDTH:
        widths[widths.index(max(widths))] -= 1
    return widths


def _cell(text: str, width: int) -> list[str]:
    lines = [""]
    for word in text.split():
        fits = not lines[-1] or len(lines[-1]) + 1 + len(word) <= width
        lines = [*lines[:-1], f"{lines[-1]} {word}".strip()] if fits else [*lines, word]
    return lines


def text_table(block: Block, rng: random.Random) -> list[str]:
    """Set a table in columns parted by at least three spaces."""
    widths = _widths(block)
    lines = [block["caption"], ""]
    for row in [block["columns"], *block["rows"]]:
        cells = [_cell(cell or "", width) for cell, width in zip(row, widths, strict=True)]
        for i in range(max(map(len, cells))):
            parts = [(c[i] if i < len(c) else "").ljust(w) for c, w in zip(cells, widths, strict=True)]
            lines.append("   ".join(parts).rstrip())
    return [*lines, "", *wrap(block["source"], rng)] if block["source"] else lines


def text_block(block: Block, rng: random.Random) -> list[str]:
    """Set one block in lines."""
    match block["kind"]:
        case "heading":
            return [block["text"].upper() if block["level"] == 1 else block["text"]]
        case "table":
            return text_table(block, rng)
        case "note":
            return wrap(f"{block['label']}. {block['text']}", rng)
        case "reference":
            return wrap(block["text"], rng, indent="   ")
        case _:
            return wrap(plain(block["text"]), rng)


def paginate(doc: Doc, rng: random.Random) -> list[list[str]]:
    """Part the lines of a document into pages; paragraphs run on, tables stay whole."""
    pages: list[list[str]] = [[doc["title"], "", ", ".join(doc["authors"]), "", doc["date"], "", ""]]
    for block in doc["blocks"]:
        lines = text_block(block, rng)
        need = {"heading": len(lines) + 6, "table": len(lines)}.get(block["kind"], 1)
        if len(pages[-1]) + need > LINES:
            pages.append([])
        for line in [*lines, ""]:
            if len(pages[-1]) >= LINES:
                pages.append([])
            if line or pages[-1]:
                pages[-1].append(line)
    return [page for page in pages if any(page)]


def make_txt(doc: Doc, path: Path) -> None:
    """Write a hard-wrapped text; from the second page on, title and page number stand at its head."""
    pages = []
    for number, page in enumerate(paginate(doc, random.Random(7)), start=FIRST_PAGE):
        short = doc["title"].split(":")[0]
        even, odd = f"{number}   {short}", f"{short}   {number}".rjust(WIDTH)
        head = [odd if number % 2 else even, ""] if number > FIRST_PAGE else []
        foot = [] if number > FIRST_PAGE else ["", str(number).center(WIDTH).rstrip()]
        pages.append("\n".join([*head, *page, *foot]).rstrip("\n") + "\n")
    path.write_text("\f".join(pages), encoding="utf-8")


# ----------------------------------------------------------------------------------------------------------- markdown


def md_table(block: Block) -> str:
    """Return a pipe table under its caption; a spanned cell is left empty."""
    rows = [block["columns"], ["---"] * len(block["columns"]), *block["rows"]]
    lines = ["| " + " | ".join(cell or "" for cell in row) + " |" for row in rows]
    parts = [f"**{block['caption']}**", "\n".join(lines)]
    return "\n\n".join([*parts, f"*{block['source']}*"] if block["source"] else parts)


def md_block(block: Block) -> str:
    """Return one block as Markdown."""
    match block["kind"]:
        case "heading":
            return "#" * (block["level"] + 1) + " " + block["text"]
        case "table":
            return md_table(block)
        case "note":
            return f"[^{block['label']}]: {block['text']}"
        case "reference":
            return "- " + block["text"]
        case _:
            return MARKER.sub(r"[^\1]", block["text"])


def make_md(doc: Doc, path: Path) -> None:
    """Write Markdown with footnotes of its own."""
    head = [f"# {doc['title']}", ", ".join(doc["authors"]), doc["date"]]
    body = [md_block(b) for b in doc["blocks"] if not is_notes_heading(b)]
    path.write_text("\n\n".join(head + body) + "\n", encoding="utf-8")


# ------------------------------------------------------------------------------------------------------ html and epub


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


# --------------------------------------------------------------------------------------------------------------- docx


def _add_run(paragraph: Any, number: str, kind: str) -> None:
    """Add the marker of a note that Word knows as a note."""
    from docx.oxml import OxmlElement
    from docx.oxml.ns import qn

    run = paragraph.add_run(style=f"{kind} reference")
    mark = OxmlElement(f"w:{kind}Reference")
    mark.set(qn("w:id"), number)
    run._r.append(mark)


def add_text(paragraph: Any, text: str, kind: str) -> None:
    """Add a text, its markers as references to Word's notes."""
    for i, part in enumerate(MARKER.split(text)):
        if i % 2:
            _add_run(paragraph, part, kind)
        elif part:
            paragraph.add_run(part)


def add_table(word: Any, block: Block) -> None:
    """Add a caption, a ruled table with merged cells, and its source line."""
    word.add_paragraph(block["caption"], style="Caption")
    table = word.add_table(rows=len(block["rows"]) + 1, cols=len(block["columns"]), style="Table Grid")
    for r, row in enumerate([block["columns"], *block["rows"]]):
        for c, cell in enumerate(row):
            if cell is not None:
                table.cell(r, c).text = cell
    for r, c, height in spans(block["rows"]):
        table.cell(r + 1, c).merge(table.cell(r + height, c))
        table.cell(r + 1, c).text = block["rows"][r][c]
    if block["source"]:
        word.add_paragraph(block["source"])


def add_notes(word: Any, notes: list[Block], kind: str) -> None:
    """Add the part of the file that holds the notes, which python-docx does not write."""
    from docx.opc.constants import CONTENT_TYPE, RELATIONSHIP_TYPE
    from docx.opc.packuri import PackURI
    from docx.opc.part import Part

    def note(number: str, text: str, extra: str = "") -> str:
        run = f'<w:r><w:{kind}Ref/></w:r><w:r><w:t xml:space="preserve"> {html.escape(text, quote=False)}</w:t></w:r>'
        inner = f"<w:r><w:{extra}/></w:r>" if extra else run
        type_ = f' w:type="{extra}"' if extra else ""
        return f'<w:{kind}{type_} w:id="{number}"><w:p>{inner}</w:p></w:{kind}>'

    body = note("-1", "", "separator") + note("0", "", "continuationSeparator")
    body += "".join(note(n["label"], n["text"]) for n in notes)
    space = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
    xml = f'<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n<w:{kind}s xmlns:w="{space}">{body}</w:{kind}s>'
    name = f"{kind}s".upper()
    content_type = getattr(CONTENT_TYPE, f"WML_{name}")
    part = Part(PackURI(f"/word/{kind}s.xml"), content_type, xml.encode(), word.part.package)
    word.part.relate_to(part, getattr(RELATIONSHIP_TYPE, name))


def make_docx(doc: Doc, path: Path) -> None:
    """Write a Word document whose notes are Word's own footnotes or endnotes."""
    import docx
    from docx.enum.style import WD_STYLE_TYPE

    word = docx.Document()
    word.styles.add_style(f"{doc['note_kind']} reference", WD_STYLE_TYPE.CHARACTER).font.superscript = True
    word.core_properties.title, word.core_properties.author = doc["title"], "; ".join(doc["authors"])
    word.add_paragraph(doc["title"], style="Title")
    word.add_paragraph(", ".join(doc["authors"]), style="Subtitle")
    word.add_paragraph(doc["date"])
    for block in doc["blocks"]:
        if block["kind"] == "heading" and not is_notes_heading(block):
            word.add_heading(block["text"], block["level"])
        elif block["kind"] == "table":
            add_table(word, block)
        elif block["kind"] in ("paragraph", "reference"):
            add_text(word.add_paragraph(), block["text"], doc["note_kind"])
    add_notes(word, [b for b in doc["blocks"] if b["kind"] == "note"], doc["note_kind"])
    word.save(str(path))


# ---------------------------------------------------------------------------------------------------------------- pdf


def soft(text: str) -> str:
    """Return a text with soft hyphens where its words may be divided."""
    parts = re.split(r"([^\W\d_]+)", text)
    words = [[0, *divisions(part), len(part)] for part in parts]
    return "".join(
        "\u00ad".join(part[a:b] for a, b in itertools.pairwise(cuts)) for part, cuts in zip(parts, words, strict=True)
    )


def _pdf_widths(block: Block) -> list[float]:
    """Give each column of a table room for its longest word, and share the rest of the page by the longest cells."""
    from reportlab.pdfbase.pdfmetrics import stringWidth

    cells = [[row[c] or "" for row in [block["columns"], *block["rows"]]] for c in range(len(block["columns"]))]
    words = [max(stringWidth(w, "Times-Bold", 9) for w in " ".join(column).split()) + 14 for column in cells]
    wishes = [max(stringWidth(cell, "Times-Bold", 9) for cell in column) for column in cells]
    spare = 340 - sum(words)
    return [word + spare * wish / sum(wishes) for word, wish in zip(words, wishes, strict=True)]


def pdf_table(block: Block, styles: Any) -> list[Any]:
    """Return a ruled table between its caption and its source line, as reportlab's flowables."""
    from reportlab.lib import colors
    from reportlab.platypus import KeepTogether, Paragraph, Spacer, Table

    rows = [[Paragraph(html.escape(c or "", quote=False), styles["cell"]) for c in r] for r in block["rows"]]
    head = [Paragraph(f"<b>{html.escape(c, quote=False)}</b>", styles["cell"]) for c in block["columns"]]
    style = [("GRID", (0, 0), (-1, -1), 0.5, colors.black), ("VALIGN", (0, 0), (-1, -1), "TOP")]
    style += [("SPAN", (c, r + 1), (c, r + height)) for r, c, height in spans(block["rows"])]
    parts = [
        Paragraph(html.escape(block["caption"], quote=False), styles["caption"]),
        Table([head, *rows], colWidths=_pdf_widths(block), style=style),
        Spacer(1, 4),
        Paragraph(html.escape(block["source"], quote=False), styles["small"]),
    ]
    return [KeepTogether(parts[: 4 if block["source"] else 3])]


def pdf_block(block: Block, styles: Any) -> list[Any]:
    """Return one block as reportlab's flowables."""
    from reportlab.platypus import Paragraph

    text = html.escape(block.get("text", ""), quote=False)
    match block["kind"]:
        case "heading":
            return [Paragraph(text, styles[f"h{block['level']}"])]
        case "table":
            return pdf_table(block, styles)
        case "note":
            return [Paragraph(f"{block['label']}. {text}", styles["small"])]
        case "reference":
            return [Paragraph(text, styles["reference"])]
        case _:
            return [Paragraph(MARKER.sub(r"<super>\1</super>", soft(text)), styles["body"])]


def pdf_styles() -> dict[str, Any]:
    """Return the paragraph styles of the PDF."""
    from reportlab.lib.styles import ParagraphStyle as Style

    body = Style(
        "body", fontName="Times-Roman", fontSize=11, leading=14, alignment=4, spaceAfter=6, embeddedHyphenation=1
    )
    bold = Style("bold", fontName="Times-Bold", fontSize=14, leading=18, spaceBefore=10, spaceAfter=6, keepWithNext=1)
    small = Style("small", parent=body, fontSize=9, leading=11)
    return {
        "body": body,
        "title": Style("title", parent=bold, fontSize=18, leading=22),
        "h1": bold,
        "h2": Style("h2", parent=bold, fontSize=12, leading=15),
        "caption": Style("caption", parent=small, fontName="Times-Italic", spaceBefore=6, alignment=0),
        "cell": Style("cell", parent=small, alignment=0, spaceAfter=0),
        "small": small,
        "reference": Style("reference", parent=small, leftIndent=14, firstLineIndent=-14),
    }


def make_pdf(doc: Doc, path: Path) -> None:
    """Write a PDF with a running header and the page number in it, the first page being FIRST_PAGE."""
    from reportlab.lib.pagesizes import A5
    from reportlab.platypus import Paragraph, SimpleDocTemplate

    def header(canvas: Any, template: Any) -> None:
        number = FIRST_PAGE - 1 + template.page
        canvas.setFont("Times-Roman", 9)
        if number == FIRST_PAGE:
            canvas.drawCentredString(A5[0] / 2, 20, str(number))
            return
        canvas.drawCentredString(A5[0] / 2, A5[1] - 26, doc["title"].split(":")[0])
        at, put = (A5[0] - 40, canvas.drawRightString) if number % 2 else (40, canvas.drawString)
        put(at, A5[1] - 26, str(number))

    styles = pdf_styles()
    author = ", ".join(doc["authors"])
    head = ((doc["title"], "title"), (author, "body"), (doc["date"], "body"))
    story = [Paragraph(html.escape(text, quote=False), styles[style]) for text, style in head]
    for block in doc["blocks"]:
        story += pdf_block(block, styles)
    margins = {"leftMargin": 40, "rightMargin": 40, "topMargin": 44, "bottomMargin": 36}
    page = SimpleDocTemplate(str(path), pagesize=A5, title=doc["title"], author=author, invariant=1, **margins)
    page.build(story, onFirstPage=header, onLaterPages=header)


MAKERS: dict[str, Callable[[Doc, Path], None]] = {
    "txt": make_txt,
    "md": make_md,
    "html": make_html,
    "docx": make_docx,
    "epub": make_epub,
    "pdf": make_pdf,
}


def make(out: Path) -> list[Path]:
    """Render every document in every format into a folder, and return the files."""
    out.mkdir(parents=True, exist_ok=True)
    made = []
    for source in sorted(HERE.glob("*.json")):
        doc = json.loads(source.read_text(encoding="utf-8"))
        for ending, render in MAKERS.items():
            path = out / f"{source.stem}.{ending}"
            render(doc, path)
            made.append(path)
    return made


if __name__ == "__main__":
    for file in make(Path(sys.argv[1])):
        sys.stdout.write(f"{file}\n")
