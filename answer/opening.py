"""Open a corpus for use from Python: one name to import, one object to ask."""

from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from types import TracebackType
from typing import Self

from answer.check import Checker
from answer.sources.finding import Place
from answer.writing import open_answerer
from core.errors import InputError
from core.load import load_settings
from core.records import Answer, Check, Document, Hit
from core.settings import Settings
from index import Index, add_documents, open_index
from ingest import find_documents

__all__ = ["Corpus", "open_corpus"]


class Corpus:
    """An open corpus; safe to share between threads. Documents that are added later are seen when it is opened anew.

    It lets go of its files when it is closed, at the end of a `with`, or when nothing refers to it.
    """

    def __init__(self, index: Index, settings: Settings) -> None:
        self._index = index
        self._answerer = open_answerer(index, settings)
        self._checker = Checker(index, settings)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        self.close()

    def close(self) -> None:
        """Let go of the files; nothing can be asked afterwards."""
        self._index.close()

    @property
    def documents(self) -> Mapping[str, Document]:
        """The documents by id."""
        return self._index.documents

    def ask(self, question: str, history: Sequence[str] = ()) -> Answer:
        """Answer a question, or refuse it; `history` are the earlier questions, oldest first."""
        return self._answerer.ask(question, history)

    def check(self, text: str) -> Check:
        """Check each claim of a text."""
        return self._checker.check(text)

    def search(self, query: str, top: int = 10) -> tuple[Hit, ...]:
        """Return the `top` best passages for a query, best first."""
        return self._index.search(query, top=top)

    def sources_for(self, claim: str) -> tuple[Place, ...]:
        """Return the places where works are cited for a claim, best first."""
        return self._answerer.sources_for(claim)


def open_corpus(name: str | None = None, *, add: Iterable[str | Path] = (), settings: Settings | None = None) -> Corpus:
    """Open a corpus, with files and folders added first that are not in it yet or have changed.

    Args:
        name: the corpus; without one, that of the settings.
        add: files and folders; a single one that cannot be read stops the opening, and nothing of the others is lost.
        settings: instead of those of the environment and the settings file; they name the corpus, too.

    Raises:
        InputError: a file cannot be read, or a setting is wrong.
        IbidError: the corpus has no index, or a broken one.
    """
    if name is not None and settings is not None:
        raise InputError("got a name and settings: give the name in the settings")
    settings = settings or load_settings(corpus=name)
    if paths := [Path(path) for path in add]:
        report = add_documents(settings, find_documents(paths))
        if report.failures:
            raise InputError("; ".join(report.failures))
    return Corpus(open_index(settings), settings)
