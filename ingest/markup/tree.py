"""Parse HTML of any quality into a tree, and say of its elements what HTML itself says of them."""

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING

from core.errors import InputError
from ingest.encodings import decode_bytes

if TYPE_CHECKING:
    from lxml.etree import _Element

__all__ = [
    "BLOCKS",
    "DROP",
    "HEADINGS",
    "KIND",
    "LINE",
    "SILENT",
    "ancestors",
    "classes",
    "declared_encoding",
    "decode_html",
    "is_block",
    "parse_html",
    "plain",
    "roles",
    "text_sizes",
    "words",
]

LINE = "data-ibid-line"  # the attribute by which a loader says in which line of its file an element begins,
KIND = "data-ibid-kind"  # that a paragraph is 'front' or 'caption',
DROP = "data-ibid-drop"  # and why an element is no part of the text

HEADINGS = {f"h{level}": level for level in range(1, 7)}
BLOCKS = frozenset(
    "address article aside blockquote body caption center dd details dialog dir div dl dt fieldset figcaption figure "
    "footer form h1 h2 h3 h4 h5 h6 header hgroup hr html legend li main menu nav ol p pre section summary search "
    "table tbody td tfoot th thead tr ul".split()
)

SILENT = {
    "head": "head",
    "script": "script",
    "style": "style",
    "template": "template",
    "noscript": "shown only without scripts",
    "annotation": "source of a formula",
    "annotation-xml": "source of a formula",
}

_INVISIBLE = re.compile(r"[\u00ad\u200b\u2060\ufeff\x00-\x08\x0e-\x1b]")  # as in ingest.lines: they show nothing
_SPACE = re.compile(r"\s+")
_CHARSET = re.compile(rb"""<(?:meta|\?xml)\b[^>]*?(?:charset|encoding)\s*=\s*["']?\s*([\w.:-]+)""", re.IGNORECASE)
_PROLOGUE = re.compile(r"\s*<\?xml[^>]*>")
_KEPT = r"(?:p|h[1-6]|br|hr|title|meta|head|body|html|script|style|a|sup|img)"
_INLINE = r"(?:span|b|i|em|strong|font|u|small|big|s|tt|code|cite|q|label|abbr|sub|mark|ins|del|bdo|bdi|kbd|var|samp)"
_SEARCHED = 4096  # bytes; HTML wants its encoding declared among the first 1,024


def decode_html(data: bytes, name: str) -> str:
    """Return HTML's bytes as text: by its byte order mark, its declared charset, else by what fits its bytes.

    Raises:
        InputError: too much of it is no text.
    """
    text = decode_bytes(data, declared_encoding(data))
    control = sum(text.count(chr(code)) for code in (*range(9), *range(14, 32))) + text.count("\ufffd")
    if control > len(text) / 20:
        raise InputError(f"{name} is not text (binary data): expected a web page in HTML; save it again as one")
    return text


def declared_encoding(data: bytes) -> str:
    """Return the encoding that HTML's bytes name, as browsers take it, or nothing."""
    declared = _CHARSET.search(data[:_SEARCHED])
    return _label(declared.group(1).decode("ascii")) if declared else ""


def parse_html(text: str, name: str) -> "_Element":
    """Return the root of the tree of an HTML text; comments are no part of it.

    Raises:
        InputError: it nests too deeply to be any page that a person wrote.
    """
    text = _PROLOGUE.sub("", text.replace("\x00", ""), count=1)
    root, complete = _parse(text)
    if not complete:  # the parser gives up at 2,048 levels: no layout means anything there, but the words do
        text = re.sub(rf"</?{_INLINE}\b[^<>]*>", "", text, flags=re.IGNORECASE)
        root, complete = _parse(re.sub(rf"</?(?!{_KEPT}\b)[a-z][^<>]*>", "<p>", text, flags=re.IGNORECASE))
    if not complete:
        raise InputError(f"{name} nests its elements over 2,000 deep: expected a web page; save it again as plain text")
    return root


def plain(text: str) -> str:
    """Return a text without what shows nothing, each run of white space one space."""
    return _SPACE.sub(" ", _INVISIBLE.sub("", text))


def words(element: "_Element") -> str:
    """Return the text in an element as one trimmed line."""
    return plain("".join(element.itertext())).strip()


def roles(element: "_Element") -> frozenset[str]:
    """Return an element's ARIA role and EPUB types, without the prefix 'doc-'."""
    role, kind = element.get("role"), element.get("epub:type")
    if not (role or kind):
        return frozenset()
    return frozenset(said.removeprefix("doc-") for said in f"{role or ''} {kind or ''}".lower().split())


def classes(element: "_Element") -> frozenset[str]:
    """Return an element's classes in lower case."""
    return frozenset((element.get("class") or "").lower().split())


def is_block(element: "_Element") -> bool:
    """Say whether an element begins and ends a line of its own."""
    return element.tag in BLOCKS or "display:block" in (element.get("style") or "").replace(" ", "").lower()


def ancestors(element: "_Element") -> Iterator["_Element"]:
    """Yield an element and those around it, from the inside out."""
    yield element
    yield from element.iterancestors()


def text_sizes(root: "_Element") -> dict["_Element", int]:
    """Return how many characters of text that pages show each element holds."""
    from lxml import etree

    sizes: dict[_Element, int] = {}
    begun: list[int] = []
    count = 0
    silent = 0
    for event, element in etree.iterwalk(root, events=("start", "end")):
        silent += (element.tag in SILENT) * (1 if event == "start" else -1)
        if event == "start":
            begun.append(count)
            count += 0 if silent else len((element.text or "").strip())
        else:
            sizes[element] = count - begun.pop()
            count += 0 if silent else len((element.tail or "").strip())
    return sizes


def _parse(text: str) -> tuple["_Element", bool]:
    from lxml import etree

    parser = etree.HTMLParser(encoding="utf-8", huge_tree=True, no_network=True, remove_comments=True, remove_pis=True)
    root = etree.fromstring(f"<html>{text}</html>".encode("utf-8", "replace"), parser)
    return root, not any(error.type_name == "ERR_RESOURCE_LIMIT" for error in parser.error_log)


def _label(declared: str) -> str:
    """What browsers take a declared encoding for: Latin-1 is Windows Latin, UTF-16 in ASCII letters is UTF-8."""
    label = declared.lower()
    if label in ("iso-8859-1", "latin1", "latin-1", "us-ascii", "ascii"):
        return "cp1252"
    return {"gb2312": "gb18030", "gbk": "gb18030"}.get(label, "utf-8" if label.startswith("utf-16") else label)
