"""Find the paragraphs that say nothing by themselves: letters of a figure, pieces of a formula, a console's listing."""

import re
from collections.abc import Collection, Iterator, Sequence

from core.records import Block, BlockKind, Document
from ingest.headings import BULLET
from ingest.layout import ends_sentence

__all__ = ["figure_number", "is_console", "is_formula", "scraps_of"]

_CAPTION = re.compile(
    r"(?:figure|fig\.|abb\.|abbildung|plate|chart)\s*(?P<number>[A-Z]?\d+(?:[.\-–]\d+)*)\s*[.:|–—]\s", re.IGNORECASE
)
# A word: three letters in a row, or one of the scripts that need fewer.
_WORD = re.compile(r"[^\W\d_ˆˇ˘˙˚˜]{3,}|[\u0590-\u1fff\u3040-\ua4cf\uac00-\ud7a3\uf900-\ufaff]")
_EQUATES = re.compile(r"[=<>≤≥≈∼∝≡∈→]")
_MATHS = re.compile(r"[=≤≥≈∼∝≡∈→−·∑∏∫√∞∂ˆ˜α-ωΑ-Ω^<>|]|\S ?[+*] ?\S")
_PROMPT = re.compile(r"(?:\w{0,6}>{1,3}|\+)\s+(?=\S)|In \[\d+\]: ")
_PRINTED = re.compile(r"\[\d{1,3}\]\s+(?:-?\d|\"|TRUE\b|FALSE\b|NA\b)")  # R numbers what it prints
_MATRIX = re.compile(r"\[\d+,\]\s+-?[\d.]")
_BRACES = re.compile(r"[\uf8e5-\uf8ff\x01-\x08\x0e-\x1f]")  # of several lines, which have no letters of their own
_STATEMENT = re.compile(r"[;{}]\s*$|<-|\w\([^()]*\)|[=!]=|^\s*#\s*\w|^\s*(?:import|from|def|return|if|for|while)\b")
_ARGUMENT = re.compile(r"\w\s?=\s?[\w\"'(-]")
_SHORT = 6  # words of a label in a figure at most
_NUMBERS = 3  # in a row that are no sentence


def scraps_of(document: Document) -> frozenset[int]:
    """Return where the paragraphs start that say nothing by themselves.

    A formula or a command right under a heading or a colon is none: that is what they announce. Short lines over a
    figure's caption, or among others that say nothing, are the figure's.
    """
    found: set[int] = set()
    announced = headed = False
    for block in document.blocks:
        text = document.text[block.start : block.end]
        if block.kind is BlockKind.PARAGRAPH:
            bare, typed = _is_bare(text), is_console(text)
            told = headed and any(map(str.isdigit, text))  # a date, a number to call
            if (bare and not told) or (not announced and (typed or is_formula(text))):
                found.add(block.start)
            goes_on = announced and (bare or (typed and not _PROMPT.match(text)))
            announced = text.rstrip().endswith(":") or goes_on
        elif block.kind is not BlockKind.NOTE:  # which stands at the foot of the page
            announced = block.kind is BlockKind.HEADING
        headed = block.kind is BlockKind.HEADING
    for run in _runs(document, found):
        found.update(block.start for block in run)
    return frozenset(found)


def figure_number(text: str) -> str:
    """Return the number of the figure whose caption a text begins, or nothing."""
    match = _CAPTION.match(text)
    return match["number"] if match else ""


def is_formula(text: str) -> bool:
    """Say whether a text is a formula: signs and letters that stand for something, hardly a word."""
    tokens = text.split()
    words = sum(bool(_WORD.search(token)) for token in tokens)
    if _BRACES.search(text) and not ends_sentence(text) and 2 * words < len(tokens):
        return True
    return bool(_EQUATES.search(text)) and 3 * words < len(tokens) and words <= 3


def is_console(text: str) -> bool:
    """Say whether a text is what one types at a prompt, or what comes back."""
    if _PRINTED.match(text) or _MATRIX.search(text):
        return True
    prompt = _PROMPT.match(text)
    typed = text[prompt.end() :] if prompt else ""
    return bool(_STATEMENT.search(typed) or _ARGUMENT.search(typed))


def _is_bare(text: str) -> bool:
    """Say whether a text is a sign or letter by itself, a row of numbers, or a piece of a formula."""
    if _WORD.search(text) or BULLET.match(text):
        return False
    tokens = text.split()
    numbers = sum(any(map(str.isdigit, token)) for token in tokens)
    return max(map(len, tokens)) == 1 or numbers >= _NUMBERS or bool(_MATHS.search(text))


def _runs(document: Document, found: Collection[int]) -> Iterator[list[Block]]:
    """Yield the short lines that stand over a figure's caption, or among others, together with what says nothing."""
    run: list[Block] = []
    for block in document.blocks:
        if block.start in found or _is_label(document, block):
            run.append(block)
            continue
        silent = [i for i, one in enumerate(run) if one.start in found]
        captioned = block.kind is BlockKind.PARAGRAPH and _CAPTION.match(document.text, block.start, block.end)
        if silent:
            yield run if captioned else run[_begin(document, run, silent[0]) : _end(document, run, silent[-1])]
        run = []


def _begin(document: Document, run: Sequence[Block], at: int) -> int:
    """Where the wordless begin that stand right before what says nothing, such as 'f4' or 'Sp'."""
    while at and not _WORD.search(document.text, run[at - 1].start, run[at - 1].end):
        at -= 1
    return at


def _end(document: Document, run: Sequence[Block], at: int) -> int:
    """Where the wordless end that stand right behind."""
    at += 1
    while at < len(run) and not _WORD.search(document.text, run[at].start, run[at].end):
        at += 1
    return at


def _is_label(document: Document, block: Block) -> bool:
    text = document.text[block.start : block.end]
    if block.kind is BlockKind.TABLE:
        return not block.label and not any(_has_words(row) for row in text.split("\n"))
    plain = block.kind is BlockKind.PARAGRAPH and not ends_sentence(text) and not BULLET.match(text)
    return plain and len(text.split()) <= _SHORT


def _has_words(row: str) -> bool:
    return 2 * len(_WORD.findall(row)) >= len(row.split())
