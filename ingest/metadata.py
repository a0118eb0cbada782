"""What is said of a document beside its text: by the user, by a folder's manifest, or by the file itself."""

from collections.abc import Mapping
from dataclasses import dataclass, field, fields
from typing import Any

from core.records import Publication
from ingest.transcription import Rows

__all__ = ["Metadata", "merge", "read_publication"]


@dataclass(frozen=True, slots=True)
class Metadata:
    """What is known of a document before its text is read; empty fields are unknown.

    `date` is a year or an ISO date; `tables` are transcriptions by the beginning of the caption ('Table 4.1').
    """

    title: str = ""
    authors: tuple[str, ...] = ()
    date: str = ""
    publication: Publication = field(default_factory=Publication)
    tables: tuple[tuple[str, Rows], ...] = ()


def merge(first: Metadata, second: Metadata) -> Metadata:
    """Return the fields of `first`, and those of `second` where `first` has none."""
    publication = {
        field.name: getattr(first.publication, field.name) or getattr(second.publication, field.name)
        for field in fields(Publication)
    }
    return Metadata(
        title=first.title or second.title,
        authors=first.authors or second.authors,
        date=first.date or second.date,
        publication=Publication(**publication),
        tables=first.tables or second.tables,
    )


def read_publication(entry: Mapping[str, Any]) -> Publication:
    """Return the fields of a manifest's entry that say where a document was published.

    Raises:
        TypeError: a field is not a text, or `editors` is not a list of texts.
    """
    values = {field.name: entry[field.name] for field in fields(Publication) if field.name in entry}
    for name, value in values.items():
        texts = value if name == "editors" else [value]
        if not isinstance(texts, list) or not all(isinstance(text, str) for text in texts):
            raise TypeError(f"'{name}' is {value!r}")
    return Publication(**values | ({"editors": tuple(values["editors"])} if "editors" in values else {}))
