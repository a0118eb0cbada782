"""Whether a Ray cluster lets this machine in, tried by a child process, which can be ended.

Ray itself tries for minutes, in native code, whatever listens at an address. The child first asks the port what it is
and the cluster which machines it has, and then joins as an ingest does.
"""

import json
import os
import re
import socket
import subprocess
import sys
import time
from collections.abc import Callable
from dataclasses import astuple, dataclass
from pathlib import Path
from typing import Any

from core.errors import IbidError
from core.settings import go_offline

__all__ = ["ClusterError", "Joined", "connect", "join", "said_by", "try_to_join", "unreached"]

_ROOT = Path(__file__).resolve().parent.parent
_LOOK = 0.25  # seconds between two looks whether the work is given up
_REACH = 5  # seconds for one answer of a port
_LONGEST = 200  # characters of what Ray says that are repeated
_CLIENT = "ray://"
# Now and then the process that a cluster forks for a client ends as it begins; the next one does not.
_STUMBLED = "Starting Ray client server failed"
_TRIES = 3
_ADDRESS = re.compile(r"(?P<host>[^/:]+|\[[^\]]+\]):(?P<port>\d+)")
_VERSIONS = re.compile(r"Ray: (\S+)\s+Python: (\S+)")
_START = "start one (ray start --head), or mend the setting 'ray' (IBID_RAY)"
_NO_RAY = "what listens there is no Ray"
_PORTS = "set 'ray' (IBID_RAY) to HOST:6379 on a machine of the cluster, or to ray://HOST:10001"
_LOCKED = "it asks for a token, and not this one"
_UNLOCK = "set RAY_AUTH_MODE=token and RAY_AUTH_TOKEN as on its machines"


class ClusterError(IbidError):
    """There is no such Ray cluster, or it fails; nothing was changed, and what was asked of it may be asked again."""


@dataclass(frozen=True, slots=True)
class Joined:
    """A cluster that can be joined: its versions of Ray and Python, and how many cores it has."""

    ray: str
    python: str
    cores: int


def try_to_join(address: str, seconds: int, look: Callable[[], None] = lambda: None) -> Joined:
    """Join a cluster and leave it again, in a child process.

    Args:
        address: 'auto', 'HOST:PORT' or 'ray://HOST:PORT'.
        seconds: most time for it.
        look: called again and again meanwhile; what it raises gives the attempt up.

    Raises:
        ClusterError: there is no cluster, it does not let us in, or not in time.
    """
    _reach(address, address.removeprefix(_CLIENT))
    child = _start(address)
    late = True
    try:
        late = not _ends(child, seconds, look)
    finally:
        child.kill()
        told = [json.loads(line) for line in child.communicate()[0].splitlines()]
    end: dict[str, Any] = told[-1] if told else {}
    if "joined" in end:
        return Joined(*end["joined"])
    if "refused" in end:
        raise ClusterError(end["refused"])
    if late:
        how = "it answers, and could not be joined" if end else "nothing was heard from it"
        raise unreached(
            address,
            f"{how} within {seconds} s",
            "see that this machine and the cluster's reach each other on all of Ray's ports, and by the addresses that "
            "`ray start` said; or raise 'ray_seconds' (IBID_RAY_SECONDS)",
        )
    raise unreached(address, f"Ray ended the process that tried, exit code {child.returncode}", _START)


def unreached(address: str, why: str, mend: str = _START) -> ClusterError:
    """Return the line on a cluster that lets nobody in: why, and what to do about it."""
    return ClusterError(f"no Ray cluster lets us in at '{address}' ({why}): {mend}; nothing was changed")


def said_by(error: BaseException) -> str:
    """Return the last line of what Ray says, without the traceback before it."""
    lines = [line.strip() for line in str(error).splitlines() if line.strip()]
    said = (lines[-1] if lines else type(error).__name__)[:_LONGEST].rstrip(". ")
    return f"{said}; is Ibid installed on all of its machines?" if "ModuleNotFoundError" in said else said


def join(address: str) -> None:
    """Be the child: tell that the cluster answers and how joining ends, a line of JSON each; Ray's own go nowhere."""
    with os.fdopen(os.dup(1), "w") as out:
        os.dup2(os.open(os.devnull, os.O_WRONLY), 1)

        def tell(**line: object) -> None:
            print(json.dumps(line), file=out, flush=True)

        try:
            tell(joined=astuple(_join(address, lambda: tell(answers=True))))
        except ClusterError as error:
            tell(refused=str(error))
        except Exception as error:  # Ray raises plain ones, too
            tell(refused=str(_refusal(address, error)))


def connect(ray: Any, address: str, **options: object) -> Any:  # noqa: ANN401 - a module, and what it returns
    """Join a cluster from this process, anew where its server for us stumbled; return what `ray.init` does."""
    options |= {"address": address, "configure_logging": False, "log_to_driver": False}
    for _ in range(_TRIES - 1):
        try:
            return ray.init(**options)
        except Exception as error:  # Ray raises plain ones, too
            if _STUMBLED not in str(error):
                raise
            ray.shutdown()
    return ray.init(**options)


