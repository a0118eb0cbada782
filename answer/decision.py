"""Decide what to answer with: which quotes, how sure, or nothing and why."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from answer.brevity import shortened
from answer.confidence import signals
from answer.evidence import Evidence, missing_numbers
from answer.features import looks_citing
from answer.finder import Found
from answer.headed import under_heading, whole_section
from answer.identifiers import named_by, unknown_identifier
from answer.model import Model
from answer.nearby import sentences_behind
from answer.question import AnswerType, Question, StandIn
from answer.reasons import explains, with_reasons
from answer.rulings.ruling import Ruling
from answer.select import select_quotes
from answer.sources.cited import asks_for_work, citing_sentences, places_asked_for, sentences_on, work_quotes
from answer.sources.finding import Place, SourceIndex
from answer.tables.absent import absent_from_rows, without_other_rows
from answer.tables.answering import (
    TableAnswer,
    answer_from_table,
    but_source_lines,
    speaks_of_table,
    whole_table,
    with_rows_meant,
)
from answer.tables.comparing import with_rows_compared
from answer.tallies import answer_from_tally
from answer.unspoken import unspoken_of
from core.records import PassageKind, Ruled
from index import Index

__all__ = ["CERTAIN", "LIKELY", "Decider", "Decision", "holding", "led_by"]

LIKELY = 0.8  # the confidence of an answer from the rows of a table that hold what the question names
CERTAIN = 0.95  # the confidence of an answer from the index of cited sources, which is a look-up and no guess
_OF_ONE_THING = frozenset({AnswerType.NUMBER, AnswerType.DATE, AnswerType.REASON})  # these want no list
_WHETHER = re.compile(r"\W*(?:is|are|was|were|do|does|did|has|have|had|can|could|may|must|should|will|would)\b", re.I)
UNEXPLAINED = 0.7  # the most, which is called unsure, for quotes that say what happened where it was asked why


@dataclass(frozen=True, slots=True)
class Decision:
    """The quotes to answer with, or none and why; and the confidence, from 0 to 1."""

    quotes: tuple[Evidence, ...]
    confidence: float
    reason: str = ""


class Decider:
    """Decides for one index; safe to share between threads."""

    def __init__(self, index: Index, model: Model, sources: SourceIndex) -> None:
        self._index = index
        self._model = model
        self._sources = sources

    def decide(self, asked: str, found: Found, works: Sequence[Place], whole: StandIn | None) -> Decision:
        """Decide on a question.

        Args:
            asked: the question, complete.
            found: what came back for it, or for what stands in for it.
            works: the places of the works that it names.
            whole: what was looked for in place of a question about the text as a whole.
        """
        read, evidence = found.read, found.evidence
        if looked_up := self._looked_up(asked, found, works):
            return looked_up
        if not evidence:
            return Decision((), 0.0)
        if not whole and (reason := self._unsaid(found)):
            return Decision((), 1 - LIKELY, reason)
        if whole and (whole.holds or whole.title_page):
            return Decision(select_quotes(evidence, holding(found, whole)), LIKELY)
        for_source = found.for_source
        citing = citing_sentences(evidence, self._sources, self._index) if for_source else sentences_on(works, evidence)
        of_table = speaks_of_table(asked, self._index)
        table = answer_from_table(read, evidence, self._index) if not whole and (not for_source or of_table) else None
        headed = [] if whole or for_source or citing else under_heading(read, evidence)
        of_it = headed or ([] if whole or for_source else named_by(read, evidence) or _speaking_of(read, evidence))
        confidence = self._model.probability(signals(read, citing or evidence, self._index))
        confidence = max(confidence, LIKELY) if of_it else confidence
        if table and table.sure:
            return Decision(table.rows, max(confidence, LIKELY) if table.rows else 1 - LIKELY, table.reason)
        if not whole and not for_source and (tally := answer_from_tally(read, evidence, self._index)):
            return Decision((tally,), max(confidence, LIKELY))
        if not whole and confidence < self._model.threshold:  # every text has a title and a drift
            return Decision((), confidence)
        if for_source and not citing and self._tells_no_source(asked, evidence[0]):
            return Decision((), min(confidence, 1 - LIKELY), "It cites no source for this.")
        told = citing or of_it or evidence
        among = told if for_source or of_table else but_source_lines(read, told)
        quotes = whole_section(headed) or self._chosen(read, evidence, among)
        if read.answer_type is AnswerType.REASON and not whole and not explains(quotes):
            confidence = min(confidence, UNEXPLAINED)
        quotes = self._with_rows(read, quotes, evidence, table)
        quotes = quotes if of_table else shortened(quotes, self._index.documents)
        missing = "" if whole or for_source else self._missing(read, quotes)
        return Decision((), min(confidence, 1 - LIKELY), missing) if missing else Decision(quotes, confidence)

    def _looked_up(self, asked: str, found: Found, works: Sequence[Place]) -> Decision | None:
        """What the index of sources says of the works that a question names; None where it must be searched for."""
        if works and (places := places_asked_for(found.read, works)):
            quotes = work_quotes(places, found.evidence, self._index)
            return Decision(quotes, CERTAIN if quotes else 1 - CERTAIN, "It is cited in no place that can be quoted.")
        unknown = self._sources.unknown_work(asked)
        return Decision((), 1 - CERTAIN, self._not_cited(unknown)) if unknown else None

    def _unsaid(self, found: Found) -> str:
        """What the documents that came back say nothing of at all, as a reason; empty where there is nothing."""
        documents = {hit.passage.document_id for hit in found.hits}
        if name := unknown_identifier(found.read.text, (self._index.documents[i] for i in sorted(documents))):
            return f"It never has ‘{name}’."
        unspoken = unspoken_of(found.read, found.hits, self._index)
        return f"What it says of them does not speak of {unspoken}." if unspoken else ""

    def _with_rows(
        self, read: Question, quotes: tuple[Evidence, ...], evidence: Sequence[Evidence], table: TableAnswer | None
    ) -> tuple[Evidence, ...]:
        """The quotes, rows of tables among them held to what is asked, or a table whole."""
        shown = whole_table(quotes, read, self._index.documents)
        if table and not shown and len(table.rows) > 1:
            quotes = table.rows
        quotes = (shown,) if shown else with_rows_meant(read, quotes, evidence, self._index)
        quotes = quotes if table else with_rows_compared(read, quotes, evidence, self._index)
        return without_other_rows(read, quotes, self._index)

    def _missing(self, read: Question, quotes: Sequence[Evidence]) -> str:
        """What a question names that its quotes do not speak of, as a reason; empty where there is nothing."""
        if missing := missing_numbers(read, quotes):
            return f"What it says of this does not speak of {missing[0]}."
        absent = absent_from_rows(read, quotes, self._index)
        return f"No row of its table speaks of ‘{absent}’." if absent else ""

    def _tells_no_source(self, asked: str, told: Evidence) -> bool:
        """Say whether only a work can answer, and what comes nearest names none, though the text cites others."""
        return asks_for_work(asked) and self._sources.cites_anything and not looks_citing(told.text)

    def _chosen(self, read: Question, evidence: Sequence[Evidence], among: Sequence[Evidence]) -> tuple[Evidence, ...]:
        """The quotes for a question, of those that may be quoted; with the reason where one is asked for."""
        several = read.answer_type not in _OF_ONE_THING and not _WHETHER.match(read.text)
        quotes = select_quotes(evidence, among, lambda e: sentences_behind(e, self._index), whole_lists=several)
        if read.answer_type is not AnswerType.REASON or any(q.hit.passage.kind is PassageKind.TABLE for q in quotes):
            return quotes
        return with_reasons(quotes, evidence, self._index)

    def _not_cited(self, work: str) -> str:
        if self._sources.listed(work):
            return f"Its bibliography lists {work}, but its text never cites it."
        near = " or ".join(self._sources.closest(work, most=2))
        return f"It cites no {work}{'; it does cite ' * bool(near)}{near}."


def led_by(ruling: Ruling | None, decision: Decision) -> Decision:
    """Return a decision with the sentence that a ruling rests on in front; it is all that a yes or a no needs."""
    if not ruling:
        return decision
    others = [q for q in decision.quotes if q.span != ruling.quote.span] if ruling.ruled is Ruled.INSTEAD else []
    return Decision((ruling.quote, *others), max(decision.confidence, LIKELY))


def holding(found: Found, whole: StandIn) -> list[Evidence]:
    """Return the sentences of running text that hold what a stand-in is for; all where it is for nothing special."""
    if whole.title_page:
        return [e for e in found.evidence if e.hit.passage.kind is PassageKind.FRONT] or list(found.evidence)
    return [
        e
        for e in found.evidence
        if not whole.holds or (e.hit.passage.kind is not PassageKind.REFERENCE and whole.holds.search(e.text))
    ]


def _speaking_of(question: Question, evidence: Sequence[Evidence]) -> list[Evidence]:
    """The sentences that name what is asked of, where nothing more is asked, as in 'What does it say of Ash Wood?'."""
    if (
        question.answer_type is not AnswerType.OTHER
        or not question.names
        or not question.names.issuperset(question.terms)
    ):
        return []
    return [e for e in evidence if question.names <= question.terms_of(e.text)]
