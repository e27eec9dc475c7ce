"""The numbers behind the charts, from the views that analysts query.

Here belongs what is counted and summed. How it is drawn does not: see `pipeline.pages.charts`. Sums are of
US dollars and of rows that count in the sum; open lower bounds count as zero, open upper ones as the lower.
"""

from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal
from operator import itemgetter

from duckdb import DuckDBPyConnection as Connection

from pipeline.months import month_range
from pipeline.pages.charts import FAMILIES
from pipeline.pages.site.rows import Row, rows

RECENT_MONTHS = 24
LARGEST = 12
_MILLION = Decimal(10**6)
_FAMILY = "CASE category " + " ".join(f"WHEN '{name}' THEN '{family}'" for name, family in FAMILIES.items())
_CHANGES = (
    (Decimal("0.5"), "at most half of it"),
    (Decimal("0.9"), "lower by 10 to 50%"),
    (Decimal("1.1"), "within 10% of it"),
    (Decimal("1.5"), "higher by 10 to 50%"),
    (Decimal(2), "higher by 50 to 100%"),
)
_MORE = "more than double"
DIVISIONS = (
    (9, "Agriculture, forestry, fishing"),
    (14, "Mining"),
    (17, "Construction"),
    (39, "Manufacturing"),
    (49, "Transport, utilities"),
    (51, "Wholesale trade"),
    (59, "Retail trade"),
    (67, "Finance, insurance, real estate"),
    (89, "Services"),
    (99, "Public administration"),
)
"""Divisions of the Standard Industrial Classification: the last two-digit group of each, and its name."""


def charges_by_category(connection: Connection) -> list[Row]:
    """category, charges, sum_low, sum_high, open bounds and millions (of sum_high), the largest first."""
    return _with_millions(
        rows(
            connection,
            """
            SELECT category, sum(charges)::BIGINT AS charges, sum(sum_low) AS sum_low,
                sum(sum_high) AS sum_high, sum(open_low_rows)::BIGINT AS open_low_rows,
                sum(open_high_rows)::BIGINT AS open_high_rows
            FROM charges_by_month WHERE currency = 'USD'
            GROUP BY category ORDER BY sum_high DESC NULLS LAST, category
            """,
        )
    )


def charges_by_period(connection: Connection, months: Sequence[str] | None = None) -> list[Row]:
    """period, family, charges, sums and millions: by year, or by month where months are given."""
    period = "filed_month[:4]" if months is None else "filed_month"
    return _with_millions(
        rows(
            connection,
            f"""
            SELECT {period} AS period, {_FAMILY} END AS family, sum(charges)::BIGINT AS charges,
                sum(sum_low) AS sum_low, sum(sum_high) AS sum_high
            FROM charges_by_month WHERE currency = 'USD' AND ($1 IS NULL OR list_contains($1, filed_month))
            GROUP BY ALL ORDER BY ALL
            """,
            [months],
        )
    )


def charges_by_industry(connection: Connection) -> list[Row]:
    """division, plans, sums and millions, the largest first; `unknown` where EDGAR gives no code."""
    found = rows(
        connection,
        """
        SELECT sic_code[:2]::INTEGER AS major_group, sum(plans)::BIGINT AS plans, sum(sum_low) AS sum_low,
            sum(sum_high) AS sum_high
        FROM charges_by_industry WHERE currency = 'USD' GROUP BY ALL ORDER BY ALL
        """,
    )
    summed: dict[str, Row] = {}
    for row in found:
        division = _division(row.pop("major_group"))
        whole = summed.setdefault(
            division, {"division": division, "plans": 0, "sum_low": Decimal(0), "sum_high": Decimal(0)}
        )
        for name, value in row.items():
            whole[name] += value or 0
    by_name = sorted(summed.values(), key=lambda row: str(row["division"]))
    return _with_millions(sorted(by_name, key=itemgetter("sum_high"), reverse=True))


def _division(major_group: int | None) -> str:
    if major_group is None:
        return "unknown"
    return next((name for last, name in DIVISIONS if major_group <= last), "unknown")


