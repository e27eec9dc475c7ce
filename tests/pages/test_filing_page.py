"""The page of a filing as markup: nothing of a filing becomes markup, every reference has its target."""

import re
from dataclasses import replace
from itertools import pairwise

import pytest
from selectolax.lexbor import LexborHTMLParser

from pipeline.pages.filing_page import filing_page, filings_page
from pipeline.pages.filing_view import FilingView, UnreadFile
from pipeline.pages.render import script_hash
from tests.factories import filing, plan
from tests.pages.views import (
    AMENDMENT,
    HOSTILE,
    NUMBER,
    amended,
    hostile_view,
    saving_taken_for_a_charge,
    view_of,
)


def text_of(page: str) -> str:
    """The words of a page, without styles and scripts, as one line."""
    parsed = LexborHTMLParser(page)
    parsed.strip_tags(["style", "script"])
    return " ".join((parsed.body.text(separator=" ") if parsed.body else "").split())


VIEWS = {
    "plain": view_of(),
    "rejected": saving_taken_for_a_charge(),
    "amended": view_of(histories=(amended(),)),
    "two plans": view_of(plans=[plan(NUMBER), plan(NUMBER, plan_ordinal=2)]),
    "hostile": hostile_view(),
    "from disk": view_of(is_judged=False, notes=("The document is cut off.",)),
    "empty": view_of(
        filing=filing(NUMBER, read_status="unreadable", read_problem="It is a picture."),
        sections=(), plans=[], charges=[], share_figures=[], headcount_figures=[], mentions=[],
    ),
}  # fmt: skip


@pytest.mark.parametrize("view", VIEWS.values(), ids=VIEWS.keys())
def test_every_id_is_unique_and_every_reference_has_its_target(view: FilingView) -> None:
    parsed = LexborHTMLParser(filing_page(view))
    ids = [node.attributes["id"] for node in parsed.css("[id]")]
    assert len(ids) == len(set(ids))
    wanted: set[str | None] = set()
    for name in ("data-figures", "aria-describedby", "aria-labelledby"):
        for node in parsed.css(f"[{name}]"):
            wanted |= set((node.attributes[name] or "").split())
    for node in parsed.css("a[href^='#']"):
        wanted.add((node.attributes["href"] or "")[1:])
    assert wanted <= set(ids)


@pytest.mark.parametrize("view", VIEWS.values(), ids=VIEWS.keys())
def test_headings_follow_one_another_and_tables_have_heads(view: FilingView) -> None:
    parsed = LexborHTMLParser(filing_page(view))
    levels = [int(str(node.tag)[1]) for node in parsed.css("h1, h2, h3, h4")]
    assert levels[0] == 1
    assert all(later <= earlier + 1 for earlier, later in pairwise(levels))
    assert all(table.css_first("th") for table in parsed.css("table"))


def test_a_hostile_filing_adds_no_element_attribute_or_address() -> None:
    page = filing_page(hostile_view())
    parsed = LexborHTMLParser(page)
    assert len(parsed.css("script")) == len(parsed.css("style")) == len(parsed.css("title")) == 1
    assert not parsed.css("img, svg, iframe, object, form, base")
    for node in parsed.css("*"):
        assert not [name for name in node.attributes if name.startswith("on") or name == "src"]
    addresses = [node.attributes["href"] or "" for node in parsed.css("[href]")]
    assert all(re.fullmatch(r"#[\w-]+|[\d-]+\.html", address) for address in addresses)
    assert not re.search(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069\ud800-\udfff]", page)
    assert "{{ 7 * 7 }}" in text_of(page)
    assert "onerror" in text_of(page)


def test_only_the_pages_own_script_may_run_and_nothing_may_be_loaded() -> None:
    [policy] = LexborHTMLParser(filing_page(view_of())).css("meta[http-equiv='Content-Security-Policy']")
    rules = dict(rule.strip().split(" ", 1) for rule in (policy.attributes["content"] or "").split(";"))
    assert rules["default-src"] == "'none'"
    assert rules["script-src"] == script_hash("filing.js")


def test_links_lead_to_edgar_without_telling_where_from() -> None:
    parsed = LexborHTMLParser(filing_page(view_of()))
    links = {node.attributes["href"]: node.attributes.get("rel") for node in parsed.css("a[href^='http']")}
    assert links == dict.fromkeys(
        (
            f"https://www.sec.gov/Archives/edgar/data/1000001/{NUMBER.replace('-', '')}/{NUMBER}-index.htm",
            f"https://www.sec.gov/Archives/edgar/data/1000001/{NUMBER}.txt",
        ),
        "noopener noreferrer",
    )


def test_the_page_says_whether_it_adds_up_and_what_counts() -> None:
    words = text_of(filing_page(view_of()))
    assert "The parts add up to the stated total, within rounding." in words
    assert "Stated total $8,000,000 to $9,500,000 Sum of the parts $8,000,000 to $9,500,000" in words
    assert "In cash up to $7,500,000" in words
    assert "All checks passed." in words


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ({"reconciliation": "does_not_add_up"}, "The parts do not add up to the stated total"),
        ({"rejected_rows": 1}, "Figures of the plan were rejected"),
        ({"total_low": None, "total_high": None}, "The filing states no total"),
        ({"components_low": None, "components_high": None}, "but no parts that could be compared"),
        ({}, "a bound is open, or the filing does not name all parts"),
    ],
)
def test_why_nothing_adds_up(changes: dict[str, object], sentence: str) -> None:
    changed = plan(NUMBER, **{"reconciliation": "not_comparable", **changes})
    assert sentence in text_of(filing_page(view_of(plans=[changed])))


def test_what_was_rejected_says_by_which_check() -> None:
    words = text_of(filing_page(saving_taken_for_a_charge()))
    assert "Rejected charge $12,000,000" in words
    assert "An amount has a currency." in words
    assert "1 of its figures failed a check and is left out" in words


def test_an_amended_filing_shows_what_changed_and_leads_to_the_other() -> None:
    page = filing_page(view_of(histories=(amended(),)))
    assert f'<a href="{AMENDMENT}.html">' in page
    words = text_of(page)
    assert f"Amended on December 15, 2008 by {AMENDMENT} : replaces the estimate." in words
    assert "$9,000,000 to $10,500,000 changed, +$1,000,000" in words
    own = replace(view_of(histories=(amended(),)), filing=filing(AMENDMENT, form_type="8-K/A"))
    assert f"Amends the filing of October 27, 2008, {NUMBER} : replaces" in text_of(filing_page(own))


def test_a_file_from_disk_is_not_said_to_be_judged() -> None:
    words = text_of(filing_page(VIEWS["from disk"]))
    assert "no check has judged them" in words
    assert "All checks passed" not in words
    assert "The document is cut off." in words


def test_a_filing_that_could_not_be_read_says_why() -> None:
    words = text_of(filing_page(VIEWS["empty"]))
    assert "Could not be read" in words
    assert "It is a picture." in words
    assert "There is no text of Item 2.05 to show." in words


def test_several_filings_are_one_page_that_lists_them() -> None:
    page = filings_page([view_of(), UnreadFile(HOSTILE, "It is empty."), view_of()])
    ids = re.findall(r' id="([^"]+)"', page)
    assert len(ids) == len(set(ids))
    words = text_of(page)
    assert words.count("EXAMPLE WORKS INC") == 4
    assert "It is empty." in words


def test_the_page_leads_to_the_overview_that_it_is_given() -> None:
    assert 'href="../index.html"' in filing_page(view_of(), overview="../index.html")
