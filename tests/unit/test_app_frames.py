"""The app without a browser: the frames of an answer, errors as a line, a taken port."""

import socket
from dataclasses import replace
from threading import BoundedSemaphore

import pytest
from ui_samples import answer, document, refusal

from app import serve
from core.errors import IbidError, InputError
from core.settings import Settings
from ui.conversation import Turn
from ui.engine import Engine
from ui.frames import FRAMES, converse


def engine(reply=answer) -> Engine:
    asked = []

    def ask(question, history=()):
        asked.append((question, tuple(history)))
        if not question.strip():
            raise InputError("the question is empty")
        return reply(question)

    ask.asked = asked
    unused = None
    return Engine(
        {"herons": document()},
        ask,
        lambda: None,
        check_each=unused,
        search=unused,
        check=unused,
        sources_for=unused,
    )


@pytest.fixture(autouse=True)
def at_once(monkeypatch):
    monkeypatch.setattr("ui.frames.FRAME_SECONDS", 0)


def test_the_answer_grows_frame_by_frame():
    frames = [html for html, _ in converse(engine(), "What?", [])]
    assert "Reading the source" in frames[0]
    assert [("wait" in html, "[2]" in html) for html in frames[1:]] == [(True, False)] * 2 + [(True, True)]
    assert "ibid-source" in frames[-1]


def test_earlier_questions_are_passed_on_but_not_those_that_failed():
    asked = engine()
    list(converse(asked, "And?", [Turn("One?", answer()), Turn(" ", error="empty"), Turn("Two?", refusal())]))
    assert asked.ask.asked == [("And?", ("One?", "Two?"))]


def test_what_cannot_be_answered_now_is_asked_again_whole():
    long = f"What {'really ' * 100}happened?"
    broken = engine(lambda question: (_ for _ in ()).throw(InputError("no document is chosen")))
    *_, (html, turns) = converse(broken, long, [])
    assert (turns[-1].question, turns[-1].error) == (long, "no document is chosen")
    assert 'data-act="retry"' in html
    assert long not in html.split("You asked: ")[1].split("</h3>")[0]


def test_a_question_that_is_too_long_to_be_answered_is_not_offered_again():
    broken = engine(lambda question: (_ for _ in ()).throw(InputError("the question has 3000 characters")))
    *_, (html, turns) = converse(broken, "x" * 3000, [])
    assert turns[-1].cut
    assert len(turns[-1].question) < 1000
    assert "3000 characters" in html
    assert "retry" not in html


def test_an_error_becomes_a_line_of_the_conversation():
    *_, (html, turns) = converse(engine(), " ", [])
    assert "the question is empty" in html
    assert [(turn.question, turn.error) for turn in turns] == [(" ", "the question is empty")]


def test_a_refusal_comes_at_once():
    assert len(list(converse(engine(refusal), "What?", []))) == 2


def test_a_taken_port_is_one_line():
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        with pytest.raises(IbidError, match=r"cannot listen on 127\.0\.0\.1:\d+ .*--port"):
            serve(Settings(port=taken.getsockname()[1]))


def test_a_question_asked_again_is_answered_in_its_place_and_with_what_came_before_it():
    asked = engine()
    turns = [Turn("One?", answer(), key="a"), Turn("Two?", refusal(), key="b"), Turn("Three?", answer(), key="c")]
    frames = list(converse(asked, "Two?", turns, again=1))
    assert asked.ask.asked == [("Two?", ("One?",))]
    assert [frames[0][0].count(f'data-key="{key}"') for key in "abc"] == [1, 0, 1]
    assert [html.count('aria-busy="true"') for html, _ in frames] == [1] * (len(frames) - 1) + [0]
    assert [turn.question for turn in frames[-1][1]] == ["One?", "Two?", "Three?"]


def test_every_turn_has_a_key_of_its_own():
    *_, (_, turns) = converse(engine(), "What?", [])
    *_, (_, turns) = converse(engine(), "What?", turns)
    assert len({turn.key for turn in turns}) == 2


def test_what_nobody_foresaw_ends_the_answer_with_a_line_and_still_shows_in_the_log():
    def broken(question):
        raise RuntimeError("disk on fire")

    frames = converse(engine(broken), "What?", [])
    next(frames)
    html, turns = next(frames)
    assert 'aria-busy="false"' in html and "disk" not in html
    assert turns[0].error.startswith("Something went wrong")
    with pytest.raises(RuntimeError):
        next(frames)


def test_a_long_answer_has_no_more_frames_than_a_shorter_one():
    long = replace(answer(), text="word " * 400 + answer().text)
    frames = [html for html, _ in converse(engine(lambda _: long), "What?", [])]
    assert len(frames) <= FRAMES + 2
    assert frames[-1].count("word") >= 400


def test_a_long_conversation_is_sent_less_often(monkeypatch):
    monkeypatch.setattr("ui.frames.STREAMED", 1)
    turns = [Turn("One?", answer(), key="a")]
    frames = list(converse(engine(), "What?", turns))
    assert len(frames) <= 4
    assert all('data-key="a"' in html for html, _ in frames)


def test_who_is_shown_an_answer_keeps_nobody_from_getting_one():
    slot = BoundedSemaphore(1)
    held = []

    def reply(question):
        held.append(not slot.acquire(blocking=False))
        return answer()

    frames = converse(engine(reply), "What?", [], slot=slot)
    next(frames), next(frames)
    assert held == [True]
    assert slot.acquire(blocking=False)
