"""A conversation written out, with its quotes and their places, as Markdown or JSON."""

import json
import re
from collections.abc import Sequence
from pathlib import Path

from answer import answer_record, voice_words
from core.errors import InputError
from core.records import Answer, Citation
from ui.reader import place_label

__all__ = ["markdown_transcript", "write_transcript"]

_MARKS = re.compile(r"([\\`*_{}\[\]<>#|~!])|^(\s*)([-+]|\d+[.)])(?=\s)", re.MULTILINE)


def markdown_transcript(answers: Sequence[Answer]) -> str:
    """Return questions and answers with every quote and its place; text of documents stays text."""
    return "\n\n".join(_exchange(answer) for answer in answers) + "\n"


def write_transcript(answers: Sequence[Answer], name: str) -> None:
    """Write a conversation to a new file: JSON where its name ends in .json, else Markdown.

    Raises:
        InputError: there is nothing to write, the file exists, or it cannot be written.
    """
    if not answers:
        raise InputError("nothing was answered yet: ask something first")
    if Path(name).suffix.lower() == ".json":
        records = [
            answer_record(answer, question_id=None, latency_ms=sum(answer.timings.values())) for answer in answers
        ]
        text = json.dumps(records, ensure_ascii=False, indent=2) + "\n"
    else:
        text = markdown_transcript(answers)
    try:
        with Path(name).expanduser().open("x", encoding="utf-8") as file:
            file.write(text)
    except FileExistsError:
        raise InputError(f"{name} exists already: give another name") from None
    except (OSError, ValueError) as error:
        reason = error.strerror if isinstance(error, OSError) else error
        raise InputError(f"cannot write {name}: {reason}; give a file in a writable folder") from None


def _exchange(answer: Answer) -> str:
    asked = f"\n\nAsked as: {_plain(answer.completed)}" if answer.completed else ""
    quotes = "".join(f"\n\n> {_plain(_one_line(c.quote))}\n>\n> {_place(c)}" for c in answer.citations)
    return f"## {_plain(answer.question)}{asked}\n\n{_plain(answer.text)}{quotes}"


def _place(citation: Citation) -> str:
    place = place_label(citation.section, citation.page)
    told = filter(None, (citation.document, place, voice_words(citation.voice)))
    return _plain(f"[{citation.marker}] {' · '.join(told)}")


def _one_line(text: str) -> str:
    return " ".join(text.split())


def _plain(text: str) -> str:
    """Text with the marks of Markdown and HTML escaped."""
    return _MARKS.sub(lambda m: f"\\{m[1]}" if m[1] else f"{m[2]}{m[3][:-1]}\\{m[3][-1]}", text)
