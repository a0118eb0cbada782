"""A process that is asked to end leaves nothing that was only for now."""

import os
import signal
import socket
import subprocess
import sys
import time

import pytest

from tests.integration.serving import ROOT, index_guide


def started(home, *args: str) -> "subprocess.Popen[str]":
    return subprocess.Popen(
        [sys.executable, str(ROOT / "cli.py"), *args], cwd=home, text=True,
        stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.STDOUT,
        env={**os.environ, "IBID_HOME": str(home), "GRADIO_TEMP_DIR": ""},
    )  # fmt: skip


def wait_until(happens, process) -> None:
    for _ in range(480):
        assert process.poll() is None, process.stdout.read()
        if happens():
            return
        time.sleep(0.25)
    pytest.fail("it did not happen")


def test_the_app_deletes_its_copies_when_it_is_ended(tmp_path):
    index_guide(tmp_path)
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    server = started(tmp_path, "serve", "--port", str(port))
    try:
        wait_until(lambda: list(tmp_path.glob("@copies/app-*")), server)
        assert server.stdout.readline().startswith("Ibid is open at ")
    finally:
        server.send_signal(signal.SIGTERM)
        server.communicate(timeout=60)
    assert server.returncode == 128 + signal.SIGTERM
    assert list(tmp_path.glob("@copies/app-*")) == []


def test_answers_that_are_not_complete_go_with_the_process(tmp_path):
    index_guide(tmp_path)
    batch = started(tmp_path, "ask", "--batch", "-", "--out", str(tmp_path / "answers.jsonl"))
    try:
        wait_until(lambda: list(tmp_path.glob(".answers.jsonl*")), batch)
    finally:
        batch.send_signal(signal.SIGTERM)
        batch.communicate(timeout=60)
    assert batch.returncode == 128 + signal.SIGTERM
    assert [path for path in tmp_path.iterdir() if "answers" in path.name] == []
