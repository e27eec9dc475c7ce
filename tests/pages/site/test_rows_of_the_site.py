"""What the site says of filings, registrants and charts, from the database."""

import duckdb
from upath import UPath

from pipeline.pages.site import chart_rows
from pipeline.pages.site.filing_list import ListedFiling, listed_filings
from pipeline.pages.site.overview import overview
from pipeline.pages.site.registrants import registrants
from tests.pages.site.published import AMENDMENT, EURO, EVIL, FIRST, UNABLE, UNFETCHED

SPACE = "\N{NO-BREAK SPACE}"


def _by_number(connection: duckdb.DuckDBPyConnection) -> dict[str, ListedFiling]:
    return {filing.accession_number: filing for filing in listed_filings(connection)}


def test_every_filing_is_listed_the_latest_first(connection: duckdb.DuckDBPyConnection) -> None:
    assert list(_by_number(connection)) == [EVIL, EURO, AMENDMENT, FIRST, UNABLE, UNFETCHED]


def test_a_line_says_what_the_filing_states(connection: duckdb.DuckDBPyConnection) -> None:
    filings = _by_number(connection)
    assert filings[FIRST].total == f"$8–9.5{SPACE}million"
    assert filings[FIRST].headcount == "120"
    assert filings[FIRST].categories == ("severance", "contract_termination")
    assert filings[EURO].total == f"€8–9.5{SPACE}million"
    assert filings[UNABLE].total == "unable to estimate"
    assert filings[UNFETCHED].total == ""
    assert filings[UNFETCHED].read_problem == "The server answered 404."


def test_a_registrant_has_its_plans_with_every_statement(connection: duckdb.DuckDBPyConnection) -> None:
    everyone = registrants(connection, listed_filings(connection))
    found = {registrant.latest.cik: registrant for registrant in everyone}
    [plan] = found["0001000001"].plans
    assert [statement.filing.accession_number for statement in plan.statements] == [FIRST, AMENDMENT]
    assert plan.statements[1].total == f"$16–19{SPACE}million"
    assert dict(plan.facts)["Stated total"] == f"$16–19{SPACE}million"
    assert found["0001000002"].plans[0].current == "unable to estimate"
    assert [filing.accession_number for filing in found["0001000003"].without_plan] == [UNFETCHED]


def test_every_filing_stands_on_a_registrants_page(connection: duckdb.DuckDBPyConnection) -> None:
    filings = listed_filings(connection)
    shown = {
        filing.accession_number
        for registrant in registrants(connection, filings)
        for filing in (
            *registrant.without_plan,
            *(statement.filing for plan in registrant.plans for statement in plan.statements),
        )
    }
    assert shown == {filing.accession_number for filing in filings}


def test_the_overview_sums_by_currency(connection: duckdb.DuckDBPyConnection, published_home: UPath) -> None:
    whole = overview(connection, published_home, ["2008-10", "2009-01"])
    assert [part.currency for part in whole.sums] == ["USD", "EUR"]
    assert whole.registrants == 5
    assert whole.counts["rejected_rows"] == 1
    assert whole.read_statuses == {"read": 5, "not_fetched": 1}
    assert whole.months_in_words == "2008-10, 2009-01"
    assert whole.last_fetched == ""


def test_charts_sum_dollars_only(connection: duckdb.DuckDBPyConnection) -> None:
    in_charts = sum(row["sum_high"] for row in chart_rows.charges_by_category(connection))
    [in_view] = connection.execute(
        "SELECT sum(sum_high) FROM charges_by_month WHERE currency = 'USD'"
    ).fetchall()
    assert in_charts == in_view[0]
    for rows in (chart_rows.charges_by_period(connection), chart_rows.charges_by_industry(connection)):
        assert sum(row["sum_high"] for row in rows) == in_charts


def test_the_recent_months_end_with_the_last_published_one() -> None:
    months = chart_rows.recent_months(["2004-08", "2009-01"])
    assert (months[0], months[-1], len(months)) == ("2007-02", "2009-01", 24)
    assert chart_rows.recent_months(["2008-11", "2009-01"]) == ["2008-11", "2008-12", "2009-01"]
    assert chart_rows.recent_months([]) == []


def test_industries_are_told_by_the_first_two_digits() -> None:
    assert chart_rows._division(36) == "Manufacturing"
    assert chart_rows._division(73) == "Services"
    assert chart_rows._division(None) == "unknown"
