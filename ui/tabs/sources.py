"""The Sources tab: what the documents cite, read anew when they have changed."""

from typing import TYPE_CHECKING, Any

from ui.engine import Engine
from ui.look import script
from ui.sources_view import places_html, sources_html
from ui.works import Export, cited_works, export

if TYPE_CHECKING:
    import gradio as gr

__all__ = ["sources_tab"]


def sources_tab(engine: Engine, tab: "gr.Tab") -> None:
    """Lay out the index of cited works inside its tab, which is filled when it is first opened."""
    import gradio as gr

    def fill(shown: tuple[str, ...]) -> tuple[Any, Any]:
        documents = engine.documents
        now = tuple(f"{document.id} {document.content_hash}" for document in documents.values())
        if now == tuple(shown):
            return gr.skip(), gr.skip()  # what was filtered, sorted and opened stays
        return sources_html(cited_works(documents), documents), now

    def read_places(name: str) -> str:
        documents = engine.documents
        return next((places_html(work, documents) for work in cited_works(documents) if work.name == name), "")

    def read_export(form: Export) -> dict[str, str]:
        return export(engine.documents, form)

    shown = gr.State(())
    with gr.Column(elem_id="ibid-cited"):
        sources = gr.HTML(
            "", elem_id="ibid-cited-works", apply_default_css=False, js_on_load=script("sources"),
            server_functions=[read_places, read_export],
        )  # fmt: skip
    tab.select(fill, [shown], [sources, shown], show_progress="hidden", api_visibility="private")
