"""The real app in a process of its own, over a small guide of our own."""

import os
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
GUIDE = """# A Guide to the Harbour

## Ferries

The ferry to Gull Island leaves at nine in the morning. It carries 120 passengers. The first ferry was built in 1912
(Marsh 2004: 17). Harbour dues were abolished after the storm of 1953 (Penrose 1998).

## Lighthouse

The lighthouse keeper was Edith Marlow. She kept the light for thirty years. Its lamp burns paraffin.
"""


def ibid(home: Path, *args: str, stdin: str = "", **environment: str) -> subprocess.CompletedProcess[str]:
    """Run the command line with a home of its own, from within it."""
    return subprocess.run(
        [sys.executable, str(ROOT / "cli.py"), *args],
        input=stdin, check=False, capture_output=True, text=True, encoding="utf-8", cwd=home,
        env={**os.environ, "IBID_HOME": str(home), "PYTHONPATH": os.environ.get("PYTHONPATH", ""), **environment},
    )  # fmt: skip


def index_guide(home: Path) -> None:
    """Index the guide as the default corpus."""
    guide = home / "guide.md"
    guide.write_text(GUIDE, encoding="utf-8")
    done = ibid(home, "ingest", str(guide))
    assert done.returncode == 0, done.stderr


@contextmanager
def serving(home: Path, *program: str, **environment: str) -> Iterator[str]:
    """Serve a corpus, or run another program that serves; give the address without a slash at its end."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    log = home / f"{port}.log"
    with log.open("w") as out:
        server = subprocess.Popen(
            [sys.executable, *(program or (str(ROOT / "cli.py"), "serve"))], cwd=home, stdout=out, stderr=out,
            env={**os.environ, "IBID_HOME": str(home), "IBID_PORT": str(port), **environment},
        )  # fmt: skip
        try:
            _wait_for(f"http://127.0.0.1:{port}/", server, log)
            yield f"http://127.0.0.1:{port}"
        finally:
            server.terminate()
            server.wait(timeout=30)
    assert "Traceback" not in log.read_text(encoding="utf-8")


def _wait_for(url: str, server: subprocess.Popen[bytes], log: Path) -> None:
    direct = urllib.request.build_opener(urllib.request.ProxyHandler({}))
    for _ in range(1200):
        assert server.poll() is None, log.read_text(encoding="utf-8")
        try:
            with direct.open(url, timeout=5):
                return
        except (urllib.error.URLError, TimeoutError):
            time.sleep(0.25)
    pytest.fail(f"the app did not open at {url}: {log.read_text(encoding='utf-8')}")
