"""BibTeX as biblatex and biber read it: entry types and fields of the biblatex manual, sections 2.1 and 2.2."""

import re
import unicodedata
from collections.abc import Container, Sequence
from itertools import chain, count
from urllib.parse import quote

from core.citing.names import Name, read_name
from core.citing.works import Work, locator
from core.records import CitedSource, Document, Page, Reference

__all__ = ["cited_reference", "entry_key", "escaped", "in_text", "reference"]

_TYPES = {
    "chapter": "incollection",
    "article": "article",
    "book": "book",
    "report": "report",
    "thesis": "thesis",
    "webpage": "online",
    "": "misc",
}
_CONTAINERS = {"chapter": "booktitle", "article": "journaltitle", "webpage": "organization"}
_STOP_WORDS = frozenset(
    "a an the of on in at by for to and or from with is are was what how why who when where which do does der die das "
    "ein eine le la les un une el los las".split()
)
# Commands instead of \{ and \}: a brace counts for the balance even behind a backslash.
_ESCAPES = {
    "\\": r"\textbackslash{}",
    "{": r"\textbraceleft{}",
    "}": r"\textbraceright{}",
    "~": r"\textasciitilde{}",
    "^": r"\textasciicircum{}",
    **{ch: f"\\{ch}" for ch in "&%$#_"},
}
_LETTERS = str.maketrans({"ß": "ss", "ø": "o", "Ø": "o", "ł": "l", "Ł": "l", "đ": "d", "æ": "ae", "œ": "oe", "ı": "i"})


def reference(work: Work, key: str, *, note: str = "") -> str:
    """Return a work's entry. Titles stand in double braces, so that no style changes their case; `note` is a remark."""
    body = "institution" if work.type in ("report", "thesis") else "publisher"
    fields = {
        "editor" if work.edited else "author": _names(work.creators),
        "title": f"{{{escaped(work.title)}}}",
        _CONTAINERS.get(work.type, "howpublished"): escaped(work.container),
        "editor" + ("a" if work.edited else ""): _names(work.editors),
        "type": work.type if body == "institution" else "",
        body: escaped(work.publisher),
        "location": escaped(work.place),
        "date" if work.year.isdecimal() else "year": _date(work),  # a date must be an ISO date, a year any text
        "volume": escaped(work.volume),
        "number": escaped(work.issue),
        "pages": escaped(work.pages).replace("–", "--"),
        "doi": _verbatim(work.doi),
        "url": "" if work.doi else _verbatim(work.link),
        "note": escaped(note).replace("–", "--"),
    }
    lines = [f"  {name} = {{{value}}}," for name, value in fields.items() if value]
    return "\n".join((f"@{_TYPES[work.type]}{{{key},", *lines, "}"))


def cited_reference(
    cited: CitedSource, entry: Reference | None, taken: Container[str], *, note: str
) -> tuple[str, str]:
    """Return the key and the entry of a work that a document cites, as far as it tells; no key of `taken` is used.

    Args:
        cited: the citation, whose names and year are used where there is no entry.
        entry: the work in the document's bibliography, None where it is not listed.
        taken: the keys that other entries have.
        note: a remark, such as where it is cited.
    """
    authors, year = (entry.authors, entry.year) if entry else (cited.authors, cited.year)
    title = entry.title if entry else ("" if authors else cited.raw)
    read = [Name(author) if len(author.split()) == 1 else read_name(author) for author in authors]
    names = [_name(name) for name in read] + (["others"] if cited.et_al and len(read) == 1 else [])
    first = "".join(_words(read[0].family)) if read else _first_telling(title)
    stem = f"{first or 'work'}{''.join(_words(year)) or 'nd'}"
    key = next(key for key in chain([stem], (f"{stem}-{n}" for n in count(2))) if key not in taken)
    fields = {
        "author": " and ".join(names),
        "title": f"{{{escaped(title)}}}" if title else "",
        "date" if year.isdecimal() else "year": escaped(year),
        "note": escaped(note).replace("–", "--"),
    }
    lines = [f"  {name} = {{{value}}}," for name, value in fields.items() if value]
    return key, "\n".join((f"@misc{{{key},", *lines, "}"))


def in_text(key: str, page: Page | None) -> str:
    r"""Return the command that cites an entry, with the page: '\autocite[104]{smith2023ponds}'."""
    pages = escaped(locator(page)).replace("–", "--")
    if re.search(r"[\[\]]", pages):
        pages = f"{{{pages}}}"
    return f"\\autocite[{pages}]{{{key}}}" if pages else f"\\autocite{{{key}}}"


def entry_key(work: Work, document: Document) -> str:
    """Return a key of a-z and 0-9: the first family name, the year, the first word of the title that says something.

    Documents of one author and year may share it. Where nothing of it can be written in these letters, the beginning of
    the file's hash tells documents apart.
    """
    family = work.creators[0].family if work.creators else ""
    is_person = bool(work.creators) and not work.creators[0].is_whole
    author = "".join(_words(family)) if is_person else _first_telling(family)
    title = _first_telling(work.title)
    if not (author or title):
        author = f"doc{document.content_hash[:8]}"
    return f"{author or 'anon'}{''.join(re.findall(r'[0-9]+', work.year)[:1]) or 'nd'}{title}"


def _words(text: str) -> list[str]:
    folded = unicodedata.normalize("NFKD", text.translate(_LETTERS)).lower()
    return re.findall(r"[a-z0-9]+", re.sub(r"[’'\u0300-\u036f]", "", folded))


def _first_telling(text: str) -> str:
    words = _words(text)
    return next((word for word in words if word not in _STOP_WORDS), words[0] if words else "")


def _names(names: Sequence[Name]) -> str:
    return " and ".join(_name(name) for name in names)


def _name(name: Name) -> str:
    if name.is_whole:
        return f"{{{' '.join(filter(None, (escaped(name.family), escaped(name.suffix))))}}}"
    parts = (name.family, name.suffix, name.given)
    return ", ".join(_braced_and(escaped(part)) for part in parts if part)


def _braced_and(text: str) -> str:
    """Keep a word 'and', which parts names, and a comma from being read as such."""
    return f"{{{text}}}" if re.search(r"\band\b|,", text, re.IGNORECASE) else text


def _date(work: Work) -> str:
    if work.month:
        return f"{work.year}-{work.month:02d}" + (f"-{work.day:02d}" if work.day else "")
    return escaped(work.year)


def escaped(text: str) -> str:
    """Return a text as LaTeX shows it, its special characters written as commands."""
    return "".join(_ESCAPES.get(ch, ch) for ch in text)


def _verbatim(text: str) -> str:
    """A DOI or address: biber takes it as it stands, but for what would end the field or the line."""
    return "".join(quote(ch) if ch in "{}\\ " else ch for ch in text)
