"""Ask a question of an index: retrieve, score, decide, quote."""

import time
from collections.abc import Sequence
from dataclasses import replace

from answer.compose import WITHHELD, cite, lead_words, refusal_text, with_hits, write_quotes
from answer.decision import CERTAIN, LIKELY, Decider, Decision, holding, led_by
from answer.figured import decide_on_figure
from answer.finder import Finder, Found
from answer.followup.completing import complete_question
from answer.followup.items import items_of
from answer.forms import with_forms
from answer.makeup import tell_of_makeup
from answer.mentions import tell_of_mentions
from answer.model import Model, load_model
from answer.notes import with_notes
from answer.numbered import decide_on_note
from answer.question import LONGEST_QUESTION, StandIn, read_question, stand_in
from answer.reader import Reads
from answer.refusing import why_refused
from answer.requests import summary_request
from answer.rulings.ruling import rule
from answer.several import parts_of, with_common, with_parts
from answer.sources.cited import claim_in
from answer.sources.entries import with_entries
from answer.sources.finding import Place, SourceIndex, asks_for_source
from answer.sources.works import asks_for_works, author_asked_for, list_works
from answer.summary import requested_section, sum_up, sum_up_topic
from answer.told import Told
from core.errors import InputError
from core.records import Answer
from core.settings import Settings
from index import Index
from index.terms import analyze

__all__ = ["CERTAIN", "LONGEST_QUESTION", "Answerer"]

EARLIER = 20  # questions of a conversation that a follow-up may go back to


