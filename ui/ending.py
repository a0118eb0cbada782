"""How the command line ends: in good order when it is asked to, and with one line where something is wrong."""

import os
import signal
import sys
import threading
from collections.abc import Callable
from types import FrameType

from core.errors import IbidError
from ui.commands import complain

__all__ = ["run"]

_ENDED = (128 + signal.SIGINT, 128 + signal.SIGTERM)  # exit codes of a process that was asked to end


def run(commands: Callable[[], object]) -> int:
    """Run the command line; return the exit code. Errors are one line on stderr, never a traceback.

    Raises:
        SystemExit: a command ended with an exit code of its own.
        Exception: what broke, as it is, where IBID_DEBUG is set.
    """
    for stream in (sys.stdout, sys.stderr):
        stream.reconfigure(encoding="utf-8", errors="replace")  # type: ignore[union-attr]
    signal.signal(signal.SIGTERM, _end)
    try:
        commands()
    except SystemExit as ended:
        if ended.code not in _ENDED or threading.active_count() == 1:
            raise
        sys.stdout.flush()
        sys.stderr.flush()
        os._exit(int(str(ended.code)))  # a thread that still loads models would make of an ordinary exit an abort
    except IbidError as error:
        complain(str(error))
    except Exception as error:
        if os.environ.get("IBID_DEBUG"):
            raise
        complain(f"{type(error).__name__}: {error} (run with IBID_DEBUG=1 for the traceback)")
    return 1


def _end(number: int, frame: FrameType | None) -> None:
    """End in good order, as on Ctrl+C, so that no file stays that was only for now; asked again, at once."""
    signal.signal(number, signal.SIG_DFL)
    raise SystemExit(128 + number)
