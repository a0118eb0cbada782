"""An ingest spread over a Ray cluster: files are read and split there, texts embedded, ahead of time.

What comes back is used in the order in which it was asked for, whenever it ends, so that the index is the one that
this machine alone makes.
"""

from bisect import bisect_left
from collections import deque
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from core.errors import InputError
from core.records import Document, Passage
from core.settings import Settings
from index.cluster import Cluster, ClusterError, WorkerDiedError, connected
from index.worker import Failed, Job, ReadThere, Unfit, Unseen, embed_there, read_there, stamp_of
from ingest import ReaderProcess, Source, split_document

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

__all__ = ["Spread", "SpreadEmbedder", "spread_over"]

CHUNK = 64  # texts of a task: a quarter of a second's work
MOST_SENT = 500_000_000  # bytes of files on the way


class Spread:
    """A cluster at work for one ingest: what reads, splits and embeds in place of this process; see `spread_over`."""

    def __init__(self, cluster: Callable[[], Cluster], job: Job, look: Callable[[], None]) -> None:
        self._cluster = cluster
        self._job = job
        self._look = look
        self._expected: deque[Source] = deque()
        self._begun: dict[Path, _Begun] = {}
        self._shared = True  # until a worker does not see a file
        self._passages: dict[str, tuple[Passage, ...]] = {}

    def expect(self, sources: Sequence[Source]) -> None:
        """Be told what will be read, in that order."""
        self._expected = deque(sources)

    def read(self, source: Source, *, document_id: str) -> ReadThere:
        """Read one file; see `ingest.ReaderProcess.read`."""
        self._read_ahead()
        begun = self._begun.pop(source.path, None) or self._begin(source)
        read = self._result(begun) if begun.task else self._read_here(begun.source)
        if read.document.id != document_id:  # another document has taken the id that was foreseen
            document = replace(read.document, id=document_id)
            read = ReadThere(document, split_document(document, passage_words=self._job.passage_words))
        self._passages[document_id] = read.passages
        return read

    def split(self, document: Document) -> tuple[Passage, ...]:
        """Return the passages of a document; those of one that was read here are there, and given once."""
        known = self._passages.pop(document.id, None)
        return split_document(document, passage_words=self._job.passage_words) if known is None else known

    def embedder(self) -> "SpreadEmbedder":
        """Return what embeds."""
        return SpreadEmbedder(self._cluster, self._job)

    def _read_ahead(self) -> None:
        """Have as many files read as the cluster takes, with no more bytes on the way than fit."""
        most = self._cluster().ahead()
        while self._expected and len(self._begun) < most:
            if self._begun and sum(begun.sent for begun in self._begun.values()) >= MOST_SENT:
                return
            source = self._expected.popleft()
            self._begun[source.path] = self._begin(source)

    def _begin(self, source: Source) -> "_Begun":
        """Have a file read, unless it need not travel to be told what is wrong with it."""
        stamp = stamp_of(source.path)
        if stamp is None or stamp[0] > self._job.limits.megabytes * 1_000_000:
            return _Begun(source)
        data = None if self._shared else self._bytes(source)
        task = self._cluster().submit(read_there, self._job, source, source.id, stamp, data)
        return _Begun(source, task, 0 if self._shared else stamp[0])

    def _read_here(self, source: Source) -> ReadThere:
        with ReaderProcess(self._job.limits, self._look) as reader:
            document = reader.read(source, document_id=source.id).document
        return ReadThere(document, split_document(document, passage_words=self._job.passage_words))

    def _result(self, begun: "_Begun") -> ReadThere:
        source = begun.source
        try:
            found = self._cluster().result(begun.task)
            if isinstance(found, Unseen):
                self._shared = False
                return self._result(self._begin(source))
        except WorkerDiedError as error:
            raise InputError(f"{source.path} was given up, the workers that read it died ({error})") from None
        if isinstance(found, Failed):
            raise InputError(found.line)
        if isinstance(found, Unfit):
            raise ClusterError(found.line)
        assert isinstance(found, ReadThere)  # noqa: S101 - the last that it can be
        return found

    def _bytes(self, source: Source) -> Any:  # noqa: ANN401 - of Ray
        try:
            return self._cluster().put(source.path.read_bytes())
        except OSError as error:
            raise InputError(f"cannot read {source.path} ({error.strerror or error})") from None


