"""The machine interface: answers and passages as JSON objects, and files of questions, one JSON object a line."""

import fcntl
import glob
import io
import json
import os
import sys
import tempfile
import time
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any, BinaryIO, TextIO

from answer import LONGEST_TEXT, answer_record
from core.errors import IbidError, InputError
from core.records import Answer, Document, Hit
from index.locks import locked
from ingest import passage_reading
from ingest.text import decode

__all__ = ["answer_batch", "ask_timed", "hit_record", "open_input", "open_output", "read_text"]

_COMING = ".ibid-"  # in the name of a file that is not complete
_JUST_BEGUN = 60  # seconds

Ask = Callable[[str, Sequence[str]], Answer]


def ask_timed(ask: Ask, question: str, history: Sequence[str] = ()) -> tuple[Answer, float]:
    """Return the answer and the milliseconds it took."""
    begun = time.perf_counter()
    answer = ask(question, history)
    return answer, (time.perf_counter() - begun) * 1000


def hit_record(hit: Hit, documents: Mapping[str, Document]) -> dict[str, Any]:
    """Return a ranked passage as other programs read it; a row of a table with its caption and column names."""
    passage = hit.passage
    return {
        "rank": hit.rank,
        "score": round(hit.score, 6),
        "text": passage_reading(documents[passage.document_id], passage),
        "document": passage.document_id,
        "section": " > ".join(passage.section),
        "page": passage.page,
    }


def answer_batch(ask: Ask, lines: Iterable[bytes], out: TextIO, complain: Callable[[str], None]) -> bool:
    """Answer each line's question with a line of JSON; return whether every line could be answered.

    Args:
        ask: answers one question.
        lines: JSON objects {id, question, history}; blank lines are passed over.
        out: where the answers go, in the order of the questions.
        complain: told in one line of each line that could not be answered; the others are still answered.
    """
    fine = True
    for number, line in enumerate(lines, start=1):
        if not line.strip():
            continue
        try:
            question_id, question, history = _read_question(line)
            answer, took = ask_timed(ask, question, history)
        except Exception as error:  # whatever is wrong with one line, the others are answered
            complain(f"line {number}: {error if isinstance(error, IbidError) else repr(error)}")
            fine = False
            continue
        record = answer_record(answer, question_id=question_id, latency_ms=took)
        written = json.dumps(record, ensure_ascii=False) + "\n"
        out.write(written.encode("utf-8", "backslashreplace").decode())  # half a surrogate pair as JSON escapes it
        out.flush()
    return fine


@contextmanager
def open_input(name: str) -> Iterator[BinaryIO]:
    """Open a file of questions; '-' is stdin.

    Raises:
        InputError: it cannot be read.
    """
    if name == "-":
        yield sys.stdin.buffer
        return
    try:
        data = Path(name).read_bytes()
    except OSError as error:
        raise InputError(f"cannot read {name}: {error.strerror or error}; give a file of questions") from None
    yield io.BytesIO(data)


def read_text(name: str) -> str:
    """Return the text of a file that is to be checked; '-' is stdin.

    Raises:
        InputError: it cannot be read, is no text, is empty, or is longer than LONGEST_TEXT.
    """
    called = "the text from stdin" if name == "-" else name
    most = 4 * LONGEST_TEXT  # bytes: no encoding of a text that short takes more
    try:
        if name == "-":
            data = sys.stdin.buffer.read(most + 1)
        else:
            with Path(name).open("rb") as file:
                data = file.read(most + 1)
    except OSError as error:
        raise InputError(f"cannot read {name}: {error.strerror or error}; give a text file, or - for stdin") from None
    too_long = f"{called} is too long: expected at most {LONGEST_TEXT} characters; check it in parts"
    if len(data) > most:
        raise InputError(too_long)
    text = decode(data, called)
    if len(text) > LONGEST_TEXT:
        raise InputError(too_long)
    if not text.strip():
        raise InputError(f"{called} is empty: expected sentences to check")
    return text


def _sweep(target: Path) -> None:
    """Delete what processes that were killed have written for a file: nobody holds it, and it is not just begun."""
    for left in target.parent.glob(f".{glob.escape(target.name)}{_COMING}*"):
        with suppress(OSError), left.open("r+b") as file:
            if time.time() - left.stat().st_mtime > _JUST_BEGUN and locked(file.fileno()):
                left.unlink()


@contextmanager
def open_output(name: str) -> Iterator[TextIO]:
    """Open a file for the answers, which takes its name only once it is complete; '-' is stdout.

    A link stays one; a device or a pipe is written to as it is.

    Raises:
        InputError: it cannot be written.
    """
    if name == "-":
        yield sys.stdout
        return
    target = Path(name)
    if target.is_dir():
        raise InputError(f"cannot write {name}: it is a folder; give a file for the answers")
    try:
        if target.exists() and not target.is_file():
            descriptor, temporary = os.open(target, os.O_WRONLY), ""  # it has its name
        else:
            target = Path(os.path.realpath(target))
            _sweep(target)
            descriptor, temporary = tempfile.mkstemp(prefix=f".{target.name}{_COMING}", dir=target.parent)
            fcntl.flock(descriptor, fcntl.LOCK_EX)
    except OSError as error:
        raise InputError(f"cannot write {name}: {error.strerror or error}; give a file in a writable folder") from None
    try:
        with os.fdopen(descriptor, "w", encoding="utf-8") as stream:
            yield stream
        if temporary:
            Path(temporary).chmod(0o666 & ~_umask())
            Path(temporary).replace(target)
    except BaseException:
        if temporary:
            Path(temporary).unlink(missing_ok=True)
        raise


def _read_question(line: bytes) -> tuple[object, str, list[str]]:
    try:
        record = json.loads(line.decode("utf-8-sig"))
    except (ValueError, RecursionError):
        raise InputError(f"not JSON: got {_shortened(line)}, expected an object {{id, question, history}}") from None
    if not isinstance(record, dict):
        raise InputError(f"got {_shortened(line)}, expected a JSON object {{id, question, history}}")
    question, history = record.get("question"), record.get("history") or []
    if not isinstance(question, str):
        raise InputError(f"no question: got {_shortened(line)}, expected 'question' with a text")
    if not isinstance(history, list) or not all(isinstance(earlier, str) for earlier in history):
        raise InputError("'history' is not a list of texts: expected the user's earlier questions, oldest first")
    return record.get("id"), question, history


def _shortened(line: bytes) -> str:
    text = line.decode("utf-8", errors="replace").strip()
    return repr(text if len(text) <= 60 else text[:60] + "…")


def _umask() -> int:
    mask = os.umask(0)
    os.umask(mask)
    return mask
