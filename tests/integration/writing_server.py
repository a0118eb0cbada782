"""A server on loopback that speaks as language models' servers do, and breaks as they break."""

import json
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

Reply = Callable[["Handler", dict[str, Any]], None]


class Handler(BaseHTTPRequestHandler):
    """Hands each request to the test's reply, with its JSON."""

    reply: Reply
    asked: list[dict[str, Any]]
    ended: threading.Event

    def do_POST(self) -> None:
        body = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
        self.asked.append({"path": self.path, **body})
        try:
            type(self).reply(self, body)
        except OSError:
            self.close_connection = True  # who asked has gone

    def log_message(self, *args: Any) -> None:
        pass

    def head(self, kind: str, status: int = 200) -> None:
        self.send_response(status)
        self.send_header("Content-Type", kind)
        self.send_header("Connection", "close")
        self.end_headers()

    def send_piece(self, text: str) -> None:
        """A piece of an answer, as servers of OpenAI's kind stream it."""
        chunk = {
            "id": "x", "object": "chat.completion.chunk", "created": 0, "model": "m",
            "choices": [{"index": 0, "delta": {"role": "assistant", "content": text}, "finish_reason": None}],
        }  # fmt: skip
        self.wfile.write(f"data: {json.dumps(chunk)}\n\n".encode())
        self.wfile.flush()


def prompt_of(body: dict[str, Any]) -> str:
    return str(body["messages"][-1]["content"])


def saying(text: str) -> Reply:
    def reply(handler: Handler, body: dict[str, Any]) -> None:
        handler.head("text/event-stream")
        for word in text.split(" "):
            handler.send_piece(word + " ")
        handler.wfile.write(b"data: [DONE]\n\n")

    return reply


@contextmanager
def serving(reply: Reply) -> Iterator[tuple[str, list[dict[str, Any]]]]:
    """Yield the address of a server with a reply, and what it is asked; `ended` is set when the test is over."""
    ended = threading.Event()
    asked: list[dict[str, Any]] = []
    handler = type("Own", (Handler,), {"reply": staticmethod(reply), "asked": asked, "ended": ended})
    server = ThreadingHTTPServer(("127.0.0.1", 0), handler)
    server.daemon_threads = True
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True)
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_port}", asked
    finally:
        ended.set()
        server.shutdown()
        server.server_close()
        thread.join()
