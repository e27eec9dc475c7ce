"""The database that analysts open, built from all complete months.

Here belongs when it is rebuilt and what is reported of it. Its tables and views do not: see
`pipeline.warehouse`.
"""

import dagster as dg

from assets.failures import plain_failures
from assets.metadata import OWNERS, row_counts
from assets.published import PUBLISHING_POOL
from assets.surroundings import Surroundings
from pipeline.tables.registry import MONTHLY_TABLES
from pipeline.warehouse.database import build_database

REFRESH = (
    dg.AutomationCondition.any_deps_updated().since_last_handled()
    & ~dg.AutomationCondition.any_deps_in_progress()
    & ~dg.AutomationCondition.in_progress()
).with_label("refresh after publishing")
"""Once after a run or a backfill, not once a month; it counts only while its automation sensor is switched
on."""


@dg.asset(
    key=["warehouse", "database"],
    deps=[dg.AssetKey(["published", name]) for name in MONTHLY_TABLES],
    group_name="warehouse",
    owners=OWNERS,
    kinds={"duckdb", "sql"},
    tags={"domain": "warehouse"},
    pool=PUBLISHING_POOL,
    automation_condition=REFRESH,
    description=(
        "A DuckDB file with the tables of all complete months, the amendments found across months, and the "
        "views that analysts query. It is built beside the old one and renamed over it: a reader never waits."
    ),
)
def database(context: dg.AssetExecutionContext, surroundings: Surroundings) -> dg.MaterializeResult[None]:
    with plain_failures():
        report = build_database(surroundings.settings().home)
    return dg.MaterializeResult(
        metadata={
            "dagster/row_count": sum(report.rows.values()),
            "rows": row_counts(report.rows),
            "months": len(report.months),
            "dagster/uri": str(report.path),
        }
    )
