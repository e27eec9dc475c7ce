"""The page of a filing in a browser: with keyboard, mouse and finger, in both colour schemes, and hostile."""

import json
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, ViewportSize

from pipeline.console.file_reading import read_path
from pipeline.pages.filing_page import filing_page
from pipeline.pages.filing_view import FilingView
from tests.browser.conftest import Watched
from tests.pages.views import amended, hostile_view, saving_taken_for_a_charge, view_of

SAMPLES = Path(__file__).parents[2] / "samples/Archives/edgar/data"
PHONE: ViewportSize = {"width": 390, "height": 844}


def _sample(path: str) -> FilingView:
    view = read_path(SAMPLES / path)
    assert isinstance(view, FilingView)
    return view


VIEWS = {
    "seed": _sample("888693/0000888693-08-000039.txt"),
    "table": _sample("9990134/0009990900-22-007751.txt"),
    "rejected": saving_taken_for_a_charge(),
    "amended": view_of(histories=(amended(),)),
    "hostile": hostile_view(),
}
BARRIERS = "axe.run({resultTypes: ['violations']}).then(found => JSON.stringify(found.violations))"


@pytest.fixture(scope="module")
def pages(tmp_path_factory: pytest.TempPathFactory) -> dict[str, str]:
    """Name to the address of the page, on disk as people open it."""
    folder = tmp_path_factory.mktemp("pages")
    addresses = {}
    for name, view in VIEWS.items():
        file = folder / f"{name}.html"
        file.write_text(filing_page(view), encoding="utf-8")
        addresses[name] = file.as_uri()
    return addresses


@pytest.fixture
def phone(chromium: Browser) -> Iterator[Page]:
    context = chromium.new_context(viewport=PHONE, has_touch=True, is_mobile=True, locale="en-US")
    yield context.new_page()
    context.close()


def test_tab_goes_through_the_figures_in_reading_order_and_shows_each(
    page: Page, watched: Watched, pages: dict[str, str]
) -> None:
    page.goto(pages["seed"])
    page.locator(".filed h2").evaluate("heading => { heading.tabIndex = -1; heading.focus(); }")
    seen = []
    for _ in range(4):
        page.keyboard.press("Tab")
        seen.append(page.evaluate("document.activeElement.textContent"))
        assert page.locator("#card").is_visible()
    assert seen == [r"\$75,0001", r"\$100,0002", "1.1 million3", r"\$ 75,0004"]
    card = page.locator("#card")
    assert "about $75,000" in card.inner_text()
    assert "Stock compensation" in card.inner_text()
    assert "settlement.noncash" in card.inner_text()
    page.keyboard.press("Escape")
    assert card.is_hidden()
    assert page.evaluate("document.activeElement.textContent") == r"\$ 75,0004"
    assert not watched.errors
    assert not watched.foreign


def test_a_mark_is_described_to_screen_readers(page: Page, pages: dict[str, str]) -> None:
    page.goto(pages["seed"])
    mark = page.locator(".section a.mark").first
    described_by = mark.get_attribute("aria-describedby")
    said = page.locator(f"#{described_by}").inner_text()
    assert " ".join(said.split()) == "Figure 1: Charge about $75,000 Severance"


def test_enter_leads_to_the_list_and_its_link_back_to_the_text(page: Page, pages: dict[str, str]) -> None:
    page.goto(pages["seed"])
    page.locator(".section a.mark").nth(1).focus()
    page.keyboard.press("Enter")
    assert page.url.endswith("#figure-2")
    page.locator("#figure-2 .back a").press("Enter")
    assert page.url.endswith("#mark-2")


