"""The real app in a process of its own, with a home of its own, on a free port of this machine."""

import os
import re
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

__all__ = ["Served", "ingest", "served"]

_ROOT = Path(__file__).resolve().parents[2]
_PATIENCE = 300  # seconds until the app must be there
_PAUSE = 0.05


@dataclass(frozen=True, slots=True)
class Served:
    """An app that runs: its address, its process, and the file that its output goes to."""

    url: str
    process: "subprocess.Popen[bytes]"
    log: Path

    def peak_mb(self) -> float:
        """Return the peak of the process's resident memory up to now, in MB; 0 where the system does not tell."""
        try:
            status = Path(f"/proc/{self.process.pid}/status").read_text(encoding="utf-8")
        except OSError:
            return 0.0
        peak = re.search(r"VmHWM:\s+(\d+) kB", status)
        return int(peak[1]) / 1024 if peak else 0.0

    def cpu_s(self) -> float:
        """Return the processor time that the process has taken up to now, in seconds; 0 where it is not told."""
        try:
            fields = Path(f"/proc/{self.process.pid}/stat").read_text(encoding="utf-8").rpartition(")")[2].split()
        except OSError:
            return 0.0
        return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")

    def broke(self) -> bool:
        """Say whether a traceback stands in the output."""
        return "Traceback" in self.log.read_text(encoding="utf-8", errors="replace")


def ingest(home: Path, paths: Sequence[Path]) -> None:
    """Index files as the default corpus of a home.

    Raises:
        subprocess.CalledProcessError: they cannot be indexed.
    """
    command = [sys.executable, str(_ROOT / "cli.py"), "ingest", *map(str, paths)]
    subprocess.run(command, check=True, capture_output=True, cwd=home, env=_environment(home))  # noqa: S603


@contextmanager
def served(home: Path) -> Iterator[Served]:
    """Serve the default corpus of a home until the block ends.

    Raises:
        RuntimeError: the app does not open.
    """
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    log = home / f"{port}.log"
    with log.open("wb") as out:
        process = subprocess.Popen(  # noqa: S603 - the arguments are ours
            [sys.executable, str(_ROOT / "cli.py"), "serve"], stdout=out, stderr=out, cwd=home,
            env=_environment(home) | {"IBID_PORT": str(port), "PYTHONUNBUFFERED": "1"},
        )  # fmt: skip
        try:
            app = Served(f"http://127.0.0.1:{port}", process, log)
            _await(app)
            yield app
        finally:
            process.terminate()
            process.wait(timeout=60)


def _environment(home: Path) -> dict[str, str]:
    return {**os.environ, "IBID_HOME": str(home), "PYTHONPATH": str(_ROOT)}


def _await(app: Served) -> None:
    direct = urllib.request.build_opener(urllib.request.ProxyHandler({}))
    until = time.monotonic() + _PATIENCE
    while time.monotonic() < until and app.process.poll() is None:
        try:
            with direct.open(app.url, timeout=5):
                return
        except (urllib.error.URLError, TimeoutError):
            time.sleep(_PAUSE)
    raise RuntimeError(f"the app did not open: {app.log.read_text(encoding='utf-8', errors='replace')}")
