"""Sections that a word and a number name: 'Article V', 'the First Amendment', 'section 2 of Article II'."""

import re
from collections.abc import Sequence
from typing import TYPE_CHECKING

from ingest import from_roman

if TYPE_CHECKING:
    from answer.outline import Section

__all__ = ["CARDINALS", "LABELLED", "ORDINALS", "labelled_section"]

ORDINALS = tuple(
    "first second third fourth fifth sixth seventh eighth ninth tenth eleventh twelfth thirteenth fourteenth fifteenth "
    "sixteenth seventeenth eighteenth nineteenth twentieth".split()
)
CARDINALS = ("one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten")
_WORD = r"(?:articles?|amendment|appendix|annex|clause|schedule|rule|principle|title|book|volume|act|scene|lesson|unit)"
_ANY = rf"(?:{_WORD}|section|part|chapter)"
_NUMBER = rf"(?:\d{{1,3}}|[IVXLC]+|(?-i:[A-H])|{'|'.join(CARDINALS)})"
_ORDINAL = rf"(?:{'|'.join(ORDINALS)}|\d{{1,2}}(?:st|nd|rd|th))"
LABELLED = (
    rf"(?:{_ANY} {_NUMBER} of (?:the )?(?:{_ANY} {_NUMBER}|{_ORDINAL} {_ANY})"
    rf"|{_WORD} {_NUMBER}|{_ORDINAL} {_WORD})"
)
_OF = re.compile(r" of (?:the )?", re.IGNORECASE)
_HEADING = re.compile(r"([^\W\d_]+)\s+(\d{1,3}|[IVXLC]+|[A-H])\b")


def labelled_section(name: str, sections: Sequence["Section"]) -> "Section | None":
    """Return the section of a document that a word and a number name, inside another where the name says so."""
    found: Section | None = None
    for label in reversed(_OF.split(name)):
        one, _, other = label.lower().partition(" ")
        word, number = (other, one) if _ordinal(one) else (one, other)
        inside = [s for s in sections if not found or (found.span[0] <= s.span[0] and s.span[1] <= found.span[1])]
        found = next((s for s in inside if s is not found and _label(s.heading) == (word, _value(number))), None)
        if not found:
            return None
    return found


def _label(heading: str) -> tuple[str, str] | None:
    match = _HEADING.match(heading)
    return (match[1].lower(), _value(match[2].lower())) if match else None


def _value(number: str) -> str:
    """A number however it is written, in figures; a letter as it is."""
    if number in CARDINALS:
        return str(CARDINALS.index(number) + 1)
    if ordinal := _ordinal(number):
        return str(ordinal)
    roman = from_roman(number) if re.fullmatch(r"[ivxlc]+", number) else 0
    return str(roman) if roman else number


def _ordinal(word: str) -> int:
    """The number of an ordinal; 0 for any other word."""
    if word in ORDINALS:
        return ORDINALS.index(word) + 1
    match = re.fullmatch(r"(\d{1,2})(?:st|nd|rd|th)", word)
    return int(match[1]) if match else 0