def test_the_mouse_shows_what_is_known_and_lights_the_row_of_the_tree(
    page: Page, watched: Watched, pages: dict[str, str]
) -> None:
    page.goto(pages["table"])
    page.locator("a.mark", has_text="$ 897").first.hover()
    assert "One-time termination benefits" in page.locator("#card blockquote").inner_text()
    assert page.locator(".tree tr.lit").count() == 1
    page.mouse.move(5, 5)
    page.locator("#card").wait_for(state="hidden")
    assert page.locator(".lit").count() == 0
    page.locator(".tree tbody tr").first.hover()
    assert page.locator("a.mark.lit").count() == 1
    assert not watched.errors


def test_two_figures_of_the_same_words_are_both_shown(page: Page, tmp_path: Path) -> None:
    first, *rest = view_of().charges
    second = {**first, "charge_id": "f" * 20, "role": "cash_portion"}
    file = tmp_path / "page.html"
    file.write_text(filing_page(view_of(charges=[first, second, *rest])), encoding="utf-8")
    page.goto(file.as_uri())
    page.locator("a.mark.charges").first.hover()
    assert page.locator("#card > div").count() == 2


def test_a_finger_opens_and_closes_what_is_known(phone: Page, pages: dict[str, str]) -> None:
    phone.goto(pages["seed"])
    phone.locator(".section a.mark").first.tap()
    card = phone.locator("#card")
    assert "about $75,000" in card.inner_text()
    assert "#" not in phone.url
    box = card.bounding_box()
    assert box is not None
    assert box["x"] >= 0
    assert box["x"] + box["width"] <= PHONE["width"]
    phone.get_by_role("button", name="Close").tap()
    assert card.is_hidden()


def test_without_scripts_a_mark_leads_to_what_is_known(chromium: Browser, pages: dict[str, str]) -> None:
    context = chromium.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(pages["seed"])
    page.locator(".section a.mark").first.click()
    assert page.url.endswith("#figure-1")
    assert page.locator("#figure-1").is_visible()
    assert page.locator("#card").is_hidden()
    context.close()


def test_a_hostile_filing_does_nothing(page: Page, watched: Watched, pages: dict[str, str]) -> None:
    dialogs: list[str] = []
    page.on("dialog", lambda dialog: dialogs.append(dialog.message))
    page.goto(pages["hostile"])
    for mark in page.locator("a.mark").all():
        mark.hover()
        mark.focus()
    page.evaluate("document.querySelectorAll('a').forEach(link => link.dispatchEvent(new Event('focus')))")
    assert page.evaluate("window.harmed") is None
    assert page.url == pages["hostile"]
    assert not dialogs
    assert not watched.errors
    assert not watched.foreign


@pytest.mark.parametrize("name", VIEWS)
def test_a_phone_never_scrolls_sideways(phone: Page, pages: dict[str, str], name: str) -> None:
    phone.goto(pages[name])
    assert phone.evaluate("document.documentElement.scrollWidth") <= PHONE["width"]


@pytest.mark.parametrize("width", [390, 1280])
@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("name", VIEWS)
def test_there_are_no_barriers(
    page: Page, pages: dict[str, str], axe: str, name: str, scheme: str, width: int
) -> None:
    page.set_viewport_size({"width": width, "height": 900})
    page.emulate_media(color_scheme="dark" if scheme == "dark" else "light")
    page.goto(pages[name])
    page.locator("a.mark").first.focus()
    page.evaluate(axe)
    found = [
        (barrier["id"], [node["html"][:200] for node in barrier["nodes"]])
        for barrier in json.loads(page.evaluate(BARRIERS))
        if barrier["impact"] in ("serious", "critical")
    ]
    assert not found


def test_print_shows_every_figure_and_nothing_that_only_a_screen_can(
    page: Page, pages: dict[str, str]
) -> None:
    page.goto(pages["seed"])
    page.locator(".section a.mark").first.focus()
    page.emulate_media(media="print")
    assert page.locator("#card").is_hidden()
    assert page.locator(".ledger li").count() == 4
    assert page.locator(".ledger li").last.is_visible()
    assert page.locator(".skip").is_hidden()
