"""Read what a language model writes as it comes, and not for ever."""

import queue
import re
import threading
import time
from collections.abc import Generator, Sequence
from contextlib import AbstractContextManager, nullcontext
from typing import TYPE_CHECKING

from core.errors import IbidError

if TYPE_CHECKING:
    from llama_index.core.llms import LLM, ChatMessage

__all__ = ["LONGEST_WRITING", "ModelError", "stream_text"]

LONGEST_WRITING = 6000  # characters; four sentences were asked for
_THOUGHT = re.compile(r"\s*<think>.*?(?:</think>|$)", re.DOTALL)


class ModelError(IbidError):
    """A language model that cannot be had or does not behave; the message goes on from the model's name."""


def stream_text(
    model: "LLM",
    messages: "Sequence[ChatMessage]",
    seconds: float,
    turn: AbstractContextManager[object] = nullcontext(),  # noqa: B008 - it holds nothing
) -> Generator[str]:
    """Yield what a model has written so far, each time that there is more; what it thinks aloud is left out.

    The model runs in a thread of its own, which is left behind when it does not come back in time, and ends by itself
    with the next piece or with the time limit of its connection.

    Args:
        model: any LlamaIndex LLM.
        messages: what it is told and asked.
        seconds: the most time for all of it.
        turn: what is held while it writes, where it can write one answer at a time.

    Raises:
        ModelError: it cannot be reached, fails, takes longer than `seconds`, writes nothing, or does not end.
    """
    pieces: queue.SimpleQueue[str | Exception | None] = queue.SimpleQueue()
    stopped = threading.Event()
    threading.Thread(target=_run, args=(model, messages, pieces, stopped, turn), daemon=True).start()
    until, text = time.monotonic() + seconds, ""
    try:
        while (piece := _next(pieces, until, seconds)) is not None:
            text += piece
            if len(text) > LONGEST_WRITING:
                raise ModelError("does not come to an end")
            yield _THOUGHT.sub("", text)
    finally:
        stopped.set()
    if not any(ch.isalnum() for ch in _THOUGHT.sub("", text)):
        raise ModelError("wrote nothing")


def _next(pieces: "queue.SimpleQueue[str | Exception | None]", until: float, seconds: float) -> str | None:
    try:
        piece = pieces.get(timeout=max(until - time.monotonic(), 0.0))
    except queue.Empty:
        raise ModelError(f"did not finish within {seconds:g} seconds") from None
    if isinstance(piece, Exception):
        raise ModelError(_told(piece)) from piece
    return piece


def _run(
    model: "LLM",
    messages: "Sequence[ChatMessage]",
    pieces: "queue.SimpleQueue[str | Exception | None]",
    stopped: threading.Event,
    turn: AbstractContextManager[object],
) -> None:
    try:
        with turn:
            if stopped.is_set():
                return
            for response in model.stream_chat(messages):
                if stopped.is_set():
                    return
                pieces.put(str(response.delta or ""))
        pieces.put(None)
    except Exception as error:  # whatever a server or a library does, the question is answered without it
        pieces.put(error)


def _told(error: Exception) -> str:
    """What went wrong in a few words; never the error's own, which may hold an address or a key."""
    kinds = " ".join(kind.__name__ for kind in type(error).__mro__)
    status = getattr(error, "status_code", None)
    if isinstance(status, int) and status > 0:
        return f"answered with status {status}"
    if "Timeout" in kinds:
        return "did not answer in time"
    if "Connect" in kinds:
        return "cannot be reached"
    return f"sent what cannot be read ({type(error).__name__})"
