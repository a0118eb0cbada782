"""Tell a file's type by its content, where that is certain, so that a wrong name does no harm."""

import io
import re
import zipfile

__all__ = ["sniff"]

_PAGE = re.compile(
    rb"(?:\xef\xbb\xbf)?\s*(?:<\?xml[^>]*>\s*)?(?:<!--(?:(?!-->).)*-->\s*)*(?:<!doctype\s+html|<html[\s>])", re.I | re.S
)
_RICH_TEXT = b"{\\rtf"
_ZIP = b"PK\x03\x04"
_PAGES = frozenset({".html", ".htm", ".xhtml"})
_ARCHIVES = frozenset({".docx", ".epub"})
_SEARCHED = 4096  # bytes


def sniff(data: bytes, suffix: str) -> str:
    """Return the type of a file as a suffix: `suffix` itself unless its first bytes, or its archive, say otherwise."""
    head = data[:_SEARCHED]
    if head.lstrip(b"\xef\xbb\xbf \r\n\t").startswith(b"%PDF-"):
        return ".pdf"
    if head.startswith(_ZIP):
        return _archive_type(data) or (".zip" if suffix not in _ARCHIVES else suffix)
    if head.startswith(_RICH_TEXT):
        return ".rtf"
    if _PAGE.match(head):
        return suffix if suffix in _PAGES else ".html"
    return suffix


def _archive_type(data: bytes) -> str:
    """What a zip file holds: '.docx', '.epub', another office type, or nothing that is known."""
    try:
        names = set(zipfile.ZipFile(io.BytesIO(data)).namelist())
    except (zipfile.BadZipFile, OSError, ValueError, EOFError, NotImplementedError):
        return ""
    if "META-INF/container.xml" in names:
        return ".epub"
    known = {"word/document.xml": ".docx", "xl/workbook.xml": ".xlsx", "ppt/presentation.xml": ".pptx"}
    return next((suffix for path, suffix in known.items() if path in names), "")
