"""Question sets: one JSON object a line, as docs/questions.md describes."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

from pydantic.dataclasses import dataclass as checked

from core.records import Document, Span
from eval.lines import parse_lines, read_file
from eval.text import holds, normalize

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
    `must_not`; `evidence` are verbatim quotes; `split` is 'dev', which `ibid eval` asks and tells one by one, or
    'test', which it hides: whoever has a test split says so.
    """

    id: str
    kind: str
    question: str
    answer: str
    must: tuple[tuple[str, ...], ...]
    evidence: tuple[str, ...]
    answerable: bool
    must_not: tuple[str, ...] = ()
    section: str = ""
    history: tuple[str, ...] = ()
    split: str = "dev"


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
    data = read_file(path, "the question set ")
    return tuple(q for _, q in parse_lines(path, data, Question, "a question") if split in ("all", q.split))


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
    found = _unusable(q)
    if q.kind not in KINDS:
        found.append(f"unknown kind '{q.kind}'")
    if q.split not in ("dev", "test"):
        found.append(f"split is '{q.split}', expected dev or test")
    if q.answerable != bool(q.must) or q.answerable != (q.kind not in ("unanswerable", "false_premise")):
        found.append("answerable, must and kind do not agree")
    quotes = [quote for quote in q.evidence if quote.strip()]
    found += [f"evidence is not in the text: {quote}" for quote in quotes if not find_evidence(quote, documents)]
    if q.answerable and not q.evidence:
        found.append("no evidence")
    held = " ".join(q.evidence)
    found += [f"no alternative of {m} is in the evidence" for m in q.must if not any(holds(held, a) for a in m)]
    return found


def _unusable(q: Question) -> list[str]:
    """What cannot be asked, and what every answer would hold because it is empty."""
    from answer import LONGEST_QUESTION

    found = []
    if not q.question.strip():
        found.append("the question is empty")
    if len(q.question) > LONGEST_QUESTION:
        found.append(f"the question has {len(q.question)} characters, expected at most {LONGEST_QUESTION}")
    strings = {"must": [fact for facts in q.must for fact in facts], "must_not": q.must_not, "evidence": q.evidence}
    found += [f"{name} holds an empty text" for name, of in strings.items() if not all(map(normalize, of))]
    return found
