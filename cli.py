"""The command `ibid`: ingest documents, ask, check and search them, serve the app, measure."""

import json
import sys
from dataclasses import asdict
from functools import partial
from pathlib import Path
from typing import Annotated, Literal

import typer

from core.errors import InputError
from ui.commands import (
    answer_file,
    answer_one,
    chosen_settings,
    complain,
    opened_documents,
    opened_index,
)
from ui.ending import run

app = typer.Typer(
    help="Ask documents; every sentence of an answer is quoted from them.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
)

Corpus = Annotated[str | None, typer.Option("--corpus", help="Name of the corpus.  [default: default]")]
AsJson = Annotated[bool, typer.Option("--json", help="Print JSON.")]


def main() -> int:
    """Run the command line; return the exit code."""
    return run(partial(app, prog_name="ibid"))


@app.command()
def ingest(
    paths: Annotated[list[Path], typer.Argument(help="Files, or folders to walk.", metavar="PATH...")],
    corpus: Corpus = None,
    report: Annotated[bool, typer.Option("--report", help="Print all that reading changed, by line.")] = False,
    preview: Annotated[bool, typer.Option("--preview", help="Show how a file reads; index nothing.")] = False,
    html: Annotated[Path | None, typer.Option(help="Write the preview as a web page to this file.")] = None,
    title: Annotated[str | None, typer.Option(help="The title of one file; '' takes back what was said.")] = None,
    author: Annotated[list[str] | None, typer.Option(help="An author; once for each.")] = None,
    date: Annotated[str | None, typer.Option(help="A year or an ISO date.")] = None,
    publication: Annotated[
        list[str] | None, typer.Option("--set", help="Where it was published: FIELD=VALUE, such as container=TITLE.")
    ] = None,
) -> None:
    """Add documents to a corpus; what did not change is not read again."""
    if report and (preview or html):
        raise typer.BadParameter("--report tells of what is indexed; give it without --preview and --html")
    settings = chosen_settings(corpus)
    from ingest import Said, describe, find_documents
    from ui.ingest import index_and_report, preview_sources, said_before

    said = Said(title, author, date, publication)
    sources = describe(find_documents(paths), said, said_before(settings) if said != Said() else {})
    if preview or html:
        preview_sources(settings, sources, html)
    elif not index_and_report(settings, sources, complain=complain, report=report):
        raise typer.Exit(1)


@app.command()
def ask(
    question: Annotated[str | None, typer.Argument(help="The question.")] = None,
    as_json: AsJson = False,
    batch: Annotated[
        str | None, typer.Option(help="File of questions, a JSON object a line: id, question, history; - is stdin.")
    ] = None,
    out: Annotated[str | None, typer.Option(help="File for the answers of --batch; - is stdout.")] = None,
    corpus: Corpus = None,
) -> None:
    """Ask a question, or a file of questions."""
    if (question is None) == (batch is None):
        raise typer.BadParameter("give either a QUESTION or --batch FILE")
    if out is not None and batch is None:
        raise typer.BadParameter("--out FILE goes with --batch FILE")
    settings = chosen_settings(corpus)
    if question is not None:
        answer_one(settings, question, as_json=as_json)
    elif batch is not None and not answer_file(settings, batch, out or "-"):
        raise typer.Exit(1)


@app.command()
def chat(corpus: Corpus = None) -> None:
    """Hold a conversation: questions, follow-ups, /help for more; a line each where input is piped."""
    settings = chosen_settings(corpus)
    from rich.console import Console

    from ui.chat import Chat
    from ui.engine import open_engine
    from ui.terminal import ensure_index, question_reader

    ensure_index(settings)
    engine = open_engine(settings)
    console = Console(highlight=False)
    if not Chat(engine, console).run(question_reader(console, engine.documents)):
        raise typer.Exit(1)


@app.command()
def check(
    file: Annotated[str, typer.Argument(help="A text file with what is to be checked; - is stdin.", metavar="FILE|-")],
    as_json: AsJson = False,
    corpus: Corpus = None,
) -> None:
    """Check the claims of a text against the documents, with the quote that settles each."""
    settings = chosen_settings(corpus)
    from answer import Checker, check_record
    from ui.machine import read_text

    text = read_text(file)
    checked = Checker(opened_index(settings), settings).check(text)
    if as_json:
        print(json.dumps(check_record(checked), ensure_ascii=False, indent=2))
        return
    from rich.console import Console

    from ui.terminal import show_check

    show_check(Console(highlight=False), checked)


@app.command()
def search(
    query: Annotated[str, typer.Argument(help="What to look for.")],
    as_json: AsJson = False,
    top: Annotated[int, typer.Option(min=1, max=100, help="How many passages.")] = 10,
    corpus: Corpus = None,
) -> None:
    """Show the passages nearest to a query, best first."""
    if not query.strip():
        raise InputError("the query is empty: look for something in words")
    index = opened_index(chosen_settings(corpus))
    query = query.encode("utf-8", "replace").decode()  # bytes that are no text, which the model would not take
    hits = index.search(query, top=top)
    if as_json:
        from ui.machine import hit_record

        print(json.dumps([hit_record(hit, index.documents) for hit in hits], ensure_ascii=False, indent=2))
        return
    from rich.console import Console

    from ui.terminal import show_hits

    show_hits(Console(highlight=False), hits, index.documents)


