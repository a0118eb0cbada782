"""What a build begins with: the index as it is, and what of it can be taken over."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from core.errors import IbidError, InputError
from core.records import Document
from core.settings import Settings
from index.own_model import model_of
from index.part import Part
from index.reading import UNITS
from index.store import SCHEMA, Entry, current_generation, has_index, other_version
from ingest import READER, Source

__all__ = ["State", "fingerprint", "known_state", "read_state"]


@dataclass(frozen=True, slots=True)
class State:
    """What a build begins with.

    `parts` are taken over as they are; the documents of `stale` ones have to be written again, since the settings have
    changed or their files are broken. `lost` are files of documents that the index can read no more.
    """

    entries: dict[str, Entry] = field(default_factory=dict)
    parts: tuple[Part, ...] = ()
    stale: tuple[Part, ...] = ()
    lost: tuple[Source, ...] = ()
    fit: bool = False

    def document(self, identifier: str) -> Document:
        """Return a document of the index."""
        part = next(part for part in (*self.parts, *self.stale) if identifier in part.documents)
        return part.segment.document(part.documents[identifier])

    def unnamed(self, sources: Sequence[Source]) -> tuple[Source, ...]:
        """Return the other documents whose files are still there and which an earlier reader read or which are lost."""
        named = {source.path for source in sources}
        outdated = [_source(entry) for entry in self.entries.values() if entry.reader != READER]
        return tuple(source for source in (*outdated, *self.lost) if source.path not in named and source.path.is_file())


def known_state(settings: Settings, ids: Collection[str]) -> State:
    """Return the state of an index that has the documents that are named.

    Raises:
        InputError: one is not in it.
        IbidError: there is no index.
    """
    current_generation(settings)  # where there is none, this says so
    state = read_state(settings)
    if unknown := sorted(set(ids).difference(state.entries)):
        has = ", ".join(state.entries)
        raise InputError(f"no document {', '.join(unknown)} in corpus '{settings.corpus}': it has {has}")
    return state


def read_state(settings: Settings) -> State:
    """Return the index to build on; an empty one where there is none, or where it is broken and must be made anew.

    Of one that another version made, the files are read anew, those that are not named, too. One on a server is not
    made anew: others have documents in it, and it may be this machine that cannot read them.

    Raises:
        IbidError: the one on a server cannot be read.
    """
    if not has_index(settings):
        return State()
    try:
        generation = current_generation(settings)
        manifest = generation.manifest()
        if manifest.schema != SCHEMA:
            return _of_other_version(settings, manifest.documents)
        entries = {entry.id: entry for entry in manifest.documents}
        same = manifest.settings == fingerprint(settings)
        parts, stale = [], []
        for part in generation.parts(manifest.segments):
            if same and not part.segment.fault():
                parts.append(part)
            elif settings.chroma or _is_readable(part):
                stale.append(part)
    except IbidError:
        if settings.chroma:
            raise
        return State()
    there = {i for part in (*parts, *stale) for i in part.documents}
    lost = [_source(entry) for i, entry in entries.items() if i not in there]
    entries = {i: entry for i, entry in entries.items() if i in there}
    return State(entries, tuple(parts), tuple(stale), tuple(lost), fit=not stale and not lost)


def _of_other_version(settings: Settings, entries: Sequence[Entry]) -> State:
    if settings.chroma:
        raise other_version(settings)
    return State(lost=tuple(map(_source, entries)))


def _is_readable(part: Part) -> bool:
    try:
        return all(part.segment.document(place) for place in part.documents.values())
    except (IbidError, IndexError):
        return False


def _source(entry: Entry) -> Source:
    return Source(Path(entry.source), entry.id, entry.listed, entry.said)


def fingerprint(settings: Settings) -> dict[str, str]:
    """Return what decides how text is split and embedded; a change of it rebuilds, whatever the files say."""
    model, weights = model_of(settings)
    return {
        "model": model,
        "weights": weights,
        "units": UNITS,
        "passage_words": str(settings.passage_words),
    }
