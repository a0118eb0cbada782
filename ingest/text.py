"""Plain text and Markdown: bytes to lines to parts."""

from core.errors import InputError
from ingest.layout import classify
from ingest.lines import chunks, read_lines, split_rows
from ingest.parts import Reading
from ingest.running import strip_running

__all__ = ["decode", "load_text", "parse_text"]


def load_text(data: bytes, name: str) -> Reading:
    """Read plain text or Markdown.

    Raises:
        InputError: the bytes are no text.
    """
    return parse_text(decode(data, name))


def parse_text(raw: str) -> Reading:
    """Return the reading that a raw text amounts to."""
    lines, dropped = strip_running(read_lines(raw))
    parts, width = classify(list(chunks(lines)))
    return Reading(parts=parts, lines=tuple(split_rows(raw)), wrapped=True, width=width, dropped=dropped)


def decode(data: bytes, name: str) -> str:
    """Return bytes as text: UTF-8 or UTF-16 where marked or valid, else Windows Latin.

    Raises:
        InputError: too much of it is no text.
    """
    marks = ((b"\xef\xbb\xbf", "utf-8-sig"), (b"\xff\xfe", "utf-16"), (b"\xfe\xff", "utf-16"))
    try:
        text = data.decode(next((encoding for mark, encoding in marks if data.startswith(mark)), "utf-8"))
    except UnicodeDecodeError:
        text = data.decode("cp1252", errors="replace")
    control = sum(ch < " " and ch not in "\t\n\r\f\v" for ch in text) + text.count("\ufffd")
    if control > len(text) / 100:
        raise InputError(f"{name} is not text (binary data): expected plain text or Markdown in UTF-8")
    return text