def largest_plans(connection: Connection) -> list[Row]:
    """The plans with the highest sums of current charges in US dollars; plan is a name for the axis."""
    found = rows(
        connection,
        """
        SELECT company_name, year(first_filed_date) AS year, last_accession_number, headcount_low,
            headcount_high, currency, sum_low, sum_high, open_low_rows, open_high_rows
        FROM plans WHERE currency = 'USD' AND sum_high > 0
        ORDER BY sum_high DESC, plan_accession_number, plan_ordinal LIMIT $1
        """,
        [LARGEST],
    )
    return _with_millions([row | {"plan": name} for row, name in zip(found, _names(found), strict=True)])


def _names(plans: Sequence[Row]) -> Iterator[str]:
    """Company and year, told apart where a company has two plans of a year."""
    met: dict[str, int] = {}
    for plan in plans:
        name = f"{_shortened(plan['company_name'])}, {plan['year']}"
        met[name] = met.get(name, 0) + 1
        yield name if met[name] == 1 else f"{name} ({met[name]})"


def _shortened(name: str, most: int = 19) -> str:
    return name if len(name) <= most else f"{name[: most - 1].rstrip()}…"


def severance_per_head(connection: Connection) -> list[Row]:
    """year, plans, and median and middle half of the highest severance a head, in thousands of US dollars."""
    return rows(
        connection,
        """
        SELECT year(first_filed_date)::VARCHAR AS year, count(*) AS plans,
            (quantile_cont(per_head_high, 0.25) / 1000)::DECIMAL(18, 1) AS quarter,
            (quantile_cont(per_head_high, 0.5) / 1000)::DECIMAL(18, 1) AS median,
            (quantile_cont(per_head_high, 0.75) / 1000)::DECIMAL(18, 1) AS three_quarters
        FROM severance_per_head
        WHERE currency = 'USD' AND NOT has_open_bounds AND per_head_high IS NOT NULL
        GROUP BY ALL ORDER BY ALL
        """,
    )


def estimate_changes(connection: Connection) -> list[Row]:
    """change (the last stated total over the first, in words) and plans: those whose total was revised."""
    found = rows(
        connection,
        """
        SELECT arg_min(coalesce(prior_high, prior_low), (filed_date, accession_number)) AS first,
            arg_max(coalesce(new_high, new_low), (filed_date, accession_number)) AS last
        FROM estimate_revisions WHERE role = 'total'
        GROUP BY plan_accession_number, plan_ordinal, currency
        HAVING first > 0 AND last IS NOT NULL
        """,
    )
    counted = {name: 0 for _, name in _CHANGES} | {_MORE: 0}
    for row in found:
        ratio = row["last"] / row["first"]
        counted[next((name for most, name in _CHANGES if ratio <= most), _MORE)] += 1
    return [{"change": name, "plans": number} for name, number in counted.items()] if found else []


def filings_by_period(connection: Connection, months: Sequence[str] | None = None) -> list[Row]:
    """period, read_status and filings: by year, or by month where months are given."""
    period = "filed_month[:4]" if months is None else "filed_month"
    return rows(
        connection,
        f"""
        SELECT {period} AS period, read_status, count(*) AS filings FROM filings
        WHERE ($1 IS NULL OR list_contains($1, filed_month)) GROUP BY ALL ORDER BY ALL
        """,
        [months],
    )


def recent_months(months: Sequence[str]) -> list[str]:
    """The last months up to the last one that is published, whether or not those before it are."""
    if not months:
        return []
    year, month = map(int, months[-1].split("-"))
    first = year * 12 + month - RECENT_MONTHS
    earliest = max(f"{first // 12:04d}-{first % 12 + 1:02d}", months[0])
    return month_range(earliest, months[-1])


def _with_millions(found: Sequence[Mapping[str, object]]) -> list[Row]:
    return [{**row, "millions": round(Decimal(str(row["sum_high"] or 0)) / _MILLION, 3)} for row in found]
