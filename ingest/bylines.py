"""Tell a line that names the authors, and part it into their names."""

import re
from collections.abc import Sequence

from ingest.dates import before_date

__all__ = ["BYLINE", "authors_in", "has_address", "is_capitalised", "names_house", "names_in", "with_juniors"]

BYLINE = re.compile(r"by\s+(?=\S)", re.IGNORECASE)
_PERSON = re.compile(r"(?:[^\W\d_][\w.’'-]*\s+){1,4}[^\W\d_][\w.’'-]*$")
_ADDRESS = re.compile(r"\s*(?:\([^()\s]+@[^()\s]+\)|<[^<>\s]+@[^<>\s]+>)$")
_BODY = re.compile(
    r"\b(?:of|for|universit\w+|institut\w+|college|school|department|faculty|cent(?:er|re)|academy|ministry|society|"
    r"laborator\w+|foundation|press|group|council|agency|inc|ltd)\b",
    re.IGNORECASE,
)
_BETWEEN = re.compile(r",\s*(?:and\s+)?|\s+(?:and|&)\s+")
_MARK = r"\s?[*∗†‡§¶]+"  # of a note that says where an author works
_MARKED = re.compile(rf"(?<=\w){_MARK}(?=\s+(?!and\b|&)[^\W\d_])")  # between names that nothing else parts
_JUNIOR = re.compile(r",\s*((?:Jr|Sr)\b\.?|III?\b)(?=,|\s|$)(?:\s+(?=[A-Z]))?")


def has_address(line: str) -> bool:
    """Say whether a line ends with an address for mail."""
    return bool(_ADDRESS.search(line))


def names_house(line: str) -> bool:
    """Say whether a line names a place where people work."""
    return bool(_BODY.search(line))


def with_juniors(names: str) -> str:
    """Return names with commas between them, a 'Jr.' or 'III' joined to whose it is."""
    return _JUNIOR.sub(lambda found: f" {found[1]}" + ", " * found[0].endswith(" "), names)


def authors_in(lines: Sequence[str]) -> tuple[str, ...]:
    """Return the people whom the first line that names any names, and those of the lines right behind it.

    Of these one that names where somebody works is the last.
    """
    found: list[str] = []
    for line in lines:
        names = names_in(line)
        if found and (not names or names_house(line) or not is_capitalised(line)):
            break
        found += names
    return tuple(found)


def is_capitalised(line: str) -> bool:
    """Say whether all words of a line but the short ones have a capital."""
    return all(word[0].isupper() for word in re.findall(r"[^\W\d_]{4,}", _ADDRESS.sub("", line)))


def names_in(line: str) -> tuple[str, ...]:
    """Return the names of people of which a line consists; nothing when it holds anything else but a 'by'.

    Behind a 'by' the date may stand, too, and behind a name an address for mail.
    """
    line = re.sub(_MARK, "", _MARKED.sub(",", _ADDRESS.sub("", line)))
    line = with_juniors(line)
    by = BYLINE.match(line)
    names = tuple(_BETWEEN.split(before_date(line[by.end() :]) if by else line))
    return names if all(_PERSON.match(name) for name in names) else ()
