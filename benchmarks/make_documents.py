"""Write documents of any number of pages to time reading on: the same seeded prose as txt, pdf or docx.

The words are wordfreq's most frequent, drawn as often as words of their rank are, so that the text has the look of
English and none of its sense. Each page has a running header and a printed number; every fifth opens with a heading,
every tenth has a table, every second a note, which stands at the end.
"""

import random
import re
import textwrap
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from itertools import islice
from pathlib import Path

__all__ = ["WRITERS", "Sheet", "make_document", "make_sheets"]

TITLE = "The Matter of the Measure"
WIDTH = 78  # characters to a line
LINES = 40  # of running text on a page
WORDS = 4000
COLUMNS = ("Region", "Year", "Cases", "Share")
NOTES = 10  # on a page of them
MOST_NOTES = 999

_COARSE = re.compile(r"ass$|bitch|cock|cunt|damn|dick|fuck|porn|pussy|rape|sex|shit|slut|whore")

Table = tuple[str, tuple[tuple[str, ...], ...]]


@dataclass(frozen=True, slots=True)
class Sheet:
    """What stands on one page; `table` is a caption and its rows, the names of the columns first."""

    number: int
    heading: str
    paragraphs: tuple[str, ...]
    table: Table | None = None


def make_document(path: Path, pages: int, *, seed: int = 1) -> None:
    """Write a document of this many pages in the type of the path's suffix.

    Raises:
        KeyError: no writer makes that type.
    """
    WRITERS[path.suffix](path, tuple(make_sheets(pages, seed)))


def make_sheets(pages: int, seed: int = 1) -> Iterator[Sheet]:
    """Yield the pages, of which the notes take as many of the last as they need, about one in twenty."""
    running = next(count for count in range(1, pages + 1) if count + _note_pages(count) >= pages)
    return islice(_sheets(running, _Prose(seed)), pages)


