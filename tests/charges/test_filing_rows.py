"""From bytes to rows: how each filing ends."""

import datetime as dt

import pytest

from pipeline.charges.filing_rows import Held, read_figures, read_sections
from pipeline.edgar.indexed_filing import IndexedFiling

INDEXED = IndexedFiling(
    accession_number="0009990001-12-000001",
    cik="0009990001",
    company_name="Invented Widgets, Inc.",
    tickers=("WIDG",),
    co_registrants=(),
    form_type="8-K",
    filed_date=dt.date(2012, 5, 4),
    report_date=dt.date(2012, 5, 3),
    items=("2.05", "9.01"),
    primary_document="w8k.htm",
    source_url="https://www.sec.gov/Archives/edgar/data/9990001/0009990001-12-000001.txt",
)


def outcome(data: bytes | None, problem: str | None = None) -> tuple[str, str | None]:
    rows = read_sections(data, Held(INDEXED.source_url), INDEXED, problem)
    filing, read = read_figures(rows.filing, rows.sections)
    assert (filing["read_status"], filing["read_problem"]) == (read.read_status, read.read_problem)
    return filing["read_status"], filing["read_problem"]


def test_read() -> None:
    text = b"Item 2.05 Costs Associated with Exit or Disposal Activities.\n\nSeverance will cost $3 million."
    assert outcome(text) == ("read", None)


def test_not_fetched_keeps_its_reason() -> None:
    assert outcome(None, "answered with status 404") == ("not_fetched", "answered with status 404")


def test_unreadable_says_why() -> None:
    status, problem = outcome(b"\x00\x01\x02" * 50)
    assert status == "unreadable"
    assert problem


def test_a_text_that_quotes_an_error_page_is_none() -> None:
    text = b"Item 2.05 Exit Costs.\n\nRequest Rate Threshold Exceeded, it said. It costs $3 million."
    assert outcome(text) == ("read", None)


def test_an_error_page_is_unreadable() -> None:
    page = b"<html><head><title>SEC.gov | Request Rate Threshold Exceeded</title></head><body></body></html>"
    assert outcome(page)[0] == "unreadable"


def test_another_item_only() -> None:
    status, problem = outcome(b"Item 8.01 Other Events.\n\nThe Company moved its office.")
    assert status == "item_not_found"
    assert problem is not None
    assert "8.01" in problem


def test_points_to_what_is_not_there() -> None:
    text = (
        b"Item 2.05 Costs Associated with Exit or Disposal Activities.\n\nThe information in Exhibit 99.1 is "
        b"incorporated by reference into this Item 2.05."
    )
    status, problem = outcome(text)
    assert status == "incorporated_elsewhere"
    assert problem is not None
    assert "EX-99" in problem


@pytest.mark.parametrize("column", ["company_name", "cik", "filed_date", "report_date"])
def test_the_index_fills_what_the_header_does_not_say(column: str) -> None:
    rows = read_sections(None, Held(INDEXED.source_url), INDEXED, "not there")
    assert rows.filing[column] == getattr(INDEXED, column)
    assert rows.filing["accession_number"] == INDEXED.accession_number


def test_figures_that_stand_in_another_item_are_read_there() -> None:
    text = (
        b"Item 2.05 Costs Associated with Exit or Disposal Activities.\n\nThe information in Item 8.01 is "
        b"incorporated by reference into this Item 2.05.\n\n"
        b"Item 8.01 Other Events.\n\nSeverance will cost $3 million."
    )
    rows = read_sections(text, Held(INDEXED.source_url), INDEXED)
    (charge,) = read_figures(rows.filing, rows.sections)[1].charges
    assert (charge["item"], charge["amount_low"]) == ("8.01", 3_000_000)
