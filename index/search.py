"""Search an index: dense passages, dense sentences, BM25 and the numbers of tables, fused by reciprocal rank."""

from bisect import bisect_right
from collections.abc import Collection, Iterable, Mapping, Sequence
from functools import lru_cache
from itertools import takewhile
from threading import Lock
from typing import TYPE_CHECKING

from core.errors import IbidError
from core.records import Document, Hit, Passage, Span
from core.settings import Settings, go_offline
from index.labels import TableNumbers
from index.lexical import Lexical, lexical_of, read_bm25
from index.locks import Lease
from index.own_model import embedder_for, model_of
from index.reading import passage_text
from index.rows import RowNames
from index.store import lease_generation
from index.terms import analyze
from index.vectors import COLLECTIONS, Collections, Embeds, close_chroma, open_chroma

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

__all__ = ["Index", "fuse", "open_index"]

_QUESTIONS = 64  # question vectors kept


class Index:
    """An open index; safe to share between threads."""

    def __init__(  # noqa: PLR0913, PLR0917 - what an index is made of
        self,
        settings: Settings,
        documents: Iterable[Document],
        passages: Sequence[Passage],
        chroma: Collections,
        lexical: Lexical,
        embedder: Embeds | None = None,
        lease: Lease | None = None,
        of: "Index | None" = None,
    ) -> None:
        self.documents: Mapping[str, Document] = {document.id: document for document in documents}
        self._settings = settings
        self._passages = passages
        self._by_id = {passage.id: passage for passage in passages}
        self._client = chroma
        self._lease = lease
        self._whole = of
        self._within = _ids(passages) if of else dict.fromkeys(COLLECTIONS)
        self._collections = {n: chroma.get_collection(n, embedding_function=None) for n in COLLECTIONS}
        self._lexical = lexical
        self._embedder = embedder
        self._tables = TableNumbers(passages)
        self._rows = RowNames(passages, self.documents)
        self._places: dict[str, list[Passage]] = {}
        for passage in sorted(passages, key=lambda p: p.start):
            self._places.setdefault(passage.document_id, []).append(passage)
        self._loading = Lock()
        self._question_vector = lru_cache(maxsize=_QUESTIONS)(self._embed_question)

    def only(self, ids: Collection[str]) -> "Index":
        """Return an index of some of the documents alone, which answers as one built of just these.

        It looks into the files of this one and is closed with it.
        """
        documents = [document for document in self.documents.values() if document.id in ids]
        passages = [passage for passage in self._passages if passage.document_id in ids]
        lexical = lexical_of([passage_text(passage) for passage in passages])
        whole = self._whole or self
        return Index(self._settings, documents, passages, self._client, lexical, embedder=whole, of=whole)

    def search(self, query: str, *, top: int, pinned: Sequence[tuple[str, Span]] = ()) -> tuple[Hit, ...]:
        """Return the `top` best passages for a query, best first.

        Args:
            query: what to look for.
            top: how many passages.
            pinned: (document id, slice) of places that a caller knows to matter; their passages come first.
        """
        vector = self._question_vector(query)
        dense = self._nearest("passages", vector)
        rankings = {
            "dense": dense,
            "sentence": self._nearest_by_sentence(vector),
            "bm25": self._lexical_ranking(query),
            "label": list(self._tables.find(query)),
            "row": self._rows.find(query)[: self._settings.candidates],
        }
        found = fuse(rankings, self._settings.rrf_k)
        if pinned:
            rankings["place"] = list(dict.fromkeys(h.passage.id for place in pinned for h in self.hits_in(*place)))
            best = found[0][1] if found else 0.0
            rest = [(i, score) for i, score in found if i not in rankings["place"]]
            found = [*((i, best + 1.0) for i in rankings["place"]), *rest]
        fused = found[: max(top, len(rankings.get("place", ())))]
        cosines = self._cosines("passages", [i for i, _ in fused], vector)
        return tuple(
            Hit(
                passage=self._by_id[i],
                score=score,
                rank=rank,
                retrievers=tuple(name for name, ids in rankings.items() if i in ids),
                similarity=cosines[i],
            )
            for rank, (i, score) in enumerate(fused, start=1)
        )

    def hits_in(self, document: str, span: Span) -> tuple[Hit, ...]:
        """Return the passages that overlap a slice of a document as hits, for what is shown beside the ranked ones."""
        passages = self._places.get(document, ())
        first = max(bisect_right(passages, span[0], key=lambda p: p.start) - 1, 0)
        within = takewhile(lambda p: p.start < span[1], passages[first:])
        return tuple(Hit(p, 0.0, self._settings.top + 1, ("place",), 0.0) for p in within if p.end > span[0])

    def documents_with(self, terms: Collection[str]) -> frozenset[str]:
        """Return the ids of the documents some passage of which holds any of some terms; see index.terms.analyze."""
        wanted = frozenset(terms)
        return frozenset(p.document_id for p in self._passages if not wanted.isdisjoint(analyze(passage_text(p))))

    def tables_named(self, query: str) -> frozenset[str]:
        """Return the ids of the passages that caption the tables a query names by number."""
        return frozenset(self._tables.find(query))

    def sentence_similarities(self, query: str, hits: Sequence[Hit]) -> tuple[tuple[float, ...], ...]:
        """Return, for each hit, the cosine of the query with each sentence of its passage."""
        ids = [[f"{h.passage.id}/{n}" for n in range(len(h.passage.sentences))] for h in hits]
        cosines = self._cosines("sentences", [i for group in ids for i in group], self._question_vector(query))
        return tuple(tuple(cosines[i] for i in group) for group in ids)

    def sentence_vectors(self, hits: Sequence[Hit]) -> "tuple[NDArray[np.float32], ...]":
        """Return, for each hit, the unit vectors of the sentences of its passage, float32 of shape (sentences, 384)."""
        import numpy as np

        ids = [[f"{h.passage.id}/{n}" for n in range(len(h.passage.sentences))] for h in hits]
        if not ids:
            return ()
        found = self._collections["sentences"].get(ids=[i for group in ids for i in group], include=["embeddings"])
        vectors = dict(zip(found["ids"], np.asarray(found["embeddings"], dtype=np.float32), strict=True))
        return tuple(np.array([vectors[i] for i in group]) for group in ids)

    def idf(self, term: str) -> float:
        """Return the rarity of a term among the passages; see Lexical.idf."""
        return self._lexical.idf(term)

    def variants(self, term: str) -> frozenset[str]:
        """Return the other spellings of a term that passages use."""
        return self._lexical.variants(term)

    def knows(self, term: str) -> bool:
        """Say whether any passage holds a term, in one spelling or another."""
        return self._lexical.knows(term)

    def cosines(self, query: str, texts: Sequence[str]) -> list[float]:
        """Return the cosine (-1 to 1) of a query with each of some texts."""
        return [round(float(c), 6) for c in self.embed(texts) @ self._question_vector(query)]

    def embed(self, texts: Sequence[str]) -> "NDArray[np.float32]":
        """Return one unit vector a text, float32 of shape (len(texts), dimensions of the model)."""
        with self._loading:
            if self._embedder is None:
                self._embedder = embedder_for(self._settings)
        return self._embedder.embed(texts)

    def warm(self) -> None:
        """Load what the first question needs."""
        self.search("warm up", top=1)

    def close(self) -> None:
        """Let go of the files."""
        if self._whole:
            return  # whose files they are
        close_chroma(self._client)
        if self._lease:
            self._lease.close()

    def _embed_question(self, query: str) -> "NDArray[np.float32]":
        vector: NDArray[np.float32] = self.embed([query])[0]
        return vector

    def _nearest(self, collection: str, vector: "NDArray[np.float32]", most: int | None = None) -> list[str]:
        chosen, within = self._collections[collection], self._within[collection]
        count = min(most or self._settings.candidates, chosen.count() if within is None else len(within))
        if not count:
            return []
        found = chosen.query(query_embeddings=vector[None, :], n_results=count, ids=within, include=["distances"])
        distances = (round(d, 6) for d in found["distances"][0])
        return [i for _, i in sorted(zip(distances, found["ids"][0], strict=True))]

    def _nearest_by_sentence(self, vector: "NDArray[np.float32]") -> list[str]:
        """Passages by their best sentence."""
        sentences = self._nearest("sentences", vector, 3 * self._settings.candidates)
        return list(dict.fromkeys(i.partition("/")[0] for i in sentences))[: self._settings.candidates]

    def _lexical_ranking(self, query: str) -> list[str]:
        import numpy as np

        scores = self._lexical.scores(query)
        order = np.argsort(-scores, kind="stable")[: self._settings.candidates]
        return [self._passages[i].id for i in order if scores[i] > 0]

    def _cosines(self, collection: str, ids: Sequence[str], vector: "NDArray[np.float32]") -> dict[str, float]:
        import numpy as np

        if not ids:
            return {}
        found = self._collections[collection].get(ids=list(ids), include=["embeddings"])
        cosines = np.asarray(found["embeddings"], dtype=np.float32) @ vector
        return {i: round(float(c), 6) for i, c in zip(found["ids"], cosines, strict=True)}


