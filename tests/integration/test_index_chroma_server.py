"""A real Chroma server shared by several homes: the same hits as on disk, and what happens when it dies."""

import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from chroma_server import ChromaServer
from index_samples import add

from core.errors import IbidError
from core.settings import Settings
from index import (
    UnreachableError,
    add_documents,
    current_name,
    has_index,
    index_status,
    open_index,
    read_documents,
    remove_documents,
)
from index.server import server_of
from index.server_lock import ServerLock
from index.shared import SharedCorpus
from index.store import SCHEMA, building, corpus_folder, current_generation, new_segment
from ingest import find_documents
from ui import doctor
from ui.following import Corpus

PONDS = "# Ponds\n\nCarp live in the northern pond. They are fed with maize.\n\nPike eat carp.\n"
TREES = "# Trees\n\nThe oak was planted in 1820. It is tall.\n"
QUERIES = ("where do carp live", "who planted the oak", "Herons of ward 17", "nothing of it")


@pytest.fixture(scope="module")
def server(tmp_path_factory) -> Iterator[ChromaServer]:
    running = ChromaServer(tmp_path_factory.mktemp("chroma"))
    running.start()
    yield running
    running.kill()


@pytest.fixture
def shared(server, tmp_path, request) -> Iterator[Settings]:
    """Settings of a home and a corpus of its own on the server."""
    settings = Settings(home=tmp_path / "home", corpus=request.node.name[:50], chroma=server.url, chroma_seconds=20)
    yield settings
    server_of(settings).close()


@pytest.fixture
def folder(tmp_path) -> Path:
    path = tmp_path / "docs"
    path.mkdir()
    (path / "ponds.md").write_text(PONDS, encoding="utf-8")
    return path


def elsewhere(settings: Settings) -> Settings:
    """The same corpus, from another machine: nothing but the server is shared."""
    return settings.model_copy(update={"home": settings.home.with_name("elsewhere")})


def write_wards(folder: Path) -> None:
    wards = "\n\n".join(f"Ward {n} counted {n * 7} herons in {1800 + n}. Its pond has {n} boats." for n in range(200))
    (folder / "wards.md").write_text(f"# Wards\n\n{wards}\n", encoding="utf-8")


def hits(settings: Settings, embedder) -> list[object]:
    index = open_index(settings, embedder=embedder)
    try:
        found = [index.search(query, top=8) for query in QUERIES]
        return [found, [index.sentence_similarities(q, f) for q, f in zip(QUERIES, found, strict=True)]]
    finally:
        index.close()


def test_a_server_gives_the_hits_and_scores_that_the_disk_gives(home, shared, folder, embedder):
    write_wards(folder)
    assert add(shared, folder, embedder).passages == add(home, folder, embedder).passages
    assert hits(shared, embedder) == hits(home, embedder)
    whole, local = open_index(shared, embedder=embedder), open_index(home, embedder=embedder)
    try:
        for query in QUERIES:
            assert whole.only({"wards"}).search(query, top=8) == local.only({"wards"}).search(query, top=8)
    finally:
        whole.close()
        local.close()
    assert not list(corpus_folder(shared).rglob("chroma.sqlite3"))


def test_what_one_home_adds_or_removes_another_asks(shared, folder, embedder):
    here, there = shared, elsewhere(shared)
    assert not has_index(there)
    add(here, folder, embedder)
    asked = Corpus(there, lambda settings: open_index(settings, embedder=embedder))
    assert list(asked.documents) == ["ponds"]
    (folder / "ponds.md").rename(folder / "moved.md")
    (folder / "moved.md").unlink()
    (folder / "trees.md").write_text(TREES, encoding="utf-8")
    embedder.texts.clear()
    add(there, folder, embedder)
    assert not any("arp" in text for text in embedder.texts)  # its vectors come from the server
    assert list(asked.documents) == ["ponds", "trees"]
    assert hits(here, embedder) == hits(there, embedder)
    remove_documents(here, ["ponds"], embedder=embedder)
    assert list(asked.documents) == ["trees"]
    with asked.tools() as tools:
        assert "oak" in tools.index.search("oak planted", top=1)[0].passage.text
    assert index_status(there).ready
    asked._opened.index.close()


def test_questions_are_told_in_one_line_that_the_server_died_and_go_on_when_it_is_back(
    server, shared, folder, embedder
):
    add(shared, folder, embedder)
    before = hits(shared, embedder)
    index = open_index(shared, embedder=embedder)
    try:
        found = index.search("carp", top=3)
        server.kill()
        for ask in (
            lambda: index.search("carp", top=3),
            lambda: open_index(shared, embedder=embedder),
            lambda: current_name(shared),
            lambda: add(shared, folder, embedder),
        ):
            with pytest.raises(
                UnreachableError, match=r"Chroma server at http://127\.0\.0\.1:\d+ does not answer"
            ) as no:
                ask()
            assert "\n" not in str(no.value)
        assert doctor.chroma_server(shared).state == doctor.index(shared).state == "wrong"
        assert not index_status(shared).ready
        server.start()
        assert index.search("carp", top=3) == found
        assert hits(shared, embedder) == before
        assert doctor.chroma_server(shared).state == "fine"
    finally:
        index.close()


