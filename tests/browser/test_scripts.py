"""The page's scripts alone in Chromium, with a server whose answers come when the test says so."""

from collections.abc import Callable, Iterator
from dataclasses import replace

import pytest
from playwright.sync_api import Browser, Page, expect

from core.records import Document
from ingest import Metadata, build_document, parse_text
from tests.unit.ui_samples import answer, document, find
from ui.conversation import Turn, conversation_html
from ui.library_view import shelf_html
from ui.look import script, style_sheet
from ui.quoting import target
from ui.reader import reader_html
from ui.reader_pane import reader_pane_html
from ui.sources_view import sources_html
from ui.volumes import volumes_of
from ui.works import cited_works

START = """([element, source, calls]) => {
  window.asked = [];
  window.given = {};
  const server = Object.fromEntries(calls.map((name) => [name, (argument) => {
    window.asked.push(argument);
    return new Promise((resolve) => (window.given[typeof argument === "string" ? argument : name] = resolve));
  }]));
  Function("element", "trigger", "server", "watch", source)(
    document.querySelector(element), (...sent) => window.asked.push(sent), server, (_, told) => (window.changed = told)
  );
}"""


@pytest.fixture
def run(browser: Browser) -> Iterator[Callable[..., Page]]:
    """Opens a page with some HTML and runs scripts on an element of it; at the end none may have failed."""
    context, trouble = browser.new_context(viewport={"width": 1440, "height": 500}), []

    def run_(html: str, element: str, *scripts: str, calls: tuple[str, ...] = ()) -> Page:
        page = context.new_page()
        page.on("pageerror", lambda error: trouble.append(str(error)))
        page.set_content(f'<style>{style_sheet()}</style><body class="gradio-container">{html}</body>')
        page.evaluate(START, [element, "\n".join(map(script, scripts)), list(calls)])
        return page

    yield run_
    context.close()
    assert trouble == []


def quote(name: str, part: str, text: str, version: str = "0") -> str:
    start = text.index(part)
    opens = target(replace(document(name), text=text, content_hash=version * 64), (start, start + len(part)), (), None)
    return f'<button type="button" {opens}>{name}: {part}</button>'


def shifted(name: str) -> Document:
    """The sample with its two sentences the other way round, so that offsets mean other words."""
    plain = document(name, name)
    first, second = plain.text[slice(*find("Herons <b>wait</b>.1"))], "They strike & eat."
    return replace(plain, text=plain.text.replace(f"{first} {second}", f"{second} {first}"), note_refs=())


@pytest.fixture
def reader(run) -> Page:
    """A reader with document a open, and a button for a quote of each of a, b and c."""
    documents = {"a": document("a", "a"), "b": shifted("b"), "c": document("c", "c")}
    buttons = "".join(quote(name, "They strike & eat.", documents[name].text) for name in documents)
    page = run(
        f'<div id="ibid-main"><div id="ibid-talk">{buttons}</div><div id="ibid-source">'
        f"{reader_pane_html(documents)}</div></div>{shelf_html(volumes_of(documents))}",
        "#ibid-source",
        "reader", "contents", "find",
        calls=("read_source",),
    )  # fmt: skip
    page.evaluate("(pages) => (window.pages = pages)", {name: reader_html(d) for name, d in documents.items()})
    return page


def give(page: Page, name: str) -> None:
    page.evaluate("(name) => window.given[name](window.pages[name])", name)


def shown(page: Page) -> tuple[str, str, str]:
    """The document that is open, the one that is said to be chosen, and the marked words."""
    page.wait_for_timeout(100)
    return (
        page.locator(".ibid-document").get_attribute("data-document"),
        page.locator(".ibid-picker").input_value(),
        "".join(page.locator(".ibid-scroll mark").all_inner_texts()),
    )


def test_of_two_documents_that_are_still_loading_the_one_asked_last_is_shown(reader):
    reader.get_by_role("button", name="b: They").click()
    reader.get_by_role("button", name="c: They").click()
    reader.wait_for_function("window.asked.length === 2")
    give(reader, "b")
    give(reader, "c")
    assert shown(reader) == ("c", "c", "They strike & eat.")


def test_a_document_that_comes_late_does_not_push_the_open_one_away(reader):
    reader.get_by_role("button", name="b: They").click()
    reader.get_by_role("button", name="a: They").click()
    reader.wait_for_function("window.asked.length === 1")
    give(reader, "b")
    assert shown(reader) == ("a", "a", "They strike & eat.")
    reader.get_by_role("button", name="b: They").click()
    assert shown(reader) == ("b", "b", "They strike & eat.")


