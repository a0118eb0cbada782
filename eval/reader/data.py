"""What the reader is trained on: articles, questions, and groups of a question with sentences that answer or do not."""

import random
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from answer.reader import Stretch
from eval.lines import json_lines
from eval.reader.thesaurus import Thesaurus
from index.embedder import Embedder
from ingest import points_back
from ingest.sentences import sentence_spans

__all__ = [
    "LABEL",
    "Article",
    "Asked",
    "Group",
    "general_group",
    "held_out",
    "read_article",
    "read_articles",
    "read_general",
    "read_texts",
    "read_written",
    "written_group",
]

Floats = NDArray[np.float32]
Draw = random.Random

_PARAGRAPH = re.compile(r"[^\n]+(?:\n(?!\n)[^\n]+)*")
LABEL = re.compile(r"\d+\. ")  # of a note
_ENDS = tuple(".?!:;)]”’\"'")  # how a paragraph ends, and a heading does not
_FEWEST = 10  # sentences of an article that do not hold the answer
_STEM = 5  # letters; words that share so many count as one
_REWORD = 0.6  # the share of a question's words which its sentence shares too that are given in other words
_QUESTION_WORDS = frozenset(
    "what which when where whose does were have many much that this with from kind type".split()
)


@dataclass(frozen=True, slots=True)
class Article:
    """A text and its sentences: slices, and the words to read, with the sentence before where one points back to it."""

    text: str
    spans: tuple[tuple[int, int], ...]
    sentences: tuple[str, ...]
    vectors: Floats

    def slice_of(self, number: int) -> str:
        """Return a sentence as it stands in the text."""
        return self.text[slice(*self.spans[number])]


@dataclass(frozen=True, slots=True)
class Asked:
    """A question of an article: which sentences answer, which may not stand against them, and how near each is."""

    article: str
    question: str
    answers: frozenset[int]
    barred: frozenset[int]
    order: tuple[int, ...]
    within: frozenset[int] = frozenset()


@dataclass(frozen=True, slots=True)
class Group:
    """A question, the texts that are read for it, and whether each of their sentences in turn answers it."""

    question: str
    stretches: tuple[Stretch, ...]
    answers: tuple[bool, ...]


def read_articles(folder: Path, embedder: Embedder) -> dict[str, Article]:
    """Read documents.jsonl ({doc_id, text}) of a folder."""
    return {
        stored["doc_id"]: read_article(stored["text"], embedder) for stored in json_lines(folder / "documents.jsonl")
    }


def read_texts(folder: Path, embedder: Embedder) -> dict[str, Article]:
    """Read the texts (NAME.txt) of a folder and of those in it."""
    return {
        path.stem: read_article(path.read_text(encoding="utf-8"), embedder) for path in sorted(folder.rglob("*.txt"))
    }


def read_article(text: str, embedder: Embedder) -> Article:
    """Split a text, whose blocks are set apart by blank lines, into sentences; headings are none.

    A block with tabs is a table: caption, column names, and rows, each of which is read as Ibid reads it, under both.
    """
    spans: list[tuple[int, int]] = []
    sentences: list[str] = []
    for paragraph in _PARAGRAPH.finditer(text):
        block = _rows if "\t" in paragraph.group() else _prose
        if block is _prose and not paragraph.group().rstrip().endswith(_ENDS):
            continue
        for span, sentence in block(text, *paragraph.span()):
            spans.append(span)
            sentences.append(sentence)
    return Article(text, tuple(spans), tuple(sentences), embedder.embed(sentences))


def _prose(text: str, start: int, end: int) -> Iterator[tuple[tuple[int, int], str]]:
    before = ""
    label = LABEL.match(text, start, end)
    for a, b in sentence_spans(text, label.end() if label else start, end):
        sentence = text[a:b]
        yield (a, b), f"{before} {sentence}" if before and points_back(sentence) else sentence
        before = sentence


def _rows(text: str, start: int, end: int) -> Iterator[tuple[tuple[int, int], str]]:
    lines = list(re.finditer(r"[^\n]+", text[start:end]))
    head = next(i for i, line in enumerate(lines) if "\t" in line.group())
    over = " | ".join(cell for line in lines[: head + 1] for cell in line.group().split("\t"))
    for row in lines[head + 1 :]:
        yield (start + row.start(), start + row.end()), f"{over} {row.group()}"


def read_general(folder: Path, articles: dict[str, Article], embedder: Embedder) -> list[Asked]:
    """Read questions.jsonl of a folder, as made from SQuAD: of an answer the string is known, and its paragraph.

    The sentence taken to answer is that of the paragraph which has the string and shares most words with the question.
    Answerable questions without one are left out, and those whose string stands nearly everywhere.
    """
    stored = json_lines(folder / "questions.jsonl")
    found = []
    for q, order in zip(stored, _orders(stored, articles, embedder), strict=True):
        article = articles[q["doc_id"]]
        start, end = q["paragraph_span"]
        within = [i for i, (a, b) in enumerate(article.spans) if start <= a and b <= end]
        said = re.compile("|".join(rf"(?<!\w){re.escape(answer)}(?!\w)" for answer in q["answers"]) or "(?!)")
        holding = [i for i in range(len(article.spans)) if said.search(article.slice_of(i))]
        best = max(
            (i for i in holding if i in within),
            key=lambda i: (len(_words(q["question"]) & _words(article.slice_of(i))), -order.index(i)),
            default=None,
        )
        if (best is not None or not q["answerable"]) and len(article.spans) - len(holding) > _FEWEST:
            answers = frozenset() if best is None else frozenset({best})
            found.append(Asked(q["doc_id"], q["question"], answers, frozenset(holding), order, frozenset(within)))
    return found


