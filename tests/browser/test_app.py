"""What a reader does: ask, click a marker, see the very words; on wide and narrow screens, by mouse and by keyboard."""

import re
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from tests.browser.asking import ask

QUESTION = "What is the name of China's quantum satellite?"
UNANSWERABLE = "How many penguins live in the zoo of Buenos Aires?"

HOSTILE = """# The Zebra <script>alert(1)</script> Report

## Opening {{#each value}}x{{/each}} ${alert(2)}

A first paragraph tells of astral signs 😀 𝒳𝒴 before it goes on. Quaggas <img src=x onerror="alert(3)"> graze
on the plains of the Karoo. See ![pixel](http://tracker.example/p.png) and [a link](javascript:alert(4)) for more.

Wildebeest & gnus &amp; others drink at the river, see [1] and [7], as `code` and $$x^2$$ show.
"""


def highlighted(page: Page) -> str:
    return "".join(page.locator(".ibid-scroll mark").all_inner_texts())


def squeezed(text: str) -> str:
    return re.sub(r"\s+", "", text)


def open_first_marker(page: Page) -> None:
    """Clicks [1] and asserts that the words of its quote, and no others, are marked and in view."""
    quote = page.locator(".ibid-answer").last.inner_text().split("[1]")[0]
    page.locator(".ibid-turn").last.get_by_role("button", name=re.compile("^Citation 1")).click()
    mark = page.locator(".ibid-scroll mark").first
    expect(mark).to_be_in_viewport()
    assert squeezed(highlighted(page)) == squeezed(quote).replace("¹", "1")


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_a_click_on_a_marker_highlights_the_quote(chapter_url, open_page, scheme, shots):
    page = open_page(chapter_url, scheme=scheme)
    ask(page, QUESTION)
    expect(page.locator(".ibid-answer")).to_contain_text("Micius")
    open_first_marker(page)
    expect(page.locator(".ibid-here")).to_contain_text("NATIONAL AMBITIONS")
    expect(page.locator(".ibid-here")).to_contain_text("p. 2")
    expect(page.locator(".ibid-sources .ibid-place").first).to_have_text("verbatim · NATIONAL AMBITIONS · p. 2")
    background = page.locator(".gradio-container").evaluate("e => getComputedStyle(e).backgroundColor")
    brightness = sum(map(int, re.findall(r"\d+", background)[:3])) / 3
    assert (brightness < 60) == (scheme == "dark")
    page.wait_for_timeout(700)  # the scroll is smooth
    page.screenshot(path=shots / f"wide-{scheme}.png")


def test_the_answer_appears_progressively_and_nothing_jumps(chapter_url, open_page):
    page = open_page(chapter_url)
    page.evaluate(
        """() => { window.lengths = new Set();
        new MutationObserver(() => { const e = document.querySelector('.ibid-answer');
        if (e) window.lengths.add(e.textContent.length); })
        .observe(document.querySelector('#ibid-chat'), {childList: true, subtree: true, characterData: true}); }"""
    )
    reader = page.locator(".ibid-scroll").bounding_box()
    ask(page, QUESTION)
    assert len(page.evaluate("[...window.lengths]")) >= 3
    open_first_marker(page)
    assert page.locator(".ibid-scroll").bounding_box() == reader
    assert page.evaluate("document.documentElement.scrollTop") == 0


def test_the_narrow_reader_opens_over_the_conversation_and_closes_again(chapter_url, open_page, shots):
    page = open_page(chapter_url, width=390, height=844)
    ask(page, QUESTION)
    expect(page.locator("#ibid-reader")).not_to_be_in_viewport()
    page.screenshot(path=shots / "narrow-answer.png")
    open_first_marker(page)
    page.wait_for_timeout(700)
    page.screenshot(path=shots / "narrow-reader.png")
    assert page.evaluate("document.documentElement.scrollWidth") <= 390
    page.keyboard.press("Escape")
    expect(page.locator("#ibid-reader")).not_to_be_visible()
    expect(page.locator(".ibid-marker").first).to_be_focused()


def test_the_keyboard_alone_does(chapter_url, open_page):
    page = open_page(chapter_url)
    example = page.locator(".ibid-example").first
    text = example.inner_text()
    example.focus()
    page.keyboard.press("Enter")
    expect(page.locator(".ibid-turn[aria-busy=false] .ibid-question")).to_contain_text(text, timeout=60_000)
    marker = page.locator(".ibid-marker").first
    marker.focus()
    assert marker.evaluate("e => getComputedStyle(e).outlineStyle") == "solid"
    page.keyboard.press("Enter")
    expect(page.locator(".ibid-scroll mark").first).to_be_in_viewport()
    expect(marker).to_be_focused()
    box = page.locator("#ibid-question")
    assert box.evaluate("e => getComputedStyle(e).overflow") == "visible"  # else the ring of its focus is cut off


