"""What a reader does with an answer: copy it, rate it, see what stood behind it; step, find, jump in the source."""

import json
import re
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from tests.browser.asking import ANSWERED, ask

TWO_QUOTES = "Which fish live in the ponds of Trebon?"
REFUSED = "How many penguins did Antarctica export?"


def copied(page: Page) -> str:
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    return page.evaluate("navigator.clipboard.readText()")


def marked(page: Page) -> str:
    return " ".join("".join(page.locator(".ibid-scroll mark").all_inner_texts()).split())


def kept(home: Path, name: str) -> list[dict]:
    return [json.loads(line) for line in (home / name).read_text(encoding="utf-8").splitlines()]


def test_an_answer_is_copied_plain_and_with_citations(ponds_url, open_page):
    page = open_page(ponds_url)
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    ask(page, ANSWERED)
    expect(page.locator(".ibid-sure")).to_contain_text(re.compile("Likely|Unsure"))
    expect(page.locator(".ibid-sources .ibid-place").first).to_contain_text(re.compile("^verbatim · .*Building"))
    page.get_by_role("button", name="Copy", exact=True).click()
    expect(page.get_by_text("Copied").first).to_be_visible()
    assert "dug by Jakub Krcin in 1584." in copied(page)
    assert "[1]" not in copied(page)
    menu = page.locator(".ibid-cite summary")
    menu.focus()
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    expect(menu).to_have_text("Copied")
    expect(menu).to_be_focused()
    assert copied(page).startswith("“The ponds of Trebon were dug by Jakub Krcin in 1584.” (")
    menu.click()
    page.get_by_role("button", name="BibTeX").click()
    assert r"\autocite" in copied(page)
    menu.click()
    page.keyboard.press("Escape")
    expect(page.get_by_role("button", name="BibTeX")).not_to_be_visible()


def test_ratings_comments_and_wrong_passages_are_kept(ponds_url, open_page, app_home, shots):
    page = open_page(ponds_url)
    ask(page, ANSWERED)
    page.get_by_role("button", name="Not helpful").click()
    expect(page.get_by_role("button", name="Not helpful")).to_have_attribute("aria-pressed", "true")
    page.get_by_label(re.compile("Anything to add")).fill("too <b>short")
    page.get_by_role("button", name="Save").click()
    expect(page.locator(".ibid-said-line")).to_have_text("Thank you. Kept in feedback.jsonl.")
    expect(page.get_by_role("button", name="Not helpful")).to_be_focused()
    page.get_by_role("button", name="Wrong passage").click()
    box = page.get_by_label(re.compile("What should it have said"))
    expect(box).to_be_focused()
    page.screenshot(path=shots / "ask-wrong.png")
    box.fill("“Krcin was a steward of the Rosenberg family.”")
    page.get_by_role("button", name="Save").click()
    expect(page.locator(".ibid-said-line")).to_contain_text("wrong-passages-ponds.jsonl")
    of_it = [line["comment"] for line in kept(app_home, "feedback.jsonl") if line["question"] == ANSWERED]
    assert of_it[:2] == ["", "too <b>short"]
    (case,) = kept(app_home, "wrong-passages-ponds.jsonl")
    assert case["evidence"] == ["Krcin was a steward of the Rosenberg family"]


def test_what_was_considered_opens_in_the_reader_and_a_refusal_says_why(ponds_url, open_page, shots):
    page = open_page(ponds_url)
    ask(page, ANSWERED)
    opener = page.get_by_role("button", name="What was considered")
    opener.click()
    considered = page.get_by_role("list", name="Passages considered")
    expect(considered.locator(".ibid-scored").first).to_contain_text(re.compile(r"score \d.* found by "))
    considered.locator(".ibid-source").last.click()
    expect(page.locator(".ibid-scroll mark").first).to_be_in_viewport()
    page.screenshot(path=shots / "ask-considered.png")
    opener.click()
    expect(considered).not_to_be_visible()
    ask(page, REFUSED)
    page.get_by_role("button", name="Why refused").click()
    expect(page.locator(".ibid-panel-why")).to_contain_text(re.compile(r"Confidence \d+ of 100, .* under the \d+"))
    page.screenshot(path=shots / "ask-why.png")


def test_retry_answers_again_in_the_same_place(ponds_url, open_page):
    page = open_page(ponds_url)
    ask(page, ANSWERED)
    ask(page, REFUSED)
    before = page.locator(".ibid-turn").first.get_attribute("data-key")
    page.locator(".ibid-turn").first.get_by_role("button", name="Retry").click()
    expect(page.locator(f".ibid-turn[data-key='{before}']")).to_have_count(0)
    expect(page.locator(".ibid-turn[aria-busy=false]").first).to_contain_text("Jakub Krcin", timeout=60_000)
    expect(page.locator(".ibid-turn")).to_have_count(2)


