"""The real app in a process of its own over the real index, and the system's Chromium."""

import os
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, sync_playwright

ROOT = Path(__file__).resolve().parents[2]
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
    home = app_home
    environment = {**os.environ, "IBID_HOME": str(home)}
    servers = []

    def start(corpus: str, *paths: Path) -> str:
        command = [sys.executable, str(ROOT / "cli.py")]
        if paths:  # else the app opens on a library that is empty
            indexed = subprocess.run(
                [*command, "ingest", *map(str, paths), "--corpus", corpus],
                env=environment,
                check=False,
                capture_output=True,
                text=True,
            )
            assert indexed.returncode == 0, indexed.stderr
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            port = free.getsockname()[1]
        log = (home / f"{corpus}.log").open("w")
        server = subprocess.Popen(
            [*command, "serve", "--corpus", corpus, "--port", str(port)], env=environment, stdout=log, stderr=log
        )
        servers.append((server, log))
        _wait_for(f"http://127.0.0.1:{port}/", server, Path(log.name))
        return f"http://127.0.0.1:{port}/"

    yield start
    for server, log in servers:
        server.terminate()
        server.wait(timeout=30)
        log.close()


def _wait_for(url: str, server: subprocess.Popen[bytes], log: Path) -> None:
    direct = urllib.request.build_opener(urllib.request.ProxyHandler({}))
    for _ in range(720):
        assert server.poll() is None, log.read_text(encoding="utf-8")
        try:
            with direct.open(url, timeout=5):
                return
        except (urllib.error.URLError, TimeoutError):
            time.sleep(0.25)
    pytest.fail(f"the app did not open at {url}: {log.read_text(encoding='utf-8')}")


@pytest.fixture(scope="session")
def chapter_url(start_app) -> str:
    return start_app("chapter", ROOT / "corpus")


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
