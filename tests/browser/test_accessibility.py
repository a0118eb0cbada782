"""Every tab keeps the rules of WCAG 2.2, levels A and AA, that axe knows, and its controls have edges to be seen."""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page, expect

from tests.browser.asking import SLOW, ask, open_tab

RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]

PAGE = "\f"
MILLS = f"""MILLS OF THE UPPER VALLEY

THE OLD MILL

The old mill stood beside the river for many years (Bell 1999: 12). It was closed by its owners in 1987, as Dorn and Ash
(2004) tell.
{PAGE}
THE LOWER MILL

The lower mill ground barley for the town (Bell 1999: 40; Dorn and Ash 2004: 3). The flood of 1920 carried its wheel
away.
{PAGE}
THE UPPER MILL

The upper mill ground oats until the railway came.
"""
GRAIN = """# What was ground

Barley was sown in March.[^1] Rye was sown in autumn.

[^1]: In cold years in April.

## By mill

| Mill | Grain | Stones |
|---|---|---|
| Lower | barley | 4 |
| Upper | oats | 2 |

### Prices

The price of barley rose after the flood.
"""
ESSAY = """# My essay

The old mill stood beside the river for many years. It was closed by its owners in 1990. Zebras sing in the desert.
"""

# The contrast of each control's edge with what is around it, as (control, contrast); the edge may be that of its frame.
EDGES = """() => {
  const canvas = new OffscreenCanvas(1, 1).getContext("2d", { willReadFrequently: true });
  const parse = (colour) => {
    canvas.clearRect(0, 0, 1, 1);
    canvas.fillStyle = colour;
    canvas.fillRect(0, 0, 1, 1);
    const [r, g, b, a] = canvas.getImageData(0, 0, 1, 1).data;
    return [r, g, b, a / 255];
  };
  const over = (top, under) => [0, 1, 2].map((i) => top[i] * top[3] + under[i] * (1 - top[3]));
  const ground = (part) => {
    if (!part) return [255, 255, 255];
    const own = parse(getComputedStyle(part).backgroundColor);
    return own[3] === 1 ? own.slice(0, 3) : over(own, ground(part.parentElement));
  };
  const luminance = (colour) => {
    const [r, g, b] = colour.map((c) => (c /= 255) <= 0.04045 ? c / 12.92 : ((c + 0.055) / 1.055) ** 2.4);
    return 0.2126 * r + 0.7152 * g + 0.0722 * b;
  };
  const contrast = (a, b) => {
    const [low, high] = [luminance(a), luminance(b)].sort((x, y) => x - y);
    return (high + 0.05) / (low + 0.05);
  };
  const edge = (part) => ["Top", "Right", "Bottom", "Left"].every((side) => {
    const style = getComputedStyle(part);
    return parseFloat(style[`border${side}Width`]) > 0 && parse(style[`border${side}Color`])[3] > 0;
  });
  const controls = document.querySelectorAll("input:not([type=file]), textarea, select");
  return [...controls].filter((control) => control.checkVisibility()).map((control) => {
    let frame = control;
    while (frame && !edge(frame)) frame = frame.parentElement;
    const name = control.className || control.closest("[id]")?.id;
    if (!frame) return [name, 1];
    const around = ground(frame.parentElement);
    return [name, contrast(over(parse(getComputedStyle(frame).borderBottomColor), around), around)];
  });
}"""


def walk(page: Page) -> Iterator[str]:
    """Goes through the app and stops, with a name for where, at all that there is to see."""
    yield "nothing asked"
    open_tab(page, "History")
    expect(page.locator(".ibid-no-talks")).to_be_visible()
    yield "no conversations"
    open_tab(page, "Ask")
    yield from walk_answers(page)
    yield from walk_source(page)
    yield from walk_tabs(page)


def walk_answers(page: Page) -> Iterator[str]:
    ask(page, " ")
    expect(page.get_by_role("alert")).to_be_visible()
    yield "a question that cannot be asked"
    ask(page, "How many penguins did Antarctica export?")
    page.get_by_role("button", name="Why refused").click()
    expect(page.locator(".ibid-panel-why")).to_be_visible()
    yield "a refusal and why"
    ask(page, "When was the old mill closed?")
    expect(page.locator(".ibid-next .ibid-example").first).to_be_visible(timeout=SLOW)
    answer = page.locator(".ibid-turn").last
    answer.get_by_role("button", name="Not helpful").click()
    expect(page.get_by_label(re.compile("Anything to add"))).to_be_visible()
    yield "an answer and the form for a comment"
    answer.get_by_role("button", name="What was considered").click()
    expect(page.get_by_role("list", name="Passages considered")).to_be_visible()
    yield "an answer and what was considered"


