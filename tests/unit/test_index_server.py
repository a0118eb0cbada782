"""What answers where a Chroma server should: each case is one line that says what to do."""

import socket
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, HTTPServer

import pytest

from core.errors import IbidError, InputError
from core.load import load_settings
from core.settings import Settings
from index.server import Server, UnreachableError, server_of
from index.store import corpus_folder


class Answers(BaseHTTPRequestHandler):
    """Answers every request alike, and notes the headers."""

    status, body = 200, "<p>Hello</p>"
    seen: dict[str, str]

    def do_GET(self) -> None:
        type(self).seen = dict(self.headers)
        self.send_response(self.status)
        self.end_headers()
        self.wfile.write(self.body.encode())

    def log_message(self, *arguments: object) -> None:
        pass


@pytest.fixture
def other() -> Iterator[tuple[str, type[Answers]]]:
    class Some(Answers):
        pass

    with HTTPServer(("127.0.0.1", 0), Some) as server:
        thread = threading.Thread(target=server.serve_forever)
        thread.start()
        yield f"http://127.0.0.1:{server.server_port}", Some
        server.shutdown()
        thread.join()


def test_nobody_there_is_one_line_with_what_to_do():
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        url = f"http://127.0.0.1:{free.getsockname()[1]}"
    with pytest.raises(UnreachableError, match=rf"at {url} does not answer \(ConnectError\); start it \(chroma run"):
        Server(f"{url}/").now()


@pytest.mark.parametrize(
    ("status", "kind", "line"),
    [
        (200, IbidError, r"is not a Chroma server \(HTTP 200\)"),
        (404, IbidError, r"is not a Chroma server \(HTTP 404\).*version 1 or later"),
        (401, IbidError, r"does not let us in \(HTTP 401\): set chroma_token"),
        (503, UnreachableError, "answers HTTP 503; try again"),
    ],
)
def test_something_else_there_is_told(other, status, kind, line):
    url, answers = other
    answers.status = status
    with pytest.raises(IbidError, match=line) as raised:
        Server(url).now()
    assert type(raised.value) is kind


def test_the_token_is_sent_and_not_shown(other):
    url, answers = other
    settings = Settings(chroma=url, chroma_token="open-sesame")
    with pytest.raises(IbidError) as raised:
        server_of(settings).now()
    assert (answers.seen["Authorization"], answers.seen["X-Chroma-Token"]) == ("Bearer open-sesame", "open-sesame")
    assert "sesame" not in f"{raised.value}{settings!r}"


def test_settings_that_name_the_same_server_share_its_connections():
    one, two = Settings(chroma="http://127.0.0.1:1"), Settings(chroma="http://127.0.0.1:1", corpus="other")
    assert server_of(one) is server_of(two)
    assert server_of(one) is not server_of(Settings(chroma="http://127.0.0.1:1", chroma_token="t"))


def test_copies_of_a_servers_files_lie_apart_from_indexes_on_disk(tmp_path):
    local = Settings(home=tmp_path, corpus="c")
    assert corpus_folder(local) == tmp_path / "c"
    assert corpus_folder(Settings(home=tmp_path, corpus="c", chroma="https://h:8/p")) == tmp_path / "@h-8-p" / "c"


@pytest.mark.parametrize("address", ["127.0.0.1:8000", "ftp://h", "http://", "http://user:secret@h:8000", "http://h h"])
def test_an_address_that_is_none_is_refused(address, monkeypatch):
    monkeypatch.setenv("IBID_CHROMA", address)
    with pytest.raises(InputError, match="setting 'chroma': got"):
        load_settings()
