"""The confidence: a logistic regression on the signals that the answerer gives for questions on several documents."""

import random
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from answer.answerer import Answerer
from answer.model import Model
from core.settings import Settings
from eval.dataset import Question
from eval.fit.sets import development_sets
from eval.lines import json_lines
from index import add_documents, open_index
from ingest import Source

__all__ = ["Exam", "Floats", "Note", "fit_confidence", "read_exams", "take_exam"]

_SAMPLE = 20  # answerable and as many unanswerable questions of a general document
_FOREIGN = 30  # questions of other documents that each is asked

Floats = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Asked:
    """A question with what was asked before it, and whether its document answers it."""

    question: str
    history: tuple[str, ...]
    answerable: bool


@dataclass(frozen=True, slots=True)
class Exam:
    """A document and questions about it."""

    name: str
    sources: Sequence[Source]
    asked: tuple[Asked, ...]


@dataclass(frozen=True, slots=True)
class Note:
    """What was seen of a question; `foreign` is one that was written for another document."""

    document: int
    signals: tuple[float, ...]
    answerable: bool
    foreign: bool


@dataclass(frozen=True, slots=True)
class _Witness(Model):
    """A model sure of nothing, so that all is refused that hangs on the confidence; it notes the signals."""

    seen: list[tuple[float, ...]] = field(default_factory=list)

    def probability(self, signals: Sequence[float]) -> float:
        self.seen.append(tuple(signals))
        return 0.0


def fit_confidence(
    rows: Floats, answerable: NDArray[np.bool_], documents: NDArray[np.int_], weights: Floats, false_refusals: float
) -> tuple[Floats, float, float, Floats]:
    """Return weights, bias and threshold of the confidence, and that of each row by a fit without its document.

    Args:
        rows: the signals, float of shape (questions, signals).
        answerable: which questions the documents answer.
        documents: the number of the document that each question was asked of.
        weights: how much each question counts.
        false_refusals: the share of a document's answerable questions that may be refused, in the mean of documents.
    """
    held_out = np.zeros(len(rows))
    for document in np.unique(documents):
        rest, own = documents != document, documents == document
        coefficients, bias = _regress(rows[rest], answerable[rest], weights[rest])
        held_out[own] = 1 / (1 + np.exp(-(rows[own] @ coefficients + bias)))
    found = [held_out[(documents == document) & answerable] for document in np.unique(documents[answerable])]
    threshold = max(
        t for t in held_out[answerable] if np.mean([(of_one < t).mean() for of_one in found]) <= false_refusals
    )
    return *_regress(rows, answerable, weights), float(threshold), held_out


def _regress(rows: Floats, answerable: NDArray[np.bool_], weights: Floats) -> tuple[Floats, float]:
    """Return the weights and the bias of a logistic regression on raw rows."""
    from sklearn.linear_model import LogisticRegression
    from sklearn.preprocessing import StandardScaler

    weights = weights / weights.mean()
    scale = StandardScaler().fit(rows, sample_weight=weights)
    regression = LogisticRegression(C=0.1, max_iter=1000)
    regression.fit(scale.transform(rows), answerable, sample_weight=weights)
    coefficients = regression.coef_[0] / scale.scale_
    return coefficients, float(regression.intercept_[0] - coefficients @ scale.mean_)


def read_exams(home: Path, general: Path | None, documents: Path | None) -> Iterator[Exam]:
    """Yield the documents with development questions, and a sample of the general ones."""
    for name, sources, questions in development_sets(documents):
        yield Exam(name, sources, _asked(questions))
    if not general:
        return
    draw = random.Random(0)  # noqa: S311 - a sample, no secret
    found = json_lines(general / "questions.jsonl")
    texts = {d["doc_id"]: d["text"] for d in json_lines(general / "documents.jsonl")}
    for name in sorted({q["doc_id"] for q in found if not q["answerable"]})[::3]:
        asked: list[Asked] = []
        for answerable in (True, False):
            of_one = [q["question"] for q in found if (q["doc_id"], q["answerable"]) == (name, answerable)]
            asked += [Asked(text, (), answerable) for text in draw.sample(of_one, _SAMPLE)]
        path = home / name / "general.txt"
        path.parent.mkdir()
        path.write_text(texts[name], encoding="utf-8")
        yield Exam(name, (Source(path, "general"),), tuple(asked))


def _asked(questions: Sequence[Question]) -> tuple[Asked, ...]:
    return tuple(Asked(q.question, q.history, q.answerable) for q in questions)


def take_exam(
    exams: Sequence[Exam], number: int, home: Path, scorer: tuple[Sequence[float], Sequence[float]]
) -> Iterator[Note]:
    """Ask a document its own questions and some of the others'; yield a note of each that hangs on the confidence."""
    exam = exams[number]
    others = [a for e in exams if e is not exam for a in e.asked if a.answerable and not a.history]
    foreign = random.Random(number).sample(others, min(_FOREIGN, len(others)))  # noqa: S311 - a sample, no secret
    settings = Settings(home=home / f"exam{number}")
    add_documents(settings, exam.sources)
    index = open_index(settings)
    first, sentence = map(tuple, scorer)
    witness = _Witness(first, sentence, (), 0.0, 1.0)
    answerer = Answerer(index, settings, witness)
    for asked in (*exam.asked, *foreign):
        witness.seen.clear()
        if answerer.ask(asked.question, asked.history).refused and witness.seen:
            own = asked in exam.asked
            yield Note(number, witness.seen[0], answerable=asked.answerable and own, foreign=not own)
    index.close()
