"""Everything that Dagster loads.

Here belongs the list, and what holds for all of it. Nothing is defined here.
"""

import dagster as dg

from assets.audit import audit
from assets.checks import checks
from assets.database import database
from assets.edgar import filing_index, raw_filings
from assets.executor import executor_of
from assets.jobs import DATABASE, MONTH, REREAD, SITE
from assets.metadata import with_code_links
from assets.published import published
from assets.schedules import daily, late_filings, weekly_audit
from assets.sensors import failures_told, new_filings, stale_months_reread
from assets.site import site
from assets.staged import exit_charges, sections
from assets.surroundings import Surroundings


def build_definitions(surroundings: Surroundings | None = None) -> dg.Definitions:
    """The definitions; with `surroundings` in place of those of the environment.

    Raises:
        ConfigurationError: the settings name workers that they do not let work.
    """
    surroundings = surroundings or Surroundings()
    return dg.Definitions(
        assets=with_code_links(
            [filing_index, raw_filings, sections, exit_charges, published, database, site]
        ),
        asset_checks=[checks],
        jobs=[MONTH, REREAD, audit, DATABASE, SITE],
        schedules=[daily, late_filings, weekly_audit],
        sensors=[new_filings, stale_months_reread, failures_told],
        resources={"surroundings": surroundings},
        executor=executor_of(surroundings.settings()),
    )


defs = build_definitions()
