"""What one who keeps a library does: add files, see what came of each, choose, rename, remove; also narrow, by keys."""

import re
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from tests.browser import asking
from tests.browser.asking import SLOW, open_tab

PONDS = "# Ponds\n\nCarp live in the northern pond. They are fed with maize.\n\n## Pike\n\nPike eat carp in winter.\n"
TREES = "# Trees\n\nThe oak of the northern gate was planted in 1820. It is a tall tree.\n"


@pytest.fixture
def library_url(start_app, request) -> str:
    return start_app(f"library-{abs(hash(request.node.name)) % 10**8}")


@pytest.fixture
def files(tmp_path):
    def write(**texts: str) -> list[Path]:
        paths = [tmp_path / name.replace("_", ".") for name in texts]
        for path, text in zip(paths, texts.values(), strict=True):
            path.write_text(text, encoding="utf-8")
        return paths

    return write


def open_library(page: Page) -> None:
    page.get_by_role("tab", name="Library").click()
    expect(page.locator("#ibid-drop")).to_be_visible()


def add(page: Page, paths: list[Path]) -> None:
    page.locator("#ibid-drop input[type=file]").set_input_files(paths)
    expect(page.locator("#ibid-adding .ibid-lines")).to_be_visible(timeout=SLOW)
    expect(page.get_by_role("button", name="Cancel", exact=True)).to_be_hidden()


def ask(page: Page, question: str) -> None:
    open_tab(page, "Ask")
    asking.ask(page, question)


@pytest.mark.parametrize(("width", "scheme"), [(1440, "light"), (1440, "dark"), (390, "light"), (390, "dark")])
def test_an_empty_library_teaches_is_filled_and_outlives_a_reload(library_url, open_page, files, shots, width, scheme):  # noqa: PLR0917
    page = open_page(library_url, width=width, height=860, scheme=scheme)
    name = f"library-{width}-{scheme}"
    expect(page.locator(".ibid-welcome")).to_contain_text("nothing to ask yet")
    ask(page, "Where do carp live?")
    expect(page.get_by_role("alert")).to_contain_text("add a document in the Library")
    page.get_by_role("button", name="Clear").click()
    open_library(page)
    expect(page.locator(".ibid-empty")).to_contain_text("Drop a file")
    page.screenshot(path=shots / f"{name}-empty.png")
    page.locator("#ibid-drop input[type=file]").set_input_files(
        files(ponds_md=PONDS, trees_txt=TREES, broken_pdf="%PDF-1.4 nothing")
    )
    expect(page.get_by_role("progressbar", name="Reading")).to_be_visible(timeout=SLOW)
    page.screenshot(path=shots / f"{name}-adding.png")
    lines = page.locator("#ibid-adding .ibid-lines li")
    expect(lines).to_have_count(3, timeout=SLOW)
    expect(lines.filter(has_text="broken.pdf is a damaged PDF")).to_have_count(1)
    volumes = page.locator(".ibid-volume")
    expect(volumes).to_have_count(2)
    expect(volumes.filter(has_text="Ponds")).to_contain_text(re.compile(r"\d passages.*words.*added \d+ \w+ \d{4}"))
    expect(page.locator("#ibid-chosen")).to_have_text("Questions go to all 2 documents.")
    page.screenshot(path=shots / f"{name}.png")
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    page.reload()
    expect(page.locator(".ibid-welcome")).to_contain_text("Ask 2 documents")
    ask(page, "Where do carp live?")
    expect(page.locator(".ibid-answer")).to_contain_text("northern pond")
    page.locator(".ibid-marker").first.click()
    expect(page.locator(".ibid-scroll mark").first).to_be_in_viewport()


