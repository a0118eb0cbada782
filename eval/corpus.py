"""Ask each question of a corpus of its own document alone: `ibid eval corpus DIR --out RUN`.

DIR holds documents.jsonl ({doc_id, title, text} a line) and questions.jsonl ({qid, doc_id, question, answers,
answerable, evidence} a line; the last may be left out, other keys are passed over). RUN gets run.json, what the run was
made from; answers.jsonl, a line of the machine interface for each question as it is answered; summary.json and
summary.md. A run that was stopped goes on where it stopped when the same command is given again.
"""

import os
import sys
import time
from collections.abc import Callable, Collection
from contextlib import closing
from pathlib import Path
from typing import Annotated

import typer

from core.errors import IbidError
from core.load import load_settings
from core.settings import Settings, go_offline
from eval.command import run_command
from eval.corpus_data import Corpus, load_corpus
from eval.corpus_store import Run, Session, open_run
from eval.corpus_work import Answered, Failed, Finished, Open, Task, answer_tasks, open_document

__all__ = ["evaluate_corpus", "main", "run_corpus"]

_CHARACTERS = 250  # of text that take about as long to index as a question takes to answer


def evaluate_corpus(
    folder: Annotated[Path, typer.Argument(metavar="DIR", help="Holds documents.jsonl and questions.jsonl.")],
    out: Annotated[Path, typer.Option(metavar="RUN", help="The folder for the answers; a stopped run goes on in it.")],
    workers: Annotated[int, typer.Option(min=0, help="How many processes; 0 is one a core.")] = 0,
) -> None:
    """Ask each question of its own document alone, and measure answers, refusals and latency."""
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

    go_offline()
    settings, corpus = load_settings(), load_corpus(folder)
    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeRemainingColumn())
    console = Console(stderr=True)
    with Progress(*columns, console=console, disable=not sys.stderr.isatty()) as bar:
        task = bar.add_task("asking", total=len(corpus.questions))
        failures = run_corpus(
            corpus,
            out,
            settings,
            workers=workers or len(os.sched_getaffinity(0)),
            progress=lambda done: bar.update(task, completed=done),
            complain=lambda line: console.print(line, markup=False, highlight=False, soft_wrap=True),
        )
    typer.echo((out / "summary.md").read_text(encoding="utf-8"))
    if failures:
        raise IbidError(f"{failures} questions have no answer and count as wrong; the same command asks them again")


def run_corpus(  # noqa: PLR0913 - what is asked, where, and how
    corpus: Corpus,
    out: Path,
    settings: Settings,
    *,
    workers: int,
    opens: Open = open_document,
    progress: Callable[[int], None] = lambda done: None,
    complain: Callable[[str], None] = lambda line: None,
) -> int:
    """Answer what has no answer in `out` yet, and write the summary; return how many questions have none still.

    Args:
        corpus: what to ask.
        out: the folder of the run, new or begun with the same corpus, settings and program.
        settings: how to index and ask; each document gets a home of its own.
        workers: how many processes, at most.
        opens: opens a document.
        progress: told how many questions have an answer.
        complain: told in one line of each document or question that failed, or cannot be trusted.

    Raises:
        InputError: `out` is no folder of a run, or of another one.
        IbidError: another process has it open, or one of the workers died.
    """
    from eval.corpus_report import citation_recalls, write_summary

    with open_run(out, corpus.hashes, settings) as run:
        answered = run.records(corpus.questions)
        progress(len(answered))
        if tasks := _tasks(corpus, answered):
            _answer(run, tasks, settings, workers, opens, lambda done: progress(len(answered) + done), complain)
        records = run.records(corpus.questions)
        recalls = citation_recalls(corpus, records, settings, run.scratch, complain)
        write_summary(out, corpus, records, recalls, run.about)
    return len(corpus.questions) - len(records)


def _answer(  # noqa: PLR0913, PLR0917 - a part of run_corpus
    run: Run,
    tasks: list[Task],
    settings: Settings,
    workers: int,
    opens: Open,
    progress: Callable[[int], None],
    complain: Callable[[str], None],
) -> None:
    """Answer tasks, write each answer at once, and note the session, however it ends."""
    session, cpu = Session(), {os.getpid(): -time.process_time()}
    begun = time.perf_counter()
    try:
        replies = answer_tasks(tasks, settings=settings, workers=workers, scratch=run.scratch, opens=opens)
        with closing(replies):  # ends the processes, whatever happens here
            for reply in replies:
                match reply:
                    case Answered(record):
                        run.append(record)
                        session.questions += 1
                        progress(session.questions)
                    case Failed(reason):
                        complain(reason)
                    case Finished():
                        session.open_s += reply.open_s
                        session.ask_s += reply.ask_s
                        cpu[reply.worker] = reply.cpu_s
    finally:
        session.seconds = time.perf_counter() - begun
        session.cpu_s = sum(cpu.values()) + time.process_time()
        run.note(session)


def _tasks(corpus: Corpus, answered: Collection[str]) -> list[Task]:
    """What is left to do, the longest first, so that no process is left alone with one at the end."""
    left = [q for q in corpus.questions.values() if q.qid not in answered]
    found = [
        Task(corpus.documents[doc_id], tuple(q for q in left if q.doc_id == doc_id))
        for doc_id in dict.fromkeys(q.doc_id for q in left)
    ]
    return sorted(found, key=lambda task: -(len(task.document.text) + _CHARACTERS * len(task.questions)))


def main(arguments: list[str] | None = None) -> int:
    """Run the command; an error is one line on stderr and the exit code 1."""
    app = typer.Typer(add_completion=False, pretty_exceptions_enable=False)
    app.command()(evaluate_corpus)
    return run_command(app, "ibid eval corpus", arguments)


if __name__ == "__main__":
    sys.exit(main())