def test_an_app_goes_on_with_what_was_built_while_it_could_not_look(server, shared, folder, embedder):
    add(shared, folder, embedder)
    asked = Corpus(shared, lambda settings: open_index(settings, embedder=embedder))
    assert list(asked.documents) == ["ponds"]
    server.kill()
    with asked.tools() as tools, pytest.raises(UnreachableError):
        tools.index.search("carp", top=1)
    server.start()
    (folder / "trees.md").write_text(TREES, encoding="utf-8")
    add(elsewhere(shared), folder, embedder)
    with asked.tools() as tools:
        assert "oak" in tools.index.search("oak planted", top=1)[0].passage.text
    asked._opened.index.close()


def test_a_damaged_copy_is_fetched_anew_and_harms_no_other(shared, folder, embedder):
    add(shared, folder, embedder)
    good = hits(shared, embedder)
    (segment,) = current_generation(shared).manifest().segments
    names = [f"{current_name(shared)}/{name}" for name in ("manifest.json", "entries.json")]
    names += [f"{segment}/{name}" for name in ("segment.json", "passages.bin", "bm25/terms.bin")]
    for name in names:
        damaged = corpus_folder(shared) / name
        damaged.write_text("{", encoding="utf-8")
        assert hits(shared, embedder) == good
        damaged.write_text("{", encoding="utf-8")
    (folder / "trees.md").write_text(TREES, encoding="utf-8")
    assert add(shared, folder, embedder).unchanged == ("ponds",)
    assert set(read_documents(elsewhere(shared))) == {"ponds", "trees"}


class Dying:
    """An embedder in whose third batch the server dies."""

    def __init__(self, embedder, server: ChromaServer) -> None:
        self._embedder, self._server, self._batches = embedder, server, 0

    def embed(self, texts):
        self._batches += 1
        if self._batches == 3:
            self._server.kill()
        return self._embedder.embed(texts)


def test_an_ingest_in_which_the_server_dies_leaves_the_last_good_index_and_is_gone_on_with(
    server, home, shared, folder, embedder
):
    add(shared, folder, embedder)
    before, good = current_name(shared), hits(shared, embedder)
    write_wards(folder)
    with pytest.raises(UnreachableError, match="does not answer"):
        add(shared, folder, Dying(embedder, server))
    server.start()
    assert current_name(shared) == before
    assert hits(shared, embedder) == hits(elsewhere(shared), embedder) == good
    embedder.texts.clear()
    resumed = add(shared, folder, embedder)
    made = len(embedder.texts)
    whole = add(home, folder, embedder)
    assert resumed.embedded == made == 0  # what was made before is not made again
    assert resumed.passages == whole.passages
    assert hits(shared, embedder) == hits(elsewhere(shared), embedder) == hits(home, embedder)


BUILD_AND_DIE = """
import os, sys
from core.settings import Settings
from index.store import building
with building(Settings()):
    os._exit(9)
"""


def test_who_was_killed_while_building_keeps_nobody_out_for_ever(shared, folder, embedder, monkeypatch):
    import os

    environment = {"IBID_HOME": shared.home, "IBID_CORPUS": shared.corpus, "IBID_CHROMA": shared.chroma}
    killed = subprocess.run(
        [sys.executable, "-c", BUILD_AND_DIE], env={**os.environ, **{k: str(v) for k, v in environment.items()}},
        cwd=Path(__file__).parents[2], check=False,
    )  # fmt: skip
    assert killed.returncode == 9
    with pytest.raises(IbidError, match=r"home.* is indexing this corpus; try again"):
        add(elsewhere(shared), folder, embedder)
    assert add(shared, folder, embedder).added == ("ponds",)  # its own lock tells that the other has ended


def test_builders_on_two_machines_wait_for_each_other(shared, folder, embedder):
    class GivenUpError(Exception):
        pass

    def give_up() -> None:
        raise GivenUpError

    with building(shared):
        with pytest.raises(IbidError, match="is indexing this corpus"):
            add(elsewhere(shared), folder, embedder)
        with pytest.raises(GivenUpError):
            add_documents(elsewhere(shared), find_documents([folder]), embedder=embedder, wait=give_up)
    assert add(elsewhere(shared), folder, embedder).added == ("ponds",)


def test_a_lock_that_ran_out_can_be_taken_and_its_holder_publishes_nothing(shared, tmp_path, monkeypatch):
    server = server_of(shared)
    first, second = (ServerLock(server, "ibid.ran-out.lock", tmp_path / name) for name in ("one", "two"))
    monkeypatch.setattr("index.server_lock._LASTS", -1.0)
    with first.held(None):
        with pytest.raises(IbidError, match="nothing was changed"):
            first.check()  # it ran out
        monkeypatch.setattr("index.server_lock._LASTS", 60.0)
        with second.held(None):
            second.check()
            with pytest.raises(IbidError, match="another process has begun"):
                first.check()
    assert server.collection("ibid.ran-out.lock") is None


