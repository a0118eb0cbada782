"""An ingest spread over a real Ray of several processes on loopback: the index is the one that this process makes."""

import os
import signal
import socket
from collections.abc import Iterator
from importlib.util import find_spec
from pathlib import Path

import numpy as np
import pytest

from core.errors import InputError
from core.settings import Settings, go_offline
from index import add_documents, cluster, current_name, has_index, open_index
from index.cluster import Cluster, ClusterError
from index.spread import Spread
from index.worker import Job
from ingest import Source, find_documents

# Ray is imported when it is started, as what it listens on is settled by then.
pytestmark = pytest.mark.skipif(find_spec("ray") is None, reason="needs ibid[ray]")

PONDS = "# Ponds\n\nCarp live in the northern pond. They are fed with maize.\n\nPike eat carp.\n"


@pytest.fixture(scope="module")
def running() -> Iterator[Cluster]:
    """A Ray of two workers on loopback; an ingest of this process finds it connected and uses it."""
    with cluster._environment(cluster._local_environment()):
        go_offline()
        import ray

        cluster._init(ray, "local", {"num_cpus": 2, "include_dashboard": False})
    yield Cluster("local", lambda: None)
    ray.shutdown()


@pytest.fixture
def folder(tmp_path) -> Path:
    path = tmp_path / "docs"
    path.mkdir()
    (path / "ponds.md").write_text(PONDS, encoding="utf-8")
    wards = "\n\n".join(f"Ward {n} counted {n * 7} herons in {1800 + n}. Its pond has {n} boats." for n in range(120))
    (path / "wards.md").write_text(f"# Wards\n\n{wards}\n", encoding="utf-8")
    (path / "more").mkdir()
    (path / "more" / "ponds.md").write_text(PONDS.replace("maize", "bread"), encoding="utf-8")
    return path


@pytest.fixture
def spread(tmp_path, running) -> Settings:
    return Settings(home=tmp_path / "spread", corpus="test", ray="local")


def contents(settings: Settings) -> tuple[object, object, list[np.ndarray]]:
    index = open_index(settings)
    try:
        segments = [part.segment for part in index._parts]
        passages = [segment.passage(n) for segment in segments for n in range(len(segment.spans))]
        vectors = [np.array(some) for segment in segments for some in (segment.vectors, segment.sentences)]
        return dict(index.documents), passages, vectors
    finally:
        index.close()


def assert_equal(one: Settings, other: Settings) -> None:
    *texts, vectors = contents(one)
    *other_texts, other_vectors = contents(other)
    assert texts == other_texts
    for mine, theirs in zip(vectors, other_vectors, strict=True):
        np.testing.assert_allclose(mine, theirs, atol=1e-6)


@pytest.mark.parametrize("address", ["{free}", "ray://{free}"])
def test_no_cluster_is_one_line_and_changes_nothing(home, folder, embedder, address):
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        place = address.format(free=f"127.0.0.1:{free.getsockname()[1]}")
    add_documents(home, find_documents([folder / "ponds.md"]), embedder=embedder)
    before = current_name(home)
    nowhere = home.model_copy(update={"ray": place})
    with pytest.raises(ClusterError, match="no Ray cluster lets us in"):
        add_documents(nowhere, find_documents([folder]), embedder=embedder)
    assert current_name(home) == before


def test_without_ray_the_line_says_what_to_install(home, folder, monkeypatch):
    monkeypatch.setitem(__import__("sys").modules, "ray", None)
    with pytest.raises(InputError, match=r"pip install 'ibid\[ray\]'"):
        add_documents(home.model_copy(update={"ray": "local"}), find_documents([folder]))
    assert not has_index(home)


def test_the_index_is_the_one_of_a_single_process(home, spread, folder):
    sources = find_documents([folder])
    told: list[tuple[str, int, int]] = []
    (alone, together) = (
        add_documents(home, sources),
        add_documents(spread, sources, progress=lambda *step: told.append(step)),
    )
    assert together == alone
    assert_equal(home, spread)
    assert told[:2] == [("read", 0, 3), ("read", 1, 3)]
    assert told[-1] == ("index", alone.passages + 1, alone.passages + 1)

    (folder / "ponds.md").write_text(PONDS + "\nTench do not.\n", encoding="utf-8")
    alone, together = add_documents(home, sources), add_documents(spread, sources)
    assert together == alone
    assert len(together.changed) == 1
    assert_equal(home, spread)


