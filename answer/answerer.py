"""Ask a question of an index: retrieve, score, decide, quote."""

import re
import time
from collections.abc import Sequence
from dataclasses import dataclass, replace

from answer.cited import citing_sentences, claim_in, work_quotes
from answer.compose import WITHHELD, cite, lead_words, refusal_text, with_hits, write_quotes
from answer.confidence import signals
from answer.evidence import Evidence, candidates, missing_numbers, score_sentences
from answer.followup import complete_question
from answer.model import Model, load_model
from answer.notes import with_notes
from answer.question import AnswerType, Question, StandIn, read_question, stand_in
from answer.reader import Reads, load_reader
from answer.ruling import Ruling, rule
from answer.select import select_quotes
from answer.sources import Place, SourceIndex
from answer.tables import answer_from_table, speaks_of_table, whole_table
from answer.works import WorkList, asks_for_works, list_works
from core.errors import InputError
from core.records import Answer, Hit, PassageKind, Ruled
from core.settings import Settings
from index import Index
from index.terms import analyze

__all__ = ["LONGEST_QUESTION", "Answerer"]

# A question for what only a bibliography says: where and under which title a work was published.
_BIBLIOGRAPHY = re.compile(
    r"\b(?:journal|publish\w*|bibliograph\w*|reference list|works cited|title of .*(?:paper|book|article|work))\b",
    re.IGNORECASE,
)
LONGEST_QUESTION = 2000  # characters
LIKELY = 0.8  # the confidence of an answer from the rows of a table that hold what the question names
CERTAIN = 0.95  # the confidence of an answer from the index of cited sources, which is a look-up and no guess


@dataclass(frozen=True, slots=True)
class _Decision:
    """The quotes to answer with, or none and why; and the confidence, from 0 to 1."""

    quotes: tuple[Evidence, ...]
    confidence: float
    reason: str = ""


@dataclass(frozen=True, slots=True)
class _Found:
    """What was asked of the index as read, what came back best first, and when, by the performance counter."""

    read: Question
    hits: Sequence[Hit]
    similarities: Sequence[Sequence[float]]
    evidence: Sequence[Evidence]
    at: float