def _ids(passages: Iterable[Passage]) -> dict[str, list[str] | None]:
    """The ids of passages and of their sentences, by collection."""
    sentences = [f"{p.id}/{n}" for p in passages for n in range(len(p.sentences))]
    return dict(zip(COLLECTIONS, ([p.id for p in passages], sentences), strict=True))


def fuse(rankings: Mapping[str, Sequence[str]], k: int) -> list[tuple[str, float]]:
    """Fuse rankings by reciprocal rank: an id's score is the sum of 1 / (k + rank), ranks from 1.

    Cormack, Clarke and Buettcher 2009, 'Reciprocal rank fusion outperforms Condorcet and individual rank learning
    methods'. Best first; equals are ordered by id, so that the same index always gives the same order.
    """
    scores: dict[str, float] = {}
    for ids in rankings.values():
        for rank, i in enumerate(ids, start=1):
            scores[i] = scores.get(i, 0.0) + 1 / (k + rank)
    return sorted(scores.items(), key=lambda item: (-item[1], item[0]))


def open_index(settings: Settings, *, embedder: Embeds | None = None) -> Index:
    """Open the index of `settings.corpus`; the embedding model is loaded with the first question.

    Raises:
        IbidError: there is no index, or it is broken.
        UnreachableError: the Chroma server does not answer.
    """
    go_offline()
    generation, manifest, lease = lease_generation(settings)
    how = f"run: ibid ingest PATH... --corpus {settings.corpus}"
    if manifest.settings["weights"] != model_of(settings)[1]:
        raise IbidError(f"the index of corpus '{settings.corpus}' was made with another embedding model; {how}")
    documents, passages = generation.documents(), generation.passages()
    client = None
    try:
        lexical = read_bm25(generation.bm25)
        client = open_chroma(generation.chroma)
        return Index(settings, documents, passages, client, lexical, embedder, lease)
    except IbidError:
        lease.close()
        raise
    except Exception as error:  # of any kind: both libraries let through what they stumble over
        if client:
            close_chroma(client)
        raise IbidError(
            f"the index of corpus '{settings.corpus}' is broken ({type(error).__name__}); "
            f"delete {generation.folder} and {how}"
        ) from None
