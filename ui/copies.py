"""Gradio's copies of uploads lie in a folder of this process, which goes when it ends, or when the next one starts."""

import fcntl
import os
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from core.settings import Settings
from index.locks import Lease, is_leased

__all__ = ["own_copies"]

_VARIABLE = "GRADIO_TEMP_DIR"  # where Gradio keeps them; one that the user has set stays
_OWN = "app-"
_MARK = "in-use"


@contextmanager
def own_copies(settings: Settings) -> Iterator[None]:
    """Keep Gradio's copies under the home folder while this lasts, and delete those that killed processes have left.

    Where that folder cannot be written to, they lie where Gradio puts them.
    """
    if os.environ.get(_VARIABLE):
        yield
        return
    home = settings.home.resolve() / "@copies"  # no corpus has a name that begins so
    try:
        folder, lease = _begin(home)
    except OSError:
        yield
        return
    os.environ[_VARIABLE] = str(folder)
    try:
        yield
    finally:
        del os.environ[_VARIABLE]
        lease.close()
        shutil.rmtree(folder, ignore_errors=True)


def _begin(home: Path) -> tuple[Path, Lease]:
    home.mkdir(parents=True, exist_ok=True)
    with (home / "lock").open("w") as lock:  # so that nobody takes a folder for left before it is leased
        fcntl.flock(lock, fcntl.LOCK_EX)
        for left in home.glob(f"{_OWN}*"):
            if not is_leased(left / _MARK):
                shutil.rmtree(left, ignore_errors=True)
        folder = Path(tempfile.mkdtemp(prefix=_OWN, dir=home))
        (folder / _MARK).touch()
        return folder, Lease(folder / _MARK)
