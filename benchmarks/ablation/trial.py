"""Ask all questions as a variant does, and add up the processor time."""

import dataclasses
import time
from collections.abc import Callable, Hashable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from benchmarks.ablation.variants import Variant, switched

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    from answer.model import Model
    from answer.reader import Reads, Stretch
    from core.settings import Settings
    from eval.dataset import Question
    from eval.run import Outcome
    from index.vectors import Embeds

__all__ = ["Models", "Trial", "Tried"]


class Models:
    """Stand in for the embedder and the reader: what they made of a text is remembered, with the time that it took.

    So dozens of variants are asked in the time of a few, and differ in cost by nothing but what they do otherwise. One
    thread may use it at a time.
    """

    def __init__(self, embedder: "Embeds", reader: "Reads", *, anew: bool = False) -> None:
        self.anew = anew
        self.owed = 0.0  # processor seconds of what was not done again
        self._embedder = embedder
        self._reader = reader
        self._known: dict[Hashable, tuple[Any, float]] = {}

    def embed(self, texts: Sequence[str]) -> "NDArray[np.float32]":
        """Return one unit vector a text."""
        import numpy as np

        if self.anew or len(texts) > 100:  # those of an index that is built
            return self._embedder.embed(texts)
        return np.array([self._remembered(text, lambda text=text: self._embedder.embed([text])[0]) for text in texts])

    def scores(self, question: str, stretches: "Sequence[Stretch]") -> list[tuple[float, ...]]:
        """Return for each stretch a logit a sentence."""
        if self.anew:
            return self._reader.scores(question, stretches)
        return [
            self._remembered((question, one), lambda one=one: self._reader.scores(question, [one])[0])
            for one in stretches
        ]

    def _remembered(self, key: Hashable, make: Callable[[], Any]) -> Any:  # noqa: ANN401 - what a model makes
        if key in self._known:
            made, took = self._known[key]
            self.owed += took
            return made
        begun = time.process_time()
        made = make()
        self._known[key] = made, time.process_time() - begun
        return made


@dataclass(frozen=True, slots=True)
class Tried:
    """What came of the questions, and the processor ms of each."""

    outcomes: "Sequence[Outcome]"
    cpu_ms: float


@dataclass(frozen=True, slots=True)
class Trial:
    """Questions on the bundled chapter, indexed under a corpus of its own."""

    settings: "Settings"
    questions: "Sequence[Question]"
    models: Models

    def ask(self, variant: Variant, threshold: float | None = None) -> Tried:
        """Ask all questions as a variant does, with another threshold of refusal if one is given."""
        from answer import Answerer
        from answer.model import load_model
        from core.settings import bundled_corpus
        from eval.run import run
        from index import add_documents, open_index
        from ingest import find_documents

        words = variant.settings.get("passage_words")
        corpus = f"{self.settings.corpus}-{words}" if words else self.settings.corpus
        settings = self.settings.model_copy(update={**variant.settings, "corpus": corpus})
        add_documents(settings, find_documents([bundled_corpus()]))
        with switched(variant):
            index = open_index(settings, embedder=self.models)
            model = _model(load_model(), variant, threshold)
            asks = _Clocked(Answerer(index, settings, model, self.models).ask, self.models)
            asks.ask("What is said of the weather?")
            asks.took = 0.0
            outcomes = run(self.questions, asks, index.documents)
            index.close()
        return Tried(outcomes, asks.took / len(self.questions) * 1000)


class _Clocked:
    """Asks, and adds up the processor seconds that all threads take for it, and those that the models owe."""

    def __init__(self, ask: Callable[..., Any], models: Models) -> None:
        self._ask = ask
        self._models = models
        self.took = 0.0

    def ask(self, question: str, history: Sequence[str] = ()) -> Any:  # noqa: ANN401 - an Answer
        begun, owed = time.process_time(), self._models.owed
        answer = self._ask(question, history)
        self.took += time.process_time() - begun + self._models.owed - owed
        return answer


def _model(model: "Model", variant: Variant, threshold: float | None) -> "Model":
    model = dataclasses.replace(model, sentence=model.first) if variant.unread else model
    return model if threshold is None else dataclasses.replace(model, threshold=threshold)
