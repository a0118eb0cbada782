"""Where an answer's text is bold, and which lists follow it."""

import re
from dataclasses import replace

from rich.console import Console
from ui_samples import answer, document, find

from core.records import Answer, Citation
from ui.conversation import Turn, conversation_html
from ui.markers import bold_spans, item_groups
from ui.terminal import show_answer


def lit() -> Answer:
    """The sample with 'wait' highlighted in its first quote."""
    said = answer()
    first = replace(said.citations[0], highlight=find("<b>wait</b>"))
    return replace(said, citations=(first, said.citations[1]))


def listed() -> Answer:
    """The sample with two items in its second quote."""
    said = answer()
    second = replace(said.citations[1], items=(find("strike"), find("eat")))
    return replace(said, citations=(said.citations[0], second))


def rows() -> Answer:
    """Two rows of a table, each with a cell for its item, the first with one highlighted."""
    quotes = ("ash\t1\t1", "elm\t2\t3")
    citations = tuple(
        Citation(i, "herons", (), None, q, 100 * i, 100 * i + len(q), "p", highlight=(100 * i + 6, 100 * i + 7),
                 items=((100 * i, 100 * i + 3),))
        for i, q in enumerate(quotes, start=1)
    )  # fmt: skip
    text = "Tree: ash | Age: 1 | Rank: 1 [1] Tree: elm | Age: 2 | Rank: 3 [2]"
    return replace(answer(), text=text, citations=citations)


def test_what_is_highlighted_is_bold_behind_a_raised_marker_too():
    said = lit()
    assert [said.text[slice(*span)] for span in bold_spans(said)] == ["<b>wait</b>"]
    raised = replace(said, citations=(replace(said.citations[0], highlight=find("1")), said.citations[1]))
    assert [raised.text[slice(*span)] for span in bold_spans(raised)] == ["¹"]


def test_a_cell_is_bold_behind_the_name_of_its_own_column():
    assert bold_spans(rows()) == ((27, 28), (60, 61))


def test_a_quote_that_the_text_does_not_show_is_not_bold():
    assert bold_spans(replace(lit(), text="Other words. [1] [2]")) == ()


def test_rows_make_one_list_and_one_item_makes_none():
    said = rows()
    assert [[c.marker for c, _ in items] for items in item_groups(said).values()] == [[1, 2]]
    assert list(item_groups(said)) == [2]
    assert item_groups(replace(said, citations=said.citations[:1])) == {}


def test_the_app_sets_the_span_in_bold_while_it_streams_too():
    documents = {"herons": document()}
    bold = "<strong>&lt;b&gt;wait&lt;/b&gt;</strong>"
    assert bold in conversation_html([Turn("q", lit())], documents)
    assert "<strong>&lt;b&gt;w</strong>" in conversation_html([Turn("q", lit())], documents, shown=11)


def test_the_app_shows_items_as_buttons_that_open_at_them():
    html = conversation_html([Turn("q", listed())], {"herons": document()})
    start, end = find("strike")
    assert html.count('class="ibid-item"') == 2
    assert f'data-start="{start}" data-end="{end}" data-section="HABITS › Hunting" data-page="2" ' in html
    assert ">strike</button>" in html
    assert "<p><ul" not in html


def test_the_terminal_shows_bold_and_bullets():
    console = Console(width=80, force_terminal=True, color_system="standard", record=True)
    with console.capture() as shown:
        show_answer(console, lit())
        show_answer(console, listed())
    assert "\x1b[1m<b>wait</b>\x1b[0m" in shown.get()
    assert "[2]\n  • strike\n  • eat\n\n[1]" in re.sub(r"\x1b\[[\d;]*m", "", shown.get())
