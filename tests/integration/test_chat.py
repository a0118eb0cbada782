"""`ibid chat` in a process of its own: piped, and at a real terminal's prompt."""

import contextlib
import os
import select
import subprocess
import sys

import pytest
from serving import ROOT, ibid, index_guide


@pytest.fixture(scope="module")
def home(tmp_path_factory):
    home = tmp_path_factory.mktemp("home")
    index_guide(home)
    return home


def test_a_piped_conversation_is_answered_with_follow_ups(home):
    done = ibid(home, "chat", stdin="Where does the ferry go?\nWhen does it leave?\n/sources\n/quit\n")
    assert (done.returncode, done.stderr) == (0, "")
    lines = done.stdout.splitlines()
    assert lines[0] == "> Where does the ferry go?"
    assert "leaves at nine in the morning" in done.stdout
    assert any(line.startswith("asked as: ") for line in lines)
    assert any(line.startswith("[1] “") for line in lines)
    assert "\x1b" not in done.stdout


def test_what_cannot_be_answered_is_a_line_and_an_exit_code(home):
    done = ibid(home, "chat", stdin="!!\nWho was the lighthouse keeper?\n")
    assert done.returncode == 1
    assert done.stdout.splitlines()[1].startswith("Error: ")
    assert "Edith Marlow" in done.stdout


@pytest.mark.parametrize("key", [b"\x03", b"\x04"])
def test_a_prompt_at_a_terminal_ends_quietly(home, key):
    environment = {**os.environ, "IBID_HOME": str(home), "TERM": "xterm"}
    command = [sys.executable, "-c", _AT_A_TERMINAL, sys.executable, str(ROOT / "cli.py"), "chat"]
    with subprocess.Popen(command, cwd=home, env=environment, stdin=subprocess.PIPE, stdout=subprocess.PIPE) as chat:
        assert "A Guide to the Harbour" in _read_to_prompt(chat)
        _write(chat, b"Who was the lighthouse keeper?\n")
        said = _read_to_prompt(chat, after=b"[1]")
        assert "Edith Marlow" in said
        assert "\x1b[1" in said  # bold is for terminals
        assert _press(chat, key) == 0


# In a process of its own: a fork of the tests' process, which has threads, may hang before it becomes another program.
# Ctrl-C means what it says there, though whoever runs the tests in the background ignores it.
_AT_A_TERMINAL = """
import os, pty, signal, sys
signal.signal(signal.SIGINT, signal.SIG_DFL)
sys.exit(os.waitstatus_to_exitcode(pty.spawn(sys.argv[1:])))
"""


def _press(chat, key) -> int:
    """Press a key until the program ends: one pressed before the prompt listens is lost, as it is to a person."""
    for _ in range(30):
        with contextlib.suppress(BrokenPipeError):
            _write(chat, key)
        with contextlib.suppress(subprocess.TimeoutExpired):
            return chat.wait(timeout=2)
    chat.kill()
    pytest.fail("it does not end")


def _write(chat, keys):
    chat.stdin.write(keys)
    chat.stdin.flush()


def _read_to_prompt(chat, after=b"Ctrl-D"):
    said = b""
    while b"> " not in said.partition(after)[2]:
        if not select.select([chat.stdout], [], [], 120)[0]:
            chat.kill()
            pytest.fail(f"nothing more comes: {said!r}")
        read = os.read(chat.stdout.fileno(), 4096)
        assert read, said.decode("utf-8", "replace")  # it has ended
        said += read
    return said.decode("utf-8", "replace")
