"""The real Chroma server, `chroma run`, on loopback: it can be killed and brought back on the same data."""

import os
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from pathlib import Path

_RUN = "from chromadb.cli.cli import app; app()"


class ChromaServer:
    """A server on a folder and a port of its own."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            self._port = free.getsockname()[1]
        self.url = f"http://127.0.0.1:{self._port}"
        self._process: subprocess.Popen[bytes] | None = None

    def start(self) -> None:
        arguments = ["run", "--path", str(self._folder / "data"), "--host", "127.0.0.1", "--port", str(self._port)]
        with (self._folder / "chroma.log").open("a") as log:
            self._process = subprocess.Popen([sys.executable, "-c", _RUN, *arguments], stdout=log, stderr=log)
        direct = urllib.request.build_opener(urllib.request.ProxyHandler({}))
        while True:
            assert self._process.poll() is None, (self._folder / "chroma.log").read_text(encoding="utf-8")
            try:
                with direct.open(f"{self.url}/api/v2/heartbeat", timeout=5):
                    return
            except (urllib.error.URLError, TimeoutError, ConnectionError):
                time.sleep(0.1)

    def kill(self) -> None:
        """End it as a power cut would."""
        if self._process:
            self._process.kill()
            self._process.wait()
            self._process = None

    def hang(self) -> None:
        """Have it answer nothing, though it takes connections."""
        assert self._process
        os.kill(self._process.pid, signal.SIGSTOP)
