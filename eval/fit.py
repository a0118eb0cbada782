"""Fit the answerer's numbers to questions; `python -m eval.fit --general DIR --documents DIR` writes answer/model.json.

Two fits. The sentence scorer is a linear ranker: over the sentences retrieved for a question it maximises the softmax
probability of those that hold evidence (ListNet with binary relevance, Cao et al. 2007, 'Learning to rank: from
pairwise approach to listwise approach'). The confidence is a logistic regression of answerable against unanswerable
questions over answer.confidence.SIGNALS, in which every document counts alike; its threshold is the highest at which,
each document being judged by a fit on the others, at most a given share of the answerable questions is refused.

`--general` names a folder with documents.jsonl ({doc_id, title, text}) and questions.jsonl ({qid, doc_id, question,
answers, answerable, paragraph_span}), as made from SQuAD. Half of the scorer's weight then lies on its questions, so
that a few dozen questions on one document do not decide alone; and the confidence is fitted on every third document
that has unanswerable ones. What is unanswerable from one paragraph may well be answered in another, so none of these
documents can be told well; they say how answerable questions look.

`--documents` names a folder with more documents, NAME.txt, and their questions, NAME.jsonl. Both fits learn from them;
for the confidence each document is also asked some answerable questions of the others, which it cannot answer.
"""

import json
import random
import tempfile
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from importlib.resources import files
from pathlib import Path
from typing import Annotated

import numpy as np
import typer
from numpy.typing import NDArray

from answer.answerer import Answerer
from answer.confidence import SIGNALS
from answer.evidence import Evidence, candidates, read_together, score_sentences
from answer.features import FEATURES
from answer.followup import complete_question
from answer.model import MODEL_FILE, Model, load_model
from answer.question import Question as ReadQuestion
from answer.question import read_question, stand_in
from answer.reader import load_reader
from core.settings import Settings, bundled_corpus
from eval.dataset import Question, find_evidence, load_questions
from eval.lines import json_lines
from eval.text import normalize
from index import Index, add_documents, open_index
from ingest import Source, find_documents

__all__ = ["fit_confidence", "fit_ranker", "main"]

_SAMPLE = 20  # answerable and as many unanswerable questions of a general document
_FOREIGN = 30  # questions of other documents that each is asked
_FOREIGN_WEIGHT = 0.3  # of these together, where the questions of a document's own have 1

Floats = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Case:
    """A question read and retrieved for: its sentences, and which of them hold evidence."""

    question: ReadQuestion
    evidence: tuple[Evidence, ...]
    relevant: NDArray[np.bool_]


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


def fit_ranker(groups: Sequence[tuple[Floats, NDArray[np.bool_], float]], l2: float = 1e-3) -> Floats:
    """Return the weights that make relevant rows likely under a softmax within each group.

    Args:
        groups: for each question the features, float of shape (sentences, features), which rows are relevant, and the
            question's weight; a group without a relevant row is left out.
        l2: the strength of the penalty on the squared weights.
    """
    from scipy.optimize import minimize
    from scipy.special import logsumexp, softmax

    kept = [group for group in groups if group[1].any()]
    total = sum(weight for _, _, weight in kept)

    def loss(weights: Floats) -> tuple[float, Floats]:
        value, gradient = l2 * float(weights @ weights), 2 * l2 * weights
        for rows, relevant, weight in kept:
            scores = rows @ weights
            value += weight / total * float(logsumexp(scores) - logsumexp(scores[relevant]))
            gradient = gradient + weight / total * (softmax(scores) @ rows - softmax(scores[relevant]) @ rows[relevant])
        return value, gradient

    return np.asarray(minimize(loss, np.zeros(kept[0][0].shape[1]), jac=True, method="L-BFGS-B").x)


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


def main(
    general: Annotated[Path | None, typer.Option(help="A folder of general questions.")] = None,
    documents: Annotated[Path | None, typer.Option(help="A folder of NAME.txt with questions in NAME.jsonl.")] = None,
    false_refusals: Annotated[float, typer.Option(help="Share of answerable questions that may be refused.")] = 0.1,
    keep_scorer: Annotated[bool, typer.Option(help="Fit the confidence alone.")] = False,
) -> None:
    """Fit and write the model; one of --general and --documents is needed, for a document is judged by the others."""
    if general is None and documents is None:
        raise typer.BadParameter("give --general DIR, --documents DIR or both: a document is judged by a fit on others")
    with tempfile.TemporaryDirectory() as folder:
        home = Path(folder)
        kept = load_model()
        first, sentence = (kept.first, kept.sentence) if keep_scorer else _fit_scorer(home, general, documents)
        exams = list(_exams(home, general, documents))
        noted = [note for number in range(len(exams)) for note in _take(exams, number, home, (first, sentence))]
    rows = np.array([note.signals for note in noted])
    answerable = np.array([note.answerable for note in noted])
    numbers, foreign = np.array([note.document for note in noted]), np.array([note.foreign for note in noted])
    counts = Counter((note.document, note.foreign) for note in noted)
    weights = np.array([(_FOREIGN_WEIGHT if n.foreign else 1) / counts[n.document, n.foreign] for n in noted])
    fitted, bias, threshold, held_out = fit_confidence(rows, answerable, numbers, weights, false_refusals)
    for number, exam in enumerate(exams):
        _tell(
            exam.name, held_out[numbers == number], answerable[numbers == number], foreign[numbers == number], threshold
        )
    _write(first, sentence, fitted, bias, threshold)


