"""What commands of the command line share: the settings, a corpus that is opened, one question or a file of them."""

import json
import sys
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

    from answer import Answerer, Writer
    from core.records import Document
    from core.settings import Settings
    from index import Index

__all__ = [
    "answer_file",
    "answer_one",
    "chosen_settings",
    "complain",
    "opened_answerer",
    "opened_documents",
    "opened_index",
]


def chosen_settings(corpus: str | None, **options: object) -> "Settings":
    """Return the settings with the options of a command; nothing is loaded from outside from now on.

    Raises:
        InputError: a setting is unknown or out of its bounds.
    """
    from core.load import load_settings
    from core.settings import go_offline

    go_offline()
    return load_settings(corpus=corpus, **options)


def opened_documents(settings: "Settings") -> "Mapping[str, Document]":
    """Return the documents of a corpus by id; those that come with Ibid are indexed first where nothing is."""
    from index import read_documents
    from ui.terminal import ensure_index

    ensure_index(settings)
    return read_documents(settings)


def opened_index(settings: "Settings") -> "Index":
    """Return the index of a corpus; the documents that come with Ibid are indexed first where nothing is."""
    from index import open_index
    from ui.terminal import ensure_index

    ensure_index(settings)
    return open_index(settings)


def opened_answerer(settings: "Settings") -> "Answerer | Writer":
    """Return what answers from a corpus, its models loaded: the first answer's latency is an answer's, not theirs."""
    from ui.warming import begin_loading

    begin_loading(settings)
    from answer import open_answerer

    answerer = open_answerer(opened_index(settings), settings)
    answerer.warm()
    return answerer


def answer_one(settings: "Settings", question: str, *, as_json: bool) -> None:
    """Print the answer to a question."""
    from answer import answer_record
    from ui.machine import ask_timed

    answer, took = ask_timed(opened_answerer(settings).ask, question)
    if as_json:
        record = answer_record(answer, question_id=None, latency_ms=took)
        print(json.dumps(record, ensure_ascii=False, indent=2))  # noqa: T201
        return
    from rich.console import Console

    from ui.terminal import show_answer

    show_answer(Console(highlight=False), answer)


def answer_file(settings: "Settings", batch: str, out: str) -> bool:
    """Answer a file of questions into another; '-' is stdin or stdout. Return whether all could be answered."""
    from ui.machine import answer_batch, open_input, open_output

    with open_input(batch) as lines, open_output(out) as answers:
        return answer_batch(opened_answerer(settings).ask, lines, answers, complain)


def complain(message: str) -> None:
    """Print an error as one line on stderr."""
    print(f"Error: {' '.join(message.split())}", file=sys.stderr)  # noqa: T201
