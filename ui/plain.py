"""Text of documents and users where Markdown is written: as it was, and never taken for more than text."""

import re

__all__ = ["markdown_text", "one_line"]

# Whatever Markdown or HTML could take for more than text, bare addresses among them.
_MARKS = re.compile(r"([\\`*_{}\[\]<>#|~!&$])|(?<=[A-Za-z])(:)(?=//)|(?<=www)(\.)|(?<=\w)(@)(?=\w)")
_BEGINS = re.compile(r"^([^\S\n]*\d*)([-+=.)])(?=\s|$|[-=])", re.MULTILINE)  # an item, a rule, a heading's line


def markdown_text(text: str) -> str:
    """Return text with what Markdown or HTML would take for markup escaped; lines stay as they are."""
    return _BEGINS.sub(r"\1\\\2", _MARKS.sub(r"\\\g<0>", text))


def one_line(text: str) -> str:
    """Return a text on one line, the cells of a row parted by bars."""
    return " ".join(text.replace("\t", " | ").split())
