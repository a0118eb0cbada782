"""Part the footnotes from the text at the foot of a column, and cut them into notes."""

import re
from collections.abc import Collection, Iterator, Sequence
from dataclasses import replace

from ingest.pdf.flow import GOES_ON, Block, TextLine
from ingest.pdf.rules import Rule

__all__ = ["cut_notes", "marked_numbers", "notes_begin", "number_of", "without_number"]

_SMALL = 0.94  # of the body's size: notes are set no larger
_START = re.compile(r"(\d{1,3}|[*†‡§¶]{1,3})[.)]?\s*(?=\S)")


def notes_begin(
    lines: Sequence[TextLine], body: float, rules: Sequence[Rule], marked: Collection[str], *, going_on: bool
) -> int:
    """Return the position of the line with which the notes at the foot of a column begin; their count when none do.

    They are the small lines at its end from the first that begins with a note's number: a raised one, one that the
    page's text refers to, or one under a rule.

    Args:
        lines: of the column, from the top down.
        body: size of the text's font in points.
        rules: that run across the page.
        marked: the numbers that the page's text refers to.
        going_on: whether the last note of the page before may go on here.
    """
    begin = len(lines)
    while begin and lines[begin - 1].piece.font.size <= _SMALL * body:
        begin -= 1
    for i in range(begin, len(lines)):
        number = number_of(lines[i])
        if number and (_is_raised(lines[i]) or number in marked or _is_under_rule(lines, i, rules)):
            first = i > begin and going_on and _is_under_rule(lines, begin, rules)
            return begin if first else i
    if going_on and begin < len(lines) and _is_under_rule(lines, begin, rules):
        return begin
    return len(lines)


def cut_notes(lines: Sequence[TextLine]) -> Iterator[Block]:
    """Yield the notes that lines amount to, each with its number as printed."""
    begin, label = 0, GOES_ON
    for i, line in enumerate(lines):
        number = number_of(line)
        if number and (label == GOES_ON or _is_raised(line) or _follows(number, label)):
            if i > begin:
                yield Block(tuple(without_number(lines[begin:i])), turn=False, gap=True, label=label)
            begin, label = i, number
    if begin < len(lines):
        yield Block(tuple(without_number(lines[begin:])), turn=False, gap=True, label=label)


def number_of(line: TextLine) -> str:
    """Return the number or sign with which a line begins as a note does, or nothing."""
    match = _START.match(line.text)
    return match.group(1) if match else ""


def without_number(lines: Sequence[TextLine]) -> list[TextLine]:
    """Return the lines of a note, its own number no marker of one."""
    first = lines[0]
    marks = tuple(mark for mark in first.piece.marks if mark[0] > 0)
    return [replace(first, piece=replace(first.piece, marks=marks)), *lines[1:]]


def marked_numbers(lines: Sequence[TextLine]) -> frozenset[str]:
    """Return the numbers of notes that lines refer to by raised figures."""
    return frozenset(line.text[slice(*mark)] for line in lines for mark in line.piece.marks if mark[0] > 0)


def _is_raised(line: TextLine) -> bool:
    return bool(line.piece.marks) and line.piece.marks[0][0] == 0


def _follows(number: str, label: str) -> bool:
    if not number.isdigit() or not label.isdigit():
        return not number.isdigit() and number != label
    return int(number) == int(label) + 1


def _is_under_rule(lines: Sequence[TextLine], i: int, rules: Sequence[Rule]) -> bool:
    """Say whether a rule stands right above a line, between it and the text."""
    piece = lines[i].piece
    above = lines[i - 1].piece.base if i else piece.top - 2 * piece.font.size
    lowest = max(above, piece.base - 3.5 * piece.font.size)
    return any(
        lowest < rule.at < piece.base and rule.start < piece.x1 and rule.end > piece.x0 and rule.length > 20
        for rule in rules
    )
