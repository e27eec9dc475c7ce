"""The jobs: a month from the index to the published tables, and the database.

Here belongs which assets run together. When they run does not: see `schedules`.
"""

import dagster as dg

from assets.database import database

_DATABASE = dg.AssetSelection.assets(database)

MONTH = dg.define_asset_job(
    "month",
    selection=dg.AssetSelection.all() - _DATABASE,
    description="A month of filings, from EDGAR's index to the published tables.",
)
DATABASE = dg.define_asset_job(
    "database", selection=_DATABASE, description="The database, from all complete months."
)
