"""Which model embeds: the shipped one, or one of the user's in the format of sentence-transformers."""

import hashlib
from collections.abc import Sequence
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING

from core.errors import InputError
from core.settings import Settings, go_offline
from index.embedder import MODEL_NAME, WEIGHTS_SHA256, load_embedder
from index.vectors import Embeds

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray
    from sentence_transformers import SentenceTransformer

__all__ = ["embedder_for", "model_of"]

_MODULES = "modules.json"  # every model in this format has it
_WEIGHTS = ("*.safetensors", "pytorch_model*.bin")
_BATCH = 32


class OwnEmbedder:
    """Texts to unit vectors by a model of the user's; safe to share between threads."""

    def __init__(self, model: "SentenceTransformer") -> None:
        self._model = model

    def embed(self, texts: Sequence[str]) -> "NDArray[np.float32]":
        """Return one unit vector a text, float32 of shape (len(texts), dimensions of the model)."""
        import numpy as np

        if not texts:
            return np.zeros((0, self._model.get_embedding_dimension() or 0), dtype=np.float32)
        vectors = self._model.encode(
            list(texts), batch_size=_BATCH, normalize_embeddings=True, show_progress_bar=False, convert_to_numpy=True
        )
        return np.asarray(vectors, dtype=np.float32)


def embedder_for(settings: Settings) -> Embeds:
    """Return what embeds, loaded once a process.

    Raises:
        IbidError: the shipped model is missing, or not the published one.
        InputError: the folder of `settings.embedder` holds no model that can be loaded.
    """
    return _open_own(settings.embedder) if settings.embedder else load_embedder()


def model_of(settings: Settings) -> tuple[str, str]:
    """Return the name of what embeds and the SHA-256 of its weights, without loading it.

    Raises:
        InputError: the folder of `settings.embedder` holds no model in the format of sentence-transformers.
    """
    return (settings.embedder.name, _digest(settings.embedder)) if settings.embedder else (MODEL_NAME, WEIGHTS_SHA256)


@lru_cache(maxsize=1)
def _open_own(folder: Path) -> OwnEmbedder:
    _digest(folder)
    go_offline()
    from sentence_transformers import SentenceTransformer
    from transformers.utils import logging

    logging.disable_progress_bar()  # type: ignore[no-untyped-call]
    try:
        return OwnEmbedder(SentenceTransformer(str(folder), device="cpu", local_files_only=True))
    except Exception as error:  # of any kind: it lets through what its parts stumble over
        raise _not_a_model(folder, type(error).__name__) from error


@lru_cache(maxsize=1)
def _digest(folder: Path) -> str:
    """The SHA-256 of a model's weights."""
    found = hashlib.sha256()
    try:
        weights = sorted(path for pattern in _WEIGHTS for path in folder.rglob(pattern))
        if not weights or not (folder / _MODULES).is_file():
            raise _not_a_model(folder, f"no {_MODULES} or no weights")
        for path in weights:
            with path.open("rb") as file:
                found.update(hashlib.file_digest(file, "sha256").digest())
    except OSError as error:
        raise _not_a_model(folder, error.strerror or str(error)) from None
    return found.hexdigest()


def _not_a_model(folder: Path, why: str) -> InputError:
    return InputError(
        f"cannot embed with {folder} ({why}): expected the folder of a sentence-transformers model; "
        "mend or unset the setting 'embedder'"
    )
