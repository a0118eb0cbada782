"""The Ask tab: the conversation on the left, the source on the right, a click on a marker between them."""

import re
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import AbstractContextManager, nullcontext
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from threading import BoundedSemaphore
from typing import TYPE_CHECKING, Any
from uuid import uuid4

from core.errors import IbidError, InputError
from core.settings import Settings
from ui.acting import act_on, position_of
from ui.conversation import Turn, conversation_html, turn_of, welcome_html
from ui.engine import Engine
from ui.examples import example_questions
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

__all__ = ["Asking", "ask_tab", "converse"]

FRAME_SECONDS = 0.03
FRAME_WORDS = 3  # at least
FRAMES = 12  # at most, however long an answer is
STREAMED = 1_000_000  # characters at most that the frames of an answer come to: each is the whole conversation
THREADS = 4  # questions that are answered at the same time
PEOPLE = 24  # whose answers are waited for, made or shown at the same time; Gradio has 40 threads for everything


@dataclass(frozen=True, slots=True)
class Asking:
    """What another tab needs to put a conversation into the Ask tab: its parts, and the events that would disturb."""

    chat: "gr.HTML"
    turns: "gr.State"
    talk: "gr.State"
    notice: "gr.HTML"
    events: "list[Dependency]"


def ask_tab(  # noqa: PLR0915 - the handlers share the components
    engine: Engine, settings: Settings, left_out: "gr.State", changes: "gr.State"
) -> Asking:
    """Lay out the conversation and the source reader, inside a `gr.Tab`; what users say of answers is kept.

    Args:
        engine: what answers.
        settings: where that is kept.
        left_out: of this session: the ids of the documents that are not asked.
        changes: of this session: changes when the documents do.
    """
    import gradio as gr

    suggestions = Suggestions(engine)
    slot = BoundedSemaphore(THREADS)  # of those who wait for an answer; who is shown one makes room

    def welcome() -> str:
        return welcome_html(engine.documents, example_questions(engine.documents.values()))

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

    def answer_link(out: Sequence[str], event: gr.EventData) -> Iterator[tuple[Any, ...]]:
        try:
            link = read_link({"ask": event.ask, "quote": event.quote, "check": event.check})
        except InputError as error:
            yield gr.skip(), gr.skip(), problem_html(str(error))
            return
        for html, so_far in converse(engine.without(out), link.asked, [], slot=slot):
            yield html, so_far, gr.skip()
        yield gr.skip(), gr.skip(), link_html(link, so_far[-1].answer, engine.documents)

    def keep(turns: list[Turn], before: Conversation | None) -> tuple[Any, ...]:
        if not any(turn.answer for turn in turns):
            return gr.skip(), gr.skip()
        now = datetime.now(UTC).isoformat(timespec="milliseconds")  # two within a second have an order
        conversation = conversation_of(turns, engine.documents, at=now, before=before)
        return kept_html(settings.corpus, conversation), conversation

    def act(turns: list[Turn], event: gr.EventData) -> tuple[str, list[Turn]]:
        acted = act_on(turns, event.key, event.act, event.text, settings, engine.documents)
        return conversation_html(acted, engine.documents) or welcome(), acted

    def chosen(event: gr.EventData) -> list[str]:
        return [str(i) for i in event.left_out]

    def changed(turns: list[Turn]) -> tuple[Any, str]:
        return gr.skip() if turns else welcome(), shelf_html(engine.listed())

    def follow_ups(answered: Mapping[str, Sequence[Any]]) -> Sequence[str]:
        return suggestions.after(answered)

    with gr.Row(elem_id="ibid-main"):
        turns, talk = gr.State([]), gr.State(None)
        with gr.Column(elem_id="ibid-talk"):
            gr.HTML(_READ, elem_id="ibid-way", apply_default_css=False, js_on_load=None)
            notice = gr.HTML("", elem_id="ibid-link", apply_default_css=False, js_on_load=script("link"))
            with gr.Column(elem_id="ibid-log"):
                chat = gr.HTML(
                    welcome(), elem_id="ibid-chat", apply_default_css=False, js_on_load=script("conversation"),
                    server_functions=[follow_ups],
                )  # fmt: skip
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
        outputs = [chat, turns, question]
        plain: dict[str, Any] = {"show_progress": "hidden", "api_visibility": "private"}
        asking = plain | {"concurrency_limit": PEOPLE, "concurrency_id": "ask"}
        asked = [
            question.submit(answer, [question, turns, left_out], outputs, **asking),
            chat.example(answer_example, [turns, left_out], outputs, **asking),
            chat.retry(answer_again, [turns, left_out], [chat, turns], **asking),
            notice.link(answer_link, [left_out], [chat, turns, notice], **asking),
        ]
        for answered in asked:
            answered.then(keep, [turns, talk], [kept, talk], **plain)
        chat.act(act, [turns], [chat, turns], **plain)
        # When the page is opened; a function as a value would do so too, but be offered to programs.
        gr.on(None, lambda: changed([]), None, [chat, shelf], **plain)
        clear.click(lambda: (welcome(), [], "", None, ""), None, [*outputs, talk, notice], cancels=asked, **plain)
        shelf.choose(chosen, None, [left_out], **plain)
        left_out.change(lambda out: scope_html(tuple(engine.documents), out), [left_out], [scope], **plain)
        changes.change(changed, [turns], [chat, shelf], **plain)
    return Asking(chat, turns, talk, notice, asked)


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


