"""The confidence: a logistic regression on the signals that the answerer gives for questions on several documents."""

import random
from collections import Counter
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

__all__ = ["FOREIGN", "UNANSWERABLE", "Exam", "Floats", "Note", "fit_confidence", "read_exams", "take_exam"]

_SAMPLE = 20  # answerable and as many unanswerable questions of a general document
_FOREIGN = 30  # questions of other documents that each is asked
FOREIGN = 0.3  # what these count together, where the answerable ones of a document's own have 0.5, and so the others
UNANSWERABLE = 0.25  # of questions that people ask; the share of a question set is its writer's

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
    rows: Floats,
    answerable: NDArray[np.bool_],
    documents: NDArray[np.int_],
    foreign: NDArray[np.bool_],
    false_refusals: float,
) -> tuple[Floats, float, float, Floats]:
    """Return weights, bias and threshold of the confidence, and that of each row by a fit without its document.

    The weights are fitted so that they tell the two apart on every document: its answerable, its unanswerable questions
    and those of others each count alike whatever their number. What comes of that is then set to mean something: scale
    and shift are fitted on the documents' own questions (Platt 1999), a share of UNANSWERABLE of which has no answer.

    Args:
        rows: the signals, float of shape (questions, signals).
        answerable: which questions the documents answer.
        documents: the number of the document that each question was asked of.
        foreign: which questions were written for another document.
        false_refusals: the share of a document's answerable questions that may be refused, in the mean of documents.
    """
    shares = np.where(foreign, FOREIGN, 0.5)
    weights = shares / _counts(answerable, documents, foreign)
    base = np.where(foreign, 0.0, np.where(answerable, 1 - UNANSWERABLE, UNANSWERABLE))
    told = base / _counts(answerable, documents, foreign)
    held_out = np.zeros(len(rows))
    for document in np.unique(documents):
        rest = documents != document
        coefficients, bias = _fit(rows[rest], answerable[rest], weights[rest], told[rest])
        held_out[~rest] = 1 / (1 + np.exp(-(rows[~rest] @ coefficients + bias)))
    found = [held_out[(documents == document) & answerable] for document in np.unique(documents[answerable])]
    threshold = max(
        t for t in held_out[answerable] if np.mean([(of_one < t).mean() for of_one in found]) <= false_refusals
    )
    return *_fit(rows, answerable, weights, told), float(threshold), held_out


def _fit(rows: Floats, answerable: NDArray[np.bool_], weights: Floats, told: Floats) -> tuple[Floats, float]:
    """Return weights and bias that tell the answerable apart by `weights`, scaled and shifted to fit them by `told`."""
    coefficients, bias = _regress(rows, answerable, weights)
    (scale,), shift = _regress((rows @ coefficients + bias)[:, None], answerable, told, strength=10)
    return coefficients * scale, bias * float(scale) + shift


def _counts(answerable: NDArray[np.bool_], documents: NDArray[np.int_], foreign: NDArray[np.bool_]) -> NDArray[np.int_]:
    """Return for each question how many there are of its kind on its document."""
    kinds = list(zip(documents, answerable, foreign, strict=True))
    counts = Counter(kinds)
    return np.array([counts[kind] for kind in kinds])


def _regress(
    rows: Floats, answerable: NDArray[np.bool_], weights: Floats, strength: float = 0.1
) -> tuple[Floats, float]:
    """Return the weights and the bias of a logistic regression on raw rows; the less `strength`, the smaller these."""
    from sklearn.linear_model import LogisticRegression
    from sklearn.preprocessing import StandardScaler

    weights = weights / weights.mean()
    scale = StandardScaler().fit(rows, sample_weight=weights)
    regression = LogisticRegression(C=strength, max_iter=1000)
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
