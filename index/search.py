"""Search an index: dense passages, dense sentences, BM25 and the numbers of tables, fused by reciprocal rank."""

from collections.abc import Collection, Mapping, Sequence
from functools import lru_cache
from threading import Lock
from typing import TYPE_CHECKING, Any

from core.errors import IbidError
from core.records import Document, Hit, Passage, Span
from core.settings import Settings, go_offline
from index.documents import Documents
from index.labels import TableNumbers
from index.lexical import Lexical, reading_order
from index.locks import Lease
from index.own_model import embedder_for, model_of
from index.part import Part
from index.rows import RowNames
from index.store import lease_generation
from index.vectors import Embeds

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

__all__ = ["Index", "fuse", "open_index"]

_QUESTIONS = 64  # question vectors kept
_NEAR = 200  # passages by cosine, and as many by BM25, whose sentences are looked at: of one chapter, all


class Index:
    """An open index; safe to share between threads.

    Args:
        settings: how many are looked for, and which model embeds.
        parts: the segments, their collections open.
        embedder: in place of the shipped one.
        lease: what keeps the files while others build.
        of: the index that has the files open, where this one is a choice of its documents.
    """

    def __init__(
        self,
        settings: Settings,
        parts: Sequence[Part],
        embedder: Embeds | None = None,
        lease: Lease | None = None,
        of: "Index | None" = None,
    ) -> None:
        self.documents: Mapping[str, Document] = Documents(parts)
        self._settings = settings
        self._parts = parts
        self._lease = lease
        self._whole = of
        self._lexical = Lexical([part.lookup("bm25") for part in parts])
        self._embedder = embedder
        self._tables = TableNumbers([part.lookup("labels") for part in parts])
        self._rows = RowNames([part.lookup("rows") for part in parts])
        self._loading = Lock()
        self._question_vector = lru_cache(maxsize=_QUESTIONS)(self._embed_question)
        self._owners = {i: part for part in parts for i in part.documents}

    def only(self, ids: Collection[str]) -> "Index":
        """Return an index of some of the documents alone, which answers as one built of just these.

        It looks into the files of this one and is closed with it.
        """
        chosen = frozenset(ids)
        parts = [part.only(chosen) for part in self._parts]
        whole = self._whole or self
        return Index(self._settings, [part for part in parts if part.documents], embedder=whole, of=whole)

    def search(self, query: str, *, top: int, pinned: Sequence[tuple[str, Span]] = ()) -> tuple[Hit, ...]:
        """Return the `top` best passages for a query, best first.

        Args:
            query: what to look for.
            top: how many passages.
            pinned: (document id, slice) of places that a caller knows to matter; their passages come first.
        """
        vector = self._question_vector(query)
        most = self._settings.candidates
        dense = self._nearest(vector, max(_NEAR, most))
        lexical = self._lexical.best(query, max(_NEAR, most))
        rankings = {
            "dense": dense[:most],
            "sentence": self._by_sentence(vector, {*dense, *lexical})[:most],
            "bm25": lexical[:most],
            "label": list(self._tables.find(query)),
            "row": self._rows.find(query)[:most],
        }
        found = fuse(rankings, self._settings.rrf_k)
        if pinned:
            rankings["place"] = list(dict.fromkeys(h.passage.id for place in pinned for h in self.hits_in(*place)))
            best = found[0][1] if found else 0.0
            rest = [(i, score) for i, score in found if i not in rankings["place"]]
            found = [*((i, best + 1.0) for i in rankings["place"]), *rest]
        fused = found[: max(top, len(rankings.get("place", ())))]
        cosines = self._cosines([i for i, _ in fused], vector)
        return tuple(
            Hit(
                passage=self._passage(i),
                score=score,
                rank=rank,
                retrievers=tuple(name for name, ids in rankings.items() if i in ids),
                similarity=cosines[i],
            )
            for rank, (i, score) in enumerate(fused, start=1)
        )

    def hits_in(self, document: str, span: Span) -> tuple[Hit, ...]:
        """Return the passages that overlap a slice of a document as hits, for what is shown beside the ranked ones."""
        if document not in self._owners:
            return ()
        import numpy as np

        segment, first = self._owners[document].segment, self._owners[document].number(document, 0)
        place = self._owners[document].documents[document]
        spans = segment.spans[first : segment.firsts[place + 1]]
        order = np.argsort(spans[:, 0], kind="stable")
        begun = spans[order, 0]
        start = max(int(begun.searchsorted(span[0], side="right")) - 1, 0)
        within = order[start : max(int(begun.searchsorted(span[1], side="left")), start)]
        found = [segment.passage(first + int(n)) for n in within if spans[n, 1] > span[0]]
        return tuple(Hit(p, 0.0, self._settings.top + 1, ("place",), 0.0) for p in found)

    def tables_named(self, query: str) -> frozenset[str]:
        """Return the ids of the passages that caption the tables a query names by number."""
        return frozenset(self._tables.find(query))

    def sentence_similarities(self, query: str, hits: Sequence[Hit]) -> tuple[tuple[float, ...], ...]:
        """Return, for each hit, the cosine of the query with each sentence of its passage."""
        vector = self._question_vector(query)
        return tuple(tuple(_cosines(vectors, vector).tolist()) for vectors in map(self._sentences, hits))

    def sentence_vectors(self, hits: Sequence[Hit]) -> "tuple[NDArray[np.float32], ...]":
        """Return, for each hit, the unit vectors of the sentences of its passage, float32 of shape (n, dimensions)."""
        return tuple(self._sentences(hit).astype("float32") for hit in hits)

    def documents_with(self, terms: Collection[str]) -> frozenset[str]:
        """Return the ids of the documents that hold any of some terms, which are as `index.terms` makes them."""
        import numpy as np

        found: set[str] = set()
        for part in self._parts:
            lookup = part.lookup("bm25")
            items = np.concatenate([np.zeros(0, dtype=np.int32), *(lookup.of(term)[0] for term in terms)])
            places = np.unique(part.segment.firsts.searchsorted(items, side="right") - 1)
            found.update(part.segment.ids[place] for place in places)
        return frozenset(found)

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
        for part in self._parts:
            part.close()
        if self._lease:
            self._lease.close()

    def _embed_question(self, query: str) -> "NDArray[np.float32]":
        vector: NDArray[np.float32] = self.embed([query])[0]
        return vector

    def _nearest(self, vector: "NDArray[np.float32]", most: int) -> list[str]:
        """The ids of the nearest passages: Chroma finds them, their cosines say in which order."""
        near = [(*found, part) for part in self._parts for found in part.nearest(vector, most)]
        near.sort(key=lambda found: found[0])
        ids = [part.segment.passage_id(number) for _, number, part in near[:most]]
        cosines = self._cosines(ids, vector)
        return sorted(ids, key=lambda i: (-cosines[i], i))

    def _by_sentence(self, vector: "NDArray[np.float32]", candidates: Collection[str]) -> list[str]:
        """Passages by their best sentence."""
        import numpy as np

        ids = sorted(candidates)
        places = [self._place(i) for i in ids]
        bounds = [part.segment.sentence_firsts[number : number + 2] for part, number in places]
        vectors = [part.segment.sentences[slice(*b)] for (part, _), b in zip(places, bounds, strict=True)]
        if not ids:
            return []
        joined = np.concatenate(vectors)
        owners = np.repeat(np.arange(len(ids)), [len(some) for some in vectors])
        most = 3 * self._settings.candidates
        quick = np.einsum("ij,j->i", joined.astype("float32"), vector)
        near = np.sort(np.argsort(-quick)[: 2 * most])
        best = near[np.argsort(-_cosines(joined[near], vector), kind="stable")[:most]]
        return [ids[owner] for owner in dict.fromkeys(owners[best].tolist())]

    def _cosines(self, ids: Sequence[str], vector: "NDArray[np.float32]") -> dict[str, float]:
        """The cosines of passages with a vector."""
        import numpy as np

        if not ids:
            return {}
        places = [self._place(i) for i in ids]
        vectors = np.array([part.segment.vectors[number] for part, number in places])
        return dict(zip(ids, _cosines(vectors, vector).tolist(), strict=True))

    def _sentences(self, hit: Hit) -> "NDArray[np.float16]":
        part, number = self._place(hit.passage.id)
        first, last = part.segment.sentence_firsts[number : number + 2]
        return part.segment.sentences[first:last]

    def _passage(self, i: str) -> Passage:
        part, number = self._place(i)
        return part.segment.passage(number)

    def _place(self, i: str) -> tuple[Part, int]:
        """The part that has a passage, and the passage's number in its segment."""
        document, place = reading_order(i)
        part = self._owners[document]
        return part, part.number(document, place)


def _cosines(vectors: "NDArray[Any]", vector: "NDArray[np.float32]") -> "NDArray[np.float64]":
    """The cosines of unit vectors with one, the same whatever other vectors stand beside: so in double precision.

    By einsum, since a product by BLAS starts threads that cost more than they bring.
    """
    import numpy as np

    cosines: NDArray[np.float64] = np.einsum("ij,j->i", vectors.astype("float64"), vector.astype("float64")).round(6)
    return cosines


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
    parts = generation.parts(manifest.segments)
    opening: Part | None = None
    try:
        for part in parts:
            opening = part
            part.open()
        return Index(settings, parts, embedder, lease)
    except Exception as error:  # of any kind: Chroma lets through what it stumbles over
        for part in parts:
            part.close()
        lease.close()
        if isinstance(error, IbidError) or opening is None:
            raise
        raise IbidError(
            f"the index of corpus '{settings.corpus}' is broken ({type(error).__name__}); "
            f"delete {opening.segment.folder / 'chroma'} and {how}"
        ) from None
