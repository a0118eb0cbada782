"""What users think of answers, kept on this computer: a log of ratings, and cases for a question set of their own."""

import fcntl
import json
import os
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, Literal

from answer.verbatim import Verbatim
from core.errors import IbidError, InputError
from core.records import Answer, Document
from core.settings import Settings

__all__ = ["LONGEST_COMMENT", "Judgement", "Rating", "case_of", "cases_file", "keep", "keep_case", "log_file"]

LONGEST_COMMENT = 4000
_QUOTED = re.compile(r"[“\"„«]([^”\"“»]+)[”\"“»]")

Rating = Literal["up", "down", "wrong passage", "none"]


@dataclass(frozen=True, slots=True)
class Judgement:
    """What a user thinks of an answer: `rating` 'none' takes back what was said before under the same `key`.

    `history` are the questions asked before, oldest first.
    """

    key: str
    answer: Answer
    rating: Rating
    comment: str = ""
    history: tuple[str, ...] = ()


def log_file(settings: Settings) -> Path:
    """Return the file of ratings, of all corpora."""
    return settings.home / "feedback.jsonl"


def cases_file(settings: Settings) -> Path:
    """Return the question set that wrong passages of a corpus are put into."""
    return settings.home / f"wrong-passages-{settings.corpus}.jsonl"


def keep(settings: Settings, judgement: Judgement) -> Path:
    """Append a judgement to the log, with the answer, its quotes and their places; return the log.

    Raises:
        InputError: the comment is longer than LONGEST_COMMENT.
        IbidError: the log cannot be written.
    """
    answer = judgement.answer
    record = {
        "id": judgement.key,
        "at": datetime.now(UTC).isoformat(timespec="seconds"),
        "corpus": settings.corpus,
        "rating": judgement.rating,
        "comment": _checked(judgement.comment),
        "question": answer.question,
        "completed": answer.completed,
        "history": list(judgement.history),
        "answer": answer.text,
        "refused": answer.refused,
        "confidence": round(answer.confidence, 4),
        "quotes": [
            {
                "document": c.document,
                "section": " > ".join(c.section),
                "page": c.page,
                "start": c.start,
                "end": c.end,
                "quote": c.quote,
            }
            for c in answer.citations
        ],
    }
    return _append(log_file(settings), record)


def keep_case(settings: Settings, judgement: Judgement, documents: Mapping[str, Document]) -> Path:
    """Append the case of a wrong passage to the corpus's question set; return the set.

    Raises:
        InputError: the comment is longer than LONGEST_COMMENT.
        IbidError: the set cannot be written.
    """
    return _append(cases_file(settings), case_of(judgement, documents))


def case_of(judgement: Judgement, documents: Mapping[str, Document]) -> dict[str, Any]:
    """Return a case in the format of docs/questions.md, as far as a comment tells it.

    The comment is the expected answer, and what it has of the documents' own words, in quotation marks or as a whole,
    is evidence. `must`, which only a person can tell, stays empty, so that `eval.validate` asks for it; so does
    evidence where there is none.
    """
    comment = _checked(judgement.comment)
    found = _own_words(comment, judgement.answer, documents)
    return {
        "id": f"wrong-{judgement.key}",
        "kind": "followup" if judgement.answer.completed else "factoid",
        "question": judgement.answer.question,
        "answer": comment,
        "must": [],
        "evidence": [document.text[start:end] for document, (start, end) in found],
        "answerable": True,
        "section": _section(*found[0]) if found else "",
        "history": list(judgement.history) if judgement.answer.completed else [],
    }


def _own_words(
    comment: str, answer: Answer, documents: Mapping[str, Document]
) -> list[tuple[Document, tuple[int, int]]]:
    """What of a comment stands word for word in the documents that were searched, and where."""
    searched = dict.fromkeys([*(c.document for c in answer.citations), *(h.passage.document_id for h in answer.hits)])
    verbatim = Verbatim(documents[name] for name in searched if name in documents)
    parts = _QUOTED.findall(comment) or [comment]
    return [found for part in parts if (found := verbatim.find(part))]


def _section(document: Document, span: tuple[int, int]) -> str:
    """The heading that a slice of a document stands under."""
    sections: Sequence[str] = next((b.section for b in document.blocks if b.start <= span[0] < b.end), ())
    return sections[-1] if sections else ""


def _checked(comment: str) -> str:
    if len(comment) > LONGEST_COMMENT:
        raise InputError(f"the comment has {len(comment)} characters: write at most {LONGEST_COMMENT}")
    return comment.strip()


def _append(path: Path, record: Mapping[str, Any]) -> Path:
    """Append a line, whole or not at all as far as other processes see, behind a line feed that a crash left out."""
    line = json.dumps(record, ensure_ascii=False).encode("utf-8", "replace") + b"\n"
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        with path.open("a+b") as file:
            fcntl.flock(file, fcntl.LOCK_EX)
            if file.seek(0, os.SEEK_END):
                file.seek(-1, os.SEEK_END)
                line = line if file.read(1) == b"\n" else b"\n" + line
            file.write(line)
            file.flush()
            os.fsync(file.fileno())
    except OSError as error:
        raise IbidError(f"cannot keep this in {path}: {error.strerror or error}; make the folder writable") from None
    return path
