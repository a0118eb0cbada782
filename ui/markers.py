"""Where the markers of an answer's text stand, what of it is set in bold, and the lists that follow it."""

import re
from collections.abc import Iterator, Mapping, Sequence
from html import escape
from itertools import groupby

from answer.compose import even_spaces
from core.records import Answer, Citation, Span

__all__ = ["bold_html", "bold_spans", "item_groups", "marker_spans"]

_MARKER = re.compile(r"\[(\d+)\]")
_RAISED = str.maketrans("⁰¹²³⁴⁵⁶⁷⁸⁹", "0123456789")


def marker_spans(answer: Answer) -> tuple[tuple[Span, Citation], ...]:
    """Return where the markers stand in an answer's text; a figure in brackets inside a quote is none."""
    by_marker = {str(citation.marker): citation for citation in answer.citations}
    plain = answer.text.translate(_RAISED)
    quoted = [_find(plain, even_spaces(citation.quote)) for citation in answer.citations]
    return tuple(
        (match.span(), by_marker[match.group(1)])
        for match in _MARKER.finditer(answer.text)
        if match.group(1) in by_marker and not any(start <= match.start() < end for start, end in quoted)
    )


def bold_spans(answer: Answer) -> tuple[Span, ...]:
    """Return the slices of an answer's text that show what its citations highlight, in order."""
    plain, position, found = answer.text.translate(_RAISED), 0, []
    for (start, stop), citation in marker_spans(answer):
        if citation.highlight and (shown := _shown(plain[position:start], citation, citation.highlight)):
            found.append((position + shown[0], position + shown[1]))
        position = stop
    return tuple(found)


def bold_html(text: str, span: Span, bold: Sequence[Span]) -> str:
    """Return a slice of a text, escaped, what answers in it set in bold."""
    pieces, position = [], span[0]
    for start, end in bold:
        begin, stop = max(start, position), min(end, span[1])
        if begin < stop:
            pieces.append(f"{escape(text[position:begin])}<strong>{escape(text[begin:stop])}</strong>")
            position = stop
    return "".join(pieces) + escape(text[position : span[1]])


def item_groups(answer: Answer) -> Mapping[int, tuple[tuple[Citation, Span], ...]]:
    """Return the lists of an answer, each by the number of the marker that it follows: its items with their citations.

    Citations one behind the other with one item each, as rows of a table have, make one list.
    """
    groups = {}
    for alone, run in groupby(answer.citations, key=lambda citation: len(citation.items) == 1):
        citations = list(run)
        for listed in [citations] if alone else [[citation] for citation in citations]:
            items = tuple((citation, item) for citation in listed for item in citation.items)
            if len(items) > 1:
                groups[listed[-1].marker] = items
    return groups


def _shown(piece: str, citation: Citation, span: Span) -> Span | None:
    """Where a text that shows a quote, as running text or as a row with its columns' names, shows a part of it."""
    before, said = citation.quote[: span[0] - citation.start], citation.quote[slice(*_within(citation, span))]
    if "\t" not in citation.quote:
        whole = piece.find(even_spaces(citation.quote))
        start = whole + len(even_spaces(before))
        return (start, start + len(even_spaces(said))) if whole >= 0 else None
    position = 0
    *cells, opening = before.split("\t")
    for cell in [*filter(None, cells), (opening + said + _rest(citation, span))]:
        found = re.compile(rf"(?:^\s*|: |\| ){re.escape(cell)}(?= \||\s*$)").search(piece, position)
        if found is None:
            return None
        position = found.end()
    start = position - len(cell) + len(opening)
    return start, start + len(said)


def _rest(citation: Citation, span: Span) -> str:
    """What a cell goes on with behind a part of it."""
    return citation.quote[span[1] - citation.start :].split("\t", maxsplit=1)[0]


def _within(citation: Citation, span: Span) -> Iterator[int]:
    return (offset - citation.start for offset in span)


def _find(text: str, part: str) -> Span:
    start = text.find(part)
    return (start, start + len(part)) if start >= 0 else (0, 0)
