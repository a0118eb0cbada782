"""A conversation as a JSON object, which a browser keeps and other programs read, and back."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import uuid4

from answer import answer_record
from core.citing.styles import Style, write_reference
from core.records import Answer, Document, Hit
from ui.conversation import NEAREST, Turn
from ui.quoting import stands

__all__ = ["FORMAT", "MOST_TURNS", "Conversation", "Source", "conversation_of", "conversation_record", "reopened"]

FORMAT = 1  # of the object; one that another version wrote is told by it
MOST_TURNS = 200  # of a conversation that is kept; the oldest are left out
_LONGEST_NAME = 80


@dataclass(frozen=True, slots=True)
class Source:
    """A document as a conversation remembers it, also when it is gone; `reference` is its entry in APA."""

    id: str
    title: str
    authors: tuple[str, ...]
    reference: str
    content_hash: str


@dataclass(frozen=True, slots=True)
class Conversation:
    """Turns that belong together, oldest first, and the documents that they quote; `at` is the ISO time of the last."""

    id: str
    name: str
    at: str
    turns: tuple[Turn, ...]
    sources: tuple[Source, ...]


def conversation_of(
    turns: Sequence[Turn], documents: Mapping[str, Document], *, at: str, before: Conversation | None = None
) -> Conversation:
    """Return the conversation that some turns make, named by its first question.

    Args:
        turns: oldest first; only the newest MOST_TURNS are taken.
        documents: by id.
        at: the ISO time.
        before: the conversation that the turns continue: its id and name stay, and what it knows of documents that are
            gone; None begins a new one.
    """
    kept = tuple(turns[-MOST_TURNS:])
    known = {source.id: source for source in before.sources} if before else {}
    sources = (_source(documents[name]) if name in documents else known.get(name) for name in _quoted(kept))
    name = before.name if before else _name(turns)
    return Conversation(
        before.id if before else uuid4().hex[:12], name, at, kept, tuple(source for source in sources if source)
    )


def conversation_record(conversation: Conversation) -> dict[str, Any]:
    """Return a conversation as an object; answers have the keys of `ibid ask --json`, and `ui.kept` reads it back."""
    return {
        "ibid": FORMAT,
        "id": conversation.id,
        "name": conversation.name,
        "at": conversation.at,
        "turns": [_turn(turn) for turn in conversation.turns],
        "documents": [
            {
                "id": source.id,
                "title": source.title,
                "authors": list(source.authors),
                "reference": source.reference,
                "sha256": source.content_hash,
            }
            for source in conversation.sources
        ],
    }


def reopened(conversation: Conversation, documents: Mapping[str, Document]) -> list[Turn]:
    """Return the turns as they are shown again; those whose documents changed since say so."""
    return [_reopened(turn, documents) for turn in conversation.turns]


def _reopened(turn: Turn, documents: Mapping[str, Document]) -> Turn:
    quotes: Sequence[Any] = (turn.answer.citations or turn.answer.hits) if turn.answer else ()
    changed = any(not stands(quote, documents) for quote in quotes)
    return Turn(
        turn.question,
        turn.answer,
        turn.error,
        key=turn.key or uuid4().hex[:12],
        kept=True,
        said="A document was changed or removed since this was answered: Retry asks anew." if changed else "",
    )


def _name(turns: Sequence[Turn]) -> str:
    asked = " ".join(turns[0].question.split()) if turns else ""
    return asked if len(asked) <= _LONGEST_NAME else asked[: _LONGEST_NAME - 1].rstrip() + "…"


def _quoted(turns: Sequence[Turn]) -> list[str]:
    answers = [turn.answer for turn in turns if turn.answer]
    cited = (citation.document for answer in answers for citation in answer.citations)
    near = (hit.passage.document_id for answer in answers for hit in _nearest(answer))
    return list(dict.fromkeys([*cited, *near]))


def _nearest(answer: Answer) -> tuple[Hit, ...]:
    """What a refusal shows; what an answer was chosen from is not kept."""
    return answer.hits[:NEAREST] if answer.refused else ()


def _source(document: Document) -> Source:
    return Source(
        document.id,
        document.title,
        document.authors,
        write_reference(document, Style.APA),
        document.content_hash,
    )


def _turn(turn: Turn) -> dict[str, Any]:
    if turn.answer is None:
        return {"id": turn.key, "question": turn.question, "error": turn.error}
    record = answer_record(turn.answer, question_id=turn.key, latency_ms=sum(turn.answer.timings.values()))
    for written, citation in zip(record["citations"], turn.answer.citations, strict=True):
        written["sections"] = list(citation.section)  # 'section' names them in one text, which cannot be taken apart
        written["passage"] = citation.passage_id
    return record | {"nearest": [_passage(hit) for hit in _nearest(turn.answer)]}


def _passage(hit: Hit) -> dict[str, Any]:
    p = hit.passage
    return {
        "document": p.document_id,
        "sections": list(p.section),
        "page": p.page,
        "quote": p.text,
        "start": p.start,
        "end": p.end,
    }
