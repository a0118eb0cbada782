"""Answer with a language model's words, as far as the passages bear them out; else with quotes."""

from collections.abc import Iterator, Sequence
from contextlib import closing, nullcontext
from dataclasses import replace
from threading import Lock
from time import perf_counter
from typing import TYPE_CHECKING

from answer.answerer import Answerer
from answer.compose import cite, write_quotes
from answer.evidence import Evidence
from answer.sources.finding import Place
from answer.sources.works import asks_for_works
from answer.writing.judge import Fate, Judge, Judged
from answer.writing.models import has_server, model_name, open_model
from answer.writing.prompt import chosen_hits, messages_for
from answer.writing.sentences import Written, split_writing
from answer.writing.stream import ModelError, stream_text
from core.records import Answer, Citation, Ruled, Span, Writing
from core.settings import Settings
from index import Index

if TYPE_CHECKING:
    from llama_index.core.llms import LLM

__all__ = ["MOST_SENTENCES", "Writer", "open_answerer"]

MOST_SENTENCES = 8  # that are read of what a model writes; four were asked for


def open_answerer(index: Index, settings: Settings) -> "Answerer | Writer":
    """Return what answers questions: with quotes, or with the words of the language model that the settings name.

    Raises:
        InputError: the setting cannot be used.
    """
    answerer = Answerer(index, settings)
    if not settings.llm:
        return answerer
    return Writer(answerer, index, settings, open_model(settings), model_name(settings))


class Writer:
    """Answers questions as the answerer does, in a language model's words where they hold; safe to share.

    Args:
        answerer: finds the passages, decides, and is what is gone back to.
        index: what it answers from.
        settings: how long a model may take.
        model: any LlamaIndex LLM.
        name: what a reader is told of it.
    """

    def __init__(self, answerer: Answerer, index: Index, settings: Settings, model: "LLM", name: str) -> None:
        self._answerer = answerer
        self._index = index
        self._settings = settings
        self._model = model
        self._name = name
        self._judge = Judge(index)
        self._turn = nullcontext() if has_server(settings) else Lock()

    def warm(self) -> None:
        """Load what the first question needs; a model's server is left alone."""
        self._answerer.warm()

    def sources_for(self, claim: str, *, most: int = 5) -> tuple[Place, ...]:
        """Return the places where works are cited for a claim, as the answerer does."""
        return self._answerer.sources_for(claim, most=most)

    def ask(self, question: str, history: Sequence[str] = ()) -> Answer:
        """Answer a question, or refuse it; what the answerer refuses, rules on or looks up is not rewritten.

        Raises:
            InputError: the question has no letter or figure, or is longer than LONGEST_QUESTION.
        """
        *_, answer = self.stream(question, history)
        return answer

    def stream(self, question: str, history: Sequence[str] = ()) -> Iterator[Answer]:
        """Yield the answer as it grows by sentences that hold, and at last whole, which may be the extractive one."""
        extract = self._answerer.ask(question, history)
        asked = extract.completed or question
        if extract.refused or extract.verdict is not Ruled.NOTHING or asks_for_works(question, asked):
            yield extract
            return
        begun, judged = perf_counter(), []
        try:
            for one in self._judged(asked, extract):
                judged.append(one)
                if one.fate is not Fate.STRUCK:
                    yield self._written(extract, judged)
            failure = _failure(judged, extract.citations)
        except ModelError as error:
            failure = str(error)
        answer = self._extract(extract, judged, failure) if failure else self._written(extract, judged)
        yield replace(answer, timings={**extract.timings, "write": (perf_counter() - begun) * 1000})

    def _judged(self, asked: str, extract: Answer) -> Iterator[Judged]:
        """Yield the sentences that the model writes as soon as each is whole, judged."""
        hits = chosen_hits(extract)
        quoted = [(c.document, (c.start, c.end)) for c in extract.citations]
        shown: list[str] = []
        before: Evidence | None = None
        for written in self._sentences(asked, extract):
            if written.text in shown:
                yield Judged(written.text, Fate.STRUCK)
                continue
            shown.append(written.text)
            one = self._judge.judge(written, hits, quoted, before)
            before = one.quote
            yield one

    def _sentences(self, asked: str, extract: Answer) -> Iterator[Written]:
        messages = messages_for(asked, chosen_hits(extract), self._index.documents)
        done = 0
        found: tuple[Written, ...] = ()
        with closing(stream_text(self._model, messages, self._settings.llm_seconds, self._turn)) as growing:
            for text in growing:
                found = split_writing(text)
                whole = found[:-1]  # the last may go on
                yield from whole[done:MOST_SENTENCES]
                done = max(done, len(whole))
                if done >= MOST_SENTENCES:
                    return
        yield from found[done:]

    def _written(self, extract: Answer, judged: Sequence[Judged]) -> Answer:
        """The answer in the model's words, those that hold, with what they rest on."""
        shown = [one for one in judged if one.quote and one.fate is not Fate.STRUCK]
        quotes = {_place(one.quote): one.quote for one in shown if one.quote}
        citations = cite(tuple(quotes.values()), self._index.documents, self._settings)
        by_place = {(c.document, (c.start, c.end)): c for c in citations}
        found = [(one, by_place.get(_place(one.quote))) for one in shown if one.quote]
        parts = [self._part(one, citation) for one, citation in found if citation]
        return replace(
            extract, text=" ".join(dict.fromkeys(parts)), citations=citations, writing=_writing(self._name, judged)
        )

    def _part(self, one: Judged, citation: Citation) -> str:
        if one.fate is Fate.KEPT:
            return f"{one.text} [{citation.marker}]"
        return write_quotes([citation], self._index.documents)

    def _extract(self, extract: Answer, judged: Sequence[Judged], failure: str) -> Answer:
        """The extractive answer, with the reason why it is not the model's."""
        return replace(extract, writing=replace(_writing(self._name, judged), fallback=failure))


def _writing(name: str, judged: Sequence[Judged]) -> Writing:
    fates = [one.fate for one in judged]
    return Writing(name, fates.count(Fate.KEPT), fates.count(Fate.REPLACED), fates.count(Fate.STRUCK))


def _failure(judged: Sequence[Judged], quoted: Sequence[Citation]) -> str:
    """Why what was written is no answer; empty where it is one.

    Half of it must hold, and something of it must be what Ibid's own judgement answers with: a true sentence on another
    matter answers nothing.
    """
    kept = [one for one in judged if one.fate is Fate.KEPT]
    if not kept:
        return "wrote nothing that the passages bear out"
    if len(kept) < len(judged) - len(kept):
        return f"wrote {len(judged)} sentences, of which the passages bear out {len(kept)}"
    places = [_place(one.quote) for one in kept if one.quote]
    answering = any(document == c.document and a < c.end and c.start < b for document, (a, b) in places for c in quoted)
    return "" if answering else "wrote of other passages than those that answer"


def _place(quote: Evidence) -> tuple[str, Span]:
    return quote.hit.passage.document_id, quote.span
