"""The learned numbers of the answerer: weights of the sentence scorer, and the calibrated confidence."""

import json
import math
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from core.errors import IbidError

__all__ = ["MODEL_FILE", "Model", "load_model"]

MODEL_FILE = Path(__file__).with_name("model.json")


@dataclass(frozen=True, slots=True)
class Model:
    """Linear weights, all fitted by `python -m eval.fit`.

    `first` and `sentence` weigh answer.features.FEATURES before and after the reader has read; `confidence` weighs
    answer.confidence.SIGNALS and `bias` is added; an answer whose confidence is below `threshold` is refused.
    """

    first: tuple[float, ...]
    sentence: tuple[float, ...]
    confidence: tuple[float, ...]
    bias: float
    threshold: float

    def first_score(self, features: Sequence[float]) -> float:
        """Return the score of a sentence that is not read yet."""
        return sum(weight * value for weight, value in zip(self.first, features, strict=True))

    def score(self, features: Sequence[float]) -> float:
        """Return the score of a sentence: the weighted sum of its features."""
        return sum(weight * value for weight, value in zip(self.sentence, features, strict=True))

    def probability(self, signals: Sequence[float]) -> float:
        """Return the chance, from 0 to 1, that the document answers: the logistic function of the weighted sum."""
        logit = self.bias + sum(weight * value for weight, value in zip(self.confidence, signals, strict=True))
        return 1 / (1 + math.exp(-logit))


@lru_cache(maxsize=1)
def load_model() -> Model:
    """Return the shipped model.

    Raises:
        IbidError: its file is missing or broken.
    """
    try:
        stored = json.loads(MODEL_FILE.read_text(encoding="utf-8"))
        return Model(
            first=tuple(stored["first"].values()),
            sentence=tuple(stored["sentence"].values()),
            confidence=tuple(stored["confidence"].values()),
            bias=stored["bias"],
            threshold=stored["threshold"],
        )
    except (OSError, ValueError, KeyError, AttributeError) as error:
        raise IbidError(f"{MODEL_FILE.name} is missing or broken ({error!r}): reinstall Ibid") from None
