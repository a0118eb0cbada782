"""Adding files as a job with stages: it waits for its turn, tells how far it is, and can be given up."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from threading import Condition, Thread

from core.errors import IbidError, InputError
from core.settings import Settings
from index import IndexReport, NothingReadError, add_documents, open_generation
from index.vectors import Embeds
from ingest import Source, find_documents
from ui.uploads import discard, keep, same_bytes

__all__ = ["STAGES", "AddJob", "Snapshot"]

STAGES = ("read", "embed", "index")
_REST = 0.1  # seconds at least between two snapshots


class _GivenUpError(IbidError):
    """The user gave the job up."""


@dataclass(frozen=True, slots=True)
class Snapshot:
    """How far a job is: (done, total) by stage, and once it is `over`, the names of the files that came in.

    `waiting` says that others are indexing; `failures` are the lines on files that did not come in.
    """

    stages: Mapping[str, tuple[int, int]] = field(default_factory=dict)
    waiting: bool = False
    over: bool = False
    cancelled: bool = False
    added: tuple[str, ...] = ()
    failures: tuple[str, ...] = ()


class AddJob:
    """Adds uploaded files to a corpus in a thread of its own.

    Args:
        settings: which corpus.
        uploads: the files, which are copied first.
        embedder: in place of the shipped one.
    """

    def __init__(self, settings: Settings, uploads: Sequence[Path], embedder: Embeds | None = None) -> None:
        self._settings = settings
        self._uploads = uploads
        self._embedder = embedder
        self._now = Snapshot()
        self._given_up = False
        self._changed = Condition()
        self._kept: list[Path] = []

    def start(self) -> "AddJob":
        """Begin, and return the job."""
        Thread(target=self._run, daemon=True).start()
        return self

    def cancel(self) -> None:
        """Give the job up at the next step; what is in the index by then stays."""
        self._given_up = True

    def snapshots(self) -> Iterator[Snapshot]:
        """Yield how far the job is whenever that changes; the last one is over."""
        seen = None
        while seen is None or not seen.over:
            with self._changed:
                self._changed.wait_for(lambda before=seen: self._now is not before)  # type: ignore[misc]
                seen = self._now
            yield seen
            if not seen.over:
                with self._changed:
                    self._changed.wait(_REST)

    def _run(self) -> None:
        try:
            self._add()
        except _GivenUpError:
            discard(self._settings, self._kept)
            self._tell(over=True, cancelled=True)
        except IbidError as error:
            discard(self._settings, self._kept)
            self._tell(over=True, failures=(*self._now.failures, *self._lines(error)))
        except Exception as error:  # whatever it is, the user must not wait for ever
            discard(self._settings, self._kept)
            line = f"the files could not be added ({type(error).__name__}: {error}); nothing was changed"
            self._tell(over=True, failures=(*self._now.failures, line))
            raise

    def _add(self) -> None:
        sources = self._sources()
        if not sources:
            self._tell(over=True)
            return
        report = add_documents(self._settings, sources, progress=self._step, embedder=self._embedder, wait=self._wait)
        self._settle(report)

    def _sources(self) -> list[Source]:
        """The uploads that can be kept and that the corpus does not have."""
        titles = self._titles()
        sources: list[Source] = []
        for upload in self._uploads:
            self._look()
            digest = same_bytes(upload)
            if digest in titles:
                self._fail(f"{upload.name} is here already: {titles[digest]}")
                continue
            try:
                path = keep(self._settings, upload)
            except InputError as error:
                self._fail(str(error))
                continue
            self._kept.append(path)
            titles[digest] = path.name
            sources += find_documents([path])
        return sources

    def _titles(self) -> dict[str, str]:
        """The titles of the documents that the corpus has, by the hash of their files."""
        try:
            entries = open_generation(self._settings)[1].documents
        except IbidError:
            return {}
        return {entry.content_hash: f"‘{entry.title}’" for entry in entries}

    def _settle(self, report: IndexReport) -> None:
        came = {entry.source for entry in open_generation(self._settings)[1].documents}
        added = [path for path in self._kept if str(path) in came]
        discard(self._settings, set(self._kept).difference(added))
        lines = map(self._line, report.failures)
        self._tell(over=True, added=tuple(p.name for p in added), failures=(*self._now.failures, *lines))

    def _lines(self, error: IbidError) -> list[str]:
        failures = error.failures if isinstance(error, NothingReadError) else (str(error),)
        return [self._line(failure) for failure in failures]

    def _line(self, failure: str) -> str:
        """A failure with the name of the file in place of where it is kept."""
        for path in self._kept:
            failure = failure.replace(str(path), path.name)
        return " ".join(failure.split())

    def _step(self, stage: str, done: int, total: int) -> None:
        if (stage, done) != ("index", total):
            self._look()
        self._tell(waiting=False, stages={**self._now.stages, stage: (done, total)})

    def _wait(self) -> None:
        self._look()
        if not self._now.stages and not self._now.waiting:
            self._tell(waiting=True)

    def _look(self) -> None:
        if self._given_up:
            raise _GivenUpError("given up")

    def _fail(self, line: str) -> None:
        self._tell(failures=(*self._now.failures, line))

    def _tell(self, **changes: object) -> None:
        with self._changed:
            self._now = replace(self._now, **changes)  # type: ignore[arg-type]
            self._changed.notify_all()
