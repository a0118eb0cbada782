"""Write docs/screenshot.png: the running app, wide and light, with a quote opened in the source."""

import re
import socket
from pathlib import Path

from playwright.sync_api import sync_playwright

from app import build_app, launch
from core.settings import Settings, go_offline
from ui.terminal import ensure_index

QUESTION = "When did China launch its quantum satellite?"
TARGET = Path(__file__).resolve().parent.parent / "docs" / "screenshot.png"


def main() -> None:
    """Serve the default corpus on a free port, ask one question, open its first citation, and take the picture."""
    go_offline()
    settings = Settings()
    ensure_index(settings)
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    app = build_app(settings)
    launch(app, host="127.0.0.1", port=port)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path="/usr/bin/chromium",
            args=["--no-sandbox", "--disable-gpu", "--disable-background-networking"],
        )
        page = browser.new_page(viewport={"width": 1440, "height": 860}, color_scheme="light")
        page.goto(f"http://127.0.0.1:{port}/")
        box = page.get_by_role("textbox", name="Your question")
        box.fill(QUESTION)
        box.press("Enter")
        page.wait_for_selector(".ibid-sources", timeout=60_000)
        page.get_by_role("button", name=re.compile("^Citation 1")).click()
        page.wait_for_selector(".ibid-scroll mark")
        box.blur()
        page.wait_for_timeout(1000)  # the scroll to the quote is smooth
        page.screenshot(path=TARGET)
        browser.close()
    app.close(verbose=False)


if __name__ == "__main__":
    main()