class Answerer:
    """Answers questions with quotes from one index; safe to share between threads."""

    def __init__(
        self, index: Index, settings: Settings, model: Model | None = None, reader: Reads | None = None
    ) -> None:
        self._index = index
        self._settings = settings
        self._model = model or load_model()
        self._reader = reader
        self._sources = SourceIndex(index.documents)

    def ask(self, question: str, history: Sequence[str] = ()) -> Answer:
        """Answer a question, or refuse it when the documents do not say.

        Args:
            question: what the user asks.
            history: the user's earlier questions, oldest first; a follow-up is completed from them.

        Raises:
            InputError: the question is empty or longer than LONGEST_QUESTION.
        """
        _check(question)
        begun = time.perf_counter()
        question, *history = (_whole_characters(text) for text in (question, *history))
        completed = complete_question(question, history)
        if asks_for_works(question, completed):
            return self._works(question, begun)
        works = self._sources.named_in(completed)
        whole = stand_in(completed)
        found = self._look(completed, works, whole)
        unmet = bool(whole and whole.holds and not works and not _holding(found.evidence, whole.holds))
        if unmet:  # nobody is thanked: the question may mean just what it says
            whole, found = None, self._look(completed, works, None)
        read, hits, evidence, retrieved = found.read, found.hits, found.evidence, found.at
        if unmet and not _says_all(completed, found):
            decision = _Decision((), 1 - LIKELY)
        else:
            decision = self._decide(completed, read, evidence, works, whole)
        ruling = None if whole or works else rule(completed, hits, found.similarities, self._index)
        decision = _led(decision, ruling)
        quotes = decision.quotes if whole else with_notes(decision.quotes, self._index, self._index.documents)
        citations = cite(quotes, self._index.documents, self._settings)
        said = read_question(completed, self._index.variants) if whole else read
        reason = "" if citations else WITHHELD if quotes else decision.reason or self._why_not(said, evidence)
        documents = self._index.documents
        ruling = ruling if citations and ruling and ruling.quote.text == citations[0].quote else None
        verdict, differences = (ruling.ruled, ruling.differences) if ruling else (Ruled.NOTHING, ())
        lead = lead_words(verdict, differences)
        text = write_quotes(citations, documents) if citations else refusal_text(evidence, reason, documents)
        done = time.perf_counter()
        return Answer(
            question=question,
            text=f"{lead} {text}".lstrip(),
            citations=citations,
            refused=not citations,
            reason=reason,
            confidence=decision.confidence,
            hits=with_hits(hits, quotes, self._index),
            timings={"retrieve": (retrieved - begun) * 1000, "answer": (done - retrieved) * 1000},
            verdict=verdict,
            differences=differences,
        )

    def warm(self) -> None:
        """Load what the first question needs."""
        self._index.warm()
        if self._reader is None:
            load_reader()

    def _look(self, question: str, works: Sequence[Place], whole: StandIn | None) -> _Found:
        """Look for a question, or for what stands in for it."""
        asked = whole.text if whole else self._claim(question, works)
        pinned = [(place.document, place.cited.sentence) for place in works]
        hits = self._index.search(asked, top=self._settings.top, pinned=pinned)
        similarities = self._index.sentence_similarities(asked, hits)
        at = time.perf_counter()
        read = read_question(asked, self._index.variants)
        if not _BIBLIOGRAPHY.search(question):
            hits, similarities = _without_references(hits, similarities)
        return _Found(read, hits, similarities, self._score(read, hits, similarities), at)

    def _score(
        self, read: Question, hits: Sequence[Hit], similarities: Sequence[Sequence[float]]
    ) -> tuple[Evidence, ...]:
        found = candidates(read, hits, similarities, self._index)
        return score_sentences(read, found, self._model, self._reader or load_reader())

    def _works(self, question: str, begun: float) -> Answer:
        listed = list_works(self._sources, self._index, self._index.documents)
        citations = cite(listed.quotes, self._index.documents, self._settings)
        if len(citations) < len(listed.quotes):  # the list's markers would mean others
            listed, citations = WorkList((), "", WITHHELD), ()
        return Answer(
            question=question,
            text=listed.text or refusal_text((), listed.reason, self._index.documents),
            citations=citations,
            refused=not listed.text,
            reason=listed.reason,
            confidence=CERTAIN if listed.text else 1 - CERTAIN,
            hits=with_hits((), listed.quotes, self._index),
            timings={"retrieve": 0.0, "answer": (time.perf_counter() - begun) * 1000},
        )

    def sources_for(self, claim: str, *, most: int = 5) -> tuple[Place, ...]:
        """Return the places where works are cited for a claim, or for what comes nearest to it, best first.

        Args:
            claim: a statement, or a question for its source.
            most: how many sentences to look at.

        Raises:
            InputError: the claim is empty or longer than LONGEST_QUESTION.
        """
        _check(claim)
        claim = claim_in(_whole_characters(claim))
        hits = self._index.search(claim, top=self._settings.top)
        similarities = self._index.sentence_similarities(claim, hits)
        read = read_question(claim, self._index.variants)
        found: list[Place] = []
        for e in self._score(read, hits, similarities):
            places = self._sources.supporting(e.hit.passage.document_id, e.span)
            most -= bool(places)
            found += [place for place in places if place not in found]
            if not most:
                break
        return tuple(found)

    def _claim(self, question: str, works: Sequence[Place]) -> str:
        """What to look for: of a question for a source, the claim that the source is to support."""
        asks_for_source = not works and read_question(question).answer_type is AnswerType.SOURCE
        return claim_in(question) if asks_for_source else question

    def _decide(
        self, asked: str, read: Question, evidence: Sequence[Evidence], works: Sequence[Place], whole: StandIn | None
    ) -> _Decision:
        if works:
            quotes = work_quotes(works, evidence, self._index, self._index.documents)
            return _Decision(quotes, CERTAIN if quotes else 1 - CERTAIN, "It is cited in no place that can be quoted.")
        if unknown := self._sources.unknown_work(asked):
            return _Decision((), 1 - CERTAIN, self._not_cited(unknown))
        if not evidence:
            return _Decision((), 0.0)
        if whole and whole.holds:
            return _Decision(select_quotes(evidence, _holding(evidence, whole.holds)), LIKELY)
        for_source = not whole and read_question(asked).answer_type is AnswerType.SOURCE
        citing = citing_sentences(evidence, self._sources) if for_source else ()
        confidence = self._model.probability(signals(read, citing or evidence, self._index))
        of_it = [] if whole or for_source else _speaking_of(read, evidence)
        if of_it:
            confidence = max(confidence, LIKELY)
        table = None
        if not whole and (not for_source or speaks_of_table(asked, self._index)):
            table = answer_from_table(read, evidence, self._index, self._index.documents)
        if table and table.sure:
            return _Decision(table.rows, max(confidence, LIKELY))
        if not whole and confidence < self._model.threshold:  # every text has a title and a drift
            return _Decision((), confidence)
        quotes = select_quotes(evidence, citing or of_it)
        shown = whole_table(quotes, read, self._index.documents)
        if table and not shown and len(table.rows) > 1:
            quotes = table.rows
        quotes = (shown,) if shown else quotes
        if (missing := missing_numbers(read, quotes)) and not whole and not for_source:
            return _Decision((), min(confidence, 1 - LIKELY), f"What it says of this does not speak of {missing[0]}.")
        return _Decision(quotes, confidence)

    def _not_cited(self, work: str) -> str:
        if self._sources.listed(work):
            return f"Its bibliography lists {work}, but its text never cites it."
        near = " or ".join(self._sources.closest(work, most=2))
        return f"It cites no {work}{'; it does cite ' * bool(near)}{near}."

    def _why_not(self, question: Question, evidence: Sequence[Evidence]) -> str:
        if not evidence:
            return "No passage has anything to do with the question."
        missing = [w for w in re.findall(r"\w[\w’'-]*", question.text) if self._is_foreign(w, question)]
        if missing:
            return (
                f"It never uses the {'words' if len(missing) > 1 else 'word'} {', '.join(f'‘{w}’' for w in missing)}."
            )
        return "It has the words of the question, but no passage that brings them together."

    def _is_foreign(self, word: str, question: Question) -> bool:
        terms = set(analyze(word)).intersection(question.terms)
        return bool(terms) and not any(self._index.knows(term) for term in terms)


