"""Links to a question, its answer and the quoted words: what they hold, and what is said when they hold no more."""

from dataclasses import replace
from urllib.parse import parse_qsl

import pytest
from ui_samples import TEXT, answer, document, find, refusal

from core.errors import InputError
from ui.conversation import Turn, conversation_html
from ui.links import LONGEST_ASKED, Link, link_html, link_query, read_link

DOCUMENTS = {"herons": document()}


def opened(said, documents=None) -> Link:
    return read_link(dict(parse_qsl(link_query(said, DOCUMENTS if documents is None else documents).removeprefix("?"))))


def test_a_link_leads_back_to_the_question_and_the_first_quote():
    link = opened(answer("What & why? <b> ü 中"))
    assert (link.asked, link.document, (link.start, link.end)) == (
        "What & why? <b> ü 中", "herons", find("Herons <b>wait</b>.1"),
    )  # fmt: skip
    html = link_html(link, answer(), DOCUMENTS)
    assert (
        f'data-document="herons" data-start="{link.start}" data-end="{link.end}" data-section="HABITS" data-page="1"'
        in html
    )
    assert "Opened from a link. <button" in html


def test_a_follow_up_is_linked_as_it_was_understood_and_a_refusal_without_a_quote():
    assert opened(replace(answer("And they?"), completed="And the herons?")).asked == "And the herons?"
    link = opened(refusal("What do owls do?"))
    assert link == Link("What do owls do?")
    assert "<button" not in link_html(link, refusal(), DOCUMENTS)


def test_the_colon_of_an_id_is_no_end_of_it():
    documents = {"a:b-c": document("a:b-c")}
    said = replace(answer(), citations=(replace(answer().citations[0], document="a:b-c"),))
    assert opened(said, documents).document == "a:b-c"


def test_too_long_a_question_has_no_link():
    assert link_query(answer("x" * (LONGEST_ASKED + 1)), DOCUMENTS) == ""
    assert "data-link" not in conversation_html([Turn("q", answer("x" * (LONGEST_ASKED + 1)))], DOCUMENTS)
    assert "data-link" in conversation_html([Turn("q", answer("x" * LONGEST_ASKED))], DOCUMENTS)


def test_a_document_that_changed_or_is_gone_is_told():
    link = opened(answer())
    changed = {"herons": replace(document(), text=TEXT.replace("wait", "nap!"))}
    assert "changed since" in link_html(link, None, changed)
    assert "‘herons’, which is not here" in link_html(link, None, {})
    assert "<button" not in link_html(link, None, changed) + link_html(link, None, {})


def test_words_that_the_answer_does_not_quote_are_told():
    link = opened(answer())
    assert "does not quote" not in link_html(link, None, DOCUMENTS)
    assert "does not quote" in link_html(link, refusal(), DOCUMENTS)


@pytest.mark.parametrize(
    ("fields", "told"),
    [
        ({}, "asks nothing"),
        ({"ask": "  "}, "asks nothing"),
        ({"ask": "x" * 501}, "501 characters: expected at most 500"),
        ({"ask": "q", "quote": "herons", "check": "0" * 12}, "cannot be read"),
        ({"ask": "q", "quote": "herons:5-5", "check": "0" * 12}, "cannot be read"),
        ({"ask": "q", "quote": "herons:9-5", "check": "0" * 12}, "cannot be read"),
        ({"ask": "q", "quote": "herons:1-5", "check": "<b>"}, "cannot be read"),
        ({"ask": "q", "quote": "herons:1-5"}, "cannot be read"),
        ({"ask": "q", "quote": "x" * 10_000 + ":1-5", "check": "0" * 12}, "cannot be read"),
        ({"ask": "q", "quote": f"herons:1-{'9' * 5000}", "check": "0" * 12}, "cannot be read"),
        ({"ask": ["q"] * 500, "quote": None}, "expected at most"),
    ],
)
def test_a_link_that_is_none_is_one_line(fields, told):
    with pytest.raises(InputError, match=told) as caught:
        read_link(fields)
    assert "\n" not in str(caught.value)


def test_what_is_in_a_link_is_escaped():
    evil = '"><script>alert(1)</script>'
    link = read_link({"ask": evil, "quote": f"{evil}:1-5", "check": "0" * 12})
    assert "<script>" not in link_html(link, None, DOCUMENTS)
    assert "<script>" not in conversation_html([Turn(evil, answer(evil))], DOCUMENTS)
    assert "<script>" not in link_query(answer(evil), DOCUMENTS)
