"""Reads a kept conversation back; it comes from a browser or a file, so that nothing in it is taken on trust."""

from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field, ValidationError, model_validator

from core.errors import InputError
from core.records import Answer, Citation, Difference, Hit, Passage, PassageKind, Ruled, Span, Voice
from ui.conversation import Turn, turn_of
from ui.saved import FORMAT, MOST_TURNS, Conversation, Source

__all__ = ["read_conversation"]

_Text = Annotated[str, Field(max_length=100_000)]
_Line = Annotated[str, Field(max_length=1000)]
_Key = Annotated[str, Field(pattern=r"\A[A-Za-z0-9]{0,32}\z")]


class _Record(BaseModel):
    model_config = ConfigDict(frozen=True, allow_inf_nan=False)


class _Slice(_Record):
    start: int = Field(ge=0)
    end: int


class _Quote(_Slice):
    document: _Line
    sections: Annotated[tuple[_Line, ...], Field(max_length=20)]
    page: Annotated[int, Field(ge=0)] | Annotated[str, Field(max_length=20)] | None
    quote: _Text

    @model_validator(mode="after")
    def _as_long_as_its_words(self) -> "_Quote":
        if self.end - self.start != len(self.quote):
            raise ValueError(
                f"start and end are {self.end - self.start} characters apart, the quote has {len(self.quote)}"
            )
        return self


class _Voice(_Record):
    kind: Literal["own", "reported", "quotation"] = "own"
    speakers: Annotated[tuple[_Line, ...], Field(max_length=50)] = ()


class _Citation(_Quote):
    marker: int = Field(ge=1, le=999)
    passage: _Line = ""
    voice: _Voice = _Voice()
    secondary: Annotated[dict[_Line, _Text], Field(max_length=10)] = {}
    highlight: _Slice | None = None
    items: Annotated[tuple[_Slice, ...], Field(max_length=500)] = ()

    @model_validator(mode="after")
    def _parts_lie_within(self) -> "_Citation":
        parts = [*self.items, *([self.highlight] if self.highlight else [])]
        if any(not self.start <= part.start <= part.end <= self.end for part in parts):
            raise ValueError("a part of the quote lies outside it")
        return self


class _Difference(_Record):
    kind: _Line
    written: _Text
    found: _Text


class _Turn(_Record):
    id: _Key = ""
    question: _Text
    error: _Text = ""
    completed: _Text = ""
    answer: _Text | None = None
    refused: bool = False
    reason: _Text = ""
    confidence: float = Field(0, ge=0, le=1)
    citations: Annotated[tuple[_Citation, ...], Field(max_length=100)] = ()
    nearest: Annotated[tuple[_Quote, ...], Field(max_length=10)] = ()
    verdict: Ruled = Ruled.NOTHING
    differences: Annotated[tuple[_Difference, ...], Field(max_length=50)] = ()
    latency_ms: float = Field(0, ge=0)

    @model_validator(mode="after")
    def _answered_or_not(self) -> "_Turn":
        if (self.answer is None) == (not self.error):
            raise ValueError("expected either an answer or an error")
        return self


class _Source(_Record):
    id: _Line
    title: _Text
    authors: Annotated[tuple[_Line, ...], Field(max_length=500)] = ()
    reference: _Text = ""
    sha256: Annotated[str, Field(max_length=64)] = ""


class _Conversation(_Record):
    ibid: int = Field(ge=FORMAT, le=FORMAT)
    id: Annotated[_Key, Field(min_length=1)]
    name: _Line
    at: Annotated[str, Field(max_length=40)]
    turns: Annotated[tuple[_Turn, ...], Field(min_length=1, max_length=MOST_TURNS)]
    documents: Annotated[tuple[_Source, ...], Field(max_length=10_000)] = ()


def read_conversation(record: object) -> Conversation:
    """Return the conversation that an object of `conversation_record` describes.

    Raises:
        InputError: the object is no such conversation; the first thing wrong with it is told.
    """
    try:
        read = _Conversation.model_validate(record)
    except ValidationError as error:
        first = error.errors(include_input=False, include_url=False)[0]
        where = ".".join(map(str, first["loc"]))
        told = f"{where}: {first['msg']}" if where else first["msg"]
        raise InputError(
            f"this conversation cannot be read ({told}): expected one that Ibid kept or exported"
        ) from None
    sources = (Source(s.id, s.title, s.authors, s.reference, s.sha256) for s in read.documents)
    return Conversation(read.id, read.name, read.at, tuple(map(_turn, read.turns)), tuple(sources))


def _turn(turn: _Turn) -> Turn:
    if turn.answer is None:
        return Turn(turn.question, error=turn.error, key=turn.id)
    answer = Answer(
        question=turn.question,
        text=turn.answer,
        citations=tuple(map(_citation, turn.citations)),
        refused=turn.refused,
        reason=turn.reason,
        confidence=turn.confidence,
        hits=tuple(_hit(quote, rank) for rank, quote in enumerate(turn.nearest, start=1)),
        timings={"kept": turn.latency_ms},
        completed=turn.completed,
        verdict=turn.verdict,
        differences=tuple(Difference(d.kind, d.written, d.found) for d in turn.differences),
    )
    return turn_of(turn.question, turn.id, answer)


def _citation(citation: _Citation) -> Citation:
    return Citation(
        marker=citation.marker,
        document=citation.document,
        section=citation.sections,
        page=citation.page,
        quote=citation.quote,
        start=citation.start,
        end=citation.end,
        passage_id=citation.passage,
        voice=Voice(citation.voice.kind, citation.voice.speakers),
        secondary=dict(citation.secondary),
        highlight=_span(citation.highlight) if citation.highlight else None,
        items=tuple(map(_span, citation.items)),
    )


def _hit(quote: _Quote, rank: int) -> Hit:
    passage = Passage(
        id="",
        document_id=quote.document,
        text=quote.quote,
        start=quote.start,
        end=quote.end,
        page=quote.page,
        section=quote.sections,
        kind=PassageKind.PROSE,
        sentences=(),
    )
    return Hit(passage, score=0, rank=rank, retrievers=(), similarity=0)


def _span(part: _Slice) -> Span:
    return part.start, part.end
