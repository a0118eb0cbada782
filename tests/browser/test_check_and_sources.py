"""Check a text and look through the cited sources: wide and narrow, light and dark, by mouse and keyboard."""

import json
import re
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from tests.browser.asking import open_tab

SLOW = 300_000  # ms; the first check waits for the models

MILLS = """# Mills of the Upper Valley

The old mill stood beside the river for many years (Bell 1999: 12). It was closed by its owners in 1987, as Dorn and Ash
(2004) tell. The lower mill <img src=x onerror="alert(1)"> ground barley for the town (Bell 1999; Émile 2010).
"""
ESSAY = """# My essay

The old mill stood beside the river for many years. It was closed by its owners in 1990. Zebras sing in the desert at
noon. Who knows why?
"""


@pytest.fixture(scope="session")
def mills_url(start_app, tmp_path_factory) -> str:
    folder: Path = tmp_path_factory.mktemp("mills")
    (folder / "mills.txt").write_text(MILLS, encoding="utf-8")
    return start_app("mills", folder)


def check(page: Page, text: str) -> None:
    page.get_by_role("textbox", name="Your text").fill(text)
    page.get_by_role("button", name="Check", exact=True).click()
    expect(page.locator(".ibid-check[aria-busy=false]")).to_be_visible(timeout=SLOW)


def rows(page: Page) -> list[list[str]]:
    works = page.locator(".ibid-works tr[data-name]:visible").all()
    return [[cell.strip() for cell in work.locator("th, td").all_inner_texts()] for work in works]


@pytest.mark.parametrize("screen", [(1440, 900, "light"), (390, 844, "dark")])
def test_each_sentence_gets_its_verdict_and_its_quote_opens(mills_url, open_page, shots, screen):
    width, height, scheme = screen
    page = open_page(mills_url, width=width, height=height, scheme=scheme)
    open_tab(page, "Check")
    check(page, ESSAY)
    assert [label.strip() for label in page.locator(".ibid-verdict").all_inner_texts()] == [
        "– not checked",
        "✓ supported",
        "✗ contradicted",
        "? not found",
        "– not checked",
    ]
    expect(page.locator(".ibid-differences")).to_have_text("You wrote 1990, the text says 1987.")
    page.wait_for_timeout(300)
    page.screenshot(path=shots / f"check-{width}-{scheme}.png")
    page.get_by_role("button", name="1 contradicted").click()
    expect(page.locator(".ibid-claim:visible")).to_have_count(1)
    quote = page.locator("#ibid-check .ibid-source:visible")
    quote.click()
    expect(page.get_by_role("tab", name="Ask")).to_have_attribute("aria-selected", "true")
    expect(page.locator(".ibid-scroll mark").first).to_be_in_viewport()
    assert "closed by its owners in 1987" in " ".join(page.locator(".ibid-scroll mark").all_inner_texts())
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    page.get_by_role("button", name="Back to Check" if width > 860 else "← Back", exact=False).first.click()
    expect(quote).to_be_focused()


def test_the_keyboard_alone_checks_an_example(mills_url, open_page):
    page = open_page(mills_url)
    page.get_by_role("tab", name="Ask").focus()
    page.keyboard.press("ArrowRight")
    expect(page.get_by_role("tab", name="Check")).to_be_focused()
    page.get_by_role("button", name="Try an example").focus()
    page.keyboard.press("Enter")
    box = page.get_by_role("textbox", name="Your text")
    expect(box).to_have_value(re.compile("green cheese"))
    box.focus()
    page.keyboard.press("Shift+Enter")
    expect(page.locator(".ibid-check[aria-busy=false]")).to_be_visible(timeout=SLOW)
    expect(page.locator(".ibid-verdict").last).to_contain_text("not found")


