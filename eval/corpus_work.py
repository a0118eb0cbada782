"""Answer the questions of many documents in processes of their own, one document at a time each.

Each process has a pipe of its own to the one that began it. When that one dies, however suddenly, the pipe closes, and
the process ends with its next answer.
"""

import ctypes
import gc
import os
import resource
import tempfile
import time
from collections import deque
from collections.abc import Callable, Generator, Iterator, Sequence
from contextlib import AbstractContextManager, ExitStack, contextmanager, suppress
from dataclasses import dataclass
from multiprocessing import get_context
from multiprocessing.connection import Connection, wait
from multiprocessing.context import SpawnProcess
from pathlib import Path
from typing import TYPE_CHECKING, Any

from answer import answer_record
from core.errors import IbidError
from core.records import Answer
from core.settings import Settings
from eval.corpus_data import CorpusDocument, CorpusQuestion

if TYPE_CHECKING:
    from ingest import Source

__all__ = ["Answered", "Ask", "Failed", "Finished", "Open", "Task", "answer_tasks", "open_document", "write_source"]

Ask = Callable[[str], Answer]
Open = Callable[[CorpusDocument, Settings], AbstractContextManager[Ask]]
# Two processes of one thread each are faster than two that share the cores between all their threads.
_THREADS = ("OMP_NUM_THREADS", "MKL_NUM_THREADS", "OPENBLAS_NUM_THREADS")
_PATIENCE = 5  # seconds
_SHOWN = 300  # characters of an error's message


@dataclass(frozen=True, slots=True)
class Task:
    """A document and what to ask it."""

    document: CorpusDocument
    questions: tuple[CorpusQuestion, ...]


@dataclass(frozen=True, slots=True)
class Answered:
    """A question's answer as the machine interface gives it."""

    record: dict[str, Any]


@dataclass(frozen=True, slots=True)
class Failed:
    """A document or a question that there is no answer to, and why, in one line."""

    reason: str


@dataclass(frozen=True, slots=True)
class Finished:
    """The end of a task: the seconds it took to open the document and to ask it.

    `cpu_s` are the CPU seconds that the process `worker` and its children have taken since it began.
    """

    open_s: float
    ask_s: float
    worker: int
    cpu_s: float


Reply = Answered | Failed | Finished


@contextmanager
def open_document(document: CorpusDocument, settings: Settings) -> Iterator[Ask]:
    """Ingest a document into an index of its own, and yield what answers from it.

    Args:
        document: what to ingest.
        settings: how; `home` is an empty folder.

    Raises:
        InputError: the text cannot be read.
    """
    from answer import Answerer
    from index import add_documents, open_index

    add_documents(settings, [write_source(document, settings.home)])
    index = open_index(settings)
    try:
        answerer = Answerer(index, settings)
        answerer.warm()
        yield answerer.ask
    finally:
        index.close()


def write_source(document: CorpusDocument, folder: Path) -> "Source":
    """Write a document as the text file that it is ingested from."""
    from ingest import Metadata, Source

    path = folder / "document.txt"
    path.write_text(document.text, encoding="utf-8")
    return Source(path, "document", Metadata(title=document.title))


def answer_tasks(
    tasks: Sequence[Task], *, settings: Settings, workers: int, scratch: Path, opens: Open
) -> Generator[Reply, None, None]:
    """Answer all tasks, each in one of `workers` processes; the processes end with the iterator.

    Args:
        tasks: in the order in which they are begun.
        settings: how to index and ask.
        workers: how many processes, at most.
        scratch: an empty folder; what is written there for a document is deleted after it.
        opens: opens a document; a function of a module, so that the processes can import it.

    Raises:
        IbidError: a process died.
    """
    waiting = deque(tasks)
    crew: dict[Connection, tuple[SpawnProcess, Task]] = {}
    try:
        for _ in range(min(workers, len(tasks))):
            pipe, process = _start(settings, scratch, opens)
            crew[pipe] = process, waiting.popleft()
            pipe.send(crew[pipe][1])
        while crew:
            ready = wait(list(crew))
            for pipe in [pipe for pipe in crew if pipe in ready]:
                process, task = crew[pipe]
                reply = _receive(pipe, process, task)
                yield reply
                if isinstance(reply, Finished) and waiting:
                    crew[pipe] = process, waiting.popleft()
                    pipe.send(crew[pipe][1])
                elif isinstance(reply, Finished):
                    del crew[pipe]
                    pipe.close()
                    process.join()
    finally:
        for pipe in crew:
            pipe.close()
        for process, _ in crew.values():
            _end(process)


