"""The scorer of sentences: a linear ranker, fitted on the sentences that are retrieved for questions."""

import random
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from answer.evidence import Evidence, candidates, read_together, score_sentences
from answer.followup.completing import complete_question
from answer.model import Model
from answer.question import Question as ReadQuestion
from answer.question import read_question, stand_in
from answer.reader import load_reader
from core.settings import Settings
from eval.dataset import Question, find_evidence
from eval.fit.sets import development_sets
from eval.lines import json_lines
from eval.text import normalize
from index import Index, add_documents, open_index
from ingest import Source

__all__ = ["fit_ranker", "fit_scorer"]

Floats = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Case:
    """A question read and retrieved for: its sentences, and which of them hold evidence."""

    question: ReadQuestion
    evidence: tuple[Evidence, ...]
    relevant: NDArray[np.bool_]


def fit_scorer(home: Path, general: Path | None, documents: Path | None) -> tuple[Sequence[float], Sequence[float]]:
    """Return the weights before and after the reader has read; the second are fitted on what it would be given."""
    own = [c for name, sources, asked in development_sets(documents) for c in _own_cases(home / name, sources, asked)]
    others = list(_general_cases(general, home)) if general else []
    unread = fit_ranker(_weighed(_rows, own, others))
    first = (*unread[:-1], 0.0)
    reads = Model(first, first, (), 0.0, 0.0)
    return first, tuple(fit_ranker(_weighed(lambda case: _rows(_read(case, reads)), own, others)))


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