def test_a_refusal_shows_the_nearest_passages_and_they_open(chapter_url, open_page, shots):
    page = open_page(chapter_url)
    ask(page, UNANSWERABLE)
    expect(page.locator(".ibid-refusal")).to_contain_text("The document does not say.")
    page.locator(".ibid-nearest .ibid-source").first.click()
    expect(page.locator(".ibid-scroll mark").first).to_be_in_viewport()
    page.wait_for_timeout(700)
    page.screenshot(path=shots / "refusal.png")


def test_a_question_that_cannot_be_asked_gets_one_plain_line(chapter_url, open_page):
    page = open_page(chapter_url)
    ask(page, " ")
    expect(page.get_by_role("alert")).to_contain_text("empty")
    page.get_by_role("button", name="Clear").click()
    expect(page.locator(".ibid-welcome")).to_be_visible()
    page.get_by_role("textbox", name="Your question").fill("x" * 100_000)
    page.get_by_role("button", name="Ask", exact=True).click()
    expect(page.get_by_role("alert")).to_contain_text("100000 characters", timeout=30_000)
    expect(page.get_by_role("textbox", name="Your question")).to_have_value("x" * 100_000)  # to be shortened
    expect(page.get_by_role("button", name="Retry")).to_have_count(0)


def test_an_app_that_does_not_answer_is_one_line_until_it_does(chapter_url, open_page, shots):
    page = open_page(chapter_url, width=390, height=844)
    ask(page, QUESTION)
    page.context.set_offline(True)
    box = page.get_by_role("textbox", name="Your question")
    box.fill("And when?")
    box.press("Enter")
    lost = page.locator(".ibid-lost")
    expect(lost).to_be_visible()
    expect(lost).to_contain_text("Ibid cannot be reached")
    expect(box).to_have_value("And when?")
    page.screenshot(path=shots / "lost.png")
    page.context.set_offline(False)
    expect(page.locator(".ibid-welcome")).to_be_visible(timeout=60_000)  # Gradio loads the page anew
    expect(lost).to_be_hidden()


def test_note_markers_lead_to_the_note_and_back(chapter_url, open_page):
    page = open_page(chapter_url)
    page.get_by_role("link", name="Note 2", exact=True).click()
    note = page.locator(".ibid-note[data-note='2']")
    expect(note).to_be_in_viewport()
    page.get_by_role("link", name="Back to the text of note 2").click()
    expect(page.get_by_role("link", name="Note 2", exact=True)).to_be_in_viewport()


def test_a_very_wide_screen_keeps_a_readable_line(chapter_url, open_page, shots):
    page = open_page(chapter_url, width=2560, height=1300)
    ask(page, QUESTION)
    open_first_marker(page)
    page.wait_for_timeout(700)
    page.screenshot(path=shots / "huge.png")
    paragraph = page.locator(".ibid-document p.ibid-block").nth(4)
    size = paragraph.evaluate("e => parseFloat(getComputedStyle(e).fontSize)")
    assert paragraph.bounding_box()["width"] / size < 40  # about 80 characters


@pytest.fixture(scope="session")
def hostile_url(start_app, tmp_path_factory) -> str:
    folder: Path = tmp_path_factory.mktemp("hostile")
    (folder / "zebra.txt").write_text(HOSTILE, encoding="utf-8")
    (folder / "other.md").write_text("# Aardvarks\n\nAardvarks dig burrows at night in Namibia.\n", encoding="utf-8")
    return start_app("hostile", folder)


def test_markup_in_a_document_shows_as_text_and_loads_nothing(hostile_url, open_page, shots):
    page = open_page(hostile_url)
    ask(page, "Where do quaggas graze?")
    answer = page.locator(".ibid-answer")
    expect(answer).to_contain_text('<img src=x onerror="alert(3)">')
    open_first_marker(page)
    source = page.locator(".ibid-scroll")
    expect(source).to_contain_text("![pixel](http://tracker.example/p.png) and [a link](javascript:alert(4))")
    expect(source).to_contain_text("<script>alert(1)</script>")
    expect(source).to_contain_text("{{#each value}}x{{/each}} ${alert(2)}")
    assert page.locator(".gradio-container :is(img, script, iframe)").count() == 0
    assert page.locator("#ibid-log a, .ibid-scroll a").count() == 0
    page.screenshot(path=shots / "hostile.png")


def test_the_cited_document_is_opened_and_signs_beyond_the_basic_plane_do_not_shift_the_mark(hostile_url, open_page):
    page = open_page(hostile_url)
    ask(page, "Where do aardvarks dig burrows?")
    open_first_marker(page)
    expect(page.get_by_role("combobox", name="Document")).to_have_value("other")
    ask(page, "What tells of astral signs?")
    open_first_marker(page)
    expect(page.get_by_role("combobox", name="Document")).to_have_value("zebra")
    page.get_by_role("combobox", name="Document").select_option("other")
    expect(page.locator(".ibid-scroll")).to_contain_text("Aardvarks dig burrows")
