"""A trial: what questions get alone, what they get from a crowd, and what they then get alone."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from benchmarks.load.clients import Program
from benchmarks.load.judge import Judged, Known, judge, key_of
from benchmarks.load.people import Crowd, Question, let_ask
from benchmarks.load.server import Served

if TYPE_CHECKING:
    from eval.dataset import Question as Marked

__all__ = ["Trial", "marker", "try_crowd"]

IsRight = Callable[[str, Mapping[str, Any]], bool]


@dataclass(frozen=True, slots=True)
class Trial:
    """What came of a crowd, and what the app took for it: seconds of processor time, and MB of memory at its peak."""

    judged: Judged
    cpu_s: float
    peak_mb: float


def try_crowd(app: Served, crowd: Crowd, document: Path, is_right: IsRight) -> Trial:
    """Ask every question of a crowd alone, let the crowd ask, and ask alone again what it asked."""
    program = Program(app.url)
    before = _alone(program, (question for script in crowd.scripts for question in script))
    cpu = app.cpu_s()
    seen = let_ask(app.url, crowd, document)
    cpu = app.cpu_s() - cpu
    after = _alone(program, (one.question for one in seen.asked))
    program.close()
    return Trial(judge(seen, before, after, is_right), cpu, app.peak_mb())


def marker(home: Path, questions: "Sequence[Marked]") -> IsRight:
    """Return what tells whether an answer to a question is right.

    Args:
        home: where the documents are indexed that the questions are on.
        questions: those of the question set.
    """
    from core.records import Answer, Citation
    from core.settings import Settings
    from eval.dataset import find_evidence
    from eval.metrics import correctness
    from index import open_generation

    documents = tuple(open_generation(Settings(home=home))[0].documents().values())
    chosen = {question.id: question for question in questions}
    gold = {q.id: [place for quote in q.evidence for place in find_evidence(quote, documents)] for q in chosen.values()}

    def is_right(name: str, record: Mapping[str, Any]) -> bool:
        citations = tuple(
            Citation(c["marker"], c["document"], (), None, c["quote"], c["start"], c["end"], "")
            for c in record["citations"]
        )
        answer = Answer(
            question=record["question"],
            text=record["answer"],
            citations=citations,
            refused=record["refused"],
            reason=record["reason"],
            confidence=record["confidence"],
            hits=(),
        )
        return bool(correctness(chosen[name], answer, gold[name]))

    return is_right


def _alone(program: Program, questions: Iterable[Question]) -> Known:
    """What each of some questions gets when nobody else asks."""
    known = {}
    for question in questions:
        if key_of(question) not in known:
            known[key_of(question)] = program.ask(question.text, question.history)
    return known
