"""A connection to a Ray cluster, or to one of this machine alone; what goes wrong with it is one line."""

import contextlib
import logging
import os
import secrets
import signal
import sys
import threading
import time
import warnings
from collections.abc import Callable, Iterator, Mapping
from functools import lru_cache
from importlib.util import find_spec
from typing import Any

from core.errors import IbidError, InputError
from core.settings import go_offline
from index.joining import ClusterError, connect, said_by, try_to_join, unreached

__all__ = ["LOCAL", "Cluster", "ClusterError", "WorkerDiedError", "connected"]

LOCAL = "local"
_LOOK = 0.25  # seconds between two looks whether the work is given up
_RETRIES = 3  # times that work is done again when its worker dies
_AHEAD = 4  # tasks in flight for each core of the cluster
_USING = threading.Lock()  # Ray has one connection a process


class WorkerDiedError(IbidError):
    """The workers that tried a task died, each time."""


class Cluster:
    """A connected cluster: submits tasks and waits for them.

    `look` is called again and again while it waits; what it raises gives the work up.
    """

    def __init__(self, address: str, look: Callable[[], None]) -> None:
        self._address = address
        self._look = look

    def ahead(self) -> int:
        """Return how many tasks to have in flight, finished ones that nobody asked for yet among them.

        Raises:
            ClusterError: the cluster has no core to work with.
        """
        import ray

        with self._answering():
            cores = int(ray.cluster_resources().get("CPU", 0))  # type: ignore[no-untyped-call]
        if cores < 1:
            raise ClusterError(f"the Ray cluster at '{self._address}' has no core to work with; add a worker to it")
        return _AHEAD * cores

    def submit(self, work: Callable[..., Any], *given: Any) -> Any:  # noqa: ANN401 - of Ray
        """Have a function of a module run somewhere, on one core, and again where its worker dies."""
        with self._answering():
            return _remote(work).remote(*given)

    def put(self, data: bytes) -> Any:  # noqa: ANN401 - of Ray
        """Give the cluster bytes, to hand over to a task."""
        import ray

        with self._answering():
            return ray.put(data)

    def await_work(self, seconds: int) -> None:
        """Wait until the cluster has done a task that does nothing.

        Raises:
            ClusterError: it has no core to work with, or none that is free in time.
        """
        import ray

        self.ahead()
        task = self.submit(_nothing)
        deadline = time.monotonic() + seconds
        with self._answering():
            while not ray.wait([task], timeout=_LOOK)[0]:
                self._look()
                if time.monotonic() >= deadline:
                    ray.cancel(task)
                    raise ClusterError(
                        f"the Ray cluster at '{self._address}' began no work within {seconds} s: its cores are taken, "
                        "or its workers do not start (see `ray status`); wait, add a worker, or raise 'ray_seconds' "
                        "(IBID_RAY_SECONDS); nothing was changed"
                    )
            ray.get(task)

    def result(self, task: Any) -> Any:  # noqa: ANN401 - what the function returns
        """Wait for what a task returns.

        Raises:
            WorkerDiedError: its worker died each time.
            ClusterError: the cluster failed, or the code is not there.
        """
        import ray

        with self._answering():
            while not ray.wait([task], timeout=_LOOK)[0]:
                self._look()
            return ray.get(task)

    @contextlib.contextmanager
    def _answering(self) -> Iterator[None]:
        import ray.exceptions

        try:
            yield
        except IbidError:
            raise
        except (ray.exceptions.WorkerCrashedError, ray.exceptions.OutOfMemoryError) as error:
            raise WorkerDiedError(said_by(error)) from None
        except (ray.exceptions.RayError, ConnectionError) as error:
            raise ClusterError(
                f"the Ray cluster at '{self._address}' failed ({said_by(error)}); nothing was changed, run it again"
            ) from None


