"""Checks of all months together: each finds what it must find, and nothing in months as they should be."""

import datetime as dt
from collections.abc import Callable
from decimal import Decimal
from pathlib import Path
from typing import Any

import duckdb
import pytest
from upath import UPath

from pipeline.warehouse.cross_month import CROSS_MONTH_CHECKS, CrossMonthVerdict, judge_months
from pipeline.warehouse.database import build_database, database_path
from pipeline.warehouse.publish import publish_month
from pipeline.warehouse.views import views
from tests.factories import Rows, filing_rows, publishable, together

Judge = Callable[[dict[str, Rows]], CrossMonthVerdict]
LATER = {"filed_date": dt.date(2008, 12, 15), "accepted_at": dt.datetime(2008, 12, 15, 21, tzinfo=dt.UTC)}


@pytest.fixture
def judge(tmp_path: Path) -> Judge:
    def build(months: dict[str, Rows]) -> CrossMonthVerdict:
        for month, rows in months.items():
            publish_month(UPath(tmp_path), month, publishable(rows))
        build_database(UPath(tmp_path))
        return judge_months(UPath(tmp_path))

    return build


def found(verdict: CrossMonthVerdict) -> list[tuple[str, str]]:
    return [(finding.check_id, finding.filed_month) for finding in verdict.findings]


def amendment(cik: str, **changes: Any) -> Rows:
    return filing_rows(
        "0001000001-08-000009", cik=cik, is_amendment=True, form_type="8-K/A", **LATER, **changes
    )


def of_months(filings: list[int], factor: int = 1) -> dict[str, Rows]:
    """Months from 2007-01 with so many filings each; the last one's amounts times the factor."""
    months = {}
    for number, count in enumerate(filings):
        filed = dt.date(2007 + number // 12, number % 12 + 1, 15)
        rows = together(
            *(
                filing_rows(f"{n:010d}-07-{number:06d}", cik=f"{n:010d}", filed_date=filed)
                for n in range(count)
            )
        )
        if number == len(filings) - 1:
            for row in rows["charges"]:
                for bound in ("amount_low", "amount_high"):
                    row[bound] = None if row[bound] is None else row[bound] * factor
        months[f"{filed:%Y-%m}"] = rows
    return months


def test_the_view_finds_what_the_checks_name() -> None:
    [sql] = [view.sql for view in views() if view.name == "cross_month_findings"]
    assert all(f"'{check_id}'" in sql for check_id in CROSS_MONTH_CHECKS)


def test_an_amendment_whose_original_is_here_is_no_finding(judge: Judge) -> None:
    verdict = judge({"2008-10": filing_rows(), "2008-12": amendment("0001000001")})
    assert verdict == CrossMonthVerdict((), ())


def test_an_amendment_without_its_original_is_found(judge: Judge) -> None:
    verdict = judge({"2008-10": filing_rows(), "2008-12": amendment("0009999999")})
    assert found(verdict) == [("amendment_has_original", "2008-12")]
    assert verdict.findings[0].row_key == "0001000001-08-000009|1"


@pytest.mark.parametrize(("low", "is_found"), [(8_000_000, False), (7_000_000, True)])
def test_an_earlier_estimate_is_looked_for_in_earlier_filings(judge: Judge, low: int, is_found: bool) -> None:
    rows = amendment("0001000001")
    quoted = rows["charges"][0] | {"role": "revision_prior", "amount_low": Decimal(low)}
    rows["charges"] = [quoted]
    verdict = judge({"2008-10": filing_rows(), "2008-12": rows})
    expected = [("earlier_estimate_was_filed", "2008-12")] if is_found else []
    assert found(verdict) == expected


def test_without_an_earlier_filing_nothing_is_said_of_an_earlier_estimate(judge: Judge) -> None:
    rows = filing_rows()
    rows["charges"][3]["role"] = "revision_prior"
    assert judge({"2008-10": rows}).findings == ()


@pytest.mark.parametrize(
    ("filings", "expected"),
    [
        ([4] * 8, []),
        ([4] * 7 + [20], [("filings_are_usual", "2007-08")]),
        ([16] * 6 + [0, 16], [("filings_are_usual", "2007-07")]),
        ([16] * 7 + [1], []),  # the last month may still run
        ([4] * 3 + [20], []),  # too short a past
    ],
)
def test_a_month_with_unusually_many_or_few_filings_is_found(
    judge: Judge, filings: list[int], expected: list[tuple[str, str]]
) -> None:
    assert found(judge(of_months(filings))) == expected


@pytest.mark.parametrize(
    ("factor", "expected"), [(1, []), (1000, [("amounts_are_usual", "2007-08")]), (3, [])]
)
def test_a_month_with_unusual_amounts_is_found(
    judge: Judge, factor: int, expected: list[tuple[str, str]]
) -> None:
    assert found(judge(of_months([10] * 8, factor))) == expected


def test_a_reference_that_leads_nowhere_is_broken(judge: Judge, tmp_path: Path) -> None:
    assert judge({"2008-10": filing_rows()}).broken == ()
    with duckdb.connect(database_path(UPath(tmp_path)).path) as connection:
        connection.execute("DELETE FROM exit_plans")
        connection.execute("UPDATE share_figures SET charge_id = 'gone'")
    broken = judge_months(UPath(tmp_path)).broken
    assert (
        "4 rows of charges name a row of exit_plans that is not there (accession_number, plan_ordinal)."
        in broken
    )
    assert "1 rows of share_figures name a row of charges that is not there (charge_id)." in broken
