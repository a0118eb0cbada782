"""Question sets: one JSON object a line, as docs/questions.md describes."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

from pydantic import TypeAdapter, ValidationError
from pydantic.dataclasses import dataclass as checked

from core.errors import InputError
from core.records import Document, Span
from eval.text import normalize

__all__ = ["KINDS", "LONG_KINDS", "EvidenceSpan", "Question", "find_evidence", "load_questions", "problems"]

KINDS = (
    "factoid",
    "numeric",
    "list",
    "table",
    "note",
    "citation",
    "why",
    "comparison",
    "followup",
    "unanswerable",
    "false_premise",
    "summary",
)
LONG_KINDS = frozenset({"list", "table", "summary", "comparison", "why"})


@checked(frozen=True, slots=True, config={"extra": "forbid"})
class Question:
    """A question with what a right answer holds.

    An answer is right when it holds, for each inner list of `must`, at least one alternative, and nothing of
    `must_not`; `evidence` are verbatim quotes; `split` is 'dev' or 'test'.
    """

    id: str
    kind: str
    question: str
    answer: str
    must: tuple[tuple[str, ...], ...]
    must_not: tuple[str, ...]
    evidence: tuple[str, ...]
    section: str
    answerable: bool
    history: tuple[str, ...]
    split: str


@dataclass(frozen=True, slots=True)
class EvidenceSpan:
    """Where a gold quote stands."""

    document: str
    span: Span


def load_questions(path: Path, split: str = "all") -> tuple[Question, ...]:
    """Read a question set, or one split of it.

    Raises:
        InputError: the file cannot be read, or a line of it is not a question; the message names the line.
    """
    try:
        lines = path.read_text(encoding="utf-8").splitlines()
    except OSError as error:
        raise InputError(f"cannot read the question set {path}: {error.strerror}") from None
    adapter = TypeAdapter(Question)
    questions = []
    for number, line in enumerate(lines, start=1):
        if not line.strip():
            continue
        try:
            questions.append(adapter.validate_json(line))
        except ValidationError as error:
            first = error.errors()[0]
            place = ".".join(map(str, first["loc"])) or "line"
            raise InputError(f"{path} line {number} is not a question: {place}: {first['msg']}") from None
    return tuple(q for q in questions if split in ("all", q.split))


def find_evidence(quote: str, documents: Iterable[Document]) -> tuple[EvidenceSpan, ...]:
    """Return every place where a gold quote stands; white space may differ, and note markers may be left out."""
    words = [re.escape(word) for word in quote.split()]
    pattern = re.compile(r"\d{0,2}\s+".join(words))
    return tuple(EvidenceSpan(d.id, match.span()) for d in documents for match in pattern.finditer(d.text))


def problems(questions: Sequence[Question], documents: Sequence[Document]) -> tuple[str, ...]:
    """Return a line for each thing that is wrong with a question set; none when it can be trusted."""
    found = []
    seen: set[str] = set()
    for q in questions:
        found += [f"{q.id}: {said}" for said in _problems(q, documents)]
        if q.id in seen:
            found.append(f"{q.id}: the id is used twice")
        seen.add(q.id)
    return tuple(found)


def _problems(q: Question, documents: Sequence[Document]) -> list[str]:
    found = []
    if q.kind not in KINDS:
        found.append(f"unknown kind '{q.kind}'")
    if q.split not in ("dev", "test"):
        found.append(f"split is '{q.split}', expected dev or test")
    if q.answerable != bool(q.must) or q.answerable != (q.kind not in ("unanswerable", "false_premise")):
        found.append("answerable, must and kind do not agree")
    found += [f"evidence is not in the text: {quote}" for quote in q.evidence if not find_evidence(quote, documents)]
    if q.answerable and not q.evidence:
        found.append("no evidence")
    held = normalize(" ".join(q.evidence))
    found += [f"no alternative of {m} is in the evidence" for m in q.must if not any(normalize(a) in held for a in m)]
    return found
