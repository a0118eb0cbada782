"""Chicago author-date style: The Chicago Manual of Style, 17th edition (chapter 15) and 18th (chapters 13 and 14).

The 18th edition leaves out the place of publication, names up to six authors in the bibliography instead of ten, and
up to two in the text instead of three. Page ranges are given in full, which both allow beside their own abbreviations
(chapter 9).
"""

import calendar
from collections.abc import Sequence
from dataclasses import dataclass

from core.citing.names import Name
from core.citing.works import Work, italic, listed, locator, quoted, sentences, short_title, straight
from core.records import Page

__all__ = ["EDITION_17", "EDITION_18", "Edition", "in_text", "reference"]


@dataclass(frozen=True, slots=True)
class Edition:
    """What the editions differ in.

    Of more than `most` authors the `first` are named; in the text, of more than `most_in_text` one.
    """

    places: bool
    most: int
    first: int
    most_in_text: int


EDITION_17 = Edition(places=True, most=10, first=7, most_in_text=3)
EDITION_18 = Edition(places=False, most=6, first=3, most_in_text=2)


def reference(work: Work, edition: Edition = EDITION_18) -> str:
    """Return a work's entry in the reference list."""
    creators = _creators(work.creators, edition)
    if work.edited:
        creators += ", eds." if len(work.creators) > 1 else ", ed."
    year = work.year or "n.d."
    head = (creators, year, _title(work)) if creators else (_title(work), year)
    return sentences(*head, _source(work, edition), work.link)


def in_text(work: Work, page: Page | None, edition: Edition = EDITION_18) -> str:
    """Return the citation in brackets for the running text."""
    families = [name.family for name in work.creators]
    if not families:
        short = short_title(work.title)
        lead = quoted(short, "") if _is_piece(work) else italic(short)
    else:
        lead = f"{families[0]} et al." if len(families) > edition.most_in_text else _joined(families)
    dated = f"{lead} {work.year}" if work.year else listed(lead, "n.d.")
    return f"({listed(dated, locator(page))})"


def _creators(names: Sequence[Name], edition: Edition) -> str:
    """The first name inverted, the others as spoken."""
    if not names:
        return ""
    shown = [listed(names[0].family, names[0].given, names[0].suffix), *(straight(name) for name in names[1:])]
    if len(shown) > edition.most:
        return ", ".join((*shown[: edition.first], "et al."))
    if len(shown) == 2 and names[0].given:
        return f"{shown[0]}, and {shown[1]}"
    return _joined(shown)


def _joined(names: Sequence[str]) -> str:
    return " and ".join(names) if len(names) < 3 else f"{', '.join(names[:-1])}, and {names[-1]}"


def _is_piece(work: Work) -> bool:
    return work.type in ("chapter", "article", "webpage", "thesis")


def _title(work: Work) -> str:
    return quoted(work.title) if _is_piece(work) else italic(work.title)


def _source(work: Work, edition: Edition) -> str:
    publisher = work.publisher
    if edition.places and work.place:
        publisher = f"{work.place}: {publisher}" if publisher else work.place
    editors = f"edited by {_joined([straight(name) for name in work.editors])}" if work.editors else ""
    volume, number = (f"vol. {work.volume}" if work.volume else ""), (f"no. {work.issue}" if work.issue else "")
    match work.type:
        case "article":
            return _journal(work)
        case "chapter":
            host = f"In {italic(work.container)}" if work.container else ""
            return sentences(listed(host, volume, editors, work.pages), publisher)
        case "thesis":
            return listed("Thesis", work.publisher)
        case "webpage":
            return listed(work.container or work.publisher, _day(work))
        case _:
            parts = (part[:1].upper() + part[1:] for part in (editors, volume, number))
            return sentences(work.container, *parts, publisher)


def _journal(work: Work) -> str:
    number = f"{italic(work.container)} {work.volume}".strip()
    if work.issue:
        number = f"{number} ({work.issue})" if work.volume else listed(number, f"no. {work.issue}")
    if not work.pages:
        return number
    return f"{number}: {work.pages}" if work.volume or work.issue else listed(number, work.pages)


def _day(work: Work) -> str:
    if not work.month:
        return ""
    month = calendar.month_name[work.month]
    return f"{month} {work.day}, {work.year}" if work.day else f"{month} {work.year}"
