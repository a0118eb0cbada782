"""Read files of one JSON object a line, each checked; whatever is wrong is told in one line with its place."""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any, TypeVar

from pydantic import TypeAdapter, ValidationError

from core.errors import InputError

__all__ = ["json_lines", "parse_lines", "read_file"]

_Line = TypeVar("_Line")


def json_lines(path: Path) -> list[dict[str, Any]]:
    """Return the objects of a file of our own, unchecked; blank lines are passed over.

    Only the ends of lines that JSON escapes end a line: a text may hold the others, such as U+2028.
    """
    with path.open(encoding="utf-8") as lines:
        return [json.loads(line) for line in lines if line.strip()]


def read_file(path: Path, what: str, hint: str = "") -> bytes:
    """Return the bytes of a file.

    Raises:
        InputError: it cannot be read; `what` names it, `hint` says what to do.
    """
    try:
        return path.read_bytes()
    except OSError as error:
        raise InputError(f"cannot read {what}{path}: {error.strerror}{hint}") from None


def parse_lines(path: Path, data: bytes, kind: type[_Line], what: str) -> Iterator[tuple[str, _Line]]:
    """Yield each line's place, for a message, and its record; blank lines and a byte order mark are passed over.

    Args:
        path: where the data comes from.
        data: UTF-8; only a line feed ends a line, since a JSON string may hold the other ends of lines.
        kind: the class of the records.
        what: a line should be, such as 'a question'.

    Raises:
        InputError: the data is not UTF-8, or a line is no such record.
    """
    adapter = TypeAdapter(kind)
    data = data.removeprefix(b"\xef\xbb\xbf")
    try:
        data.decode()
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        raise InputError(f"{path} line {line} is not UTF-8: save it as UTF-8") from None
    for number, text in enumerate(data.split(b"\n"), start=1):
        if not text.strip():
            continue
        place = f"{path} line {number}"
        try:
            record = adapter.validate_json(text)
        except ValidationError as error:
            first = error.errors()[0]
            field = ".".join(map(str, first["loc"]))
            raise InputError(f"{place} is not {what}: {field}{': ' * bool(field)}{first['msg']}") from None
        yield place, record