@app.command()
def cite(
    work: Annotated[str | None, typer.Argument(help="A work: 'Smith 2021', 'Bell & O’Dowd'.")] = None,
    claim: Annotated[str | None, typer.Option("--for", help="A claim: which source is cited for it?")] = None,
    everything: Annotated[bool, typer.Option("--all", help="Every work that the documents cite.")] = False,
    audit: Annotated[bool, typer.Option("--audit", help="Hold citations against the bibliography.")] = False,
    this: Annotated[bool, typer.Option("--this", help="Write the documents themselves out as citations.")] = False,
    style: Annotated[
        Literal["apa", "chicago", "chicago-17", "mla", "bibtex"] | None,
        typer.Option(help="The style of --this [default: apa], or of a WORK as the documents cite it."),
    ] = None,
    page: Annotated[str | None, typer.Option(help="The page that --this cites.")] = None,
    form: Annotated[
        Literal["text", "csv", "json", "markdown"] | None,
        typer.Option("--format", help="How to print all but --this.  [default: text]"),
    ] = None,
    corpus: Corpus = None,
) -> None:
    """Look up what the documents cite: where, and for what."""
    if sum((work is not None, claim is not None, everything, audit, this)) != 1:
        raise typer.BadParameter("give one of: a WORK, --for CLAIM, --all, --audit, --this")
    if (style and not this and work is None) or (page is not None and not this):
        raise typer.BadParameter("--style goes with --this or a WORK, and --page with --this")
    if style and form:
        raise typer.BadParameter("give a --style or a --format, not both")
    if this and form:
        raise typer.BadParameter("--this has a --style in place of a --format")
    form = form or "text"
    settings = chosen_settings(corpus)
    from answer import SourceIndex, all_places, open_answerer
    from ui import cite

    if work is not None or claim is not None:
        index = opened_index(settings)
        if claim is not None:
            places = open_answerer(index, settings).sources_for(claim)
        else:
            places = cite.find(SourceIndex(index), work or "")
        if style:
            print(cite.secondary_text(places, index.documents, style))
        else:
            print(cite.places_text(places, index.documents, form, ranked=claim is not None))
        return
    documents = opened_documents(settings)
    if audit:
        print(cite.audit_text(documents.values(), form))
    elif this:
        print("\n\n".join(cite.citation_text(document, style or "apa", page) for document in documents.values()))
    else:
        print(cite.places_text(tuple(all_places(documents)), documents, form))


@app.command()
def status(as_json: AsJson = False, corpus: Corpus = None) -> None:
    """Show what a corpus holds and whether its index is fit to use."""
    settings = chosen_settings(corpus)
    from index import index_status

    found = index_status(settings)
    if as_json:
        print(json.dumps(asdict(found), ensure_ascii=False, indent=2))
        return
    from rich.console import Console

    from ui.terminal import show_status

    show_status(Console(highlight=False), found)


@app.command()
def serve(
    host: Annotated[str | None, typer.Option(help="Address to listen on.  [default: 127.0.0.1]")] = None,
    port: Annotated[int | None, typer.Option(min=1, max=65535, help="Port to listen on.  [default: 7860]")] = None,
    without_login: Annotated[
        bool | None, typer.Option("--without-login", help="Serve other machines although nobody has to log in.")
    ] = None,
    corpus: Corpus = None,
) -> None:
    """Open the app in the browser: answers beside their source."""
    settings = chosen_settings(corpus, host=host, port=port, without_login=without_login)
    from app import serve as serve_app
    from ui.login import check_exposure
    from ui.terminal import ensure_index

    check_exposure(settings)  # before anything is done in vain
    ensure_index(settings)
    serve_app(settings)


@app.command()
def password(name: Annotated[str, typer.Argument(help="Who is to log in.")]) -> None:
    """Print the line for the settings that lets somebody log in to the app; the password itself is kept nowhere."""
    from ui.login import user_line

    if sys.stdin.isatty():
        secret = typer.prompt("Password", hide_input=True, confirmation_prompt=True, err=True)
    else:
        secret = sys.stdin.readline().rstrip("\r\n")
    print(f"users = [{json.dumps(user_line(name, secret), ensure_ascii=False)}]")


@app.command()
def doctor(as_json: AsJson = False, corpus: Corpus = None) -> None:
    """Say what is wrong with this installation and how to mend it; exit code 1 when something is."""
    from ui.doctor import examine, show_findings

    findings = examine(lambda: chosen_settings(corpus))
    if as_json:
        print(json.dumps([asdict(finding) for finding in findings], ensure_ascii=False, indent=2))
    else:
        from rich.console import Console

        show_findings(Console(highlight=False), findings)
    if any(finding.state == "wrong" for finding in findings):
        raise typer.Exit(1)


@app.command(
    "eval",
    add_help_option=False,
    context_settings={"allow_extra_args": True, "ignore_unknown_options": True},
)
def evaluate(context: typer.Context) -> None:
    """Measure answers on a set of questions; takes the options of `python -m eval`."""
    import runpy

    sys.argv = ["ibid eval", *context.args]
    runpy.run_module("eval", run_name="__main__", alter_sys=True)


if __name__ == "__main__":
    sys.exit(main())
