"""The report of the checks: rejected and flagged rows are counted by check, with examples."""

import duckdb

from pipeline.pages.site.checks_report import month_results, months_in_words, table_results
from pipeline.tables.registry import JUDGED_TABLES, TABLES
from pipeline.warehouse.cross_month import CROSS_MONTH_CHECKS, REFERENCES_HOLD
from tests.pages.site.published import AMENDMENT, EVIL, UNFETCHED


def test_every_declared_check_is_reported(connection: duckdb.DuckDBPyConnection) -> None:
    reported = {table.name: [check.id for check in table.checks] for table in table_results(connection)}
    assert set(reported) == set(JUDGED_TABLES)
    for name, checks in reported.items():
        assert checks[: len(TABLES[name].checks)] == [check.id for check in TABLES[name].checks]


def test_what_was_found_is_counted_with_examples(connection: duckdb.DuckDBPyConnection) -> None:
    tables = {table.name: table for table in table_results(connection)}
    found = {
        (name, check.id): check for name, table in tables.items() for check in table.checks if check.found
    }
    assert set(found) == {
        ("filings", "submission_was_had"),
        ("charges", "evidence_is_the_text"),
        ("charges", "not_below_its_parts"),
    }
    rejected = found["charges", "evidence_is_the_text"]
    assert (rejected.severity, rejected.found, rejected.months) == ("reject", 1, ("2009-01",))
    assert rejected.examples[0].accession_number == EVIL
    assert found["charges", "not_below_its_parts"].examples[0].accession_number == AMENDMENT
    assert found["filings", "submission_was_had"].examples[0].accession_number == UNFETCHED
    assert (tables["charges"].rejected, tables["charges"].flagged) == (1, 1)


def test_what_months_show_together_is_reported(connection: duckdb.DuckDBPyConnection) -> None:
    results = {result.id: result for result in month_results(connection)}
    assert set(results) == {REFERENCES_HOLD, *CROSS_MONTH_CHECKS}
    assert results[REFERENCES_HOLD].found == 0


def test_many_months_are_named_by_the_last() -> None:
    assert months_in_words(("2008-10", "2008-11")) == "2008-10, 2008-11"
    many = tuple(f"2008-{number:02d}" for number in range(1, 13))
    assert months_in_words(many) == "2008-09, 2008-10, 2008-11, 2008-12 and 8 earlier"
