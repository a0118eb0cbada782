"""People who ask an app: each asks, waits for the answer, thinks, and asks again, while somebody adds a document."""

import random
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from threading import Barrier, Lock, Thread
from typing import Protocol

from benchmarks.load.clients import Page, Program, Said

__all__ = ["Added", "Asked", "Crowd", "Question", "Seen", "crowd_of", "let_ask"]


@dataclass(frozen=True, slots=True)
class Question:
    """What is asked, and the questions before it; `id` is that of the question set."""

    id: str
    text: str
    history: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Crowd:
    """Who asks what.

    Args:
        scripts: of each person what they ask, in order, as often as they come to it.
        pages: how many of them, the first ones, sit at the page; the others are programs.
        seconds: how long they begin questions.
        think: how long a person thinks between two questions, in seconds: half to one and a half of it, by chance.
        seed: of that chance.
    """

    scripts: tuple[tuple[Question, ...], ...]
    pages: int
    seconds: float
    think: float
    seed: int


@dataclass(frozen=True, slots=True)
class Asked:
    """A question that was asked: by which way, from when to when (s since all began), and what came of it."""

    question: Question
    way: str
    begun: float
    ended: float
    said: Said | None
    error: str = ""


@dataclass(frozen=True, slots=True)
class Added:
    """The document that was added: from when to when, and what went wrong, if anything."""

    begun: float
    ended: float
    error: str = ""


@dataclass(frozen=True, slots=True)
class Seen:
    """All that happened; `took` is when the last answer was there, in seconds."""

    asked: tuple[Asked, ...]
    added: Added
    took: float


class _Asks(Protocol):
    def ask(self, question: str, history: Sequence[str]) -> Said: ...

    def close(self) -> None: ...


def crowd_of(  # noqa: PLR0913 - what a crowd is
    questions: Sequence[Question], *, people: int, pages: int, seconds: float, think: float, seed: int, most: int = 40
) -> Crowd:
    """Return people with questions drawn by chance; those at a page have a conversation, its questions' history.

    Args:
        questions: to draw from.
        people: how many there are.
        pages: how many of them sit at the page.
        seconds: how long they ask.
        think: how long they think, in seconds.
        seed: of the chance.
        most: how many questions one may come to.
    """
    chance = random.Random(seed)  # noqa: S311 - no secret
    alone = [question for question in questions if not question.history]
    scripts: list[tuple[Question, ...]] = []
    for person in range(people):
        drawn = chance.choices(alone if person < pages else questions, k=most)
        if person < pages:
            texts = [question.text for question in drawn]
            drawn = [Question(q.id, q.text, tuple(texts[:number])) for number, q in enumerate(drawn)]
        scripts.append(tuple(drawn))
    return Crowd(tuple(scripts), pages, seconds, think, seed)


def let_ask(url: str, crowd: Crowd, document: Path) -> Seen:
    """Let a crowd ask an app, and have a document added at the page when half of the time is over."""
    asked: list[Asked] = []
    added: list[Added] = []
    lock, start = Lock(), Barrier(len(crowd.scripts) + 2)
    begun: list[float] = []

    def clock() -> float:
        return time.perf_counter() - begun[0]

    def person(number: int, script: Sequence[Question]) -> None:
        asks: _Asks = Page(url) if number < crowd.pages else Program(url)
        chance = random.Random(crowd.seed * 1000 + number)  # noqa: S311 - no secret
        way = "page" if number < crowd.pages else "program"
        start.wait()
        time.sleep(chance.uniform(0, crowd.think))
        for question in script:
            if clock() >= crowd.seconds:
                break
            one = _ask(asks, question, way, clock)
            with lock:
                asked.append(one)
            time.sleep(crowd.think * chance.uniform(0.5, 1.5))
        asks.close()

    def librarian() -> None:
        page = Page(url)
        start.wait()
        time.sleep(crowd.seconds / 2)
        at = clock()
        try:
            wrong = page.add(document)
        except Exception as error:
            wrong = f"{type(error).__name__}: {error}"
        added.append(Added(at, clock(), wrong))
        page.close()

    threads = [Thread(target=person, args=item) for item in enumerate(crowd.scripts)] + [Thread(target=librarian)]
    begun.append(time.perf_counter())
    for thread in threads:
        thread.start()
    start.wait()  # until the last has opened the app
    begun[0] = time.perf_counter()
    for thread in threads:
        thread.join()
    return Seen(tuple(asked), added[0], max((one.ended for one in asked), default=0.0))


def _ask(asks: _Asks, question: Question, way: str, clock: Callable[[], float]) -> Asked:
    begun = clock()
    try:
        said = asks.ask(question.text, question.history)
    except Exception as error:  # of whatever kind: it is what the load test looks for
        return Asked(question, way, begun, clock(), None, f"{type(error).__name__}: {error}")
    return Asked(question, way, begun, clock(), said)
