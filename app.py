"""The browser app: the conversation on the left, the source on the right, a click on a marker between them."""

import contextlib
import os
import re
import socket
import threading
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from html import escape
from typing import TYPE_CHECKING, Any

from core.errors import IbidError
from core.records import Answer, Document
from core.settings import Settings, go_offline
from ui.conversation import Turn, conversation_html, welcome_html
from ui.examples import example_questions
from ui.look import ContentPolicy, script, style_sheet, theme
from ui.reader import reader_html

if TYPE_CHECKING:
    import gradio as gr

__all__ = ["Engine", "build_app", "open_engine", "serve"]

FRAME_SECONDS = 0.03
FRAME_WORDS = 3
THREADS = 4  # questions that are answered at the same time


@dataclass(frozen=True, slots=True)
class Engine:
    """What the app needs: documents by id, `ask(question, earlier_questions)`, and `warm()`, which loads the models.

    `stream`, where a language model writes, yields the answer as it grows.
    """

    documents: Mapping[str, Document]
    ask: Callable[[str, Sequence[str]], Answer]
    warm: Callable[[], None]
    stream: Callable[[str, Sequence[str]], Iterator[Answer]] | None = None


def open_engine(settings: Settings) -> Engine:
    """Open the index of the corpus and the answerer over it."""
    from answer import Writer, open_answerer
    from index import open_index

    index = open_index(settings)
    answerer = open_answerer(index, settings)
    stream = answerer.stream if isinstance(answerer, Writer) else None
    return Engine(documents=index.documents, ask=answerer.ask, warm=answerer.warm, stream=stream)


def build_app(settings: Settings, *, engine_factory: Callable[[Settings], Engine] = open_engine) -> "gr.Blocks":
    """Return the app over one corpus.

    Raises:
        IbidError: the corpus cannot be opened.
    """
    go_offline()
    import gradio as gr

    engine = engine_factory(settings)
    first = next(iter(engine.documents.values()))
    welcome = welcome_html(engine.documents, example_questions(engine.documents.values()))

    def read_source(document_id: str) -> str:
        return reader_html(engine.documents[document_id])

    def answer(question: str, turns: list[Turn]) -> Iterator[tuple[Any, ...]]:
        for frame, (html, so_far) in enumerate(converse(engine, question, turns)):
            yield html, so_far, "" if frame == 0 else gr.skip()

    def answer_example(turns: list[Turn], event: gr.EventData) -> Iterator[tuple[Any, ...]]:
        yield from answer(event.question, turns)

    blocks: gr.Blocks = gr.Blocks(title="Ibid", analytics_enabled=False, fill_width=True)
    with blocks, gr.Row(elem_id="ibid-main"):
        turns = gr.State([])
        with gr.Column(elem_id="ibid-talk"):
            gr.HTML(_HEAD, apply_default_css=False, js_on_load=None)
            with gr.Column(elem_id="ibid-log"):
                chat = gr.HTML(welcome, elem_id="ibid-chat", apply_default_css=False, js_on_load=script("conversation"))
            with gr.Row(elem_id="ibid-ask"):
                question = gr.Textbox(
                    elem_id="ibid-question", label="Your question", show_label=False, container=False, lines=1,
                    max_lines=6, placeholder="Ask the source a question", submit_btn="Ask", autofocus=True,
                )  # fmt: skip
                clear = gr.Button("Clear", elem_id="ibid-clear")
        with gr.Column(elem_id="ibid-reader"):
            gr.HTML(
                _reader(first, engine.documents), elem_id="ibid-source", apply_default_css=False,
                js_on_load=script("reader"), server_functions=[read_source],
            )  # fmt: skip
        outputs = [chat, turns, question]
        plain: dict[str, Any] = {"show_progress": "hidden", "api_visibility": "private"}
        asking = plain | {"concurrency_limit": THREADS, "concurrency_id": "ask"}
        asked = [
            question.submit(answer, [question, turns], outputs, **asking),
            chat.example(answer_example, [turns], outputs, **asking),
        ]
        clear.click(lambda: (welcome, [], ""), None, outputs, cancels=asked, **plain)
    threading.Thread(target=_warm, args=(engine,), daemon=True).start()
    return blocks


