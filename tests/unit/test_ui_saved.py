"""A conversation as an object and back: what a browser keeps, and what it may not slip in."""

import json
from dataclasses import replace

import pytest
from ui_samples import TEXT, answer, document, find, refusal

from core.errors import InputError
from core.records import Difference, Ruled, Voice
from ui.conversation import Turn, conversation_html
from ui.kept import read_conversation
from ui.saved import MOST_TURNS, conversation_of, conversation_record, reopened

DOCUMENTS = {"herons": document()}
AT = "2026-01-02T03:04:05+00:00"


def full_answer():
    first, second = answer().citations
    start, end = find("strike")
    second = replace(
        second, voice=Voice("reported", ("Bell 1999",)), secondary={"apa": "(Bell, 1999, as cited in Fowler, p. 2)"},
        highlight=(start, end), items=((start, end), find("eat")),
    )  # fmt: skip
    return replace(
        answer("And  <herons>?"), citations=(first, second), completed="What do herons do then?", verdict=Ruled.INSTEAD,
        differences=(Difference("year", "1990", "1987"),),
    )  # fmt: skip


def turns() -> list[Turn]:
    return [
        Turn("And  <herons>?", full_answer(), key="a1"),
        Turn("Two?", refusal("Two?"), key="b2"),
        Turn(" ", error="it is empty", key="c3"),
    ]


def record(**changes) -> dict:
    return conversation_record(conversation_of(turns(), DOCUMENTS, at=AT)) | changes


def test_it_comes_back_from_json_as_it_went():
    kept = json.loads(json.dumps(record()))
    read = read_conversation(kept)
    assert conversation_record(read) == kept
    told = read.turns[0].answer
    assert told.citations == full_answer().citations
    assert (told.text, told.completed, told.verdict, told.differences) == (
        full_answer().text, "What do herons do then?", Ruled.INSTEAD, (Difference("year", "1990", "1987"),),
    )  # fmt: skip
    assert [turn.error for turn in read.turns] == ["", "", "it is empty"]


def test_it_is_named_by_its_first_question_and_knows_its_documents():
    conversation = conversation_of(turns(), DOCUMENTS, at=AT)
    assert conversation.name == "And <herons>?"
    (source,) = conversation.sources
    assert (source.title, source.authors, source.reference) == (
        "On Herons", ("Ada Fowler",), "Fowler, A. (n.d.). On Herons.",
    )  # fmt: skip
    long = conversation_of([Turn("word " * 50, error="e")], DOCUMENTS, at=AT)
    assert len(long.name) <= 80
    assert long.name.endswith("…")


def test_one_that_goes_on_keeps_its_id_its_name_and_the_documents_that_are_gone():
    first = conversation_of(turns(), DOCUMENTS, at=AT)
    later = conversation_of([Turn("Else?", error="e"), *turns()], {}, at=AT, before=first)
    assert (later.id, later.name, later.sources) == (first.id, first.name, first.sources)


def test_only_the_newest_turns_are_kept():
    many = [Turn(f"{i}?", error="e") for i in range(MOST_TURNS + 5)]
    kept = conversation_of(many, DOCUMENTS, at=AT)
    assert [kept.turns[0].question, len(kept.turns), kept.name] == ["5?", MOST_TURNS, "0?"]


def test_what_stands_is_shown_as_it_was_and_opens_the_source():
    html = conversation_html(reopened(read_conversation(record()), DOCUMENTS), DOCUMENTS)
    assert "changed or removed" not in html
    start, end = find("They strike & eat.")
    assert f'data-start="{start}" data-end="{end}"' in html
    assert "What comes nearest" in html
    assert "And  &lt;herons&gt;?" in html
    assert "What was considered" not in html


def test_turns_whose_document_has_changed_or_is_gone_say_so():
    conversation = read_conversation(record())
    for documents in ({}, {"herons": replace(document(), text=TEXT.replace("eat.", "nap."))}):
        said = [turn.said for turn in reopened(conversation, documents)]
        assert ["changed" in line for line in said] == [True, True, False]


@pytest.mark.parametrize(
    ("broken", "told"),
    [
        (None, "valid dictionary"),
        ([1, 2], "valid dictionary"),
        ({}, "ibid: Field required"),
        (record(ibid=2), "ibid: Input should be less"),
        (record(turns=[]), "turns: "),
        (record(turns="x" * 10), "turns: "),
        (record(id="<script>"), "id: "),
        (record(turns=[{"question": "q"}]), "either an answer or an error"),
        (record(turns=[{"question": "q", "answer": "a", "confidence": float("nan")}]), "confidence: "),
    ],
)
def test_what_is_no_conversation_is_one_line(broken, told):
    with pytest.raises(InputError, match=told) as caught:
        read_conversation(broken)
    assert "\n" not in str(caught.value)
    assert "expected one that Ibid kept" in str(caught.value)


@pytest.mark.parametrize(
    ("changes", "told"),
    [
        ({"end": 10_000}, "characters apart"),
        ({"start": -1}, "start"),
        ({"highlight": {"start": 0, "end": 3}}, "outside"),
        ({"items": [{"start": 0, "end": 3}]}, "outside"),
        ({"voice": {"kind": "<b>"}}, "voice.kind"),
        ({"marker": "x"}, "marker"),
    ],
)
def test_a_citation_that_was_tampered_with_is_not_read(changes, told):
    kept = json.loads(json.dumps(record()))
    kept["turns"][0]["citations"][1] |= changes
    with pytest.raises(InputError, match=told):
        read_conversation(kept)


def test_hostile_text_in_what_was_kept_is_shown_as_text():
    kept = json.loads(json.dumps(record()))
    evil = '"><img src=x onerror=alert(1)>'
    kept["turns"][0] |= {"question": evil, "completed": evil, "answer": f"{evil} [1]"}
    kept["turns"][0]["citations"][0] |= {"document": evil, "sections": [evil], "page": "x", "secondary": {evil: evil}}
    kept["turns"][1]["nearest"][0] |= {"document": evil}
    html = conversation_html(reopened(read_conversation(kept), DOCUMENTS), DOCUMENTS)
    assert "<img" not in html
