"""A conversation written out, with its quotes and their places, as Markdown or JSON."""

import json
from collections.abc import Sequence
from pathlib import Path

from answer import answer_record, voice_words
from core.errors import InputError
from core.records import Answer, Citation
from ui.plain import markdown_text, one_line
from ui.reader import place_label

__all__ = ["markdown_transcript", "write_transcript"]


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
    asked = f"\n\nAsked as: {markdown_text(answer.completed)}" if answer.completed else ""
    quotes = "".join(f"\n\n> {markdown_text(one_line(c.quote))}\n>\n> {_place(c)}" for c in answer.citations)
    return f"## {markdown_text(answer.question)}{asked}\n\n{markdown_text(answer.text)}{quotes}"


def _place(citation: Citation) -> str:
    place = place_label(citation.section, citation.page)
    told = filter(None, (citation.document, place, voice_words(citation.voice)))
    return markdown_text(f"[{citation.marker}] {' · '.join(told)}")