def converse(
    engine: Engine,
    question: str,
    turns: Sequence[Turn],
    *,
    slot: AbstractContextManager[object] | None = None,
    again: int | None = None,
) -> Iterator[tuple[str, list[Turn]]]:
    """Yield the conversation, frame by frame, while a question is answered: as HTML, and as turns.

    Args:
        engine: what answers.
        question: what is asked.
        turns: what was asked before, oldest first.
        slot: held while the answer is made, but not while it is shown; None for no need of one.
        again: the turn that is asked anew, in whose place the answer comes; None asks a new question.
    """
    at = len(turns) if again is None else again
    before, after = turns[:at], turns[at + 1 :]
    earlier = [turn.question for turn in before if not turn.error]
    asked = turn_of(question, uuid4().hex[:12])
    around = [conversation_html(some, engine.documents) for some in (before, after)]  # made once for all frames

    def frame(turn: Turn, shown: int | None = None) -> str:
        html = conversation_html([turn], engine.documents, shown)
        return "\n".join(filter(None, (around[0], html, around[1])))

    yield frame(asked), list(turns)
    answered, grown = asked, False
    try:
        with slot or nullcontext():
            for answer in engine.stream(question, earlier) if engine.stream else [engine.ask(question, earlier)]:
                if answered.answer:
                    grown = True
                    yield frame(answered, len(answered.answer.text)), list(turns)
                answered = replace(asked, answer=answer)
    except IbidError as error:
        answered = replace(asked, error=str(error))
    except Exception:
        broken = replace(asked, error=_BROKEN)
        yield frame(broken), [*before, broken, *after]  # or it would be read for ever
        raise
    so_far = [*before, answered, *after]
    for shown in () if grown else _frames(answered, STREAMED // (1 + sum(map(len, around)))):
        yield frame(answered, shown), so_far
        time.sleep(FRAME_SECONDS)
    yield frame(answered), so_far


def _frames(turn: Turn, affordable: int) -> Iterator[int]:
    """How many characters of the answer each frame shows.

    Args:
        turn: with its answer.
        affordable: frames that a conversation as long as this may have; one at least is shown.
    """
    if turn.answer is None or turn.answer.refused:
        return
    ends = [match.end() for match in re.finditer(r"\S+", turn.answer.text)]
    words = max(FRAME_WORDS, -(-len(ends) // max(min(FRAMES, affordable), 2)))
    yield from ends[words - 1 : -1 : words]


_BROKEN = (
    "Something went wrong inside Ibid: ask again, and if it stays so, look at the lines of the terminal it runs in."
)
_GONE = (
    '<article class="ibid-document" data-document="" aria-label="No document"><p class="ibid-error" role="alert">This '
    "document is no longer in the library.</p></article>"
)
_READ = '<div class="ibid-way"><button type="button" class="ibid-read">Read the source</button></div>'
