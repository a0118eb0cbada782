"""What the app works with: the documents of a corpus and what can be asked of them."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from answer import Sentence
from core.records import Answer, CheckedClaim, Document
from core.settings import Settings

__all__ = ["Engine", "open_engine"]


@dataclass(frozen=True, slots=True)
class Engine:
    """What the app needs: documents by id, `ask(question, earlier_questions)`, and `warm()`, which loads the models.

    `check_each(sentences)` checks the claims of a text one after another.
    """

    documents: Mapping[str, Document]
    ask: Callable[[str, Sequence[str]], Answer]
    warm: Callable[[], None]
    check_each: Callable[[Sequence[Sentence]], Iterator[CheckedClaim]]


def open_engine(settings: Settings) -> Engine:
    """Open the index of the corpus and the answerer over it."""
    from answer import Answerer, Checker
    from index import open_index

    index = open_index(settings)
    answerer = Answerer(index, settings)
    return Engine(
        documents=index.documents,
        ask=answerer.ask,
        warm=answerer.warm,
        check_each=Checker(index, settings).check_each,
    )
