"""When months are run. Everything is off until somebody switches it on in the UI.

Here belongs which months a moment asks for. What running a month means does not: see `jobs`.
"""

import datetime as dt
from collections.abc import Iterator
from zoneinfo import ZoneInfo

import dagster as dg

from assets.jobs import MONTH
from assets.partitions import EDGAR_TIMEZONE
from pipeline.months import month_of

DAYS_OF_LATE_INDEXING = 5
"""Filings of a month's last days can reach the search in the first days of the next."""


def months_wanted(day: dt.date) -> list[str]:
    """The running month, before it the previous one in the first days of a month."""
    months = [month_of(day)]
    if day.day <= DAYS_OF_LATE_INDEXING:
        months.insert(0, month_of(day.replace(day=1) - dt.timedelta(days=1)))
    return months


@dg.schedule(
    job=MONTH,
    cron_schedule="30 22 * * 1-5",
    execution_timezone=EDGAR_TIMEZONE,
    description="New filings, on business days after EDGAR has closed at 22:00 Eastern time.",
)
def daily(context: dg.ScheduleEvaluationContext) -> Iterator[dg.RunRequest]:
    day = context.scheduled_execution_time.astimezone(ZoneInfo(EDGAR_TIMEZONE)).date()
    for month in months_wanted(day):
        yield dg.RunRequest(run_key=f"{month} on {day}", partition_key=month)
