"""Every filing in a line: who filed it, what it states, and how reading it ended.

Here belongs what a filing's line holds. How the list is searched does not: see `search_index`.
"""

import datetime as dt
from dataclasses import dataclass

import duckdb

from pipeline.pages.amounts import Sum
from pipeline.pages.site.rows import Row, rows
from pipeline.pages.words import count
from pipeline.tables.vocabulary import CATEGORY, ESTIMATE_STATUS


@dataclass(frozen=True, slots=True)
class ListedFiling:
    """A filing with its sums by currency (of charges that count in the sum, as this filing states them)."""

    accession_number: str
    cik: str
    company_name: str
    former_names: tuple[str, ...]
    tickers: tuple[str, ...]
    sic_code: str | None
    sic_description: str | None
    form_type: str
    filed_date: dt.date
    read_status: str
    read_problem: str | None
    estimate_statuses: tuple[str, ...]
    """Of its plans, each once."""
    categories: tuple[str, ...]
    sums: tuple[Sum, ...]
    """US dollars first."""
    headcount_low: int | None
    headcount_high: int | None

    @property
    def total(self) -> str:
        """What it states, in words; where that is nothing, whether it says that it cannot estimate."""
        if self.sums:
            return "; ".join(str(part) for part in self.sums)
        return "unable to estimate" if "unable" in self.estimate_statuses else ""

    @property
    def headcount(self) -> str:
        return count(self.headcount_low, self.headcount_high)

    @property
    def address(self) -> str:
        """Where its page stands in the site."""
        return f"filings/{self.accession_number}.html"


_FILINGS = """
    SELECT accession_number, cik, company_name, former_names, tickers, sic_code, sic_description, form_type,
        filed_date, read_status, read_problem
    FROM filings ORDER BY filed_date DESC, accepted_at DESC NULLS LAST, accession_number DESC
"""
_PLANS = """
    SELECT accession_number, list(DISTINCT estimate_status) AS estimate_statuses,
        sum(headcount_low)::BIGINT AS headcount_low,
        sum(headcount_high)::BIGINT AS headcount_high,
        count_if(headcount_low IS NULL AND headcount_high IS NOT NULL) AS open_low,
        count_if(headcount_high IS NULL AND headcount_low IS NOT NULL) AS open_high
    FROM exit_plans GROUP BY accession_number
"""
_CATEGORIES = """
    SELECT accession_number, list(DISTINCT category) AS categories
    FROM charges WHERE role <> 'revision_prior' GROUP BY accession_number
"""
_SUMS = """
    SELECT accession_number, currency, sum(coalesce(amount_low, 0)) AS low,
        sum(coalesce(amount_high, amount_low)) AS high, count_if(amount_low IS NULL) AS open_low,
        count_if(amount_high IS NULL) AS open_high
    FROM charges WHERE counts_in_sum
    GROUP BY accession_number, currency ORDER BY accession_number, currency <> 'USD', currency
"""


def listed_filings(connection: duckdb.DuckDBPyConnection) -> list[ListedFiling]:
    """All of them, the latest first."""
    plans = {row.pop("accession_number"): row for row in rows(connection, _PLANS)}
    categories = {row["accession_number"]: row["categories"] for row in rows(connection, _CATEGORIES)}
    sums: dict[str, list[Sum]] = {}
    for row in rows(connection, _SUMS):
        sums.setdefault(row.pop("accession_number"), []).append(Sum(**row))
    return [
        _listed(row, plans.get(key, {}), categories.get(key, []), sums.get(key, []))
        for row in rows(connection, _FILINGS)
        for key in (row["accession_number"],)
    ]


_OF_TOTALS = {"mixed", "unstated"}
"""They say nothing where other charges of the filing name what they are of."""


def _listed(row: Row, plan: Row, categories: list[str], sums: list[Sum]) -> ListedFiling:
    found = set(plan.get("estimate_statuses", ()))
    named = set(categories) - _OF_TOTALS
    return ListedFiling(
        **{**row, "former_names": tuple(row["former_names"]), "tickers": tuple(row["tickers"])},
        estimate_statuses=tuple(status for status in ESTIMATE_STATUS if status in found),
        categories=tuple(name for name in CATEGORY if name in (named or categories)),
        sums=tuple(sums),
        headcount_low=None if plan.get("open_low") else plan.get("headcount_low"),
        headcount_high=None if plan.get("open_high") else plan.get("headcount_high"),
    )
