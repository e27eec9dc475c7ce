"""Every shape of item heading that real filings show, and what only looks like one."""

import pytest

from pipeline.reading.filing import read_filing
from tests.reading.shapes import BODY, OTHER, html, plain

TITLE = "Costs Associated with Exit or Disposal Activities"


@pytest.mark.parametrize(
    "heading",
    [
        f"Item 2.05 {TITLE}.",
        f"ITEM 2.05.  {TITLE.upper()}",
        f"Item 2.05. {TITLE}",
        f"Item 2.05: {TITLE}",
        f"Item 2.05 - {TITLE}.",
        f"Item 2.05 \u2013 {TITLE}",
        f"Item 2.05 | {TITLE}. |",
        f"| Item 2.05. | {TITLE} |",
        f"Item No. 2.05 {TITLE}",
        f"Item 2.05\u2009{TITLE}",
        f"Item\u00a02.05.\u00a0\u00a0\u00a0\u00a0{TITLE}.",
        f"Item 2.05    Item {TITLE}",
        "Item 2.05. Costs Associated with Exit of Disposal Activities",
        "Item 2.05. Cost Associated With Exit or Disposal Activities.",
        "Item 2.05. Costs Associated with Exit and Disposal Activites.",
        f"Section 2 - Financial Information Item 2.05 {TITLE}",
        f"Section 2 \u2013 Financial Information\n\nItem 2.05. {TITLE}",
        f"Item 2.05(a) {TITLE}",
        f"ITEM 2. 05 {TITLE.upper()}",
        f"Item 2.5 {TITLE}",
        f"Item 2-05 {TITLE}",
        f"Item 2.O5 {TITLE}",
        f"I tem 2.05 {TITLE}",
        f"Form 8-K, Item 2.05 {TITLE}",
        f"Item 2.06 {TITLE}",
        f"Item 2.05.{TITLE}",
        f"Item 2.05{TITLE}",
        f"2.05 {TITLE}",
        f"(Item 2.05) {TITLE}",
        f"Item 2.05 [{TITLE}]",
        "Item 2.05. Restructuring.",
        f"item 2.05 {TITLE.lower()}",
        f"     Item 2.05      {TITLE}",
        f"Item 2.05.\n\n{TITLE}.",
        f"Item 2.05.\n{TITLE}.",
        "ITEM 2.05  COSTS ASSOCIATED WITH EXIT OR\n           DISPOSAL ACTIVITIES",
        f"{TITLE}.",
        "Item 2.05",
    ],
)
def test_plain_text_heading(heading: str) -> None:
    reading = read_filing(plain(heading, BODY))
    assert reading.body_items == ("2.05",)
    assert not reading.headless
    (section,) = reading.sections
    assert section.text.endswith(BODY)
    first = section.blocks[0]
    assert (first.kind, first.start) == ("heading", 0)


@pytest.mark.parametrize(
    "heading",
    [
        f"<p><b>Item&#160;2.05 {TITLE}.</b></p>",
        f"<p>Item&nbsp;2.05.&nbsp;&nbsp;&nbsp;<u>{TITLE}</u></p>",
        f"<table><tr><td>Item 2.05.</td><td>{TITLE}.</td></tr></table>",
        f"<table><tr><td><b>Item</b></td><td><b>2.05.</b></td><td></td><td><b>{TITLE}</b></td></tr></table>",
        f"<table><tr><td>Item 2.05.</td></tr><tr><td>{TITLE}.</td></tr></table>",
        f"<p>Item 2.05<br>{TITLE}</p>",
        f"<p><b>Item 2.05</b></p><p><b>{TITLE}</b></p>",
        "<p><b>Item 2.05 Costs Associated with Exit</b></p><p><b>or Disposal Activities</b></p>",
        f"<h2>ITEM 2.05 &mdash; {TITLE}</h2>",
        f"<p>Item 2.05\u2009{TITLE}</p>",
        f"<p><span>It</span><span>em 2.0</span><span>5.</span> <span>{TITLE}</span></p>",
    ],
)
def test_html_heading(heading: str) -> None:
    reading = read_filing(html(heading, f"<p>{BODY}</p>"))
    assert reading.body_items == ("2.05",)
    (section,) = reading.sections
    assert section.text.endswith(BODY)
    assert section.text.startswith(section.title)


@pytest.mark.parametrize(
    "start",
    [f"Item 2.05 {TITLE}. ", f"ITEM 2.05. {TITLE.upper()}. ", "Item 2.05. ", f"Item 2.05.\n\n{TITLE}. "],
)
def test_heading_that_runs_on_is_split_from_the_text(start: str) -> None:
    (section,) = read_filing(plain(start + BODY)).sections
    assert section.item == "2.05"
    assert section.blocks[0].kind == "heading"
    last = section.blocks[-1]
    assert section.text[last.start : last.end] == BODY