def converse(engine: Engine, question: str, turns: Sequence[Turn]) -> Iterator[tuple[str, list[Turn]]]:
    """Yield the conversation, frame by frame, while a question is answered: as HTML, and as turns."""
    earlier = [turn.question for turn in turns if not turn.error]
    asked = Turn(question if len(question) <= 500 else question[:500] + "…")
    yield conversation_html([*turns, asked], engine.documents), list(turns)
    answered, grown = asked, False
    try:
        for answer in engine.stream(question, earlier) if engine.stream else [engine.ask(question, earlier)]:
            if answered.answer:
                grown = True
                yield conversation_html([*turns, answered], engine.documents, len(answered.answer.text)), list(turns)
            answered = replace(asked, answer=answer)
    except IbidError as error:
        answered = replace(asked, error=str(error))
    so_far = [*turns, answered]
    for shown in _frames(answered) if not grown else ():
        yield conversation_html(so_far, engine.documents, shown), so_far
        time.sleep(FRAME_SECONDS)
    yield conversation_html(so_far, engine.documents), so_far


def serve(settings: Settings, *, host: str = "127.0.0.1", port: int = 7860) -> None:
    """Serve the app until interrupted.

    Raises:
        IbidError: the port is taken, or the corpus cannot be opened.
    """
    _check_port(host, port)
    app = build_app(settings)
    launch(app, host=host, port=port)
    try:
        print(f"Ibid is open at {app.local_url} (Ctrl+C ends it)", flush=True)  # noqa: T201
        threading.Event().wait()
    finally:
        app.close(verbose=False)


def launch(app: "gr.Blocks", *, host: str, port: int) -> None:
    """Start the app's server in the background, with nothing loaded from outside."""
    from starlette.middleware import Middleware

    local = {"127.0.0.1", "localhost", "::1"}
    for name in ("NO_PROXY", "no_proxy"):  # Gradio checks its own server through the proxy otherwise
        os.environ[name] = ",".join(sorted(local.union(filter(None, os.environ.get(name, "").split(",")))))
    app.launch(
        server_name=host,
        server_port=port,
        share=False,
        quiet=True,
        prevent_thread_lock=True,
        ssr_mode=False,
        footer_links=[],
        run_history=False,
        theme=theme(),
        css=style_sheet(),
        app_kwargs={"middleware": [Middleware(ContentPolicy)]},
    )


def _frames(turn: Turn) -> Iterator[int]:
    """How many characters of the answer each frame shows."""
    if turn.answer is None or turn.answer.refused:
        return
    ends = [match.end() for match in re.finditer(r"\S+", turn.answer.text)]
    yield from ends[FRAME_WORDS - 1 : -1 : FRAME_WORDS]


def _reader(first: Document, documents: Mapping[str, Document]) -> str:
    picker = ""
    if len(documents) > 1:
        options = "".join(f'<option value="{escape(d.id)}">{escape(d.title)}</option>' for d in documents.values())
        picker = f'<select class="ibid-picker" aria-label="Document">{options}</select>'
    return (
        '<div class="ibid-reader"><div class="ibid-bar"><button type="button" class="ibid-close">← Back</button>'
        f'{picker}<p class="ibid-here"></p><p class="ibid-hidden ibid-said" role="status"></p></div>'
        f'<div class="ibid-scroll" role="region" aria-label="Source" tabindex="0">{reader_html(first)}</div></div>'
    )


_HEAD = (
    '<header class="ibid-head"><h1>Ibid</h1><button type="button" class="ibid-read">Read the source</button></header>'
)


def _warm(engine: Engine) -> None:
    """Load the models before the first question comes; what is wrong with them shows when a question is asked."""
    with contextlib.suppress(IbidError):
        engine.warm()


def _check_port(host: str, port: int) -> None:
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    with socket.socket(family) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
        except OSError as error:
            raise IbidError(
                f"cannot listen on {host}:{port} ({error.strerror or error}): choose another with --port or --host"
            ) from None


if __name__ == "__main__":
    import sys

    try:
        from ui.terminal import ensure_index

        go_offline()
        ensure_index(Settings())
        serve(Settings())
    except IbidError as problem:
        sys.exit(f"Error: {problem}")
    except KeyboardInterrupt:
        sys.exit(130)
