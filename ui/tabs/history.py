"""The History tab: the conversations that the browser keeps, to be found, opened in Ask, exported."""

from collections.abc import Mapping
from typing import Any, Literal

from core.errors import InputError
from core.settings import Settings
from ui.conversation import conversation_html
from ui.engine import Engine
from ui.export import FORMS, export_conversation
from ui.history_view import history_html
from ui.kept import read_conversation
from ui.links import problem_html
from ui.look import script
from ui.saved import reopened
from ui.tabs.ask import Asking

__all__ = ["history_tab"]

_OPENED = "() => document.dispatchEvent(new CustomEvent('ibid-reopened'))"  # what was asked meanwhile waits for it


def history_tab(engine: Engine, settings: Settings, asking: Asking) -> None:
    """Lay out the list, inside a `gr.Tab`; what is opened from it goes to the Ask tab."""
    import gradio as gr

    def reopen(event: gr.EventData) -> tuple[Any, ...]:
        try:
            conversation = read_conversation(event.talk)
        except InputError as error:
            return gr.skip(), gr.skip(), gr.skip(), problem_html(str(error))
        turns = reopened(conversation, engine.documents)
        return conversation_html(turns, engine.documents), turns, conversation, ""

    def write(wanted: Mapping[str, Any]) -> dict[str, str]:
        form: Literal["markdown", "html", "json"] | None = next((f for f in FORMS if f == wanted.get("form")), None)
        if form is None:
            return {"error": f"there is no such form: expected one of {', '.join(FORMS)}"}
        try:
            return export_conversation(read_conversation(wanted.get("talk")), engine.documents, form)
        except InputError as error:
            return {"error": str(error)}

    with gr.Column(elem_id="ibid-talks"):
        talks = gr.HTML(
            history_html(settings.corpus), elem_id="ibid-history", apply_default_css=False,
            js_on_load="\n".join(map(script, ("store", "history"))), server_functions=[write],
        )  # fmt: skip
    outputs = [asking.chat, asking.turns, asking.talk, asking.notice]
    opened = talks.reopen(
        reopen, None, outputs, cancels=asking.events, show_progress="hidden", api_visibility="private"
    )
    opened.then(None, js=_OPENED, api_visibility="private")
