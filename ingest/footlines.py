"""Notes at the foot of a page of plain text, under a line that parts them from the text."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from ingest.parts import Kind, Part

__all__ = ["FOOT_RULE", "with_foot_notes"]

FOOT_RULE = re.compile(r"_{8,}$")
_LABEL = re.compile(r"([*†‡§]{1,3}|\d{1,2}(?=[.)\s]))")
_MOST = 15  # lines of notes on a page


def with_foot_notes(parts: Sequence[Part]) -> Iterator[Part]:
    """Yield the parts, what stands between a rule and the end of its page as notes; the rule is left out."""
    under = _under_rules(parts)
    for i, part in enumerate(parts):
        if i not in under:
            yield part
            continue
        lines = [line for line in part.chunk.lines if not FOOT_RULE.match(line.text)]
        starts = sorted({0, *(n for n, line in enumerate(lines) if _LABEL.match(line.text))})
        for begin, end in zip(starts, [*starts[1:], len(lines)], strict=True):
            if begin < end:
                match = _LABEL.match(lines[begin].text)
                chunk = replace(part.chunk, lines=tuple(lines[begin:end]))
                yield replace(part, kind=Kind.NOTE, level=0, label=match[1] if match else "", chunk=chunk)


def _under_rules(parts: Sequence[Part]) -> frozenset[int]:
    """The positions of the parts from a rule to the end of its page; none where more stands there than notes."""
    found: set[int] = set()
    for i, part in enumerate(parts):
        first = part.chunk.lines[0]
        if part.kind is not Kind.PROSE or first.page is None or not FOOT_RULE.match(first.text):
            continue
        near = range(i, min(i + _MOST + 1, len(parts)))
        end = next((j for j in near if parts[j].chunk.lines[0].page != first.page), near.stop)
        region = parts[i:end]
        lines = [line for p in region for line in p.chunk.lines]
        whole = all(line.page == first.page for line in lines) and len(lines) <= _MOST
        lone = sum(bool(FOOT_RULE.match(line.text)) for line in lines) == 1  # two are to be signed
        if whole and lone and all(p.kind is Kind.PROSE for p in region):
            found.update(range(i, end))
    return frozenset(found)
