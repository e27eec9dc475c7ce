"""PostgreSQL has what DuckDB has: every row, value by value, and every view and function."""

import datetime as dt
from collections.abc import Iterator
from decimal import Decimal

import pytest
from upath import UPath

from pipeline.tables import TABLES
from pipeline.warehouse.database import build_database
from pipeline.warehouse.publish import publish_month
from pipeline.warehouse.query import run_query
from pipeline.warehouse.views import VIEW_NAMES
from tests.factories import VERSION, Rows, arrow_tables, filing_rows, month_rows, publishable, together
from tests.postgres_server import PostgresServer
from tests.warehouse.postgres_rows import ask, in_duckdb, in_postgres, load
from tests.warehouse.samples import publish_samples

Databases = tuple[UPath, str]
VIEWS = [name for name in VIEW_NAMES if not name.endswith("_as_of")]
MOMENTS = ("infinity", "2008-11-01 12:30:00+00", "2010-01-01", "1999-01-01")


@pytest.fixture(scope="module")
def samples(postgres_server: PostgresServer, tmp_path_factory: pytest.TempPathFactory) -> Databases:
    """The sample archive in both databases."""
    home, url = UPath(tmp_path_factory.mktemp("samples")), postgres_server.new_database()
    publish_samples(home)
    build_database(home)
    load(home, url)
    return home, url


@pytest.fixture(scope="module")
def odd(postgres_server: PostgresServer, tmp_path_factory: pytest.TempPathFactory) -> Databases:
    """Months with every type's odd values, rejected rows, corrections, and months that stand out."""
    home, url = UPath(tmp_path_factory.mktemp("odd")), postgres_server.new_database()
    for month, rows in _odd_months():
        publish_month(home, month, {**publishable(rows), **arrow_tables(_what_became_of(rows))})
    build_database(home)
    load(home, url)
    return home, url


def _odd_months() -> Iterator[tuple[str, Rows]]:
    """A year of 30 filings a month, then one with none, and one whose amounts are a hundred times as high."""
    for number in range(12):
        yield f"2007-{number + 1:02d}", _filed(dt.date(2007, number + 1, 15), 30)
    yield "2008-01", month_rows(0)
    larger = _filed(dt.date(2008, 2, 15), 30)
    for row in larger["charges"]:
        for bound in ("amount_low", "amount_high"):
            row[bound] = None if row[bound] is None else row[bound] * 100
    yield "2008-02", larger
    yield "2008-03", _with_odd_values(_filed(dt.date(2008, 3, 15), 3))


def _filed(day: dt.date, count: int) -> Rows:
    return together(
        *(
            filing_rows(
                f"{number:010d}-{day:%y}-{day.month:06d}",
                cik=f"{number:010d}",
                filed_date=day,
                accepted_at=dt.datetime.combine(day, dt.time(20), tzinfo=dt.UTC),
            )
            for number in range(count)
        )
    )


def _with_odd_values(rows: Rows) -> Rows:
    first, second, third = rows["filings"]
    first |= {
        "company_name": 'O\'NEIL \\. "QUOTED" \t\r\n £€ 🏭 LTD',
        "former_names": ["A, B {C}", "NULL", "", "back\\slash"],
        "co_registrants": [{"cik": "0000000001", "name": 'SAID "SO" \\ & CO'}, {"cik": "2", "name": "é"}],
        "accepted_at": dt.datetime(2008, 12, 15, 23, 59, 59, 999_999, tzinfo=dt.UTC),
        "flags": [],
    }
    second |= {"accepted_at": None, "report_date": None, "sic_code": None, "flags": ["a", "b"]}
    third |= {"filed_date": dt.date(2008, 12, 31), "source_bytes": 2**40, "read_problem": ""}
    charges = rows["charges"]
    largest = Decimal("9999999999999999.99")
    charges[0] |= {"amount_low": -largest, "amount_high": largest}
    charges[1] |= {"amount_low": Decimal("0.01"), "amount_high": None, "currency": None}
    charges[2] |= {"context_spans": [{"start": 0, "end": 5}, {"start": 7, "end": 2**40}], "is_pretax": False}
    charges[4] |= {"period_start": dt.date(1, 1, 1), "period_end": dt.date(9999, 12, 31), "is_pretax": True}
    rows["exit_plans"][0] |= {"workforce_percent": Decimal("12.3456"), "total_low": None}
    return rows


