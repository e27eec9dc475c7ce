"""A page in headless Chromium, which asks nothing of any other host; skipped where there is no Chromium.

Here belongs what every browser test needs. The pages under test are built or served by the tests themselves.
"""

import os
import shutil
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, ConsoleMessage, Page, Request, sync_playwright

AXE = Path(__file__).parent / "node_modules" / "axe-core" / "axe.min.js"
_FLAGS = (
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-gpu",
    "--disable-sync",
    "--no-first-run",
)


@pytest.fixture(scope="module")
def chromium() -> Iterator[Browser]:
    """Chromium, for the tests of a module: its event loop must end before Dagster's can run."""
    program = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
    if program is None:
        pytest.skip("There is no Chromium on this machine: apt install chromium")
    # As root Chromium refuses to start in its sandbox.
    flags = [*_FLAGS, "--no-sandbox"] if os.geteuid() == 0 else [*_FLAGS]
    with tempfile.TemporaryDirectory() as downloads, sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=program, args=flags, downloads_path=downloads)
        yield browser
        browser.close()


class Watched:
    """What a page did that nobody wants: messages of errors, and requests to other hosts."""

    def __init__(self, page: Page) -> None:
        self.errors: list[str] = []
        self.foreign: list[str] = []
        page.on("console", self._said)
        page.on("pageerror", lambda problem: self.errors.append(str(problem)))
        page.on("request", self._asked)

    def _said(self, message: ConsoleMessage) -> None:
        if message.type == "error":
            self.errors.append(message.text)

    def _asked(self, request: Request) -> None:
        if not request.url.startswith(("file:", "data:", "blob:", "about:", "http://127.0.0.1:")):
            self.foreign.append(request.url)


@pytest.fixture
def page(chromium: Browser) -> Iterator[Page]:
    """A fresh page of a desktop's size."""
    context = chromium.new_context(viewport={"width": 1280, "height": 900}, locale="en-US")
    yield context.new_page()
    context.close()


@pytest.fixture
def watched(page: Page) -> Watched:
    """What goes wrong on `page` from here on."""
    return Watched(page)


@pytest.fixture
def axe() -> str:
    """The source of axe-core, which finds barriers in a page."""
    if not AXE.exists():
        pytest.skip("axe-core is not installed: npm ci --prefix tests/browser")
    return AXE.read_text(encoding="utf-8")
