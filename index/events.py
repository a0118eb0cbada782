"""Count what went wrong while a corpus was asked, in <home>/<corpus>/events.json, across processes and restarts."""

import fcntl
import json
import logging
import os

from core.settings import Settings
from index.store import corpus_folder

__all__ = ["QUOTES_WITHHELD", "count_event", "event_count"]

QUOTES_WITHHELD = "quotes_withheld"  # quotes that differ from the source at their place and were not shown
_FILE = "events.json"
_LOG = logging.getLogger(__name__)


def count_event(settings: Settings, event: str, times: int = 1) -> None:
    """Add to the count of an event; where nothing can be written, a log line is all.

    A lock of its own, held for the moment of writing, keeps the counts of several processes; the builders' lock may be
    held for hours.
    """
    folder = corpus_folder(settings)
    try:
        with (folder / "events.lock").open("w") as lock:
            fcntl.flock(lock, fcntl.LOCK_EX)
            counts = _counts(settings)
            counts[event] = counts.get(event, 0) + times
            temporary = folder / f"{_FILE}.new"
            with temporary.open("w", encoding="utf-8") as file:
                json.dump(counts, file)
                file.flush()
                os.fsync(file.fileno())
            temporary.replace(folder / _FILE)
    except OSError as error:
        _LOG.warning("cannot count %s in %s: %s", event, folder, error.strerror or error)


def event_count(settings: Settings, event: str) -> int:
    """Return how often an event was counted; 0 where there is no count that can be read."""
    return _counts(settings).get(event, 0)


def _counts(settings: Settings) -> dict[str, int]:
    try:
        found = json.loads((corpus_folder(settings) / _FILE).read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return {}
    return {name: n for name, n in found.items() if isinstance(n, int)} if isinstance(found, dict) else {}
