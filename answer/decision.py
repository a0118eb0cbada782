"""Decide what to answer with: which quotes, how sure, or nothing and why."""

from collections.abc import Sequence
from dataclasses import dataclass

from answer.absent import absent_from_rows, without_other_rows
from answer.cited import citing_sentences, places_asked_for, sentences_on, work_quotes
from answer.confidence import signals
from answer.evidence import Evidence, missing_numbers
from answer.finder import Found
from answer.model import Model
from answer.question import AnswerType, Question, StandIn, read_question
from answer.ruling import Ruling
from answer.select import select_quotes, sentences_behind
from answer.sources import Place, SourceIndex
from answer.tables import answer_from_table, but_source_lines, speaks_of_table, whole_table, with_rows_meant
from answer.tallies import answer_from_tally
from core.records import PassageKind, Ruled
from index import Index

__all__ = ["CERTAIN", "LIKELY", "Decider", "Decision", "holding", "led_by"]

LIKELY = 0.8  # the confidence of an answer from the rows of a table that hold what the question names
CERTAIN = 0.95  # the confidence of an answer from the index of cited sources, which is a look-up and no guess


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
        if works and (places := places_asked_for(read, works)):
            quotes = work_quotes(places, evidence, self._index)
            return Decision(quotes, CERTAIN if quotes else 1 - CERTAIN, "It is cited in no place that can be quoted.")
        if unknown := self._sources.unknown_work(asked):
            return Decision((), 1 - CERTAIN, self._not_cited(unknown))
        if not evidence:
            return Decision((), 0.0)
        if whole and (whole.holds or whole.title_page):
            return Decision(select_quotes(evidence, holding(found, whole)), LIKELY)
        for_source = not whole and not works and read_question(asked).answer_type is AnswerType.SOURCE
        citing = citing_sentences(evidence, self._sources) if for_source else sentences_on(works, evidence)
        confidence = self._model.probability(signals(read, citing or evidence, self._index))
        of_it = [] if whole or for_source else _speaking_of(read, evidence)
        if of_it:
            confidence = max(confidence, LIKELY)
        table, of_table = None, speaks_of_table(asked, self._index)
        if not whole and (not for_source or of_table):
            table = answer_from_table(read, evidence, self._index)
        if table and table.sure:
            sure = max(confidence, LIKELY) if table.rows else 1 - LIKELY
            return Decision(table.rows, sure, table.reason)
        if not whole and not for_source and (tally := answer_from_tally(read, evidence, self._index)):
            return Decision((tally,), max(confidence, LIKELY))
        if not whole and confidence < self._model.threshold:  # every text has a title and a drift
            return Decision((), confidence)
        of_sources = for_source or of_table
        told = citing or of_it or evidence
        among = told if of_sources else but_source_lines(read, told)
        quotes = select_quotes(evidence, among, lambda e: sentences_behind(e, self._index))
        shown = whole_table(quotes, read, self._index.documents)
        if table and not shown and len(table.rows) > 1:
            quotes = table.rows
        quotes = (shown,) if shown else with_rows_meant(read, quotes, evidence, self._index)
        quotes = without_other_rows(read, quotes, self._index)
        if (missing := missing_numbers(read, quotes)) and not whole and not for_source:
            return Decision((), min(confidence, 1 - LIKELY), f"What it says of this does not speak of {missing[0]}.")
        if not whole and not for_source and (absent := absent_from_rows(read, quotes, self._index)):
            return Decision((), min(confidence, 1 - LIKELY), f"No row of its table speaks of ‘{absent}’.")
        return Decision(quotes, confidence)

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
