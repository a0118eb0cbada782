"""Joining a real Ray cluster on loopback, and what else may listen at its address."""

import json
import os
import shutil
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from importlib.util import find_spec
from pathlib import Path

import pytest
from chroma_server import ChromaServer

from index.joining import ClusterError, Joined, try_to_join

pytestmark = pytest.mark.skipif(find_spec("ray") is None, reason="needs ibid[ray]")

ROOT = Path(__file__).parents[2]
LONG = 300  # seconds, so that no busy machine is told to be a broken one
TOKEN = "herons-and-carp-0123456789"
LOOPBACK = {
    "RAY_ENABLE_WINDOWS_OR_OSX_CLUSTER": "0",  # what keeps it on loopback, on either side
    "RAY_USAGE_STATS_ENABLED": "0",
    "RAY_USAGE_STATS_REPORT_URL": "http://127.0.0.1:9",
    "http_proxy": "http://127.0.0.1:9",
    "https_proxy": "http://127.0.0.1:9",
    "no_proxy": "127.0.0.1,localhost",
}
KEPT = {"RAY_AUTH_MODE": "token", "RAY_AUTH_TOKEN": TOKEN}


def free_port() -> int:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        return int(free.getsockname()[1])


class Head:
    """A cluster of one core on loopback that asks for a token; `port` is for its machines, `clients` for others."""

    def __init__(self, folder: Path) -> None:
        self.port, self.clients = free_port(), free_port()
        self.address = f"127.0.0.1:{self.port}"
        arguments = [
            "start", "--head", "--block", "--node-ip-address=127.0.0.1", f"--port={self.port}", "--num-cpus=1",
            f"--ray-client-server-port={self.clients}", "--include-dashboard=false", f"--temp-dir={folder}",
        ]  # fmt: skip
        self.log = folder.with_suffix(".log")
        with self.log.open("w", encoding="utf-8") as log:
            self._process = subprocess.Popen(
                [sys.executable, "-c", "from ray.scripts.scripts import main; main()", *arguments],
                env=os.environ | LOOPBACK | KEPT, stdout=log, stderr=log, start_new_session=True,
            )  # fmt: skip
        while "Ray runtime started" not in self.log.read_text(encoding="utf-8"):
            assert self._process.poll() is None, self.log.read_text(encoding="utf-8")
            time.sleep(0.2)
        while not self._takes_clients():
            time.sleep(0.2)

    def _takes_clients(self) -> bool:
        with socket.socket() as client:
            return client.connect_ex(("127.0.0.1", self.clients)) == 0

    def signal_raylet(self, number: int) -> None:
        for entry in Path("/proc").iterdir():
            try:
                title = (entry / "cmdline").read_bytes()
                group = os.getsid(int(entry.name))
            except (OSError, ValueError):
                continue
            if b"raylet/raylet" in title and group == self._process.pid:
                os.kill(int(entry.name), number)

    def end(self) -> None:
        self._process.send_signal(signal.SIGTERM)
        self._process.wait()


@pytest.fixture(scope="module")
def head(tmp_path_factory) -> Iterator[Head]:
    folder = Path(f"/tmp/ibid-ray-{os.getpid()}")  # paths of sockets are short
    head = Head(folder)
    yield head
    head.end()
    shutil.rmtree(folder, ignore_errors=True)
    head.log.unlink()


@pytest.fixture
def allowed(monkeypatch) -> None:
    for name, value in (LOOPBACK | KEPT).items():
        monkeypatch.setenv(name, value)


def versions() -> tuple[str, str]:
    from importlib.metadata import version

    return version("ray"), ".".join(map(str, sys.version_info[:3]))


def test_whoever_has_the_token_joins(head, allowed):
    for address in (head.address, f"ray://127.0.0.1:{head.clients}"):
        assert try_to_join(address, LONG) == Joined(*versions(), 1)


@pytest.mark.parametrize("given", [{"RAY_AUTH_MODE": "token", "RAY_AUTH_TOKEN": "another-0123456789"}, {}])
def test_without_its_token_nobody_does(head, monkeypatch, given):
    for name, value in (LOOPBACK | given).items():
        monkeypatch.setenv(name, value)
    for address in (head.address, f"ray://127.0.0.1:{head.clients}"):
        with pytest.raises(ClusterError, match=r"asks for a token.*RAY_AUTH_TOKEN"):
            try_to_join(address, LONG)


def test_its_two_ports_are_told_apart(head, allowed):
    with pytest.raises(ClusterError, match=f"port for clients.*ray://127.0.0.1:{head.clients}"):
        try_to_join(f"127.0.0.1:{head.clients}", LONG)
    with pytest.raises(ClusterError, match="no Ray's port for clients"):
        try_to_join(f"ray://{head.address}", LONG)


def test_an_address_that_ray_takes_for_another_is_told(head, allowed, monkeypatch):
    """Ray puts the machine's own address in the place of 127.0.0.1, where this cluster does not listen."""
    monkeypatch.delenv("RAY_ENABLE_WINDOWS_OR_OSX_CLUSTER")
    if own_address() == "127.0.0.1":
        pytest.skip("this machine has no other address")
    with pytest.raises(ClusterError, match=rf"which Ray takes for .*:{head.port}: "):
        try_to_join(head.address, LONG)


