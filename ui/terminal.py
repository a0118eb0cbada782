"""What the terminal shows: progress while indexing, answers, ranked passages and the state of the corpora."""

import contextlib
import sys
from collections.abc import Callable, Iterator, Mapping, Sequence
from itertools import zip_longest
from typing import TYPE_CHECKING

from answer import voice_words, writing_words
from core.records import Answer, Check, CheckedClaim, Citation, Document, Hit, Span, Verdict
from core.settings import Settings, bundled_corpus
from core.wording import count_of
from ingest import passage_reading
from ui.check_view import difference_words
from ui.markers import bold_spans, item_groups, marker_spans
from ui.reader import place_label

if TYPE_CHECKING:
    from rich.console import Console

    from index import IndexReport, IndexStatus
    from ingest import Source

__all__ = [
    "ensure_index",
    "index_sources",
    "printable",
    "question_reader",
    "report_line",
    "show_answer",
    "show_check",
    "show_hits",
    "show_status",
]

Progress = Callable[[str, int, int], None]

_CONTROLS = {code: "\ufffd" for code in (*range(32), *range(127, 160)) if chr(code) not in "\n\t"}


def printable(text: str) -> str:
    """Return text that a terminal takes as nothing but text: control characters, such as escapes, become marks."""
    return text.translate(_CONTROLS)


def index_sources(settings: Settings, sources: "Sequence[Source]") -> "IndexReport":
    """Add documents to the corpus of `settings`, with a progress bar on stderr when that is a terminal."""
    from index import add_documents

    with _progress() as progress:
        return add_documents(settings, sources, progress=progress)


def report_line(report: "IndexReport", corpus: str) -> str:
    """Return what a build did, in one line."""
    counts = {"added": report.added, "changed": report.changed, "unchanged": report.unchanged}
    done = ", ".join(f"{len(ids)} {what}" for what, ids in counts.items())
    return f"Corpus '{corpus}': {done}; {report.passages} passages, {report.embedded} texts embedded."


def ensure_index(settings: Settings) -> None:
    """Index the documents that come with Ibid when the default corpus has no index yet."""
    from index import has_index
    from ingest import find_documents

    is_default = settings.corpus == Settings.model_fields["corpus"].default
    # A broken index is not a missing one: it may have been made of other documents, so it is left to its owner.
    if not is_default or has_index(settings):
        return
    print("No index yet: indexing the documents that come with Ibid.", file=sys.stderr)  # noqa: T201
    index_sources(settings, find_documents([bundled_corpus()]))


@contextlib.contextmanager
def _progress() -> Iterator[Progress]:
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, TextColumn, TimeElapsedColumn
    from rich.progress import Progress as Bar

    console = Console(stderr=True)
    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeElapsedColumn())
    with Bar(*columns, console=console, disable=not console.is_terminal, transient=True) as bar:
        tasks = {}

        def advance(stage: str, done: int, total: int) -> None:
            if stage not in tasks:
                tasks[stage] = bar.add_task(stage, total=total)
            bar.update(tasks[stage], completed=done, total=total)

        yield advance


def question_reader(console: "Console", documents: Mapping[str, Document]) -> Callable[[], str]:
    """Return what reads the next line of a conversation: at a prompt, or from a pipe, which is echoed."""
    from rich.text import Text

    if sys.stdin.isatty():
        with contextlib.suppress(ImportError):
            import readline  # noqa: F401 - gives `input` its arrow keys and history

        single = len(documents) == 1
        subject = f"‘{next(iter(documents.values())).title}’" if single else f"{len(documents)} documents"
        console.print(Text(printable(f"Ask {subject}; /help lists what else there is, Ctrl-D ends.")))
        return lambda: console.input(Text("\n> ", style="bold cyan"))

    def read() -> str:
        line = sys.stdin.readline()
        if not line:
            raise EOFError
        console.print(Text(printable(f"> {line.strip()}")), soft_wrap=True)
        return line

    return read


