"""Take from a PDF file's own record of itself what is to be believed: many programs fill it in unasked."""

import re
from collections.abc import Mapping

from ingest.bylines import with_juniors
from ingest.dates import NO_DATES
from ingest.metadata import Metadata

__all__ = ["sensible_metadata"]

_NO_TITLE = re.compile(
    r"\(.*\)|untitled|no title|title|document\d*|layout \d+|slide \d+|presentation\d*"
    r"|microsoft (?:word|powerpoint|excel)\b.*"
    r"|about:blank|(?:https?|file):.*|.*\.(?:docx?|pdf|tex|dvi|indd|qxd|p65|rtf|odt|html?|pptx?|xlsx?|ps|eps|txt|md)"
    r"|[\W\d_]*|\S*[\\/_]\S*",
    re.IGNORECASE,
)
_NO_AUTHOR = re.compile(
    r"(?:admin(?:istrator)?|user|unknown|author|anonymous|root|owner|default|guest|test|unspecified|student)\b.*"
    r"|.*(?:@|\\|\d).*",
    re.IGNORECASE,
)
_DATE = re.compile(r"D?:?(\d{4})(\d{2})?(\d{2})?")


def sensible_metadata(record: Mapping[str, str]) -> Metadata:
    """Return the title, authors and date of a PDF's record (its information dictionary), where they make sense.

    A title is none that a program made up or that is a file's name; an author is a name, not a login.
    """
    title = " ".join(record.get("Title", "").split())
    created = record.get("CreationDate", "")
    date = None if NO_DATES.match(created) else _DATE.match(created)
    return Metadata(
        title="" if _NO_TITLE.fullmatch(title) or len(title) < 4 else title,
        authors=_authors(record.get("Author", "")),
        date=_iso(*date.groups()) if date else "",
    )


def _authors(text: str) -> tuple[str, ...]:
    names = [" ".join(name.split()) for name in re.split(r"[;,]\s+(?:and\s+)?|\s+(?:and|&)\s+|;", with_juniors(text))]
    names = [name for name in names if name]
    if all(" " in name and name[:1].isupper() and not _NO_AUTHOR.fullmatch(name) for name in names):
        return tuple(names)
    # 'Bell, Anna' is one author.
    whole = " ".join(text.split())
    if re.fullmatch(r"[^\W\d_][\w'’-]+, (?:[^\W\d_][\w.'’-]*\s?){1,3}", whole) and not _NO_AUTHOR.fullmatch(whole):
        family, given = whole.split(", ")
        return (f"{given} {family}",)
    return ()


def _iso(year: str, month: str | None, day: str | None) -> str:
    if not 1900 <= int(year) <= 2200:
        return ""
    if month and day and 1 <= int(month) <= 12 and 1 <= int(day) <= 31:
        return f"{year}-{month}-{day}"
    return year
