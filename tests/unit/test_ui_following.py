"""A corpus that changes while it is asked: indexes are plain fakes, and the test says when one is built."""

import logging
import threading
from dataclasses import replace

import pytest
from answer_fakes import FakeIndex, Read

from core.errors import IbidError, InputError
from core.settings import Settings
from ui.engine import Engine
from ui.following import Corpus, Shelf

CARP = "# Ponds\n\nCarp live in the northern pond.\n"
NONE: frozenset[str] = frozenset()
OAK = "# Trees\n\nThe oak was planted in 1820.\n"


class Opened(FakeIndex):
    """A fake that knows whether it is closed, and which of its documents it was narrowed to."""

    closed = False

    def close(self) -> None:
        self.closed = True

    def only(self, ids) -> FakeIndex:
        return FakeIndex.of(*(d for d in self.documents.values() if d.id in ids))


class Builds:
    """The generations of a corpus, by name; the last is the one in use."""

    def __init__(self, monkeypatch) -> None:
        self.made: dict[str, Opened] = {}
        self.broken = False
        self.opened: list[str] = []
        monkeypatch.setattr("ui.following.current_name", lambda settings: next(reversed(self.made), ""))

    def build(self, *texts: str) -> Opened:
        index = self.made[f"gen-{len(self.made) + 1:06d}"] = Opened(*texts)
        return index

    def open(self, settings: Settings) -> Opened:
        if self.broken:
            raise IbidError("the index is broken")
        name, index = next(reversed(self.made.items()))
        self.opened.append(name)
        return index


@pytest.fixture
def builds(monkeypatch) -> Builds:
    return Builds(monkeypatch)


@pytest.fixture
def corpus(builds) -> Corpus:
    return Corpus(Settings(), builds.open)


def index_of(tools) -> FakeIndex:
    return tools.answerer._index


def test_each_question_goes_to_the_index_as_it_is_then(builds, corpus):
    first = builds.build(CARP)
    for _ in range(2):
        with corpus.tools() as tools:
            assert index_of(tools) is first
    second, third = builds.build(OAK), builds.build(OAK, CARP)
    with corpus.tools() as tools:
        assert index_of(tools) is third
    assert builds.opened == ["gen-000001", "gen-000003"]
    assert (first.closed, second.closed, third.closed) == (True, False, False)


def test_a_question_in_flight_ends_on_the_index_that_it_began_with(builds, corpus):
    first = builds.build(CARP)
    with corpus.tools() as tools:
        builds.build(OAK)
        builds.build(OAK, CARP)
        with corpus.tools() as others:
            assert index_of(others) is not first
        assert not first.closed
        assert tools.answerer.ask("Where do carp live?").citations
    assert first.closed


def test_nobody_waits_for_an_index_that_another_is_opening(builds, corpus):
    first = builds.build(CARP)
    corpus.refresh()
    begun, go_on, opens = threading.Event(), threading.Event(), builds.open

    def slowly(settings):
        begun.set()
        assert go_on.wait(60)
        return opens(settings)

    corpus._opens = slowly
    second = builds.build(OAK)
    opening = threading.Thread(target=corpus.refresh)
    opening.start()
    assert begun.wait(60)
    with corpus.tools() as tools:
        assert index_of(tools) is first
    go_on.set()
    opening.join()
    with corpus.tools() as tools:
        assert index_of(tools) is second


def test_no_index_yet_is_a_line_until_there_is_one(builds, corpus):
    with pytest.raises(IbidError, match="nothing to ask yet: add a document in the Library"), corpus.tools():
        pass
    assert (list(corpus.documents), len(corpus.documents)) == ([], 0)
    corpus.warm()
    builds.build()
    with pytest.raises(IbidError, match="nothing to ask yet"), corpus.tools():
        pass
    builds.build(CARP)
    with corpus.tools() as tools:
        assert tools.answerer.ask("Where do carp live?").citations


def test_a_changed_index_that_is_broken_leaves_the_last_good_one(builds, corpus, caplog):
    first = builds.build(CARP)
    corpus.refresh()
    builds.broken = True
    builds.build(OAK)
    with caplog.at_level(logging.ERROR):
        for _ in range(2):
            with corpus.tools() as tools:
                assert index_of(tools) is first
    assert len(caplog.records) == 1
    builds.broken = False
    third = builds.build(OAK)
    with corpus.tools() as tools:
        assert index_of(tools) is third


