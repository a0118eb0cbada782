"""Plain text: bytes to lines to parts."""

import re
from dataclasses import replace

from core.errors import InputError
from ingest.encodings import decode_bytes, guess_warning
from ingest.layout import classify
from ingest.lines import chunks, read_lines, split_rows
from ingest.parts import Reading
from ingest.running import strip_running

__all__ = ["decode", "load_text", "parse_text"]

# Letters struck twice, or over a line, as printers of old made them bold and underlined; colours of a terminal.
_OVERSTRUCK = re.compile(r"_\x08|[^\n\x08]\x08(?=[^_\n])|\x08_|\x1b\[[0-9;]*m")
_FEW = 2  # broken bytes, which a short text may have, too


def load_text(data: bytes, name: str) -> Reading:
    """Read plain text.

    Raises:
        InputError: the bytes are no text.
    """
    return replace(parse_text(decode(data, name)), warnings=guess_warning(data, name))


def parse_text(raw: str) -> Reading:
    """Return the reading that a raw text amounts to."""
    lines, dropped = strip_running(read_lines(raw))
    parts, width = classify(list(chunks(lines)))
    return Reading(parts=parts, lines=tuple(split_rows(raw)), wrapped=True, width=width, dropped=dropped)


def decode(data: bytes, name: str) -> str:
    """Return bytes as text, each letter struck once; see `decode_bytes`.

    Raises:
        InputError: too much of it is no text.
    """
    text = _OVERSTRUCK.sub("", decode_bytes(data))
    control = sum(ch < " " and ch not in "\t\n\r\f\v" for ch in text)
    lost = text.count("\ufffd")
    if control > len(text) / 100 or lost > max(_FEW, len(text) / 100):
        raise InputError(f"{name} is not text (binary data): expected plain text or Markdown in UTF-8")
    return text
