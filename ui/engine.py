"""What the app works with: the documents of a corpus and what can be asked of them, now and after it has changed."""

from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from answer import Place, Sentence, SourceIndex, documents_holding
from core.records import Answer, Check, CheckedClaim, Document, Hit
from core.settings import Settings
from ui.cite import find
from ui.volumes import Entries, Volume, volumes_of

if TYPE_CHECKING:
    from ui.following import Corpus

__all__ = ["Engine", "open_engine"]


@dataclass(frozen=True, slots=True)
class Engine:
    """What the app needs: documents by id, `ask(question, earlier_questions)`, and `warm()`, which loads the models.

    `check_each(sentences)` checks the claims of a text one after another. `search(query, top)`, `check(text)` and
    `sources_for(claim)` are for programs. `narrow(ids)` is an engine that asks and checks without some documents; None
    where that cannot be had. `stream`, where a language model writes, yields an answer as it grows. `quiet(seconds)`
    waits so long at most until nobody waits for an answer, and says whether that came. `places_of(work)` returns where
    a work is cited, `listed()` the documents as lists show them, `state()` what tells the corpus from what it was,
    `holding(words)` the ids of the documents that have all of some words; None where that is not known.
    """

    documents: Mapping[str, Document]
    ask: Callable[[str, Sequence[str]], Answer]
    warm: Callable[[], None]
    check_each: Callable[[Sequence[Sentence]], Iterator[CheckedClaim]]
    search: Callable[[str, int], Sequence[Hit]]
    check: Callable[[str], Check]
    sources_for: Callable[[str], Sequence[Place]]
    narrow: "Callable[[frozenset[str]], Engine] | None" = None
    stream: Callable[[str, Sequence[str]], Iterator[Answer]] | None = None
    quiet: Callable[[float], bool] = lambda seconds: True
    places_of: Callable[[str], Sequence[Place]] = lambda work: ()
    volumes: Callable[[], Sequence[Volume]] | None = None
    state: Callable[[], str] = lambda: ""
    holding: Callable[[str], Collection[str]] | None = None

    def listed(self) -> Sequence[Volume]:
        """Return the documents as lists show them."""
        return self.volumes() if self.volumes else volumes_of(self.documents)

    def without(self, ids: Collection[str]) -> "Engine":
        """Return an engine that asks and checks all documents but some, and still knows all."""
        return self.narrow(frozenset(ids)) if self.narrow and ids else self


def open_engine(settings: Settings) -> Engine:
    """Open the corpus; where it has no documents yet there is an engine, which says so when it is asked.

    Raises:
        IbidError: there is an index, and it cannot be opened.
    """
    from ui.following import Corpus

    corpus = Corpus(settings)
    corpus.refresh()
    return _engine(corpus, Entries(settings), frozenset(), writes=bool(settings.llm))


@dataclass(frozen=True, slots=True)
class _Asked:
    """A corpus as it is asked, some documents left out: each call works on the corpus as it is then."""

    corpus: "Corpus"
    without: frozenset[str]

    def ask(self, question: str, earlier: Sequence[str]) -> Answer:
        with self.corpus.tools(self.without) as tools:
            return tools.answerer.ask(question, earlier)

    def stream(self, question: str, earlier: Sequence[str]) -> Iterator[Answer]:
        with self.corpus.tools(self.without) as tools:
            yield from tools.streamed(question, earlier)

    def check_each(self, sentences: Sequence[Sentence]) -> Iterator[CheckedClaim]:
        with self.corpus.tools(self.without) as tools:
            yield from tools.checker.check_each(sentences)

    def check(self, text: str) -> Check:
        with self.corpus.tools(self.without) as tools:
            return tools.checker.check(text)

    def search(self, query: str, top: int) -> Sequence[Hit]:
        with self.corpus.tools(self.without) as tools:
            return tools.index.search(query, top=top)

    def sources_for(self, claim: str) -> Sequence[Place]:
        with self.corpus.tools(self.without) as tools:
            return tools.answerer.sources_for(claim)

    def places_of(self, work: str) -> Sequence[Place]:
        with self.corpus.tools(self.without) as tools:
            return find(SourceIndex(tools.index), work)

    def holding(self, words: str) -> Collection[str]:
        with self.corpus.tools(self.without) as tools:
            held = documents_holding([words], tools.index)
            return tuple(tools.index.documents) if held is None else held


def _engine(corpus: "Corpus", entries: Entries, without: frozenset[str], *, writes: bool) -> Engine:
    asked = _Asked(corpus, without)
    return Engine(
        documents=corpus.documents,
        ask=asked.ask,
        warm=corpus.warm,
        check_each=asked.check_each,
        search=asked.search,
        check=asked.check,
        sources_for=asked.sources_for,
        narrow=lambda ids: _engine(corpus, entries, ids, writes=writes),
        stream=asked.stream if writes else None,
        quiet=corpus.quiet,
        places_of=asked.places_of,
        volumes=entries.volumes,
        state=corpus.state,
        holding=asked.holding,
    )
