"""The Library tab: files come in by a drop, with their stages; documents are chosen, renamed and removed."""

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from core.errors import IbidError
from ingest import SUPPORTED
from ui.engine import Engine
from ui.library import Library
from ui.library_view import adding_html, chosen_html, library_html, notice_html
from ui.look import script

if TYPE_CHECKING:
    import gradio as gr

__all__ = ["library_tab", "list_html", "uploaded"]

AT_ONCE = 8  # people who add files at the same time; who comes later waits


def library_tab(tab: "gr.Tab", library: Library, engine: Engine, left_out: "gr.State", changes: "gr.State") -> None:
    """Lay out the library, inside a `gr.Tab`.

    Args:
        tab: that tab; the list is read anew whenever it is opened.
        library: what lists and changes the documents.
        engine: knows the documents that questions go to.
        left_out: of this session: the ids of the documents that are not asked.
        changes: of this session: how often the library was changed from here.
    """
    import gradio as gr

    plain: dict[str, Any] = {"show_progress": "hidden", "api_visibility": "private"}
    with gr.Column(elem_id="ibid-library"):
        gr.HTML(_HEAD, apply_default_css=False, js_on_load=None)
        job = gr.State("")
        drop = gr.File(
            elem_id="ibid-drop", label="Add files", show_label=False, container=False, file_count="multiple",
            file_types=list(SUPPORTED), height=132,
        )  # fmt: skip
        adding = gr.HTML("", elem_id="ibid-adding", apply_default_css=False, js_on_load=None)
        cancel = gr.Button("Cancel", elem_id="ibid-cancel", visible=False)
        notice = gr.HTML("", elem_id="ibid-notice", apply_default_css=False, js_on_load=None)
        chosen = gr.HTML(
            chosen_html(tuple(engine.documents), ()), elem_id="ibid-chosen", apply_default_css=False,
            js_on_load=None,
        )  # fmt: skip
        volumes = gr.HTML(
            list_html(library), elem_id="ibid-volumes", apply_default_css=False, js_on_load=script("library")
        )

    def add(files: Sequence[str] | None, count: int, out: Sequence[str]) -> Iterator[tuple[Any, ...]]:
        key, running = library.add(uploaded(files or ()))
        asleep, awake = gr.File(value=None, visible=False), gr.File(value=None, visible=True)
        yield key, asleep, "", gr.Button(visible=True), "", gr.skip(), gr.skip(), gr.skip()
        for now in running.snapshots():
            if not now.over:
                yield *(gr.skip(),) * 2, adding_html(now), *(gr.skip(),) * 5
                continue
            listed = (list_html(library), chosen_html(tuple(engine.documents), out))
            yield "", awake, adding_html(now), gr.Button(visible=False), gr.skip(), *listed, count + bool(now.added)

    def rename(count: int, event: gr.EventData) -> tuple[Any, ...]:
        try:
            title = library.rename(str(event.id), str(event.title))
        except IbidError as error:
            return list_html(library), notice_html(str(error), wrong=True), count
        return list_html(library), notice_html(f"It is now named ‘{title}’."), count + 1

    def remove(count: int, out: Sequence[str], event: gr.EventData) -> tuple[Any, ...]:
        try:
            library.remove([str(event.id)])
        except IbidError as error:
            return list_html(library), notice_html(str(error), wrong=True), gr.skip(), count
        line = notice_html("It is removed; questions no longer go to it.")
        return list_html(library), line, chosen_html(tuple(engine.documents), out), count + 1

    def choose(event: gr.EventData) -> list[str]:
        return [str(i) for i in event.left_out]

    def show(out: Sequence[str]) -> tuple[str, str]:
        return list_html(library), chosen_html(tuple(engine.documents), out)

    drop.upload(
        add, [drop, changes, left_out], [job, drop, adding, cancel, notice, volumes, chosen, changes],
        concurrency_limit=AT_ONCE, concurrency_id="add", **plain,
    )  # fmt: skip
    cancel.click(library.cancel, [job], None, queue=False, **plain)
    volumes.rename(rename, [changes], [volumes, notice, changes], **plain)
    volumes.remove(remove, [changes, left_out], [volumes, notice, chosen, changes], **plain)
    volumes.choose(choose, None, [left_out], **plain)
    left_out.change(lambda out: chosen_html(tuple(engine.documents), out), [left_out], [chosen], **plain)
    gr.on(
        None, lambda: (list_html(library), chosen_html(tuple(engine.documents), ())), None, [volumes, chosen], **plain
    )
    tab.select(show, [left_out], [volumes, chosen], **plain)


def uploaded(files: Sequence[str]) -> list[Path]:
    """Return those of some paths that lie where Gradio puts uploads; it checks that, too, and no other is opened."""
    from gradio.utils import get_upload_folder

    home = Path(get_upload_folder()).resolve()
    return [path for file in files if (path := Path(file).resolve()).is_relative_to(home)]


def list_html(library: Library) -> str:
    """Return the documents as HTML, or the line that says why they cannot be listed."""
    try:
        return library_html(library.listed())
    except IbidError as error:
        return notice_html(str(error), wrong=True)


_HEAD = (
    '<div class="ibid-shelf-head"><h2>Library</h2><p>What Ibid answers from. Add PDF, Word, EPUB, HTML, Markdown or '
    "text files; tick the documents that questions go to.</p></div>"
)
