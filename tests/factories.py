"""Rows that pass every check, to be bent by tests; texts and companies are invented."""

import datetime as dt
from collections.abc import Mapping
from decimal import Decimal
from typing import Any

import pyarrow as pa

from pipeline.tables import TABLES
from pipeline.tables.arrow import rows_to_arrow
from pipeline.tables.ids import figure_id

Row = dict[str, Any]
Rows = dict[str, list[Row]]

VERSION = "0123456789ab"
HEADING = "Item 2.05 Costs Associated with Exit or Disposal Activities. 🏭"
SENTENCES = (
    "On October 21, 2008 the Board committed to a plan to close the Ohio plant and cut 120 positions.",
    "The Company expects total charges of approximately $8.0 million to $9.5 million.",
    "These include severance of $5.0 million to $6.0 million and leases of $3.0 million to $3.5 million.",
    "Cash expenditures will be up to $7.5 million.",
    "Vesting of 250,000 stock options will be accelerated.",
    "The Company expects annual savings of $12 million.",
)
TEXT = "\n".join((HEADING, *SENTENCES))
"""With an emoji before the first figure: offsets in bytes or UTF-16 would miss every span."""


def span(words: str, within: str = TEXT) -> tuple[int, int]:
    """Where the words stand, in code points."""
    start = within.index(words)
    return start, start + len(words)


def filing(accession_number: str = "0001000001-08-000001", **changes: Any) -> Row:
    return {
        "accession_number": accession_number,
        "cik": "0001000001",
        "company_name": "EXAMPLE WORKS INC",
        "former_names": [],
        "tickers": ["EXWK"],
        "co_registrants": [],
        "form_type": "8-K",
        "is_amendment": False,
        "filed_date": dt.date(2008, 10, 27),
        "accepted_at": dt.datetime(2008, 10, 27, 20, 15, tzinfo=dt.UTC),
        "report_date": dt.date(2008, 10, 21),
        "items": ["2.05", "9.01"],
        "body_items": ["2.05"],
        "sic_code": "3663",
        "sic_description": "RADIO & TV BROADCASTING & COMMUNICATIONS EQUIPMENT",
        "state_of_incorporation": "DE",
        "fiscal_year_end": "1231",
        "primary_document": "form8k.htm",
        "source_url": f"https://www.sec.gov/Archives/edgar/data/1000001/{accession_number}.txt",
        "source_sha256": "a" * 64,
        "source_bytes": 12_345,
        "read_status": "read",
        "read_problem": None,
        "reader_version": VERSION,
    } | changes


def section(accession_number: str = "0001000001-08-000001", text: str = TEXT, **changes: Any) -> Row:
    return {
        "accession_number": accession_number,
        "document_sequence": 1,
        "section_ordinal": 1,
        "item": "2.05",
        "document_type": "8-K",
        "document_name": "form8k.htm",
        "title": text.split("\n")[0],
        "text": text,
        "char_count": len(text),
        "incorporates": [],
        "layout": "[]",
        "reader_version": VERSION,
    } | changes


def plan(accession_number: str = "0001000001-08-000001", **changes: Any) -> Row:
    return {
        "accession_number": accession_number,
        "plan_ordinal": 1,
        "commitment_date": dt.date(2008, 10, 21),
        "announced_date": None,
        "completion_text": "by the end of the second quarter of 2009",
        "completion_by": dt.date(2009, 6, 30),
        "course_of_action": SENTENCES[0],
        "estimate_status": "given",
        "currency": "USD",
        "total_low": Decimal("8000000.00"),
        "total_high": Decimal("9500000.00"),
        "cash_low": None,
        "cash_high": Decimal("7500000.00"),
        "noncash_low": None,
        "noncash_high": None,
        "components_low": Decimal("8000000.00"),
        "components_high": Decimal("9500000.00"),
        "headcount_low": 120,
        "headcount_high": 120,
        "workforce_percent": None,
        "reconciliation": "adds_up",
        "rejected_rows": 0,
        "reader_version": VERSION,
    } | changes


def _placed(accession_number: str, figure: str, evidence: str, ordinal: int) -> Row:
    start, end = span(evidence)
    figure_start, figure_end = span(figure)
    return {
        "accession_number": accession_number,
        "plan_ordinal": 1,
        "document_sequence": 1,
        "section_ordinal": 1,
        "item": "2.05",
        "document_type": "8-K",
        "ordinal": ordinal,
        "is_approximate": False,
        "evidence": evidence,
        "char_start": start,
        "char_end": end,
        "figure_start": figure_start,
        "figure_end": figure_end,
        "context_spans": [],
        "rule": "example",
        "reader_version": VERSION,
    }


def charge(
    accession_number: str,
    figure: str,
    evidence: str,
    ordinal: int,
    low: float | None,
    high: float | None,
    **changes: Any,
) -> Row:
    """A charge of which `figure` and `evidence` are words of TEXT; bounds in dollars."""
    return (
        {
            "charge_id": figure_id(accession_number, 1, figure, 1, ordinal),
            **_placed(accession_number, figure, evidence, ordinal),
            "amount_low": None if low is None else Decimal(f"{low:.2f}"),
            "amount_high": None if high is None else Decimal(f"{high:.2f}"),
            "currency": "USD",
            "category": "unstated",
            "asc420_class": "unstated",
            "role": "component",
            "settlement": "unstated",
            "status": "expected",
            "is_pretax": None,
            "period_text": None,
            "period_start": None,
            "period_end": None,
            "parent_charge_id": None,
            "counts_in_sum": False,
        }
    ) | changes


