"""Ask a question set and measure each answer."""

import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Protocol

from core.records import Answer, Document, Hit
from eval import metrics
from eval.dataset import EvidenceSpan, Question, find_evidence
from eval.summary import columns, statistics

__all__ = ["BREAKS", "Asks", "Outcome", "run", "summarize"]

# Where the chain from question to answer can break, and what that means.
BREAKS: Mapping[str, str] = {
    "not ingested": "no document holds the evidence as the question set quotes it",
    "not retrieved": "no passage that was read holds the evidence that is missing",
    "not selected": "passages that were read hold the evidence, but other sentences were quoted",
    "refused": "passages that were read hold the evidence, but the answer was refused",
    "wrong span": "all evidence was quoted, yet a fact is missing from the answer or a forbidden one is in it",
    "too long": "the facts are there, in more words than an answer may have",
    "empty": "the answer has no words and is no refusal",
    "not refused": "the document does not say, yet an answer was given",
}


class Asks(Protocol):
    """What answers questions."""

    def ask(self, question: str, history: Sequence[str] = ()) -> Answer:
        """Answer one question."""
        ...


@dataclass(frozen=True, slots=True)
class Outcome:
    """What came of one question; a score that does not apply is None.

    `broke` names one of BREAKS where an answer is wrong, else it is empty. `ranks` are those at which each gold quote
    was first held by the retrieved hits, none where nothing was retrieved; `at_evidence` says of each citation whether
    it stands at one.
    """

    question: Question
    answer: Answer
    scores: Mapping[str, float | None]
    broke: str
    ranks: tuple[int | None, ...] = ()
    at_evidence: tuple[bool, ...] = ()


def run(
    questions: Sequence[Question],
    answerer: Asks,
    documents: Mapping[str, Document],
    progress: Callable[[int, int], None] = lambda done, total: None,
) -> tuple[Outcome, ...]:
    """Ask every question and score its answer."""
    sentences = {document.id: _sentences(document) for document in documents.values()}
    outcomes = []
    for done, question in enumerate(questions, start=1):
        begun = time.perf_counter()
        answer = answerer.ask(question.question, question.history)
        took = (time.perf_counter() - begun) * 1000
        outcomes.append(_score(question, answer, documents, sentences, took))
        progress(done, len(questions))
    return tuple(outcomes)


def summarize(outcomes: Sequence[Outcome]) -> dict[str, float]:
    """Return how many questions there are, and every number of eval.summary.STATISTICS that applies to them."""
    if not outcomes:
        return {"questions": 0}
    return {"questions": len(outcomes)} | statistics(columns([o.scores for o in outcomes]))


def _sentences(document: Document) -> tuple[tuple[int, int], ...]:
    from ingest import split_document

    return tuple(s for passage in split_document(document, passage_words=90) for s in passage.sentences)


def _score(
    question: Question, answer: Answer, documents: Mapping[str, Document], sentences: metrics.Sentences, latency: float
) -> Outcome:
    quotes = [find_evidence(quote, documents.values()) for quote in question.evidence]
    gold = [place for places in quotes for place in places]
    wanted = quotes if question.answerable else []
    hits = metrics.retrieved(answer.hits)
    sought = wanted if hits else []  # an answer that was looked up, not searched for, says nothing of retrieval
    ranks = metrics.first_ranks(hits, sought)
    correct = metrics.correctness(question, answer, gold)
    scores = {
        **_answer_scores(question, answer, correct),
        **_retrieval_scores(hits, sought),
        "citation_precision": metrics.citation_precision(answer, gold, sentences, answerable=question.answerable),
        "citation_recall": metrics.citation_recall(answer, wanted, sentences),
        "literal": metrics.literalness(answer, documents),
        "whole": metrics.wholeness(answer, documents),
        "attribution": metrics.attribution(answer, documents),
        "refusal_precision": metrics.refusal_precision(answer.refused, question.answerable),
        "refusal_recall": metrics.refusal_recall(answer.refused, question.answerable),
        "false_refusal": metrics.false_refusal(answer.refused, question.answerable),
        "latency_ms": latency,
    }
    at_evidence = tuple(metrics.stands_at(c, gold) for c in answer.citations)
    return Outcome(question, answer, scores, "" if correct else _where(question, answer, quotes), ranks, at_evidence)


def _answer_scores(question: Question, answer: Answer, correct: float) -> dict[str, float | None]:
    text = "" if answer.refused else metrics.without_markers(answer)
    quotes = [c.quote for c in answer.citations]
    right = None if answer.refused else correct
    return {
        "correct": correct,
        "correct_answerable": correct if question.answerable else None,
        "exact_match": metrics.exact_match(text, question.answer) if question.answerable else None,
        "token_f1": metrics.token_f1(text, question.answer) if question.answerable else None,
        "quote_f1": metrics.best_f1(quotes, question.answer) if question.answerable else None,
        "answerable": float(question.answerable),
        "right": right,
        "confidence": answer.confidence,
        "brier_answerable": metrics.brier(answer.confidence, float(question.answerable)),
        "brier_right": None if right is None else metrics.brier(answer.confidence, right),
        "words": None if answer.refused else float(metrics.length(answer)),
    }


def _retrieval_scores(hits: Sequence[Hit], wanted: Sequence[Sequence[EvidenceSpan]]) -> dict[str, float | None]:
    return {
        **{f"recall@{k}": metrics.recall_at(k, hits, wanted) for k in (1, 3, 5, 10)},
        "evidence_recall": metrics.evidence_recall(hits, wanted),
        "mrr": metrics.reciprocal_rank(hits, wanted),
        "ndcg@10": metrics.ndcg_at(10, hits, wanted),
    }


def _where(question: Question, answer: Answer, quotes: Sequence[Sequence[EvidenceSpan]]) -> str:
    """Say where the chain from question to wrong answer broke: one of BREAKS."""
    if not question.answerable:
        return "not refused"
    if not any(quotes):
        return "not ingested"
    cited = [EvidenceSpan(c.document, (c.start, c.end)) for c in answer.citations]
    missing = [places for places in quotes if not any(metrics.stands_at(place, cited) for place in places)]
    retrieved = any(metrics.first_ranks(metrics.retrieved(answer.hits), missing))
    if answer.refused:
        return "refused" if retrieved else "not retrieved"
    if not metrics.length(answer):
        return "empty"
    if metrics.facts_right(question, answer):
        return "too long"
    if not missing:
        return "wrong span"
    return "not selected" if retrieved else "not retrieved"