def test_what_is_not_ticked_is_not_asked_and_what_is_renamed_or_removed_is_so_everywhere(
    library_url, open_page, files, shots
):
    page = open_page(library_url)
    open_library(page)
    add(page, files(ponds_md=PONDS, trees_txt=TREES))
    ask(page, "When was the oak planted?")
    expect(page.locator(".ibid-answer").last).to_contain_text("1820")
    expect(page.get_by_role("combobox", name="Document").locator("option")).to_have_count(2)
    open_library(page)
    page.get_by_role("checkbox", name="Ask Trees").uncheck()
    expect(page.locator("#ibid-chosen")).to_have_text("Questions go to 1 of 2 documents.")
    ask(page, "In which year was the oak planted?")
    expect(page.locator(".ibid-turn").last.locator(".ibid-refusal")).to_be_visible()
    expect(page.locator("#ibid-scope")).to_contain_text("1 of 2 documents")
    page.screenshot(path=shots / "library-scope.png")
    page.reload()
    open_library(page)
    expect(page.get_by_role("checkbox", name="Ask Trees")).not_to_be_checked()
    expect(page.locator("#ibid-chosen")).to_have_text("Questions go to 1 of 2 documents.")
    page.get_by_role("button", name="Rename Ponds").click()
    page.get_by_role("textbox", name="New name").fill("<b>Lakes</b>")
    page.keyboard.press("Enter")
    expect(page.locator(".ibid-title").filter(has_text="<b>Lakes</b>")).to_have_count(1, timeout=SLOW)
    expect(page.get_by_role("button", name="Rename <b>Lakes</b>")).to_be_focused()
    expect(page.locator(".ibid-volume.ibid-out .ibid-title")).to_have_text("Trees")
    page.get_by_role("button", name="Rename Trees").click()
    page.get_by_role("textbox", name="New name").fill(" ")
    page.keyboard.press("Enter")
    expect(page.locator("#ibid-notice")).to_contain_text("the name is empty")
    expect(page.get_by_role("textbox", name="New name")).to_have_count(0)
    expect(page.get_by_role("button", name="Rename Trees")).to_be_focused()
    page.get_by_role("button", name="Remove Trees").click()
    page.screenshot(path=shots / "library-remove.png")
    page.get_by_role("button", name="Keep it").click()
    expect(page.get_by_role("button", name="Remove Trees")).to_be_focused()
    page.get_by_role("button", name="Remove Trees").click()
    page.get_by_role("button", name="Remove it").click()
    expect(page.locator(".ibid-volume")).to_have_count(1, timeout=SLOW)
    page.get_by_role("tab", name="Ask").click()
    expect(page.locator(".ibid-welcome")).to_contain_text("Ask <b>Lakes</b>")


def test_the_keyboard_alone_keeps_a_library_on_a_narrow_screen(library_url, open_page, files, shots):
    page = open_page(library_url, width=390, height=844)
    page.get_by_role("tab", name="Library").focus()
    page.keyboard.press("Enter")
    add(page, files(ponds_md=PONDS))
    tick = page.get_by_role("checkbox", name="Ask Ponds")
    tick.focus()
    page.keyboard.press("Space")
    expect(tick).not_to_be_checked()
    page.keyboard.press("Space")
    page.keyboard.press("Tab")
    expect(page.get_by_role("button", name="Read Ponds")).to_be_focused()
    page.keyboard.press("Tab")
    expect(page.get_by_role("button", name="Rename Ponds")).to_be_focused()
    page.keyboard.press("Enter")
    expect(page.get_by_role("textbox", name="New name")).to_be_focused()
    page.screenshot(path=shots / "library-narrow-rename.png")
    page.keyboard.press("Escape")
    expect(page.get_by_role("button", name="Rename Ponds")).to_be_focused()
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    expect(page.get_by_role("button", name="Keep it")).to_be_focused()
    page.keyboard.press("Shift+Tab")
    page.keyboard.press("Enter")
    expect(page.locator(".ibid-empty")).to_be_focused(timeout=SLOW)


def test_names_and_texts_with_markup_show_as_text_and_run_nothing(library_url, open_page, files, tmp_path):
    page = open_page(library_url)
    open_library(page)
    hostile = tmp_path / '<img src=x onerror="alert(1)">.txt'
    hostile.write_text('# Zebras <script>alert(2)</script> & <img src=x onerror="alert(3)">\n\nThey graze at dawn.\n')
    add(page, [hostile])
    expect(page.locator("#ibid-adding li")).to_contain_text("img src=x onerror=")
    expect(page.locator(".ibid-title")).to_contain_text('<img src=x onerror="alert(3)">')
    assert page.locator("#ibid-library :is(img, script)").count() == 0


def test_a_job_is_given_up_and_the_library_is_as_it_was(library_url, open_page, tmp_path, shots):
    page = open_page(library_url)
    open_library(page)
    long = tmp_path / "long.txt"
    long.write_text(
        "\n\n".join(f"Heron number {n} stood in the reeds of lake {n * 7}. It was grey." for n in range(4000)),
        encoding="utf-8",
    )
    page.locator("#ibid-drop input[type=file]").set_input_files([long])
    page.get_by_role("button", name="Cancel", exact=True).click(timeout=SLOW)
    expect(page.locator("#ibid-adding li")).to_have_text("Given up; the library is as it was.", timeout=SLOW)
    expect(page.locator(".ibid-empty")).to_be_visible()
    expect(page.locator("#ibid-drop")).to_be_visible()
