"""PDF files made for the tests, with reportlab: what stands on them is known to the word."""

import io
from collections.abc import Callable, Sequence

from reportlab.lib.pagesizes import A5
from reportlab.lib.styles import ParagraphStyle
from reportlab.lib.utils import simpleSplit
from reportlab.pdfgen.canvas import Canvas
from reportlab.platypus import BaseDocTemplate, Flowable, Frame, FrameBreak, PageTemplate, Paragraph, Table, TableStyle

from core.records import BlockKind, Document
from ingest import Metadata, build_document
from ingest.parts import Reading
from ingest.pdf.document import load_pdf

__all__ = [
    "BODY",
    "INDENTED",
    "WORDS",
    "Story",
    "blocks",
    "canvas_pdf",
    "document",
    "draw_column",
    "heading",
    "lines_of",
    "next_frame",
    "paragraphs_pdf",
    "read",
    "ruled_table",
    "sentences",
    "story_pdf",
    "text",
]

BODY = ParagraphStyle("body", fontName="Times-Roman", fontSize=10, leading=12, alignment=4, spaceAfter=8)
INDENTED = ParagraphStyle("indented", parent=BODY, spaceAfter=0, firstLineIndent=14)
HEADING = ParagraphStyle("heading", fontName="Times-Bold", fontSize=13, leading=16, spaceBefore=10, spaceAfter=6)
Story = list[Flowable]
WORDS = (
    "government research technology province industry development national policy local quantum satellite funding "
    "project university company market investment history structure region innovation manufacturing information"
).split()
Furniture = Callable[[Canvas, int], None]


def text(words: str, style: ParagraphStyle = BODY) -> Paragraph:
    """A paragraph of text."""
    return Paragraph(words, style)


def heading(words: str, size: float = 13) -> Paragraph:
    """A bold heading of some size."""
    return Paragraph(words, ParagraphStyle("h", parent=HEADING, fontSize=size, leading=1.25 * size))


def ruled_table(rows: Sequence[Sequence[object]], widths: Sequence[float], *more: tuple[object, ...]) -> Table:
    """A table with a rule around each cell."""
    grid = ("GRID", (0, 0), (-1, -1), 0.5, "black")
    font = ("FONT", (0, 0), (-1, -1), "Times-Roman", 9)
    return Table(rows, colWidths=widths, style=TableStyle([grid, font, ("VALIGN", (0, 0), (-1, -1), "TOP"), *more]))


def story_pdf(
    story: Story,
    *,
    columns: int = 1,
    furniture: Furniture | None = None,
    first: float = 0.0,
    info: dict[str, str] | None = None,
) -> bytes:
    """Set a story in columns, on pages with furniture; `first` points on top of page 1 are one wide frame."""
    buffer = io.BytesIO()
    width, height = A5
    margin, gutter = 48.0, 18.0
    measure = (width - 2 * margin - (columns - 1) * gutter) / columns

    def frames(top: float) -> list[Frame]:
        pads = {"leftPadding": 0, "rightPadding": 0, "topPadding": 0, "bottomPadding": 0}
        lefts = [margin + i * (measure + gutter) for i in range(columns)]
        return [Frame(left, 60, measure, height - 120 - top, **pads) for left in lefts]

    def draw(canvas: Canvas, doc: BaseDocTemplate) -> None:
        if furniture:
            furniture(canvas, doc.page)

    wide = Frame(margin, height - 60 - first, width - 2 * margin, first, leftPadding=0, rightPadding=0)
    opening = PageTemplate(
        "first", [*([wide] if first else []), *frames(first)], onPage=draw, autoNextPageTemplate="later"
    )
    doc = BaseDocTemplate(buffer, pagesize=A5, **(info or {}))
    doc.addPageTemplates([opening, PageTemplate("later", frames(0), onPage=draw)])
    doc.build(story)
    return buffer.getvalue()


def paragraphs_pdf(
    paragraphs: Sequence[str],
    *,
    columns: int = 1,
    style: ParagraphStyle = BODY,
    titles: Sequence[str] = ("The Second Running Title", "A Book of Samples"),
) -> bytes:
    """Set paragraphs in columns, under running titles that take turns, with page numbers from 7 at the foot."""

    def furniture(canvas: Canvas, page: int) -> None:
        canvas.setFont("Times-Italic", 9)
        canvas.drawString(48, A5[1] - 40, titles[page % len(titles)])
        canvas.drawCentredString(A5[0] / 2, 30, str(page + 6))

    return story_pdf([text(words, style) for words in paragraphs], columns=columns, furniture=furniture)


def canvas_pdf(*pages: Callable[[Canvas], None], size: tuple[float, float] = (400, 500), **encrypt: str) -> bytes:
    """Draw each page by hand."""
    buffer = io.BytesIO()
    canvas = Canvas(buffer, pagesize=size, encrypt=encrypt.get("password"))
    for page in pages:
        page(canvas)
        canvas.showPage()
    canvas.save()
    return buffer.getvalue()


def next_frame() -> Flowable:
    """Go on in the next column."""
    return FrameBreak()


def sentences(count: int, start: int = 0) -> str:
    """Running text that says different things from sentence to sentence."""
    return " ".join(
        " ".join(WORDS[(start + i * 7 + j * (i % 3 + 1)) % len(WORDS)] for j in range(9 + i % 5)).capitalize() + "."
        for i in range(count)
    )


def document(reading: Reading) -> Document:
    return build_document(reading, document_id="d", source="d.pdf", metadata=Metadata(), content_hash="0")


def read(data: bytes) -> Document:
    return document(load_pdf(data, "d.pdf"))


def blocks(doc: Document, kind: BlockKind) -> list[str]:
    return [doc.text[b.start : b.end] for b in doc.blocks if b.kind is kind]


def lines_of(words: str, width: float, font: str = "Times-Roman", size: float = 10) -> list[str]:
    return simpleSplit(words, font, size, width)


def draw_column(canvas: Canvas, left: float, top: float, lines: list[str], size: float = 10) -> float:
    """Draw lines, and return where the next would stand."""
    for i, line in enumerate(lines):
        canvas.setFont("Times-Roman", size)
        canvas.drawString(left, top - 1.2 * size * i, line)
    return top - 1.2 * size * len(lines)
