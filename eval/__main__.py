"""The command `ibid eval`: ask a question set, print and write what came of it; compare two runs."""

import sys
from collections.abc import Sequence
from contextlib import closing
from importlib.resources import files
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from core.errors import IbidError, InputError
from core.load import load_settings
from core.settings import Settings, bundled_corpus
from eval.command import run_command
from eval.corpus import evaluate_corpus

if TYPE_CHECKING:
    from eval.dataset import Question
    from eval.run import Outcome
    from index import Index

__all__ = ["compare_runs", "evaluate", "main"]

SPLITS = ("dev", "test", "all")
BUNDLED = "eval-chapter09"  # the corpus of the bundled document alone


def evaluate(  # noqa: PLR0913, PLR0917 - options are arguments
    context: typer.Context,
    questions: Annotated[Path | None, typer.Option(help="The question set; the bundled one when left out.")] = None,
    corpus: Annotated[
        str | None,
        typer.Option(help="The corpus to ask, ingested before; 'default', or one of its own for the bundled set."),
    ] = None,
    split: Annotated[str, typer.Option(help="dev, test or all.")] = "dev",
    out: Annotated[Path, typer.Option(help="The folder to write the report to.")] = Path("eval/results"),
    show_test: Annotated[bool, typer.Option("--show-test", help="Tell the test split's questions one by one.")] = False,
    floors: Annotated[Path | None, typer.Option(help="A JSON file of floors; fail when a number falls below.")] = None,
    raise_floors: Annotated[bool, typer.Option("--raise-floors", help="Move the floors up to the measured.")] = False,
) -> None:
    """Measure answers, citations, refusals, confidence and latency over a question set."""
    if context.invoked_subcommand:
        return
    if split not in SPLITS:
        raise typer.BadParameter(f"got '{split}', expected dev, test or all", param_hint="--split")
    if raise_floors and floors is None:
        raise typer.BadParameter("--raise-floors goes with --floors FILE")
    from rich.console import Console

    from eval.dataset import load_questions
    from eval.report import as_table, write_report
    from index import open_index

    path = questions or Path(str(files("eval.questions") / "chapter09.jsonl"))
    bundled = questions is None and corpus is None  # other documents beside the bundled one would change its numbers
    settings = load_settings(corpus=BUNDLED if bundled else corpus or "default")
    chosen = load_questions(path, split)
    if not chosen:
        raise InputError(f"{path} has no question of the split '{split}'")
    if bundled:
        _index_bundled(settings)
    console = Console(width=None if sys.stdout.isatty() else 150)
    with closing(open_index(settings)) as index:
        outcomes = _asked(chosen, path, index, settings)
        console.print(as_table(outcomes))
        report = write_report(
            outcomes,
            out,
            f"{path.stem}-{split}",
            settings=settings,
            documents=index.documents,
            questions=path,
            split=split,
            show_test=show_test,
        )
    console.print(f"written to {report}, and beside it the same as .html and .json")
    if floors:
        _hold_to_floors(outcomes, floors, split, move=raise_floors)


def _index_bundled(settings: Settings) -> None:
    from index import add_documents
    from ingest import find_documents

    add_documents(settings, find_documents([bundled_corpus()]))


def _asked(questions: "Sequence[Question]", path: Path, index: "Index", settings: Settings) -> "tuple[Outcome, ...]":
    """Ask the questions of a file that can be trusted, with a bar on stderr where that is a terminal."""
    from rich.console import Console
    from rich.progress import Progress

    from answer import Answerer
    from eval.dataset import problems
    from eval.run import run

    if wrong := problems(questions, tuple(index.documents.values())):
        raise IbidError(f"{path} cannot be trusted: {wrong[0]}" + f" (and {len(wrong) - 1} more)" * (len(wrong) > 1))
    answerer = Answerer(index, settings)
    answerer.warm()
    with Progress(console=Console(stderr=True), disable=not sys.stderr.isatty()) as bar:
        task = bar.add_task("asking", total=len(questions))
        return run(questions, answerer, index.documents, lambda done, total: bar.update(task, completed=done))


def compare_runs(
    a: Annotated[Path, typer.Argument(help="The JSON of a run.", metavar="A.json")],
    b: Annotated[Path, typer.Argument(help="The JSON of another run of the same questions.", metavar="B.json")],
) -> None:
    """Compare two runs: each number, the difference with its interval, McNemar's test, what changed."""
    from eval.compare import compare, comparison_text, load_record

    typer.echo(comparison_text(compare(load_record(a), load_record(b)), str(a), str(b)))


def _hold_to_floors(outcomes: Sequence["Outcome"], path: Path, split: str, *, move: bool) -> None:
    """Raise IbidError when a number is below its floor, or the floors are of other questions; move them up if asked."""
    from eval.floors import Floors, below_floors, load_floors, raised, save_floors
    from eval.provenance import fingerprint
    from eval.run import summarize
    from eval.summary import columns, intervals

    asked = Floors(fingerprint(o.question for o in outcomes), split, {})
    floors = load_floors(path) if path.exists() or not move else asked
    if not floors.same_questions(asked):
        if not move:
            raise IbidError(f"{path} holds floors of other questions: measure them anew with --raise-floors")
        floors = asked
    summary = summarize(outcomes)
    if said := below_floors(summary, floors.bounds):
        raise IbidError("; ".join(said))
    if move:
        save_floors(raised(floors, summary, intervals(columns([o.scores for o in outcomes]))), path)


def main(arguments: list[str] | None = None) -> int:
    """Run the command; an error is one line on stderr and the exit code 1."""
    app = typer.Typer(add_completion=False, pretty_exceptions_enable=False)
    app.callback(invoke_without_command=True)(evaluate)
    app.command("compare")(compare_runs)
    app.command("corpus")(evaluate_corpus)
    return run_command(app, "ibid eval", arguments)


if __name__ == "__main__":
    sys.exit(main())
