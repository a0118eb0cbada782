"""Groups to teach the reader to read passages: a question, passages near it, and which of their sentences answer."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

import numpy as np

from answer.reader import Reads, Stretch
from eval.reader.data import Article, Asked, Draw, Group
from index.embedder import Embedder

__all__ = ["Sheet", "as_read", "foreign_questions", "passage_group", "sheets_of"]

_WORDS = 90  # of a passage, as core.settings has it
_READ = 10  # passages, of which the reader says which look most like answers
_NEGATIVES = 2  # near passages, less the one that answers


@dataclass(frozen=True, slots=True)
class Sheet:
    """A stretch of an article, and the numbers of its sentences in the article."""

    stretch: Stretch
    numbers: tuple[int, ...]


def sheets_of(article: Article) -> tuple[Sheet, ...]:
    """Cut an article into passages as Ibid does: whole sentences of one paragraph each, a row of a table alone."""
    runs: list[list[int]] = []
    for number, (start, _) in enumerate(article.spans):
        if runs and _goes_on(article, runs[-1], start, article.slice_of(number)):
            runs[-1].append(number)
        else:
            runs.append([number])
    return tuple(_sheet(article, run) for run in runs)


def passage_group(asked: Asked, sheets: Sequence[Sheet], draw: Draw) -> Group:
    """Draw passages near a question: one that answers it if any does, near ones up to two in all, and one farther."""
    place = {number: at for at, sheet in enumerate(sheets) for number in sheet.numbers}
    barred = {place[number] for number in asked.answers | asked.barred}
    near = [at for at in dict.fromkeys(place[number] for number in asked.order) if at not in barred]
    picked = [place[draw.choice(sorted(asked.answers))]] if asked.answers else []
    picked += draw.sample(near[:4], min(_NEGATIVES - len(picked), len(near[:4])))
    picked += [draw.choice(near[4:14])] if len(near) > 4 else []
    read = [sheets[at] for at in dict.fromkeys(picked)]
    answers = tuple(number in asked.answers for sheet in read for number in sheet.numbers)
    return Group(asked.question, tuple(sheet.stretch for sheet in read), answers)


def as_read(asked: Asked, sheets: Sequence[Sheet], reader: Reads) -> Asked:
    """Return a question with the sentences of its nearest passages in the order in which the reader likes these."""
    place = {number: at for at, sheet in enumerate(sheets) for number in sheet.numbers}
    near = list(dict.fromkeys(place[number] for number in asked.order))[:_READ]
    logits = reader.scores(asked.question, [sheets[at].stretch for at in near])
    best = [at for at, _ in sorted(zip(near, logits, strict=True), key=lambda pair: -max(pair[1]))]
    first = [number for at in best for number in sheets[at].numbers]
    return replace(asked, order=tuple(dict.fromkeys((*first, *asked.order))))


def foreign_questions(
    asked: Sequence[Asked], articles: Mapping[str, Article], embedder: Embedder, draw: Draw
) -> list[Asked]:
    """Ask each question of an article that it was not written for, where nothing answers it."""
    names = sorted({q.article for q in asked})
    found = []
    for q, vector in zip(asked, embedder.embed([q.question for q in asked]), strict=True):
        other = draw.choice([name for name in names if name != q.article])
        order = np.argsort(-(articles[other].vectors @ vector), kind="stable")
        found.append(Asked(other, q.question, frozenset(), frozenset(), tuple(int(i) for i in order)))
    return found


def _goes_on(article: Article, run: Sequence[int], start: int, sentence: str) -> bool:
    """Say whether a sentence goes into the passage of a run of sentences before it."""
    before = article.slice_of(run[-1])
    if "\t" in before or "\t" in sentence or "\n\n" in article.text[article.spans[run[-1]][1] : start]:
        return False
    return sum(len(article.slice_of(i).split()) for i in run) + len(sentence.split()) <= _WORDS


def _sheet(article: Article, run: Sequence[int]) -> Sheet:
    first = article.slice_of(run[0])
    text = article.sentences[run[0]]  # with what it points back to, or stands under, in front
    spans = [(0 if "\t" in first else len(text) - len(first), len(text))]
    for number in run[1:]:
        start = len(text) + 1
        text = f"{text} {article.slice_of(number)}"
        spans.append((start, len(text)))
    return Sheet(Stretch(text, tuple(spans)), tuple(run))
