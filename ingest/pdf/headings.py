"""Tell the headings of a PDF file, its title and what stands with it, by the size and weight of their letters."""

import re
import unicodedata
from collections import Counter, defaultdict
from collections.abc import Sequence

from ingest import contents
from ingest.dates import printed_date
from ingest.layout import BULLET, CAPTION, NUMBERED, ends_sentence, looks_like_heading
from ingest.lines import Chunk, Line
from ingest.pdf.flow import LEADERS, Block
from ingest.pdf.words import Font

__all__ = ["FIGURE", "find_headings", "front_matter", "is_caption", "title_of"]

FIGURE = re.compile(r"(?:figure|fig\.|abb\.|abbildung|plate|chart)\s*\d+(?:\.\d+)*\s*[.:–—-]?\s", re.IGNORECASE)
_OPENING = re.compile(
    r"(?:\d+\.?\s+)?(?:abstract|introduction|summary|overview|preface|foreword|background|contents|keywords)(?:\s*[.:—–-]|\s*$)",
    re.IGNORECASE,
)
_CHAPTER = re.compile(r"(?:chapter|part|section|kapitel|chapitre|appendix)\s+(?:[\divxlc]+|[A-Z])\b", re.IGNORECASE)
_ABSTRACT = re.compile(r"(?:abstract|summary|keywords|acknowledge?ments?)\W*$", re.IGNORECASE)  # often set small
_ABSTRACT_OPENS = re.compile(r"(?:abstract|summary)\b", re.IGNORECASE)
_CONTENTS = re.compile(r"(?:table of )?contents", re.IGNORECASE)
_PAGE = re.compile(r"\s(?:\d{1,4}|[ivxlc]+)$")
_MEASURED = re.compile(r"\d[.,]\d|\[\d*,\d*\]")  # a value, or the row of a matrix
_CODE = re.compile(r"\[\d|\w{0,3}> ")  # what a console prints
_PRINTED_ROW = re.compile(r"\[\d+,\]\s")
_PLAIN_SIGNS = "+×±<>|~"  # of mathematics, that headings have, too; formulas have others
_LARGE = 1.1  # of the body's size
_TITLE = 1.15
_WORDS = 25
_DATE = 4  # words

Style = tuple[float, bool, bool, bool]


def find_headings(blocks: Sequence[Block], body: Font, begin: int = 0) -> dict[int, int]:
    """Return the positions of the headings from `begin` on with their levels from 1.

    A number ('2.1') says the level, and that of others in its style; else it goes by the order of the styles.
    """
    found = _without_contents(blocks, [i for i in range(begin, len(blocks)) if _is_heading(blocks, i, body)])
    numbered: dict[Style, Counter[int]] = defaultdict(Counter)
    depths: dict[int, int] = {}
    for i in found:
        match = NUMBERED.match(blocks[i].text)
        if match:
            depths[i] = match.group("number").count(".") + 1
            numbered[_style(blocks[i])][depths[i]] += 1
    levels = _levels([_style(blocks[i]) for i in found], numbered)
    depths |= {i: 1 for i in found if i not in depths and _ABSTRACT.match(blocks[i].text)}
    return {i: depths.get(i) or levels[_style(blocks[i])] for i in found}


def _without_contents(blocks: Sequence[Block], found: Sequence[int]) -> list[int]:
    """Return the positions of headings without those that only list, under 'Contents', what comes later."""
    kept: list[int] = []
    listing = False
    for at, i in enumerate(found):
        bare = {contents.title_of(blocks[i].text), contents.title_of(_PAGE.sub("", blocks[i].text))}
        over_text = ends_sentence(blocks[i + 1].text)  # not an entry, though chapters may share its name
        if listing and not over_text and any(contents.title_of(blocks[j].text) in bare for j in found[at + 1 :]):
            continue
        listing = bool(_CONTENTS.fullmatch(blocks[i].text))
        kept.append(i)
    return kept


def front_matter(blocks: Sequence[Block], headings: dict[int, int], body: Font) -> int:
    """Return how many blocks at the beginning are the title and what stands with it: authors, their houses, a date."""
    end = 0
    while end < len(blocks) and not _opens(blocks[end]) and blocks[end].lines[0].page == blocks[0].lines[0].page:
        end += 1
    large = [i for i in range(end) if blocks[i].size >= _TITLE * body.size]
    if not large:  # a title in bold or capitals of the text's size, over an abstract
        return end if 0 < end < len(blocks) and 0 in headings and _ABSTRACT_OPENS.match(blocks[end].text) else 0
    title = max(large, key=lambda i: (blocks[i].size, -i))
    style = _style(blocks[title])
    again = sum(_style(blocks[i]) == style for i in headings if i >= end)
    if end == 1 and again > 1 and NUMBERED.match(blocks[title].text):
        return 0
    # A heading over the first text is of the text; one over another stands with the title.
    while end not in headings and end > title + 1 and _heads_text(blocks, end - 1, headings, body):
        end -= 1
    return end