def test_a_file_that_cannot_be_read_is_one_line_and_harms_no_other(home, spread, folder):
    (folder / "broken.pdf").write_bytes(b"%PDF-1.7 nothing follows")
    sources = [*find_documents([folder]), Source(folder / "gone.md", "gone")]
    alone, together = add_documents(home, sources), add_documents(spread, sources)
    assert together == alone
    assert len(together.failures) == 2
    assert_equal(home, spread)


def test_the_work_of_workers_that_die_is_done_again(home, spread, folder):
    killed: list[int] = []

    def kill(stage: str, done: int, total: int) -> None:
        if len(killed) < 2 and (stage, done) in {("read", 1), ("embed", 0), ("embed", min(256, total))}:
            killed.extend(_workers())

    def _workers() -> list[int]:
        found = [int(p.name) for p in Path("/proc").iterdir() if p.name.isdigit() and _is_worker(int(p.name))]
        for pid in found:
            os.kill(pid, signal.SIGKILL)
        return found

    add_documents(home, find_documents([folder]))
    report = add_documents(spread, find_documents([folder]), progress=kill)
    assert killed
    assert report.failures == ()
    assert_equal(home, spread)


def _is_worker(pid: int) -> bool:
    """Whether a process is a worker of our own Ray: one of its raylet's children."""
    try:
        title = Path(f"/proc/{pid}/cmdline").read_bytes()
        parent = int(Path(f"/proc/{pid}/stat").read_text(encoding="utf-8").rpartition(")")[2].split()[1])
        above = int(Path(f"/proc/{parent}/stat").read_text(encoding="utf-8").rpartition(")")[2].split()[1])
    except (OSError, ValueError):
        return False
    return title.startswith((b"ray::read_there", b"ray::embed_there", b"ray::IDLE")) and above == os.getpid()


def test_a_file_that_a_worker_does_not_see_is_sent(running, folder, tmp_path):
    """Its document is known by the path here."""
    (folder / "broken.pdf").write_bytes(b"%PDF-1.7 nothing follows")
    job = Job.of(Settings(home=tmp_path))
    spread = Spread(lambda: running, job, lambda: None)
    spread._shared = False
    sources = [Source(folder / "ponds.md", "ponds"), Source(folder / "broken.pdf", "broken")]
    spread.expect(sources)
    read = spread.read(sources[0], document_id="ponds").document
    assert (read.source, read.title) == (str(folder / "ponds.md"), "Ponds")
    with pytest.raises(InputError, match=r"^broken.pdf is a damaged PDF"):
        spread.read(sources[1], document_id="broken")


def test_nothing_listens_beyond_loopback(running):
    """A local Ray is for this machine alone."""
    ours = _sockets_of(_family(os.getpid()))
    outside = [line for line in _listening() if line[1] in ours and not _is_loopback(line[0])]
    assert outside == []


def _family(root: int) -> set[int]:
    parents = {}
    for entry in Path("/proc").iterdir():
        if entry.name.isdigit():
            try:
                parents[int(entry.name)] = int((entry / "stat").read_text().rpartition(")")[2].split()[1])
            except OSError:
                continue
    family = {root}
    while more := {pid for pid, parent in parents.items() if parent in family} - family:
        family |= more
    return family


def _sockets_of(pids: set[int]) -> set[str]:
    found = set()
    for pid in pids:
        try:
            links = [str(link.readlink()) for link in Path(f"/proc/{pid}/fd").iterdir()]
        except OSError:
            continue
        found |= {link[8:-1] for link in links if link.startswith("socket:[")}
    return found


def _listening() -> list[tuple[str, str]]:
    lines = [
        line.split() for name in ("tcp", "tcp6") for line in Path(f"/proc/net/{name}").read_text().splitlines()[1:]
    ]
    return [(line[1].partition(":")[0], line[9]) for line in lines if line[3] == "0A"]


def _is_loopback(address: str) -> bool:
    return address in {"0100007F", "0" * 16 + "FFFF0000" + "0100007F", "0" * 24 + "01000000"}
