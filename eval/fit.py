"""Fit the answerer's numbers to development questions: `python -m eval.fit [--general DIR]` writes answer/model.json.

Two fits. The sentence scorer is a linear ranker: over the sentences retrieved for a question it maximises the softmax
probability of those that hold evidence (ListNet with binary relevance, Cao et al. 2007, 'Learning to rank: from
pairwise approach to listwise approach'). The confidence is a logistic regression of answerable against unanswerable
questions over answer.confidence.SIGNALS; its threshold is the highest at which, over repeated cross-validation, at most
a given share of the answerable questions is refused.

`--general` names a folder with documents.jsonl ({doc_id, title, text}) and questions.jsonl ({qid, doc_id, question,
answers, answerable, paragraph_span}), as made from SQuAD; half of the scorer's weight then lies on its questions, so
that a few dozen questions on one document do not decide alone. The confidence is not fitted on it: what is unanswerable
from one paragraph may well be answered in another.
"""

import json
import random
import tempfile
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from importlib.resources import files
from pathlib import Path
from typing import Annotated, Any

import numpy as np
import typer
from numpy.typing import NDArray

from answer.confidence import SIGNALS, signals
from answer.evidence import Evidence, score_sentences
from answer.features import FEATURES
from answer.followup import complete_question
from answer.model import MODEL_FILE, Model
from answer.question import Question as ReadQuestion
from answer.question import read_question, stand_in
from core.settings import Settings, bundled_corpus
from eval.dataset import find_evidence, load_questions
from eval.text import normalize
from index import Index, add_documents, open_index
from ingest import Source, find_documents

__all__ = ["fit_confidence", "fit_ranker", "main"]

Floats = NDArray[np.float64]
_NEUTRAL = Model(sentence=(1.0,) * len(FEATURES), confidence=(0.0,) * len(SIGNALS), bias=0.0, threshold=0.0)


@dataclass(frozen=True, slots=True)
class Case:
    """A question read and retrieved for: its sentences, and which of them hold evidence."""

    question: ReadQuestion
    evidence: tuple[Evidence, ...]
    relevant: NDArray[np.bool_]
    answerable: bool


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


def fit_confidence(rows: Floats, answerable: NDArray[np.bool_], false_refusals: float) -> tuple[Floats, float, float]:
    """Return weights, bias and threshold of the confidence.

    Args:
        rows: the signals, float of shape (questions, signals).
        answerable: which questions the documents answer.
        false_refusals: the share of answerable questions that may be refused, out of fold.
    """
    from sklearn.linear_model import LogisticRegression
    from sklearn.model_selection import StratifiedKFold, cross_val_predict
    from sklearn.pipeline import make_pipeline
    from sklearn.preprocessing import StandardScaler

    pipeline = make_pipeline(StandardScaler(), LogisticRegression(C=0.1, max_iter=1000))
    folds = [StratifiedKFold(5, shuffle=True, random_state=seed) for seed in range(20)]
    held_out = np.mean(
        [cross_val_predict(pipeline, rows, answerable, cv=fold, method="predict_proba")[:, 1] for fold in folds], axis=0
    )
    threshold = float(np.quantile(held_out[answerable], false_refusals))
    refused = float((held_out[~answerable] < threshold).mean())
    typer.echo(f"confidence, out of fold: refuses {refused:.2f} at {false_refusals:.2f} false refusals")
    pipeline.fit(rows, answerable)
    scale, regression = pipeline[0], pipeline[1]
    weights = regression.coef_[0] / scale.scale_
    return weights, float(regression.intercept_[0] - weights @ scale.mean_), threshold