@dataclass(frozen=True, slots=True)
class _Begun:
    """A file, the task that reads it, if any does, and how many bytes were sent for it."""

    source: Source
    task: Any = None
    sent: int = 0


class SpreadEmbedder:
    """Embeds on a cluster, ahead of what it is asked for as far as it was told what that will be.

    A vector does not depend on which texts share its task with the shipped model, and with others in the last digits.
    """

    def __init__(self, cluster: Callable[[], Cluster], job: Job) -> None:
        self._cluster = cluster
        self._job = job
        self.expect(())

    def expect(self, texts: Iterable[str]) -> None:
        """Be told what will be asked for from now on, in that order; some of it may be left out."""
        self._places: dict[str, list[int]] = {}
        self._at = 0  # behind what was asked for last
        self._next = 0  # the first chunk that was not begun
        self._begun: dict[int, Any] = {}
        self._made: dict[int, NDArray[np.float32]] = {}
        self._texts = list(texts)
        for place, text in enumerate(self._texts):
            self._places.setdefault(text, []).append(place)

    def embed(self, texts: Sequence[str]) -> "NDArray[np.float32]":
        """Return one unit vector a text."""
        import numpy as np

        places = [self._place(text) for text in texts]
        chunks = sorted({place // CHUNK for place in places if place is not None})
        others = [text for text, place in zip(texts, places, strict=True) if place is None]
        unforeseen = iter(self._unforeseen(others))
        if chunks:
            self._embed_ahead(chunks[0], chunks[-1])
        for chunk in chunks:
            if chunk not in self._made:
                self._made[chunk] = self._result(self._begun.pop(chunk))
        return np.array([next(unforeseen) if p is None else self._made[p // CHUNK][p % CHUNK] for p in places])

    def _place(self, text: str) -> int | None:
        """Where a text stands among those to come."""
        places = self._places.get(text, ())
        found = bisect_left(places, self._at)
        if found == len(places):
            return None
        self._at = places[found] + 1
        return places[found]

    def _embed_ahead(self, first: int, last: int) -> None:
        """Begin with what is asked for, and as much behind it as the cluster takes; let go of what was before it."""
        self._made = {chunk: vectors for chunk, vectors in self._made.items() if chunk >= first}
        self._next = max(self._next, first)
        end = min(last + 1 + self._cluster().ahead(), -(-len(self._texts) // CHUNK))
        for chunk in range(self._next, end):
            self._begun[chunk] = self._submit(self._texts[chunk * CHUNK : (chunk + 1) * CHUNK])
        self._next = max(self._next, end)

    def _unforeseen(self, texts: Sequence[str]) -> "list[NDArray[np.float32]]":
        tasks = [self._submit(texts[start : start + CHUNK]) for start in range(0, len(texts), CHUNK)]
        return [vector for task in tasks for vector in self._result(task)]

    def _submit(self, texts: Sequence[str]) -> Any:  # noqa: ANN401 - of Ray
        return self._cluster().submit(embed_there, self._job, list(texts))

    def _result(self, task: Any) -> "NDArray[np.float32]":  # noqa: ANN401 - of Ray
        try:
            vectors = self._cluster().result(task)
        except WorkerDiedError as error:
            raise ClusterError(f"the workers that embed die ({error}); nothing was changed") from None
        if isinstance(vectors, Unfit):
            raise ClusterError(vectors.line)
        return vectors  # type: ignore[no-any-return]


@contextmanager
def spread_over(settings: Settings, look: Callable[[], None]) -> Iterator[Spread | None]:
    """Yield what works on the Ray cluster of the settings, connected when there is something to do; None without one.

    `look` is called again and again while it is waited for; what it raises gives the work up.

    Raises:
        InputError: Ray is not installed.
        ClusterError: there is no cluster, or it fails, or its machines have another Ibid or model.
    """
    if not settings.ray:
        yield None
        return
    with ExitStack() as open_now:
        yield Spread(
            cache(lambda: open_now.enter_context(connected(settings.ray, settings.ray_seconds, look))),
            Job.of(settings),
            look,
        )
