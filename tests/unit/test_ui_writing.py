"""What people see of a language model's part in an answer: in the app, while it writes, and in the terminal."""

import io
from dataclasses import replace

import pytest
from rich.console import Console
from ui_samples import answer, document, refusal

from core.records import Writing
from ui.conversation import Turn, conversation_html
from ui.engine import Engine
from ui.frames import converse
from ui.terminal import show_answer

WRITTEN = replace(answer(), writing=Writing("<b>small</b>", kept=2, struck=1))
INSTEAD = replace(answer(), writing=Writing("small", fallback="cannot be reached"))
WORDS = "Written by <b>small</b>, each sentence held against the source: 2 kept, 1 struck."


def html_of(shown) -> str:
    return conversation_html([Turn("What?", shown)], {"herons": document()})


def test_the_app_tells_what_became_of_it_with_every_text_escaped():
    assert WORDS.replace("<", "&lt;").replace(">", "&gt;") in html_of(WRITTEN)
    assert "small cannot be reached: these are quotes instead." in html_of(INSTEAD)
    assert "ibid-writing" not in html_of(answer())
    assert "ibid-writing" not in html_of(refusal())


@pytest.mark.parametrize(("shown", "line"), [(WRITTEN, WORDS), (INSTEAD, "these are quotes instead.")])
def test_the_terminal_tells_it_in_one_line(shown, line):
    out = io.StringIO()
    show_answer(Console(file=out, width=200), shown)
    assert sum(line in told for told in out.getvalue().splitlines()) == 1


def test_a_growing_answer_is_shown_as_it_grows_and_its_sources_at_the_end(monkeypatch):
    monkeypatch.setattr("ui.frames.FRAME_SECONDS", 0)
    first = replace(WRITTEN, text="Herons <b>wait</b>.¹ [1]", citations=WRITTEN.citations[:1])
    unused = None
    engine = Engine(
        {"herons": document()},
        ask=unused,
        warm=unused,
        check_each=unused,
        search=unused,
        check=unused,
        sources_for=unused,
        stream=lambda *_: iter([first, WRITTEN]),
    )
    frames = [html for html, _ in converse(engine, "What?", [])]
    assert len(frames) == 3
    assert "wait" in frames[1]
    assert "strike" not in frames[1]
    assert 'aria-busy="true"' in frames[1]
    assert "ibid-writing" in frames[-1]
    assert "ibid-sources" in frames[-1]
