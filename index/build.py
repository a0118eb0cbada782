"""Build an index: read what changed, write a segment of it, and swap the new state in at the end."""

import importlib.metadata
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from contextlib import AbstractContextManager, nullcontext
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from functools import partial

from core.records import Document, Passage
from core.settings import Settings
from index.part import Part
from index.sources import Fresh, Progress, Reads
from index.spread import spread_over
from index.state import State, fingerprint, known_state, read_state
from index.store import (
    SCHEMA,
    Entry,
    Manifest,
    building,
    new_generation,
    swap_in,
)
from index.vectors import Embeds
from index.writer import Batch, Writer
from ingest import Limits, ReaderProcess, Source, split_document

__all__ = ["IndexReport", "Progress", "add_documents", "remove_documents", "rename_document"]

Splits = Callable[[Document], tuple[Passage, ...]]

_BATCH = 20_000  # passages that are held in memory, and begin a segment


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
    progress = progress or _untold
    look = wait or (lambda: None)
    with building(settings, wait), spread_over(settings, look) as spread:
        state = read_state(settings)
        before = state.entries

        def opened() -> AbstractContextManager[Reads]:
            return nullcontext(spread) if spread else ReaderProcess(Limits.of(settings), look)

        fresh = Fresh([*sources, *state.unnamed(sources)], before, opened, progress)
        embeds = embedder or (spread.embedder() if spread else None)
        split = spread.split if spread else None
        built = _build(settings, state, before.keys(), fresh, lambda: before | fresh.entries, embeds, progress, split)
        return IndexReport(
            added=tuple(i for i in fresh.entries if i not in before),
            changed=tuple(i for i in fresh.entries if i in before and i in built.fresh),
            unchanged=tuple(i for i in fresh.entries if i in before and i not in built.fresh),
            removed=(),
            passages=built.passages,
            embedded=built.embedded,
            sources=frozenset(entry.source for entry in fresh.entries.values()),
            failures=tuple(fresh.failures),
        )


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
        state = known_state(settings, ids)
        entries = {i: entry for i, entry in state.entries.items() if i not in ids}
        built = _build(settings, state, entries.keys(), (), lambda: entries, embedder, _untold)
        return IndexReport((), (), tuple(entries), tuple(sorted(ids)), built.passages, built.embedded)


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
        state = known_state(settings, [identifier])
        entry = state.entries[identifier]
        renamed = replace(entry, title=title, said=replace(entry.said, title=title))
        document = replace(state.document(identifier), title=title)
        entries = state.entries | {identifier: renamed}
        _build(settings, state, entries.keys(), [document], lambda: entries, embedder, _untold)


@dataclass(frozen=True, slots=True)
class _Built:
    """What a build came to: ids of the documents that were given to it, passages of the index, vectors made."""

    fresh: frozenset[str]
    passages: int
    embedded: int


def _build(  # noqa: PLR0913, PLR0917 - what there was, what there will be, and how
    settings: Settings,
    state: State,
    staying: Collection[str],
    fresh: Iterable[Document],
    entries: Callable[[], Mapping[str, Entry]],
    embedder: Embeds | None,
    progress: Progress,
    split: Splits | None = None,
) -> _Built:
    """Write what is fresh or stale, and swap the whole in; where nothing changes, nothing is done.

    Args:
        settings: which corpus.
        state: what the index has.
        staying: the ids of its documents that stay, unless a fresh one has their id.
        fresh: documents that come in.
        entries: called when they have been read; those of the new index.
        embedder: in place of the shipped one.
        progress: called as progress(stage, done, total).
        split: gives the passages of a document, in place of this process.
    """
    split = split or partial(split_document, passage_words=settings.passage_words)
    writer = Writer(settings, fingerprint(settings), embedder, progress)
    old = {i: part for part in state.parts for i in part.documents}
    parts = _without(state.parts, old.keys() - set(staying))
    counts: dict[str, int] = {}
    given: set[str] = set()
    for batch in _batches(_documents(state, staying, fresh, given), split):
        coming = {document.id for document in batch.documents}
        parts = writer.add(_without(parts, coming), batch, old)
        counts |= {d.id: len(some) for d, some in zip(batch.documents, batch.passages, strict=True)}
    wanted = sorted(entries().items())
    counted = tuple(replace(entry, passages=counts[i]) if i in counts else entry for i, entry in wanted)
    built = _Built(frozenset(given), sum(entry.passages for entry in counted), writer.made)
    if state.fit and not counts and len(staying) == len(state.entries):
        return built
    parts = writer.tidy(parts)
    steps = writer.finish()
    generation = new_generation(settings)
    generation.write(_manifest(settings, parts), counted)
    swap_in(settings, generation)
    progress("index", steps, steps)
    return built


def _without(parts: Iterable[Part], ids: Collection[str]) -> tuple[Part, ...]:
    """The parts without some documents; those of which none is left are left out."""
    left = (part.only(part.documents.keys() - ids) for part in parts)
    return tuple(part for part in left if part.documents)


def _documents(
    state: State, staying: Collection[str], fresh: Iterable[Document], given: set[str]
) -> Iterator[Document]:
    """Yield what is to be written: what is fresh, whose ids are noted in `given`, then what is stale."""
    for document in fresh:
        given.add(document.id)
        yield document
    for part in state.stale:
        for i, place in part.documents.items():
            if i in staying and i not in given:
                yield part.segment.document(place)


def _batches(documents: Iterable[Document], split: Splits) -> Iterator[Batch]:
    """Yield documents with their passages in batches that fit into memory, each sorted by id."""
    read: list[tuple[Document, tuple[Passage, ...]]] = []
    count = 0
    for document in documents:
        passages = split(document)
        read.append((document, passages))
        count += len(passages)
        if count >= _BATCH:
            yield _batch(read)
            read, count = [], 0
    if read:
        yield _batch(read)


def _batch(read: Sequence[tuple[Document, tuple[Passage, ...]]]) -> Batch:
    ordered = sorted(read, key=lambda pair: pair[0].id)
    return Batch(tuple(document for document, _ in ordered), tuple(passages for _, passages in ordered))


def _untold(stage: str, done: int, total: int) -> None:
    """Tell nobody how far it is."""


def _manifest(settings: Settings, parts: Sequence[Part]) -> Manifest:
    packages = ("chromadb", *(("sentence-transformers", "torch") if settings.embedder else ("onnxruntime",)))
    return Manifest(
        schema=SCHEMA,
        settings=fingerprint(settings),
        versions={name: importlib.metadata.version(name) for name in packages},
        built_at=datetime.now(UTC).isoformat(timespec="seconds"),
        segments={part.segment.name: tuple(sorted(part.dead)) for part in parts},
    )
