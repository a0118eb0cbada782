"""PDF files: pages to words to lines to parts."""

from collections.abc import Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from core.errors import InputError
from ingest.parts import Kind, Part, Reading
from ingest.pdf.metadata import sensible_metadata
from ingest.pdf.pages import PageScan, lay_out
from ingest.pdf.parts import make_parts
from ingest.pdf.pieces import join_words, pieces, rows_of
from ingest.pdf.rules import read_rules
from ingest.pdf.tables import ruled_tables
from ingest.pdf.words import read_words

if TYPE_CHECKING:
    from pypdfium2 import PdfDocument, PdfPage

__all__ = ["load_pdf"]

_GARBLED = 0.1  # of a page's characters; more is a font without letters
_HEAD = 1024  # bytes within which a PDF file says what it is


def load_pdf(data: bytes, name: str) -> Reading:
    """Read a PDF file.

    Paragraphs that pages and columns cut come back whole, so that the reading is not `wrapped`.

    Raises:
        InputError: it is no PDF file, damaged, locked by a password, or has no text.
    """
    document = _open(data, name)
    try:
        labels = _labels(document)
        scans = [_scan_page(document, i, label) for i, label in enumerate(labels)]
        metadata = sensible_metadata(document.get_metadata_dict())
    finally:
        document.close()
    warnings = _warnings(scans, name)
    layout = lay_out(scans)
    parts, printed = make_parts(layout)
    return Reading(
        parts=parts,
        lines=tuple(layout.lines),
        metadata=replace(metadata, title=_title(metadata.title, printed, parts)),
        dropped=tuple(sorted(layout.dropped, key=lambda d: d.number)),
        warnings=warnings,
    )


def _title(recorded: str, printed: str, parts: Sequence[Part]) -> str:
    """Return the title that the file records, where the first page shows none or only a part of it; else the printed.

    What stands on the page is surer: records are copied from other files and cut short.
    """
    shown = [_letters(part.chunk.text) for part in parts if part.kind is Kind.FRONT]
    return recorded if not shown or any(text and text in _letters(recorded) for text in shown) else printed


def _letters(text: str) -> str:
    return "".join(ch for ch in text.casefold() if ch.isalnum())


def _open(data: bytes, name: str) -> "PdfDocument":
    import pypdfium2 as pdfium

    if b"%PDF" not in data[:_HEAD]:
        raise InputError(f"{name} is not a PDF file: expected it to begin with '%PDF'; give a file that opens as PDF")
    try:
        document = pdfium.PdfDocument(data)
        document[0].close()
    except pdfium.PdfiumError as error:
        if "password" in str(error).lower():
            raise InputError(
                f"{name} is locked with a password: expected an open PDF; unlock it first, "
                "for example `qpdf --decrypt --password=... in.pdf out.pdf`, and ingest its output"
            ) from None
        raise InputError(
            f"{name} is a damaged PDF file ({error}): expected one that opens; get the file again or repair it, "
            "for example `qpdf in.pdf out.pdf`"
        ) from None
    return document


def _labels(document: "PdfDocument") -> list[str]:
    """The label of each page; none where they only count from 1, as most files' do."""
    labels = [document.get_page_label(i) or "" for i in range(len(document))]
    return labels if labels != [str(i) for i in range(1, len(labels) + 1)] else [""] * len(labels)


def _scan_page(document: "PdfDocument", position: int, label: str) -> PageScan:
    """Read a page; one that is damaged has nothing on it."""
    import pypdfium2 as pdfium

    try:
        return _scan(document[position], label)
    except pdfium.PdfiumError:
        return PageScan((), (), (), (), 1.0, label, 0.0)


def _scan(page: "PdfPage", label: str) -> PageScan:
    """Read a page and close it."""
    try:
        read = read_words(page)
        rules = read_rules(page, read.upright)
        tables, rest = ruled_tables(read.words, rules)
        return PageScan(
            pieces=tuple(pieces(rest)),
            tables=tuple(tables),
            rules=rules.across,
            sideways=tuple(join_words(row).text for row in rows_of(read.sideways)),
            height=read.upright.height,
            label=label,
            garbled=read.garbled,
        )
    finally:
        page.close()


def _warnings(scans: Sequence[PageScan], name: str) -> tuple[str, ...]:
    """Return what the user should know of pages that cannot be read.

    Raises:
        InputError: none can.
    """
    silent = [i for i, scan in enumerate(scans, start=1) if not (scan.pieces or scan.tables or scan.sideways)]
    if len(silent) == len(scans):
        raise InputError(
            f"{name} has no text layer (scanned pages): run OCR first, for example `ocrmypdf in.pdf out.pdf`, "
            "and ingest its output"
        )
    garbled = [i for i, scan in enumerate(scans, start=1) if scan.garbled > _GARBLED]
    warnings = []
    if silent:
        warnings.append(
            f"{name}: {_pages(silent)} of the file without a text layer (scanned, empty or damaged), left out; "
            "run OCR, for example `ocrmypdf --skip-text in.pdf out.pdf`, to have them read"
        )
    if garbled:
        warnings.append(
            f"{name}: {_pages(garbled)} of the file with characters that stand for no letters (a font without a "
            "map to Unicode); check quotes from there, or run OCR, for example `ocrmypdf --force-ocr in.pdf out.pdf`"
        )
    return tuple(warnings)


def _pages(numbers: Sequence[int]) -> str:
    shown = ", ".join(map(str, numbers[:10])) + (f" and {len(numbers) - 10} more" if len(numbers) > 10 else "")
    return f"page{'s' if len(numbers) > 1 else ''} {shown}"