def test_a_second_start_while_a_check_runs_does_not_write_into_its_report(mills_url, open_page):
    page = open_page(mills_url)
    joined = []
    page.on("request", lambda request: joined.append(request.url) if "/queue/join" in request.url else None)
    open_tab(page, "Check")
    box = page.get_by_role("textbox", name="Your text")
    box.fill(" ".join(f"The old mill of {year} stood beside the river." for year in range(1500, 1800)))
    page.get_by_role("button", name="Check", exact=True).click()
    expect(page.locator(".ibid-check[aria-busy=true]")).to_be_visible(timeout=SLOW)
    box.press("Shift+Enter")
    page.wait_for_timeout(1000)
    assert len(joined) == 1
    page.get_by_role("button", name="Stop").click()
    expect(page.locator("#ibid-check-progress")).to_contain_text("Stopped")


def test_nothing_to_check_and_too_much_are_one_line(mills_url, open_page):
    page = open_page(mills_url)
    open_tab(page, "Check")
    page.get_by_role("button", name="Check", exact=True).click()
    expect(page.locator("#ibid-check").get_by_role("alert")).to_contain_text("nothing to check yet")
    page.get_by_role("textbox", name="Your text").fill("x" * 100_001)
    page.get_by_role("button", name="Check", exact=True).click()
    expect(page.locator("#ibid-check").get_by_role("alert")).to_contain_text("100001 characters")


@pytest.mark.parametrize("screen", [(1440, 900, "dark"), (390, 844, "light")])
def test_the_sources_are_filtered_sorted_and_opened(mills_url, open_page, shots, screen):
    width, height, scheme = screen
    page = open_page(mills_url, width=width, height=height, scheme=scheme)
    open_tab(page, "Sources")
    works = page.locator(".ibid-works tr[data-name]:visible")
    expect(works).to_have_count(3)
    assert rows(page) == [["Bell", "1999", "2"], ["Dorn and Ash", "2004", "1"], ["Émile", "2010", "1"]]
    page.get_by_role("button", name="Places", exact=True).press("Enter")
    page.get_by_role("button", name="Places", exact=True).press("Enter")
    assert rows(page)[-1] == ["Bell", "1999", "2"]
    expect(page.get_by_role("columnheader", name="Places")).to_have_attribute("aria-sort", "ascending")
    page.get_by_role("searchbox", name="Filter").fill("emile")
    expect(works).to_have_count(1)
    expect(page.locator("#ibid-cited .ibid-matching")).to_have_text("1 work")
    page.get_by_role("searchbox", name="Filter").fill("nobody")
    expect(page.locator("#ibid-cited .ibid-matching")).to_have_text("No work matches")
    page.get_by_role("button", name="Bell 1999 2 places").press("Enter")
    expect(works).to_have_count(3)
    places = page.locator(".ibid-places .ibid-source")
    expect(places).to_have_count(2)
    page.wait_for_timeout(300)
    page.screenshot(path=shots / f"sources-{width}-{scheme}.png")
    assert page.locator("#ibid-cited img").count() == 0
    places.first.press("Enter")
    expect(page.locator(".ibid-scroll mark").first).to_be_in_viewport()
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    page.get_by_role("button", name=re.compile("^← Back")).filter(visible=True).first.click()
    expect(places.first).to_be_focused()
    expect(works).to_have_count(3)


def test_the_sources_can_be_downloaded(mills_url, open_page):
    page = open_page(mills_url)
    open_tab(page, "Sources")
    texts = {}
    for name in ("CSV", "JSON", "Markdown", "BibTeX"):
        with page.expect_download() as started:
            page.get_by_role("button", name=name, exact=True).click()
        texts[started.value.suggested_filename] = Path(started.value.path()).read_text(encoding="utf-8")
    assert sorted(texts) == ["sources.bib", "sources.csv", "sources.json", "sources.md"]
    assert len(json.loads(texts["sources.json"])) == 4
    assert texts["sources.bib"].count("@misc{") == 3


def test_a_document_without_sources_says_so(start_app, tmp_path, open_page):
    (tmp_path / "quiet.txt").write_text("# Owls\n\nOwls sleep by day and hunt by night.\n", encoding="utf-8")
    page = open_page(start_app("quiet", tmp_path))
    open_tab(page, "Sources")
    expect(page.locator(".ibid-cites")).to_contain_text("The document cites no works")