def _start(address: str) -> "subprocess.Popen[str]":
    # The child must import this very Ibid, whatever the parent's script or folder is.
    path = os.pathsep.join(filter(None, [str(_ROOT), os.environ.get("PYTHONPATH", "")]))
    return subprocess.Popen(  # noqa: S603 - this interpreter and module
        [sys.executable, "-c", "import sys; from index.joining import join; join(sys.argv[1])", address],
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=None if os.environ.get("IBID_DEBUG") else subprocess.DEVNULL,
        env=os.environ | {"PYTHONPATH": path},
        text=True,
        start_new_session=True,
    )


def _ends(child: "subprocess.Popen[str]", seconds: int, look: Callable[[], None]) -> bool:
    """Wait for a child within the time limit."""
    deadline = time.monotonic() + seconds
    while time.monotonic() < deadline:
        look()
        try:
            child.wait(_LOOK)
        except subprocess.TimeoutExpired:
            continue
        return True
    return False


def _reach(address: str, place: str) -> None:
    """Try a port, which takes no Ray."""
    found = _ADDRESS.fullmatch(place)
    if not found:
        return
    try:
        socket.create_connection((found["host"].strip("[]"), int(found["port"])), timeout=_REACH).close()
    except OSError as error:
        why = error.strerror or str(error)
        raise unreached(address, why if place in address else f"which Ray takes for {place}: {why}") from None


def _join(address: str, answers: Callable[[], None]) -> Joined:
    go_offline()
    import ray
    from ray._private import services

    if address == "auto":
        address = os.environ.get("RAY_ADDRESS") or address
    if address.startswith(_CLIENT):
        _ask_port(address, address.removeprefix(_CLIENT))
    else:
        place = services.canonicalize_bootstrap_address_or_die(address)
        _reach(address, place)
        _ask_port(address, place)
        _ask_cluster(address, place)
    answers()
    context = connect(ray, address)
    try:
        cores = int(ray.cluster_resources().get("CPU", 0))  # type: ignore[no-untyped-call]
        return Joined(str(context.ray_version), str(context.python_version), cores)
    finally:
        ray.shutdown()


def _ask_port(address: str, place: str) -> None:
    """Ask for Ray's service for clients, which one of its two ports has; joining would only say that it took too long.

    Raises:
        ClusterError: it is the other port, or none of Ray.
    """
    import grpc  # type: ignore[import-untyped]
    from ray._private.grpc_utils import init_grpc_channel
    from ray.core.generated import ray_client_pb2, ray_client_pb2_grpc
    from ray.util.client.common import GRPC_OPTIONS

    channel = init_grpc_channel(place, options=GRPC_OPTIONS)
    service: Any = ray_client_pb2_grpc.RayletDriverStub(channel)  # type: ignore[no-untyped-call]
    messages: Any = ray_client_pb2
    ping = messages.ClusterInfoRequest(type=messages.ClusterInfoType.PING)
    try:
        service.ClusterInfo(ping, timeout=_REACH, metadata=[("client_id", "ibid")])
    except grpc.RpcError as error:
        code, details = error.code(), error.details() or ""
    else:
        code, details = grpc.StatusCode.OK, ""
    finally:
        channel.close()
    for_clients = address.startswith(_CLIENT)
    if code is grpc.StatusCode.UNAUTHENTICATED:
        raise unreached(address, _LOCKED, _UNLOCK)
    if code is grpc.StatusCode.DEADLINE_EXCEEDED:
        raise unreached(address, f"what listens there does not answer within {_REACH} s")
    if code is grpc.StatusCode.OK:
        if not for_clients:
            raise unreached(address, "it is a cluster's port for clients", f"set 'ray' (IBID_RAY) to {_CLIENT}{place}")
    elif code is not grpc.StatusCode.UNIMPLEMENTED or "http2" in details:
        raise unreached(address, _NO_RAY, _PORTS)
    elif for_clients:
        raise unreached(address, "it is no Ray's port for clients", _PORTS)


def _ask_cluster(address: str, place: str) -> None:
    """Ask a cluster for its machines, one of which a driver must run on; Ray would wait a minute for that.

    Raises:
        ClusterError: this machine is none of them, or what listens there is no Ray.
    """
    from ray._private import services
    from ray._raylet import GcsClient  # type: ignore[attr-defined]
    from ray.exceptions import AuthenticationError, RpcError

    try:
        nodes = GcsClient(address=place).get_all_node_info(timeout=_REACH)
    except AuthenticationError:
        raise unreached(address, _LOCKED, _UNLOCK) from None
    except RpcError:
        raise unreached(address, _NO_RAY, _PORTS) from None
    alive = {node.hex() for node, told in nodes.items() if told.state == told.ALIVE}
    if not alive.intersection(services.find_node_ids()):  # type: ignore[no-untyped-call]
        raise unreached(
            address,
            f"this machine is none of its {len(alive)}",
            f"`ray start --address={place}` here, or set 'ray' (IBID_RAY) to ray://HOST:10001",
        )


def _refusal(address: str, error: Exception) -> ClusterError:
    """The line on what Ray raises when it joins."""
    if "ersion mismatch" not in str(error):
        return unreached(address, said_by(error))
    there, here = [*_VERSIONS.findall(str(error)), ("?", "?"), ("?", "?")][:2]
    return unreached(
        address,
        f"it has Ray {there[0]} and Python {there[1]}, this machine Ray {here[0]} and Python {here[1]}",
        "install the same on all machines",
    )