def own_address() -> str:
    code = "import ray; print(ray.util.get_node_ip_address())"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    return done.stdout.strip()


def test_a_machine_that_is_none_of_the_clusters_is_told_at_once(head, allowed, monkeypatch):
    """As from outside: no raylet is seen here."""
    hidden = "from ray._private import services; services.find_node_ids = set; "
    start = subprocess.Popen

    def start_outside(command, **options):
        return start([*command[:2], hidden + command[2], *command[3:]], **options)

    monkeypatch.setattr("index.joining.subprocess.Popen", start_outside)
    with pytest.raises(ClusterError, match=r"this machine is none of its 1\).*ray start --address"):
        try_to_join(head.address, LONG)


def test_a_cluster_of_another_version_is_told(head, allowed):
    set_versions(head, "2.9.0", "3.10.2")
    try:
        with pytest.raises(ClusterError, match=r"it has Ray 2\.9\.0 and Python 3\.10\.2, this machine Ray"):
            try_to_join(head.address, LONG)
    finally:
        set_versions(head, *versions())


def set_versions(head: Head, ray: str, python: str) -> None:
    """Have the cluster say that it has these."""
    told = json.dumps({"ray_version": ray, "python_version": python, "ray_init_cluster": False})
    code = (
        "import sys; from ray._raylet import GcsClient; GcsClient(address=sys.argv[1]).internal_kv_put("
        "b'CLUSTER_METADATA', sys.argv[2].encode(), True, b'cluster', timeout=60)"
    )
    subprocess.run([sys.executable, "-c", code, head.address, told], env=os.environ | LOOPBACK | KEPT, check=True)


def test_one_that_answers_and_lets_nobody_join_is_given_up_in_time(head, allowed):
    head.signal_raylet(signal.SIGSTOP)
    try:
        with pytest.raises(ClusterError, match=r"within 8 s.*IBID_RAY_SECONDS"):
            try_to_join(head.address, 8)
    finally:
        head.signal_raylet(signal.SIGCONT)


def test_one_whose_core_is_taken_is_given_up_in_time_and_then_used(head, allowed, tmp_path):
    note = tmp_path / "ponds.md"
    note.write_text("# Ponds\n\nCarp live in the northern pond.\n", encoding="utf-8")
    hold = (
        "import ray, sys, time; ray.init(address=sys.argv[1], log_to_driver=False)\n"
        "@ray.remote(num_cpus=1)\nclass Holder:\n    def held(self): return True\n"
        "holder = Holder.remote(); ray.get(holder.held.remote()); print('held', flush=True); sys.stdin.read()"
    )
    holder = subprocess.Popen(
        [sys.executable, "-c", hold, head.address],
        stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True,
    )  # fmt: skip
    assert holder.stdout.readline() == "held\n"
    try:
        done = ingest(note, tmp_path, head.address, "25")
    finally:
        holder.communicate()
    assert (done.returncode, done.stdout) == (1, "")
    assert len(done.stderr.splitlines()) == 1
    assert "began no work within 25 s: its cores are taken" in done.stderr
    done = ingest(note, tmp_path, head.address, str(LONG))
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout.startswith("Corpus 'test': 1 added")


def ingest(note: Path, home: Path, address: str, seconds: str) -> "subprocess.CompletedProcess[str]":
    settings = {"IBID_HOME": str(home), "IBID_CORPUS": "test", "IBID_RAY": address, "IBID_RAY_SECONDS": seconds}
    return subprocess.run(
        [sys.executable, str(ROOT / "cli.py"), "ingest", str(note)],
        env=os.environ | settings, capture_output=True, text=True, check=False,
    )  # fmt: skip


@pytest.mark.parametrize("kind", ["{}", "ray://{}"])
def test_a_web_server_is_no_ray(kind, allowed):
    server = subprocess.Popen(
        [sys.executable, "-u", "-m", "http.server", "0", "--bind", "127.0.0.1"], stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL, text=True,
    )  # fmt: skip
    port = server.stdout.readline().split(" port ")[1].split()[0]
    try:
        with pytest.raises(
            ClusterError, match=r"no Ray\).*HOST:6379 on a machine of the cluster, or to ray://HOST:10001"
        ):
            try_to_join(kind.format(f"127.0.0.1:{port}"), LONG)
    finally:
        server.kill()
        server.communicate()


def test_a_chroma_server_is_no_ray(tmp_path, allowed):
    """It speaks HTTP/2, as Ray does."""
    server = ChromaServer(tmp_path)
    server.start()
    try:
        for kind in ("{}", "ray://{}"):
            with pytest.raises(ClusterError, match=r"\(what listens there is no Ray\)"):
                try_to_join(kind.format(server.url.removeprefix("http://")), LONG)
    finally:
        server.kill()


def test_what_takes_connections_and_says_nothing_is_told(allowed):
    with (
        socket.create_server(("127.0.0.1", 0)) as server,
        pytest.raises(ClusterError, match="does not answer within 5 s"),
    ):
        try_to_join(f"127.0.0.1:{server.getsockname()[1]}", LONG)
