"""Locks between processes and threads, on files: whose process ends, lets go of them."""

import fcntl
import os
import weakref
from pathlib import Path

__all__ = ["Lease", "is_leased", "locked"]


class Lease:
    """Says that a file's folder is in use, until it is closed or no longer referred to.

    Raises:
        OSError: the file cannot be opened or locked.
    """

    def __init__(self, file: Path) -> None:
        descriptor = os.open(file, os.O_RDONLY)
        self.close = weakref.finalize(self, os.close, descriptor)
        fcntl.flock(descriptor, fcntl.LOCK_SH)


def is_leased(file: Path) -> bool:
    """Say whether anybody has a lease on a file."""
    try:
        with file.open("r+b") as opened:
            return not locked(opened.fileno())
    except OSError:
        return False


def locked(descriptor: int) -> bool:
    """Take the exclusive lock on an open file, or say that another has it.

    Raises:
        OSError: there are no locks on its file system.
    """
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    return True
