"""APA style, 7th edition: chapters 8 (in the text), 9 and 10 (the list of references)."""

import calendar
import re
from collections.abc import Sequence

from core.citing.names import Name, initials
from core.citing.works import Work, is_range, italic, listed, locator, sentences, short_title
from core.records import Page

__all__ = ["in_text", "reference"]

MOST_AUTHORS = 20  # of more, the first 19 and the last are named (9.8)


def reference(work: Work) -> str:
    """Return a work's entry in the list of references."""
    creators = _authors(work.creators)
    if work.edited:
        creators += " (Eds.)" if len(work.creators) > 1 else " (Ed.)"
    head = (creators, _date(work), _title(work)) if creators else (_title(work), _date(work))
    text = sentences(*head, _source(work))
    return f"{text} {work.link}" if work.link else text


def in_text(work: Work, page: Page | None) -> str:
    """Return the citation in brackets for the running text."""
    families = [name.family for name in work.creators]
    if not families:
        piece = work.type in ("chapter", "article")
        lead = f"“{short_title(work.title)}”" if piece else italic(short_title(work.title))
    else:
        lead = f"{families[0]} et al." if len(families) > 2 else " & ".join(families)
    return f"({listed(lead, work.year or 'n.d.', _pages(locator(page)))})"


def _authors(names: Sequence[Name]) -> str:
    shown = [_inverted(name) for name in names]
    if len(shown) < 2:
        return "".join(shown)
    if len(shown) > MOST_AUTHORS:
        return f"{', '.join(shown[: MOST_AUTHORS - 1])}, . . . {shown[-1]}"
    comma = "" if len(shown) == 2 and names[0].is_whole else ","  # two bodies are joined without a comma
    return f"{', '.join(shown[:-1])}{comma} & {shown[-1]}"


def _inverted(name: Name) -> str:
    return listed(name.family, initials(name.given), name.suffix)


def _date(work: Work) -> str:
    if work.type == "webpage" and work.month:
        return f"({work.year}, {calendar.month_name[work.month]}{f' {work.day}' if work.day else ''})"
    return f"({work.year or 'n.d.'})"


def _title(work: Work) -> str:
    if work.type in ("chapter", "article"):
        return work.title
    title = italic(work.title)
    if work.type == "thesis":
        return f"{title} [{listed('Thesis', work.publisher)}]"
    parts = listed(f"Vol. {work.volume}" if work.volume else "", f"No. {work.issue}" if work.issue else "")
    notes = "; ".join(filter(None, (_edited_by(work), parts)))
    return f"{title} ({notes})" if notes else title


def _source(work: Work) -> str:
    if work.type == "article":
        number = italic(work.volume) + (f"({work.issue})" if work.issue else "")
        pages = f"Article {work.pages}" if re.match(r"e\d", work.pages) else work.pages
        return listed(italic(work.container), number, pages)
    if work.type == "thesis":
        return ""
    publisher = "" if work.self_published else work.publisher
    if work.type == "chapter":
        return sentences(_host(work), publisher)
    same = work.type == "webpage" and any(name.family == work.container for name in work.creators)
    return sentences("" if same else work.container, publisher)


def _host(work: Work) -> str:
    """The book that a chapter stands in, with its editors and pages."""
    parts = listed(f"Vol. {work.volume}" if work.volume else "", _pages(work.pages))
    editors = _speaking(work.editors)
    if not work.container:
        return f"({parts})" if parts else ""
    role = f" ({'Eds.' if len(work.editors) > 1 else 'Ed.'}), " if editors else ""
    return f"In {editors}{role}{italic(work.container)}{f' ({parts})' if parts else ''}"


def _edited_by(work: Work) -> str:
    """The editors of a whole book that has an author too."""
    editors = _speaking(work.editors)
    return f"{editors}, {'Eds.' if len(work.editors) > 1 else 'Ed.'}" if editors else ""


def _speaking(names: Sequence[Name]) -> str:
    shown = [" ".join(filter(None, (initials(n.given), n.family, n.suffix))) for n in names]
    if len(shown) < 3:
        return " & ".join(shown)
    return f"{', '.join(shown[:-1])}, & {shown[-1]}"


def _pages(pages: str) -> str:
    return f"{'pp.' if is_range(pages) else 'p.'} {pages}" if pages else ""
