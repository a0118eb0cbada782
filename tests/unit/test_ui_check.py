"""A checked text as HTML, the example to try, and the frames of a check."""

import re
from dataclasses import replace
from html import unescape

import pytest
from ui_samples import TEXT, document, find

from answer import sentences_to_check
from core.errors import InputError
from core.records import Block, BlockKind, CheckedClaim, Citation, CitedSource, Difference, Document, Verdict
from ui.check_example import example_text
from ui.check_view import check_html, difference_words, error_html, intro_html, progress_html
from ui.engine import Engine
from ui.tabs.check import check_frames

WRITTEN = "On birds\n\nHerons <i>wait</i> for 3 days. They strike & eat. Owls sleep all day.\n\nDo they?"
STRIKE = find("They strike & eat.")


def claim(text: str, verdict: Verdict, *, cited: bool = False, **fields) -> CheckedClaim:
    quote = Citation(1, "herons", ("HABITS",), 2, TEXT[slice(*STRIKE)], *STRIKE, "herons:0")
    start = WRITTEN.index(text)
    return CheckedClaim(
        text, start, start + len(text), verdict, (quote,) * cited, fields.pop("differences", ()), **fields
    )


CLAIMS = (
    claim(
        "Herons <i>wait</i> for 3 days.", Verdict.CONTRADICTED, cited=True,
        differences=(Difference("number", "3 days", "eat"), Difference("denial", "a denial", "no denial")),
    ),
    claim("They strike & eat.", Verdict.SUPPORTED, cited=True, unsaid=("strike", "<b>")),
    claim("Owls sleep all day.", Verdict.NOT_FOUND),
)  # fmt: skip


def report(claims=CLAIMS, *, done=True, documents=None) -> str:
    documents = {"herons": document()} if documents is None else documents
    return check_html(sentences_to_check(WRITTEN), claims, documents, text=WRITTEN, done=done)


def plain(html: str) -> str:
    return unescape(" ".join(re.sub(r"<[^>]*>", " ", html).split()))


def test_each_sentence_stands_in_order_with_its_verdict_in_words_and_sign():
    rows = re.findall(r'<li class="ibid-claim( ibid-new)?" data-verdict="([a-z-]+)"><p [^>]*>(.*?)</p>', report())
    assert [(bool(new), word, plain(label)) for new, word, label in rows] == [
        (False, "skipped", "– not checked"),
        (True, "contradicted", "✗ contradicted"),
        (False, "supported", "✓ supported"),
        (False, "not-found", "? not found"),
        (True, "skipped", "– not checked"),
    ]


def test_the_counts_stand_on_top_and_none_is_no_button_to_press():
    html = report(CLAIMS[1:])
    assert "✓ 1 supported ✗ 0 contradicted ? 1 not found – 2 not checked" in plain(html)
    assert re.search(r'data-verdict="contradicted" aria-pressed="false" disabled>', html)
    assert not re.search(r'data-verdict="supported" aria-pressed="false" disabled>', html)


def test_what_is_not_checked_yet_waits():
    html = report(CLAIMS[:1], done=False)
    assert 'aria-busy="true"' in html and 'role="status"' not in html
    assert html.count('data-verdict="waiting"') == 2


def test_what_differs_is_named_and_stressed_on_both_sides():
    html = report()
    assert "You wrote 3 days, the text says eat. You deny what the text says." in plain(html)
    assert "Herons &lt;i&gt;wait&lt;/i&gt; for <strong>3 days</strong>." in html
    assert "They strike &amp; <strong>eat</strong>." in html
    assert difference_words(Difference("denial", "no denial", "a denial")) == "the text denies this"


def test_a_quote_opens_the_reader_at_its_words():
    start, end = STRIKE
    assert (
        f'data-document="herons" data-start="{start}" data-end="{end}" data-section="HABITS" data-page="2"' in report()
    )
    assert "HABITS · p. 2" in report()


def test_stress_never_reaches_into_tags_or_entities():
    odd = tuple(Difference("name", "x", word) for word in ("span", "class", "amp", "ibid-quote"))
    html = report((claim("They strike & eat.", Verdict.CONTRADICTED, cited=True, differences=odd),))
    assert '<span class="ibid-quote">They strike &amp; eat.</span>' in html