def title_of(front: Sequence[Block]) -> Block | None:
    """Return the title among the blocks of the front matter: the first, or one set larger than it.

    Over a title stand the name of a series, a journal's volume and pages, the number of a chapter.
    """
    worded = [b for b in front if sum(ch.isalpha() for ch in b.text) > 3 and not _CHAPTER.fullmatch(b.text)]
    largest = max(worded, key=lambda b: b.size, default=None)
    return largest if largest and largest.size > _LARGE * worded[0].size else next(iter(worded), None)


def is_caption(block: Block) -> bool:
    """Say whether a block is a table's caption."""
    match = CAPTION.match(block.text)
    if not match or len(block.lines) > 6:
        return False
    return bool(match.group("stop")) or (len(block.lines) <= 2 and not block.text.endswith("."))


def _is_heading(blocks: Sequence[Block], i: int, body: Font) -> bool:
    block = blocks[i]
    text = block.text
    words = text.split()
    if block.table or block.label or len(words) > _WORDS or len(block.lines) > 4:
        return False
    if is_caption(block) or FIGURE.match(text) or LEADERS.search(text) or sum(ch.isalpha() for ch in text) < 2:
        return False
    if _CODE.match(text) or any(unicodedata.category(ch) == "Sm" and ch not in _PLAIN_SIGNS for ch in text):
        return False
    if not NUMBERED.match(text) and (len(_MEASURED.findall(text)) > 1 or _is_in_figure(blocks, i)):
        return False
    ratio = block.size / body.size
    bold = not body.bold and all(line.piece.font.bold for line in block.lines)
    if (
        ratio < (0.85 if bold else 0.93)
        or text.endswith((",", ";"))
        or not any(not b.label for b in blocks[i + 1 : i + 2])
    ):
        return False
    if ratio >= _LARGE:
        return ratio >= 1.25 or not text.endswith(".")
    if text.endswith((".", ":")) and not (bold and NUMBERED.match(text)):
        return False
    if BULLET.match(text) and not NUMBERED.match(text):
        return False
    if bold:
        return text[0].isupper() or text[0].isdigit()
    italic = not body.italic and all(line.piece.font.italic for line in block.lines)
    last = block.lines[-1]
    full = last.piece.x1 > last.column.right - last.piece.font.size
    alone = not full and (block.gap or block.turn) and len(block.lines) <= 2 and _is_prose(blocks[i + 1])
    if _CODE.match(blocks[i + 1].text) or _PRINTED_ROW.search(blocks[i + 1].text):
        return False  # '6 x 3 sparse matrix': what a console says of what it prints
    worded = looks_like_heading(Chunk((Line(text, 0, None),), after_blank=True, after_break=False))
    return alone and worded and (italic or text.isupper() or bool(NUMBERED.match(text)))


def _is_in_figure(blocks: Sequence[Block], i: int) -> bool:
    """Say whether a block stands over numbers or signs alone, or between such and a caption: a label of a figure."""
    below = blocks[i + 1] if i + 1 < len(blocks) else None
    if below is None or below.table or below.label:
        return False
    return _is_wordless(below) or bool(i and FIGURE.match(below.text) and _is_wordless(blocks[i - 1]))


def _is_wordless(block: Block) -> bool:
    """Say whether a block is numbers and signs; the letters of an index and '-h' are none."""
    text = block.text
    return not (block.table or text.isalpha() or text.startswith("-") or re.search(r"[^\W\d_]{3}", text))


def _is_prose(block: Block) -> bool:
    return not block.table and not block.label and (len(block.lines) > 2 or ends_sentence(block.text))


def _opens(block: Block) -> bool:
    """Say whether the text begins with a block: by its name, or by being running text."""
    words = block.text.split()
    if len(words) <= _DATE and printed_date(block.text):  # '3 May 2012' has no number of a heading
        return False
    if block.table or block.label or _OPENING.match(block.lines[0].text) or NUMBERED.match(block.text):
        return True
    full = sum(line.piece.x1 > line.column.right - 3 * line.piece.font.size for line in block.lines)
    sentence = ends_sentence(block.text) and len(words) > 12 and "@" not in block.text
    return (len(words) > 25 and full >= 2) or (sentence and block.text[0].isupper() and len(block.lines) > 1)


def _heads_text(blocks: Sequence[Block], i: int, headings: dict[int, int], body: Font) -> bool:
    """Say whether the last block before the text is a heading of other looks than the title, over it."""
    if i not in headings or i + 1 >= len(blocks) or _CHAPTER.match(blocks[i].text):
        return False
    again = sum(_style(blocks[j]) == _style(blocks[i]) for j in headings if j > i)
    return bool(again) and (blocks[i].size > 1.02 * body.size or blocks[i].lines[0].piece.font.bold)


def _style(block: Block) -> Style:
    font = block.lines[0].piece.font
    return round(block.size * 2) / 2, block.text.isupper(), font.bold, font.italic and not font.bold


def _levels(styles: Sequence[Style], numbered: dict[Style, Counter[int]]) -> dict[Style, int]:
    """Return the level of each style: that of its numbered headings, else one below the next larger style."""
    levels = {style: counts.most_common(1)[0][0] for style, counts in numbered.items()}
    last = 0
    for style in sorted(set(styles), reverse=True):
        if style not in levels:
            levels[style] = last + 1
        last = levels[style]
    return levels
