"""The browser app: its frame with a tab for each thing that it does, and the server under it."""

import contextlib
import io
import os
import socket
import threading
from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

from core.errors import IbidError
from core.settings import Settings, go_offline
from ui.api import add_endpoints, answer_tools_in_json
from ui.copies import own_copies
from ui.engine import Engine, open_engine
from ui.library import Library
from ui.login import Login, check_exposure, guards, login_of
from ui.look import ContentPolicy, script, style_sheet, theme
from ui.stubs import no_stubs
from ui.tabs.ask import ask_tab
from ui.tabs.check import check_tab
from ui.tabs.history import history_tab
from ui.tabs.library import library_tab
from ui.tabs.sources import sources_tab
from ui.warming import begin_loading

if TYPE_CHECKING:
    import gradio as gr
    from starlette.middleware import Middleware

__all__ = ["build_app", "launch", "serve"]

UPLOADS = (3_600, 86_400)  # seconds: how often Gradio's own copies of uploads are swept, and how old those are


def build_app(settings: Settings, *, engine_factory: Callable[[Settings], Engine] = open_engine) -> "gr.Blocks":
    """Return the app over one corpus.

    Raises:
        IbidError: the corpus cannot be opened.
    """
    go_offline()
    with no_stubs():
        import gradio as gr

    engine = engine_factory(settings)
    blocks: gr.Blocks = gr.Blocks(title="Ibid", analytics_enabled=False, fill_width=True, delete_cache=UPLOADS)
    with blocks:
        gr.HTML(
            _HEAD, elem_id="ibid-head", apply_default_css=False,
            js_on_load="\n".join(map(script, ("shell", "lost")))
        )  # fmt: skip
        left_out, changes = gr.State([]), gr.State(0)
        with gr.Tabs(elem_id="ibid-tabs", overflow_behavior="wrap"):
            with gr.Tab("Ask", elem_id="ibid-tab-ask"):
                asking = ask_tab(engine, settings, left_out, changes)
            with gr.Tab("Check", elem_id="ibid-tab-check"):
                check_tab(engine, left_out)
            with gr.Tab("Sources", elem_id="ibid-tab-sources") as sources:
                sources_tab(engine, sources)
            with gr.Tab("Library", elem_id="ibid-tab-library") as shelves:
                library_tab(shelves, Library(settings), engine, left_out, changes)
            with gr.Tab("History", elem_id="ibid-tab-history"):
                history_tab(engine, settings, asking)
        add_endpoints(engine)
    threading.Thread(target=_warm, args=(engine,), daemon=True).start()
    return blocks


def serve(settings: Settings) -> None:
    """Serve the app until interrupted.

    Raises:
        IbidError: the port is taken, the corpus cannot be opened, or the host would let anyone in.
    """
    check_exposure(settings)
    login = login_of(settings)
    _check_port(settings.host, settings.port)
    begin_loading(settings)
    with own_copies(settings):
        app = build_app(settings)
        launch(
            app,
            host=settings.host,
            port=settings.port,
            megabytes=settings.read_megabytes,
            guards=guards(settings, login),
            login=login,
        )
        try:
            print(f"Ibid is open at {app.local_url} (Ctrl+C ends it)", flush=True)  # noqa: T201
            threading.Event().wait()
        finally:
            app.close(verbose=False)


def launch(  # noqa: PLR0913 - what the server needs to know
    app: "gr.Blocks",
    *,
    host: str,
    port: int,
    megabytes: int = 200,
    guards: "Sequence[Middleware]" = (),
    login: Login | None = None,
) -> None:
    """Start the app's server in the background, with nothing loaded from outside and no larger upload than so much."""
    from starlette.middleware import Middleware

    local = {"127.0.0.1", "localhost", "::1"}
    for name in ("NO_PROXY", "no_proxy"):  # Gradio checks its own server through the proxy otherwise
        os.environ[name] = ",".join(sorted(local.union(filter(None, os.environ.get(name, "").split(",")))))
    with contextlib.redirect_stdout(io.StringIO()):  # it tells of its MCP server however quiet it is to be
        app.launch(
            server_name=host,
            server_port=port,
            share=False,
            quiet=True,
            prevent_thread_lock=True,
            ssr_mode=False,
            footer_links=[],
            run_history=False,
            max_file_size=megabytes * 1_000_000,
            mcp_server=True,
            theme=theme(),
            css=style_sheet(),
            auth=login.admits if login else None,  # type: ignore[arg-type]  # Gradio awaits it
            app_kwargs={"middleware": [Middleware(ContentPolicy), *guards]},
        )
    answer_tools_in_json(app)


_HEAD = (
    '<header class="ibid-head"><h1>Ibid</h1><button type="button" class="ibid-return" hidden>← Back</button></header>'
    '<p class="ibid-lost" role="alert" hidden></p>'
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
        from core.load import load_settings
        from ui.terminal import ensure_index

        go_offline()
        given = load_settings()
        ensure_index(given)
        serve(given)
    except IbidError as problem:
        sys.exit(f"Error: {problem}")
    except KeyboardInterrupt:
        sys.exit(130)
