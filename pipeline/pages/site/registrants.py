"""A registrant's plans with what each filing stated of them, and the filings that have none.

Here belongs what a registrant's page shows. How it looks does not: see `templates/registrant.html`.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

import duckdb

from pipeline.pages.amounts import Sum, short_money
from pipeline.pages.site.filing_list import ListedFiling
from pipeline.pages.site.rows import Row, rows
from pipeline.pages.words import count, date, percent, worded


@dataclass(frozen=True, slots=True)
class Statement:
    """What one filing stated of a plan."""

    filing: ListedFiling
    effect: str
    estimate_status: str
    total: str
    cash: str
    headcount: str


@dataclass(frozen=True, slots=True)
class Plan:
    """A plan as it stands: facts as (name, words), and the statements on it, in order."""

    course_of_action: str
    current: str
    facts: tuple[tuple[str, str], ...]
    statements: tuple[Statement, ...]


@dataclass(frozen=True, slots=True)
class Registrant:
    """A registrant by its latest filing, the plans newest first, and its filings without any."""

    latest: ListedFiling
    names: tuple[str, ...]
    """Other names that it filed under."""
    plans: tuple[Plan, ...]
    without_plan: tuple[ListedFiling, ...]


_PLANS = """
    SELECT * EXCLUDE (sic_code, sic_description, company_name) FROM plans
    ORDER BY cik, first_filed_date DESC, plan_accession_number DESC, plan_ordinal
"""
_HISTORY = "SELECT * EXCLUDE (company_name, course_of_action) FROM company_history"


def registrants(
    connection: duckdb.DuckDBPyConnection, filings: Sequence[ListedFiling]
) -> Iterator[Registrant]:
    """Everyone who filed, in the order of their latest filings.

    Args:
        connection: to the database that the filings are from.
        filings: all of them, the latest first.
    """
    filed: dict[str, list[ListedFiling]] = {}
    for filing in filings:
        filed.setdefault(filing.cik, []).append(filing)
    by_number = {filing.accession_number: filing for filing in filings}
    history: dict[tuple[str, int], list[Row]] = {}
    for row in rows(connection, _HISTORY):
        history.setdefault((row["plan_accession_number"], row["plan_ordinal"]), []).append(row)
    plans: dict[str, list[Row]] = {}
    for row in rows(connection, _PLANS):
        plans.setdefault(row["cik"], []).append(row)
    for cik, its in filed.items():
        made = tuple(
            _plan(row, history[row["plan_accession_number"], row["plan_ordinal"]], by_number)
            for row in plans.get(cik, ())
        )
        shown = {statement.filing.accession_number for plan in made for statement in plan.statements}
        names = {name for filing in its for name in (filing.company_name, *filing.former_names)}
        yield Registrant(
            latest=its[0],
            names=tuple(sorted(names - {its[0].company_name})),
            plans=made,
            without_plan=tuple(filing for filing in its if filing.accession_number not in shown),
        )


_NO_SUM = {"unable": "unable to estimate"}


def _plan(row: Row, history: Sequence[Row], filings: Mapping[str, ListedFiling]) -> Plan:
    summed = ""
    if row["charges_in_sum"]:
        summed = str(
            Sum(row["currency"], row["sum_low"], row["sum_high"], row["open_low_rows"], row["open_high_rows"])
        )
    facts = {
        "Stated total": short_money(row["total_low"], row["total_high"], row["currency"]),
        "Cash": short_money(row["cash_low"], row["cash_high"], row["currency"]),
        "Non-cash": short_money(row["noncash_low"], row["noncash_high"], row["currency"]),
        "Severance": short_money(row["severance_low"], row["severance_high"], row["currency"]),
        "Headcount": count(row["headcount_low"], row["headcount_high"]),
        "Of the workforce": percent(row["workforce_percent"]),
        "Committed": date(row["commitment_date"]),
        "To be completed by": date(row["completion_by"]) or date(row["completion_text"]),
        "Parts and total": {
            "adds_up": "the parts add up to the total",
            "does_not_add_up": "the parts do not add up to the total",
        }.get(row["reconciliation"], ""),
        "Rejected figures": f"{row['rejected_rows']:,}" if row["rejected_rows"] else "",
    }
    return Plan(
        course_of_action=row["course_of_action"] or "",
        current=summed or _NO_SUM.get(row["estimate_status"], "no amount stated"),
        facts=tuple((name, words) for name, words in facts.items() if words),
        statements=tuple(_statement(entry, filings[entry["accession_number"]]) for entry in history),
    )


def _statement(entry: Row, filing: ListedFiling) -> Statement:
    return Statement(
        filing=filing,
        effect=worded("effect", entry["effect"]),
        estimate_status=worded("estimate_status", entry["estimate_status"]),
        total=short_money(entry["total_low"], entry["total_high"], entry["currency"]),
        cash=short_money(entry["cash_low"], entry["cash_high"], entry["currency"]),
        headcount=count(entry["headcount_low"], entry["headcount_high"]),
    )
