"""Vectors that look like a library's, made a thousand times faster than by the model.

A pool of sentences of made chapters is truly embedded. The vector of any other text is one of the pool, pulled towards
two others and shaken a little, at unit length; which ones, a hash of the text says. So equal texts have equal vectors,
and neighbours lie as they do in a library: near a matter, not all apart as random vectors are.
"""

import hashlib
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

__all__ = ["PooledEmbedder", "make_pool", "pool_texts"]

POOL = 3000
_PULL = 0.45  # of the second text, and of the third: the most that it weighs beside the first's 1
_NOISE = 0.3  # length of what is added beside a vector of length 1
_BANK = 4093  # vectors of noise to choose from


class PooledEmbedder:
    """Texts to unit vectors made from a pool; safe to share between threads.

    Args:
        pool: unit vectors, float32 of shape (texts, dimensions).
    """

    def __init__(self, pool: "NDArray[np.float32]") -> None:
        import numpy as np

        self._pool = pool
        noise = np.random.default_rng(7).standard_normal((_BANK, pool.shape[1]), dtype=np.float32)
        self._noise = noise * (_NOISE / np.linalg.norm(noise, axis=1, keepdims=True))

    @classmethod
    def load(cls, path: Path) -> "PooledEmbedder":
        """Read a pool that `make_pool` wrote."""
        import numpy as np

        return cls(np.load(path))

    def embed(self, texts: Sequence[str]) -> "NDArray[np.float32]":
        """Return one unit vector a text, float32 of shape (len(texts), dimensions)."""
        import numpy as np

        drawn = b"".join(hashlib.blake2b(text.encode(), digest_size=24).digest() for text in texts)
        return self.of_numbers(np.frombuffer(drawn, dtype=np.uint32).reshape(-1, 6))

    def of_numbers(self, drawn: "NDArray[np.uint32]") -> "NDArray[np.float32]":
        """Return one unit vector for each six numbers drawn by chance, uint32 of shape (vectors, 6)."""
        import numpy as np

        chosen = self._pool[drawn[:, :3] % len(self._pool)]
        weights = drawn[:, 3:5] / np.float32(2**32) * np.float32(_PULL)
        mixed = chosen[:, 0] + weights[:, :1] * chosen[:, 1] + weights[:, 1:] * chosen[:, 2]
        mixed = mixed / np.linalg.norm(mixed, axis=1, keepdims=True) + self._noise[drawn[:, 5] % _BANK]
        unit: NDArray[np.float32] = (mixed / np.linalg.norm(mixed, axis=1, keepdims=True)).astype(np.float32)
        return unit


def pool_texts(count: int = POOL) -> list[str]:
    """Return this many different sentences of made chapters that no measured library has."""
    from benchmarks.library import make_chapter

    found: dict[str, None] = {}
    number = 10_000_000
    while len(found) < count:
        lines = [line for line in make_chapter(number).text.splitlines() if len(line) > 200 and "\t" not in line]
        found.update(dict.fromkeys(part.strip() + "." for line in lines for part in line.split(". ") if len(part) > 40))
        number += 1
    return list(found)[:count]


def make_pool(path: Path, count: int = POOL) -> None:
    """Embed the texts of a pool and write their vectors."""
    import numpy as np

    from index.embedder import load_embedder

    np.save(path, load_embedder().embed(pool_texts(count)))
