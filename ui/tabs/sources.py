"""The Sources tab: what the documents cite, read anew when they have changed."""

from itertools import islice
from typing import TYPE_CHECKING, Any

from ui.engine import Engine
from ui.look import script
from ui.sources_view import places_html, sources_html
from ui.volumes import Among
from ui.works import Export, cited_work, cited_works, export

if TYPE_CHECKING:
    import gradio as gr

__all__ = ["READ", "sources_tab"]

READ = 100  # documents whose works are listed; the files to download have those of all
_UNSAID = ("et", "al.")  # what the name of a work may have that no document says


def sources_tab(engine: Engine, tab: "gr.Tab") -> None:
    """Lay out the index of cited works inside its tab, which is filled when it is first opened."""
    import gradio as gr

    def fill(shown: str | None) -> tuple[Any, Any]:
        documents, now = engine.documents, engine.state()
        if now == shown:
            return gr.skip(), gr.skip()  # what was filtered, sorted and opened stays
        read = {name: documents[name] for name in islice(documents, READ)}
        return sources_html(cited_works(read), read, of=len(documents)), now

    def read_places(name: str) -> str:
        documents = engine.documents
        held = engine.holding(" ".join(set(name.split()).difference(_UNSAID))) if engine.holding else documents
        work = cited_work(name, Among(documents, frozenset(held)))
        return places_html(work, documents) if work else ""

    def read_export(form: Export) -> dict[str, str]:
        return export(engine.documents, form)

    shown = gr.State(None)
    with gr.Column(elem_id="ibid-cited"):
        sources = gr.HTML(
            "", elem_id="ibid-cited-works", apply_default_css=False, js_on_load=script("sources"),
            server_functions=[read_places, read_export],
        )  # fmt: skip
    tab.select(fill, [shown], [sources, shown], show_progress="hidden", api_visibility="private")
