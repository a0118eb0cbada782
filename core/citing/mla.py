"""MLA style, 9th edition: the core elements of chapter 5 in their order, and in-text citations of chapter 6."""

import re
from collections.abc import Sequence

from core.citing.names import Name
from core.citing.works import Work, is_range, italic, listed, locator, quoted, sentences, short_title, straight
from core.records import Page

__all__ = ["in_text", "reference"]

_MONTHS = ("", *"Jan. Feb. Mar. Apr. May June July Aug. Sept. Oct. Nov. Dec.".split())


def reference(work: Work) -> str:
    """Return a work's entry in the list of works cited."""
    creators = _creators(_leading(work))
    if work.edited:
        creators = listed(creators, "editors" if len(work.creators) > 1 else "editor")
    title = quoted(work.title) if _is_piece(work) else italic(work.title)
    if work.type == "thesis":
        return sentences(creators, title, work.year, listed(work.publisher, "thesis"), work.link)
    return sentences(creators, title, _container(work))


def in_text(work: Work, page: Page | None) -> str:
    """Return the citation in brackets for the running text."""
    families = [name.family for name in _leading(work)]
    if not families:
        short = short_title(work.title)
        lead = quoted(short, "") if _is_piece(work) else italic(short)
    else:
        lead = f"{families[0]} et al." if len(families) > 2 else " and ".join(families)
    return f"({lead} {locator(page)}".rstrip() + ")"


def _leading(work: Work) -> tuple[Name, ...]:
    """The names that stand first: none where the author is a body that is the publisher as well."""
    return () if work.self_published else work.creators


def _creators(names: Sequence[Name]) -> str:
    if not names:
        return ""
    first = listed(names[0].family, names[0].given, names[0].suffix)
    if len(names) > 2:
        return f"{first}, et al."
    comma = "," if names[0].given else ""
    return f"{first}{comma} and {straight(names[1], ',')}" if len(names) == 2 else first


def _is_piece(work: Work) -> bool:
    return work.type in ("chapter", "article", "webpage")


def _container(work: Work) -> str:
    publisher = "" if work.type in ("article", "webpage") and work.publisher == work.container else work.publisher
    pages = f"{'pp.' if is_range(work.pages) else 'p.'} {_short_range(work.pages)}" if work.pages else ""
    elements = listed(
        italic(work.container),
        _edited_by(work.editors),
        f"vol. {work.volume}" if work.volume else "",
        f"no. {work.issue}" if work.issue else "",
        "" if work.type == "article" else publisher,
        _date(work),
        pages,
        work.link,
    )
    return elements if work.container or elements.startswith("http") else elements[:1].upper() + elements[1:]


def _edited_by(editors: Sequence[Name]) -> str:
    if not editors:
        return ""
    shown = [straight(name, ",") for name in editors]
    return "edited by " + (f"{shown[0]} et al." if len(shown) > 2 else " and ".join(shown))


def _date(work: Work) -> str:
    if work.type not in ("article", "webpage") or not work.month:
        return work.year
    return " ".join(filter(None, (str(work.day or ""), _MONTHS[work.month], work.year)))


def _short_range(pages: str) -> str:
    """Give of the second number the last two figures, and more where they differ: '104–25', '1608–774' (chapter 2)."""

    def shorten(match: re.Match[str]) -> str:
        first, last = match[1], match[2]
        if len(first) != len(last):
            return match[0]
        shared = next((i for i, (a, b) in enumerate(zip(first, last, strict=True)) if a != b), len(last))
        return f"{first}–{last[max(0, min(shared, len(last) - 2)) :]}"

    return re.sub(r"\b(\d+)–(\d+)\b", shorten, pages)
