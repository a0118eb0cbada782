"""What the reader is taught in each stage: groups drawn from general questions and from those written for it."""

import random
from collections.abc import Sequence
from importlib.resources import files
from itertools import islice
from pathlib import Path

from answer.reader import Reads
from eval.reader.data import (
    Asked,
    Group,
    general_group,
    held_out,
    read_articles,
    read_general,
    read_texts,
    read_written,
    written_group,
)
from eval.reader.like import like_group, names_of
from eval.reader.passages import as_read, foreign_questions, passage_group, sheets_of
from eval.reader.thesaurus import Thesaurus
from index.embedder import load_embedder

__all__ = ["Lessons"]

_GENERAL, _FOREIGN = 0.15, 0.14  # general and foreign questions with whole passages, to each one written
_LIKE = 0.13  # groups of copies of written questions' sentences, and as many of general ones', to each one written
_NEWEST = "december"  # the folder of the texts that the first stages did not know


class Lessons:
    """The articles with their questions; `unseen` are those kept out of training, `sheets` the passages of each.

    Args:
        general: a folder of general questions (see eval.reader.data).
        thesaurus: a folder of WordNet's database files.
        draw: draws what is taught.
    """

    def __init__(self, general: Path, thesaurus: Path, draw: random.Random) -> None:
        embedder = load_embedder()
        folder = Path(str(files("eval.reader")))
        written, self._texts = folder / "written.jsonl", folder / "texts"
        self._draw, self._words = draw, Thesaurus(thesaurus)
        articles = read_articles(general, embedder)
        kept_out = held_out(written)
        self._general = [q for q in read_general(general, articles, embedder) if q.article not in kept_out]
        articles |= read_texts(self._texts, embedder)
        self._own = read_written(written, articles, embedder, "train")
        self.unseen = read_written(written, articles, embedder, "validation")
        self.sheets = {name: sheets_of(article) for name, article in articles.items()}
        self._foreign = foreign_questions(self._own, articles, embedder, draw)
        self._names = names_of(article for name, article in articles.items() if name not in kept_out)
        self._articles = articles

    def first(self) -> list[Group]:
        """Sentences with general questions."""
        return self._of_general(self._general)

    def second(self) -> list[Group]:
        """Sentences with the questions written for it, and half as many general ones."""
        groups = [written_group(q, self._articles[q.article], self._draw) for q in self._own]
        return groups + self._of_general(self._draw.sample(self._general, len(groups) // 2))

    def whole(self, written: Sequence[Asked] | None = None) -> list[Group]:
        """Whole passages with written questions, all unless given, some general and some foreign ones."""
        own = self._own if written is None else written
        others = self._draw.sample(self._general, int(_GENERAL * len(own)))
        others += self._draw.sample(self._foreign, int(_FOREIGN * len(own)))
        return [passage_group(q, self.sheets[q.article], self._draw) for q in (*own, *others)]

    def likes(self, written: Sequence[Asked]) -> list[Group]:
        """The same, and sentences among copies that speak of something else."""
        count = int(_LIKE * len(written))
        return [*self.whole(written), *self._copied(self._own, count), *self._copied(self._general, count)]

    def newest_as_read(self, reader: Reads) -> list[Asked]:
        """The questions on the newest texts and half as many others, the passages that a reader likes best first."""
        newest = {path.stem for path in (self._texts / _NEWEST).glob("*.txt")}
        found = [q for q in self._own if q.article in newest]
        found += self._draw.sample([q for q in self._own if q.article not in newest], len(found) // 2)
        return [as_read(q, self.sheets[q.article], reader) for q in found]

    def _of_general(self, asked: Sequence[Asked]) -> list[Group]:
        return [general_group(q, self._articles[q.article], self._draw, self._words) for q in asked]

    def _copied(self, asked: Sequence[Asked], count: int) -> list[Group]:
        shuffled = self._draw.sample(asked, len(asked))
        drawn = (like_group(q, self._articles[q.article], self._names, self._draw) for q in shuffled)
        return list(islice(filter(None, drawn), count))