def test_words_that_the_quote_does_not_have_are_told_and_all_is_escaped():
    html = report()
    assert "Not in the quote: <b>strike</b>, <b>&lt;b&gt;</b>." in html
    assert "<i>" not in html
    assert error_html("<script>") == '<p class="ibid-error" role="alert">&lt;script&gt;</p>'


def test_a_quote_of_a_document_that_has_gone_or_changed_is_left_out():
    for documents in ({}, {"herons": replace(document(), text=f"New. {TEXT}")}):
        assert "ibid-source" not in report(documents=documents).replace("ibid-sources", "")


def test_the_lines_around():
    assert "100,000 characters" in intro_html(100_000)
    assert plain(progress_html(2, 5)) == "2 of 5 checked"
    assert plain(progress_html(0, 0)) == "Nothing in this text is a claim."


def engine(check_each) -> Engine:
    unused = None
    return Engine(
        {"herons": document()},
        ask=unused,
        warm=unused,
        check_each=check_each,
        search=unused,
        check=unused,
        sources_for=unused,
    )


def test_a_check_begins_with_the_whole_text_and_ends_with_all_verdicts(monkeypatch):
    monkeypatch.setattr("ui.tabs.check.FRAME_SECONDS", 0)
    frames = list(check_frames(engine(lambda sentences: iter(CLAIMS)), WRITTEN))
    assert [plain(line) for line, _, _ in frames] == [f"{n} of 3 checked" for n in (0, 1, 2, 3, 3)]
    assert frames[0][1].count('data-verdict="waiting"') == 3
    assert frames[-1][1] == report()
    assert [done for _, _, done in frames] == [False] * 4 + [True]


@pytest.mark.parametrize(
    ("check_each", "text", "told"),
    [
        (None, " \n ", "there is nothing to check yet"),
        (None, "x" * 100_001, "100001 characters"),
    ],
)
def test_what_cannot_be_checked_is_one_line(check_each, text, told):
    line, html, done = list(check_frames(engine(check_each), text))[-1]
    assert told in line and "alert" in line
    assert html is None and done


def test_a_check_that_breaks_off_shows_what_it_had_found():
    def failing(sentences):
        yield CLAIMS[0]
        raise InputError("the index is gone")

    line, html, done = list(check_frames(engine(failing), WRITTEN))[-1]
    assert "the index is gone" in line and "alert" in line and done
    assert html == report(CLAIMS[:1], done=True)
    assert html.count('data-verdict="waiting"') == 2 and 'aria-busy="false"' in html


def essay(text: str, cited: tuple[str, ...] = ()) -> Document:
    block = Block(BlockKind.PARAGRAPH, 0, len(text), None, ())
    works = tuple(CitedSource((), "", "", raw, text.index(raw), text.index(raw) + len(raw), (0, 1)) for raw in cited)
    return Document("d", "T", (), "d.txt", text, (), (block,), (), "0", cited=works)


def test_the_example_keeps_one_sentence_and_changes_the_year_of_another():
    text = (
        "Too short. In 1990 the mill of the upper valley burnt (Bell 1991). The old mill stood beside the river for "
        "many years. In 1950 and 1951 the lower mill was closed by its owners. It was opened again by the town in 1987."
    )
    assert example_text([essay(text, ("(Bell 1991)",))]) == (
        "The old mill stood beside the river for many years. It was opened again by the town in 1990. "
        "The moon is made of green cheese."
    )


def test_the_example_is_never_empty_though_each_sentence_bears_a_citation():
    cited = essay("The old mill stood beside the river for many years (Bell 1999).", ("(Bell 1999)",))
    for documents in ([cited], [essay("Nothing fits.")], []):
        assert example_text(documents) == "The moon is made of green cheese."


def test_no_more_documents_are_read_than_the_example_needs():
    def documents():
        yield essay("The old mill stood beside the river for many years. It was opened again by the town in 1987.")
        raise AssertionError("not needed")

    assert "1990" in example_text(documents())