def charges(accession_number: str = "0001000001-08-000001") -> list[Row]:
    """A total of 8.0 to 9.5 million, its two parts, and the cash in it (a cap)."""
    total = charge(
        accession_number, "$8.0 million to $9.5 million", SENTENCES[1], 1, 8e6, 9.5e6, role="total",
        is_approximate=True,
    )  # fmt: skip
    part = {"parent_charge_id": total["charge_id"], "counts_in_sum": True}
    return [
        total,
        charge(
            accession_number, "$5.0 million to $6.0 million", SENTENCES[2], 2, 5e6, 6e6, category="severance",
            asc420_class="one_time_termination_benefits", **part,
        ),
        charge(
            accession_number, "$3.0 million to $3.5 million", SENTENCES[2], 3, 3e6, 3.5e6,
            category="contract_termination", asc420_class="contract_termination", **part,
        ),
        charge(
            accession_number, "up to $7.5 million", SENTENCES[3], 4, None, 7.5e6, role="cash_portion",
            settlement="cash",
        ),
    ]  # fmt: skip


def share_figure(accession_number: str = "0001000001-08-000001", **changes: Any) -> Row:
    return {
        "share_figure_id": figure_id(accession_number, 1, "250,000 stock options", 1, 1),
        **_placed(accession_number, "250,000 stock options", SENTENCES[4], 1),
        "count_low": 250_000,
        "count_high": 250_000,
        "security": "stock_option",
        "action": "vesting_accelerated",
        "value_low": None,
        "value_high": None,
        "currency": None,
        "charge_id": None,
    } | changes


def headcount_figure(accession_number: str = "0001000001-08-000001", **changes: Any) -> Row:
    return {
        "headcount_figure_id": figure_id(accession_number, 1, "120 positions", 1, 1),
        **_placed(accession_number, "120 positions", SENTENCES[0], 1),
        "count_low": 120,
        "count_high": 120,
        "percent": None,
        "basis": "unstated",
    } | changes


def mention(accession_number: str, words: str, unit: str, **changes: Any) -> Row:
    start, end = span(words)
    return {
        "mention_id": figure_id(accession_number, 1, words, 1, 99),
        "accession_number": accession_number,
        "document_sequence": 1,
        "section_ordinal": 1,
        "char_start": start,
        "char_end": end,
        "mention_text": words,
        "unit": unit,
        "low": None,
        "high": None,
        "currency": "USD" if unit == "money" else None,
        "relation": "none",
        "target_table": None,
        "target_id": None,
        "kind": None,
        "rule": "example",
        "reader_version": VERSION,
    } | changes


def mentions(accession_number: str = "0001000001-08-000001") -> list[Row]:
    """One mention for each figure of `charges`, and the saving, which is none of ours."""

    def of_charge(row: Row) -> Row:
        words = TEXT[row["figure_start"] : row["figure_end"]]
        return mention(
            accession_number, words, "money", low=row["amount_low"], high=row["amount_high"],
            relation="states", target_table="charges", target_id=row["charge_id"],
        )  # fmt: skip

    return [
        *(of_charge(row) for row in charges(accession_number)),
        mention(
            accession_number, "120 positions", "people", low=Decimal(120), high=Decimal(120),
            relation="states",
            target_table="headcount_figures",
            target_id=headcount_figure(accession_number)["headcount_figure_id"],
        ),
        mention(
            accession_number, "250,000 stock options", "shares", low=Decimal(250_000), high=Decimal(250_000),
            relation="states",
            target_table="share_figures", target_id=share_figure(accession_number)["share_figure_id"],
        ),
        mention(accession_number, "$12 million", "money", low=Decimal(12_000_000), high=Decimal(12_000_000),
            kind="saving",),
    ]  # fmt: skip


def filing_rows(accession_number: str = "0001000001-08-000001", **filing_changes: Any) -> Rows:
    """All staged rows of one good filing, by table."""
    return {
        "filings": [filing(accession_number, **filing_changes)],
        "sections": [section(accession_number)],
        "exit_plans": [plan(accession_number)],
        "charges": charges(accession_number),
        "share_figures": [share_figure(accession_number)],
        "headcount_figures": [headcount_figure(accession_number)],
        "mentions": mentions(accession_number),
    }


def month_rows(filings: int = 2) -> Rows:
    """The staged rows of a month with that many good filings."""
    return together(*(filing_rows(f"0001000001-08-{number:06d}") for number in range(1, filings + 1)))


def together(*filings: Rows) -> Rows:
    joined: Rows = {name: [] for name in filing_rows()}
    for rows in filings:
        for name, listed in rows.items():
            joined[name].extend(listed)
    return joined


def arrow_tables(rows: Mapping[str, list[Row]]) -> dict[str, pa.Table]:
    """Staged Arrow tables, as `judge_month` takes them."""
    return {name: rows_to_arrow(TABLES[name], listed) for name, listed in rows.items()}


def publishable(rows: Mapping[str, list[Row]]) -> dict[str, pa.Table]:
    """The same with empty `rejected_rows` and `corrections`, as `publish_month` takes them."""
    return arrow_tables({**rows, "rejected_rows": [], "corrections": []})
