"""A look at what reading made of a file, before anything is indexed: in the terminal, and as a page of HTML."""

from collections.abc import Iterator
from html import escape
from typing import TYPE_CHECKING

from core.records import Block, BlockKind, Document
from ingest import ReadingReport, split_document
from ui.reader import reader_html

if TYPE_CHECKING:
    from rich.console import Console

__all__ = ["preview_html", "report_lines", "show_preview"]

_SHOWN = 72  # characters of a passage


def report_lines(report: ReadingReport) -> Iterator[str]:
    """Yield a reading report, a line for each thing that reading did, warnings first."""
    changes = f"{len(report.events)} changes"
    yield f"{report.document}: {changes}; {report.restored} of {report.lines} raw lines can be restored from the text"
    yield from (f"  warning: {warning}" for warning in report.warnings)
    for event in report.events:
        lines = f"line {event.line}" if event.line == event.last else f"lines {event.line}-{event.last}"
        page = f" (p. {event.page})" if event.page is not None else ""
        yield f"  {lines}{page}: {event.kind}: {event.text}"


def show_preview(console: "Console", document: Document, report: ReadingReport, passage_words: int) -> None:
    """Print what a document is made of: title, sections, tables, notes, cited sources, passages and warnings."""
    from rich.table import Table
    from rich.text import Text

    console.print(Text(document.title, style="bold"))
    console.print(Text(" · ".join(filter(None, ["; ".join(document.authors), document.date]))))
    for warning in report.warnings:
        console.print(Text(f"warning: {warning}", style="yellow"))
    outline = Table("section", "page", "level", title="Sections", title_justify="left")
    for block in _of(document, BlockKind.HEADING):
        indent = "  " * (block.level - 1)
        outline.add_row(Text(indent + document.text[block.start : block.end]), _page(block), str(block.level))
    console.print(outline)
    for block in _of(document, BlockKind.TABLE):
        console.print(_grid(document, block))
    notes = Table("note", "page", "text", title="Notes", title_justify="left")
    for block in _of(document, BlockKind.NOTE):
        notes.add_row(Text(block.label), _page(block), Text(_short(document.text[block.start : block.end])))
    console.print(notes)
    cited = Table("cited", "page", "form", title=f"{len(document.cited)} citations", title_justify="left")
    for source in document.cited:
        cited.add_row(Text(source.raw), str(document.page_at(source.start) or ""), source.form)
    console.print(cited)
    passages = Table("passage", "page", "kind", "text", title="Passages", title_justify="left")
    for passage in split_document(document, passage_words=passage_words):
        passages.add_row(
            passage.id.rpartition("#")[2], str(passage.page or ""), passage.kind, Text(_short(passage.text))
        )
    console.print(passages)
    console.print(f"{report.restored} of {report.lines} raw lines can be restored from the clean text.")


def preview_html(document: Document, report: ReadingReport, raw: str, passage_words: int) -> str:
    """Return a page that shows the raw text beside the clean one, then the passages, cited sources and changes."""
    passages = "".join(
        f"<tr><td>{escape(p.id.rpartition('#')[2])}</td><td>{escape(str(p.page or ''))}</td><td>{p.kind}</td>"
        f"<td>{escape(' > '.join(p.section))}</td><td>{escape(p.text)}</td></tr>"
        for p in split_document(document, passage_words=passage_words)
    )
    cited = "".join(
        f"<tr><td>{escape(c.raw)}</td><td>{escape(str(document.page_at(c.start) or ''))}</td><td>{c.form}</td>"
        f"<td>{escape(document.text[slice(*c.sentence)])}</td></tr>"
        for c in document.cited
    )
    changes = "".join(f"<li>{escape(line)}</li>" for line in report_lines(report))
    return _PAGE.format(
        title=escape(document.title),
        raw=escape(raw),
        clean=reader_html(document),
        passages=passages,
        cited=cited,
        changes=changes,
    )


def _of(document: Document, kind: BlockKind) -> Iterator[Block]:
    return (block for block in document.blocks if block.kind is kind)


def _grid(document: Document, block: Block) -> object:
    from rich.table import Table
    from rich.text import Text

    table = Table(title=Text(block.label or "Table without a caption"), title_justify="left", show_lines=True)
    for column in block.columns or ("",):
        table.add_column(Text(column))
    under = []
    for line in block.lines[1 if block.columns else 0 :]:
        cells = document.text[slice(*line)].split("\t")
        if len(cells) == max(len(block.columns), 1):
            table.add_row(*map(Text, cells))
        else:
            under.append(cells[0])
    table.caption = Text("\n".join(under), justify="left") if under else None
    return table


def _page(block: Block) -> str:
    return "" if block.page is None else str(block.page)


def _short(text: str) -> str:
    line = " ".join(text.split())
    return line if len(line) <= _SHOWN else line[: _SHOWN - 1] + "…"


_PAGE = """<!doctype html>
<html lang="en"><head><meta charset="utf-8"><title>{title}</title>
<meta name="viewport" content="width=device-width, initial-scale=1">
<style>
:root {{ color-scheme: light dark; }}
body {{ font: 16px/1.5 Georgia, serif; margin: 2rem auto; max-width: 80rem; padding: 0 1rem; }}
.sides {{ display: grid; grid-template-columns: 1fr 1fr; gap: 2rem; }}
@media (max-width: 50rem) {{ .sides {{ grid-template-columns: 1fr; }} }}
.sides > div {{ max-height: 80vh; overflow: auto; border: 1px solid #8884; padding: 0 1rem; }}
pre {{ white-space: pre-wrap; font-size: 13px; }}
table {{ border-collapse: collapse; font-size: 14px; }}
td, th {{ border: 1px solid #8884; padding: .2rem .5rem; text-align: left; vertical-align: top; }}
li {{ font-size: 14px; }}
</style></head><body>
<h1>{title}</h1>
<div class="sides"><div><h2>Before</h2><pre>{raw}</pre></div><div><h2>After</h2>{clean}</div></div>
<h2>Passages</h2><table>{passages}</table>
<h2>Cited sources</h2><table>{cited}</table>
<h2>What reading did</h2><ul>{changes}</ul>
</body></html>
"""
