"""What the app works with: the documents of a corpus and what can be asked of them."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from core.records import Answer, Document
from core.settings import Settings

__all__ = ["Engine", "open_engine"]


@dataclass(frozen=True, slots=True)
class Engine:
    """What the app needs: documents by id, `ask(question, earlier_questions)`, and `warm()`, which loads the models."""

    documents: Mapping[str, Document]
    ask: Callable[[str, Sequence[str]], Answer]
    warm: Callable[[], None]


def open_engine(settings: Settings) -> Engine:
    """Open the index of the corpus and the answerer over it."""
    from answer import Answerer
    from index import open_index

    index = open_index(settings)
    answerer = Answerer(index, settings)
    return Engine(documents=index.documents, ask=answerer.ask, warm=answerer.warm)
