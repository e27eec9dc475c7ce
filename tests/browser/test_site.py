"""The site in Chromium, from disk and over HTTP: search, sorting, keyboard, barriers, narrow screens."""

import functools
import http.server
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect
from upath import UPath

from pipeline.pages.site.build import build_site
from tests.browser.conftest import Watched
from tests.pages.site.published import AMENDMENT, EURO, EVIL, FIRST, UNABLE, publish

PAGES = (
    "index.html",
    "filings.html",
    "charts.html",
    "checks.html",
    "dictionary.html",
    "downloads.html",
    "years/2008.html",
    "registrants/0001000001.html",
    "registrants/0001000005.html",
)


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    home = publish(UPath(tmp_path_factory.mktemp("home")))
    return Path(build_site(home).path.path)


@pytest.fixture(scope="module")
def served(site: Path) -> Iterator[str]:
    """The site over HTTP on loopback."""

    class Quiet(http.server.SimpleHTTPRequestHandler):
        def log_message(self, *_: object) -> None:
            pass

    handler = functools.partial(Quiet, directory=str(site))
    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), handler) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_port}"
        server.shutdown()


def _open(page: Page, site: Path, name: str) -> None:
    page.goto((site / name.partition("#")[0]).as_uri() + "".join(name.partition("#")[1:]))


def _shown(page: Page) -> list[str]:
    """The accession numbers of the lines."""
    links = page.locator("#results tbody td.date a").evaluate_all("links => links.map(link => link.href)")
    return [link.rpartition("/")[2].removesuffix(".html") for link in links]


def test_nothing_goes_wrong_on_any_page_and_nobody_else_is_asked(
    page: Page, watched: Watched, site: Path, served: str
) -> None:
    for name in PAGES:
        _open(page, site, name)
        page.goto(f"{served}/{name}")
    assert watched.errors == []
    assert watched.foreign == []


@pytest.mark.parametrize(
    ("words", "found"),
    [
        ("unsure", [UNABLE]),
        ("UNSR", [UNABLE]),
        ("1000002", [UNABLE]),
        (FIRST, [FIRST]),
        ("000100000108000002", [AMENDMENT]),
        ("7372", [UNABLE]),
        ("prepackaged software", [UNABLE]),
        ("example works", [AMENDMENT, FIRST]),
        ("<script>", [EVIL]),
        ("nobody", []),
    ],
)
def test_words_find_filings(page: Page, site: Path, words: str, found: list[str]) -> None:
    _open(page, site, "filings.html")
    page.get_by_label("Company, ticker").fill(words)
    assert _shown(page) == found
    expect(page.get_by_role("status")).to_contain_text(f"{len(found)} of 6" if found else "None of 6")


@pytest.mark.parametrize(
    ("label", "choice", "found"),
    [
        ("Form", "8-K/A", [AMENDMENT]),
        ("Year", "2009", [EVIL, EURO]),
        ("Estimate", "unable", [UNABLE]),
        ("Type of cost", "severance", [EVIL, EURO, AMENDMENT, FIRST]),
    ],
)
def test_choices_narrow_the_list(page: Page, site: Path, label: str, choice: str, found: list[str]) -> None:
    _open(page, site, "filings.html")
    page.get_by_label(label, exact=True).select_option(choice)
    assert _shown(page) == found


def test_an_amount_narrows_the_list(page: Page, site: Path) -> None:
    _open(page, site, "filings.html")
    page.get_by_label("At least, in millions").fill("9.5")
    assert len(_shown(page)) == 4
    page.get_by_label("At least, in millions").fill("9.6")
    assert _shown(page) == []


def test_the_address_keeps_the_query(page: Page, site: Path) -> None:
    _open(page, site, "filings.html")
    page.get_by_label("Company, ticker").fill("example works")
    page.get_by_label("Form", exact=True).select_option("8-K/A")
    address = page.url
    assert address.endswith("#q=example+works&form=8-K%2FA")
    page.goto("about:blank")
    page.goto(address)
    assert _shown(page) == [AMENDMENT]
    expect(page.get_by_label("Company, ticker")).to_have_value("example works")
    page.evaluate("location.hash = 'q=unsure'")
    expect(page.get_by_role("status")).to_contain_text("1 of 6")
    page.get_by_role("button", name="Clear").click()
    expect(page.get_by_role("status")).to_contain_text("6 of 6")