def show_answer(console: "Console", answer: Answer) -> None:
    """Print an answer's text, then its numbered citations with the place of each."""
    from rich.text import Text

    text = Text(printable(answer.text))
    for start, end in bold_spans(answer):
        text.stylize("bold", start, end)
    lists = item_groups(answer)
    stops = [span[1] for span, citation in marker_spans(answer) if citation.marker in lists]
    for part, listed in zip_longest(text.divide(stops), lists.values(), fillvalue=()):
        if part:
            console.print(part[len(part.plain) - len(part.plain.lstrip(" ")) :], soft_wrap=not console.is_terminal)
        for citation, item in listed:
            console.print(Text(_bullet(citation, item, listed)), soft_wrap=not console.is_terminal)
    if written := writing_words(answer.writing):
        console.print(Text(printable(written), style="dim"), soft_wrap=not console.is_terminal)
    if answer.citations:
        console.print()
    several = len({citation.document for citation in answer.citations}) > 1
    for citation in answer.citations:
        place = place_label(citation.section, citation.page)
        parts = [citation.document] if several or not place else []
        line = Text(f"[{citation.marker}] ", style="bold cyan")
        told = [*parts, *filter(None, (place, voice_words(citation.voice)))]
        line.append(printable(" · ".join(told)), style="default not bold")
        console.print(line, soft_wrap=not console.is_terminal)


def _bullet(citation: Citation, item: Span, listed: Sequence[tuple[Citation, Span]]) -> str:
    """An item of a list, with its marker where the list is of several citations."""
    said = citation.quote[item[0] - citation.start : item[1] - citation.start]
    marker = f" [{citation.marker}]" if len({c.marker for c, _ in listed}) > 1 else ""
    return printable(f"  • {' '.join(said.split())}{marker}")


def show_check(console: "Console", check: Check) -> None:
    """Print a line for each claim: its verdict, itself, what differs, and the quotes with their places; then counts."""
    from rich.text import Text

    styles = {Verdict.SUPPORTED: "bold green", Verdict.CONTRADICTED: "bold red", Verdict.NOT_FOUND: "bold yellow"}
    several = len({c.document for claim in check.claims for c in claim.citations}) > 1
    for claim in check.claims:
        line = Text(f"{claim.verdict}: ", style=styles[claim.verdict])
        line.append(printable(" | ".join(_claim_parts(claim, several=several))), style="default not bold")
        console.print(line, soft_wrap=not console.is_terminal)
    counts = ", ".join(f"{check.count(verdict)} {verdict}" for verdict in Verdict)
    skipped = f"; {len(check.skipped)} not checked" if check.skipped else ""
    console.print(Text(f"{count_of(len(check.claims), 'claim')}: {counts}{skipped}"), soft_wrap=not console.is_terminal)


def _claim_parts(claim: CheckedClaim, *, several: bool) -> Iterator[str]:
    yield claim.text
    yield from map(difference_words, claim.differences)
    if claim.unsaid:
        yield f"not in the quote: {', '.join(claim.unsaid)}"
    for citation in claim.citations:
        place = place_label(citation.section, citation.page)
        where = " · ".join(filter(None, (citation.document if several or not place else "", place)))
        yield f"“{' '.join(citation.quote.split())}” ({where})"


def show_hits(console: "Console", hits: Sequence[Hit], documents: Mapping[str, Document]) -> None:
    """Print ranked passages with their scores and places."""
    from rich.text import Text

    for hit in hits:
        head = Text(f"{hit.rank}. ", style="bold cyan")
        place = place_label(hit.passage.section, hit.passage.page)
        head.append(printable(f"{hit.score:.4f}  {hit.passage.document_id}  {place}".rstrip()), style="default dim")
        console.print(head, soft_wrap=not console.is_terminal)
        text = passage_reading(documents[hit.passage.document_id], hit.passage)
        console.print(Text(printable(text)), soft_wrap=not console.is_terminal)
        console.print()


def show_status(console: "Console", status: "IndexStatus") -> None:
    """Print what a corpus holds."""
    from rich.text import Text

    head = Text(f"Corpus '{status.corpus}'", style="bold")
    if not status.ready:
        console.print(head.append(printable(f": {status.reason}"), style="not bold"), soft_wrap=True)
        return
    documents, passages = count_of(len(status.documents), "document"), count_of(status.passages, "passage")
    facts = f": {documents}, {passages}, {status.size / 1e6:.1f} MB"
    console.print(
        head.append(f"{facts}; built {status.built_at} with {status.model}", style="not bold"), soft_wrap=True
    )
    for entry in status.documents:
        console.print(Text(printable(f"  {entry.id}  {entry.title}  ({entry.passages} passages)")), soft_wrap=True)
    console.print(Text(f"  quotes withheld: {status.quotes_withheld}"), soft_wrap=True)
