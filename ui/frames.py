"""The conversation while a question is answered, frame by frame."""

import re
import time
from collections.abc import Iterator, Sequence
from contextlib import AbstractContextManager, nullcontext
from dataclasses import replace
from uuid import uuid4

from core.errors import IbidError
from ui.conversation import Turn, conversation_html, turn_of
from ui.engine import Engine

__all__ = ["converse"]

FRAME_SECONDS = 0.03
FRAME_WORDS = 3  # at least
FRAMES = 12  # at most, however long an answer is
STREAMED = 1_000_000  # characters at most that the frames of an answer come to: each is the whole conversation


def converse(
    engine: Engine,
    question: str,
    turns: Sequence[Turn],
    *,
    slot: AbstractContextManager[object] | None = None,
    again: int | None = None,
) -> Iterator[tuple[str, list[Turn]]]:
    """Yield the conversation, frame by frame, while a question is answered: as HTML, and as turns.

    Args:
        engine: what answers.
        question: what is asked.
        turns: what was asked before, oldest first.
        slot: held while the answer is made, but not while it is shown; None for no need of one.
        again: the turn that is asked anew, in whose place the answer comes; None asks a new question.
    """
    at = len(turns) if again is None else again
    before, after = turns[:at], turns[at + 1 :]
    earlier = [turn.question for turn in before if not turn.error]
    asked = turn_of(question, uuid4().hex[:12])
    around = [conversation_html(some, engine.documents) for some in (before, after)]  # made once for all frames

    def frame(turn: Turn, shown: int | None = None) -> str:
        html = conversation_html([turn], engine.documents, shown)
        return "\n".join(filter(None, (around[0], html, around[1])))

    yield frame(asked), list(turns)
    answered, grown = asked, False
    try:
        with slot or nullcontext():
            for answer in engine.stream(question, earlier) if engine.stream else [engine.ask(question, earlier)]:
                if answered.answer:
                    grown = True
                    yield frame(answered, len(answered.answer.text)), list(turns)
                answered = replace(asked, answer=answer)
    except IbidError as error:
        answered = replace(asked, error=str(error))
    except Exception:
        broken = replace(asked, error=_BROKEN)
        yield frame(broken), [*before, broken, *after]  # or it would be read for ever
        raise
    so_far = [*before, answered, *after]
    for shown in () if grown else _frames(answered, STREAMED // (1 + sum(map(len, around)))):
        yield frame(answered, shown), so_far
        time.sleep(FRAME_SECONDS)
    yield frame(answered), so_far


def _frames(turn: Turn, affordable: int) -> Iterator[int]:
    """How many characters of the answer each frame shows.

    Args:
        turn: with its answer.
        affordable: frames that a conversation as long as this may have; one at least is shown.
    """
    if turn.answer is None or turn.answer.refused:
        return
    ends = [match.end() for match in re.finditer(r"\S+", turn.answer.text)]
    words = max(FRAME_WORDS, -(-len(ends) // max(min(FRAMES, affordable), 2)))
    yield from ends[words - 1 : -1 : words]


_BROKEN = (
    "Something went wrong inside Ibid: ask again, and if it stays so, look at the lines of the terminal it runs in."
)
