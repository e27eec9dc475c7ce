"""A home with a few published filings of every kind that the site tells apart, one of them hostile."""

import datetime as dt
from decimal import Decimal

from upath import UPath

from pipeline.tables.row_json import as_json
from pipeline.warehouse.database import build_database
from pipeline.warehouse.publish import publish_month
from tests.factories import Rows, arrow_tables, charges, filing_rows, together

HOSTILE = "=cmd|' /C calc'!A0 <script>document.title='run'</script></script>\u2028\u202e EVIL"
"""A name that tries to run in a spreadsheet, in a page, in a script, and to turn the text around."""
FIRST, AMENDMENT, UNABLE, UNFETCHED, EURO, EVIL = (
    "0001000001-08-000001",
    "0001000001-08-000002",
    "0001000002-08-000003",
    "0001000003-08-000004",
    "0001000004-09-000005",
    "0001000005-09-000006",
)


def publish(home: UPath) -> UPath:
    """Publish two months into the home and build its database; returns the home."""
    publish_month(home, "2008-10", arrow_tables({**_october(), "rejected_rows": [], "corrections": []}))
    rejected = {
        "table_name": "charges",
        "row_key": "0b4f3a9c2d1e5f607182",
        "expectation": "evidence_is_the_text",
        "column": "evidence",
        "observed": '{"evidence": "<img src=x onerror=alert(1)>"}',
        "row": as_json({**charges(EVIL)[3], "evidence": "<img src=x onerror=alert(1)>"}),
        "reader_version": "0123456789ab",
    }
    january = {**_january(), "rejected_rows": [rejected], "corrections": []}
    publish_month(home, "2009-01", arrow_tables(january))
    build_database(home)
    return home


def _october() -> Rows:
    original = filing_rows(FIRST)
    amendment = filing_rows(
        AMENDMENT,
        form_type="8-K/A",
        is_amendment=True,
        filed_date=dt.date(2008, 10, 30),
        accepted_at=dt.datetime(2008, 10, 30, 20, tzinfo=dt.UTC),
    )
    amendment["exit_plans"][0] |= {"total_low": Decimal(16_000_000), "total_high": Decimal(19_000_000)}
    amendment["charges"][0] |= {
        "amount_low": Decimal(16_000_000),
        "amount_high": Decimal(19_000_000),
        "flags": ["not_below_its_parts"],
    }
    unable = filing_rows(
        UNABLE,
        cik="0001000002",
        company_name="UNSURE HOLDINGS CORP",
        tickers=["UNSR"],
        sic_code="7372",
        sic_description="SERVICES-PREPACKAGED SOFTWARE",
        filed_date=dt.date(2008, 10, 20),
        accepted_at=dt.datetime(2008, 10, 20, 20, tzinfo=dt.UTC),
    )
    nothing = {"total": None, "cash": None, "components": None, "headcount": None}
    bounds = {f"{name}_{end}": value for name, value in nothing.items() for end in ("low", "high")}
    unable["exit_plans"][0] |= {"estimate_status": "unable", "currency": None, **bounds}
    unfetched = filing_rows(
        UNFETCHED,
        cik="0001000003",
        company_name="UNREACHED INC",
        tickers=[],
        sic_code=None,
        sic_description=None,
        accepted_at=None,
        filed_date=dt.date(2008, 10, 1),
        read_status="not_fetched",
        read_problem="The server answered 404.",
        flags=["submission_was_had"],
    )
    for name in ("charges", "share_figures", "headcount_figures", "mentions"):
        unable[name] = []
    for name in set(unfetched) - {"filings"}:
        unfetched[name] = []
    return together(original, amendment, unable, unfetched)


def _january() -> Rows:
    """In euros, and by a hostile registrant."""
    filed = {"filed_date": dt.date(2009, 1, 15), "accepted_at": dt.datetime(2009, 1, 15, 20, tzinfo=dt.UTC)}
    euro = filing_rows(
        EURO, cik="0001000004", company_name="CONTINENTAL WORKS PLC", tickers=["CWPL"], **filed
    )
    for row in (*euro["charges"], *euro["exit_plans"]):
        row["currency"] = "EUR"
    evil = filing_rows(EVIL, cik="0001000005", company_name=HOSTILE, tickers=["<b>"], **filed)
    evil["exit_plans"][0]["course_of_action"] = HOSTILE
    return together(euro, evil)