FOUND_HERE = "[...CSS.highlights.get('ibid-found-here')].map(String)"


def test_a_quote_that_is_opened_leaves_what_was_found_whole(reader):
    reader.get_by_role("button", name="Find", exact=True).click()
    reader.get_by_role("searchbox").fill("strike")
    expect(reader.locator(".ibid-matches")).to_have_text("1 of 1")
    for _ in range(2):
        reader.get_by_role("button", name="a: They").click()
        assert shown(reader)[2] == "They strike & eat."
        assert reader.evaluate(FOUND_HERE) == ["strike"]
    expect(reader.locator(".ibid-matches")).to_have_text("1 of 1")


def test_a_quote_that_is_opened_while_a_chosen_document_loads_stays_marked(reader):
    reader.get_by_label("Document").select_option("b")
    reader.get_by_role("button", name="a: They").click()
    give(reader, "b")
    assert shown(reader) == ("a", "a", "They strike & eat.")


def replaced(name: str) -> Document:
    """The sample after another file took its place: other words stand at the offsets."""
    return replace(shifted(name), content_hash="1" * 64)


def read_anew(reader: Page) -> None:
    """Gives what the app reads now, when it is asked for document a."""
    reader.wait_for_function("'a' in window.given")
    reader.evaluate("(html) => window.given.a(html)", reader_html(replaced("a")))


def test_a_quote_of_a_document_that_was_replaced_opens_at_its_words(reader):
    button = quote("a", "They strike & eat.", replaced("a").text, version="1").replace(">a: ", ">new: ")
    reader.evaluate("(html) => document.querySelector('#ibid-talk').insertAdjacentHTML('beforeend', html)", button)
    reader.get_by_role("button", name="a: They").click()
    assert shown(reader) == ("a", "a", "They strike & eat.")
    reader.get_by_role("button", name="new: They").click()
    read_anew(reader)
    assert shown(reader) == ("a", "a", "They strike & eat.")
    assert reader.locator(".ibid-document").get_attribute("data-version") == "1" * 12
    expect(reader.locator(".ibid-trouble")).to_be_hidden()


def test_a_quote_of_a_text_that_is_gone_marks_no_other_words(reader):
    reader.evaluate("(html) => (document.querySelector('.ibid-scroll').innerHTML = html)", reader_html(replaced("a")))
    reader.get_by_role("button", name="a: They").click()
    read_anew(reader)
    assert shown(reader) == ("a", "a", "")
    expect(reader.locator(".ibid-trouble")).to_contain_text("changed since")
    reader.get_by_role("button", name="b: They").click()
    give(reader, "b")
    assert shown(reader) == ("b", "b", "They strike & eat.")
    expect(reader.locator(".ibid-trouble")).to_be_hidden()


def tell_documents(page: Page, total: int, *names: str) -> None:
    """Tell the reader of documents that were replaced, and how many there are."""
    now = {"documents": [{"id": name, "title": name, "version": "1" * 12} for name in names], "total": total}
    page.evaluate("(now) => document.dispatchEvent(new CustomEvent('ibid-documents', { detail: now }))", now)


def test_of_many_documents_an_open_one_that_the_page_is_not_told_of_is_asked_for_and_stays(reader):
    tell_documents(reader, 1501, "b")
    reader.wait_for_function("'a' in window.given")
    give(reader, "a")
    assert shown(reader)[:2] == ("a", "a")
    more = reader.locator(".ibid-picker option:disabled")
    expect(more).to_have_text("1,500 more: read them from the Library")


def test_the_open_document_is_read_anew_when_it_was_replaced(reader):
    tell_documents(reader, 1, "a")
    read_anew(reader)
    expect(reader.locator(".ibid-document")).to_have_attribute("data-version", "1" * 12)


def test_a_document_that_does_not_come_is_told_in_a_line_and_the_open_one_stays(reader):
    reader.get_by_label("Document").select_option("b")
    reader.wait_for_function("'b' in window.given")
    reader.evaluate("window.given.b(undefined)")
    expect(reader.locator(".ibid-trouble")).to_contain_text("could not be fetched")
    assert shown(reader) == ("a", "a", "")
    reader.get_by_role("button", name="a: They").click()
    assert shown(reader) == ("a", "a", "They strike & eat.")
    expect(reader.locator(".ibid-trouble")).to_be_hidden()


WORKS = "# P\n\nA thing (Émile 2010). A thing (Moss n.d.). A thing (Bell 1999). A thing (Dorn, forthcoming).\n"


