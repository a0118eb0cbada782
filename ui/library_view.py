"""The library as HTML: its documents, how far a job is, what came of it; every name and line is escaped."""

import json
from collections.abc import Collection, Iterator, Sequence
from dataclasses import asdict
from datetime import datetime
from html import escape

from core.wording import count_of
from ui.jobs import STAGES, Snapshot
from ui.library import A_LEAF, Leaf, Listed
from ui.volumes import Volume

__all__ = ["PICKED", "adding_html", "chosen_html", "library_html", "notice_html", "scope_html", "shelf_html"]

PICKED = 100  # documents that the reader has to choose from; the Library opens the others

_NAMES = {"read": "Reading", "embed": "Embedding", "index": "Indexing"}
_EMPTY = (
    '<div class="ibid-empty" tabindex="-1"><p>There is nothing to ask yet.</p><p>Drop a file above, or choose one: an '
    "article, a chapter, a report, your notes. It is read and indexed on this machine and goes nowhere else; then ask "
    "it in the tab Ask, and every answer opens at the very words.</p></div>"
)


def library_html(leaf: Leaf) -> str:
    """Return a leaf of the library's list, each document with a box to tick, and what can be done with it."""
    if not leaf.total:
        return _EMPTY
    items = "".join(map(_item, leaf.rows))
    documents = f'<ul class="ibid-volumes" aria-label="Documents" tabindex="-1">{items}</ul>'
    return f"{_which(leaf)}{documents}{_turning(leaf)}"


def adding_html(snapshot: Snapshot) -> str:
    """Return how far files are: a bar for each stage while they are added, then a line for each."""
    return _outcome(snapshot) if snapshot.over else _bars(snapshot)


def notice_html(line: str, *, wrong: bool = False) -> str:
    """Return a line on what was done, or on what is wrong; nothing for an empty one."""
    if not line:
        return ""
    name, role = ("ibid-error", "alert") if wrong else ("ibid-done", "status")
    return f'<p class="{name}" role="{role}">{escape(line)}</p>'


def chosen_html(ids: Collection[str], left_out: Collection[str]) -> str:
    """Return which documents questions go to, in a line; nothing where there is nothing to choose."""
    if len(ids) < 2:
        return ""
    chosen = len(set(ids).difference(left_out))
    how = "Questions go to all" if chosen == len(ids) else f"Questions go to {f'{chosen:,}' if chosen else 'none'} of"
    return f'<p class="ibid-chosen" role="status">{how} {len(ids):,} documents.</p>'


def scope_html(ids: Collection[str], left_out: Collection[str]) -> str:
    """Return what the one who asks must know when questions do not go to all documents; else nothing."""
    if not set(ids).intersection(left_out):
        return ""
    return chosen_html(ids, left_out).replace("</p>", " Choose them in the Library.</p>")


def shelf_html(volumes: Sequence[Volume]) -> str:
    """Return the ids, titles and versions of the first documents for the page's scripts, as JSON in an attribute."""
    told = {"documents": [asdict(volume) for volume in volumes[:PICKED]], "total": len(volumes)}
    return f'<div class="ibid-shelf" hidden data-shelf="{escape(json.dumps(told))}"></div>'


def _which(leaf: Leaf) -> str:
    """Which documents are listed, where not all are."""
    if leaf.matching == leaf.total and leaf.leaves == 1:
        return ""
    kind = "document" if leaf.matching == leaf.total else "matching document"
    first = leaf.number * A_LEAF + 1
    said = (
        f"{first:,} to {first + len(leaf.rows) - 1:,} of {leaf.matching:,} {kind}s, those that came last first"
        if leaf.leaves > 1
        else f"{count_of(leaf.matching, kind)} of {leaf.total:,}"
    )
    return f'<p class="ibid-which" role="status">{said}.</p>'


