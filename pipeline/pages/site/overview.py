"""What the first page says of everything that is published: how much, how far it goes, what came last."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import duckdb
from upath import UPath

from pipeline.edgar.manifest import Manifest
from pipeline.months import unbroken_runs
from pipeline.pages.amounts import Sum
from pipeline.pages.site.rows import rows


@dataclass(frozen=True, slots=True)
class Overview:
    """Counts by table, sums of current charges by currency, and what is known of the reading."""

    months: tuple[str, ...]
    counts: Mapping[str, int]
    registrants: int
    plans: int
    people: int
    """The highest headcounts of the plans, summed."""
    sums: tuple[Sum, ...]
    """US dollars first, then by plans."""
    read_statuses: Mapping[str, int]
    reader_versions: tuple[str, ...]
    last_accepted: str
    last_fetched: str
    """Empty where the home keeps no submissions."""

    @property
    def months_in_words(self) -> str:
        runs = unbroken_runs(self.months)
        if not runs:
            return "no month yet"
        if len(runs) > 3:
            return f"{len(self.months)} months from {runs[0][0]} to {runs[-1][1]}"
        return ", ".join(first if first == last else f"{first} to {last}" for first, last in runs)

    @property
    def statuses_in_words(self) -> str:
        return ", ".join(f"{number:,} {_ENDED[name]}" for name, number in self.read_statuses.items())


_ENDED = {
    "read": "read",
    "no_figures": "without figures",
    "incorporated_elsewhere": "with figures elsewhere",
    "item_not_found": "without the item",
    "unreadable": "not readable",
    "not_fetched": "not fetched",
}
_COUNTED = ("filings", "charges", "share_figures", "headcount_figures", "mentions", "rejected_rows")
_SUMS = """
    SELECT currency, coalesce(sum(sum_low), 0) AS low, coalesce(sum(sum_high), 0) AS high,
        sum(open_low_rows)::BIGINT AS open_low, sum(open_high_rows)::BIGINT AS open_high
    FROM charges_by_month GROUP BY currency ORDER BY currency <> 'USD', sum(plans) DESC, currency
"""
_PLANS = """
    SELECT count(*) AS plans, coalesce(sum(coalesce(headcount_high, headcount_low)), 0)::BIGINT AS people
    FROM plans
"""
_FILED = """
    SELECT count(DISTINCT cik) AS registrants,
        coalesce(strftime(max(accepted_at), '%Y-%m-%d %H:%M UTC'), max(filed_date)::VARCHAR, '')
            AS last_accepted,
        list_sort(list(DISTINCT reader_version)) AS reader_versions
    FROM filings
"""
_STATUSES = """
    SELECT read_status, count(*) AS filings FROM filings GROUP BY ALL ORDER BY filings DESC, read_status
"""


def overview(connection: duckdb.DuckDBPyConnection, home: UPath, months: Sequence[str]) -> Overview:
    """What the database of these months holds; the home says when something was last fetched."""
    [filed], [plans] = rows(connection, _FILED), rows(connection, _PLANS)
    counts = {name: rows(connection, f"SELECT count(*) AS n FROM {name}")[0]["n"] for name in _COUNTED}
    return Overview(
        months=tuple(months),
        counts=counts,
        registrants=filed["registrants"],
        plans=plans["plans"],
        people=plans["people"],
        sums=tuple(Sum(**row) for row in rows(connection, _SUMS)),
        read_statuses={row["read_status"]: row["filings"] for row in rows(connection, _STATUSES)},
        reader_versions=tuple(filed["reader_versions"] or ()),
        last_accepted=filed["last_accepted"],
        last_fetched=last_fetched(home),
    )


def last_fetched(home: UPath) -> str:
    """When the last submission was fetched: "2026-01-31 12:00 UTC"."""
    manifest = Manifest(home / "raw" / "manifest")
    moments = (
        str(row.get("fetched_at", ""))
        for month in manifest.months()
        for row in manifest.read(month).held.values()
    )
    last = max(moments, default="")
    return f"{last[:16].replace('T', ' ')} UTC" if last else ""
