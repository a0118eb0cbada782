"""Word."""

import html
from pathlib import Path
from typing import Any

from reading_formats.neutral import MARKER, Block, Doc, is_notes_heading, spans


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