def main(
    general: Annotated[Path | None, typer.Option(help="A folder of general questions for the scorer.")] = None,
    false_refusals: Annotated[float, typer.Option(help="Share of answerable questions that may be refused.")] = 0.1,
) -> None:
    """Fit and write the model."""
    with tempfile.TemporaryDirectory() as folder:
        own = list(_own_cases(Path(folder)))
        groups = [(*_rows(case), 1.0) for case in own]
        if general:
            others = [(*_rows(case), 1.0) for case in _general_cases(general, Path(folder))]
            answered = sum(relevant.any() for _, relevant, _ in groups)
            share = answered / max(1, sum(relevant.any() for _, relevant, _ in others))
            groups += [(rows, relevant, share) for rows, relevant, _ in others]
        sentence = fit_ranker(groups)
        ranker = Model(tuple(sentence), _NEUTRAL.confidence, 0.0, 0.0)
        settings = Settings(home=Path(folder))
        index = open_index(settings)
        found = np.array([signals(case.question, _ranked(case, ranker), index) for case in own])
        index.close()
    answerable = np.array([case.answerable for case in own])
    weights, bias, threshold = fit_confidence(found, answerable, false_refusals)
    _write(sentence, weights, bias, threshold)


def _own_cases(home: Path) -> Iterator[Case]:
    settings = Settings(home=home)
    add_documents(settings, find_documents([bundled_corpus()]))
    index = open_index(settings)
    for q in load_questions(Path(str(files("eval.questions") / "chapter09.jsonl")), "dev"):
        completed = complete_question(q.question, q.history)
        if stand_in(completed):
            continue
        gold = [place for quote in q.evidence for place in find_evidence(quote, index.documents.values())]
        asked, evidence = _retrieve(index, completed, settings)
        relevant = [any(g.span[0] < e.span[1] and e.span[0] < g.span[1] for g in gold) for e in evidence]
        yield Case(asked, evidence, np.array(relevant) & q.answerable, q.answerable)
    index.close()


def _general_cases(folder: Path, home: Path, most: int = 1500) -> Iterator[Case]:
    asked: list[dict[str, Any]] = [json.loads(line) for line in (folder / "questions.jsonl").open(encoding="utf-8")]
    asked = random.Random(0).sample([q for q in asked if q["answerable"]], most)  # noqa: S311 - a sample, no secret
    for line in (folder / "documents.jsonl").open(encoding="utf-8"):
        document = json.loads(line)
        settings = Settings(home=home / "general")
        path = home / "document.txt"
        path.write_text(document["text"], encoding="utf-8")
        add_documents(settings, [Source(path, "document")])
        index = open_index(settings)
        for q in asked:
            if q["doc_id"] == document["doc_id"]:
                question, evidence = _retrieve(index, q["question"], settings)
                relevant = [any(normalize(a) in normalize(e.text) for a in q["answers"]) for e in evidence]
                yield Case(question, evidence, np.array(relevant, dtype=bool), answerable=True)
        index.close()


def _retrieve(index: Index, question: str, settings: Settings) -> tuple[ReadQuestion, tuple[Evidence, ...]]:
    hits = index.search(question, top=settings.top)
    read = read_question(question, index.variants)
    return read, score_sentences(read, hits, index.sentence_similarities(question, hits), index, _NEUTRAL)


def _rows(case: Case) -> tuple[Floats, NDArray[np.bool_]]:
    return np.array([e.features for e in case.evidence]), case.relevant


def _ranked(case: Case, model: Model) -> list[Evidence]:
    scored = [Evidence(e.hit, e.span, e.text, model.score(e.features), e.features) for e in case.evidence]
    return sorted(scored, key=lambda e: -e.score)


def _write(sentence: Floats, confidence: Floats, bias: float, threshold: float) -> None:
    model = {
        "sentence": {name: round(float(w), 4) for name, w in zip(FEATURES, sentence, strict=True)},
        "confidence": {name: round(float(w), 4) for name, w in zip(SIGNALS, confidence, strict=True)},
        "bias": round(bias, 4),
        "threshold": round(threshold, 4),
    }
    MODEL_FILE.write_text(json.dumps(model, indent=1) + "\n", encoding="utf-8")
    typer.echo(json.dumps(model, indent=1))


if __name__ == "__main__":
    typer.run(main)
