"""What `ibid ingest` does beside indexing: print a reading report, or show what reading makes of a file."""

from collections.abc import Callable, Sequence
from pathlib import Path

from core.errors import IbidError, InputError
from core.settings import Settings
from ingest import Limits, Metadata, ReadDocument, ReaderProcess, Source, reading_report
from ui.preview import preview_html, report_lines, show_preview
from ui.terminal import index_sources, printable, report_line

__all__ = ["index_and_report", "preview_sources", "said_before"]


def index_and_report(
    settings: Settings, sources: Sequence[Source], *, complain: Callable[[str], None], report: bool
) -> bool:
    """Index sources and print what was done; return whether every one could be read.

    Args:
        settings: where to, and within which limits.
        sources: the files.
        complain: told of each file that could not be read.
        report: whether to print all that reading changed, too.
    """
    done = index_sources(settings, sources)
    if report:
        for read in _read(settings, sources, complain if not done.failures else lambda line: None):
            print(printable("\n".join(report_lines(reading_report(read)))))  # noqa: T201
    print(report_line(done, settings.corpus))  # noqa: T201
    for line in done.failures:
        complain(line)
    return not done.failures


def said_before(settings: Settings) -> dict[Path, Metadata]:
    """Return what was said of the documents of a corpus, by path; nothing where it has no index that can be read."""
    from index.store import current_generation

    try:
        entries = current_generation(settings).manifest().documents
    except IbidError:
        return {}
    return {Path(entry.source): entry.said for entry in entries}


def preview_sources(settings: Settings, sources: Sequence[Source], html: Path | None) -> None:
    """Show what reading makes of files: in the terminal, or one of them as a web page.

    Raises:
        InputError: a file cannot be read, or `html` is given and there is not one file or it cannot be written.
    """
    if html and len(sources) != 1:
        raise InputError(f"got {len(sources)} files for one web page: give one file with --html")
    for source in sources:
        with ReaderProcess(Limits.of(settings)) as reader:
            read = reader.read(source)
        report = reading_report(read)
        if html is None:
            from rich.console import Console

            show_preview(Console(highlight=False), read.document, report, settings.passage_words)
            continue
        page = preview_html(read.document, report, "\n".join(read.reading.lines), settings.passage_words)
        try:
            html.write_text(page, encoding="utf-8")
        except OSError as error:
            raise InputError(
                f"cannot write {html}: {error.strerror or error}; give a file in a writable folder"
            ) from None
        print(f"written to {html}")  # noqa: T201


def _read(settings: Settings, sources: Sequence[Source], complain: Callable[[str], None]) -> list[ReadDocument]:
    found = []
    with ReaderProcess(Limits.of(settings)) as reader:
        for source in sources:
            try:
                found.append(reader.read(source))
            except InputError as error:
                complain(str(error))
    return found
