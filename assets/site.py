"""The site over everything that is published.

Here belongs when it is built anew and what is reported of it. Its pages do not: see `pipeline.pages.site`.
"""

import time

import dagster as dg

from assets.database import REFRESH, database
from assets.failures import STORAGE_AGAIN, plain_failures
from assets.metadata import OWNERS
from assets.run_metadata import effort, reasons
from assets.surroundings import Surroundings
from pipeline.pages.site.build import build_site


@dg.asset(
    key=["warehouse", "site"],
    deps=[database],
    group_name="warehouse",
    owners=OWNERS,
    kinds={"html"},
    tags={"domain": "warehouse"},
    retry_policy=STORAGE_AGAIN,
    automation_condition=REFRESH,
    description=(
        "Static pages over all complete months: an overview with charts, a searchable list, a page for each "
        "filing and registrant, what the checks found, the data dictionary, and every table as Parquet and "
        "CSV. Files that would not change are left alone."
    ),
)
def site(context: dg.AssetExecutionContext, surroundings: Surroundings) -> dg.MaterializeResult[None]:
    begun = time.perf_counter()
    with plain_failures():
        report = build_site(surroundings.settings().home)
    return dg.MaterializeResult(
        metadata={
            "dagster/uri": report.address,
            "filings": report.filings,
            "files": report.files,
            "files_written": report.written,
            "bytes": report.bytes,
            "undrawn": reasons(report.undrawn),
            **effort(begun),
        }
    )