class Answerer:
    """Answers questions with quotes from one index; safe to share between threads."""

    def __init__(
        self, index: Index, settings: Settings, model: Model | None = None, reader: Reads | None = None
    ) -> None:
        model = model or load_model()
        self._index = index
        self._settings = settings
        self._sources = SourceIndex(index)
        self._finder = Finder(index, settings.top, model, reader)
        self._decider = Decider(index, model, self._sources)
        self._threshold = model.threshold

    def ask(self, question: str, history: Sequence[str] = ()) -> Answer:
        """Answer a question, or refuse it when the documents do not say.

        Args:
            question: what the user asks.
            history: the user's earlier questions, oldest first; a follow-up is completed from the last EARLIER.

        Raises:
            InputError: the question has no letter or figure, or is longer than LONGEST_QUESTION.
        """
        _check(question)
        begun = time.perf_counter()
        earlier = [text[:LONGEST_QUESTION] for text in history[-EARLIER:]]
        question, *history = (_whole_characters(text) for text in (question, *earlier))
        completed = complete_question(question, history, self._items)
        answer = self._answer(question, completed, begun)
        return answer if completed == question else replace(answer, completed=completed)

    def warm(self) -> None:
        """Load what the first question needs."""
        self._finder.warm()

    def sources_for(self, claim: str, *, most: int = 5) -> tuple[Place, ...]:
        """Return the places where works are cited for a claim, or for what comes nearest to it, best first.

        Args:
            claim: a statement, or a question for its source.
            most: how many sentences to look at.

        Raises:
            InputError: the claim has no letter or figure, or is longer than LONGEST_QUESTION.
        """
        _check(claim)
        found: list[Place] = []
        for e in self._finder.sentences(claim_in(_whole_characters(claim))):
            places = self._sources.supporting(e.hit.passage.document_id, e.span)
            most -= bool(places)
            found += [place for place in places if place not in found]
            if not most:
                break
        return tuple(found)

    def _items(self, earlier: str) -> tuple[str, ...]:
        """The items that the answer to an earlier question lists: it is answered again, which gives the same."""
        return items_of(self._answer(earlier, earlier, time.perf_counter()))

    def _answer(self, question: str, completed: str, begun: float) -> Answer:
        """Answer a question that is complete.

        Args:
            question: as asked.
            completed: with what it leaves out.
            begun: when it was asked, by the performance counter.
        """
        author = author_asked_for(completed)
        if author or asks_for_works(question, completed):
            return self._told(question, list_works(self._sources, self._index, author), begun)
        if noted := decide_on_note(completed, self._index) or decide_on_figure(completed, self._index):
            return self._looked_up(question, noted, begun)
        works = self._sources.named_in(completed)
        if not works and (told := tell_of_makeup(completed, self._index) or tell_of_mentions(completed, self._index)):
            return self._told(question, told, begun)
        request = None if works else summary_request(completed)
        section = requested_section(request, self._index) if request else None
        summed, lacking = sum_up(request, section, self._index) if request else ((), "")
        if summed or lacking:
            return self._looked_up(question, Decision(summed, LIKELY if summed else 1 - LIKELY, lacking), begun)
        if not request:
            return self._searched(question, completed, works, begun)
        unknown = request.mention and request.mention.how == "labelled" and not section
        asked = completed if unknown else request.asked or completed
        whole, found, decision = self._find(asked, works)
        if not whole:
            prose = any("\t" not in quote.text for quote in decision.quotes)
            quotes = sum_up_topic(asked, found.evidence, self._index, section) if prose else ()
            rows = with_notes(decision.quotes, self._index)
            decision = replace(decision, quotes=quotes or rows)
        return self._written(question, asked, found, decision, begun)

    def _searched(self, question: str, completed: str, works: Sequence[Place], begun: float) -> Answer:
        """Answer a question that asks for no summary."""
        whole, found, decision = self._find(completed, works)
        if whole:
            return self._written(question, completed, found, decision, begun)
        parts = [
            (part, *self._find(part.question, self._sources.named_in(part.question))[1:])
            for part in parts_of(completed)
        ]
        decision = with_common(completed, found, with_parts(decision, parts, self._threshold))
        ruling = None if works else rule(completed, found.hits, found.similarities, self._index)
        decision = led_by(ruling, decision)
        of_works = bool(works) or found.for_source or asks_for_source(completed)
        noted = with_notes(decision.quotes, self._index)
        decision = replace(decision, quotes=with_entries(noted, self._index) if of_works else noted)
        answer = self._written(question, completed, found, decision, begun)
        asked = read_question(question)
        formed = with_forms(found.read, answer.citations, self._index.documents, self._index.idf, asked)
        answer = replace(answer, citations=formed)
        if not ruling or not formed or formed[0].quote != ruling.quote.text:
            return answer
        lead = lead_words(ruling.ruled, ruling.differences)
        return replace(
            answer,
            text=f"{lead} {answer.text}".lstrip(),
            verdict=ruling.ruled,
            differences=ruling.differences,
        )

    def _find(self, asked: str, works: Sequence[Place]) -> tuple[StandIn | None, Found, Decision]:
        """What stood in for a question if anything, what came back, and what to answer with."""
        whole = stand_in(asked)
        found = self._finder.look(asked, works, whole, self._sources)
        if not whole or works or holding(found, whole):
            return whole, found, self._decider.decide(asked, found, works, whole)
        # Nobody is thanked: the question may mean just what it says.
        found = self._finder.look(asked, works, None, self._sources)
        said = _says_all(asked, found)
        return None, found, self._decider.decide(asked, found, works, None) if said else Decision((), 1 - LIKELY)

    def _written(self, question: str, asked: str, found: Found, decision: Decision, begun: float) -> Answer:
        documents = self._index.documents
        citations = cite(decision.quotes, documents, self._settings)
        reason = ""
        if not citations:
            read = read_question(asked, self._index.variants)
            reason = WITHHELD if decision.quotes else decision.reason or why_refused(read, found.evidence, self._index)
        text = write_quotes(citations, documents) or refusal_text(found.evidence, reason, documents)
        done = time.perf_counter()
        return Answer(
            question=question,
            text=text,
            citations=citations,
            refused=not citations,
            reason=reason,
            confidence=decision.confidence,
            hits=with_hits(found.hits, decision.quotes, self._index),
            timings={"retrieve": (found.at - begun) * 1000, "answer": (done - found.at) * 1000},
        )

    def _told(self, question: str, told: Told, begun: float) -> Answer:
        confidence = CERTAIN if told.text else 1 - CERTAIN
        return self._looked_up(question, Decision(told.quotes, confidence, told.reason), begun, told.text)

    def _looked_up(self, question: str, decision: Decision, begun: float, text: str = "") -> Answer:
        """An answer with quotes that were not searched for, or a refusal where there is nothing to quote.

        A text that is given has their markers, which would mean others if one of them were withheld.
        """
        quotes, reason = decision.quotes, decision.reason
        citations = cite(quotes, self._index.documents, self._settings)
        if text and len(citations) < len(quotes):
            citations, quotes, text, reason = (), (), "", WITHHELD
        text = text or write_quotes(citations, self._index.documents)
        reason = "" if text else reason or WITHHELD
        return Answer(
            question=question,
            text=text or refusal_text((), reason, self._index.documents),
            citations=citations,
            refused=not text,
            reason=reason,
            confidence=decision.confidence if text else min(decision.confidence, 1 - decision.confidence),
            hits=with_hits((), quotes, self._index),
            timings={"retrieve": 0.0, "answer": (time.perf_counter() - begun) * 1000},
        )


def _says_all(question: str, found: Found) -> bool:
    """Say whether some sentence has every term of a question, those too that point at the document."""
    wanted = set(analyze(question))
    return any(wanted <= found.read.terms_of(e.text) for e in found.evidence)


def _whole_characters(text: str) -> str:
    """Half a surrogate pair, which JSON may smuggle in, is no text: a question mark stands for it."""
    return text.encode("utf-8", "replace").decode("utf-8")


def _check(question: str) -> None:
    if not any(ch.isalnum() for ch in question):
        raise InputError("the question is empty: ask something in words")
    if len(question) > LONGEST_QUESTION:
        raise InputError(f"the question has {len(question)} characters: ask in at most {LONGEST_QUESTION}")
