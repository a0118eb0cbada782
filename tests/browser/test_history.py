"""Conversations that the browser keeps, and links that open one again: wide and narrow, by mouse and keyboard."""

import json
import re

import pytest
from playwright.sync_api import Page, expect

from tests.browser.asking import ANSWERED, SLOW, ask, open_tab

OTHER = "How long is the Golden Canal?"
HOSTILE = 'Who dug <img src=x onerror="alert(1)"> the ponds of Trebon?'


def begin_anew(page: Page) -> None:
    page.get_by_role("button", name="Clear").click()
    expect(page.locator(".ibid-welcome")).to_be_visible()


def names(page: Page) -> list[str]:
    return page.locator(".ibid-talk:visible .ibid-talk-name").all_inner_texts()


def link_of(page: Page) -> str:
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    button = page.locator("[data-link]").last
    button.click()
    expect(button).to_have_text("Copied")
    return page.evaluate("navigator.clipboard.readText()")


@pytest.mark.parametrize("screen", [(1440, 900, "light"), (390, 844, "dark")])
def test_conversations_are_found_renamed_deleted_and_opened_after_a_reload(ponds_url, open_page, shots, screen):
    width, height, scheme = screen
    page = open_page(ponds_url, width=width, height=height, scheme=scheme)
    open_tab(page, "History")
    expect(page.locator(".ibid-no-talks")).to_be_visible()
    page.screenshot(path=shots / f"history-empty-{width}.png")
    open_tab(page, "Ask")
    ask(page, HOSTILE)
    begin_anew(page)
    ask(page, OTHER)
    expect(page.locator(".ibid-answer")).to_contain_text("48 kilometres")
    open_tab(page, "History")
    expect(page.locator(".ibid-talk")).to_have_count(2)
    page.reload()
    page.wait_for_selector(".ibid-welcome")
    open_tab(page, "History")
    expect(page.locator(".ibid-talk")).to_have_count(2)
    assert names(page) == [OTHER, HOSTILE]
    assert page.locator("#ibid-history img").count() == 0
    page.screenshot(path=shots / f"history-{width}-{scheme}.png")
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    search = page.get_by_role("searchbox", name="Search")
    search.fill("KILOMETRES 48")
    assert names(page) == [OTHER]
    expect(page.locator("#ibid-history .ibid-matching")).to_have_text("1 conversation")
    search.fill("")
    page.get_by_role("button", name="Rename").last.click()
    page.get_by_label("Name", exact=True).fill("Krcin <b>")
    page.screenshot(path=shots / f"history-rename-{width}-{scheme}.png")
    page.keyboard.press("Enter")
    expect(page.locator(".ibid-reopen").last).to_be_focused()
    assert names(page) == [OTHER, "Krcin <b>"]
    page.get_by_role("button", name="Delete").first.click()
    expect(page.get_by_role("button", name="Undo")).to_be_focused()
    assert names(page) == ["Krcin <b>"]
    page.screenshot(path=shots / f"history-undo-{width}-{scheme}.png")
    page.keyboard.press("Enter")
    expect(page.locator(".ibid-talk")).to_have_count(2)
    page.get_by_role("button", name=re.compile("^Krcin <b>")).click()
    expect(page.get_by_role("tab", name="Ask")).to_have_attribute("aria-selected", "true")
    expect(page.locator(".ibid-turn .ibid-question")).to_contain_text(HOSTILE)
    open_tab(page, "History")
    page.get_by_role("button", name=re.compile(f"^{re.escape(OTHER)}")).click()
    page.get_by_role("button", name=re.compile("^Citation 1")).first.click()
    expect(page.locator(".ibid-scroll mark").first).to_be_in_viewport()
    page.screenshot(path=shots / f"history-reopened-{width}-{scheme}.png")


def slow_down(page: Page, path: str, ms: int) -> None:
    """Let the first thing that the page posts there wait before it is sent."""
    page.evaluate(
        """([path, ms]) => {
          const send = window.fetch;
          let waited = false;
          window.fetch = async (to, ...rest) => {
            const waits = !waited && String(to?.url ?? to).includes(path);
            waited ||= waits;
            if (waits) await new Promise((done) => setTimeout(done, ms));
            return send(to, ...rest);
          };
        }""",
        [path, ms],
    )


