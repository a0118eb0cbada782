"""A small document of our own, and how the tests ask it and move about."""

from playwright.sync_api import Page, expect

POND = """# The Ponds of Trebon

## Building

The ponds of Trebon were dug by Jakub Krcin in 1584. Krcin was a steward of the Rosenberg family.
The Golden Canal brings water from the Luznice to the ponds. The Golden Canal is 48 kilometres long.

## Fish

Carp live in the northern pond of Trebon. Pike live in the southern pond of Trebon.
Carp are harvested every autumn by the Rosenberg fishery. The Rosenberg fishery sells carp in Vienna.

### Harvest

The harvest of carp lasts four days. Nets of hemp are drawn through the northern pond.
"""
ANSWERED = "Who dug the ponds of Trebon?"
SLOW = 300_000  # ms; the first answer waits for the models


def ask(page: Page, question: str) -> None:
    box = page.get_by_role("textbox", name="Your question")
    box.fill(question)
    box.press("Enter")
    expect(page.locator(".ibid-turn[aria-busy=false] .ibid-question").last).to_contain_text(question, timeout=SLOW)


def open_tab(page: Page, name: str) -> None:
    page.get_by_role("tab", name=name).click()
    expect(page.get_by_role("tab", name=name)).to_have_attribute("aria-selected", "true")
