"""Build an index: read what changed, embed what is new, and swap the whole in at the end."""

import hashlib
import importlib.metadata
import itertools
import json
from collections.abc import Callable, Collection, Mapping, Sequence
from contextlib import nullcontext
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from functools import partial
from pathlib import Path

from core.errors import IbidError, InputError
from core.records import Document, Passage
from core.settings import Settings
from index.lexical import write_bm25
from index.own_model import embedder_for, model_of
from index.reading import UNITS, passage_text, sentence_texts
from index.sources import Progress, read_sources
from index.spread import SpreadEmbedder, spread_over
from index.store import (
    SCHEMA,
    Entry,
    Generation,
    Manifest,
    building,
    current_generation,
    has_index,
    new_generation,
    swap_in,
)
from index.vectors import Embeds, write_vectors
from ingest import READER, Limits, ReaderProcess, Source, split_document

__all__ = ["IndexReport", "Progress", "add_documents", "remove_documents", "rename_document"]


@dataclass(frozen=True, slots=True)
class IndexReport:
    """What a build did, by document id; `embedded` counts vectors made, `passages` those of the whole index.

    `sources` are the paths of the files that are in the index as they are now. `failures` are lines on files that could
    not be read; what the index had of them it still has.
    """

    added: tuple[str, ...]
    changed: tuple[str, ...]
    unchanged: tuple[str, ...]
    removed: tuple[str, ...]
    passages: int
    embedded: int
    sources: frozenset[str] = frozenset()
    failures: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class _Plan:
    """What the new generation holds, and which of its documents take their vectors from the old one."""

    entries: tuple[Entry, ...]
    documents: tuple[Document, ...]
    passages: tuple[Passage, ...]
    kept: frozenset[str]


def add_documents(
    settings: Settings,
    sources: Sequence[Source],
    *,
    progress: Progress | None = None,
    embedder: Embeds | None = None,
    wait: Callable[[], None] | None = None,
) -> IndexReport:
    """Add documents to a corpus, or bring them up to date; those not named stay as they are.

    Args:
        settings: where the corpus is, and how to split.
        sources: the files.
        progress: called as progress(stage, done, total) with the stages 'read', 'embed' and 'index'; what it raises
            gives the build up and changes nothing, until 'index' is done.
        embedder: in place of the shipped one.
        wait: called again and again while others are indexing this corpus or a file is being read, and may raise to
            give up; without it nobody waits for others.

    Raises:
        InputError: no file can be read; nothing is changed then.
        IbidError: another process is indexing this corpus, and there is no `wait`.
    """
    progress = progress or (lambda stage, done, total: None)
    look = wait or (lambda: None)
    with building(settings, wait), spread_over(settings, look) as spread:
        old, manifest = _old_generation(settings)
        before = {entry.id: entry for entry in manifest.documents} if manifest else {}
        with nullcontext(spread) if spread else ReaderProcess(Limits.of(settings), look) as reader:
            fresh = read_sources([*sources, *_outdated(before, sources)], before, reader, progress)
        report = IndexReport(
            added=tuple(i for i in fresh.entries if i not in before),
            changed=tuple(i for i in fresh.documents if i in before),
            unchanged=tuple(i for i in fresh.entries if i not in fresh.documents),
            removed=(),
            passages=sum(entry.passages for entry in before.values()),
            embedded=0,
            sources=frozenset(entry.source for entry in fresh.entries.values()),
            failures=fresh.failures,
        )
        fit = bool(old and _is_fit(old, settings))
        if fit and not (report.added or report.changed):
            return report
        documents = {d.id: d for d in old.documents()} if old else {}
        documents |= fresh.documents
        entries = before | fresh.entries
        kept = frozenset(i for i in before if i not in report.changed) if fit else frozenset()
        plan = _plan(settings, old, entries, documents, kept, spread.split if spread else None)
        embedded = _build(settings, plan, old, embedder or (spread.embedder() if spread else None), progress)
        return replace(report, passages=len(plan.passages), embedded=embedded)


def remove_documents(
    settings: Settings,
    ids: Collection[str],
    *,
    embedder: Embeds | None = None,
    wait: Callable[[], None] | None = None,
) -> IndexReport:
    """Remove documents from a corpus.

    Raises:
        InputError: an id is not in the corpus; nothing is changed then.
        IbidError: there is no index, or another process is indexing this corpus, and there is no `wait`.
    """
    with building(settings, wait):
        old, before = _old_entries(settings, ids)
        entries = {i: entry for i, entry in before.items() if i not in ids}
        kept = frozenset(entries) if _is_fit(old, settings) else frozenset()
        documents = {d.id: d for d in old.documents() if d.id not in ids}
        plan = _plan(settings, old, entries, documents, kept)
        embedded = _build(settings, plan, old, embedder, lambda stage, done, total: None)
        return IndexReport((), (), tuple(entries), tuple(sorted(ids)), len(plan.passages), embedded)


def rename_document(
    settings: Settings,
    identifier: str,
    title: str,
    *,
    embedder: Embeds | None = None,
    wait: Callable[[], None] | None = None,
) -> None:
    """Give a document another title, as if the user had said it when it was added; its file need not be there.

    Raises:
        InputError: the id is not in the corpus; nothing is changed then.
        IbidError: there is no index, or another process is indexing this corpus, and there is no `wait`.
    """
    with building(settings, wait):
        old, entries = _old_entries(settings, [identifier])
        entry = entries[identifier]
        entries[identifier] = replace(entry, title=title, said=replace(entry.said, title=title))
        documents = {d.id: replace(d, title=title) if d.id == identifier else d for d in old.documents()}
        kept = frozenset(entries) if _is_fit(old, settings) else frozenset()
        plan = _plan(settings, old, entries, documents, kept)
        _build(settings, plan, old, embedder, lambda stage, done, total: None)