def test_what_to_ask_next_is_offered_and_answered(ponds_url, open_page, shots):
    page = open_page(ponds_url)
    ask(page, ANSWERED)
    offered = page.locator(".ibid-next .ibid-example")
    expect(offered.first).to_be_visible(timeout=60_000)
    page.screenshot(path=shots / "ask-next.png")
    question = offered.first.inner_text()
    offered.first.click()
    expect(page.locator(".ibid-turn[aria-busy=false] .ibid-question").last).to_contain_text(question, timeout=60_000)
    expect(page.locator(".ibid-turn").last.locator(".ibid-refusal")).to_have_count(0)


def test_next_and_previous_citation_by_button_and_key(ponds_url, open_page, shots):
    page = open_page(ponds_url)
    ask(page, TWO_QUOTES)
    quotes = [" ".join(text.split()) for text in page.locator(".ibid-turn .ibid-sources .ibid-quote").all_inner_texts()]
    assert len(quotes) > 1
    page.get_by_role("button", name=re.compile("^Citation 1")).first.click()
    expect(page.locator(".ibid-step")).to_have_text(f"1 of {len(quotes)}")
    assert marked(page) == quotes[0]
    page.get_by_role("button", name="Next citation").click()
    expect(page.locator(".ibid-step")).to_have_text(f"2 of {len(quotes)}")
    assert marked(page) == quotes[1]
    page.locator(".ibid-scroll").focus()
    page.keyboard.press("p")
    expect(page.locator(".ibid-step")).to_have_text(f"1 of {len(quotes)}")
    page.keyboard.press("p")
    expect(page.locator(".ibid-step")).to_have_text(f"{len(quotes)} of {len(quotes)}")
    expect(page.locator(".ibid-source.ibid-open .ibid-number")).to_have_text(str(len(quotes)))
    page.screenshot(path=shots / "ask-steps.png")


@pytest.mark.parametrize(("width", "scheme"), [(1440, "light"), (390, "dark")])
def test_find_counts_steps_and_leaves_the_marks_whole(ponds_url, open_page, shots, width, scheme):
    page = open_page(ponds_url, width=width, scheme=scheme)
    ask(page, ANSWERED)
    page.get_by_role("button", name=re.compile("^Citation 1")).first.click()
    expect(page.locator(".ibid-scroll mark").first).to_be_visible()
    before = marked(page)
    page.locator(".ibid-scroll").focus()
    page.keyboard.press("Control+f")
    box = page.get_by_role("searchbox", name="Find in the source")
    expect(box).to_be_focused()
    box.fill("ROSENBERG  f")
    count = page.locator(".ibid-matches")
    expect(count).to_have_text(re.compile("^. of 3$"))
    at = count.inner_text()
    box.press("Enter")
    expect(count).not_to_have_text(at)
    box.press("Shift+Enter")
    expect(count).to_have_text(at)
    assert marked(page) == before
    page.screenshot(path=shots / f"ask-find-{width}.png")
    box.fill("zebra")
    expect(count).to_have_text("Not found")
    box.press("Escape")
    expect(box).not_to_be_visible()
    expect(page.get_by_role("button", name="Find", exact=True)).to_be_focused()
    assert page.evaluate("document.documentElement.scrollWidth") <= width


def test_the_contents_lead_to_a_heading_by_keyboard(ponds_url, open_page, shots):
    page = open_page(ponds_url, height=500)
    page.get_by_role("button", name="Contents").focus()
    page.keyboard.press("Enter")
    contents = page.get_by_role("navigation", name="Contents")
    expect(contents.get_by_role("button", name="Harvest")).to_be_visible()
    page.screenshot(path=shots / "ask-contents.png")
    contents.get_by_role("button", name="Building").focus()
    page.keyboard.press("ArrowDown")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    expect(contents).not_to_be_visible()
    heading = page.locator(".ibid-document :is(h2, h3, h4)", has_text="Harvest")
    expect(heading).to_be_focused()
    expect(heading).to_be_in_viewport()


def test_on_a_phone_the_tools_fit(ponds_url, open_page, shots):
    page = open_page(ponds_url, width=390, height=844)
    ask(page, TWO_QUOTES)
    page.screenshot(path=shots / "ask-phone.png")
    page.get_by_role("button", name=re.compile("^Citation 1")).first.click()
    page.get_by_role("button", name="Next citation").click()
    expect(page.locator(".ibid-step")).to_have_text(re.compile("^2 of"))
    page.get_by_role("button", name="Contents").click()
    page.screenshot(path=shots / "ask-phone-reader.png")
    page.keyboard.press("Escape")
    expect(page.get_by_role("navigation", name="Contents")).not_to_be_visible()
    expect(page.locator("#ibid-reader")).to_be_visible()
    assert page.evaluate("document.documentElement.scrollWidth") <= 390
