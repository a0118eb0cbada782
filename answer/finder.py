"""Look for what a question asks: retrieve passages, and score their sentences."""

import re
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from threading import Lock

from answer.definitions import defining_first, expanded_at
from answer.evidence import Evidence, candidates, score_sentences, without_references
from answer.model import Model
from answer.question import AnswerType, Question, StandIn, read_question
from answer.reader import Reads, load_reader
from answer.sources.cited import asks_for_work, claim_in
from answer.sources.finding import Place, SourceIndex
from answer.speech import find_saying
from core.records import Hit
from index import Index

__all__ = ["Finder", "Found"]

# A question for what only a bibliography says: where and under which title a work was published.
_BIBLIOGRAPHY = re.compile(
    r"\b(?:journal|publish\w*|bibliograph\w*|reference list|works cited|title of .*(?:paper|book|article|work))\b",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Found:
    """What was asked of the index as read, what came back best first, and when, by the performance counter.

    `for_source` says that which work is cited is asked for, and no work is named.
    """

    read: Question
    hits: Sequence[Hit]
    similarities: Sequence[Sequence[float]]
    evidence: Sequence[Evidence]
    at: float
    for_source: bool = False


class Finder:
    """Finds sentences of one index; safe to share between threads.

    Args:
        index: where to look.
        top: how many passages to retrieve.
        model: the weights of the sentences' features.
        reader: tells how well a sentence answers; None for the shipped one, which is loaded when it is first needed.
    """

    def __init__(self, index: Index, top: int, model: Model, reader: Reads | None = None) -> None:
        self._index = index
        self._top = top
        self._model = model
        self._reader = reader
        self._loading = Lock()

    def warm(self) -> None:
        """Load what the first question needs."""
        self._index.warm()
        self._loaded_reader()

    def look(self, question: str, works: Sequence[Place], whole: StandIn | None, sources: SourceIndex) -> Found:
        """Look for a question, or for what stands in for it.

        Args:
            question: complete.
            works: the places of the works that it names, which are looked at in any case.
            whole: what to look for in place of a question about the text as a whole.
            sources: tells which sentences cite, of which one answers a question for a source.
        """
        for_source = not whole and not works and read_question(question).answer_type is AnswerType.SOURCE
        asked = whole.text if whole else claim_in(question) if for_source else question
        pinned = [(place.document, place.cited.sentence) for place in works]
        pinned += expanded_at(question, self._index)
        hits = self._index.search(asked, top=self._top, pinned=pinned)
        similarities = self._index.sentence_similarities(asked, hits)
        at = time.perf_counter()
        read = read_question(asked, self._index.variants)
        if not _BIBLIOGRAPHY.search(question):
            hits, similarities = without_references(hits, similarities)
        may_answer: Callable[[Evidence], bool] = _any
        if for_source and sources.cites_anything:
            may_answer = _cites(sources) if asks_for_work(question) else _cites_or_says(sources)
        found = self._score(read, hits, similarities, may_answer)
        return Found(read, hits, similarities, defining_first(question, found), at, for_source)

    def sentences(self, text: str) -> tuple[Evidence, ...]:
        """Return the sentences nearest to a statement, best first, those of a bibliography too."""
        hits = self._index.search(text, top=self._top)
        return self._score(
            read_question(text, self._index.variants), hits, self._index.sentence_similarities(text, hits), _any
        )

    def _score(
        self,
        read: Question,
        hits: Sequence[Hit],
        similarities: Sequence[Sequence[float]],
        may_answer: Callable[[Evidence], bool],
    ) -> tuple[Evidence, ...]:
        found = candidates(read, hits, similarities, self._index)
        return score_sentences(read, found, self._model, self._loaded_reader(), may_answer)

    def _loaded_reader(self) -> Reads:
        with self._loading:
            if self._reader is None:
                self._reader = load_reader()
            return self._reader


def _cites(sources: SourceIndex) -> Callable[[Evidence], bool]:
    return lambda e: sources.cites(e.hit.passage.document_id, e.span)


def _cites_or_says(sources: SourceIndex) -> Callable[[Evidence], bool]:
    cites = _cites(sources)
    return lambda e: cites(e) or find_saying(e.text, own_names=(), works=True) is not None


def _any(evidence: Evidence) -> bool:
    del evidence
    return True
