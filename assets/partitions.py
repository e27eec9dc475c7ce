"""The partitions: months of filing.

Here belongs how the data is cut for runs. Which months want a run does not: see `schedules`.
"""

import dagster as dg

from pipeline.months import FIRST_MONTH

EDGAR_TIMEZONE = "America/New_York"
"""Filing dates are dates there."""

MONTHS = dg.MonthlyPartitionsDefinition(
    start_date=FIRST_MONTH, fmt="%Y-%m", timezone=EDGAR_TIMEZONE, end_offset=1
)
"""From the month in which Item 2.05 came into force to the running one, which counts from its first day."""