def test_what_is_asked_while_a_conversation_opens_is_asked_on_it(ponds_url, open_page):
    page = open_page(ponds_url)
    ask(page, ANSWERED)
    begin_anew(page)
    open_tab(page, "History")
    slow_down(page, "queue/join", 1500)
    page.locator(".ibid-reopen").first.click()
    box = page.get_by_role("textbox", name="Your question")
    box.fill(OTHER)
    box.press("Enter")
    expect(page.locator(".ibid-turn[aria-busy=false] .ibid-question")).to_have_count(2, timeout=SLOW)
    assert [OTHER in told for told in page.locator(".ibid-turn .ibid-question").all_inner_texts()] == [False, True]
    expect(page.locator(".ibid-turn").last).to_contain_text("48 kilometres")
    expect(box).to_have_value("")


def test_what_is_written_before_the_answer_comes_stays_in_the_box(ponds_url, open_page):
    page = open_page(ponds_url)
    slow_down(page, "queue/join", 800)
    box = page.get_by_role("textbox", name="Your question")
    box.fill(ANSWERED)
    box.press("Enter")
    box.press_sequentially("And where?")
    expect(page.locator(".ibid-turn[aria-busy=false] .ibid-question")).to_contain_text(ANSWERED, timeout=SLOW)
    expect(box).to_have_value("And where?")
    box.press("Enter")
    expect(page.locator(".ibid-turn[aria-busy=false]")).to_have_count(2, timeout=SLOW)
    expect(box).to_have_value("")


def test_one_that_goes_on_stays_one_and_keeps_its_name(ponds_url, open_page):
    page = open_page(ponds_url)
    ask(page, ANSWERED)
    open_tab(page, "History")
    page.get_by_role("button", name="Rename").click()
    page.get_by_label("Name", exact=True).fill("Ponds")
    page.get_by_role("button", name="Save").click()
    page.reload()
    page.wait_for_selector(".ibid-welcome")
    open_tab(page, "History")
    page.get_by_role("button", name=re.compile("^Ponds")).click()
    expect(page.locator(".ibid-turn .ibid-question")).to_contain_text(ANSWERED)  # opening it ends a question in flight
    ask(page, OTHER)
    open_tab(page, "History")
    expect(page.locator(".ibid-talk-told")).to_contain_text("2 questions")
    assert names(page) == ["Ponds"]


@pytest.mark.parametrize(("form", "ending"), [("Markdown", "md"), ("HTML", "html"), ("JSON", "json")])
def test_it_is_exported_with_its_citations(ponds_url, open_page, form, ending):
    page = open_page(ponds_url)
    ask(page, ANSWERED)
    open_tab(page, "History")
    menu = page.locator("#ibid-history summary")
    menu.focus()
    page.keyboard.press("Enter")
    with page.expect_download() as waited:
        page.get_by_role("button", name=form).press("Enter")
    assert waited.value.suggested_filename == f"who-dug-the-ponds-of-trebon.{ending}"
    text = waited.value.path().read_text(encoding="utf-8")
    assert "dug by Jakub Krcin in 1584." in text
    assert "Ponds of Trebon. (n.d.)" in text or "The Ponds of Trebon" in text
    if ending == "json":
        assert json.loads(text)["turns"][0]["citations"][0]["start"] > 0
    expect(menu).to_be_focused()