def walk_source(page: Page) -> Iterator[str]:
    """The reader, which is closed in the end."""
    page.get_by_role("button", name=re.compile("^Citation 1")).last.click()
    expect(page.locator(".ibid-scroll mark").first).to_be_in_viewport()
    yield "a quote in the source"
    page.get_by_role("button", name="Find", exact=True).click()
    page.get_by_role("searchbox", name="Find in the source").fill("mill")
    expect(page.locator(".ibid-matches")).to_have_text(re.compile("^. of"))
    yield "what is found in the source"
    page.get_by_role("button", name="Close the find box").click()
    page.get_by_role("button", name="Contents").click()
    expect(page.get_by_role("navigation", name="Contents")).to_be_visible()
    yield "the contents of the source"
    page.keyboard.press("Escape")
    page.get_by_role("combobox", name="Document").select_option(label="What was ground")
    expect(page.locator(".ibid-rows table")).to_be_visible()
    yield "a source with a note and a table"
    page.keyboard.press("Escape")


def walk_tabs(page: Page) -> Iterator[str]:
    open_tab(page, "Check")
    yield "nothing checked"
    page.get_by_role("textbox", name="Your text").fill(ESSAY)
    page.get_by_role("button", name="Check", exact=True).click()
    expect(page.locator(".ibid-check[aria-busy=false]")).to_be_visible(timeout=SLOW)
    yield "a text that is checked"
    open_tab(page, "Sources")
    page.locator(".ibid-work").first.click()
    expect(page.locator(".ibid-places .ibid-source").first).to_be_visible()
    yield "a cited work and its places"
    open_tab(page, "Library")
    page.get_by_role("checkbox", name="Ask What was ground").uncheck()
    yield "the library"
    page.get_by_role("button", name="Rename What was ground").click()
    expect(page.get_by_role("textbox", name="New name")).to_be_visible()
    yield "a document that is renamed"
    open_tab(page, "History")
    expect(page.locator(".ibid-talk")).to_have_count(1)
    yield "a conversation that is kept"
    page.get_by_role("button", name="Rename").click()
    expect(page.get_by_label("Name", exact=True)).to_be_visible()
    yield "a conversation that is renamed"


@pytest.fixture(scope="session")
def library_url(start_app, tmp_path_factory) -> str:
    folder: Path = tmp_path_factory.mktemp("accessible")
    (folder / "a-mills.txt").write_text(MILLS, encoding="utf-8")
    (folder / "grain.md").write_text(GRAIN, encoding="utf-8")
    return start_app("accessible", folder)


def broken_rules(page: Page) -> Iterator[str]:
    """Yields what axe finds on the page as it is, as rule, selector and reason."""
    found = Axe().run(page, options={"runOnly": RULES, "resultTypes": ["violations"]})
    for rule in found.response["violations"]:
        for node in rule["nodes"]:
            yield f"{rule['id']}: {' '.join(map(str, node['target']))}: {' '.join(node['failureSummary'].split())}"


def faint_edges(page: Page) -> Iterator[str]:
    """Yields the controls whose edge has less contrast than criterion 1.4.11 asks, which axe does not measure."""
    for name, ratio in page.evaluate(EDGES):
        if ratio < 3:
            yield f"edge: {name}: {ratio:.2f} to 1, expected 3"


def test_who_wants_no_motion_sees_none(library_url, open_page):
    page = open_page(library_url, width=390, height=844)
    page.emulate_media(reduced_motion="reduce")
    page.get_by_role("button", name="Read the source").click()
    assert page.locator("#ibid-reader").evaluate("e => getComputedStyle(e).animationName") == "none"


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("size", [(1280, 800), (390, 844)], ids=["desktop", "phone"])
def test_no_rule_is_broken_anywhere(library_url, open_page, size, scheme):
    page = open_page(library_url, width=size[0], height=size[1], scheme=scheme)
    page.emulate_media(reduced_motion="reduce")  # what fades in would be measured half faded
    broken = [f"{where}: {what}" for where in walk(page) for what in (*broken_rules(page), *faint_edges(page))]
    assert not broken, "\n".join(broken)
