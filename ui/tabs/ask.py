"""The Ask tab: the conversation on the left, the source on the right, a click on a marker between them."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from threading import BoundedSemaphore
from typing import TYPE_CHECKING, Any

from core.errors import InputError
from core.settings import Settings
from ui.acting import act_on, position_of
from ui.conversation import Turn, conversation_html, welcome_html
from ui.engine import Engine
from ui.examples import example_questions
from ui.frames import converse
from ui.history_view import kept_html
from ui.library_view import scope_html, shelf_html
from ui.links import link_html, problem_html, read_link
from ui.look import script
from ui.reader import reader_html
from ui.reader_pane import reader_pane_html
from ui.saved import Conversation, conversation_of
from ui.suggesting import Suggestions

if TYPE_CHECKING:
    import gradio as gr
    from gradio.events import Dependency

__all__ = ["Asking", "ask_tab"]

THREADS = 4  # questions that are answered at the same time
PEOPLE = 24  # whose answers are waited for, made or shown at the same time; Gradio has 40 threads for everything
# The tab shows itself what goes on, and programs have endpoints of their own.
_PLAIN: Mapping[str, Any] = {"show_progress": "hidden", "api_visibility": "private"}
_ASKING: Mapping[str, Any] = {**_PLAIN, "concurrency_limit": PEOPLE, "concurrency_id": "ask"}


@dataclass(frozen=True, slots=True)
class Asking:
    """What another tab needs to put a conversation into the Ask tab: its parts, and the events that would disturb."""

    chat: "gr.HTML"
    turns: "gr.State"
    talk: "gr.State"
    notice: "gr.HTML"
    events: "list[Dependency]"


@dataclass(frozen=True, slots=True)
class _Parts:
    """The components of the tab that events read or write."""

    turns: "gr.State"
    talk: "gr.State"
    notice: "gr.HTML"
    chat: "gr.HTML"
    scope: "gr.HTML"
    question: "gr.Textbox"
    clear: "gr.Button"
    shelf: "gr.HTML"
    kept: "gr.HTML"


def ask_tab(engine: Engine, settings: Settings, left_out: "gr.State", changes: "gr.State") -> Asking:
    """Lay out the conversation and the source reader, inside a `gr.Tab`; what users say of answers is kept.

    Args:
        engine: what answers.
        settings: where that is kept.
        left_out: of this session: the ids of the documents that are not asked.
        changes: of this session: changes when the documents do.
    """
    slot = BoundedSemaphore(THREADS)  # of those who wait for an answer; who is shown one makes room
    parts = _lay_out(engine, settings)
    asked = [*_on_questions(engine, parts, left_out, slot), _on_link(engine, parts, left_out, slot)]
    _on_answers(engine, settings, parts, asked)
    _on_buttons(engine, settings, parts, asked)
    _on_documents(engine, parts, left_out, changes)
    return Asking(parts.chat, parts.turns, parts.talk, parts.notice, asked)


def _lay_out(engine: Engine, settings: Settings) -> _Parts:
    """Lay out the conversation, the source reader, and what is not seen: the shelf and what the browser keeps."""
    import gradio as gr

    with gr.Row(elem_id="ibid-main"):
        turns, talk = gr.State([]), gr.State(None)
        with gr.Column(elem_id="ibid-talk"):
            gr.HTML(_READ, elem_id="ibid-way", apply_default_css=False, js_on_load=None)
            notice = gr.HTML("", elem_id="ibid-link", apply_default_css=False, js_on_load=script("link"))
            with gr.Column(elem_id="ibid-log"):
                chat = _chat(engine)
            scope = gr.HTML("", elem_id="ibid-scope", apply_default_css=False, js_on_load=None)
            question, clear = _question_row()
        _reader_column(engine)
        shelf = gr.HTML(
            shelf_html(engine.listed()), elem_id="ibid-shelf", apply_default_css=False,
            js_on_load=script("shelf"),
        )  # fmt: skip
        kept = gr.HTML(
            kept_html(settings.corpus, None), elem_id="ibid-kept", apply_default_css=False,
            js_on_load="\n".join(map(script, ("store", "keep"))),
        )  # fmt: skip
    return _Parts(turns, talk, notice, chat, scope, question, clear, shelf, kept)


def _chat(engine: Engine) -> "gr.HTML":
    """Lay out the conversation, whose script fetches the questions to ask next."""
    import gradio as gr

    suggestions = Suggestions(engine)

    def follow_ups(answered: Mapping[str, Sequence[Any]]) -> Sequence[str]:
        return suggestions.after(answered)

    return gr.HTML(
        _welcome(engine), elem_id="ibid-chat", apply_default_css=False, js_on_load=script("conversation"),
        server_functions=[follow_ups],
    )  # fmt: skip


def _question_row() -> "tuple[gr.Textbox, gr.Button]":
    """Lay out the question's box and the button that clears the conversation."""
    import gradio as gr

    with gr.Row(elem_id="ibid-ask"):
        question = gr.Textbox(
            elem_id="ibid-question", label="Your question", show_label=False, container=False, lines=1,
            max_lines=6, placeholder="Ask a question", submit_btn="Ask", autofocus=True,
        )  # fmt: skip
        clear = gr.Button("Clear", elem_id="ibid-clear")
    return question, clear


def _reader_column(engine: Engine) -> None:
    """Lay out the source reader."""
    import gradio as gr

    def read_source(document_id: str) -> str:
        document = engine.documents.get(document_id)
        return reader_html(document) if document else _GONE

    with gr.Column(elem_id="ibid-reader"):
        gr.HTML(
            reader_pane_html(engine.documents), elem_id="ibid-source", apply_default_css=False,
            js_on_load="\n".join(map(script, ("reader", "contents", "find"))), server_functions=[read_source],
        )  # fmt: skip