def _fit_scorer(home: Path, general: Path | None, documents: Path | None) -> tuple[Sequence[float], Sequence[float]]:
    """Return the weights before and after the reader has read; the second are fitted on what it would be given."""
    own = [c for name, sources, asked in _sets(documents) for c in _own_cases(home / name, sources, asked)]
    others = list(_general_cases(general, home)) if general else []
    unread = fit_ranker(_weighed(_rows, own, others))
    first = (*unread[:-1], 0.0)
    reads = Model(first, first, (), 0.0, 0.0)
    return first, tuple(fit_ranker(_weighed(lambda case: _rows(_read(case, reads)), own, others)))


def _weighed(
    rows: Callable[[Case], tuple[Floats, NDArray[np.bool_]]], own: Sequence[Case], others: Sequence[Case]
) -> list[tuple[Floats, NDArray[np.bool_], float]]:
    """The rows of cases with their weights: all others together weigh as much as all own ones."""
    groups = [(*rows(case), 1.0) for case in own]
    general = [rows(case) for case in others]
    share = sum(r.any() for _, r, _ in groups) / max(1, sum(r.any() for _, r in general))
    return groups + [(values, relevant, share) for values, relevant in general]


def _read(case: Case, model: Model) -> Case:
    """Return a case with the sentences that the reader reads, and no others."""
    relevant = {
        (e.hit.passage.id, e.span): is_relevant for e, is_relevant in zip(case.evidence, case.relevant, strict=True)
    }
    nearest = sorted(case.evidence, key=lambda e: -model.first_score(e.features))
    unread = [e for sentences in read_together(nearest) for e in sentences]
    found = score_sentences(case.question, unread, model, load_reader())
    return Case(case.question, found, np.array([relevant[e.hit.passage.id, e.span] for e in found], dtype=bool))


def _sets(documents: Path | None) -> Iterator[tuple[str, Sequence[Source], tuple[Question, ...]]]:
    """Yield the documents with development questions: the bundled one, and those of a folder."""
    chapter = load_questions(Path(str(files("eval.questions") / "chapter09.jsonl")), "dev")
    yield "chapter09", find_documents([bundled_corpus()]), chapter
    for path in sorted(documents.glob("*.jsonl")) if documents else ():
        yield path.stem, find_documents([path.with_suffix(".txt")]), load_questions(path, "dev")


def _exams(home: Path, general: Path | None, documents: Path | None) -> Iterator[Exam]:
    for name, sources, questions in _sets(documents):
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


def _take(
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


def _tell(
    name: str, confidence: Floats, answerable: NDArray[np.bool_], foreign: NDArray[np.bool_], threshold: float
) -> None:
    from sklearn.metrics import roc_auc_score

    refused = confidence < threshold
    area = roc_auc_score(answerable[~foreign], confidence[~foreign])
    typer.echo(
        f"{name:40} area {area:.2f}; refuses {refused[answerable].mean():.2f} of answerable, "
        f"{refused[~answerable & ~foreign].mean():.2f} of unanswerable, {refused[foreign].mean():.2f} of foreign ones"
    )


def _own_cases(home: Path, sources: Sequence[Source], questions: Sequence[Question]) -> Iterator[Case]:
    settings = Settings(home=home)
    add_documents(settings, sources)
    index = open_index(settings)
    for q in questions:
        completed = complete_question(q.question, q.history)
        if stand_in(completed):
            continue
        gold = [place for quote in q.evidence for place in find_evidence(quote, index.documents.values())]
        asked, evidence = _retrieve(index, completed, settings)
        relevant = [any(g.span[0] < e.span[1] and e.span[0] < g.span[1] for g in gold) for e in evidence]
        yield Case(asked, evidence, np.array(relevant, dtype=bool) & q.answerable)
    index.close()


def _general_cases(folder: Path, home: Path, most: int = 1500) -> Iterator[Case]:
    asked = [q for q in json_lines(folder / "questions.jsonl") if q["answerable"]]
    asked = random.Random(0).sample(asked, min(most, len(asked)))  # noqa: S311 - a sample, no secret
    for document in json_lines(folder / "documents.jsonl"):
        settings = Settings(home=home / "general")
        path = home / "document.txt"
        path.write_text(document["text"], encoding="utf-8")
        add_documents(settings, [Source(path, "document")])
        index = open_index(settings)
        for q in asked:
            if q["doc_id"] == document["doc_id"]:
                question, evidence = _retrieve(index, q["question"], settings)
                relevant = [any(normalize(a) in normalize(e.text) for a in q["answers"]) for e in evidence]
                yield Case(question, evidence, np.array(relevant, dtype=bool))
        index.close()


def _retrieve(index: Index, question: str, settings: Settings) -> tuple[ReadQuestion, tuple[Evidence, ...]]:
    hits = index.search(question, top=settings.top)
    read = read_question(question, index.variants)
    return read, tuple(candidates(read, hits, index.sentence_similarities(question, hits), index))


def _rows(case: Case) -> tuple[Floats, NDArray[np.bool_]]:
    return np.array([e.features for e in case.evidence]), case.relevant


def _write(
    first: Sequence[float], sentence: Sequence[float], confidence: Floats, bias: float, threshold: float
) -> None:
    model = {
        "first": {name: round(float(w), 4) for name, w in zip(FEATURES, first, strict=True)},
        "sentence": {name: round(float(w), 4) for name, w in zip(FEATURES, sentence, strict=True)},
        "confidence": {name: round(float(w), 4) for name, w in zip(SIGNALS, confidence, strict=True)},
        "bias": round(bias, 4),
        "threshold": round(threshold, 4),
    }
    MODEL_FILE.write_text(json.dumps(model, indent=1) + "\n", encoding="utf-8")
    typer.echo(json.dumps(model, indent=1))


if __name__ == "__main__":
    typer.run(main)