def _end(process: SpawnProcess) -> None:
    """Let a process whose pipe is closed come to its end, but do not wait long."""
    process.join(_PATIENCE)
    process.terminate()
    process.join()


def _start(settings: Settings, scratch: Path, opens: Open) -> tuple[Connection, SpawnProcess]:
    context = get_context("spawn")
    pipe, theirs = context.Pipe()
    process = context.Process(target=_work, args=(theirs, settings, scratch, opens), daemon=True)
    process.start()
    theirs.close()  # so that the pipe ends with the process
    return pipe, process


def _receive(pipe: Connection, process: SpawnProcess, task: Task) -> Reply:
    try:
        reply: Reply = pipe.recv()
    except (EOFError, OSError):
        process.join()
        raise IbidError(
            f"the process that answered '{task.document.doc_id}' died (exit code {process.exitcode}); "
            "what was answered is kept: run the same command again to go on"
        ) from None
    return reply


def _work(pipe: Connection, settings: Settings, scratch: Path, opens: Open) -> None:
    """Be a process: answer tasks until there are no more, or nobody listens."""
    os.environ.update(dict.fromkeys(_THREADS, "1"))  # before the libraries that heed them are imported
    with suppress(EOFError, BrokenPipeError, ConnectionResetError, KeyboardInterrupt):
        while True:
            task: Task = pipe.recv()
            with tempfile.TemporaryDirectory(dir=scratch, ignore_cleanup_errors=True) as home, ExitStack() as stack:
                own = settings.model_copy(update={"home": Path(home), "corpus": "document"})
                for reply in _replies(task, own, opens, stack):
                    pipe.send(reply)
            _give_memory_back()


def _give_memory_back() -> None:
    """Free what the last document left: glibc keeps what its index took, and takes more for the next one."""
    gc.collect()
    with suppress(OSError, AttributeError):  # another C library may have no such function
        ctypes.CDLL(None).malloc_trim(0)


def _replies(task: Task, settings: Settings, opens: Open, stack: ExitStack) -> Iterator[Reply]:
    begun = time.perf_counter()
    try:
        ask = stack.enter_context(opens(task.document, settings))
    except Exception as error:  # whatever is wrong with one document, the others are answered
        yield Failed(f"document '{task.document.doc_id}': {_one_line(error)}")
        yield Finished(time.perf_counter() - begun, 0.0, os.getpid(), _cpu())
        return
    opened = time.perf_counter()
    for question in task.questions:
        yield _reply(ask, question)
    yield Finished(opened - begun, time.perf_counter() - opened, os.getpid(), _cpu())


def _reply(ask: Ask, question: CorpusQuestion) -> Answered | Failed:
    begun = time.perf_counter()
    try:
        answer = ask(question.question)
    except Exception as error:  # and whatever is wrong with one question
        return Failed(f"question '{question.qid}': {_one_line(error)}")
    return Answered(_record(answer, question, (time.perf_counter() - begun) * 1000))


def _record(answer: Answer, question: CorpusQuestion, latency_ms: float) -> dict[str, Any]:
    """Return an answer as the machine interface gives it, under the names of the corpus."""
    record = answer_record(answer, question_id=question.qid, latency_ms=latency_ms)
    return record | {"citations": [cited | {"document": question.doc_id} for cited in record["citations"]]}


def _one_line(error: Exception) -> str:
    said = str(error) if isinstance(error, IbidError) else f"{type(error).__name__}: {error}"
    return " ".join(said.split())[:_SHOWN]


def _cpu() -> float:
    """Return the CPU seconds of this process and of its children that have ended."""
    spent = (resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN))
    return sum(usage.ru_utime + usage.ru_stime for usage in spent)
