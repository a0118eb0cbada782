"""A corpus that is asked while it changes: each question goes to the index as it is then, and ends on that one."""

import logging
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from functools import lru_cache
from threading import Condition, Lock

from answer import Answerer, Checker, Writer, open_answerer
from core.errors import IbidError, InputError
from core.records import Answer, Document
from core.settings import Settings
from index import Index, UnreachableError, current_name, open_index

__all__ = ["Corpus", "Shelf", "Tools"]

_CHOICES = 8  # choices of documents whose tools are kept
_GONE = 16  # documents that are gone and can still be looked up
_LOG = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Tools:
    """What searches, answers and checks in one index, or in some of its documents."""

    index: Index
    answerer: "Answerer | Writer"
    checker: Checker

    def streamed(self, question: str, earlier: Sequence[str]) -> Iterator[Answer]:
        """Yield an answer as a language model writes it; whole at once where none does."""
        if isinstance(self.answerer, Writer):
            yield from self.answerer.stream(question, earlier)
        else:
            yield self.answerer.ask(question, earlier)


class _Opened:
    """An open index, and how many are using it."""

    def __init__(self, name: str, index: Index, settings: Settings) -> None:
        self.name = name
        self.index = index
        self.users = 0
        self._settings = settings
        self.tools = lru_cache(maxsize=_CHOICES)(self._tools)

    def _tools(self, without: frozenset[str]) -> Tools:
        """What answers from all documents but some.

        Raises:
            InputError: none is left.
        """
        chosen = frozenset(self.index.documents).difference(without)
        if not chosen:
            raise InputError("no document is chosen: tick at least one in the Library")
        index = self.index if len(chosen) == len(self.index.documents) else self.index.only(chosen)
        return Tools(index, open_answerer(index, self._settings), Checker(index, self._settings))


class Shelf(Mapping[str, Document]):
    """The documents of a corpus as it is now; those that went last can still be looked up by who has their ids."""

    def __init__(self, refresh: Callable[[], None]) -> None:
        self._refresh = refresh
        self._now: Mapping[str, Document] = {}
        self._gone: dict[str, Document] = {}

    def put(self, documents: Mapping[str, Document]) -> None:
        """Put other documents in place of those that stand here, which can still be read."""
        going = [key for key in self._now if key not in documents][-_GONE:]
        gone = self._gone | {key: self._now[key] for key in going}
        self._gone = dict([(key, document) for key, document in gone.items() if key not in documents][-_GONE:])
        self._now = documents

    def __getitem__(self, key: str) -> Document:
        now, gone = self._now, self._gone
        return now[key] if key in now else gone[key]

    def __contains__(self, key: object) -> bool:
        return key in self._now

    def __iter__(self) -> Iterator[str]:
        self._refresh()
        return iter(self._now)

    def __len__(self) -> int:
        return len(self._now)


class Corpus:
    """The index of a corpus, opened anew when others have built it; safe to share between threads.

    Args:
        settings: which corpus.
        opens: opens its index.
    """

    def __init__(self, settings: Settings, opens: Callable[[Settings], Index] = open_index) -> None:
        self.documents = Shelf(self._follow)
        self._settings = settings
        self._opens = opens
        self._opened: _Opened | None = None
        self._failed = ""  # the name of a generation that could not be opened
        self._counting = Condition()
        self._asking = 0  # how many use an index, this one or one before
        self._opening = Lock()

    def refresh(self) -> None:
        """Open the index anew when it has changed.

        Raises:
            IbidError: it cannot be opened, and no earlier one is open.
        """
        opened = self._opened
        try:
            name = current_name(self._settings)
        except UnreachableError:
            if opened is None:
                raise
            return  # whoever asks the open one is told
        if not name or name == self._failed or (opened and name == opened.name):
            return
        if not self._opening.acquire(blocking=opened is None):
            return  # another thread is opening it; until then the one before will do
        try:
            if self._opened is not opened:
                return
            self._swap(_Opened(name, self._opens(self._settings), self._settings))
        except UnreachableError:
            if opened is None:
                raise
            _LOG.warning("the changed index cannot be opened now; the one before is asked on", exc_info=True)
        except IbidError:
            if opened is None:
                raise
            self._failed = name
            _LOG.exception("the changed index cannot be opened; the one before is asked on")
        finally:
            self._opening.release()

    @contextmanager
    def tools(self, without: frozenset[str] = frozenset()) -> Iterator[Tools]:
        """Give what answers from the corpus as it is now, some documents left out; it stays as it is while in use.

        Raises:
            IbidError: the corpus has no documents, or its index cannot be opened.
            InputError: all documents are left out.
        """
        self.refresh()
        with self._counting:
            opened = self._opened
            if opened is None or not opened.index.documents:
                raise IbidError("there is nothing to ask yet: add a document in the Library")
            opened.users += 1
            self._asking += 1
        try:
            yield opened.tools(without.intersection(opened.index.documents))
        finally:
            with self._counting:
                opened.users -= 1
                self._asking -= 1
                self._counting.notify_all()
                unused = not opened.users and opened is not self._opened
            if unused:
                opened.index.close()

    def quiet(self, seconds: float) -> bool:
        """Wait so long at most until nobody uses the tools, and say whether that came."""
        with self._counting:
            return self._counting.wait_for(lambda: not self._asking, seconds)

    def warm(self) -> None:
        """Load what the first question needs, if there is anything to ask.

        Raises:
            IbidError: the index or a model cannot be opened.
        """
        if self.documents:
            with self.tools() as tools:
                tools.answerer.warm()

    def _follow(self) -> None:
        """Open the index anew where that can be done; whoever asks is told otherwise."""
        try:
            self.refresh()
        except IbidError as error:
            _LOG.warning("%s", error)

    def _swap(self, opened: _Opened) -> None:
        self.documents.put(opened.index.documents)  # before it is asked: what it quotes can then be looked up
        with self._counting:
            old, self._opened = self._opened, opened
            unused = old is not None and not old.users
        if old and unused:
            old.index.close()