def _note_pages(running: int) -> int:
    return -(-min(running // 2, MOST_NOTES) // NOTES)


def _sheets(running: int, prose: "_Prose") -> Iterator[Sheet]:
    notes: list[str] = []
    number = 0
    for number in range(1, running + 1):
        heading = prose.heading() if number % 5 == 1 else ""
        table = prose.table(number // 10) if number % 10 == 0 else None
        room = LINES - 2 * bool(heading) - (10 if table else 0)
        paragraphs: list[str] = []
        while room > 3:
            paragraph = prose.paragraph(min(room - 1, 9))
            paragraphs.append(paragraph)
            room -= len(textwrap.wrap(paragraph, WIDTH)) + 1
        if number % 2 == 0 and len(notes) < MOST_NOTES:
            notes.append(f"{len(notes) + 1}. {prose.sentence()}")
            paragraphs[0] += str(len(notes))
        yield Sheet(number, heading, tuple(paragraphs), table)
    for first in range(0, len(notes), NOTES):
        number += 1
        yield Sheet(number, "" if first else "Notes", tuple(notes[first : first + NOTES]))


class _Prose:
    """Sentences without sense, from one seed."""

    def __init__(self, seed: int) -> None:
        from wordfreq import top_n_list

        self._random = random.Random(seed)  # noqa: S311
        known = (word for word in top_n_list("en", WORDS) if word.isascii() and word.isalpha())
        self._words = [word for word in known if (len(word) > 1 or word in "ai") and not _COARSE.search(word)]
        self._weights = [1 / rank for rank in range(10, len(self._words) + 10)]
        self._names = [word.title() for word in self._words[1000:] if len(word) > 5]

    def sentence(self) -> str:
        words = self._random.choices(self._words, self._weights, k=self._random.randint(8, 26))
        if len(words) > 14:
            words[7] += ","
        words[0] = words[0].capitalize()
        if self._random.random() < 0.2:
            words.append(f"({self._random.choice(self._names)} {self._random.randint(1980, 2024)})")
        return " ".join(words) + "."

    def paragraph(self, lines: int) -> str:
        text = self.sentence()
        while len(text) < lines * WIDTH - 200:
            text += " " + self.sentence()
        return text

    def heading(self) -> str:
        return " ".join(word.title() for word in self._random.sample(self._names, 3))

    def table(self, number: int) -> Table:
        rows = [
            (name, str(self._random.randint(1980, 2024)), str(self._random.randint(1, 9999)), f"{i * 7 % 100}%")
            for i, name in enumerate(self._random.sample(self._names, 6), start=1)
        ]
        return f"Table {number}. {self.heading()}", (COLUMNS, *rows)


def _write_txt(path: Path, sheets: tuple[Sheet, ...]) -> None:
    pages = []
    for sheet in sheets:
        blocks = [TITLE] * (sheet.number == 1) + [sheet.heading] * bool(sheet.heading)
        blocks += [textwrap.fill(paragraph, WIDTH) for paragraph in sheet.paragraphs]
        if sheet.table:
            caption, rows = sheet.table
            blocks += [caption, "\n".join("".join(f"{cell:<18}" for cell in row).rstrip() for row in rows)]
        pages.append("\n\n".join((_header(sheet), *blocks, str(sheet.number))))
    path.write_text("\n\f".join(pages) + "\n", encoding="utf-8")


def _write_pdf(path: Path, sheets: tuple[Sheet, ...]) -> None:
    from reportlab.lib.pagesizes import A4
    from reportlab.pdfgen.canvas import Canvas

    canvas = Canvas(str(path), pagesize=A4, pageCompression=1, invariant=1)
    canvas.setTitle(TITLE)
    for sheet in sheets:
        canvas.setFont("Times-Italic", 9)
        canvas.drawString(72, 800, _header(sheet))
        canvas.drawCentredString(A4[0] / 2, 40, str(sheet.number))
        y = 770.0
        for title, size in ((TITLE if sheet.number == 1 else "", 18), (sheet.heading, 14)):
            if title:
                canvas.setFont("Times-Bold", size)
                canvas.drawString(72, y, title)
                y -= 26
        canvas.setFont("Times-Roman", 11)
        for paragraph in sheet.paragraphs:
            for line in textwrap.wrap(paragraph, WIDTH):
                canvas.drawString(72, y, line)
                y -= 13.5
            y -= 8
        if sheet.table:
            caption, rows = sheet.table
            canvas.drawString(72, y, caption)
            left, tops = [72 + 110 * i for i in range(len(COLUMNS) + 1)], [y - 6 - 16 * i for i in range(len(rows) + 1)]
            canvas.grid(left, tops)
            for row, top in zip(rows, tops, strict=False):
                for cell, x in zip(row, left, strict=False):
                    canvas.drawString(x + 4, top - 12, cell)
        canvas.showPage()
    canvas.save()


def _write_docx(path: Path, sheets: tuple[Sheet, ...]) -> None:
    import docx

    document = docx.Document()
    document.core_properties.title = TITLE
    document.sections[0].header.paragraphs[0].text = TITLE
    document.add_heading(TITLE, 0)
    for sheet in sheets:
        if sheet.heading:
            document.add_heading(sheet.heading, 1)
        for paragraph in sheet.paragraphs:
            document.add_paragraph(paragraph)
        if sheet.table:
            caption, rows = sheet.table
            document.add_paragraph(caption, style="Caption")
            table = document.add_table(len(rows), len(COLUMNS))
            for row, cells in zip(table.rows, rows, strict=True):
                for cell, text in zip(row.cells, cells, strict=True):
                    cell.text = text
        if sheet is not sheets[-1]:
            document.add_page_break()
    document.save(str(path))


def _header(sheet: Sheet) -> str:
    return f"{TITLE} and its Readers" if sheet.number % 2 else "Chapter One: Of Pages"


WRITERS: Mapping[str, Callable[[Path, tuple[Sheet, ...]], None]] = {
    ".txt": _write_txt,
    ".pdf": _write_pdf,
    ".docx": _write_docx,
}
