"""Find the items of an enumeration in a sentence, 'oats, rye (winter) and barley', or in a cell; in doubt none."""

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise

from answer.verbs import is_past
from core.records import Span

__all__ = ["cell_items", "items_in"]

_FEWEST = 3  # items, where they are no names; of other things two with 'and' between them make no list
_LONGEST = 12  # words of an item
_BRACKETED = re.compile(r"\([^()]*\)|\[[^\[\]]*\]|“[^“”]*”|\"[^\"]*\"|‘[^‘’]*(?:’\w[^‘’]*)*’")
_COMMA = re.compile(r",\s+")
_SEMICOLON = re.compile(r";\s+")
_AND = re.compile(r"\s+(?:and|or|as well as|&)\s+")
_OPENING_AND = re.compile(r"(?:and|or|as well as|&)\s+")
_LEAD = re.compile(
    r"\b(?:such as|like|namely|e\.g\.|i\.e\.|includ(?:e|es|ed|ing)|compris(?:e|es|ed|ing)|contain(?:s|ed|ing)?|"
    r"cover(?:s|ed|ing)?|(?:is|are|was|were)(?: as follows)?)\s+"
)
_PREPOSITIONS = frozenset(
    "in at by with from into between among across through over under about against near as than to on for".split()
)
_VERBS = frozenset("is are was were be been has have had do does did can could will would may might must".split())
_JOINTS = frozenset("who which that where when while but because although though if whose so then".split())
_HEADS = _PREPOSITIONS | _VERBS | _JOINTS | frozenset("both either also not only".split())  # a first item begins behind
_ENDS = _PREPOSITIONS | _VERBS | _JOINTS  # a last item ends before
_WITHIN = frozenset("on for to".split())  # within titles: 'Plan on Work'
# What opens a clause or an aside, and no item.
_CLAUSE = re.compile(
    r"(?:however|according|thus|therefore|since|they|he|she|it|we|i|you|there|this|these|those|including|especially|"
    r"particularly|respectively|in particular|for (?:example|instance)|such|his|her|their|its|\w+ly)\b",
    re.IGNORECASE,
)
_BESIDE = re.compile(
    r"(?:[A-Za-z]+ly|(?:In|At|By|Apart|Besides|With|Without|Unlike|Despite|As|When|While|If|Beyond|On|For|Since|After|During|From|Today|Then|Here|Also|Moreover|Still)\b.*)$"
)
_NAMED = re.compile(r"(?:the )?[A-Z_][^\s]*(?:\s+(?:(?:of|the|for|de|la|van|von)\s+)*[A-Z_\d(][^\s]*)*")
_OPENERS = frozenset("the a an in on at for to by from with".split())


def items_in(sentence: str, masked: Sequence[Span] = ()) -> tuple[Span, ...]:
    """Return the items of the longest enumeration of a sentence, in order; none where there is no plain one.

    Commas or semicolons part them, and 'and' or 'or' the last, but not within brackets and quotation marks. Two are
    enough where both are names.

    Args:
        sentence: as it stands in the document.
        masked: slices of it that belong to no item, such as citations.
    """
    shown = _BRACKETED.sub(lambda m: "_" * len(m.group()), sentence)
    for start, end in masked:
        shown = shown[:start] + " " * (end - start) + shown[end:]
    end = len(re.sub(r"[.!?…]*[”’\"]?\d*\s*$", "", shown))
    colon = re.search(r":\s+", shown)
    clauses = [(colon.end(), end), (0, colon.start())] if colon else [(0, end)]
    found = (items for clause in clauses for items in _lists(shown, clause, listed=colon is not None and clause[0] > 0))
    return max((items for items in found if _is_plain(shown, items)), key=len, default=())


def cell_items(cell: str) -> tuple[Span, ...]:
    """Return the items of a cell of a table that is nothing but a list; the whole cell where it is none."""
    shown = _BRACKETED.sub(lambda m: "_" * len(m.group()), cell)
    parts = _parts(shown, (0, len(cell)), _SEMICOLON if ";" in shown else _COMMA)
    return tuple(part for part in (_trimmed(shown, *part) for part in parts) if part[0] < part[1])


def _is_plain(shown: str, items: Sequence[Span]) -> bool:
    if any(start >= end for start, end in items):  # nothing stands between two signs
        return False
    if len(items) == 2:
        return all(_NAMED.fullmatch(shown[a:b]) for a, b in items)
    aside = re.match(r"[a-z]+ing\s+\S+\s", shown[slice(*items[-2])]) if len(items) == _FEWEST else None
    return len(items) >= _FEWEST and not (aside and not re.match(r"\w+ing\b", shown[slice(*items[0])]))


def _lists(shown: str, clause: Span, *, listed: bool) -> Iterator[tuple[Span, ...]]:
    """Yield what may be the enumerations of a clause; one that is `listed` behind a colon is all of it."""
    parts = _parts(shown, clause, _SEMICOLON)
    if len(parts) >= _FEWEST:
        if listed:
            yield tuple(_trimmed(shown, *part) for part in parts)
        return
    parts = _parts(shown, clause, _COMMA)
    for last, part in enumerate(parts):
        tails = _tails(shown, part, serial=last > 0)
        if tails or (listed and last == len(parts) - 1 and last):
            yield _gathered(shown, parts[:last], tails or (_trimmed(shown, *part),), listed=listed)


