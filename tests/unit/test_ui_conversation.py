"""The conversation's HTML: markers that open the source, refusals, errors; nothing of the document as markup."""

import re
from dataclasses import replace

import pytest
from ui_samples import answer, document, find, refusal

from answer import WITHHELD
from core.records import Voice
from ui.conversation import Turn, conversation_html, welcome_html
from ui.markers import marker_spans

DOCUMENTS = {"herons": document()}


def buttons(html: str, kind: str) -> list[str]:
    return re.findall(rf'<button type="button" class="{kind}"[^>]*>', html)


def test_markers_carry_the_offsets_of_their_quotes():
    html = conversation_html([Turn("q", answer())], DOCUMENTS)
    first, second = buttons(html, "ibid-marker")
    start, end = find("They strike & eat.")
    assert f'data-start="{start}" data-end="{end}"' in second
    assert 'data-section="HABITS › Hunting" data-page="1"' in first
    assert 'aria-label="Citation 1: HABITS › Hunting · p. 1. Show it in the source"' in first


def test_citations_are_listed_below_with_quote_and_place():
    html = conversation_html([Turn("q", answer())], DOCUMENTS)
    assert len(buttons(html, "ibid-source")) == 2
    assert '<span class="ibid-quote">Herons &lt;b&gt;wait&lt;/b&gt;.<sup>1</sup></span>' in html
    assert (
        '<span class="ibid-place"><span class="ibid-verbatim">verbatim</span> · HABITS › Hunting · p. 2</span>' in html
    )


def test_a_quote_that_the_source_no_longer_has_is_not_called_verbatim_and_opens_nothing():
    said = answer()
    for documents in ({}, {"herons": replace(document(), text="other")}):
        html = conversation_html([Turn("q", said)], documents)
        assert "verbatim" not in html
        assert html.count("The document was changed or removed since") == 2
        assert not buttons(html, "ibid-(?:marker|source)")
        assert "Herons &lt;b&gt;wait&lt;/b&gt;." in html


@pytest.mark.parametrize(("confidence", "word"), [(0.95, "Likely"), (0.5, "Unsure")])
def test_an_answer_says_how_sure_it_is(confidence, word):
    html = conversation_html([Turn("q", replace(answer(), confidence=confidence))], DOCUMENTS)
    assert f"<strong>{word}</strong>" in html
    assert "ibid-sure" not in conversation_html([Turn("q", refusal())], DOCUMENTS)


def test_a_citation_that_reports_says_whom():
    said = answer()
    first = replace(said.citations[0], voice=Voice("reported", ("Bell & Ash 1999",)))
    html = conversation_html([Turn("q", replace(said, citations=(first, said.citations[1])))], DOCUMENTS)
    assert html.count('class="ibid-voice"') == 1
    assert '<span class="ibid-voice">reporting Bell &amp; Ash 1999</span></button>' in html


def test_a_refusal_of_withheld_quotes_does_not_say_that_the_document_is_silent():
    html = conversation_html([Turn("q", replace(refusal("q"), text=WITHHELD, reason=WITHHELD))], DOCUMENTS)
    assert WITHHELD in html
    assert "not say" not in html


def test_questions_and_errors_are_escaped():
    html = conversation_html([Turn("<i>q</i>", error="no <u>")], DOCUMENTS)
    assert "&lt;i&gt;q&lt;/i&gt;" in html
    assert '<p class="ibid-error" role="alert">no &lt;u&gt;</p>' in html


def test_a_follow_up_is_shown_in_its_completed_form():
    said = replace(answer(), completed="How many <eggs> do herons lay?")
    shown = conversation_html([Turn("And herons?", said), Turn("Why?", answer())], {"herons": document()})
    assert shown.count("Understood as: ") == 1
    assert "Understood as: How many &lt;eggs&gt; do herons lay?" in shown


def test_a_figure_in_brackets_inside_a_quote_is_no_marker():
    plain = answer()
    cited = replace(plain.citations[0], quote="as shown [1] before", marker=1)
    quoting = replace(plain, text="as shown [1] before [1]", citations=(cited,))
    assert [span for span, _ in marker_spans(quoting)] == [(20, 23)]


def test_while_it_streams_only_what_is_shown_stands_there():
    html = conversation_html([Turn("q", answer())], DOCUMENTS, shown=6)
    assert "<p>Herons</p>" in html
    assert 'aria-busy="true"' in html
    assert not buttons(html, "ibid-(?:marker|source)")


def test_only_the_last_turn_streams():
    html = conversation_html([Turn("q", answer()), Turn("r", answer())], DOCUMENTS, shown=0)
    assert len(buttons(html, "ibid-marker")) == 2


def test_refusal_says_so_and_offers_the_nearest_passage():
    html = conversation_html([Turn("q", refusal())], DOCUMENTS)
    assert "<strong>The document does not say.</strong> It never uses the word ‘owls’." in html
    (nearest,) = buttons(html, "ibid-source")
    start, end = find("Herons <b>wait</b>.1 They strike & eat.")
    assert f'data-start="{start}" data-end="{end}"' in nearest


def test_a_refusal_speaks_of_those_that_were_asked_which_may_be_one_of_several():
    documents = {"herons": document(), "other": document("other", "On Owls")}
    one = refusal()
    several = replace(one, text=one.text.replace("document does", "documents do"))
    for answered, head in ((one, "The document does not say."), (several, "The documents do not say.")):
        html = conversation_html([Turn("q", answered)], documents)
        assert f"<p><strong>{head}</strong> It never uses the word ‘owls’.</p>" in html


def test_with_several_documents_the_title_is_named():
    documents = {"herons": document(), "other": document("other", "On Owls")}
    html = conversation_html([Turn("q", refusal())], documents)
    assert '<span class="ibid-place">On Herons · HABITS › Hunting · p. 1</span>' in html


def test_welcome_names_the_document_and_offers_the_examples():
    html = welcome_html(DOCUMENTS, ["What <is> it?"])
    assert "Ask <cite>On Herons</cite>" in html
    assert '<button type="button" class="ibid-example">What &lt;is&gt; it?</button>' in html
    assert "Ask 2 documents" in welcome_html({"a": document(), "b": document()}, [])
