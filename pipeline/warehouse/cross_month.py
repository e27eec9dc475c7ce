"""Checks of all months together, on the database: references between tables, and what comparing shows."""

from collections.abc import Iterator
from dataclasses import dataclass

import duckdb
from upath import UPath

from pipeline.tables.registry import TABLES
from pipeline.warehouse.query import open_database

REFERENCES_HOLD = "references_hold"
CROSS_MONTH_CHECKS = {
    "amendment_has_original": "An 8-K/A with plans amends a filing that is here.",
    "earlier_estimate_was_filed": (
        "An earlier estimate that a filing quotes stands in an earlier filing of the registrant, where there "
        "is one."
    ),
    "filings_are_usual": "A month has about as many filings as the year before it.",
    "amounts_are_usual": "A month's median charge is within a fifth and five times the year's before it.",
}
"""Check to what it guards; the view `cross_month_findings` has what fails. Nothing is rejected for it."""


@dataclass(frozen=True, slots=True)
class Finding:
    """What a comparison found: about a filing's row, or about a whole month."""

    check_id: str
    filed_month: str
    accession_number: str | None
    row_key: str | None
    observed: str


@dataclass(frozen=True, slots=True)
class CrossMonthVerdict:
    """Broken references, as sentences, and the findings."""

    broken: tuple[str, ...]
    findings: tuple[Finding, ...]


def judge_months(home: UPath) -> CrossMonthVerdict:
    """Look at the database of all months.

    Raises:
        StorageError: it has not been built yet, or cannot be opened.
    """
    with open_database(home) as connection:
        return judge(connection)


def judge(connection: duckdb.DuckDBPyConnection) -> CrossMonthVerdict:
    """Look at a database that is open."""
    rows = connection.execute(
        "SELECT check_id, filed_month, accession_number, row_key, observed FROM cross_month_findings"
    ).fetchall()
    return CrossMonthVerdict(tuple(_broken(connection)), tuple(Finding(*row) for row in rows))


def _broken(connection: duckdb.DuckDBPyConnection) -> Iterator[str]:
    """References of the registry that lead nowhere."""
    for table in TABLES.values():
        for reference in table.references:
            pairs = " AND ".join(
                f"target.{target} = source.{column}"
                for column, target in zip(reference.columns, reference.target_columns, strict=True)
            )
            given = " AND ".join(f"source.{column} IS NOT NULL" for column in reference.columns)
            found = connection.execute(
                f"SELECT count(*) FROM {table.name} AS source WHERE {given} "
                f"AND NOT EXISTS (FROM {reference.table} AS target WHERE {pairs})"
            ).fetchone()
            if found and found[0]:
                yield (
                    f"{found[0]:,} rows of {table.name} name a row of {reference.table} that is not there "
                    f"({', '.join(reference.columns)})."
                )