@contextlib.contextmanager
def connected(address: str, seconds: int, look: Callable[[], None]) -> Iterator[Cluster]:
    """Connect to a Ray cluster, and let go of it in the end.

    Args:
        address: 'auto', 'HOST:PORT' on a machine of the cluster, 'ray://HOST:PORT' on any, or 'local' to start one
            that ends with this.
        seconds: most time until the cluster is joined, and again until it begins with the first task.
        look: called again and again while others of this process use Ray or a task is waited for; it may raise.

    Raises:
        InputError: Ray is not installed.
        ClusterError: there is no cluster at the address, or it lets nobody in, or does no work in time.
    """
    while not _USING.acquire(timeout=_LOOK):
        look()
    try:
        begun = sys.modules.get("ray")
        if begun and begun.is_initialized():  # by the program that uses Ibid: its connection, and its to close
            yield Cluster(address, look)
            return
        _connect(address, seconds, look)
        try:
            cluster = Cluster(address, look)
            cluster.await_work(seconds)
            yield cluster
        finally:
            _ray().shutdown()
    finally:
        _USING.release()


def _nothing() -> None:
    """Be a task that shows that tasks are done, and that Ibid can be imported where they are."""


@lru_cache
def _remote(work: Callable[..., Any]) -> Any:  # noqa: ANN401 - of Ray
    return _ray().remote(num_cpus=1, max_retries=_RETRIES)(work)


def _ray() -> Any:  # noqa: ANN401 - a module that may not be there
    go_offline()
    try:
        import ray
    except ImportError:
        raise _missing() from None
    return ray


def _missing() -> InputError:
    return InputError("the setting 'ray' needs Ray: pip install 'ibid[ray]', or unset it (IBID_RAY)")


def _connect(address: str, seconds: int, look: Callable[[], None]) -> None:
    local = address == LOCAL
    if not local:
        if find_spec("ray") is None:
            raise _missing()
        try_to_join(address, seconds, look)  # before Ray is imported, as that settles what a local one listens on
    with _environment(_local_environment() if local else {}):
        _init(_ray(), address, {"include_dashboard": False} if local else {})


def _init(ray: Any, address: str, options: Mapping[str, Any]) -> None:  # noqa: ANN401 - a module
    logging.getLogger("ray").setLevel(logging.ERROR)
    try:
        with _own_signals(), _silent(), warnings.catch_warnings():
            warnings.simplefilter("ignore")
            connect(ray, address, **options)
    except Exception as error:  # it raises plain ones, too
        ray.shutdown()  # of what was begun
        raise unreached(address, said_by(error)) from None


@lru_cache(maxsize=1)
def _local_environment() -> Mapping[str, str]:
    """What the processes of a local Ray get; Ray reads the first when it is imported.

    They listen on loopback alone, to whoever has a token, which no file keeps. And they ask nobody: even with its
    statistics off Ray looks whether a cloud is around it, so that its processes get a proxy that does not answer.
    """
    nobody = "http://127.0.0.1:9"
    return {
        "RAY_ENABLE_WINDOWS_OR_OSX_CLUSTER": "0",
        "RAY_AUTH_TOKEN": os.environ.get("RAY_AUTH_TOKEN") or secrets.token_hex(),
        "RAY_USAGE_STATS_REPORT_URL": nobody,
        "http_proxy": nobody,
        "https_proxy": nobody,
        "no_proxy": "127.0.0.1,localhost,::1",
    }


@contextlib.contextmanager
def _environment(values: Mapping[str, str]) -> Iterator[None]:
    before = {name: os.environ.get(name) for name in values}
    os.environ.update(values)
    try:
        yield
    finally:
        for name, value in before.items():
            if value is None:
                os.environ.pop(name, None)
            else:
                os.environ[name] = value


@contextlib.contextmanager
def _own_signals() -> Iterator[None]:
    """Keep what this process does on SIGTERM, which Ray sets anew."""
    if threading.current_thread() is not threading.main_thread():
        yield
        return
    before = signal.getsignal(signal.SIGTERM)
    try:
        yield
    finally:
        signal.signal(signal.SIGTERM, before)


@contextlib.contextmanager
def _silent() -> Iterator[None]:
    """Hold back what Ray's native code writes to stderr while it connects; one line of ours follows."""
    if os.environ.get("IBID_DEBUG"):
        yield
        return
    kept = os.dup(2)
    nowhere = os.open(os.devnull, os.O_WRONLY)
    try:
        os.dup2(nowhere, 2)
        yield
    finally:
        os.dup2(kept, 2)
        os.close(kept)
        os.close(nowhere)
