"""A conversation as Markdown, HTML and JSON: full citations, and nothing of a document or user as markup."""

import json
from dataclasses import replace
from html.parser import HTMLParser

import pytest
from markdown_it import MarkdownIt
from ui_samples import answer, document, find, refusal

from core.records import Voice
from ui.conversation import Turn
from ui.export import export_conversation
from ui.kept import read_conversation
from ui.saved import conversation_of, conversation_record

DOCUMENTS = {"herons": document()}
EVIL = (
    "<img src=x onerror=alert(1)> ![p](http://a.example/p.png) [l](javascript:x) **b** `c` # h | t | &lt; "
    "http://b.example www.c.example d@e.example $x$"
)


def conversation(*turns: Turn):
    reporting = replace(answer().citations[1], voice=Voice("reported", ("Bell 1999",)), highlight=find("strike"))
    said = replace(answer("And herons?"), citations=(answer().citations[0], reporting), completed="What do herons do?")
    told = turns or (Turn("And herons?", said, key="a"), Turn("Two?", refusal("Two?"), key="b"), Turn("3", error="e"))
    return conversation_of(told, DOCUMENTS, at="2026-01-02T03:04:05+00:00")


class Tags(HTMLParser):
    def __init__(self, html: str) -> None:
        super().__init__()
        self.tags: list[str] = []
        self.text = ""
        self.addresses: list[str] = []
        self.feed(html)

    def handle_starttag(self, tag, attrs):
        self.tags.append(tag)
        self.addresses += [value for name, value in attrs if name in ("href", "src")]

    def handle_data(self, data):
        self.text += data


def rendered(markdown: str) -> Tags:
    return Tags(
        MarkdownIt("commonmark", {"html": True, "linkify": False}).enable(["table", "strikethrough"]).render(markdown)
    )


def test_markdown_has_each_quote_with_its_whole_citation():
    file = export_conversation(conversation(), DOCUMENTS, "markdown")
    assert (file["name"], file["type"]) == ("and-herons.md", "text/markdown")
    shown = rendered(file["text"])
    start, end = find("They strike & eat.")
    quoted = (
        "[2] “They strike & eat.” (On Herons, Ada Fowler · HABITS › Hunting · p. 2 · "
        f"characters {start}–{end} · reporting Bell 1999)"
    )
    assert quoted in shown.text
    assert "Understood as: What do herons do?" in shown.text
    assert "Fowler, A. (n.d.). On Herons." in shown.text
    assert "The document does not say." in shown.text
    assert "Not answered: e" in shown.text
    assert shown.tags.count("h2") == 4
    assert shown.tags.count("li") == 3


def test_html_is_one_page_that_loads_nothing_and_leads_from_marker_to_quote():
    file = export_conversation(conversation(), DOCUMENTS, "html")
    page = Tags(file["text"])
    assert "default-src 'none'" in file["text"]
    assert page.addresses == ["#q1-1", "#q1-2"]
    assert 'id="q1-2"' in file["text"]
    assert "They <strong>strike</strong> &amp; eat." in file["text"]
    assert "HABITS › Hunting · p. 2" in page.text
    assert "reporting Bell 1999" in page.text
    assert "Fowler, A. (n.d.). On Herons." in page.text
    assert not {"script", "img", "link", "iframe"} & set(page.tags)


def test_json_is_read_back():
    kept = conversation()
    file = export_conversation(kept, DOCUMENTS, "json")
    assert conversation_record(read_conversation(json.loads(file["text"]))) == conversation_record(kept)
    assert json.loads(file["text"])["documents"][0]["sha256"] == "0" * 64


@pytest.mark.parametrize("form", ["markdown", "html"])
def test_hostile_text_is_text(form):
    first, second = answer().citations
    first = replace(first, quote=EVIL, section=(EVIL,), document=EVIL, voice=Voice("quotation", (EVIL,)))
    said = replace(
        answer(EVIL), text=f"{EVIL} [1]\n\n=====\n---\n1. x\n- y\n    code", completed=EVIL,
        citations=(first, second),
    )  # fmt: skip
    kept = conversation_of([Turn(EVIL, said, key="a")], DOCUMENTS, at=EVIL)
    text = export_conversation(kept, {}, form)["text"]
    page = rendered(text) if form == "markdown" else Tags(text)
    assert not {"img", "script", "code", "pre", "em", "hr", "table"} & set(page.tags)
    assert [address for address in page.addresses if not address.startswith("#")] == []
    assert page.tags.count("h1") == 1
    assert page.tags.count("h2") == 2
    assert " ".join(EVIL.split()) in page.text
    assert form == "html" or "http://" not in text.replace("http\\://", "")


def test_a_quote_that_no_longer_stands_says_so():
    for form in ("markdown", "html"):
        assert "changed or removed since" not in export_conversation(conversation(), DOCUMENTS, form)["text"]
        assert export_conversation(conversation(), {}, form)["text"].count("changed or removed since") == 2


@pytest.mark.parametrize(
    ("asked", "name"), [("../../etc/passwd", "etc-passwd"), ("???", "conversation"), ("中文?", "中文")]
)
def test_a_file_is_named_by_the_question_and_nothing_else(asked, name):
    file = export_conversation(conversation(Turn(asked, error="e")), DOCUMENTS, "json")
    assert file["name"] == f"{name}.json"
