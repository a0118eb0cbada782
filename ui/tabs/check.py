"""The Check tab: a text on the left, the verdicts on its sentences on the right, while they are found."""

import time
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, Any

from answer import LONGEST_TEXT, sentences_to_check
from core.errors import IbidError, InputError
from core.records import CheckedClaim
from ui.check_example import example_text
from ui.check_view import check_html, error_html, intro_html, progress_html
from ui.engine import Engine
from ui.look import script

if TYPE_CHECKING:
    import gradio as gr

__all__ = ["check_frames", "check_tab"]

FRAME_SECONDS = 0.4
GROWTH = 1.25  # a report is drawn anew when it is that much longer, so that a long one costs not much more than once
AT_ONCE = 2  # texts that are checked at the same time


def check_tab(engine: Engine, left_out: "gr.State") -> None:
    """Lay out the text and the report on it, inside a `gr.Tab`; `left_out` are the ids of documents not to ask."""
    import gradio as gr

    plain: dict[str, Any] = {"show_progress": "hidden", "api_visibility": "private"}
    with gr.Row(elem_id="ibid-check"):
        with gr.Column(elem_id="ibid-check-write"):
            text = gr.Textbox(
                elem_id="ibid-check-text", label="Your text", lines=8, max_lines=8,
                placeholder="Paste a sentence, a paragraph or an essay",
            )  # fmt: skip
            with gr.Row(elem_id="ibid-check-actions"):
                check = gr.Button("Check", elem_id="ibid-check-start")
                stop = gr.Button("Stop", elem_id="ibid-check-stop", interactive=False)
                progress = gr.HTML("", elem_id="ibid-check-progress", apply_default_css=False, js_on_load=None)
        with gr.Column(elem_id="ibid-check-report"):
            report = gr.HTML(
                intro_html(LONGEST_TEXT), elem_id="ibid-check-claims",
                apply_default_css=False, js_on_load=script("check"),
            )  # fmt: skip

        def frames(written: str, out: Sequence[str]) -> Iterator[tuple[Any, ...]]:
            for line, html, done in check_frames(engine.without(out), written):
                drawn = gr.skip() if html is None else html
                yield line, drawn, gr.update(interactive=done), gr.update(interactive=not done)

        outputs = [progress, report, check, stop]
        ended = (gr.update(interactive=True), gr.update(interactive=False))
        checks = [
            began(lambda: _WAIT, None, [progress], queue=False, **plain).then(
                frames, [text, left_out], outputs, concurrency_limit=AT_ONCE, concurrency_id="check", **plain
            )
            for began in (check.click, text.submit)
        ]
        stop.click(lambda: (_STOPPED, *ended), None, [progress, check, stop], cancels=checks, queue=False, **plain)
        report.example(lambda: example_text(engine.documents.values()), None, [text], **plain)


def check_frames(engine: Engine, text: str) -> Iterator[tuple[str, str | None, bool]]:
    """Yield a check, frame by frame: the line on how far it is, the report (None: as it was), and whether it ends."""
    try:
        if not text.strip():
            raise InputError("there is nothing to check yet: paste a text first")
        yield from _frames(engine, text)
    except IbidError as error:
        yield error_html(str(error)), None, True


def _frames(engine: Engine, text: str) -> Iterator[tuple[str, str | None, bool]]:
    sentences = sentences_to_check(text)
    total = sum(sentence.claims for sentence in sentences)
    claims: list[CheckedClaim] = []

    def report(*, done: bool = False) -> str:
        return check_html(sentences, claims, engine.documents, text=text, done=done)

    yield progress_html(0, total), report(), False
    drawn, shown_at = 0, time.monotonic()
    for claim in engine.check_each(sentences):
        claims.append(claim)
        if time.monotonic() - shown_at >= FRAME_SECONDS:
            shown_at = time.monotonic()
            grown = len(claims) >= GROWTH * drawn
            drawn = len(claims) if grown else drawn
            yield progress_html(len(claims), total), report() if grown else None, False
    yield progress_html(total, total), report(done=True), True


_WAIT = '<p class="ibid-progress ibid-waiting">Waiting for its turn…</p>'
_STOPPED = '<p class="ibid-progress" role="status">Stopped: what was checked so far is shown.</p>'
