"""PDF."""

import html
import itertools
import re
from pathlib import Path
from typing import Any

from reading_formats.neutral import FIRST_PAGE, MARKER, Block, Doc, spans
from reading_formats.text import divisions


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
