"""Build an index: read what changed, embed what is new, and swap the whole in at the end."""

import hashlib
import importlib.metadata
import itertools
import json
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import asdict, dataclass, replace
from datetime import UTC, datetime

from core.errors import IbidError, InputError
from core.records import Document, Passage
from core.settings import Settings
from index.embedder import MODEL_NAME, WEIGHTS_SHA256, load_embedder
from index.lexical import write_bm25
from index.store import (
    SCHEMA,
    Entry,
    Generation,
    Manifest,
    building,
    current_generation,
    new_generation,
    swap_in,
)
from index.vectors import Embeds, write_vectors
from ingest import Metadata, Source, points_back, read_document, split_document

__all__ = ["IndexReport", "Progress", "add_documents", "passage_text", "remove_documents", "sentence_texts"]

Progress = Callable[[str, int, int], None]
# Names what `passage_text` and `sentence_texts` make; change it with them, so that old vectors are not mixed with new.
UNITS = "2"


@dataclass(frozen=True, slots=True)
class IndexReport:
    """What a build did, by document id; `embedded` counts vectors made, `passages` those of the whole index."""

    added: tuple[str, ...]
    changed: tuple[str, ...]
    unchanged: tuple[str, ...]
    removed: tuple[str, ...]
    passages: int
    embedded: int


@dataclass(frozen=True, slots=True)
class _Plan:
    """What the new generation holds, and which of its documents take their vectors from the old one."""

    entries: tuple[Entry, ...]
    documents: tuple[Document, ...]
    passages: tuple[Passage, ...]
    kept: frozenset[str]


def add_documents(
    settings: Settings, sources: Sequence[Source], *, progress: Progress | None = None, embedder: Embeds | None = None
) -> IndexReport:
    """Add documents to a corpus, or bring them up to date; those not named stay as they are.

    Args:
        settings: where the corpus is, and how to split.
        sources: the files.
        progress: called as progress(stage, done, total) with the stages 'read', 'embed' and 'index'.
        embedder: in place of the shipped one.

    Raises:
        InputError: a file cannot be read; nothing is changed then.
        IbidError: another process is indexing this corpus.
    """
    progress = progress or (lambda stage, done, total: None)
    with building(settings):
        old, manifest = _old_generation(settings)
        before = {entry.id: entry for entry in manifest.documents} if manifest else {}
        fresh: dict[str, tuple[Entry, Document | None]] = {}
        for done, source in enumerate(sources, start=1):
            entry, document = _read(source, before, taken=fresh)
            fresh[entry.id] = (entry, document)
            progress("read", done, len(sources))
        report = IndexReport(
            added=tuple(i for i in fresh if i not in before),
            changed=tuple(i for i, (_, document) in fresh.items() if i in before and document),
            unchanged=tuple(i for i, (_, document) in fresh.items() if not document),
            removed=(),
            passages=sum(entry.passages for entry in before.values()),
            embedded=0,
        )
        fit = bool(old and _is_fit(old, settings))
        if fit and not (report.added or report.changed):
            return report
        documents = {d.id: d for d in old.documents()} if old else {}
        documents |= {entry.id: document for entry, document in fresh.values() if document}
        entries = before | {i: entry for i, (entry, _) in fresh.items()}
        kept = frozenset(i for i in before if i not in report.changed) if fit else frozenset()
        plan = _plan(settings, old, entries, documents, kept)
        embedded = _build(settings, plan, old, embedder, progress)
        return replace(report, passages=len(plan.passages), embedded=embedded)


def remove_documents(settings: Settings, ids: Collection[str], *, embedder: Embeds | None = None) -> IndexReport:
    """Remove documents from a corpus.

    Raises:
        InputError: an id is not in the corpus; nothing is changed then.
        IbidError: there is no index, or another process is indexing this corpus.
    """
    with building(settings):
        old = current_generation(settings)
        before = {entry.id: entry for entry in old.manifest().documents}
        if unknown := sorted(set(ids).difference(before)):
            raise InputError(
                f"no document {', '.join(unknown)} in corpus '{settings.corpus}': it has {', '.join(before)}"
            )
        entries = {i: entry for i, entry in before.items() if i not in ids}
        kept = frozenset(entries) if _is_fit(old, settings) else frozenset()
        documents = {d.id: d for d in old.documents() if d.id not in ids}
        plan = _plan(settings, old, entries, documents, kept)
        embedded = _build(settings, plan, old, embedder, lambda stage, done, total: None)
        return IndexReport((), (), tuple(entries), tuple(sorted(ids)), len(plan.passages), embedded)


def passage_text(passage: Passage) -> str:
    """Return what is embedded and searched for a passage: its context, its sections and its text."""
    return "\n".join(part for part in (passage.context, " > ".join(passage.section), passage.text) if part)


