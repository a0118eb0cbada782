"""A link that opens a question again, with the words that its answer quoted; what stands in a link is only data."""

import hashlib
import re
from collections.abc import Mapping
from dataclasses import dataclass
from html import escape
from urllib.parse import urlencode

from core.errors import InputError
from core.records import Answer, Document
from ui.quoting import stands, target

__all__ = ["LONGEST_ASKED", "Link", "link_html", "link_query", "problem_html", "read_link"]

LONGEST_ASKED = 500  # characters; the question of a longer one cannot be put into a link
_LONGEST_NAME = 200
_QUOTE = re.compile(r"(?s)(.+):(\d{1,12})-(\d{1,12})")
_CHECK = re.compile(r"[0-9a-f]{12}")


@dataclass(frozen=True, slots=True)
class Link:
    """A question that stands alone, and the place of the quoted words; no document where nothing was quoted.

    `check` tells whether the words at that place are still the same.
    """

    asked: str
    document: str = ""
    start: int = 0
    end: int = 0
    check: str = ""


def link_query(answer: Answer, documents: Mapping[str, Document]) -> str:
    """Return the query of a link ('?ask=…&quote=…&check=…') to a question and its first quote; '' where it is too long.

    A follow-up is asked in its completed form, as nothing goes before it there. A refusal has no quote.
    """
    asked = answer.completed or answer.question
    if len(asked) > LONGEST_ASKED:
        return ""
    quoted = next((c for c in answer.citations if stands(c, documents) and len(c.document) <= _LONGEST_NAME), None)
    fields = {"ask": asked}
    if quoted:
        fields |= {"quote": f"{quoted.document}:{quoted.start}-{quoted.end}", "check": _check(quoted.quote)}
    return f"?{urlencode(fields, errors='replace')}"


def read_link(fields: Mapping[str, object]) -> Link:
    """Return what a link asks for.

    Args:
        fields: 'ask', 'quote' and 'check' of its query, as far as they are there.

    Raises:
        InputError: there is no question, it is too long, or the quote's place is none.
    """
    asked, quote, check = (str(fields.get(name) or "").strip() for name in ("ask", "quote", "check"))
    if not asked:
        raise InputError("this link asks nothing: expected '?ask=' and a question")
    if len(asked) > LONGEST_ASKED:
        raise InputError(f"the question of this link has {len(asked)} characters: expected at most {LONGEST_ASKED}")
    if not quote:
        return Link(asked)
    place = _QUOTE.fullmatch(quote[: 2 * _LONGEST_NAME])
    if (
        place is None
        or len(place[1]) > _LONGEST_NAME
        or not int(place[2]) < int(place[3])
        or not _CHECK.fullmatch(check)
    ):
        raise InputError("the quote of this link cannot be read: copy the whole link anew")
    return Link(asked, place[1], int(place[2]), int(place[3]), check)


def link_html(link: Link, answer: Answer | None, documents: Mapping[str, Document]) -> str:
    """Return what is said of a link above its answer: a button that opens the quoted words, or why there is none.

    Args:
        link: what was opened.
        answer: to its question, now; None while it is made, or where there is none.
        documents: by id.
    """
    if not link.document:
        return _notice("Opened from a link.")
    document = documents.get(link.document)
    if document is None:
        return _notice(f"This link quotes the document ‘{link.document}’, which is not here.")
    if _check(document.text[link.start : link.end]) != link.check:
        return _notice(
            f"This link quotes ‘{document.title}’, which was changed since: the words are not there any more."
        )
    block = next((b for b in document.blocks if b.start <= link.start < b.end), None)
    opens = target(document, (link.start, link.end), block.section if block else (), document.page_at(link.start))
    button = f'<button type="button" class="ibid-linked" {opens}>Show the quoted words</button>'
    quoted = answer is None or any(
        c.document == link.document and _meets(link, c.start, c.end) for c in answer.citations
    )
    return _notice(
        "Opened from a link." if quoted else "Opened from a link, whose words this answer does not quote.", button
    )


def problem_html(line: str) -> str:
    """Return what is said above the conversation where a link or a kept conversation cannot be opened."""
    return f'<p class="ibid-link ibid-error" role="alert">{escape(line)}</p>'


def _meets(link: Link, start: int, end: int) -> bool:
    return start < link.end and link.start < end


def _notice(said: str, button: str = "") -> str:
    return f'<p class="ibid-link" role="status">{escape(said)} {button}</p>'


def _check(text: str) -> str:
    return hashlib.sha256(text.encode("utf-8", "replace")).hexdigest()[:12]