def _on_questions(engine: Engine, parts: _Parts, left_out: "gr.State", slot: BoundedSemaphore) -> "list[Dependency]":
    """Answer what is typed, what is picked as an example, and what is asked again; return those events."""
    import gradio as gr

    def answer(question: str, turns: list[Turn], out: Sequence[str]) -> Iterator[tuple[Any, ...]]:
        for html, so_far in converse(engine.without(out), question, turns, slot=slot):
            too_long = len(so_far) > len(turns) and so_far[-1].cut
            # It leaves the box in the browser, where more may be written by now; to be shortened, it comes back.
            yield html, so_far, question if too_long else gr.skip()

    def answer_example(turns: list[Turn], out: Sequence[str], event: gr.EventData) -> Iterator[tuple[Any, ...]]:
        yield from answer(event.question, turns, out)

    def answer_again(turns: list[Turn], out: Sequence[str], event: gr.EventData) -> Iterator[tuple[Any, ...]]:
        if (at := position_of(turns, event.key)) is not None:
            said = turns[at].answer
            yield from converse(
                engine.without(out), said.question if said else turns[at].question, turns, slot=slot, again=at
            )

    chat, turns, question = parts.chat, parts.turns, parts.question
    outputs = [chat, turns, question]
    return [
        question.submit(answer, [question, turns, left_out], outputs, **_ASKING),
        chat.example(answer_example, [turns, left_out], outputs, **_ASKING),
        chat.retry(answer_again, [turns, left_out], [chat, turns], **_ASKING),
    ]


def _on_link(engine: Engine, parts: _Parts, left_out: "gr.State", slot: BoundedSemaphore) -> "Dependency":
    """Answer the question of a link that was opened, and say whether its quote still stands; return that event."""
    import gradio as gr

    def answer_link(out: Sequence[str], event: gr.EventData) -> Iterator[tuple[Any, ...]]:
        try:
            link = read_link({"ask": event.ask, "quote": event.quote, "check": event.check})
        except InputError as error:
            yield gr.skip(), gr.skip(), problem_html(str(error))
            return
        for html, so_far in converse(engine.without(out), link.asked, [], slot=slot):
            yield html, so_far, gr.skip()
        yield gr.skip(), gr.skip(), link_html(link, so_far[-1].answer, engine.documents)

    opened: Dependency = parts.notice.link(answer_link, [left_out], [parts.chat, parts.turns, parts.notice], **_ASKING)
    return opened


def _on_answers(engine: Engine, settings: Settings, parts: _Parts, asked: "Sequence[Dependency]") -> None:
    """Hand the conversation to the browser, to be kept, whenever a question was answered."""
    import gradio as gr

    def keep(turns: list[Turn], before: Conversation | None) -> tuple[Any, ...]:
        if not any(turn.answer for turn in turns):
            return gr.skip(), gr.skip()
        now = datetime.now(UTC).isoformat(timespec="milliseconds")  # two within a second have an order
        conversation = conversation_of(turns, engine.documents, at=now, before=before)
        return kept_html(settings.corpus, conversation), conversation

    for answered in asked:
        answered.then(keep, [parts.turns, parts.talk], [parts.kept, parts.talk], **_PLAIN)


def _on_buttons(engine: Engine, settings: Settings, parts: _Parts, asked: "Sequence[Dependency]") -> None:
    """Do what the buttons below an answer say, and clear the conversation, with what is being answered."""
    import gradio as gr

    def act(turns: list[Turn], event: gr.EventData) -> tuple[str, list[Turn]]:
        acted = act_on(turns, event.key, event.act, event.text, settings, engine.documents)
        return conversation_html(acted, engine.documents) or _welcome(engine), acted

    parts.chat.act(act, [parts.turns], [parts.chat, parts.turns], **_PLAIN)
    cleared = [parts.chat, parts.turns, parts.question, parts.talk, parts.notice]
    parts.clear.click(lambda: (_welcome(engine), [], "", None, ""), None, cleared, cancels=list(asked), **_PLAIN)


def _on_documents(engine: Engine, parts: _Parts, left_out: "gr.State", changes: "gr.State") -> None:
    """Show the documents that there are, when the page is opened and when they change, and which are not asked."""
    import gradio as gr

    def chosen(event: gr.EventData) -> list[str]:
        return [str(i) for i in event.left_out]

    def changed(turns: list[Turn]) -> tuple[Any, str]:
        return gr.skip() if turns else _welcome(engine), shelf_html(engine.listed())

    # When the page is opened; a function as a value would do so too, but be offered to programs.
    gr.on(None, lambda: changed([]), None, [parts.chat, parts.shelf], **_PLAIN)
    parts.shelf.choose(chosen, None, [left_out], **_PLAIN)
    left_out.change(lambda out: scope_html(tuple(engine.documents), out), [left_out], [parts.scope], **_PLAIN)
    changes.change(changed, [parts.turns], [parts.chat, parts.shelf], **_PLAIN)


def _welcome(engine: Engine) -> str:
    return welcome_html(engine.documents, example_questions(engine.documents.values()))


_GONE = (
    '<article class="ibid-document" data-document="" aria-label="No document"><p class="ibid-error" role="alert">This '
    "document is no longer in the library.</p></article>"
)
_READ = '<div class="ibid-way"><button type="button" class="ibid-read">Read the source</button></div>'
