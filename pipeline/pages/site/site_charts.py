"""The site's charts, each with its words and the numbers behind it.

Here belong titles, notes and tables. How charts are drawn does not (see `pipeline.pages.charts`), nor where
the numbers come from (see `chart_rows`).
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

import duckdb
from markupsafe import Markup

from pipeline.pages import charts
from pipeline.pages.amounts import short_money
from pipeline.pages.pictures import to_svg
from pipeline.pages.site import chart_rows
from pipeline.pages.site.rows import Row
from pipeline.pages.words import worded


@dataclass(frozen=True, slots=True)
class SiteChart:
    """A drawn chart; `svg` is None where there is nothing to draw. Cells of rows are text."""

    key: str
    title: str
    note: str
    svg: Markup | None
    columns: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    legend: tuple[tuple[str, int], ...] = ()
    """What its colours mean: a name and the number of the series."""
    addresses: tuple[str, ...] = ()
    """Of the page that each row is about, where there is one."""


_AMOUNTS = ("Lowest sum, USD", "Highest sum, USD")


def site_charts(connection: duckdb.DuckDBPyConnection, months: Sequence[str]) -> dict[str, SiteChart]:
    """All of them by key, in the order of the page of charts."""
    years = list(map(str, range(int(months[0][:4]), int(months[-1][:4]) + 1))) if months else []
    recent = chart_rows.recent_months(months)
    made = (
        _charges("charges-by-year", "year", chart_rows.charges_by_period(connection), years),
        _charges("charges-by-month", "month", chart_rows.charges_by_period(connection, recent), recent),
        _filings("filings-by-year", "year", chart_rows.filings_by_period(connection), years),
        _filings("filings-by-month", "month", chart_rows.filings_by_period(connection, recent), recent),
        _by_category(chart_rows.charges_by_category(connection)),
        _by_industry(chart_rows.charges_by_industry(connection)),
        _largest(chart_rows.largest_plans(connection)),
        _per_head(chart_rows.severance_per_head(connection), years),
        _changes(chart_rows.estimate_changes(connection)),
    )
    return {chart.key: chart for chart in made}


def _chart(
    key: str,
    title: str,
    note: str,
    found: Sequence[Row],
    draw: Callable[[Sequence[Row]], Any],
    columns: dict[str, Callable[[Row], Any]],
    legend: Mapping[str, str] | None = None,
) -> SiteChart:
    described = f"{note} The numbers stand in the table below."
    return SiteChart(
        key,
        title,
        note,
        to_svg(draw(found), key, title, described) if found else None,
        tuple(columns),
        tuple(tuple(str(cell(row)) for cell in columns.values()) for row in found),
        tuple((name, charts.SERIES.index(color) + 1) for name, color in (legend or {}).items()),
    )


def _whole(name: str) -> Callable[[Row], str]:
    return lambda row: f"{row[name]:,.0f}"


def _words(name: str) -> Callable[[Row], str]:
    return lambda row: str(row[name])


def _sums() -> dict[str, Callable[[Row], Any]]:
    return {_AMOUNTS[0]: _whole("sum_low"), _AMOUNTS[1]: _whole("sum_high")}


def _charges(key: str, period: str, found: Sequence[Row], periods: Sequence[str]) -> SiteChart:
    present = {row["family"] for row in found}
    return _chart(
        key,
        f"Charges by {period}",
        f"Current estimates in US dollars by the {period} in which they were filed, upper end of ranges.",
        found,
        lambda rows: charts.charges_by_period_chart(rows, periods, f"{period.capitalize()} of filing"),
        {
            period.capitalize(): _words("period"),
            "Type of cost": _words("family"),
            "Charges": _whole("charges"),
            **_sums(),
        },
        {name: color for name, color in charts.FAMILY_COLORS.items() if name in present},
    )


def _by_category(found: Sequence[Row]) -> SiteChart:
    named = [row | {"category": worded("category", row["category"])} for row in found]
    return _chart(
        "charges-by-category",
        "Charges by type of cost",
        "Current estimates in US dollars, upper end of ranges.",
        named,
        charts.charges_by_category_chart,
        {
            "Type of cost": _words("category"),
            "Charges": _whole("charges"),
            **_sums(),
            "Open below": _whole("open_low_rows"),
            "Open above": _whole("open_high_rows"),
        },
    )


def _by_industry(found: Sequence[Row]) -> SiteChart:
    return _chart(
        "charges-by-industry",
        "Charges by industry",
        "Current estimates in US dollars by division of the registrant’s SIC code, upper end of ranges.",
        found,
        charts.charges_by_industry_chart,
        {"Division": _words("division"), "Plans": _whole("plans"), **_sums()},
    )


def _largest(found: Sequence[Row]) -> SiteChart:
    chart = _chart(
        "largest-plans",
        "The largest plans",
        "Current estimates in US dollars, upper end of ranges, and the year of the first filing.",
        found,
        charts.largest_plans_chart,
        {
            "Plan": lambda row: f"{row['company_name']}, {row['year']}",
            "Estimate": lambda row: short_money(
                None if row["open_low_rows"] and not row["sum_low"] else row["sum_low"],
                None if row["open_high_rows"] else row["sum_high"],
                row["currency"],
            ),
            "Headcount": lambda row: _whole("headcount_high")(row) if row["headcount_high"] else "–",
        },
    )
    return replace(chart, addresses=tuple(f"filings/{row['last_accession_number']}.html" for row in found))


def _per_head(found: Sequence[Row], years: Sequence[str]) -> SiteChart:
    return _chart(
        "severance-per-head",
        "Severance a head",
        "Median and middle half of the plans that state severance in US dollars and a headcount, without "
        "open bounds, by the year in which they were first filed.",
        found,
        lambda rows: charts.severance_per_head_chart(rows, years),
        {
            "Year": _words("year"),
            "Plans": _whole("plans"),
            "Lower quarter, USD thousand": _words("quarter"),
            "Median": _words("median"),
            "Upper quarter": _words("three_quarters"),
        },
    )


def _changes(found: Sequence[Row]) -> SiteChart:
    return _chart(
        "estimate-changes",
        "How estimates moved",
        "Plans whose total was stated again: the last total against the first, upper end of ranges.",
        found,
        charts.estimate_changes_chart,
        {"The last total is": _words("change"), "Plans": _whole("plans")},
    )


def _filings(key: str, period: str, found: Sequence[Row], periods: Sequence[str]) -> SiteChart:
    present = {row["read_status"] for row in found}
    return _chart(
        key,
        f"Filings by {period}",
        f"Filings with Item 2.05 by {period}, and how reading them ended.",
        found,
        lambda rows: charts.filings_by_period_chart(rows, periods, f"{period.capitalize()} of filing"),
        {
            period.capitalize(): _words("period"),
            "Reading": lambda row: worded("read_status", row["read_status"]),
            "Filings": _whole("filings"),
        },
        {
            worded("read_status", status): color
            for status, color in charts.STATUS_COLORS.items()
            if status in present
        },
    )
