"""What every test gets: nothing is downloaded, and small corpora to index."""

import hashlib
import os
from collections.abc import Sequence
from pathlib import Path

import hypothesis
import numpy as np
import pytest

from core.settings import Settings, go_offline

go_offline()
os.environ["IBID_CONFIG"] = os.devnull  # whoever runs the tests may have settings of their own
# No test is judged by the clock: a busy machine is no fault of the code.
hypothesis.settings.register_profile("untimed", deadline=None)
hypothesis.settings.load_profile("untimed")


class CountingEmbedder:
    """Unit vectors from a hash of the text; remembers what it was given."""

    def __init__(self) -> None:
        self.texts: list[str] = []

    def embed(self, texts: Sequence[str]) -> np.ndarray:
        self.texts += texts
        seeds = [int.from_bytes(hashlib.sha256(text.encode()).digest()[:8], "big") for text in texts]
        vectors = np.array([np.random.default_rng(seed).normal(size=384) for seed in seeds], dtype=np.float32)
        return vectors.reshape(-1, 384) / np.linalg.norm(vectors.reshape(-1, 384), axis=1, keepdims=True)


@pytest.fixture
def embedder() -> CountingEmbedder:
    return CountingEmbedder()


@pytest.fixture
def home(tmp_path: Path) -> Settings:
    return Settings(home=tmp_path / "home", corpus="test")