def test_an_index_that_others_built_twice_meanwhile_is_told_in_one_line(shared, folder, embedder):
    add(shared, folder, embedder)
    index = open_index(shared, embedder=embedder)
    try:
        for year in (1821, 1822):
            (folder / "trees.md").write_text(TREES.replace("1820", str(year)), encoding="utf-8")
            add(elsewhere(shared), folder, embedder)
        assert index.search("carp", top=1)  # its segment is still in use
        for year in (1823, 1824):
            (folder / "ponds.md").write_text(f"{PONDS}\nCounted in {year}.\n", encoding="utf-8")
            add(elsewhere(shared), folder, embedder)
        with pytest.raises(IbidError, match=r"no longer on the Chroma server.*try again") as gone:
            index.search("carp", top=1)
        assert not isinstance(gone.value, UnreachableError)
    finally:
        index.close()
    assert hits(shared, embedder) == hits(elsewhere(shared), embedder)


def test_a_server_that_hangs_is_told(tmp_path, folder, embedder):
    server = ChromaServer(tmp_path)
    server.start()
    settings = Settings(home=tmp_path / "home", corpus="test", chroma=server.url, chroma_seconds=5)
    try:
        add(settings, folder, embedder)
        index = open_index(settings, embedder=embedder)
        server.hang()
        with pytest.raises(UnreachableError, match=r"does not answer \(ReadTimeout\)"):
            index.search("carp", top=1)
        server_of(settings).close()
        with pytest.raises(UnreachableError, match="does not answer"):
            current_name(settings)
        index.close()
    finally:
        server.kill()
        server_of(settings).close()


def test_an_ingest_sends_only_what_is_new_and_leaves_nothing_behind(shared, folder, embedder):
    write_wards(folder)
    add(shared, folder, embedder)
    (wards,) = current_generation(shared).manifest().segments
    (folder / "trees.md").write_text(TREES, encoding="utf-8")
    add(elsewhere(shared), folder, embedder)
    first, second = current_generation(shared).manifest().segments
    assert first == wards
    for year in (1821, 1822):
        (folder / "trees.md").write_text(TREES.replace("1820", str(year)), encoding="utf-8")
        add(shared, folder, embedder)
    server, prefix = server_of(shared), f"ibid.{shared.corpus}"
    assert server.collection(f"{prefix}.{second}.passages") is server.collection(f"{prefix}.{second}.files") is None
    assert server.collection(f"{prefix}.{wards}.passages").count() == len(
        current_generation(shared).segment(wards).spans
    )


def test_an_index_of_another_version_is_not_replaced_for_all_by_who_cannot_read_it(
    shared, folder, embedder, monkeypatch
):
    add(shared, folder, embedder)
    (folder / "ponds.md").unlink()
    (folder / "trees.md").write_text(TREES, encoding="utf-8")
    with monkeypatch.context() as later:
        for module in ("index.state", "index.store"):
            later.setattr(f"{module}.SCHEMA", SCHEMA + 1)
        with pytest.raises(IbidError, match=r"made by another version of Ibid: use the same version on all machines"):
            add(elsewhere(shared), folder, embedder)
        with pytest.raises(IbidError, match=r"made by another version of Ibid: use the same version on all machines"):
            open_index(elsewhere(shared), embedder=embedder)
    assert list(read_documents(shared)) == ["ponds"]


def test_a_generation_that_was_sent_and_not_published_is_deleted_by_the_next_build(
    shared, folder, embedder, monkeypatch
):
    add(shared, folder, embedder)
    sent: list[str] = []
    upload = SharedCorpus.upload

    def die_with_the_last(self: SharedCorpus, name: str) -> None:
        upload(self, name)
        if name.startswith("gen-"):
            sent.append(name)
            raise UnreachableError("the server went away")

    (folder / "trees.md").write_text(TREES, encoding="utf-8")
    with monkeypatch.context() as dying:
        dying.setattr(SharedCorpus, "upload", die_with_the_last)
        with pytest.raises(UnreachableError, match="went away"):
            add(shared, folder, embedder)
    files = f"ibid.{shared.corpus}.{sent[0]}.files"
    assert server_of(shared).collection(files) is not None
    assert add(shared, folder, embedder).added == ("trees",)
    assert server_of(shared).collection(files) is None
    assert list(read_documents(shared)) == ["ponds", "trees"]


def test_who_lost_the_lock_writes_nothing_over_what_others_did(shared, folder, embedder):
    server, state = server_of(shared), f"ibid.{shared.corpus}.state"
    add(shared, folder, embedder)
    before = server.collection(state).metadata
    with building(shared):
        server.drop(f"ibid.{shared.corpus}.lock")  # it ran out, as on a machine that slept
        with pytest.raises(IbidError, match="another process has begun to index"):
            new_segment(shared)
    assert server.collection(state).metadata == before
