"""The jobs: a month from the index to the published tables, its reading anew, the database, and the site.

Here belongs which assets run together. The audit, which makes no asset, does not (see `audit`), nor when they
run (see `schedules` and `sensors`).
"""

import dagster as dg

from assets.database import database
from assets.site import site

_DATABASE = dg.AssetSelection.assets(database)
_SITE = dg.AssetSelection.assets(site)
_EDGAR = dg.AssetSelection.groups("edgar")

PRIORITY = "dagster/priority"
URGENT, UNHURRIED = "10", "-10"
"""Of runs in the queue: a backfill has none, and so goes after the daily runs and before the rest."""

MONTH = dg.define_asset_job(
    "month",
    selection=dg.AssetSelection.all() - _DATABASE - _SITE,
    description="A month of filings, from EDGAR's index to the published tables.",
)
REREAD = dg.define_asset_job(
    "reread",
    selection=dg.AssetSelection.all() - _DATABASE - _SITE - _EDGAR,
    tags={PRIORITY: UNHURRIED},
    description="A month read anew from the submissions that are held; nothing is asked of EDGAR.",
)
DATABASE = dg.define_asset_job(
    "database", selection=_DATABASE, description="The database, from all complete months."
)
SITE = dg.define_asset_job("site", selection=_SITE, description="The site, from the database.")
