"""The database that analysts open, built from all complete months.

Here belongs when it is rebuilt and what is reported of it. Its tables and views do not: see
`pipeline.warehouse`.
"""

import datetime as dt
import time
from collections.abc import Iterator

import dagster as dg

from assets.failures import STORAGE_AGAIN, plain_failures
from assets.metadata import OWNERS
from assets.published import PUBLISHING_POOL
from assets.run_metadata import effort, row_counts
from assets.surroundings import Surroundings
from pipeline.tables.registry import MONTHLY_TABLES
from pipeline.warehouse.cross_month import (
    CROSS_MONTH_CHECKS,
    REFERENCES_HOLD,
    CrossMonthVerdict,
    judge_months,
)
from pipeline.warehouse.database import build_database

FRESH = dg.FreshnessPolicy.time_window(fail_window=dt.timedelta(days=8), warn_window=dt.timedelta(days=5))
"""The daily run refreshes it; EDGAR is closed four days at the most, around a holiday at a weekend."""
_FINDINGS_SHOWN = 100
_KEY = dg.AssetKey(["warehouse", "database"])
REFRESH = (
    dg.AutomationCondition.any_deps_updated().since_last_handled()
    & ~dg.AutomationCondition.any_deps_in_progress()
    & ~dg.AutomationCondition.in_progress()
).with_label("refresh after publishing")
"""Once after a run or a backfill, not once a month; it counts only while its automation sensor is switched
on."""


@dg.asset(
    key=_KEY,
    deps=[dg.AssetKey(["published", name]) for name in MONTHLY_TABLES],
    group_name="warehouse",
    owners=OWNERS,
    kinds={"duckdb", "sql"},
    tags={"domain": "warehouse"},
    pool=PUBLISHING_POOL,
    retry_policy=STORAGE_AGAIN,
    automation_condition=REFRESH,
    freshness_policy=FRESH,
    check_specs=[
        dg.AssetCheckSpec(
            REFERENCES_HOLD,
            asset=_KEY,
            description="Every reference that the registry declares leads to a row, over all months.",
        ),
        *(
            dg.AssetCheckSpec(check_id, asset=_KEY, description=sentence)
            for check_id, sentence in CROSS_MONTH_CHECKS.items()
        ),
    ],
    description=(
        "A DuckDB file with the tables of all complete months, the amendments found across months, and the "
        "views that analysts query. It is built beside the old one and renamed over it: a reader never waits."
    ),
)
def database(
    context: dg.AssetExecutionContext, surroundings: Surroundings
) -> Iterator[dg.MaterializeResult[None]]:
    begun = time.perf_counter()
    with plain_failures():
        home = surroundings.settings().home
        report = build_database(home)
        verdict = judge_months(home)
    yield dg.MaterializeResult(
        check_results=list(_check_results(verdict)),
        metadata={
            "dagster/row_count": sum(report.rows.values()),
            "rows": row_counts(report.rows),
            "months": len(report.months),
            "dagster/uri": str(report.path),
            **effort(begun),
        },
    )


def _check_results(verdict: CrossMonthVerdict) -> Iterator[dg.AssetCheckResult]:
    """A broken reference is an error of the tables; what a comparison finds odd is a warning."""
    yield dg.AssetCheckResult(
        check_name=REFERENCES_HOLD,
        passed=not verdict.broken,
        severity=dg.AssetCheckSeverity.ERROR,
        description=" ".join(verdict.broken) or None,
    )
    for check_id in CROSS_MONTH_CHECKS:
        found = [finding for finding in verdict.findings if finding.check_id == check_id]
        metadata: dict[str, dg.RawMetadataValue] = {"findings": len(found)}
        if found:
            metadata["examples"] = dg.MetadataValue.table(
                [
                    dg.TableRecord(
                        {
                            "month": finding.filed_month,
                            "filing": finding.accession_number or "",
                            "row_key": finding.row_key or "",
                            "observed": finding.observed,
                        }
                    )
                    for finding in found[:_FINDINGS_SHOWN]
                ]
            )
        yield dg.AssetCheckResult(
            check_name=check_id, passed=not found, severity=dg.AssetCheckSeverity.WARN, metadata=metadata
        )
