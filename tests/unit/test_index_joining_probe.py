"""Joining a Ray cluster, with a child process that tells what it is made to: each end is one line, and in time."""

import re
import socket
import subprocess
import sys

import pytest

from index import joining
from index.joining import ClusterError, Joined, connect, try_to_join, unreached


@pytest.fixture
def listening():
    """An address where something listens, whatever it is."""
    with socket.create_server(("127.0.0.1", 0)) as server:
        yield f"127.0.0.1:{server.getsockname()[1]}"


@pytest.fixture
def child(monkeypatch):
    """Has a script in the place of the child."""

    def take_the_place(script):
        started = []

        def start(address):
            process = subprocess.Popen([sys.executable, "-c", script], stdout=subprocess.PIPE, text=True)
            if "flush" in script:
                process.stdout.buffer.peek(1)  # the limit is not to come before the word, however busy the machine is
            started.append(process)
            return process

        monkeypatch.setattr(joining, "_start", start)
        return started

    return take_the_place


def test_a_cluster_that_is_joined_is_told(listening, child):
    started = child("""print('{"answers": true}'); print('{"joined": ["2.60.0", "3.11.7", 12]}')""")
    assert try_to_join(listening, 60) == Joined("2.60.0", "3.11.7", 12)
    assert started[0].poll() is not None


def test_what_the_child_says_of_a_refusal_is_the_line(listening, child):
    child("""print('{"answers": true}'); print('{"refused": "it wants a token"}')""")
    with pytest.raises(ClusterError, match=r"^it wants a token$"):
        try_to_join(listening, 60)


@pytest.mark.parametrize(
    ("script", "how"),
    [
        (
            """print('{"answers": true}', flush=True); import time; time.sleep(600)""",
            "it answers, and could not be joined",
        ),
        ("import time; time.sleep(600)", "nothing was heard from it"),
    ],
)
def test_one_that_takes_too_long_is_ended(listening, child, script, how):
    started = child(script)
    with pytest.raises(ClusterError, match=f"{how} within 1 s.*IBID_RAY_SECONDS.*nothing was changed") as told:
        try_to_join(listening, 1)
    assert "\n" not in str(told.value)
    assert started[0].poll() is not None


def test_one_that_ends_the_process_is_a_line(listening, child):
    child("import os; os._exit(134)")
    with pytest.raises(ClusterError, match="Ray ended the process that tried, exit code 134"):
        try_to_join(listening, 60)


def test_whoever_gives_up_ends_the_child(listening, child):
    started = child("import time; time.sleep(600)")

    def give_up():
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        try_to_join(listening, 60, give_up)
    assert started[0].poll() is not None


def test_where_nothing_listens_no_child_is_started(child):
    started = child("")
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    for address in (f"127.0.0.1:{port}", f"ray://127.0.0.1:{port}"):
        with pytest.raises(ClusterError, match=r"\(Connection refused\): start one"):
            try_to_join(address, 60)
    assert started == []


def test_other_versions_are_told_side_by_side():
    """The text is Ray's, of `ray._private.utils.check_version_info`."""
    error = RuntimeError(
        "Version mismatch: The cluster was started with:\n    Ray: 2.9.0\n    Python: 3.10.2\n"
        "This process on Ray Client was started with:\n    Ray: 2.60.0\n    Python: 3.11.7\n"
    )
    said = str(joining._refusal("ray://heron:10001", error))
    assert "it has Ray 2.9.0 and Python 3.10.2, this machine Ray 2.60.0 and Python 3.11.7" in said
    assert str(joining._refusal("auto", ConnectionError("none\n\nno cluster"))) == str(unreached("auto", "no cluster"))


class Stumbling:
    """A Ray whose cluster fails a number of times to start its server for a client."""

    def __init__(self, times: int, why: str = "RuntimeError: Starting Ray client server failed. See a log") -> None:
        self.times, self.why, self.tried, self.shut = times, why, 0, 0

    def init(self, **options):
        self.tried += 1
        if self.tried <= self.times:
            raise ConnectionAbortedError(self.why)
        return options

    def shutdown(self):
        self.shut += 1


def test_a_cluster_that_stumbles_is_joined_at_the_next_try():
    ray = Stumbling(2)
    assert connect(ray, "ray://a:1", num_cpus=1)["num_cpus"] == 1
    assert (ray.tried, ray.shut) == (3, 2)


@pytest.mark.parametrize(("ray", "tries"), [(Stumbling(9), 3), (Stumbling(9, "version mismatch"), 1)])
def test_what_fails_for_good_is_told(ray, tries):
    with pytest.raises(ConnectionAbortedError, match=re.escape(ray.why)):
        connect(ray, "ray://a:1")
    assert ray.tried == tries
