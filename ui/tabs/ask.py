"""The Ask tab: the conversation on the left, the source on the right, a click on a marker between them."""

import re
import time
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from html import escape
from typing import Any

from core.errors import IbidError
from core.records import Document
from ui.conversation import Turn, conversation_html, welcome_html
from ui.engine import Engine
from ui.examples import example_questions
from ui.look import script
from ui.reader import reader_html

__all__ = ["ask_tab", "converse"]

FRAME_SECONDS = 0.03
FRAME_WORDS = 3
THREADS = 4  # questions that are answered at the same time


def ask_tab(engine: Engine) -> None:
    """Lay out the conversation and the source reader, inside a `gr.Tab`."""
    import gradio as gr

    welcome = welcome_html(engine.documents, example_questions(engine.documents.values()))

    def read_source(document_id: str) -> str:
        return reader_html(engine.documents[document_id])

    def answer(question: str, turns: list[Turn]) -> Iterator[tuple[Any, ...]]:
        for frame, (html, so_far) in enumerate(converse(engine, question, turns)):
            yield html, so_far, "" if frame == 0 else gr.skip()

    def answer_example(turns: list[Turn], event: gr.EventData) -> Iterator[tuple[Any, ...]]:
        yield from answer(event.question, turns)

    with gr.Row(elem_id="ibid-main"):
        turns = gr.State([])
        with gr.Column(elem_id="ibid-talk"):
            gr.HTML(_READ, elem_id="ibid-way", apply_default_css=False, js_on_load=None)
            with gr.Column(elem_id="ibid-log"):
                chat = gr.HTML(welcome, elem_id="ibid-chat", apply_default_css=False, js_on_load=script("conversation"))
            with gr.Row(elem_id="ibid-ask"):
                question = gr.Textbox(
                    elem_id="ibid-question", label="Your question", show_label=False, container=False, lines=1,
                    max_lines=6, placeholder="Ask the source a question", submit_btn="Ask", autofocus=True,
                )  # fmt: skip
                clear = gr.Button("Clear", elem_id="ibid-clear")
        with gr.Column(elem_id="ibid-reader"):
            gr.HTML(
                _reader(engine.documents), elem_id="ibid-source", apply_default_css=False,
                js_on_load=script("reader"), server_functions=[read_source],
            )  # fmt: skip
        outputs = [chat, turns, question]
        plain: dict[str, Any] = {"show_progress": "hidden", "api_visibility": "private"}
        asking = plain | {"concurrency_limit": THREADS, "concurrency_id": "ask"}
        asked = [
            question.submit(answer, [question, turns], outputs, **asking),
            chat.example(answer_example, [turns], outputs, **asking),
        ]
        clear.click(lambda: (welcome, [], ""), None, outputs, cancels=asked, **plain)


def converse(engine: Engine, question: str, turns: Sequence[Turn]) -> Iterator[tuple[str, list[Turn]]]:
    """Yield the conversation, frame by frame, while a question is answered: as HTML, and as turns."""
    earlier = [turn.question for turn in turns if not turn.error]
    asked = Turn(question if len(question) <= 500 else question[:500] + "…")
    yield conversation_html([*turns, asked], engine.documents), list(turns)
    try:
        answered = replace(asked, answer=engine.ask(question, earlier))
    except IbidError as error:
        answered = replace(asked, error=str(error))
    so_far = [*turns, answered]
    for shown in _frames(answered):
        yield conversation_html(so_far, engine.documents, shown), so_far
        time.sleep(FRAME_SECONDS)
    yield conversation_html(so_far, engine.documents), so_far


def _frames(turn: Turn) -> Iterator[int]:
    """How many characters of the answer each frame shows."""
    if turn.answer is None or turn.answer.refused:
        return
    ends = [match.end() for match in re.finditer(r"\S+", turn.answer.text)]
    yield from ends[FRAME_WORDS - 1 : -1 : FRAME_WORDS]


def _reader(documents: Mapping[str, Document]) -> str:
    first = next(iter(documents.values()))
    picker = ""
    if len(documents) > 1:
        options = "".join(f'<option value="{escape(d.id)}">{escape(d.title)}</option>' for d in documents.values())
        picker = f'<select class="ibid-picker" aria-label="Document">{options}</select>'
    return (
        '<div class="ibid-reader"><div class="ibid-bar"><button type="button" class="ibid-close">← Back</button>'
        f'{picker}<p class="ibid-here"></p><p class="ibid-hidden ibid-said" role="status"></p></div>'
        f'<div class="ibid-scroll" role="region" aria-label="Source" tabindex="0">{reader_html(first)}</div></div>'
    )


_READ = '<div class="ibid-way"><button type="button" class="ibid-read">Read the source</button></div>'
