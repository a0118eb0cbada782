"""The browser app: its frame with a tab for each thing that it does, and the server under it."""

import contextlib
import os
import socket
import threading
from collections.abc import Callable
from typing import TYPE_CHECKING

from core.errors import IbidError
from core.settings import Settings, go_offline
from ui.engine import Engine, open_engine
from ui.look import ContentPolicy, script, style_sheet, theme
from ui.tabs.ask import ask_tab
from ui.tabs.check import check_tab
from ui.tabs.history import history_tab
from ui.tabs.sources import sources_tab

if TYPE_CHECKING:
    import gradio as gr

__all__ = ["build_app", "launch", "serve"]


def build_app(settings: Settings, *, engine_factory: Callable[[Settings], Engine] = open_engine) -> "gr.Blocks":
    """Return the app over one corpus.

    Raises:
        IbidError: the corpus cannot be opened.
    """
    go_offline()
    import gradio as gr

    engine = engine_factory(settings)
    blocks: gr.Blocks = gr.Blocks(title="Ibid", analytics_enabled=False, fill_width=True)
    with blocks:
        gr.HTML(_HEAD, elem_id="ibid-head", apply_default_css=False, js_on_load=script("shell"))
        with gr.Tabs(elem_id="ibid-tabs", overflow_behavior="wrap"):
            with gr.Tab("Ask", elem_id="ibid-tab-ask"):
                asking = ask_tab(engine, settings)
            with gr.Tab("Check", elem_id="ibid-tab-check"):
                check_tab(engine)
            with gr.Tab("Sources", elem_id="ibid-tab-sources") as sources:
                sources_tab(engine, sources)
            with gr.Tab("History", elem_id="ibid-tab-history"):
                history_tab(engine, settings, asking)
    threading.Thread(target=_warm, args=(engine,), daemon=True).start()
    return blocks


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


_HEAD = (
    '<header class="ibid-head"><h1>Ibid</h1><button type="button" class="ibid-return" hidden>← Back</button></header>'
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
