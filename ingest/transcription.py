"""Tables whose layout was lost for good: a transcription that stands beside the document, held to its every word.

A transcription is a CSV file, its first row the names of the columns. It says only how the words of the raw region
fall into cells: its letters and figures must be those of the region, none added and none lost.
"""

import csv
import re
from collections import Counter
from collections.abc import Iterable, Sequence
from pathlib import Path

from core.errors import InputError

__all__ = ["Rows", "check_words", "find_rows", "read_rows"]

Rows = tuple[tuple[str, ...], ...]


def read_rows(path: Path) -> Rows:
    """Return the rows of a CSV file, the names of the columns first.

    Raises:
        InputError: it cannot be read, has no row under the names, or a row has another number of cells.
    """
    try:
        with path.open(encoding="utf-8", newline="") as file:
            rows = tuple(tuple(cell.strip() for cell in row) for row in csv.reader(file))
    except (OSError, UnicodeDecodeError, csv.Error) as error:
        raise InputError(f"cannot read the table {path} ({error}): expected CSV in UTF-8") from None
    if len(rows) < 2 or len({len(row) for row in rows}) != 1:
        raise InputError(f"{path} is no table: expected rows of equally many cells under a row of names")
    return rows


def find_rows(tables: Sequence[tuple[str, Rows]], caption: str) -> Rows:
    """Return the transcription of the table with this caption, or nothing; 'Table 4.1' is not 'Table 4.10'."""
    return next((rows for label, rows in tables if re.match(rf"{re.escape(label)}(?![\w]|\.\d)", caption)), ())


def check_words(rows: Rows, region: Iterable[str], caption: str) -> None:
    """Hold a transcription to the raw region of its table.

    Raises:
        InputError: a letter or figure was added or lost.
    """
    wanted, got = Counter(_letters(region)), Counter(_letters(cell for row in rows for cell in row))
    if wanted != got:
        raise InputError(
            f"the transcription of '{caption}' does not hold the words of its source: "
            f"lost {_show(wanted - got)}, added {_show(got - wanted)}; mend the CSV file or take it out of the manifest"
        )


def _letters(texts: Iterable[str]) -> Iterable[str]:
    return (ch for text in texts for ch in text if ch.isalnum())


def _show(letters: Counter[str]) -> str:
    return f"'{''.join(sorted(letters.elements()))[:40]}'" if letters else "nothing"
