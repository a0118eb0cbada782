"""No socket but loopback is opened while ingesting, asking and serving; an audit hook watches every Python socket."""

import json
import os
import re
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from importlib.util import find_spec
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]

# Python runs this before anything else. An attempt to leave the machine is written down and stopped.
HOOK = """
import os, sys

def watch(event, args):
    if event == "socket.getaddrinfo" or event == "socket.gethostbyname":
        host = args[0]
    elif event in ("socket.connect", "socket.sendto") and isinstance(args[1], tuple):
        host = args[1][0]
    else:
        return
    if isinstance(host, bytes):
        host = host.decode()
    local = host in (None, "", "localhost", "::1", "0.0.0.0") or str(host).startswith("127.")
    with open(os.environ["IBID_TEST_LOG"], "a") as log:
        log.write(f"{'local' if local else 'OUTSIDE'} {event} {host}\\n")
    if not local:
        raise OSError(f"stopped: {host}")

sys.addaudithook(watch)
"""

SETTINGS = (
    "HF_HUB_OFFLINE", "TRANSFORMERS_OFFLINE", "HF_HUB_DISABLE_TELEMETRY", "ANONYMIZED_TELEMETRY",
    "GRADIO_ANALYTICS_ENABLED", "DO_NOT_TRACK",
)  # fmt: skip


@pytest.fixture(scope="module")
def watched(tmp_path_factory):
    """The environment of a watched process, with none of the settings that turn downloads off."""
    folder = tmp_path_factory.mktemp("watched")
    (folder / "sitecustomize.py").write_text(HOOK, encoding="utf-8")
    kept = {name: value for name, value in os.environ.items() if name not in SETTINGS}
    return {
        **kept, "PYTHONPATH": str(folder), "IBID_HOME": str(folder / "home"), "IBID_TEST_LOG": str(folder / "log")
    }  # fmt: skip


def attempts(environment: dict[str, str]) -> list[str]:
    log = Path(environment["IBID_TEST_LOG"])
    return log.read_text(encoding="utf-8").splitlines() if log.exists() else []


def ibid(environment: dict[str, str], *args: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, str(ROOT / "cli.py"), *args],
        env=environment,
        check=False,
        capture_output=True,
        text=True,
        encoding="utf-8",
    )


def test_the_watch_sees_and_stops_an_attempt_to_leave(watched, tmp_path):
    environment = {**watched, "IBID_TEST_LOG": str(tmp_path / "log")}
    code = "import socket; socket.create_connection(('192.0.2.1', 80), timeout=1)"
    done = subprocess.run([sys.executable, "-c", code], env=environment, check=False, capture_output=True, text=True)
    assert done.returncode != 0
    assert any(line.startswith("OUTSIDE") and line.endswith("192.0.2.1") for line in attempts(environment))


def test_ingesting_and_asking_open_no_outside_socket(watched):
    done = ibid(watched, "ingest", str(ROOT / "corpus"))
    assert done.returncode == 0, done.stderr
    done = ibid(watched, "ask", "What is the name of China's quantum satellite?")
    assert "Micius" in done.stdout
    assert [line for line in attempts(watched) if line.startswith("OUTSIDE")] == []


@pytest.mark.skipif(find_spec("ray") is None, reason="needs ibid[ray]")
def test_an_ingest_over_ray_opens_no_outside_socket(watched, tmp_path):
    note = tmp_path / "ponds.md"
    note.write_text("# Ponds\n\nCarp live in the northern pond.\n", encoding="utf-8")
    environment = {**watched, "IBID_RAY": "local", "IBID_CORPUS": "spread", "IBID_TEST_LOG": str(tmp_path / "log")}
    done = ibid(environment, "ingest", str(note))
    assert done.returncode == 0, done.stderr
    assert done.stdout.startswith("Corpus 'spread': 1 added")
    assert done.stderr == ""
    assert [line for line in attempts(environment) if line.startswith("OUTSIDE")] == []


def test_serving_opens_no_outside_socket_and_asks_the_page_to_stay_local(watched):
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    server = subprocess.Popen(
        [sys.executable, str(ROOT / "cli.py"), "serve", "--port", str(port)],
        env=watched, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True,
    )  # fmt: skip
    direct = urllib.request.build_opener(urllib.request.ProxyHandler({}))
    try:
        for _ in range(240):
            assert server.poll() is None, server.stdout.read()
            try:
                with direct.open(f"http://127.0.0.1:{port}/", timeout=5) as response:
                    page, policy = response.read().decode(), response.headers["content-security-policy"]
                break
            except (urllib.error.URLError, TimeoutError):
                time.sleep(0.25)
        time.sleep(5)  # the models load behind the open page
    finally:
        server.send_signal(signal.SIGINT)
        output, _ = server.communicate(timeout=30)
    assert server.returncode == 130
    assert output.splitlines() == [f"Ibid is open at http://127.0.0.1:{port}/ (Ctrl+C ends it)"]
    assert "default-src 'self'" in policy
    assert "ibid-document" in page
    assert re.findall(r"fonts\.(?:googleapis|gstatic)", page) == []
    seen = attempts(watched)
    assert any(line.startswith("local") for line in seen)
    assert [line for line in seen if line.startswith("OUTSIDE")] == []


def test_telemetry_and_downloads_are_off_in_the_libraries(watched):
    code = """
import json
from core.settings import go_offline
go_offline()
import chromadb, gradio.analytics, huggingface_hub.constants as hub
from chromadb.config import Settings
print(json.dumps([hub.HF_HUB_OFFLINE, hub.HF_HUB_DISABLE_TELEMETRY, gradio.analytics.analytics_enabled(),
                  Settings().anonymized_telemetry]))
"""
    environment = {**watched, "PYTHONPATH": f"{watched['PYTHONPATH']}{os.pathsep}{ROOT}"}
    done = subprocess.run([sys.executable, "-c", code], env=environment, check=False, capture_output=True, text=True)
    assert json.loads(done.stdout) == [True, True, False, False], done.stderr
