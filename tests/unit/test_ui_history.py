"""What the History tab and the browser are handed, and a kept conversation that goes on."""

import json
import re
from html import unescape

from ui_samples import answer, document

from ui.conversation import Turn
from ui.history_view import history_html, kept_html
from ui.kept import read_conversation
from ui.saved import conversation_of, conversation_record

DOCUMENTS = {"herons": document()}
AT = "2026-01-02T03:04:05+00:00"


def test_what_is_to_be_kept_comes_whole_out_of_its_attribute():
    asked = """'"><script>alert("1")</script> & ü 中"""
    conversation = conversation_of([Turn(asked, answer(asked), key="a")], DOCUMENTS, at=AT)
    html = kept_html('c"<b>', conversation)
    assert "<script>" not in html
    assert 'data-corpus="c&quot;&lt;b&gt;"' in html
    (record,) = re.findall(r'data-record="([^"]*)"', html)
    assert json.loads(unescape(record)) == conversation_record(conversation)
    assert 'data-record=""' in kept_html("c", None)


def test_the_frame_of_the_list_has_no_conversation_and_escapes_the_corpus():
    html = history_html("<b>")
    assert 'data-corpus="&lt;b&gt;"' in html
    assert "<li" not in html


def test_a_conversation_that_is_reopened_and_goes_on_keeps_id_and_name():
    first = conversation_of([Turn("One?", answer("One?"), key="a")], DOCUMENTS, at=AT)
    record = conversation_record(first) | {"name": "Renamed"}
    opened = read_conversation(record)
    later = conversation_of([*opened.turns, Turn("Two?", answer("Two?"), key="b")], DOCUMENTS, at=AT, before=opened)
    assert (later.id, later.name, len(later.turns)) == (first.id, "Renamed", 2)