def test_a_first_index_that_is_broken_is_told(builds, corpus):
    builds.build(CARP)
    builds.broken = True
    with pytest.raises(IbidError, match="broken"):
        corpus.refresh()
    assert list(corpus.documents) == []


def test_documents_are_those_of_now_and_those_that_are_gone_can_still_be_looked_up(builds, corpus):
    builds.build(CARP, OAK)
    assert list(corpus.documents) == ["d0", "d1"]
    oak = corpus.documents["d1"]
    builds.build(CARP)
    assert list(corpus.documents) == ["d0"]
    assert ("d1" in corpus.documents, corpus.documents["d1"]) == (False, oak)
    with pytest.raises(KeyError):
        corpus.documents["d2"]


def test_of_documents_that_are_gone_only_those_that_went_last_are_kept():
    shelf = Shelf(lambda: None)
    for n in range(100):
        shelf.put({f"d{n}": CARP, "stays": OAK})
    assert list(shelf) == ["d99", "stays"]
    kept = [n for n in range(100) if shelf.get(f"d{n}")]
    assert kept == list(range(83, 100))
    shelf.put({"d90": CARP})
    assert list(shelf) == ["d90"]
    assert shelf["stays"] == OAK


def test_a_shelf_reads_no_document_that_nobody_looks_up_but_those_that_go():
    many = Read({f"d{n}": OAK for n in range(50)})
    shelf = Shelf(lambda: None)
    shelf.put(many)
    assert (len(shelf), "d7" in shelf, list(shelf)[:2]) == (50, True, ["d0", "d1"])
    assert many.names == set()
    assert shelf["d7"] == OAK
    shelf.put(Read({f"d{n}": OAK for n in range(1, 50)}))
    assert many.names == {"d0", "d7"}
    assert shelf["d0"] == OAK


def test_the_state_tells_a_corpus_from_what_it_was(builds, corpus):
    assert corpus.state() == ""
    builds.build(CARP)
    assert corpus.state() == "gen-000001"
    builds.build(OAK)
    assert corpus.state() == "gen-000002"


def test_what_an_index_quotes_can_be_looked_up_as_soon_as_it_is_asked(builds, corpus, monkeypatch):
    builds.build(CARP)
    corpus.refresh()
    builds.build(OAK, CARP)
    asked = []
    monkeypatch.setattr(corpus.documents, "put", lambda documents: asked.append(index_of(corpus._opened.tools(NONE))))
    corpus.refresh()
    assert asked == [builds.made["gen-000001"]]


def test_documents_that_are_left_out_are_not_asked(builds, corpus):
    whole = builds.build(CARP, OAK)
    with corpus.tools(frozenset({"d1", "gone"})) as tools:
        assert list(index_of(tools).documents) == ["d0"]
        refusal = tools.answerer.ask("When was the oak planted?")
        assert (refusal.refused, refusal.text.split(".")[0]) == (True, "The document does not say")
        again = tools
    with corpus.tools(frozenset({"d1"})) as tools:
        assert tools is again
    with corpus.tools(frozenset({"gone"})) as tools:
        assert index_of(tools) is whole
        assert tools.answerer.ask("Who owns a bicycle?").text.startswith("The documents do not say. ")
    with pytest.raises(InputError, match="no document is chosen"), corpus.tools(frozenset({"d0", "d1"})):
        pass


def test_an_engine_without_a_choice_is_itself():
    unused = None
    engine = Engine({}, unused, unused, unused, unused, unused, unused)
    assert engine.without([]) is engine.without(["d0"]) is engine
    narrowed = replace(engine)
    chosen = replace(engine, narrow=lambda ids: narrowed if ids == {"d0"} else None)
    assert chosen.without(["d0", "d0"]) is narrowed
    assert chosen.without(()) is chosen


def test_it_is_quiet_when_nobody_uses_the_tools(builds, corpus):
    assert corpus.quiet(0)
    builds.build(CARP)
    with corpus.tools():
        assert not corpus.quiet(0)
        builds.build(OAK)
        with corpus.tools():
            pass
        assert not corpus.quiet(0), "one is still on the index before"
    assert corpus.quiet(0)