def _turning(leaf: Leaf) -> str:
    """The buttons that turn to other leaves."""
    if leaf.leaves == 1:
        return ""
    steps = ((leaf.number - 1, "‹ Previous"), (leaf.number + 1, "Next ›"))
    before, after = (
        f'<button type="button" class="ibid-turn-to" data-leaf="{to}"{"" if 0 <= to < leaf.leaves else " disabled"}>'
        f"{name}</button>"
        for to, name in steps
    )
    return (
        f'<nav class="ibid-leaves" aria-label="Pages of the list">{before}'
        f"<span>{leaf.number + 1:,} of {leaf.leaves:,}</span>{after}</nav>"
    )


def _item(row: Listed) -> str:
    title = escape(row.title)
    facts = "".join(f"<span>{fact}</span>" for fact in _facts(row))
    return (
        f'<li class="ibid-volume" data-id="{escape(row.id)}">'
        f'<label class="ibid-tick"><input type="checkbox" checked><span class="ibid-hidden">Ask {title}</span></label>'
        f'<div class="ibid-about"><p class="ibid-title" title="{escape(row.file)}">{_title(row)}</p>'
        f'<p class="ibid-facts">{facts}</p></div>'
        f'<div class="ibid-do"><button type="button" class="ibid-rename" aria-label="Rename {title}">Rename</button>'
        f'<button type="button" class="ibid-remove" aria-label="Remove {title}">Remove</button></div></li>'
    )


def _title(row: Listed) -> str:
    """The title, which opens the document in the reader at its beginning."""
    title = escape(row.title)
    if not row.version:
        return title
    where = f'data-document="{escape(row.id)}" data-version="{row.version}" data-start="0" data-end="0"'
    return f'<button type="button" class="ibid-whole" {where} aria-label="Read {title}">{title}</button>'


def _facts(row: Listed) -> Iterator[str]:
    authors = row.authors if len(row.authors) < 4 else (*row.authors[:3], "and others")
    yield from (escape(fact) for fact in (", ".join(authors), row.date) if fact)
    counts = {"page": row.pages, "passage": row.passages, "word": row.words}
    yield from (count_of(count, noun) for noun, count in counts.items() if count)
    if row.added:
        day = datetime.fromisoformat(row.added)
        yield f'<time datetime="{escape(row.added)}">added {day:%-d %B %Y}</time>'


def _bars(snapshot: Snapshot) -> str:
    at = "Waiting: others are adding files" if snapshot.waiting else "Adding your files"
    running = [_NAMES[stage] for stage in STAGES if stage in snapshot.stages]
    said = f"{at}: {running[-1].lower()}" if running else at
    bars = "".join(_bar(stage, snapshot) for stage in STAGES)
    lines = "".join(f'<li class="ibid-failed">{escape(line)}</li>' for line in snapshot.failures)
    return (
        f'<div class="ibid-adding"><p class="ibid-hidden" role="status">{said}</p><p class="ibid-at">{at}…</p>{bars}'
        + (f'<ul class="ibid-lines">{lines}</ul>' if lines else "")
        + "</div>"
    )


def _bar(stage: str, snapshot: Snapshot) -> str:
    done, total = snapshot.stages.get(stage, (0, 0))
    unit = {"read": "files", "embed": "sentences and passages"}.get(stage, "")
    count = f"{done:,} of {total:,} {unit}".rstrip() if total > 1 else ("done" if total and done == total else "")
    name = _NAMES[stage]
    return (
        f'<div class="ibid-stage"><span>{name}</span><progress aria-label="{name}" max="{total or 1}" value="{done}">'
        f"</progress><span>{count}</span></div>"
    )


def _outcome(snapshot: Snapshot) -> str:
    came = [f'<li class="ibid-came">{escape(name)} is in the library.</li>' for name in snapshot.added]
    failed = [f'<li class="ibid-failed">{escape(line)}</li>' for line in snapshot.failures]
    head = ["<li>Given up; the library is as it was.</li>"] if snapshot.cancelled else []
    lines = "".join([*head, *came, *failed])
    return f'<ul class="ibid-lines" role="status">{lines}</ul>' if lines else ""
