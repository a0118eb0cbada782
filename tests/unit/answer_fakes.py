"""An index made by hand: every number in it can be worked out on paper."""

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import replace

import numpy as np
from numpy.typing import NDArray

from answer.confidence import SIGNALS
from answer.features import FEATURES
from answer.model import Model, load_model
from answer.reader import Stretch
from core.records import Document, Hit, Passage, PassageKind, Span
from index import passage_text
from index.labels import TableNumbers, table_number
from index.lexical import Lookup
from index.postings import Postings, postings_of
from index.terms import analyze
from ingest import Metadata, build_document, parse_text, split_document


def lookup_in(postings: Postings, passages: Sequence[Passage]) -> Lookup:
    """Look up passages that lie in memory, all of them live."""
    return Lookup(postings, np.ones(len(passages), dtype=bool), lambda number: passages[number].id)


class FakeIndex:
    """Finds every passage, in order of the words it shares with the query; its cosines are shares of shared words."""

    def __init__(self, *texts: str) -> None:
        docs = [
            build_document(
                parse_text(text),
                document_id=f"d{i}",
                source=f"d{i}.md",
                metadata=Metadata(title=f"D{i}"),
                content_hash="0",
            )
            for i, text in enumerate(texts)
        ]
        self._hold(docs)

    @classmethod
    def of(cls, *documents: Document) -> "FakeIndex":
        """An index of documents that are no plain text."""
        index = cls()
        index._hold(documents)
        return index

    def _hold(self, documents: Sequence[Document]) -> None:
        self.documents: dict[str, Document] = {d.id: d for d in documents}
        self.passages: list[Passage] = [p for d in documents for p in split_document(d, passage_words=40)]

    def knows(self, term: str) -> bool:
        return any(term in analyze(d.text) for d in self.documents.values())

    def documents_with(self, terms: Collection[str]) -> frozenset[str]:
        wanted = set(terms)
        return frozenset(p.document_id for p in self.passages if not wanted.isdisjoint(analyze(passage_text(p))))

    def variants(self, term: str) -> frozenset[str]:
        return frozenset()

    def idf(self, term: str) -> float:
        return 1.0

    def hits_in(self, document: str, span: Span) -> tuple[Hit, ...]:
        found = [p for p in self.passages if p.document_id == document and p.start < span[1] and span[0] < p.end]
        return tuple(Hit(p, 0.0, 99, ("place",), 0.0) for p in found)

    def tables_named(self, query: str) -> frozenset[str]:
        numbers = postings_of([number] if (number := table_number(p)) else [] for p in self.passages)
        return frozenset(TableNumbers([lookup_in(numbers, self.passages)]).find(query))

    def cosines(self, query: str, texts: Sequence[str]) -> list[float]:
        return [self._share(query, text) for text in texts]

    def embed(self, texts: Sequence[str]) -> NDArray[np.float32]:
        """A unit vector a text, at right angles to those of all others."""
        return np.eye(len(texts), dtype=np.float32)

    def search(self, query: str, *, top: int, pinned: Sequence[tuple[str, Span]] = ()) -> tuple[Hit, ...]:
        scored = sorted(((self._share(query, p.text), p) for p in self.passages), key=lambda pair: -pair[0])
        return tuple(Hit(p, s, rank, ("bm25",), s) for rank, (s, p) in enumerate(scored[:top], start=1))

    def sentence_similarities(self, query: str, hits: Sequence[Hit]) -> tuple[tuple[float, ...], ...]:
        return tuple(
            tuple(self._share(query, self.documents[h.passage.document_id].text[a:b]) for a, b in h.passage.sentences)
            for h in hits
        )

    def sentence_vectors(self, hits: Sequence[Hit]) -> tuple[NDArray[np.float32], ...]:
        """A unit vector a sentence: its terms, each a dimension and equally long."""
        terms = sorted({term for d in self.documents.values() for term in analyze(d.text)})
        place = {term: i for i, term in enumerate(terms)}
        found = []
        for h in hits:
            vectors = np.zeros((len(h.passage.sentences), len(terms)), dtype=np.float32)
            for row, (a, b) in enumerate(h.passage.sentences):
                own = {place[term] for term in analyze(self.documents[h.passage.document_id].text[a:b])}
                vectors[row, list(own)] = 1 / max(len(own), 1) ** 0.5
            found.append(vectors)
        return tuple(found)

    @staticmethod
    def _share(query: str, text: str) -> float:
        wanted = set(analyze(query))
        return len(wanted.intersection(analyze(text))) / len(wanted) if wanted else 0.0


class Read(Mapping[str, Document]):
    """Documents that know which of them were read, and how often any was."""

    def __init__(self, documents: Mapping[str, Document]) -> None:
        self._documents = documents
        self.names: set[str] = set()
        self.times = 0

    def __getitem__(self, key: str) -> Document:
        self.names.add(key)
        self.times += 1
        return self._documents[key]

    def __contains__(self, key: object) -> bool:
        return key in self._documents

    def __iter__(self) -> Iterator[str]:
        return iter(self._documents)

    def __len__(self) -> int:
        return len(self._documents)


class Indifferent:
    """A reader that finds every sentence as good."""

    def scores(self, question: str, stretches: Sequence[Stretch]) -> list[tuple[float, ...]]:
        return [(0.0,) * len(stretch.sentences) for stretch in stretches]


def plain_model(bias: float) -> Model:
    """A model that ranks by the shares of shared words, and is as sure of everything as `bias` says."""
    weights = (1.0, 0.0, 1.0, *(0.0,) * (len(FEATURES) - 3))
    return Model(first=weights, sentence=weights, confidence=(0.0,) * len(SIGNALS), bias=bias, threshold=0.5)


def sure_by_words() -> Model:
    """The shipped model, but as sure as a sentence has the words of the question: in even measure at two in five."""
    by_words = tuple(10.0 if name == "worded" else 0.0 for name in SIGNALS)
    return replace(load_model(), confidence=by_words, bias=-4.0, threshold=0.5)


def hit(passage: Passage, score: float = 1.0) -> Hit:
    return Hit(passage, score, 1, ("dense",), score)


def passage(text: str, kind: PassageKind = PassageKind.PROSE) -> Passage:
    return Passage("d#0", "d", text, 0, len(text), 1, (), kind, ((0, len(text)),))
