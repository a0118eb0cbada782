"""Plain text, as a page of print: wrapped lines, divided words, columns of spaces, running heads."""

import random
import re
from pathlib import Path

from reading_formats.neutral import FIRST_PAGE, Block, Doc, plain

WIDTH = 78
LINES = 44  # of text on a page


def divisions(word: str) -> list[int]:
    """Return where a plain word may be divided: before consonant and vowel, three letters from each end."""
    if not word.isalpha() or len(word) < 6 or word.isupper():
        return []
    return [i for i in range(3, len(word) - 2) if _divides(word[:i].lower(), word[i:].lower())]


def _divides(first: str, rest: str) -> bool:
    vowels, pairs = "aeiouy", {"ch", "ck", "gh", "ph", "qu", "sh", "th"}
    if rest[0] in vowels or rest[1] not in vowels or first[-1] + rest[0] in pairs:
        return False
    cluster = first[-1] not in vowels and rest[0] in "lrw"
    return not cluster and re.fullmatch(r"[^aeiouy]+(e|ed|es)", rest) is None


def _break(word: str, room: int, rng: random.Random) -> int:
    """Return where to divide a word so that its first part and a hyphen fill no more than `room`; 0 for nowhere."""
    places = [i + 1 for i, c in enumerate(word) if c == "-" and i >= 2]
    if rng.random() < 0.95:
        places += divisions(word.rstrip(".,;:"))
    return max((i for i in places if i + (word[i - 1] != "-") <= room), default=0)


def wrap(text: str, rng: random.Random, indent: str = "") -> list[str]:
    """Set a paragraph in lines of at most WIDTH, some of them ending in a divided word."""
    lines, line = [], ""
    for whole in text.split():
        word, start = whole, indent if lines else ""
        if line and len(line) + 1 + len(word) > WIDTH:
            cut = _break(word, WIDTH - len(line) - 1, rng)
            if cut:
                first = word[:cut]
                line, word = f"{line} {first}" + ("" if first.endswith("-") else "-"), word[cut:]
            lines.append(line)
            line, start = "", indent
        line = f"{line} {word}" if line else start + word
    return [*lines, line]


def _widths(block: Block) -> list[int]:
    """Return the widths of a table's columns, the widest ones narrowed until the table fits the page."""
    table = [block["columns"], *block["rows"]]
    widths = [max(len(row[c] or "") for row in table) for c in range(len(block["columns"]))]
    while sum(widths) + 3 * (len(widths) - 1) > WIDTH:
        widths[widths.index(max(widths))] -= 1
    return widths


def _cell(text: str, width: int) -> list[str]:
    lines = [""]
    for word in text.split():
        fits = not lines[-1] or len(lines[-1]) + 1 + len(word) <= width
        lines = [*lines[:-1], f"{lines[-1]} {word}".strip()] if fits else [*lines, word]
    return lines


def text_table(block: Block, rng: random.Random) -> list[str]:
    """Set a table in columns parted by at least three spaces."""
    widths = _widths(block)
    lines = [block["caption"], ""]
    for row in [block["columns"], *block["rows"]]:
        cells = [_cell(cell or "", width) for cell, width in zip(row, widths, strict=True)]
        for i in range(max(map(len, cells))):
            parts = [(c[i] if i < len(c) else "").ljust(w) for c, w in zip(cells, widths, strict=True)]
            lines.append("   ".join(parts).rstrip())
    return [*lines, "", *wrap(block["source"], rng)] if block["source"] else lines


def text_block(block: Block, rng: random.Random) -> list[str]:
    """Set one block in lines."""
    match block["kind"]:
        case "heading":
            return [block["text"].upper() if block["level"] == 1 else block["text"]]
        case "table":
            return text_table(block, rng)
        case "note":
            return wrap(f"{block['label']}. {block['text']}", rng)
        case "reference":
            return wrap(block["text"], rng, indent="   ")
        case _:
            return wrap(plain(block["text"]), rng)


def paginate(doc: Doc, rng: random.Random) -> list[list[str]]:
    """Part the lines of a document into pages; paragraphs run on, tables stay whole."""
    pages: list[list[str]] = [[doc["title"], "", ", ".join(doc["authors"]), "", doc["date"], "", ""]]
    for block in doc["blocks"]:
        lines = text_block(block, rng)
        need = {"heading": len(lines) + 6, "table": len(lines)}.get(block["kind"], 1)
        if len(pages[-1]) + need > LINES:
            pages.append([])
        for line in [*lines, ""]:
            if len(pages[-1]) >= LINES:
                pages.append([])
            if line or pages[-1]:
                pages[-1].append(line)
    return [page for page in pages if any(page)]


def make_txt(doc: Doc, path: Path) -> None:
    """Write a hard-wrapped text; from the second page on, title and page number stand at its head."""
    pages = []
    for number, page in enumerate(paginate(doc, random.Random(7)), start=FIRST_PAGE):
        short = doc["title"].split(":")[0]
        even, odd = f"{number}   {short}", f"{short}   {number}".rjust(WIDTH)
        head = [odd if number % 2 else even, ""] if number > FIRST_PAGE else []
        foot = [] if number > FIRST_PAGE else ["", str(number).center(WIDTH).rstrip()]
        pages.append("\n".join([*head, *page, *foot]).rstrip("\n") + "\n")
    path.write_text("\f".join(pages), encoding="utf-8")
