"""BM25 beside the vectors: Lucene's variant by bm25s, over the terms of index.terms."""

import json
from collections import Counter
from collections.abc import Sequence
from math import log
from pathlib import Path
from typing import TYPE_CHECKING, Any

from index.spelling import Spellings
from index.terms import analyze

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

__all__ = ["Lexical", "lexical_of", "read_bm25", "write_bm25"]

_FREQUENCIES = "frequencies.json"


class Lexical:
    """BM25 scores of passages, and in how many of them each term stands."""

    def __init__(self, scorer: Any | None, frequencies: dict[str, int], passages: int) -> None:  # noqa: ANN401
        self._scorer = scorer
        self._spellings = Spellings(frequencies)
        self._frequencies = frequencies
        self._passages = passages

    def scores(self, query: str) -> "NDArray[np.float32]":
        """Return the BM25 score of each passage in index order; zero where no term of the query stands."""
        import numpy as np

        asked = analyze(query)
        spelt = [other for term in dict.fromkeys(asked) for other in sorted(self.variants(term))]
        terms = [term for term in (*asked, *spelt) if term in self._frequencies]
        if self._scorer is None or not terms:
            return np.zeros(self._passages, dtype=np.float32)
        return np.asarray(self._scorer.get_scores(terms), dtype=np.float32)

    def knows(self, term: str) -> bool:
        """Say whether any passage holds a term, in one spelling or another."""
        return term in self._frequencies or bool(self.variants(term))

    def variants(self, term: str) -> frozenset[str]:
        """Return the other spellings of a term that passages use; see Spellings."""
        return self._spellings.variants(term)

    def idf(self, term: str) -> float:
        """Return ln(1 + (N - n + 0.5) / (n + 0.5)), the rarity of a term found in n of N passages (as in Lucene)."""
        n = self._frequencies.get(term, 0)
        return log(1 + (self._passages - n + 0.5) / (n + 0.5))


def lexical_of(texts: Sequence[str]) -> Lexical:
    """Index texts in memory."""
    scorer, frequencies = _scored(texts)
    return Lexical(scorer, frequencies, len(texts))


def write_bm25(folder: Path, texts: Sequence[str]) -> None:
    """Index texts under `folder`."""
    folder.mkdir()
    scorer, frequencies = _scored(texts)
    if scorer is not None:
        scorer.save(folder)
    stored = {"passages": len(texts), "frequencies": frequencies}
    (folder / _FREQUENCIES).write_text(json.dumps(stored, ensure_ascii=False), encoding="utf-8")


def read_bm25(folder: Path) -> Lexical:
    """Open what `write_bm25` wrote."""
    import bm25s

    stored = json.loads((folder / _FREQUENCIES).read_text(encoding="utf-8"))
    scorer = bm25s.BM25.load(folder) if stored["frequencies"] else None
    return Lexical(scorer, stored["frequencies"], stored["passages"])


def _scored(texts: Sequence[str]) -> tuple[Any | None, dict[str, int]]:
    """What scores texts, None where no text has a term, and in how many of them each term stands."""
    import bm25s

    terms = [analyze(text) for text in texts]
    frequencies = dict(Counter(term for found in terms for term in set(found)))
    if not frequencies:
        return None, frequencies
    scorer = bm25s.BM25(method="lucene")
    scorer.index(terms, show_progress=False)
    return scorer, frequencies
