"""The folder of a run: what it was made from, the answers so far, and how long each session took."""

import fcntl
import json
import os
import platform
import shutil
from collections.abc import Collection, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, BinaryIO

from core.errors import IbidError, InputError
from core.settings import Settings

__all__ = ["Run", "Session", "open_run"]

_ROOT = Path(__file__).resolve().parent.parent
_PROGRAM = ("core", "ingest", "index", "answer")
_ANSWERS_WITH = (".py", ".json")


@dataclass(slots=True)
class Session:
    """What one call of the command did: questions answered, seconds on the clock, and CPU seconds of all processes.

    `open_s` and `ask_s` are the seconds that documents took to be opened and asked, summed over the processes. Of a
    session that was stopped, they and the CPU seconds are those of the documents that were done.
    """

    questions: int = 0
    seconds: float = 0.0
    cpu_s: float = 0.0
    open_s: float = 0.0
    ask_s: float = 0.0


class Run:
    """An open run, which no other process has open."""

    def __init__(self, folder: Path, answers: BinaryIO) -> None:
        self.folder = folder
        self.scratch = folder / "scratch"
        self._answers = answers

    @property
    def about(self) -> dict[str, Any]:
        """What the run was made from: hashes, settings, versions, machine, sessions."""
        return _read_about(self.folder)

    def records(self, qids: Collection[str]) -> dict[str, dict[str, Any]]:
        """Return the answers so far by question.

        Raises:
            InputError: a line is no answer to one of the questions, or a second one.
        """
        found: dict[str, dict[str, Any]] = {}
        self._answers.seek(0)
        for number, line in enumerate(self._answers, start=1):
            try:
                record = json.loads(line)
                qid = record["id"]
            except (ValueError, TypeError, KeyError):
                qid = None
            if not isinstance(qid, str) or qid in found or qid not in qids:
                raise InputError(
                    f"{self.folder / 'answers.jsonl'} line {number} is not the one answer to a question of the corpus: "
                    "delete the line and run again"
                )
            found[qid] = record
        return found

    def append(self, record: Mapping[str, Any]) -> None:
        """Write an answer, whole.

        Raises:
            IbidError: it cannot be written.
        """
        try:
            self._answers.write(json.dumps(record, ensure_ascii=False).encode() + b"\n")
            self._answers.flush()
        except OSError as error:
            raise IbidError(f"cannot write to {self.folder}: {error.strerror}; make room and run again") from None

    def note(self, session: Session) -> None:
        """Note a session that ended."""
        about = self.about
        about["sessions"].append({name: round(value, 2) for name, value in asdict(session).items()})
        _write_about(self.folder, about)


@contextmanager
def open_run(folder: Path, hashes: Mapping[str, str], settings: Settings) -> Iterator[Run]:
    """Open the folder of a run, new or begun; a line that was not written to its end is dropped.

    Args:
        folder: where.
        hashes: the SHA-256 of what is asked, by name.
        settings: what the answers depend on.

    Raises:
        InputError: the folder is something else, or its run was begun with something else.
        IbidError: another process has it open.
    """
    try:
        folder.mkdir(parents=True, exist_ok=True)
        lock = os.open(folder, os.O_RDONLY)
    except OSError as error:
        raise InputError(f"cannot write to {folder}: {error.strerror}; give --out a folder") from None
    try:
        _lock(lock, folder)
        _begin(folder, {**hashes, **_hashes(settings)}, settings)
        scratch = folder / "scratch"
        shutil.rmtree(scratch, ignore_errors=True)
        scratch.mkdir()
        with (folder / "answers.jsonl").open("a+b") as answers:
            _drop_half_line(answers)
            yield Run(folder, answers)
    finally:
        shutil.rmtree(folder / "scratch", ignore_errors=True)
        os.close(lock)


def _lock(descriptor: int, folder: Path) -> None:
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError:
        raise IbidError(f"another process is answering into {folder}; wait for it or give another --out") from None


def _begin(folder: Path, hashes: Mapping[str, str], settings: Settings) -> None:
    """Say what a new run is made from, or hold what a begun one was made from against it."""
    if (folder / "run.json").exists():
        begun = _read_about(folder)["hashes"]
        if changed := [name for name in hashes if begun.get(name) != hashes[name]]:
            raise InputError(
                f"{folder} was begun with other {' and '.join(changed)}: give another --out, or delete it to begin anew"
            )
        return
    if any(folder.iterdir()):
        raise InputError(f"{folder} holds other files and no run: give --out a new folder")
    from eval.provenance import versions

    about = {
        "begun_at": datetime.now(UTC).isoformat(timespec="seconds"),
        "machine": f"{platform.machine()}, {os.cpu_count()} cores, Python {platform.python_version()}",
        "versions": versions(),
        "settings": _settings(settings),
        "hashes": dict(hashes),
        "sessions": [],
    }
    _write_about(folder, about)


def _hashes(settings: Settings) -> dict[str, str]:
    """The SHA-256 of the settings, and of the program with the libraries that it answers with."""
    from eval.provenance import sha256, versions  # lazily: a process sets its threads before numpy is imported

    files = sorted(path for name in _PROGRAM for path in (_ROOT / name).rglob("*") if path.suffix in _ANSWERS_WITH)
    program = b"".join((json.dumps(versions()).encode(), *(path.read_bytes() for path in files)))
    told = json.dumps(_settings(settings), sort_keys=True)
    return {"settings": sha256(told.encode()), "program": sha256(program)}


def _settings(settings: Settings) -> dict[str, Any]:
    """The settings but for those that say which index to ask: each document has its own."""
    return settings.model_dump(mode="json", exclude={"home", "corpus"})


def _read_about(folder: Path) -> dict[str, Any]:
    path = folder / "run.json"
    try:
        about = json.loads(path.read_bytes())
    except (OSError, ValueError):
        about = None
    if not isinstance(about, dict) or not {"hashes", "sessions"}.issubset(about):
        raise InputError(f"{path} is broken: give another --out, or delete {folder}")
    return about


def _write_about(folder: Path, about: Mapping[str, Any]) -> None:
    """Write run.json so that it is whole at any moment."""
    temporary = folder / "run.json.new"
    temporary.write_text(json.dumps(about, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
    temporary.replace(folder / "run.json")


def _drop_half_line(answers: BinaryIO) -> None:
    answers.seek(0)
    whole = sum(len(line) for line in answers if line.endswith(b"\n"))
    answers.truncate(whole)
