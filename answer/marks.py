"""Find what stands in quotation marks and is said by somebody: clauses, not the odd word or the name of a thing."""

import re

from core.records import Span

__all__ = ["quoted_clauses"]

LEAST_WORDS = 5  # of what counts as a quotation: fewer are a term, a title or a doubt

LONGEST = 1500  # characters from a mark to the one that closes it
_BEFORE = 40  # characters before a mark in which an article is looked for

_PAIRS = {"“": "”", "„": "“", "«": "»", "‘": "’"}
_OPENS = re.compile(r"(?<!\w)[“„«‘]|(?<![\w\"])\"(?=\w)")
_SINGLE = re.compile(r"(?<=\S)’(?!\w)")
_WORD_BEHIND = re.compile(r"\s\w")
_ARTICLE = re.compile(r"\b(?:the|an?|its|their|this|that|of)\s*(?:so-called\s*)?$", re.IGNORECASE)
# What follows a name in quotation marks: 'the ‘A tree for each of us’ project'.
_GOES_ON = re.compile(r"\s+(?!that\b|which\b|who\b|said\b|says\b)[^\W\d_]")
_GRAMMAR = frozenset(
    "a an the i you he she it we they me him her us them my your his its our their this that these those is are was "
    "were be been has have had do does did will would can could may might must shall should not no of to in on at by "
    "for from with and or but if as so because than then there here what when who which".split()
)


def quoted_clauses(text: str, start: int, end: int) -> tuple[Span, ...]:
    """Return what a paragraph quotes, marks included: at least LEAST_WORDS words, one of grammar among them.

    Left out are titles, whose words have capitals, and names of things, which stand behind an article and go on with
    the thing: 'the ‘A tree for each of us’ project'. A mark that nothing closes opens nothing.
    """
    found: list[Span] = []
    position = start
    while match := _OPENS.search(text, position, end):
        close = _closing(text, match.group(), match.end(), min(end, match.end() + LONGEST))
        if close is None:
            position = match.end()
            continue
        span = (match.start(), close + 1)
        if _is_said(text[match.end() : close]) and not _is_name(text, span, (start, end)):
            found.append(span)
        position = span[1]
    return tuple(found)


def _closing(text: str, opener: str, start: int, end: int) -> int | None:
    closer = _PAIRS.get(opener, '"')
    if closer != "’":
        depth = 1
        for i in range(start, end):
            depth += (text[i] == opener and opener != closer) - (text[i] == closer)
            if depth == 0:
                return i
        return None
    stop = text.find("‘", start, end)
    closers = [m.start() for m in _SINGLE.finditer(text, start, end)]
    before = [i for i in closers if stop < 0 or i < stop]
    # An apostrophe behind a plural looks like a closing mark: it is one where a mark that is none follows.
    sure = [i for i in before if not (text[i - 1] == "s" and _WORD_BEHIND.match(text, i + 1, end))]
    if sure or before:
        return (sure or before)[0]
    return next(
        (i for i in closers if i > stop >= 0 and text.count("‘", start, i) < sum(j <= i for j in closers)), None
    )


def _is_said(inside: str) -> bool:
    words = re.findall(r"[^\W\d_][\w’'-]*", inside)
    grammar = sum(word.casefold() in _GRAMMAR for word in words)
    capitals = sum(word[0].isupper() for word in words[1:] if word.casefold() not in _GRAMMAR)
    others = sum(word.casefold() not in _GRAMMAR for word in words[1:])
    return len(words) >= LEAST_WORDS and grammar > 0 and capitals < max(1, others)


def _is_name(text: str, span: Span, paragraph: Span) -> bool:
    article = _ARTICLE.search(text, max(paragraph[0], span[0] - _BEFORE), span[0])
    return bool(article and _GOES_ON.match(text, span[1], paragraph[1])) and text[span[1] - 2] not in ".,!?"
