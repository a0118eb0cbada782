"""When the questions to ask next are made: after an answer is shown, while nobody waits for one, of what is asked."""

import time
from collections.abc import Mapping, Sequence
from threading import BoundedSemaphore, Lock
from typing import Any

from ui.engine import Engine
from ui.followups import Cited, follow_up_questions

__all__ = ["Suggestions"]

PATIENCE = 3.0  # seconds; a suggestion that comes later helps nobody
WAITING = 4  # people for whom they are made or who wait for that; others get none


class Suggestions:
    """Makes the questions to ask next, for one person at a time; safe to share between threads.

    Each of them is put to the answerer to see whether it is answered, and not before all who asked something have got
    their answers: what nobody asked for must not delay what somebody did.

    Args:
        engine: what answers.
        patience: how long to wait for that, in seconds.
    """

    def __init__(self, engine: Engine, patience: float = PATIENCE) -> None:
        self._engine = engine
        self._patience = patience
        self._waiting = BoundedSemaphore(WAITING)
        self._turn = Lock()

    def after(self, answered: Mapping[str, Sequence[Any]]) -> tuple[str, ...]:
        """Return what could be asked next; nothing where too much else is asked.

        Args:
            answered: from the page: `asked`, the questions of the conversation, `cited`, the quotes of its last answer
                as document, start and end, and `left_out`, the ids of the documents that are not asked.
        """
        asked = [str(text) for text in answered["asked"]]
        cited: list[Cited] = [(str(name), int(start), int(end)) for name, start, end in answered["cited"]]
        left_out = frozenset(map(str, answered.get("left_out", ())))
        until = time.monotonic() + self._patience
        if not self._waiting.acquire(blocking=False):
            return ()
        try:
            if not self._turn.acquire(timeout=self._patience):
                return ()
            try:
                return self._made(asked, cited, left_out, until)
            finally:
                self._turn.release()
        finally:
            self._waiting.release()

    def _made(
        self, asked: Sequence[str], cited: Sequence[Cited], left_out: frozenset[str], until: float
    ) -> tuple[str, ...]:
        engine = self._engine.without(left_out)
        quoted = dict.fromkeys(name for name, _, _ in cited if name not in left_out)
        documents = {name: engine.documents[name] for name in quoted if name in engine.documents}

        def may_ask() -> bool:
            return engine.quiet(max(until - time.monotonic(), 0.0))

        return follow_up_questions(asked, cited, documents, engine.ask, may_ask)
