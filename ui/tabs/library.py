"""The Library tab: files come in by a drop, with their stages; documents are chosen, renamed and removed."""

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from core.errors import IbidError
from ingest import SUPPORTED
from ui.engine import Engine
from ui.library import A_LEAF, Library
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
        words = gr.Textbox(
            elem_id="ibid-sift", label="Find a document", placeholder="Title or file name", visible=False, max_lines=1,
        )  # fmt: skip
        volumes = gr.HTML(
            list_html(library), elem_id="ibid-volumes", apply_default_css=False, js_on_load=script("library")
        )
        leaf = gr.State(0)

    def listed(sought: str | None, number: int) -> tuple[Any, ...]:
        """The list, and the box to sift it, which a short list has no need of."""
        html, long = _listed(library, sought, number)
        return html, gr.Textbox(visible=long or bool(sought))

    def asked(out: Sequence[str]) -> str:
        return chosen_html(tuple(engine.documents), out)

    def add(
        files: Sequence[str] | None,
        count: int,
        out: Sequence[str],
        *shown: Any,  # noqa: ANN401
    ) -> Iterator[tuple[Any, ...]]:
        key, running = library.add(uploaded(files or ()))
        asleep, awake = gr.File(value=None, visible=False), gr.File(value=None, visible=True)
        yield key, asleep, "", gr.Button(visible=True), "", *(gr.skip(),) * 4
        for now in running.snapshots():
            if not now.over:
                yield *(gr.skip(),) * 2, adding_html(now), *(gr.skip(),) * 6
                continue
            done = (gr.Button(visible=False), gr.skip(), *listed(*shown), asked(out), count + bool(now.added))
            yield "", awake, adding_html(now), *done

    def rename(count: int, sought: str | None, number: int, event: gr.EventData) -> tuple[Any, ...]:
        try:
            title = library.rename(str(event.id), str(event.title))
        except IbidError as error:
            return list_html(library, sought, number), notice_html(str(error), wrong=True), count
        return list_html(library, sought, number), notice_html(f"It is now named ‘{title}’."), count + 1

    def remove(count: int, out: Sequence[str], sought: str | None, number: int, event: gr.EventData) -> tuple[Any, ...]:
        try:
            library.remove([str(event.id)])
        except IbidError as error:
            return *listed(sought, number), notice_html(str(error), wrong=True), gr.skip(), count
        line = notice_html("It is removed; questions no longer go to it.")
        return *listed(sought, number), line, asked(out), count + 1

    def choose(event: gr.EventData) -> list[str]:
        return [str(i) for i in event.left_out]

    def turn(sought: str | None, event: gr.EventData) -> tuple[str, int]:
        return list_html(library, sought, int(event.leaf)), int(event.leaf)

    shown = [words, leaf]
    drop.upload(
        add, [drop, changes, left_out, *shown],
        [job, drop, adding, cancel, notice, volumes, words, chosen, changes],
        concurrency_limit=AT_ONCE, concurrency_id="add", **plain,
    )  # fmt: skip
    cancel.click(library.cancel, [job], None, queue=False, **plain)
    # What is pasted changes the box and is no input to Gradio; of fast typing the last is answered.
    words.change(lambda sought: (list_html(library, sought), 0), [words], [volumes, leaf], **plain)
    volumes.turn(turn, [words], [volumes, leaf], **plain)
    volumes.rename(rename, [changes, *shown], [volumes, notice, changes], **plain)
    volumes.remove(remove, [changes, left_out, *shown], [volumes, words, notice, chosen, changes], **plain)
    volumes.choose(choose, None, [left_out], **plain)
    left_out.change(asked, [left_out], [chosen], **plain)
    gr.on(None, lambda: (*listed("", 0), asked(())), None, [volumes, words, chosen], **plain)
    tab.select(lambda out, *shown: (*listed(*shown), asked(out)), [left_out, *shown], [volumes, words, chosen], **plain)


def uploaded(files: Sequence[str]) -> list[Path]:
    """Return those of some paths that lie where Gradio puts uploads; it checks that, too, and no other is opened."""
    from gradio.utils import get_upload_folder

    home = Path(get_upload_folder()).resolve()
    return [path for file in files if (path := Path(file).resolve()).is_relative_to(home)]


def list_html(library: Library, words: str | None = "", number: int = 0) -> str:
    """Return a leaf of the list of documents as HTML, or the line that says why they cannot be listed."""
    return _listed(library, words, number)[0]


def _listed(library: Library, words: str | None, number: int) -> tuple[str, bool]:
    """A leaf of the list as HTML, and whether there are more documents than stand on one."""
    try:
        leaf = library.listed(words or "", number)  # Gradio has None for a box that was never seen
    except IbidError as error:
        return notice_html(str(error), wrong=True), False
    return library_html(leaf), leaf.total > A_LEAF


_HEAD = (
    '<div class="ibid-shelf-head"><h2>Library</h2><p>What Ibid answers from. Add PDF, Word, EPUB, HTML, Markdown or '
    "text files; tick the documents that questions go to.</p></div>"
)
