"""Ask a question of an index: retrieve, score, decide, quote."""

import re
import time
from collections.abc import Sequence

from answer.compose import cite, refusal_text, write_quotes
from answer.confidence import signals
from answer.evidence import Evidence, score_sentences
from answer.followup import complete_question
from answer.model import Model, load_model
from answer.question import Question, read_question, stand_in
from answer.select import select_quotes
from answer.tables import whole_table
from core.errors import InputError
from core.records import Answer
from core.settings import Settings
from index import Index
from index.terms import analyze

__all__ = ["LONGEST_QUESTION", "Answerer"]

LONGEST_QUESTION = 2000  # characters


class Answerer:
    """Answers questions with quotes from one index; safe to share between threads."""

    def __init__(self, index: Index, settings: Settings, model: Model | None = None) -> None:
        self._index = index
        self._settings = settings
        self._model = model or load_model()

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
        whole = stand_in(completed)
        asked = whole or completed
        hits = self._index.search(asked, top=self._settings.top)
        similarities = self._index.sentence_similarities(asked, hits)
        retrieved = time.perf_counter()
        read = read_question(asked, self._index.variants)
        evidence = score_sentences(read, hits, similarities, self._index, self._model)
        confidence = self._model.probability(signals(read, evidence, self._index))
        confident = whole or confidence >= self._model.threshold  # every text has a title and a drift
        quotes = select_quotes(evidence) if evidence and confident else ()
        if quotes and (table := whole_table(quotes, self._index.documents)):
            quotes = (table,)
        citations = cite(quotes, self._index.documents)
        reason = "" if citations else self._why_not(read, evidence)
        text = write_quotes(citations, self._index.documents) if citations else refusal_text(evidence, reason)
        done = time.perf_counter()
        return Answer(
            question=question,
            text=text,
            citations=citations,
            refused=not citations,
            reason=reason,
            confidence=confidence,
            hits=hits,
            timings={"retrieve": (retrieved - begun) * 1000, "answer": (done - retrieved) * 1000},
        )

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


def _whole_characters(text: str) -> str:
    """Half a surrogate pair, which JSON may smuggle in, is no text: a question mark stands for it."""
    return text.encode("utf-8", "replace").decode("utf-8")


def _check(question: str) -> None:
    if not question.strip():
        raise InputError("the question is empty: ask something in words")
    if len(question) > LONGEST_QUESTION:
        raise InputError(f"the question has {len(question)} characters: ask in at most {LONGEST_QUESTION}")