@pytest.mark.parametrize("screen", [(1440, 900, "dark"), (390, 844, "light")])
def test_a_link_opens_the_question_its_answer_and_the_quoted_words(ponds_url, open_page, shots, screen):
    width, height, scheme = screen
    page = open_page(ponds_url)
    ask(page, ANSWERED)
    link = link_of(page)
    assert link.startswith(f"{ponds_url}?ask=Who+dug+the+ponds+of+Trebon%3F&quote=")
    teacher = open_page(ponds_url, width=width, height=height, scheme=scheme)
    teacher.goto(link)
    expect(teacher.locator(".ibid-turn[aria-busy=false] .ibid-question")).to_contain_text(ANSWERED, timeout=120_000)
    expect(teacher.locator(".ibid-scroll mark").first).to_be_in_viewport()
    assert "dug by Jakub Krcin in 1584." in "".join(teacher.locator(".ibid-scroll mark").all_inner_texts())
    teacher.wait_for_timeout(600)
    teacher.screenshot(path=shots / f"link-{width}-{scheme}.png")
    if width < 860:
        teacher.get_by_role("button", name="← Back").click()
        teacher.screenshot(path=shots / f"link-back-{width}-{scheme}.png")
    expect(teacher.locator(".ibid-link")).to_contain_text("Opened from a link.")
    expect(teacher.locator(".ibid-answer")).to_contain_text("Jakub Krcin")
    assert teacher.url == ponds_url
    assert teacher.evaluate("document.documentElement.scrollWidth") <= width
    open_tab(teacher, "History")
    assert names(teacher) == [ANSWERED]


@pytest.mark.parametrize(
    ("query", "told"),
    [
        (
            "?ask=Who+dug+the+ponds+of+Trebon%3F&quote=gone%3Cb%3E%3A3-9&check=000000000000",
            "‘gone<b>’, which is not here",
        ),
        ("?ask=Who+dug+the+ponds+of+Trebon%3F&quote=ponds%3A3-9&check=000000000000", "changed since"),
        ("?ask=Who&quote=%3Cscript%3E&check=1", "cannot be read"),
        (f"?ask={'x' * 600}", "600 characters"),
    ],
)
def test_a_link_that_does_not_hold_says_so(ponds_url, open_page, shots, query, told):
    page = open_page(ponds_url)
    page.goto(ponds_url + query)
    expect(page.locator(".ibid-link")).to_contain_text(told, timeout=120_000)
    page.screenshot(path=shots / "link-broken.png")


def test_the_oldest_makes_room_and_what_cannot_be_read_does_no_harm(ponds_url, open_page, shots):
    page = open_page(ponds_url)
    page.evaluate("""() => {
        for (let i = 0; i < 100; i++) {
            const at = new Date(Date.UTC(2020, 0, 1 + i)).toISOString();
            const talk = { ibid: 1, id: `old${i}`, name: `Old ${i}`, at, turns: [{ question: "q" }], documents: [] };
            localStorage.setItem(`ibid-talk:ponds:old${i}`, JSON.stringify(talk));
        }
        localStorage.setItem("ibid-talk:ponds:broken", "{");
    }""")
    ask(page, ANSWERED)
    open_tab(page, "History")
    expect(page.locator(".ibid-talk")).to_have_count(100)
    expect(page.locator(".ibid-history-said")).to_contain_text("‘Old 0’ and what was older made room")
    assert names(page)[0] == ANSWERED
    assert names(page)[-1] == "Old 1"
    page.screenshot(path=shots / "history-full.png")
    page.get_by_role("button", name=re.compile("^Old 99")).click()
    expect(page.get_by_role("alert")).to_contain_text("this conversation cannot be read")


def test_by_keyboard_alone(ponds_url, open_page):
    page = open_page(ponds_url)
    ask(page, ANSWERED)
    page.get_by_role("tab", name="Ask").focus()
    page.keyboard.press("ArrowLeft")
    expect(page.get_by_role("tab", name="History")).to_be_focused()
    search = page.get_by_role("searchbox", name="Search")
    search.focus()
    page.keyboard.press("Tab")
    expect(page.locator(".ibid-reopen")).to_be_focused()
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    expect(page.get_by_label("Name", exact=True)).to_be_focused()
    page.keyboard.press("Escape")
    expect(page.get_by_role("button", name="Rename")).to_be_focused()
    page.keyboard.press("Shift+Tab")
    page.keyboard.press("Enter")
    expect(page.get_by_role("tab", name="Ask")).to_have_attribute("aria-selected", "true")
