"""The command `python -m eval`: ask a question set, print and write what came of it."""

import json
import sys
from importlib.resources import files
from pathlib import Path
from typing import Annotated

import typer

from core.errors import IbidError

__all__ = ["evaluate", "main"]


def evaluate(
    questions: Annotated[Path | None, typer.Option(help="The question set; the bundled one when left out.")] = None,
    corpus: Annotated[str, typer.Option(help="The corpus to ask; it must have been ingested.")] = "default",
    split: Annotated[str, typer.Option(help="dev, test or all.")] = "dev",
    out: Annotated[Path, typer.Option(help="The folder to write the report to.")] = Path("eval/results"),
    floors: Annotated[Path | None, typer.Option(help="A JSON file of floors; fail when a number falls below.")] = None,
) -> None:
    """Measure answers, citations, refusals and latency over a question set."""
    from rich.console import Console
    from rich.progress import Progress

    from answer import Answerer
    from core.settings import Settings, bundled_corpus
    from eval.dataset import load_questions, problems
    from eval.report import as_table, below_floors, write_report
    from eval.run import run, summarize
    from index import add_documents, open_index
    from ingest import find_documents

    path = questions or Path(str(files("eval.questions") / "chapter09.jsonl"))
    chosen = load_questions(path, split)
    settings = Settings(corpus=corpus)
    if questions is None and corpus == "default":
        add_documents(settings, find_documents([bundled_corpus()]))
    index = open_index(settings)
    if wrong := problems(chosen, tuple(index.documents.values())):
        raise IbidError(f"{path} cannot be trusted: {wrong[0]}" + f" (and {len(wrong) - 1} more)" * (len(wrong) > 1))
    index.warm()
    console = Console(width=None if sys.stdout.isatty() else 140)
    with Progress(console=Console(stderr=True), disable=not sys.stderr.isatty()) as bar:
        task = bar.add_task("asking", total=len(chosen))
        outcomes = run(
            chosen, Answerer(index, settings), index.documents, lambda done, total: bar.update(task, completed=done)
        )
    console.print(as_table(outcomes))
    name = f"{path.stem}-{split}"
    report = write_report(outcomes, out, name, settings=settings, documents=index.documents, questions=path)
    console.print(f"written to {report}")
    if floors:
        bounds = json.loads(floors.read_text(encoding="utf-8"))
        if said := below_floors(summarize(outcomes), bounds):
            raise IbidError("; ".join(said))


def main(arguments: list[str] | None = None) -> int:
    """Run the command; an error is one line on stderr and the exit code 1."""
    app = typer.Typer(add_completion=False, pretty_exceptions_enable=False)
    app.command()(evaluate)
    try:
        app(args=arguments, prog_name="ibid eval", standalone_mode=True)
    except IbidError as error:
        typer.echo(f"ibid eval: {error}", err=True)
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