def _old_entries(settings: Settings, ids: Collection[str]) -> tuple[Generation, dict[str, Entry]]:
    """The generation to build on, and its entries by id, which have the ids that are named."""
    old = current_generation(settings)
    before = {entry.id: entry for entry in old.manifest().documents}
    if unknown := sorted(set(ids).difference(before)):
        raise InputError(f"no document {', '.join(unknown)} in corpus '{settings.corpus}': it has {', '.join(before)}")
    return old, before


def _old_generation(settings: Settings) -> tuple[Generation | None, Manifest | None]:
    """The generation to build on; None when there is none, or when it is broken and must be made anew.

    One on a server is not made anew: others have documents in it, and it may be this machine that cannot read them.
    """
    if not has_index(settings):
        return None, None
    try:
        old = current_generation(settings)
        manifest = old.manifest()
        if manifest.schema != SCHEMA:
            return None, None
        old.documents(), old.passages()
    except IbidError:
        if settings.chroma:
            raise
        return None, None
    return old, manifest


def _outdated(before: Mapping[str, Entry], sources: Sequence[Source]) -> tuple[Source, ...]:
    """The other documents of the corpus that an earlier reader read, and whose files are still there."""
    named = {source.path for source in sources}
    old = (entry for entry in before.values() if entry.reader != READER)
    outdated = (Source(Path(entry.source), entry.id, entry.listed, entry.said) for entry in old)
    return tuple(source for source in outdated if source.path not in named and source.path.is_file())


def _is_fit(old: Generation, settings: Settings) -> bool:
    """Say whether an old generation's passages and vectors can be taken over as they are."""
    manifest = old.manifest()
    same = (manifest.schema, manifest.settings) == (SCHEMA, _fingerprint(settings))
    return same and not old.fault(manifest)


def _plan(  # noqa: PLR0913, PLR0917 - what was, what is new, and who splits
    settings: Settings,
    old: Generation | None,
    entries: Mapping[str, Entry],
    documents: Mapping[str, Document],
    kept: frozenset[str],
    split: Callable[[Document], tuple[Passage, ...]] | None = None,
) -> _Plan:
    split = split or partial(split_document, passage_words=settings.passage_words)
    stored: dict[str, list[Passage]] = {}
    for passage in old.passages() if old and kept else ():
        stored.setdefault(passage.document_id, []).append(passage)
    passages = {i: stored.get(i, []) if i in kept else split(documents[i]) for i in sorted(entries)}
    return _Plan(
        entries=tuple(replace(entries[i], passages=len(passages[i])) for i in passages),
        documents=tuple(documents[i] for i in passages),
        passages=tuple(itertools.chain.from_iterable(passages.values())),
        kept=kept,
    )


def _build(settings: Settings, plan: _Plan, old: Generation | None, embedder: Embeds | None, progress: Progress) -> int:
    """Write the planned generation and swap it in; return how many vectors had to be made."""
    by_id = {d.id: d for d in plan.documents}
    units = {p.id: passage_text(p) for p in plan.passages}
    sentences = {
        f"{p.id}/{n}": text for p in plan.passages for n, text in enumerate(sentence_texts(p, by_id[p.document_id]))
    }
    texts = {"passages": units, "sentences": sentences}
    if isinstance(embedder, SpreadEmbedder):
        kept_ids = {p.id for p in plan.passages if p.document_id in plan.kept}
        new = (t for group in texts.values() for i, t in group.items() if i.partition("/")[0] not in kept_ids)
        embedder.expect(new)
    generation = new_generation(settings, lambda: _digest(settings, texts))
    embedded = write_vectors(
        generation.chroma,
        texts,
        old=old.chroma if old else None,
        kept={p.id for p in plan.passages if p.document_id in plan.kept},
        embedder=lambda: embedder or embedder_for(settings),
        progress=lambda done, total: progress("embed", done, total),
    )
    progress("index", 0, 1)
    write_bm25(generation.bm25, list(units.values()))
    generation.write(_manifest(settings, plan.entries), plan.documents, plan.passages)
    swap_in(settings, generation)
    progress("index", 1, 1)
    return embedded


def _digest(settings: Settings, texts: Mapping[str, Mapping[str, str]]) -> str:
    """Tell what is embedded with what; builds of the same digest make the same vectors."""
    made_of = json.dumps([_fingerprint(settings), texts], sort_keys=True)
    return hashlib.sha256(made_of.encode()).hexdigest()


def _manifest(settings: Settings, entries: tuple[Entry, ...]) -> Manifest:
    packages = ("chromadb", "bm25s", *(("sentence-transformers", "torch") if settings.embedder else ("onnxruntime",)))
    return Manifest(
        schema=SCHEMA,
        settings=_fingerprint(settings),
        versions={name: importlib.metadata.version(name) for name in packages},
        built_at=datetime.now(UTC).isoformat(timespec="seconds"),
        documents=entries,
    )


def _fingerprint(settings: Settings) -> dict[str, str]:
    """What decides how text is split and embedded; a change of it rebuilds, whatever the files say."""
    model, weights = model_of(settings)
    return {
        "model": model,
        "weights": weights,
        "units": UNITS,
        "passage_words": str(settings.passage_words),
    }
