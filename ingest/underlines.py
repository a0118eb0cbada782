"""Headings of plain text that a row of one sign underlines, as documentation systems write them."""

import re
from collections.abc import Sequence
from dataclasses import replace

from ingest.lines import Chunk, Line

__all__ = ["Underlines", "is_ruled", "without_rules"]

_RULE = re.compile(r"([=\-~^*\"'#+:`])\1{2,}$")
_GAP = re.compile(r"\S {2,}\S")  # names of columns stand apart; a rule under them is a table's
_PLAIN = 2  # lines of a heading without a rule over it
_ASIDE = 3  # positions by which a rule may be shorter or longer than its title


class Underlines:
    """The signs that underline the headings of a text; the first seen is that of level 1, as in reStructuredText."""

    def __init__(self) -> None:
        self._signs: list[tuple[bool, str]] = []

    def level(self, lines: Sequence[Line]) -> int:
        """Return the level of an underlined heading; 0 for one that is none."""
        ruled = is_ruled(lines)
        if not ruled:
            return 0
        sign = ruled > _PLAIN, lines[ruled - 1].text[0]
        if sign not in self._signs:
            self._signs.append(sign)
        return self._signs.index(sign) + 1


def is_ruled(lines: Sequence[Line]) -> int:
    """Return how many of the first lines are an underlined heading, with a rule over it or not; 0 for none."""
    over = int(bool(lines) and bool(_RULE.match(lines[0].text)))
    if len(lines) < 2 + over:
        return 0
    title, under = lines[over], lines[over + 1]
    rule = _RULE.match(under.text)
    if not rule or _RULE.match(title.text) or title.cells or _GAP.search(title.text):
        return 0
    if over and lines[0].text[0] != rule.group(1):
        return 0
    fits = abs(len(under.text) - len(title.text)) <= _ASIDE + over and abs(under.indent - title.indent) <= 1 + over
    named = any(ch.isalpha() for ch in title.text) and not title.text.endswith((",", ";"))
    return 2 + over if fits and named else 0


def without_rules(chunk: Chunk) -> Chunk:
    """Return a heading without the rules that underline it."""
    ruled = is_ruled(chunk.lines)
    return replace(chunk, lines=(chunk.lines[ruled - _PLAIN],)) if ruled else chunk
