"""Tell a line that names the authors, and part it into their names."""

import re

from ingest.dates import before_date

__all__ = ["BYLINE", "names_in"]

BYLINE = re.compile(r"by\s+(?=\S)", re.IGNORECASE)
_PERSON = re.compile(r"(?:[^\W\d_][\w.’'-]*\s+){1,4}[^\W\d_][\w.’'-]*$")
_BETWEEN = re.compile(r",\s*(?:and\s+)?|\s+(?:and|&)\s+")


def names_in(line: str) -> tuple[str, ...]:
    """Return the names of people of which a line consists; nothing when it holds anything else but a 'by'.

    Behind a 'by' the date may stand, too.
    """
    by = BYLINE.match(line)
    names = tuple(_BETWEEN.split(before_date(line[by.end() :]) if by else line))
    return names if all(_PERSON.match(name) for name in names) else ()
