"""The buttons below an answer: what each does to the conversation, and what it keeps."""

import json

import pytest
from ui_samples import answer, document, refusal

from core.settings import Settings
from ui.acting import act_on
from ui.conversation import Turn, conversation_html
from ui.feedback import cases_file, log_file

DOCUMENTS = {"herons": document()}


def turns() -> list[Turn]:
    return [
        Turn("One?", answer("One?"), key="a"),
        Turn("Two?", refusal("Two?"), key="b"),
        Turn(" ", error="e", key="c"),
    ]


def act(before, key, what, home, text=""):
    return act_on(before, key, what, text, home, DOCUMENTS)


def kept(path):
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]


@pytest.mark.parametrize("panel", ["considered", "why", "wrong"])
def test_a_panel_opens_and_closes(home, panel):
    opened = act(turns(), "b", panel, home)
    assert [turn.panel for turn in opened] == ["", panel, ""]
    assert act(opened, "b", panel, home) == turns() == act(opened, "b", "close", home)
    assert not log_file(home).exists()


def test_a_thumb_is_kept_at_once_and_asks_for_a_comment(home):
    rated = act(turns(), "b", "down", home)
    assert (rated[1].rating, rated[1].panel) == ("down", "comment")
    said = act(rated, "b", "say", home, "It does say.")
    assert (said[1].rating, said[1].panel) == ("down", "")
    assert "feedback.jsonl" in said[1].said
    lines = kept(log_file(home))
    assert [(line["id"], line["rating"], line["comment"]) for line in lines] == [
        ("b", "down", ""),
        ("b", "down", "It does say."),
    ]
    assert lines[0]["history"] == ["One?"]


def test_the_same_thumb_takes_the_rating_back_and_the_other_changes_it(home):
    up = act(turns(), "a", "up", home)
    assert act(up, "a", "down", home)[0].rating == "down"
    back = act(up, "a", "up", home)[0]
    assert (back.rating, back.panel) == ("", "")
    assert [line["rating"] for line in kept(log_file(home))] == ["up", "down", "none"]


def test_a_comment_without_words_keeps_nothing(home):
    assert act(act(turns(), "a", "up", home), "a", "say", home, "  ")[0].panel == ""
    assert len(kept(log_file(home))) == 1


def test_a_wrong_passage_is_a_case_and_a_rating(home):
    said = act(turns(), "a", "case", home, "“They strike & eat.”")
    assert "wrong-passages-test.jsonl" in said[0].said
    assert kept(cases_file(home))[0]["evidence"] == ["They strike & eat"]
    assert kept(log_file(home))[0]["rating"] == "wrong passage"


def test_what_cannot_be_kept_is_said_in_the_turn(tmp_path):
    (tmp_path / "file").write_text("", encoding="utf-8")
    said = act(turns(), "a", "up", Settings(home=tmp_path / "file", corpus="test"))
    assert "cannot keep this in" in said[0].said
    assert said[0].rating == ""


def test_a_turn_that_is_gone_or_has_no_answer_changes_nothing(home):
    for key in ("gone", "c"):
        assert act(turns(), key, "up", home) == turns()


def test_the_buttons_say_what_is_pressed_and_open():
    html = conversation_html([Turn("q", refusal(), key="k<1>", rating="down", panel="why")], DOCUMENTS)
    assert 'data-act="down" aria-pressed="true"' in html
    assert 'data-act="up" aria-pressed="false"' in html
    assert 'data-act="why" aria-expanded="true" aria-controls="ibid-panel-k&lt;1&gt;"' in html
    assert 'id="ibid-panel-k&lt;1&gt;"' in html
    assert "Confidence 10 of 100, far under the" in html


def test_what_was_considered_lists_the_passages_with_their_scores():
    html = conversation_html([Turn("q", answer(), key="k", panel="considered")], DOCUMENTS)
    assert "One passage was read" in html
    assert "quoted · score 0.500 · likeness 0.75 · found by meaning" in html


def test_texts_to_copy_are_escaped_and_keep_their_lines():
    html = conversation_html([Turn("q", answer(), key="k")], DOCUMENTS)
    assert 'data-copy="Herons &lt;b&gt;wait&lt;/b&gt;. They strike &amp; eat."' in html
    assert "(Fowler, n.d., p. 2)&#10;&#10;Fowler, A." in html


def test_an_error_can_be_retried_and_nothing_else():
    html = conversation_html([Turn(" ", error="empty", key="k")], DOCUMENTS)
    assert html.count("data-act=") == 1
    assert 'data-act="retry"' in html
