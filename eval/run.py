"""Ask a question set and measure each answer."""

import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from statistics import fmean
from typing import Protocol

from core.records import Answer, Document
from eval import metrics
from eval.dataset import Question, find_evidence

__all__ = ["Asks", "Outcome", "run", "summarize"]


class Asks(Protocol):
    """What answers questions."""

    def ask(self, question: str, history: Sequence[str] = ()) -> Answer:
        """Answer one question."""
        ...


@dataclass(frozen=True, slots=True)
class Outcome:
    """What came of one question; a score that does not apply is None. `broke` says where a wrong answer went wrong."""

    question: Question
    answer: Answer
    scores: Mapping[str, float | None]
    broke: str


def run(
    questions: Sequence[Question],
    answerer: Asks,
    documents: Mapping[str, Document],
    progress: Callable[[int, int], None] = lambda done, total: None,
) -> tuple[Outcome, ...]:
    """Ask every question and score its answer."""
    outcomes = []
    for done, question in enumerate(questions, start=1):
        begun = time.perf_counter()
        answer = answerer.ask(question.question, question.history)
        outcomes.append(_score(question, answer, documents, (time.perf_counter() - begun) * 1000))
        progress(done, len(questions))
    return tuple(outcomes)


def summarize(outcomes: Sequence[Outcome]) -> dict[str, float]:
    """Return the mean of each score over the questions it applies to, and the latency's p50 and p95 in ms."""
    summary: dict[str, float] = {"questions": len(outcomes)}
    for name in outcomes[0].scores if outcomes else ():
        values = [value for o in outcomes if (value := o.scores[name]) is not None]
        if name == "latency_ms":
            summary |= {f"latency_p{p}_ms": metrics.percentile(values, p / 100) for p in (50, 95)}
        elif values:
            summary[name] = fmean(values)
    return summary


def _score(question: Question, answer: Answer, documents: Mapping[str, Document], latency: float) -> Outcome:
    quotes = [find_evidence(quote, documents.values()) for quote in question.evidence]
    gold = [place for places in quotes for place in places]
    answerable = quotes if question.answerable else []
    correct = metrics.correctness(question, answer, gold)
    scores: dict[str, float | None] = {
        "correct": correct,
        "correct_answerable": correct if question.answerable else None,
        "recall@1": metrics.recall_at(1, answer.hits, answerable),
        "recall@3": metrics.recall_at(3, answer.hits, answerable),
        "recall@10": metrics.recall_at(10, answer.hits, answerable),
        "mrr": metrics.reciprocal_rank(answer.hits, answerable),
        "citation_precision": metrics.citation_precision(answer, gold),
        "citation_recall": metrics.citation_recall(answer, answerable),
        "literal": metrics.literalness(answer, documents),
        "refused_unanswerable": None if question.answerable else float(answer.refused),
        "false_refusal": float(answer.refused) if question.answerable else None,
        "words": float(len(answer.text.split())),
        "latency_ms": latency,
    }
    return Outcome(question, answer, scores, "" if correct else _where(question, answer, scores, bool(gold)))


def _where(question: Question, answer: Answer, scores: Mapping[str, float | None], ingested: bool) -> str:
    """Say where the chain from question to answer broke."""
    if not question.answerable:
        return "not refused"
    if not ingested:
        return "not ingested"
    if not scores["recall@10"]:
        return "not retrieved"
    if answer.refused:
        return "refused"
    return "too long" if not metrics.within_length(question, answer) else "not selected"
