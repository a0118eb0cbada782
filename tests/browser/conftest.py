"""The real app in a process of its own over the real index, and the system's Chromium."""

from collections.abc import Callable, Iterator
from contextlib import ExitStack
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, sync_playwright

from tests.browser.asking import POND
from tests.integration.serving import ROOT, ibid, serving

CHROMIUM = Path("/usr/bin/chromium")


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    if not CHROMIUM.exists():
        pytest.fail(f"{CHROMIUM} is missing: install the package 'chromium' to run the browser tests")
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(
            executable_path=str(CHROMIUM), args=["--no-sandbox", "--disable-gpu", "--disable-background-networking"]
        )
        yield chromium
        chromium.close()


@pytest.fixture(scope="session")
def shots() -> Path:
    """Where screenshots go, to be looked at."""
    folder = ROOT / "test-artifacts"
    folder.mkdir(exist_ok=True)
    return folder


@pytest.fixture(scope="session")
def app_home(tmp_path_factory) -> Path:
    """Where the apps that are started keep what they keep."""
    return tmp_path_factory.mktemp("home")


@pytest.fixture(scope="session")
def start_app(app_home) -> Iterator[Callable[..., str]]:
    """Indexes documents into a corpus of a temporary home and serves it; returns the address."""
    with ExitStack() as apps:

        def start(corpus: str, *paths: Path) -> str:
            if paths:  # else the app opens on a library that is empty
                indexed = ibid(app_home, "ingest", *map(str, paths), "--corpus", corpus)
                assert indexed.returncode == 0, indexed.stderr
            return apps.enter_context(serving(app_home, IBID_CORPUS=corpus)) + "/"

        yield start


@pytest.fixture(scope="session")
def chapter_url(start_app) -> str:
    return start_app("chapter", ROOT / "corpus")


@pytest.fixture(scope="session")
def ponds_url(start_app, tmp_path_factory) -> str:
    path: Path = tmp_path_factory.mktemp("ponds") / "ponds.md"
    path.write_text(POND, encoding="utf-8")
    return start_app("ponds", path)


@pytest.fixture
def open_page(browser) -> Iterator[Callable[..., Page]]:
    """Opens a page; at the end nothing may have been asked of any other host, and no script may have failed."""
    contexts, trouble = [], []

    def open_(url: str, *, width: int = 1440, height: int = 900, scheme: str = "light") -> Page:
        context = browser.new_context(viewport={"width": width, "height": height}, color_scheme=scheme)
        contexts.append(context)
        page = context.new_page()
        page.on("request", lambda r: None if r.url.startswith((url, "data:", "blob:")) else trouble.append(r.url))
        page.on("pageerror", lambda error: trouble.append(str(error)))
        page.on("dialog", lambda dialog: (trouble.append(dialog.message), dialog.dismiss()))
        page.goto(url)
        page.wait_for_selector(".ibid-welcome")
        return page

    yield open_
    for context in contexts:
        context.close()
    assert trouble == []