def _tails(shown: str, part: Span, *, serial: bool) -> tuple[Span, ...]:
    """The last item, which 'and' opens, or the last two that it joins; none where a part is not the end of a list."""
    text = shown[slice(*part)]
    if serial and (opening := _OPENING_AND.match(text)):
        last = _cut_behind(shown, (part[0] + opening.end(), part[1]))
        return (last,) if last else ()
    joint = _AND.search(text)
    if joint is None:
        return ()
    last = _cut_behind(shown, (part[0] + joint.end(), part[1]))
    return (_trimmed(shown, part[0], part[0] + joint.start()), last) if last else ()


def _gathered(shown: str, before: Sequence[Span], tails: tuple[Span, ...], *, listed: bool) -> tuple[Span, ...]:
    """The items from the first, which what leads in to the list stands before, to the tails."""
    parts = [_trimmed(shown, *part) for part in before]
    items = list(tails)
    pending = [*parts, items.pop(0)] if len(tails) == 2 else parts
    while pending:
        part = pending.pop()
        opens = not pending or (len(pending) == 1 and bool(_BESIDE.match(shown[slice(*pending[0])])))
        if listed and not pending and _is_item(shown, part):
            items.insert(0, part)
        elif opens or not _is_item(shown, part) or _LEAD.search(shown[slice(*part)]):
            head = _cut_before(shown, part, items)
            return (head, *items) if head else ()
        else:
            items.insert(0, part)
    return tuple(items)


def _parts(shown: str, clause: Span, sign: re.Pattern[str]) -> list[Span]:
    edges = [(clause[0], clause[0]), *(m.span() for m in sign.finditer(shown, *clause)), (clause[1], clause[1])]
    return [(before[1], after[0]) for before, after in pairwise(edges)]


def _is_item(shown: str, part: Span) -> bool:
    words = shown[slice(*part)].split()
    text = " ".join(words)
    within = _PREPOSITIONS - _WITHIN - {"in"} if _is_name(text) else _PREPOSITIONS - {"for"}
    barred = within | _VERBS | _JOINTS
    return 0 < len(words) <= _LONGEST and not _CLAUSE.match(text) and not any(w.lower() in barred for w in words[1:])


def _cut_before(shown: str, part: Span, items: Sequence[Span]) -> Span | None:
    """The first item: the end of what leads in to the list; None where it is not plain where that begins."""
    start, end = part
    if lead := [m.end() for m in _LEAD.finditer(shown, start, end)]:
        return _checked(shown, (lead[-1], end))
    words = list(re.finditer(r"\S+", shown[start:end]))
    opening = {word.lower() for item in items for word in shown[slice(*item)].split()[:1]}
    same = [i for i, word in enumerate(words) if word.group().lower() in opening & _OPENERS]
    if same:
        return _checked(shown, (start + words[same[-1]].start(), end))
    if all(_is_name(shown[a:b]) for a, b in items):
        name = re.search(r"(?:[A-Z_][^\s,]*(?:\s+(?:of|the|for|on)(?=\s+(?:the\s+)?[A-Z_]))*\s*)+$", shown[start:end])
        return _checked(shown, (start + name.start(), end)) if name else None
    edge = max((i for i, word in enumerate(words) if word.group().lower() in _HEADS), default=None)
    longest = max(len(shown[a:b].split()) for a, b in items) + 2
    if edge is None or not 0 < len(words) - edge - 1 <= longest:
        return None
    return _checked(shown, (start + words[edge + 1].start(), end))


def _checked(shown: str, span: Span) -> Span | None:
    return span if span[0] < span[1] and _is_item(shown, span) else None


def _cut_behind(shown: str, part: Span) -> Span | None:
    """The last item: a part up to where the sentence goes on; None where it is none."""
    start, end = _trimmed(shown, *part)
    words = list(re.finditer(r"\S+", shown[start:end]))
    if not words or _CLAUSE.match(shown, start, end):
        return None
    titled = _is_name(shown[start:end])
    for i, word in enumerate(words[1:], start=1):
        following = [w.group() for w in words[i + 1 : i + 3] if w.group() != "the"]
        title = titled and word.group() in _WITHIN and following and _is_name(following[0])
        goes_on = word.group().lower() in _ENDS or (titled and is_past(word.group()))
        if goes_on and not title:
            start, end = _trimmed(shown, start, start + word.start())
            break
    return _checked(shown, (start, end))


def _is_name(text: str) -> bool:
    return bool(re.match(r"(?:the )?[A-Z_]", text))


def _trimmed(shown: str, start: int, end: int) -> Span:
    """A slice without blanks, marks and 'and' at its edges."""
    while start < end and (opening := re.match(r"[\s,;:]+|(?:and|or|both|either|as well as)\s+", shown[start:end])):
        start += opening.end()
    return start, start + len(shown[start:end].rstrip(" \n\t,;:"))