def sources_of(text: str) -> str:
    documents = {
        "p": build_document(
            parse_text(text), document_id="p", source="p.txt", metadata=Metadata(title="P"), content_hash="0"
        )
    }
    works = cited_works(documents)
    yearless = [replace(work, year="") if work.authors.startswith("Bell") else work for work in works]
    return sources_html(yearless, documents)


def rows(page: Page) -> list[str]:
    return page.locator(".ibid-works tr[data-name]:visible").evaluate_all("rows => rows.map((row) => row.dataset.name)")


def test_works_without_a_year_come_behind_those_with_one(run):
    page = run(f'<div id="w">{sources_of(WORKS)}</div>', "#w", "sources")
    page.get_by_role("button", name="Year", exact=True).click()
    assert (rows(page)[0], rows(page)[-1]) == ("Émile 2010", "Bell 1999")


def test_other_works_in_the_same_rows_are_filtered_by_what_they_are(run):
    page = run(f'<div id="w">{sources_of(WORKS)}</div>', "#w", "sources")
    page.get_by_role("searchbox").fill("emile")
    assert rows(page) == ["Émile 2010"]
    page.evaluate("""() => {
      for (const row of document.querySelectorAll("tr[data-name]")) {
        row.hidden = false;
        row.dataset.name = row.dataset.name === "Bell 1999" ? "Émile 2011" : "Ash 2010";
      }
      window.changed();
    }""")
    assert rows(page) == ["Émile 2011"]
    expect(page.locator(".ibid-matching")).to_have_text("1 work")


def test_places_that_do_not_come_leave_the_work_closed(run):
    page = run(f'<div id="w">{sources_of(WORKS)}</div>', "#w", "sources", calls=("read_places",))
    page.get_by_role("button", name="Bell", exact=True).click()
    page.wait_for_function("'Bell 1999' in window.given")
    page.evaluate("window.given['Bell 1999'](undefined)")
    expect(page.locator(".ibid-places")).to_have_count(0)
    expect(page.get_by_role("button", name="Bell", exact=True)).to_have_attribute("aria-expanded", "false")


def talk(*turns: Turn) -> str:
    """The column of the conversation, with a box to write in as Gradio has one."""
    return (
        f'<div id="ibid-talk"><div id="ibid-log"><div id="chat">{conversation_html(turns, {"a": document("a")})}</div>'
        '</div><div id="ibid-question"><textarea></textarea><button class="submit-button">Ask</button></div></div>'
    )


def said(key: str, **done: str) -> Turn:
    quotes = tuple(replace(citation, document="a") for citation in answer().citations)
    return Turn("What?", replace(answer(), citations=quotes), key=key, **done)


def test_what_to_ask_next_is_offered_though_the_answer_was_drawn_anew_meanwhile(run):
    page = run(talk(said("k")), "#chat", "conversation", calls=("follow_ups",))
    drawn = conversation_html([said("k", panel="considered", said="Kept.")], {"a": document("a")})
    page.evaluate("document.querySelector('.ibid-turn').setAttribute('aria-busy', 'true')")
    page.evaluate("document.querySelector('.ibid-turn').setAttribute('aria-busy', 'false')")
    page.wait_for_function("window.asked.length === 1")
    page.evaluate("(html) => (document.querySelector('#chat').innerHTML = html)", drawn)
    page.wait_for_timeout(50)
    page.evaluate("window.given.follow_ups(['Who waits?'])")
    expect(page.locator(".ibid-next .ibid-example")).to_have_text(["Who waits?"])


def test_nothing_is_asked_while_an_answer_streams(run):
    page = run(talk(said("k"), Turn("And?", key="l")), "#chat", "conversation")
    page.evaluate("""() => {
      window.sent = [];
      const box = document.querySelector("#ibid-question");
      box.addEventListener("keydown", (event) => window.sent.push(event.key));
      box.querySelector("button").addEventListener("click", () => window.sent.push("click"));
    }""")
    box = page.locator("#ibid-question textarea")
    ask = page.get_by_role("button", name="Ask", exact=True)
    box.press("Enter")
    ask.click()
    page.get_by_role("button", name="Retry").first.click()
    assert page.evaluate("[window.sent, window.asked]") == [[], []]
    box.press("a")
    box.press("Shift+Enter")
    page.locator(".ibid-turn").last.evaluate("(turn) => turn.setAttribute('aria-busy', 'false')")
    box.press("Enter")
    ask.click()
    assert page.evaluate("window.sent") == ["a", "Shift", "Enter", "Enter", "click"]