def _led(decision: _Decision, ruling: Ruling | None) -> _Decision:
    """A decision with the sentence that a ruling rests on in front; it is all that a yes or a no needs."""
    if not ruling:
        return decision
    others = [q for q in decision.quotes if q.span != ruling.quote.span] if ruling.ruled is Ruled.INSTEAD else []
    return _Decision((ruling.quote, *others), max(decision.confidence, LIKELY))


def _holding(evidence: Sequence[Evidence], pattern: re.Pattern[str]) -> list[Evidence]:
    """The sentences of running text that hold what a stand-in is for."""
    return [e for e in evidence if e.hit.passage.kind is not PassageKind.REFERENCE and pattern.search(e.text)]


def _speaking_of(question: Question, evidence: Sequence[Evidence]) -> list[Evidence]:
    """The sentences that name what is asked of, where nothing more is asked, as in 'What does it say of Ash Wood?'."""
    if (
        question.answer_type is not AnswerType.OTHER
        or not question.names
        or not question.names.issuperset(question.terms)
    ):
        return []
    return [e for e in evidence if question.names <= question.terms_of(e.text)]


def _says_all(question: str, found: _Found) -> bool:
    """Say whether some sentence has every term of a question, those too that point at the document."""
    wanted = set(analyze(question))
    return any(wanted <= found.read.terms_of(e.text) for e in found.evidence)


def _without_references(
    hits: Sequence[Hit], similarities: Sequence[tuple[float, ...]]
) -> tuple[tuple[Hit, ...], tuple[tuple[float, ...], ...]]:
    """The hits but for entries of a bibliography, ranked anew: they share words with everything and say nothing."""
    kept = [i for i, hit in enumerate(hits) if hit.passage.kind is not PassageKind.REFERENCE]
    ranked = tuple(replace(hits[i], rank=rank) for rank, i in enumerate(kept, start=1))
    return ranked, tuple(similarities[i] for i in kept)


def _whole_characters(text: str) -> str:
    """Half a surrogate pair, which JSON may smuggle in, is no text: a question mark stands for it."""
    return text.encode("utf-8", "replace").decode("utf-8")


def _check(question: str) -> None:
    if not question.strip():
        raise InputError("the question is empty: ask something in words")
    if len(question) > LONGEST_QUESTION:
        raise InputError(f"the question has {len(question)} characters: ask in at most {LONGEST_QUESTION}")
