"""Published filings as views: with everything that was read, rejected and amended, in the order asked for."""

import datetime as dt
from collections.abc import Iterable, Iterator
from decimal import Decimal
from typing import TYPE_CHECKING

import pytest
from upath import UPath

from pipeline.pages import filing_view
from pipeline.pages.filing_view import FilingView, views
from pipeline.tables import TABLES
from pipeline.tables.arrow import rows_to_arrow
from pipeline.tables.row_json import as_json
from pipeline.warehouse.database import build_database
from pipeline.warehouse.publish import publish_month
from pipeline.warehouse.query import open_database
from tests.factories import SENTENCES, Row, charge, filing_rows, publishable, together
from tests.pages.views import AMENDMENT, NUMBER

if TYPE_CHECKING:
    from duckdb import DuckDBPyConnection

OTHER = "0001000001-08-000009"
CHECKS = ("evidence_is_the_text", "amount_reads_from_figure")


@pytest.fixture(scope="module")
def connection(tmp_path_factory: pytest.TempPathFactory) -> Iterator["DuckDBPyConnection"]:
    """The database of an original, its amendment, and a filing of another company."""
    home = UPath(tmp_path_factory.mktemp("home"))
    rejected = charge(NUMBER, "$12 million", SENTENCES[5], 5, 12e6, 12e6, period_end=dt.date(2009, 1, 31))
    original = together(filing_rows(NUMBER), filing_rows(OTHER, cik="0001000009"))
    amendment = filing_rows(
        AMENDMENT,
        form_type="8-K/A",
        is_amendment=True,
        filed_date=dt.date(2008, 12, 15),
        accepted_at=dt.datetime(2008, 12, 15, 20, tzinfo=dt.UTC),
    )
    for rows, month in ((original, "2008-10"), (amendment, "2008-12")):
        for name in ("charges", "share_figures", "headcount_figures"):
            for row in rows[name]:
                row["flags"] = []
        failed = CHECKS if month == "2008-10" else ()
        tables = {"rejected_rows": rows_to_arrow(TABLES["rejected_rows"], _rejections(rejected, failed))}
        publish_month(home, month, publishable(rows) | tables)
    build_database(home)
    with open_database(home) as opened:
        yield opened


def _rejections(row: Row, checks: Iterable[str]) -> list[Row]:
    whole = {name: row.get(name) for name in TABLES["charges"].column_names}
    return [
        {
            "table_name": "charges",
            "row_key": row["charge_id"],
            "expectation": check,
            "row": as_json(whole),
            "reader_version": "1",
        }
        for check in checks
    ]


def numbers(found: Iterator[FilingView]) -> list[str]:
    return [view.filing["accession_number"] for view in found]


def test_all_filings_come_oldest_first(connection: "DuckDBPyConnection") -> None:
    assert numbers(views(connection)) == [NUMBER, OTHER, AMENDMENT]


def test_those_asked_for_come_in_their_order_and_unknown_ones_are_passed_over(
    connection: "DuckDBPyConnection",
) -> None:
    assert numbers(views(connection, [OTHER, "nothing", NUMBER])) == [OTHER, NUMBER]


def test_chunks_make_no_difference(connection: "DuckDBPyConnection", monkeypatch: pytest.MonkeyPatch) -> None:
    at_once = list(views(connection))
    monkeypatch.setattr(filing_view, "_AT_ONCE", 1)
    assert list(views(connection)) == at_once


def test_a_view_has_the_rows_of_its_filing_in_reading_order(connection: "DuckDBPyConnection") -> None:
    [view] = views(connection, [OTHER])
    assert view.is_judged
    assert view.filing["filed_date"] == dt.date(2008, 10, 27)
    assert [row["ordinal"] for row in view.charges] == [1, 2, 3, 4]
    assert (len(view.sections), len(view.plans), len(view.mentions)) == (1, 1, 7)
    assert not view.histories
    assert not view.rejected


def test_rejected_rows_come_once_with_all_their_checks_and_typed_values(
    connection: "DuckDBPyConnection",
) -> None:
    [view] = views(connection, [NUMBER])
    [found] = view.rejected
    assert found.checks == ("amount_reads_from_figure", "evidence_is_the_text")
    assert found.row["amount_low"] == Decimal("12000000.00")
    assert found.row["period_end"] == dt.date(2009, 1, 31)


def test_the_original_and_its_amendment_have_the_same_history(connection: "DuckDBPyConnection") -> None:
    original, amendment = views(connection, [NUMBER, AMENDMENT])
    [history] = original.histories
    assert amendment.histories == original.histories
    assert [(version.accession_number, version.effect) for version in history.versions] == [
        (NUMBER, "original"),
        (AMENDMENT, "exhibits_only"),
    ]
    assert [len(version.charges) for version in history.versions] == [4, 4]
