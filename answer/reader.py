"""A small cross-encoder that reads a question and a passage together and says how well each sentence answers.

all-MiniLM-L6-v2 fine-tuned by `python -m eval.reader.train`, exported to int8 ONNX; it runs without torch.
"""

import hashlib
import os
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from threading import Lock
from typing import TYPE_CHECKING, Protocol

from core.errors import IbidError
from core.records import Span
from index import tokenizer_file
from index.runtime import open_session

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray
    from onnxruntime import InferenceSession
    from tokenizers import Encoding, Tokenizer

__all__ = [
    "LONGEST",
    "READER_FILE",
    "READER_SHA256",
    "CrossEncoder",
    "Reads",
    "Stretch",
    "load_reader",
    "open_reader",
    "tokens_of",
    "verified_reader",
]

READER_FILE = Path(__file__).with_name("reader.onnx")
READER_SHA256 = "e379013173b367bda5927ad0f1859813d4f6fb95e3eb30e11333790675e0f55f"
LONGEST = 192  # tokens of question and text together; of what is longer, the longer of the two is cut at its end
_LOADING = Lock()


@dataclass(frozen=True, slots=True)
class Stretch:
    """A text that is read at once, and the slices of it that are its sentences."""

    text: str
    sentences: tuple[Span, ...]


class Reads(Protocol):
    """Whatever can tell how well sentences answer a question."""

    def scores(self, question: str, stretches: Sequence[Stretch]) -> list[tuple[float, ...]]:
        """Return for each stretch a logit a sentence: above zero where it is more likely than not to answer."""
        ...


class CrossEncoder:
    """Questions and texts to logits; safe to share between threads.

    A stretch is read alone, since the scales of int8 would let the others of a batch change its scores, and by one
    thread, since the products are too small to share: a core a stretch is faster than all cores for each in turn.
    """

    def __init__(self, session: "InferenceSession", tokenizer: "Tokenizer") -> None:
        self._session = session
        self._tokenizer = tokenizer
        self._threads = ThreadPoolExecutor(os.cpu_count(), "reader")

    def scores(self, question: str, stretches: Sequence[Stretch]) -> list[tuple[float, ...]]:
        """Return a logit a sentence: that of the text plus the mean of those of the sentence's tokens.

        Of a sentence that is cut off, that of the text alone.
        """
        return list(self._threads.map(lambda stretch: tuple(self._scores(question, stretch)), stretches))

    def _scores(self, question: str, stretch: Stretch) -> Iterator[float]:
        import numpy as np

        pair = self._tokenizer.encode(question, stretch.text)
        inputs = {
            "input_ids": np.array([pair.ids], dtype=np.int64),
            "attention_mask": np.array([pair.attention_mask], dtype=np.int64),
            "token_type_ids": np.array([pair.type_ids], dtype=np.int64),
        }
        whole, tokens = self._session.run(["whole", "tokens"], inputs)
        for sentence in stretch.sentences:
            own = tokens[0][tokens_of(pair, sentence)]
            yield round(float(whole[0, 0]) + (float(own.mean()) if own.size else 0.0), 4)


def tokens_of(pair: "Encoding", span: Span) -> "NDArray[np.bool_]":
    """Return which tokens of a question and a text lie in a slice of the text; bool of shape (tokens,)."""
    import numpy as np

    starts, ends = np.array(pair.offsets).T
    of_text = np.array([part == 1 for part in pair.sequence_ids])
    return np.asarray(of_text & (starts >= span[0]) & (ends <= span[1]) & (ends > starts))


def verified_reader() -> Path:
    """Return the shipped reader's file, verified.

    Raises:
        IbidError: it is missing or not the one that was shipped.
    """
    try:
        with READER_FILE.open("rb") as file:
            found = hashlib.file_digest(file, "sha256").hexdigest()
    except OSError as error:
        raise IbidError(f"cannot read {READER_FILE.name} ({error.strerror}): reinstall Ibid") from None
    if found != READER_SHA256:
        raise IbidError(f"{READER_FILE.name} has SHA-256 {found[:12]}…, expected {READER_SHA256[:12]}…: reinstall Ibid")
    return READER_FILE


def load_reader() -> CrossEncoder:
    """Return the shipped reader, its weights verified; it is loaded once a process, and who comes meanwhile waits.

    Raises:
        IbidError: its file is missing or not the one that was shipped.
    """
    with _LOADING:
        return _loaded()


@lru_cache(maxsize=1)
def _loaded() -> CrossEncoder:
    return open_reader(verified_reader())


def open_reader(file: Path) -> CrossEncoder:
    """Return the reader of a file, which is taken to be sound."""
    from tokenizers import Tokenizer

    tokenizer = Tokenizer.from_file(str(tokenizer_file()))
    tokenizer.enable_truncation(LONGEST, strategy="longest_first")
    tokenizer.no_padding()
    return CrossEncoder(open_session(file), tokenizer)