def sentence_texts(passage: Passage, text: str) -> list[str]:
    """Return what is embedded for each sentence of a passage: one that points back goes with the one before."""
    sentences = [text[start:end] for start, end in passage.sentences]
    pairs = zip(["", *sentences], sentences, strict=False)
    return [f"{before} {sentence}" if before and points_back(sentence) else sentence for before, sentence in pairs]


def _old_generation(settings: Settings) -> tuple[Generation | None, Manifest | None]:
    """The generation to build on; None when there is none, or when it is broken and must be made anew."""
    try:
        old = current_generation(settings)
        manifest = old.manifest()
        if manifest.schema != SCHEMA:
            return None, None
        old.documents(), old.passages()
    except IbidError:
        return None, None
    return old, manifest


def _is_fit(old: Generation, settings: Settings) -> bool:
    """Say whether an old generation's passages and vectors can be taken over as they are."""
    manifest = old.manifest()
    same = (manifest.schema, manifest.settings) == (SCHEMA, _fingerprint(settings))
    return same and not old.fault(manifest)


def _read(source: Source, before: Mapping[str, Entry], taken: Collection[str]) -> tuple[Entry, Document | None]:
    """Read a source unless the index has it as it is; the document is None then."""
    path = str(source.path)
    metadata = _digest(asdict(source.metadata or Metadata()))
    known = next((entry for entry in before.values() if entry.source == path), None)
    try:
        content = hashlib.sha256(source.path.read_bytes()).hexdigest()
    except OSError:
        content = ""  # read_document says what is wrong
    if known and (known.content_hash, known.metadata) == (content, metadata):
        return known, None
    identifier = known.id if known else _free_id(source.id, {*before, *taken})
    document = read_document(source.path, document_id=identifier, metadata=source.metadata)
    return Entry(identifier, document.title, path, document.content_hash, metadata, 0), document


def _free_id(wanted: str, taken: Collection[str]) -> str:
    """The wanted id, or with a number when a document from another place has it."""
    names = itertools.chain([wanted], (f"{wanted}-{n}" for n in itertools.count(2)))
    return next(name for name in names if name not in taken)


def _plan(
    settings: Settings,
    old: Generation | None,
    entries: Mapping[str, Entry],
    documents: Mapping[str, Document],
    kept: frozenset[str],
) -> _Plan:
    stored: dict[str, list[Passage]] = {}
    for passage in old.passages() if old and kept else ():
        stored.setdefault(passage.document_id, []).append(passage)
    split = {
        i: stored.get(i, []) if i in kept else split_document(documents[i], passage_words=settings.passage_words)
        for i in sorted(entries)
    }
    return _Plan(
        entries=tuple(replace(entries[i], passages=len(split[i])) for i in split),
        documents=tuple(documents[i] for i in split),
        passages=tuple(passage for passages in split.values() for passage in passages),
        kept=kept,
    )


def _build(settings: Settings, plan: _Plan, old: Generation | None, embedder: Embeds | None, progress: Progress) -> int:
    """Write the planned generation and swap it in; return how many vectors had to be made."""
    by_id = {d.id: d.text for d in plan.documents}
    units = {p.id: passage_text(p) for p in plan.passages}
    sentences = {
        f"{p.id}/{n}": text for p in plan.passages for n, text in enumerate(sentence_texts(p, by_id[p.document_id]))
    }
    generation = new_generation(settings)
    embedded = write_vectors(
        generation.chroma,
        {"passages": units, "sentences": sentences},
        old=old.chroma if old else None,
        kept={p.id for p in plan.passages if p.document_id in plan.kept},
        embedder=lambda: embedder or load_embedder(),
        progress=lambda done, total: progress("embed", done, total),
    )
    progress("index", 0, 1)
    write_bm25(generation.bm25, list(units.values()))
    generation.write(_manifest(settings, plan.entries), plan.documents, plan.passages)
    swap_in(settings, generation)
    progress("index", 1, 1)
    return embedded


def _manifest(settings: Settings, entries: tuple[Entry, ...]) -> Manifest:
    packages = ("chromadb", "bm25s", "sentence-transformers", "torch")
    return Manifest(
        schema=SCHEMA,
        settings=_fingerprint(settings),
        versions={name: importlib.metadata.version(name) for name in packages},
        built_at=datetime.now(UTC).isoformat(timespec="seconds"),
        documents=entries,
    )


def _fingerprint(settings: Settings) -> dict[str, str]:
    """What decides how text is split and embedded; a change of it rebuilds, whatever the files say."""
    return {
        "model": MODEL_NAME,
        "weights": WEIGHTS_SHA256,
        "units": UNITS,
        "passage_words": str(settings.passage_words),
    }


def _digest(value: object) -> str:
    return hashlib.sha256(json.dumps(value, sort_keys=True).encode()).hexdigest()[:16]
