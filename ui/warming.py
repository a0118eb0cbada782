"""Load the models while a command, or the app, imports libraries and reads files."""

from concurrent.futures import ThreadPoolExecutor
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from core.settings import Settings

__all__ = ["begin_loading"]


def begin_loading(settings: "Settings") -> None:
    """Begin to load the shipped models and return; who asks for one waits for it, and is told what is wrong with it.

    ONNX Runtime leaves Python's lock to others meanwhile, so on two cores this costs the caller next to nothing. A
    model of the user's is left until it is needed: it would bring torch, which holds the lock for seconds.
    """
    from answer.reader import load_reader
    from index.embedder import load_embedder

    beside = ThreadPoolExecutor(1, "models")
    if not settings.embedder:
        beside.submit(load_embedder)
    beside.submit(load_reader)
    beside.shutdown(wait=False)
