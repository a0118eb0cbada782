"""What an index holds, told without loading a model."""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from core.errors import IbidError
from core.records import Document
from core.settings import Settings
from index.embedder import MODEL_NAME
from index.events import QUOTES_WITHHELD, event_count
from index.store import Entry, open_generation

__all__ = ["IndexStatus", "index_status", "read_documents"]


@dataclass(frozen=True, slots=True)
class IndexStatus:
    """The state of a corpus; `ready` is False when it cannot be asked, and `reason` says why; `size` is in bytes.

    `quotes_withheld` counts the quotes that differed from the source at their place and were not shown.
    """

    corpus: str
    ready: bool
    reason: str
    documents: tuple[Entry, ...]
    passages: int
    model: str
    built_at: str
    size: int
    quotes_withheld: int = 0


def read_documents(settings: Settings) -> Mapping[str, Document]:
    """Return the documents of a corpus by id, without loading a model.

    Raises:
        IbidError: there is no index, or it is broken.
    """
    generation, _ = open_generation(settings)
    return generation.documents()


def index_status(settings: Settings) -> IndexStatus:
    """Return the state of `settings.corpus`; a missing or broken index is a state, not an error."""
    withheld = event_count(settings, QUOTES_WITHHELD)
    try:
        generation, manifest = open_generation(settings)
        documents = manifest.documents
    except IbidError as error:
        model = settings.embedder.name if settings.embedder else MODEL_NAME
        return IndexStatus(settings.corpus, False, str(error), (), 0, model, "", 0, withheld)
    return IndexStatus(
        corpus=settings.corpus,
        ready=True,
        reason="",
        documents=documents,
        passages=sum(entry.passages for entry in documents),
        model=manifest.settings["model"],
        built_at=manifest.built_at,
        size=sum(map(_size, generation.files(manifest))),
        quotes_withheld=withheld,
    )


def _size(path: Path) -> int:
    """The size of a file; 0 of one that is gone by now: Chroma writes some for a moment when it opens a folder."""
    try:
        return path.stat().st_size
    except FileNotFoundError:
        return 0
