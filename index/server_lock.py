"""A lock on a Chroma server, for builders on any machine: a collection, since only one can make it.

Whoever is killed cannot delete it, so it runs out: its metadata say until when it holds, by the server's clock, and its
holder puts that off all the while. A builder on the same machine with the same folder need not wait for that: it has
the lock on the folder, so whoever left this one behind has ended.
"""

import logging
import secrets
import socket
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from threading import Event, Thread

from core.errors import IbidError
from index.server import Server, ServerCollection, UnreachableError

__all__ = ["ServerLock"]

_LASTS, _RENEWED = 60.0, 15.0  # seconds
_PATIENCE = 0.5  # seconds between two looks at a lock that another has
_LOG = logging.getLogger(__name__)


class ServerLock:
    """The lock of those who build one corpus.

    Args:
        server: where it is kept.
        name: the name of its collection.
        folder: the builder's own folder, of which it has the lock already.
    """

    def __init__(self, server: Server, name: str, folder: Path) -> None:
        self._server = server
        self._name = name
        self._holder = f"{socket.gethostname()}:{folder.resolve()}"
        self._build = ""

    @contextmanager
    def held(self, wait: Callable[[], None] | None) -> Iterator[None]:
        """Hold the lock, and renew it meanwhile.

        Args:
            wait: called again and again while another has it, and may raise to give up; None does not wait.

        Raises:
            IbidError: another has it, and there is no `wait`.
        """
        self._build = secrets.token_hex(8)
        while other := self._taken():
            if wait is None:
                raise IbidError(f"{other} is indexing this corpus; try again when that is done")
            wait()
            time.sleep(_PATIENCE)
        over = Event()
        renewing = Thread(target=self._renew, args=(over,), daemon=True)
        renewing.start()
        try:
            yield
        finally:
            over.set()
            renewing.join()
            self._release()

    def check(self) -> None:
        """Make sure that the lock is still held, and for a while.

        Raises:
            IbidError: it ran out and another has taken it, or might have.
        """
        ours = self._ours()
        if not ours or ours.metadata["until"] < self._server.now() + _RENEWED / 2:
            raise IbidError("another process has begun to index this corpus meanwhile; nothing was changed, try again")

    def _taken(self) -> str:
        """Take the lock and return nothing, or return who has it."""
        while not self._server.create(self._name, self._held(), new=True):
            found = self._server.collection(self._name)
            if not found:
                continue
            holder = str(found.metadata.get("holder"))
            if holder != self._holder and float(found.metadata.get("until", 0.0)) > self._server.now():
                return holder
            self._server.drop(self._name)
        return ""

    def _held(self) -> dict[str, str | float]:
        return {"holder": self._holder, "build": self._build, "until": self._server.now() + _LASTS}

    def _ours(self) -> ServerCollection | None:
        """The lock, if we hold it."""
        found = self._server.collection(self._name)
        return found if found and found.metadata.get("build") == self._build else None

    def _renew(self, over: Event) -> None:
        while not over.wait(_RENEWED):
            try:
                ours = self._ours()
                if not ours:
                    return  # lost: `check` says so
                ours.describe(self._held())
            except IbidError as error:
                _LOG.warning("cannot renew the lock of %s: %s", self._name, error)

    def _release(self) -> None:
        try:
            if self._ours():
                self._server.drop(self._name)
        except UnreachableError as error:
            _LOG.warning("the lock of %s is left to run out: %s", self._name, error)
