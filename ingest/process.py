"""Read files in a process of their own, so that no file, however broken, can hang or exhaust the one that asked.

The child runs `serve`. Requests and replies are pickles over its standard input and output.
"""

import os
import resource
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from dataclasses import dataclass
from multiprocessing.connection import Connection
from pathlib import Path
from types import TracebackType
from typing import Self

from core.errors import InputError
from core.settings import Settings
from ingest.document import ReadDocument, read_file
from ingest.source import Source

__all__ = ["Limits", "ReaderProcess", "serve"]

_ROOT = Path(__file__).resolve().parent.parent
_LOOK = 0.25  # seconds between two looks whether the reading is given up
_GRACE = 5  # seconds after the time limit at which a child whose parent is gone ends by itself


@dataclass(frozen=True, slots=True)
class Limits:
    """What one file may take: its size and the memory to read it in megabytes, and the time in seconds."""

    megabytes: int
    memory: int
    seconds: int

    @classmethod
    def of(cls, settings: Settings) -> Self:
        """Return the limits that the settings name."""
        return cls(settings.read_megabytes, settings.read_memory, settings.read_seconds)


class ReaderProcess:
    """Reads files one after the other in a child that is started when first needed and replaced when it dies.

    `look` is called again and again while a file is read; what it raises gives the reading up.
    """

    def __init__(self, limits: Limits, look: Callable[[], None] = lambda: None) -> None:
        self._limits = limits
        self._look = look
        self._child: subprocess.Popen[bytes] | None = None

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        self.close()

    def read(self, source: Source, *, document_id: str | None = None) -> ReadDocument:
        """Read a file as `ingest.read_file` does.

        Raises:
            InputError: it cannot be read, or not within the limits.
        """
        path = source.path
        _check_size(path, self._limits.megabytes)
        requests, replies = self._connect()
        try:
            requests.send((source, document_id or source.id))
            reply = replies.recv() if self._comes(replies) else self._late(path)
        except (EOFError, OSError):
            self._end()
            raise InputError(
                f"{path} made its reader fail: expected an undamaged file that can be read within "
                f"{self._limits.memory} MB; open and save it anew, split it, or raise IBID_READ_MEMORY"
            ) from None
        except BaseException:
            self._end()
            raise
        if isinstance(reply, ReadDocument):
            return reply
        raise InputError(str(reply))

    def _comes(self, replies: Connection) -> bool:
        """Wait for a reply within the time limit."""
        deadline = time.monotonic() + self._limits.seconds
        while not replies.poll(max(0.0, min(_LOOK, deadline - time.monotonic()))):
            self._look()
            if time.monotonic() >= deadline:
                return False
        return True

    def _late(self, path: Path) -> str:
        self._end()
        return (
            f"{path} could not be read within {self._limits.seconds} seconds: "
            "split it, or raise the limit with IBID_READ_SECONDS"
        )

    def close(self) -> None:
        """End the child."""
        self._end()

    def _connect(self) -> tuple[Connection, Connection]:
        if self._child and self._child.poll() is not None:
            self._end()
        child = self._child = self._child or _start(self._limits)
        assert child.stdin  # noqa: S101 - piped
        assert child.stdout  # noqa: S101 - piped
        return (
            Connection(os.dup(child.stdin.fileno()), readable=False),
            Connection(os.dup(child.stdout.fileno()), writable=False),
        )

    def _end(self) -> None:
        child, self._child = self._child, None
        if child is None:
            return
        child.kill()
        child.wait()
        for pipe in (child.stdin, child.stdout):
            if pipe:
                pipe.close()


def _start(limits: Limits) -> "subprocess.Popen[bytes]":
    # The child must import this very Ibid, whatever the parent's script or folder is.
    path = os.pathsep.join(filter(None, [str(_ROOT), os.environ.get("PYTHONPATH", "")]))
    return subprocess.Popen(  # noqa: S603 - this interpreter and module
        [sys.executable, "-c", f"from ingest.process import serve; serve({limits.memory}, {limits.seconds})"],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=None if os.environ.get("IBID_DEBUG") else subprocess.DEVNULL,
        env=os.environ | {"PYTHONPATH": path},
        bufsize=0,
        start_new_session=True,
    )


def _check_size(path: Path, megabytes: int) -> None:
    try:
        size = path.stat().st_size
    except OSError:
        return  # the reader says what is wrong
    if size > megabytes * 1_000_000:
        raise InputError(
            f"{path} has {size / 1e6:,.0f} MB: expected at most {megabytes} MB; "
            "split it, or raise the limit with IBID_READ_MEGABYTES"
        )


def serve(memory: int, seconds: int) -> None:
    """Be the child: answer requests until there are no more; what libraries print goes nowhere."""
    requests, replies = Connection(os.dup(0), writable=False), Connection(os.dup(1), readable=False)
    nowhere = os.open(os.devnull, os.O_RDWR)
    os.dup2(nowhere, 0)
    os.dup2(nowhere, 1)
    _limit_memory(memory * 1_000_000)
    while True:
        try:
            source, document_id = requests.recv()
        except EOFError:
            return
        signal.alarm(seconds + _GRACE)
        reply = _reply(source, document_id, memory)
        signal.alarm(0)
        replies.send(reply)


def _limit_memory(most: int) -> None:
    """Take so many bytes at most, or fewer where the machine allows no more."""
    _, allowed = resource.getrlimit(resource.RLIMIT_AS)
    if allowed != resource.RLIM_INFINITY:
        most = min(most, allowed)
    resource.setrlimit(resource.RLIMIT_AS, (most, allowed))


def _reply(source: Source, document_id: str, memory: int) -> ReadDocument | str:
    try:
        return read_file(source.path, document_id=document_id, metadata=source.known)
    except InputError as error:
        return str(error)
    except MemoryError:
        return (
            f"{source.path} needs more than {memory} MB of memory to be read: split it, or raise the limit with "
            "IBID_READ_MEMORY"
        )
    except Exception as error:  # whatever a library stumbles over is the file's fault until shown otherwise
        if os.environ.get("IBID_DEBUG"):
            raise
        return f"cannot read {source.path} ({type(error).__name__}: {error}): open and save it anew, or convert it"
