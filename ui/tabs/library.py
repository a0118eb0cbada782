"""The Library tab: files come in by a drop, with their stages; documents are chosen, renamed and removed."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
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
# The tab shows itself what goes on, and none of it is for programs.
_PLAIN: Mapping[str, Any] = {"show_progress": "hidden", "api_visibility": "private"}


@dataclass(frozen=True, slots=True)
class _Parts:
    """The components of the tab that events read or write; `job` is the key of the job that adds files, if one does."""

    job: "gr.State"
    drop: "gr.File"
    adding: "gr.HTML"
    cancel: "gr.Button"
    notice: "gr.HTML"
    chosen: "gr.HTML"
    words: "gr.Textbox"
    volumes: "gr.HTML"
    leaf: "gr.State"


def library_tab(tab: "gr.Tab", library: Library, engine: Engine, left_out: "gr.State", changes: "gr.State") -> None:
    """Lay out the library, inside a `gr.Tab`.

    Args:
        tab: that tab; the list is read anew whenever it is opened.
        library: what lists and changes the documents.
        engine: knows the documents that questions go to.
        left_out: of this session: the ids of the documents that are not asked.
        changes: of this session: how often the library was changed from here.
    """
    parts = _lay_out(library, engine)
    _on_files(library, engine, parts, left_out, changes)
    _on_list(library, parts)
    _on_changes(library, engine, parts, left_out, changes)
    _on_choice(engine, parts, left_out)
    _on_opening(tab, library, engine, parts, left_out)


def _lay_out(library: Library, engine: Engine) -> _Parts:
    """Lay out the box for files with what becomes of them, and the list of documents with the box to sift it."""
    import gradio as gr

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
        chosen = gr.HTML(_chosen(engine, ()), elem_id="ibid-chosen", apply_default_css=False, js_on_load=None)
        words = gr.Textbox(
            elem_id="ibid-sift", label="Find a document", placeholder="Title or file name", visible=False, max_lines=1,
        )  # fmt: skip
        volumes = gr.HTML(
            list_html(library), elem_id="ibid-volumes", apply_default_css=False, js_on_load=script("library")
        )
        leaf = gr.State(0)
    return _Parts(job, drop, adding, cancel, notice, chosen, words, volumes, leaf)


def _on_files(library: Library, engine: Engine, parts: _Parts, left_out: "gr.State", changes: "gr.State") -> None:
    """Add the files that are dropped, show how far that is, and give it up when it is cancelled."""
    import gradio as gr

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
            listed = _list_and_box(library, *shown)
            done = (gr.Button(visible=False), gr.skip(), *listed, _chosen(engine, out), count + bool(now.added))
            yield "", awake, adding_html(now), *done

    parts.drop.upload(
        add, [parts.drop, changes, left_out, parts.words, parts.leaf],
        [
            parts.job, parts.drop, parts.adding, parts.cancel, parts.notice, parts.volumes, parts.words, parts.chosen,
            changes,
        ],
        concurrency_limit=AT_ONCE, concurrency_id="add", **_PLAIN,
    )  # fmt: skip
    parts.cancel.click(library.cancel, [parts.job], None, queue=False, **_PLAIN)


def _on_list(library: Library, parts: _Parts) -> None:
    """Sift the list by what is typed, and turn its leaves."""
    import gradio as gr

    def turn(sought: str | None, event: gr.EventData) -> tuple[str, int]:
        return list_html(library, sought, int(event.leaf)), int(event.leaf)

    words, outputs = parts.words, [parts.volumes, parts.leaf]
    # What is pasted changes the box and is no input to Gradio; of fast typing the last is answered.
    words.change(lambda sought: (list_html(library, sought), 0), [words], outputs, **_PLAIN)
    parts.volumes.turn(turn, [words], outputs, **_PLAIN)


def _on_changes(library: Library, engine: Engine, parts: _Parts, left_out: "gr.State", changes: "gr.State") -> None:
    """Rename and remove documents."""
    import gradio as gr

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
            return *_list_and_box(library, sought, number), notice_html(str(error), wrong=True), gr.skip(), count
        line = notice_html("It is removed; questions no longer go to it.")
        return *_list_and_box(library, sought, number), line, _chosen(engine, out), count + 1

    volumes, words, notice = parts.volumes, parts.words, parts.notice
    volumes.rename(rename, [changes, words, parts.leaf], [volumes, notice, changes], **_PLAIN)
    volumes.remove(
        remove, [changes, left_out, words, parts.leaf], [volumes, words, notice, parts.chosen, changes], **_PLAIN
    )


def _on_choice(engine: Engine, parts: _Parts, left_out: "gr.State") -> None:
    """Take over which documents are ticked, and say it."""
    import gradio as gr

    def choose(event: gr.EventData) -> list[str]:
        return [str(i) for i in event.left_out]

    def asked(out: Sequence[str]) -> str:
        return _chosen(engine, out)

    parts.volumes.choose(choose, None, [left_out], **_PLAIN)
    left_out.change(asked, [left_out], [parts.chosen], **_PLAIN)


def _on_opening(tab: "gr.Tab", library: Library, engine: Engine, parts: _Parts, left_out: "gr.State") -> None:
    """Read the list anew when the page is opened, and whenever the tab is."""
    import gradio as gr

    def opened(out: Sequence[str], sought: str | None, number: int) -> tuple[Any, ...]:
        return *_list_and_box(library, sought, number), _chosen(engine, out)

    outputs = [parts.volumes, parts.words, parts.chosen]
    gr.on(None, lambda: opened((), "", 0), None, outputs, **_PLAIN)
    tab.select(opened, [left_out, parts.words, parts.leaf], outputs, **_PLAIN)


def _chosen(engine: Engine, out: Sequence[str]) -> str:
    """The line that says which documents are asked, all but those left out, as HTML."""
    return chosen_html(tuple(engine.documents), out)


def _list_and_box(library: Library, sought: str | None, number: int) -> tuple[Any, ...]:
    """The list, and the box to sift it, which a short list has no need of."""
    import gradio as gr

    html, long = _listed(library, sought, number)
    return html, gr.Textbox(visible=long or bool(sought))


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