@pytest.mark.parametrize(
    "heading",
    [
        f"Items 2.05 and 2.06. {TITLE} and Material Impairments.",
        f"Items 2.05 and 2.06 {TITLE}; Material Impairments",
        f"Item 2.05 and Item 2.06 {TITLE} and Material Impairments",
        f"Item 2.05 {TITLE}; Item 2.06 Material Impairments.",
        f"Items 2.05, 2.06. {TITLE}",
        f"Item 2.05 {TITLE}.\n\nItem 2.06 Material Impairments.",
    ],
)
def test_items_under_one_heading_share_the_text(heading: str) -> None:
    reading = read_filing(plain(heading, BODY, "Item 8.01 Other Events.", OTHER))
    assert reading.body_items == ("2.05", "2.06", "8.01")
    first, second, other = reading.sections
    assert first.text.endswith(BODY)
    assert second.text.endswith(BODY)
    assert OTHER in other.text


@pytest.mark.parametrize(
    "mention",
    [
        "Item 2.05 of Form 8-K requires the Company to give an estimate of its charges once it can.",
        "Items 2.05 and 2.06 above describe the closing of the plant and the impairment that follows.",
        "Item 2.02 and Exhibit 99.1 are furnished and shall not be deemed filed under the Act at all.",
        "The information set forth in Item 2.05 is incorporated by reference, as is that in Item 1.01 there.",
        "Item 1A. Risk Factors of the Form 10-K for 2009 names the risks that bear on these statements.",
        "Item 7.01 disclosure will follow in due course when the Company has more to say about the plan.",
    ],
)
def test_mention_in_running_text_is_no_heading(mention: str) -> None:
    reading = read_filing(plain("Item 8.01 Other Events.", BODY, mention))
    assert reading.body_items == ("8.01",)
    assert mention in reading.sections[0].text


def test_table_of_contents_is_no_heading() -> None:
    contents = (
        f"TABLE OF CONTENTS\n\nItem 2.05 {TITLE}\n\nItem 9.01 Financial Statements and Exhibits\n\nSIGNATURES"
    )
    reading = read_filing(
        plain(contents, f"Item 2.05 {TITLE}", BODY, "Item 9.01 Financial Statements and Exhibits", "None.")
    )
    assert reading.body_items == ("2.05", "9.01")
    assert [section.text.split("\n")[1] for section in reading.sections] == [BODY, "None."]


def test_section_banner_belongs_to_no_items_text() -> None:
    reading = read_filing(
        plain("SECTION 2 - FINANCIAL INFORMATION", f"ITEM 2.05 {TITLE.upper()}", BODY)
        .replace(b"SIGNATURES", b"SECTION 8 - OTHER EVENTS\n\nITEM 8.01 OTHER EVENTS\n\nNone.\n\nSIGNATURES")
    )  # fmt: skip
    assert reading.body_items == ("2.05", "8.01")
    assert reading.sections[0].text.endswith(BODY)
    assert reading.sections[1].text == "ITEM 8.01 OTHER EVENTS\nNone."


def test_text_that_lost_its_line_ends() -> None:
    text = plain(f"Item 2.05 {TITLE}", BODY, "Item 8.01 Other Events", OTHER).decode()
    reading = read_filing(" ".join(text.split()).encode())
    assert reading.body_items == ("2.05", "8.01")
    assert [section.text.split("\n")[1] for section in reading.sections] == [BODY, OTHER]


def test_title_without_number_beside_the_numbered_heading_counts_once() -> None:
    reading = read_filing(plain("INVENTED   Form 8-K", TITLE, f"Item 2.05. {TITLE}.", BODY))
    assert reading.body_items == ("2.05",)
    assert len(reading.sections) == 1


def test_item_without_text_of_its_own_keeps_its_heading() -> None:
    reading = read_filing(
        plain("Item 8.01 Other Events.", "Item 9.01 Financial Statements and Exhibits.", "None.")
    )
    assert reading.sections[0].text == "Item 8.01 Other Events."


def test_old_numbering_before_the_change() -> None:
    reading = read_filing(
        plain("Item 5.  Other Events.", BODY, "Item 7. Financial Statements and Exhibits.", "None.")
        .replace(b"May 3, 2010", b"May 3, 2001")
    )  # fmt: skip
    assert reading.body_items == ("5", "7")


def test_old_number_with_a_new_title_is_a_misprint_after_the_change() -> None:
    reading = read_filing(
        plain(f"Item 2.05 {TITLE}", BODY, "Item 9. Financial Statements and Exhibits.", "None.")
    )
    assert reading.body_items == ("2.05", "9.01")
