"""A document as citation styles see it: its fields in order and cleaned; and the typography that styles share.

Titles in italics stand between two control characters until `rendered` turns these into Markdown or drops them.
"""

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass

from core.citing.names import Name, read_name
from core.records import Document, Page

__all__ = [
    "Work",
    "closed",
    "is_range",
    "italic",
    "listed",
    "locator",
    "page_range",
    "quoted",
    "read_work",
    "rendered",
    "sentences",
    "short_title",
    "straight",
]

_TYPES = frozenset(("chapter", "article", "book", "report", "thesis", "webpage"))
_EDITABLE = frozenset(("book", "report", ""))  # an editor stands in the author's place; a chapter's editors never do
_ON, _OFF = "\x01", "\x02"
_DATE = re.compile(r"(\d{4})(?:-(\d{1,2})(?:-(\d{1,2})(?:T.*)?)?)?")
_DASH = re.compile(r"(?<=[\divxlcIVXLC])\s*[-‐‑‒–—−]+\s*(?=\w)")
_LABEL = re.compile(r"(?:pages?|pp?)\b\.?\s*", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Work:
    """A document's fields as text without control characters or doubled spaces; empty fields are unknown.

    `creators` stand first, in a reference: the authors, else the editors of a whole book, which `edited` says;
    `editors` are those that stand elsewhere. `month` and `day` count from 1, 0 where unknown; `doi` is bare;
    `link` is the DOI as an address, else the URL.
    """

    type: str
    title: str
    creators: tuple[Name, ...]
    edited: bool
    editors: tuple[Name, ...]
    year: str
    month: int
    day: int
    container: str
    publisher: str
    place: str
    volume: str
    issue: str
    pages: str
    doi: str
    link: str

    @property
    def self_published(self) -> bool:
        """Whether the one author is the publisher too, as of a ministry's report."""
        return len(self.creators) == 1 and self.creators[0].family.casefold() == self.publisher.casefold()


def read_work(document: Document) -> Work:
    """Return what the styles need of a document."""
    publication = document.publication
    kind = publication.type if publication.type in _TYPES else ""
    authors, editors = _names(document.authors), _names(publication.editors)
    edited = not authors and bool(editors) and kind in _EDITABLE
    year, month, day = _date(_clean(document.date))
    doi = re.sub(r"^(?:(?:https?://)?(?:dx\.)?doi\.org/|doi:\s*)", "", _clean(publication.doi), flags=re.IGNORECASE)
    return Work(
        type=kind,
        title=_clean(document.title) or _clean(document.id) or "untitled",
        creators=editors if edited else authors,
        edited=edited,
        editors=() if edited else editors,
        year=year,
        month=month,
        day=day,
        container=_clean(publication.container),
        publisher=_clean(publication.publisher),
        place=_clean(publication.place),
        volume=_clean(publication.volume),
        issue=_clean(publication.issue),
        pages=page_range(_LABEL.sub("", _clean(publication.pages), count=1)),
        doi=doi,
        link=f"https://doi.org/{doi}" if doi else _clean(publication.url),
    )


def straight(name: Name, comma: str = "") -> str:
    """Return a name in speaking order, with `comma` before 'Jr.'; figures such as 'III' never have one."""
    suffix = f"{comma if name.suffix[:1] in 'JjSs' else ''} {name.suffix}" if name.suffix else ""
    return f"{name.given} {name.family}".strip() + suffix


def italic(text: str) -> str:
    """Return a text marked as italics."""
    return f"{_ON}{text}{_OFF}" if text else ""


def closed(text: str) -> str:
    """Return a text with a full stop, inside a closing quotation mark, unless it ends in a mark of its own."""
    bare = text.rstrip(f"{_OFF}’”\"'")
    if not bare or bare[-1] in ".!?…。？！":
        return text
    return re.sub(rf"(?=”{_OFF}?$)|$", ".", text, count=1)


def quoted(title: str, stop: str = ".") -> str:
    """Return a title in quotation marks, its own ones single, and `stop` inside them all (CMOS 6.9, and so MLA)."""
    inner = re.sub(r"[“\"]([^“”\"]*)[”\"]", r"‘\1’", title)
    if stop and inner.rstrip("’")[-1:] not in (*".!?…。？！", ""):
        inside = re.search(r"‘[^‘]*’$", inner)
        inner = f"{inner[:-1]}{stop}’" if inside else inner + stop
    return f"“{inner}”"


def sentences(*parts: str) -> str:
    """Return the parts that are not empty, each with a full stop."""
    return " ".join(closed(part) for part in parts if part)


def listed(*parts: str) -> str:
    """Return the parts that are not empty, parted by commas, which stand inside a closing quotation mark."""
    return ", ".join(part for part in parts if part).replace("”, ", ",” ")


def short_title(title: str) -> str:
    """Return a title without its subtitle, as it stands for an author in the text."""
    return re.split(r":\s|(?<=[?!])\s", title, maxsplit=1)[0]


def locator(page: Page | None) -> str:
    """Return a page, or pages, as printed; empty for None."""
    return "" if page is None else page_range(_clean(str(page)))


def page_range(pages: str) -> str:
    """Return pages with an en dash between first and last."""
    return _DASH.sub("–", pages)


def is_range(pages: str) -> bool:
    """Say whether these are several pages."""
    return "–" in pages or "," in pages


def rendered(text: str, *, markdown: bool) -> str:
    """Return a citation as plain text, or as Markdown with italics and with its own marks escaped, not in links."""
    if not markdown:
        return text.replace(_ON, "").replace(_OFF, "")
    escaped = re.sub(r"https?://\S+|([\\*_`\[\]<>])", lambda m: "\\" + m[1] if m[1] else m[0], text)
    return escaped.replace(_ON, "*").replace(_OFF, "*")


def _names(texts: Sequence[str]) -> tuple[Name, ...]:
    names = (read_name(_clean(text)) for text in texts)
    return tuple(name for name in names if name.family)


def _clean(text: str) -> str:
    spaced = "".join(" " if ch.isspace() else ch for ch in text)
    return " ".join("".join(ch for ch in spaced if unicodedata.category(ch) not in ("Cc", "Cs")).split())


def _date(date: str) -> tuple[str, int, int]:
    match = _DATE.fullmatch(date)
    if not match:
        return date, 0, 0  # '1998/2001', 'in press'
    month, day = int(match[2] or 0), int(match[3] or 0)
    if not 1 <= month <= 12:
        month = 0
    return match[1], month, day if month and 1 <= day <= 31 else 0