def read_written(path: Path, articles: dict[str, Article], embedder: Embedder, split: str) -> list[Asked]:
    """Read questions written for the reader, {doc_id, question, answerable, evidence (slices), split}, of one split."""
    stored = [q for q in json_lines(path) if q["split"] == split]
    found = []
    for q, order in zip(stored, _orders(stored, articles, embedder), strict=True):
        spans = articles[q["doc_id"]].spans
        answers = frozenset(i for i, span in enumerate(spans) for gold in q["evidence"] if _covers(gold, span))
        found.append(Asked(q["doc_id"], q["question"], answers, answers, order))
    return found


def held_out(path: Path) -> frozenset[str]:
    """Return the articles whose questions in the file of written ones are kept out of training."""
    return frozenset(q["doc_id"] for q in json_lines(path) if q["split"] == "validation")


def general_group(asked: Asked, article: Article, draw: Draw, thesaurus: Thesaurus) -> Group:
    """Draw sentences near a general question: two of the nearest four, one farther or beside the answer.

    Half of the answered questions are asked in other words, since most of them were written in those of their sentence.
    """
    near = [i for i in asked.order if i not in asked.barred][:25]
    if not asked.answers:
        inside = [i for i in near if i in asked.within] or near
        picked = dict.fromkeys([inside[0], draw.choice(near[:4])])
        return _alone(asked.question, picked, article, answered=False)
    (gold,) = asked.answers
    beside = [i for i in (gold - 1, gold + 1) if 0 <= i < len(article.spans) and i not in asked.barred]
    picks = [gold, *draw.sample(near[:4], 2), draw.choice(near[4:16] + beside)]
    question = asked.question
    if draw.random() < 0.5:
        question = _reword(question, article.sentences[gold], thesaurus, draw)
    return _alone(question, picks, article, answered=True)


def written_group(asked: Asked, article: Article, draw: Draw) -> Group:
    """Draw sentences near a written question: the nearest and two farther ones, none of which answers."""
    near = [i for i in asked.order if i not in asked.answers][:20]
    if not asked.answers:
        picks = [*draw.sample(near[:4], 2), *draw.sample(near[4:12], 2)]
        return _alone(asked.question, picks, article, answered=False)
    picks = [draw.choice(sorted(asked.answers)), *draw.sample(near[:5], 3), *draw.sample(near[5:], 2)]
    return _alone(asked.question, picks, article, answered=True)


def _alone(question: str, picks: Iterable[int], article: Article, *, answered: bool) -> Group:
    """A group of sentences that are read one by one; the first answers when the question is `answered`."""
    texts = [article.sentences[i] for i in picks]
    stretches = tuple(Stretch(text, ((0, len(text)),)) for text in texts)
    return Group(question, stretches, (answered, *(False for _ in texts[1:])))


def _orders(
    stored: Sequence[dict[str, Any]], articles: dict[str, Article], embedder: Embedder
) -> Iterable[tuple[int, ...]]:
    """For each question the sentences of its article, nearest first, by the sum of both kinds of cosine."""
    from sklearn.feature_extraction.text import TfidfVectorizer

    terms = TfidfVectorizer(sublinear_tf=True, token_pattern=r"\w+")  # noqa: S106 - no password
    terms.fit([sentence for article in articles.values() for sentence in article.sentences])
    by_words = {name: terms.transform(article.sentences) for name, article in articles.items()}
    texts = [q["question"] for q in stored]
    for q, vector, words in zip(stored, embedder.embed(texts), terms.transform(texts), strict=True):
        shared = np.asarray((by_words[q["doc_id"]] @ words.T).todense())[:, 0]
        nearness = articles[q["doc_id"]].vectors @ vector + 0.5 * shared
        yield tuple(int(i) for i in np.argsort(-nearness, kind="stable"))


def _reword(question: str, sentence: str, thesaurus: Thesaurus, draw: Draw) -> str:
    """Give words that a question shares with a sentence in others, names aside."""
    stems = {word[:_STEM] for word in re.findall(r"\w+", sentence.lower())}

    def other(match: re.Match[str]) -> str:
        word = match.group()
        shared = word.islower() and len(word) >= _STEM - 1 and word[:_STEM] in stems
        if not shared or word in _QUESTION_WORDS or draw.random() > _REWORD:
            return word
        fresh = [o for o in thesaurus.others(word) if o[:_STEM] not in stems]
        return draw.choice(fresh) if fresh else word

    return re.sub(r"[A-Za-z]+", other, question)


def _covers(gold: Sequence[int], span: tuple[int, int]) -> bool:
    """Say whether two slices share more than half of the shorter one."""
    shared = min(gold[1], span[1]) - max(gold[0], span[0])
    return shared > 0.5 * min(gold[1] - gold[0], span[1] - span[0])


def _words(text: str) -> set[str]:
    return set(re.findall(r"\w{4,}", text.lower()))