@pytest.mark.parametrize("way", ["from disk", "over HTTP"])
def test_the_first_pages_search_leads_to_the_list(page: Page, site: Path, served: str, way: str) -> None:
    page.goto(f"{served}/index.html" if way == "over HTTP" else (site / "index.html").as_uri())
    page.get_by_label("Company, ticker").fill("unsure")
    page.keyboard.press("Enter")
    page.wait_for_url("**/filings.html?q=unsure*")
    assert _shown(page) == [UNABLE]


def test_columns_sort_with_the_keyboard_and_say_so(page: Page, site: Path) -> None:
    _open(page, site, "filings.html")
    total = page.get_by_role("columnheader", name="Total stated")
    total.get_by_role("button").focus()
    page.keyboard.press("Enter")
    expect(total).to_have_attribute("aria-sort", "descending")
    # Dollars before other currencies, and what states nothing in the end.
    assert [*_shown(page)[:3]] == [EVIL, AMENDMENT, FIRST]
    assert _shown(page)[3] == EURO
    page.keyboard.press("Enter")
    expect(total).to_have_attribute("aria-sort", "ascending")
    assert _shown(page)[-2:] == [UNABLE, "0001000003-08-000004"]
    page.get_by_role("button", name="Company").click()
    assert _shown(page)[1:] == [EURO, AMENDMENT, FIRST, "0001000003-08-000004", UNABLE]


def test_registrants_are_listed_with_their_filings(page: Page, site: Path) -> None:
    _open(page, site, "filings.html")
    page.get_by_label("registrants", exact=True).check()
    expect(page.get_by_role("status")).to_contain_text("5 of 5 registrants")
    expect(page.get_by_role("row", name="EXAMPLE WORKS INC")).to_contain_text("2 filings")


def test_a_filing_opens_from_the_list_and_leads_back(page: Page, watched: Watched, site: Path) -> None:
    _open(page, site, f"filings.html#q={FIRST}")
    page.locator("#results tbody a").first.click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("EXAMPLE WORKS INC")
    page.get_by_role("link", name="All filings").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Filings and registrants")
    page.get_by_role("link", name="EXAMPLE WORKS INC").first.click()
    expect(page.get_by_role("heading", level=2).first).to_contain_text("million")
    assert watched.errors == []
    assert watched.foreign == []


def test_a_hostile_registrant_is_text(page: Page, watched: Watched, site: Path) -> None:
    for name in ("filings.html#q=evil", "registrants/0001000005.html", "checks.html", f"filings/{EVIL}.html"):
        _open(page, site, name)
        assert page.title() != "run"
        expect(page.get_by_text("cmd|").first).to_be_attached()
    assert watched.errors == []


def test_without_script_every_filing_is_listed_by_year(chromium: Browser, site: Path) -> None:
    context = chromium.new_context(java_script_enabled=False)
    page = context.new_page()
    _open(page, site, "filings.html")
    expect(page.get_by_text("every filing stands in the lists by year")).to_be_visible()
    page.get_by_role("link", name="2008").click()
    expect(page.get_by_role("row")).to_have_count(5)
    context.close()


@pytest.mark.parametrize("name", PAGES)
@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [1280, 390])
def test_no_page_has_barriers_or_is_wider_than_the_screen(
    chromium: Browser, site: Path, axe: str, name: str, scheme: str, width: int
) -> None:
    context = chromium.new_context(
        viewport={"width": width, "height": 844},
        color_scheme="dark" if scheme == "dark" else "light",
        bypass_csp=True,  # for axe-core alone
    )
    page = context.new_page()
    _open(page, site, name)
    page.evaluate("for (const part of document.querySelectorAll('details')) part.open = true")
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    page.evaluate(axe)
    violations = page.evaluate("axe.run().then(result => result.violations)")
    grave = [
        (found["id"], [node["html"][:200] for node in found["nodes"]])
        for found in violations
        if found["impact"] in ("serious", "critical")
    ]
    assert not grave
    context.close()