def _what_became_of(rows: Rows) -> Rows:
    """A rejected row and a decision for each filing, with JSON in texts."""
    return {
        "rejected_rows": [
            {
                "table_name": "charges",
                "row_key": row["accession_number"],
                "expectation": "columns",
                "column": "amount_low,amount_high",
                "observed": None,
                "row": '{"a": "\\u0000 \\" \\\\"}',
                "reader_version": VERSION,
            }
            for row in rows["filings"]
        ],
        "corrections": [
            {
                "accession_number": row["accession_number"],
                "table_name": "charges",
                "row_key": row["accession_number"],
                "figure": None,
                "decision": "accept",
                "checks": ["a", "b"],
                "observed": "{}",
                "changes": "{}",
                "decided_by": "Jane Doe",
                "decided_at": dt.datetime(2026, 1, 2, 12, 0, 5, tzinfo=dt.UTC),
                "reason": "Because",
                "outcome": "applied",
                "reader_version": VERSION,
            }
            for row in rows["filings"]
        ],
    }


@pytest.mark.parametrize("table", [*TABLES, "published_months"])
@pytest.mark.parametrize("databases", ["samples", "odd"])
def test_every_row_is_there_value_by_value(
    databases: str, table: str, request: pytest.FixtureRequest
) -> None:
    home, url = request.getfixturevalue(databases)
    columns = "filed_month" if table == "published_months" else "*"
    assert in_postgres(url, f"SELECT {columns} FROM {table}") == in_duckdb(
        home, f"SELECT {columns} FROM {table}"
    )


@pytest.mark.parametrize("view", VIEWS)
@pytest.mark.parametrize("databases", ["samples", "odd"])
def test_every_view_gives_the_same(databases: str, view: str, request: pytest.FixtureRequest) -> None:
    home, url = request.getfixturevalue(databases)
    assert in_postgres(url, f"SELECT * FROM {view}") == in_duckdb(home, f"SELECT * FROM {view}")


@pytest.mark.parametrize("moment", MOMENTS)
@pytest.mark.parametrize("function", ["charges_as_of", "plan_statements_as_of"])
def test_what_was_known_at_a_moment_is_the_same(samples: Databases, function: str, moment: str) -> None:
    home, url = samples
    query = f"SELECT * FROM {function}('{moment}'::TIMESTAMPTZ)"
    found = in_postgres(url, query)
    assert found == in_duckdb(home, query)
    assert bool(found[1]) == (moment != "1999-01-01")


def test_no_view_is_compared_empty(samples: Databases, odd: Databases) -> None:
    """Else the comparison would prove nothing."""
    for view in VIEWS:
        assert ask(samples[1], f"SELECT count(*) FROM {view}")[0][0], view
    checks = "SELECT check_id FROM cross_month_findings"
    found = {row[0] for _, url in (samples, odd) for row in ask(url, checks)}
    assert found >= {"filings_are_usual", "amounts_are_usual", "amendment_has_original"}


def test_columns_stand_in_the_same_order(samples: Databases) -> None:
    home, url = samples
    for name in (*TABLES, *VIEWS):
        of_duckdb = [row[0] for row in run_query(home, f"DESCRIBE {name}").rows]
        of_postgres = [
            row[0]
            for row in ask(
                url,
                "SELECT column_name FROM information_schema.columns WHERE table_schema = 'exit_charges' "
                f"AND table_name = '{name}' ORDER BY ordinal_position",
            )
        ]
        assert of_postgres == of_duckdb, name
