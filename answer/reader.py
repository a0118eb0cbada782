"""A small cross-encoder that reads a question and a sentence together and says how well the one answers the other.

all-MiniLM-L6-v2 fine-tuned by `python -m eval.reader.train`, exported to int8 ONNX; it runs without torch.
"""

import hashlib
import os
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Protocol

from core.errors import IbidError
from index import tokenizer_file

if TYPE_CHECKING:
    from onnxruntime import InferenceSession
    from tokenizers import Tokenizer

__all__ = ["LONGEST", "READER_FILE", "READER_SHA256", "CrossEncoder", "Reads", "load_reader", "reader_weights"]

READER_FILE = Path(__file__).with_name("reader.onnx")
READER_SHA256 = "56323041c2641e00b67d9bc5562f4a4d942b24a8808a058b762d27310be95fa2"
LONGEST = 128  # tokens of question and sentence together; of what is longer, the longer of the two is cut at its end


class Reads(Protocol):
    """Whatever can tell how well sentences answer a question."""

    def scores(self, question: str, sentences: Sequence[str]) -> list[float]:
        """Return a logit a sentence: above zero where it is more likely than not to answer."""
        ...


class CrossEncoder:
    """Questions and sentences to logits; safe to share between threads.

    A sentence is read alone, since the scales of int8 would let the others of a batch change its score, and by one
    thread, since the products are too small to share: a core a sentence is faster than all cores for each in turn.
    """

    def __init__(self, session: "InferenceSession", tokenizer: "Tokenizer") -> None:
        self._session = session
        self._tokenizer = tokenizer
        self._threads = ThreadPoolExecutor(os.cpu_count(), "reader")

    def scores(self, question: str, sentences: Sequence[str]) -> list[float]:
        """Return a logit a sentence."""
        return list(self._threads.map(lambda sentence: self._score(question, sentence), sentences))

    def _score(self, question: str, sentence: str) -> float:
        import numpy as np

        pair = self._tokenizer.encode(question, sentence)
        inputs = {
            "input_ids": np.array([pair.ids], dtype=np.int64),
            "attention_mask": np.array([pair.attention_mask], dtype=np.int64),
            "token_type_ids": np.array([pair.type_ids], dtype=np.int64),
        }
        (logits,) = self._session.run(["logits"], inputs)
        return round(float(logits[0, 0]), 4)


def reader_weights() -> bytes:
    """Return the shipped reader's file, verified.

    Raises:
        IbidError: it is missing or not the one that was shipped.
    """
    try:
        weights = READER_FILE.read_bytes()
    except OSError as error:
        raise IbidError(f"cannot read {READER_FILE.name} ({error.strerror}): reinstall Ibid") from None
    if (found := hashlib.sha256(weights).hexdigest()) != READER_SHA256:
        raise IbidError(f"{READER_FILE.name} has SHA-256 {found[:12]}…, expected {READER_SHA256[:12]}…: reinstall Ibid")
    return weights


@lru_cache(maxsize=1)
def load_reader() -> CrossEncoder:
    """Return the shipped reader, its weights verified; it is loaded once a process.

    Raises:
        IbidError: its file is missing or not the one that was shipped.
    """
    import onnxruntime
    from tokenizers import Tokenizer

    weights = reader_weights()
    tokenizer = Tokenizer.from_file(str(tokenizer_file()))
    tokenizer.enable_truncation(LONGEST, strategy="longest_first")
    tokenizer.no_padding()
    options = onnxruntime.SessionOptions()
    options.log_severity_level = 3
    options.intra_op_num_threads = 1
    return CrossEncoder(onnxruntime.InferenceSession(weights, options, ["CPUExecutionProvider"]), tokenizer)
